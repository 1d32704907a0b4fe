//! The one thread that writes: whole transactions, many in one commit, answered after it. Somebody who texts does not wait for a
//! morning's pages: what is many rows long lets all others by first, and those that come meanwhile end its commit.

use std::any::Any;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::error::StoreError;

/// How many transactions share one commit at most.
const GROUP: usize = 256;

/// How many long ones share one at most, as long as nobody with a short one waits.
const LONG_GROUP: usize = 2;

/// How many may wait before callers wait, too.
const QUEUE: usize = 1_024;

/// The callers' end of the writer's queue.
pub(super) type Jobs = mpsc::Sender<Box<dyn Job>>;

/// One transaction that waits for its turn.
pub(super) trait Job: Send {
    /// Does the work and keeps its result. It is run again where another of its group failed.
    fn run(&mut self, connection: &Connection) -> Result<(), StoreError>;
    /// Tells the caller, after the commit or instead of it.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
    /// Whether it may wait for those that are short.
    fn is_long(&self) -> bool;
}

/// How long a transaction takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// A few rows: it shares its commit with others of its kind.
    Short,
    /// Many rows.
    Long,
}

/// Starts the thread. It ends when every sender is gone and the queue is empty, runs `last`, and lets go of `connection`.
pub(super) fn start(
    connection: Connection,
    last: impl FnOnce(&Connection) + Send + 'static,
) -> std::io::Result<(Jobs, oneshot::Receiver<()>)> {
    let (jobs, queue) = mpsc::channel(QUEUE);
    let (done, ended) = oneshot::channel();
    std::thread::Builder::new()
        .name("store-writer".to_owned())
        .spawn(move || {
            serve(&connection, queue);
            last(&connection);
            drop(connection);
            let _ = done.send(());
        })?;
    Ok((jobs, ended))
}

/// Puts `act` into the queue and waits for its commit. It runs once, or again after everything it did was undone.
pub(super) async fn write<T, F>(jobs: &Jobs, length: Length, act: F) -> Result<T, StoreError>
where
    T: Send + 'static,
    F: FnMut(&Connection) -> Result<T, StoreError> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    let work = Work {
        length,
        act,
        result: None,
        reply,
    };
    jobs.send(Box::new(work))
        .await
        .map_err(|_| StoreError::Closed)?;
    answer.await.unwrap_or(Err(StoreError::Closed))
}

/// What waits for its turn, in order.
#[derive(Default)]
struct Waiting {
    came: Vec<Box<dyn Job>>,
    short: VecDeque<Box<dyn Job>>,
    long: VecDeque<Box<dyn Job>>,
}

impl Waiting {
    fn is_empty(&self) -> bool {
        self.short.is_empty() && self.long.is_empty()
    }

    /// Waits without a timeout: a timed wait would go by the wall clock of a machine whose clock jumps. Whether anything came.
    fn wait(&mut self, queue: &mut mpsc::Receiver<Box<dyn Job>>) -> bool {
        let some = queue.blocking_recv_many(&mut self.came, GROUP) > 0;
        self.sort();
        some
    }

    /// What came in the meantime.
    fn look(&mut self, queue: &mut mpsc::Receiver<Box<dyn Job>>) {
        self.came
            .extend(std::iter::from_fn(|| queue.try_recv().ok()).take(GROUP));
        self.sort();
    }

    fn sort(&mut self) {
        for job in self.came.drain(..) {
            if job.is_long() {
                self.long.push_back(job);
            } else {
                self.short.push_back(job);
            }
        }
    }

    /// Back to the head of the lines: they are run again.
    fn put_back(&mut self, jobs: Vec<Box<dyn Job>>) {
        for job in jobs.into_iter().rev() {
            if job.is_long() {
                self.long.push_front(job);
            } else {
                self.short.push_front(job);
            }
        }
    }

    /// The next of a group, of which so many are short and so many long. Short ones have a commit without long ones, then long ones
    /// begin another, which short ones that came meanwhile end.
    fn next(&mut self, short: usize, long: usize) -> Option<Box<dyn Job>> {
        if short + long < GROUP
            && let Some(job) = self.short.pop_front()
        {
            return Some(job);
        }
        (short == 0 && long < LONG_GROUP)
            .then(|| self.long.pop_front())
            .flatten()
    }
}

fn serve(connection: &Connection, mut queue: mpsc::Receiver<Box<dyn Job>>) {
    let mut waiting = Waiting::default();
    loop {
        if waiting.is_empty() && !waiting.wait(&mut queue) {
            return;
        }
        commit(connection, &mut waiting, &mut queue);
    }
}

/// Commits what waits together. One that fails is told so and left out, and the others are done again without it: a savepoint for each
/// would spare that, and cost every write a copy of each page it touches.
fn commit(
    connection: &Connection,
    waiting: &mut Waiting,
    queue: &mut mpsc::Receiver<Box<dyn Job>>,
) {
    if let Err(error) = execute(connection, "BEGIN IMMEDIATE") {
        tracing::warn!(%error, "a group of writes was refused");
        for job in waiting.short.drain(..).chain(waiting.long.drain(..)) {
            job.answer(Err(error.clone()));
        }
        return;
    }
    let (mut done, mut short, mut long) = (Vec::new(), 0, 0);
    while let Some(mut job) = waiting.next(short, long) {
        if let Err(error) = run(connection, job.as_mut()) {
            undo(connection);
            waiting.put_back(done);
            job.answer(Err(error));
            return;
        }
        if job.is_long() {
            long += 1;
            waiting.look(queue);
        } else {
            short += 1;
        }
        done.push(job);
    }
    let committed = execute(connection, "COMMIT");
    if let Err(error) = &committed {
        tracing::error!(%error, writes = done.len(), "a group of writes was lost before its commit");
        undo(connection);
    }
    for job in done {
        job.answer(committed.clone());
    }
    waiting.look(queue);
}

fn run(connection: &Connection, job: &mut dyn Job) -> Result<(), StoreError> {
    catch_unwind(AssertUnwindSafe(|| job.run(connection))).unwrap_or_else(|panic| {
        // Its message may quote what somebody texted: only that it happened is told.
        drop::<Box<dyn Any + Send>>(panic);
        tracing::error!("a transaction panicked and was undone");
        Err(StoreError::Other(
            "a transaction failed unexpectedly and was undone".to_owned(),
        ))
    })
}

/// Some errors have SQLite undo everything by itself.
fn undo(connection: &Connection) {
    if !connection.is_autocommit() {
        let _ = execute(connection, "ROLLBACK");
    }
}

fn execute(connection: &Connection, sql: &str) -> Result<(), StoreError> {
    connection.prepare_cached(sql)?.execute([])?;
    Ok(())
}

struct Work<T, F> {
    length: Length,
    act: F,
    result: Option<T>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Job for Work<T, F>
where
    T: Send,
    F: FnMut(&Connection) -> Result<T, StoreError> + Send,
{
    fn run(&mut self, connection: &Connection) -> Result<(), StoreError> {
        self.result = None;
        self.result = Some((self.act)(connection)?);
        Ok(())
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let Self { result, reply, .. } = *self;
        // Where nobody waits any more, what was written stays written.
        let _ = reply.send(committed.and_then(|()| result.ok_or(StoreError::Closed)));
    }

    fn is_long(&self) -> bool {
        self.length == Length::Long
    }
}
