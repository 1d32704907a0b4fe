//! A few read-only connections on threads of their own: every read sees one snapshot and holds up nobody. What takes microseconds is
//! read where it is asked for, as long as a connection is free: two threads need not wake each other for it.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;
use tokio::sync::{Semaphore, oneshot};

use super::error::StoreError;

/// How many reads may wait before callers wait, too.
const QUEUE: usize = 256;

/// One read that waits for its turn.
type Read = Box<dyn FnOnce(&Connection) + Send>;

/// The callers' end of the readers' queue. When the last one is gone, what is queued is read and the threads end.
#[derive(Clone)]
pub(super) struct Reads(Arc<Door>);

/// What callers share.
struct Door {
    queue: Arc<Queue>,
    room: Arc<Semaphore>,
    /// Each belongs to a thread, which locks it for a read.
    connections: Arc<[Mutex<Connection>]>,
}

/// What callers and threads share. A thread is woken for each read, and no more than one.
#[derive(Default)]
struct Queue {
    line: Mutex<Line>,
    bell: Condvar,
}

#[derive(Default)]
struct Line {
    reads: VecDeque<Read>,
    is_closed: bool,
}

/// Starts a thread for each connection.
pub(super) fn start(connections: Vec<Connection>) -> std::io::Result<Reads> {
    let queue = Arc::new(Queue::default());
    let connections: Arc<[Mutex<Connection>]> = connections.into_iter().map(Mutex::new).collect();
    let reads = Reads(Arc::new(Door {
        queue: Arc::clone(&queue),
        room: Arc::new(Semaphore::new(QUEUE)),
        connections: Arc::clone(&connections),
    }));
    for mine in 0..connections.len() {
        let (queue, connections) = (Arc::clone(&queue), Arc::clone(&connections));
        std::thread::Builder::new()
            .name("store-reader".to_owned())
            .spawn(move || {
                while let (Some(read), Some(mine)) = (queue.next(), connections.get(mine)) {
                    read(&mine.lock().unwrap_or_else(PoisonError::into_inner));
                }
            })?;
    }
    Ok(reads)
}

/// Runs `act`, which looks a few rows up by their keys, on one snapshot: here, if a connection is free.
pub(super) async fn look_up<T, F>(reads: &Reads, act: F) -> Result<T, StoreError>
where
    T: Send + 'static,
    F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
{
    {
        let mut all = reads.0.connections.iter();
        if let Some(free) = all.find_map(|one| one.try_lock().ok()) {
            return on_snapshot(&free, act);
        }
    }
    read(reads, act).await
}

/// Runs `act` on one snapshot.
pub(super) async fn read<T, F>(reads: &Reads, act: F) -> Result<T, StoreError>
where
    T: Send + 'static,
    F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
{
    let door = &reads.0;
    let room = Arc::clone(&door.room).acquire_owned().await;
    let room = room.map_err(|_| StoreError::Closed)?;
    let (reply, answer) = oneshot::channel();
    door.queue.put(Box::new(move |connection| {
        drop(room);
        let _ = reply.send(on_snapshot(connection, act));
    }));
    answer.await.unwrap_or(Err(StoreError::Closed))
}

fn on_snapshot<T>(
    connection: &Connection,
    act: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection.prepare_cached("BEGIN")?.execute([])?;
    let result = catch_unwind(AssertUnwindSafe(|| act(connection))).unwrap_or_else(|_| {
        tracing::error!("a read of the database panicked");
        Err(StoreError::Other(
            "a read of the database failed unexpectedly".to_owned(),
        ))
    });
    // An error may have ended it already.
    if !connection.is_autocommit() {
        connection.prepare_cached("ROLLBACK")?.execute([])?;
    }
    result
}

impl Drop for Door {
    fn drop(&mut self) {
        self.queue.lock().is_closed = true;
        self.queue.bell.notify_all();
    }
}

impl Queue {
    fn put(&self, read: Read) {
        self.lock().reads.push_back(read);
        self.bell.notify_one();
    }

    /// Waits for the next read; `None` once nobody can bring one any more.
    fn next(&self) -> Option<Read> {
        let mut line = self.lock();
        loop {
            if let Some(read) = line.reads.pop_front() {
                return Some(read);
            }
            if line.is_closed {
                return None;
            }
            line = self.bell.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
