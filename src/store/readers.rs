//! A few read-only connections on threads of their own: every read sees one snapshot and holds up nobody.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::{mpsc, oneshot};

use super::error::StoreError;

/// How many reads may wait before callers wait, too.
const QUEUE: usize = 256;

/// The callers' end of the readers' queue.
pub(super) type Reads = mpsc::Sender<Read>;

/// One read that waits for its turn.
pub(super) type Read = Box<dyn FnOnce(&mut Connection) + Send>;

/// Starts a thread for each connection. They end when every sender is gone.
pub(super) fn start(connections: Vec<Connection>) -> std::io::Result<Reads> {
    let (reads, queue) = mpsc::channel::<Read>(QUEUE);
    let queue = Arc::new(Mutex::new(queue));
    for mut connection in connections {
        let queue = Arc::clone(&queue);
        std::thread::Builder::new()
            .name("store-reader".to_owned())
            .spawn(move || {
                while let Some(read) = next(&queue) {
                    read(&mut connection);
                }
            })?;
    }
    Ok(reads)
}

/// Runs `act` on one snapshot.
pub(super) async fn read<T, F>(reads: &Reads, act: F) -> Result<T, StoreError>
where
    T: Send + 'static,
    F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    let job: Read = Box::new(move |connection| {
        let _ = reply.send(on_snapshot(connection, act));
    });
    reads.send(job).await.map_err(|_| StoreError::Closed)?;
    answer.await.unwrap_or(Err(StoreError::Closed))
}

fn on_snapshot<T>(
    connection: &mut Connection,
    act: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let snapshot = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
    let result = catch_unwind(AssertUnwindSafe(|| act(&snapshot))).unwrap_or_else(|_| {
        tracing::error!("a read of the database panicked");
        Err(StoreError::Other(
            "a read of the database failed unexpectedly".to_owned(),
        ))
    });
    snapshot.rollback()?;
    result
}

/// One thread waits in the queue, the others for the lock.
fn next(queue: &Mutex<mpsc::Receiver<Read>>) -> Option<Read> {
    queue
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .blocking_recv()
}
