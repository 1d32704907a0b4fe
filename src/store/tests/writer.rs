//! The writer's thread: one bad transaction hurts no other, and no bad disk ends it.

use std::sync::{Arc, Mutex};

use rusqlite::Connection;

use super::super::StoreError;
use super::super::writer::{Jobs, Length, start};
use super::TempDir;

/// A writer on a small table, held up until `go` is unlocked, so that what is queued shares one commit.
fn held(path: &std::path::Path, go: &Arc<Mutex<()>>) -> Jobs {
    let connection = Connection::open(path).unwrap();
    connection.busy_timeout(std::time::Duration::ZERO).unwrap();
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; CREATE TABLE t (n INTEGER NOT NULL, filler TEXT)",
        )
        .unwrap();
    let (jobs, _) = start(connection, |_| {}).unwrap();
    let go = Arc::clone(go);
    let hold = jobs.clone();
    tokio::spawn(async move {
        write(&hold, move |_| {
            drop(go.lock());
            Ok(())
        })
        .await
    });
    jobs
}

/// A short one.
async fn write<T, F>(jobs: &Jobs, act: F) -> Result<T, StoreError>
where
    T: Send + 'static,
    F: FnMut(&Connection) -> Result<T, StoreError> + Send + 'static,
{
    super::super::writer::write(jobs, Length::Short, act).await
}

fn insert(connection: &Connection, n: Option<i64>) -> Result<(), StoreError> {
    connection.execute("INSERT INTO t (n) VALUES (?1)", [n])?;
    Ok(())
}

fn stored(path: &std::path::Path) -> Vec<i64> {
    let look = Connection::open(path).unwrap();
    let mut rows = look.prepare("SELECT n FROM t ORDER BY n").unwrap();
    rows.query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

#[expect(
    clippy::await_holding_lock,
    reason = "it holds up the writer's thread, not the runtime"
)]
#[tokio::test]
async fn a_failing_transaction_undoes_only_itself() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("t.db");
    let go = Arc::new(Mutex::new(()));
    let (a, b, c, d) = {
        let jobs = held(&path, &go);
        let _wait = go.lock().unwrap();
        let spawn = |values: Vec<Option<i64>>, panics: bool| {
            let jobs = jobs.clone();
            tokio::spawn(async move {
                write(&jobs, move |connection| {
                    for value in &values {
                        insert(connection, *value)?;
                    }
                    assert!(!panics, "a mistake in a closure");
                    Ok(())
                })
                .await
            })
        };
        let all = (
            spawn(vec![Some(1), Some(2)], false),
            spawn(vec![Some(3), None], false),
            spawn(vec![Some(4)], true),
            spawn(vec![Some(5)], false),
        );
        tokio::task::yield_now().await;
        all
    };
    assert_eq!(a.await.unwrap(), Ok(()));
    assert!(matches!(b.await.unwrap(), Err(StoreError::Other(_))));
    assert!(matches!(c.await.unwrap(), Err(StoreError::Other(_))));
    assert_eq!(d.await.unwrap(), Ok(()));
    assert_eq!(stored(&path), [1, 2, 5]);
}

#[tokio::test]
async fn a_lock_of_another_program_and_a_full_disk_pass() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("t.db");
    let jobs = held(&path, &Arc::new(Mutex::new(())));
    write(&jobs, |c| insert(c, Some(1))).await.unwrap();

    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let locked = write(&jobs, |c| insert(c, Some(2))).await;
    assert_eq!(locked, Err(StoreError::Busy));
    other.execute_batch("ROLLBACK").unwrap();
    write(&jobs, |c| insert(c, Some(3))).await.unwrap();

    let limit = |pages: u32| {
        write(&jobs, move |c| {
            Ok(c.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?)
        })
    };
    limit(3).await.unwrap();
    let full = write(&jobs, |c| {
        insert(c, Some(4))?;
        c.execute("UPDATE t SET filler = hex(zeroblob(100000))", [])?;
        Ok(())
    });
    assert_eq!(full.await, Err(StoreError::Full));
    limit(100_000).await.unwrap();
    write(&jobs, |c| insert(c, Some(5))).await.unwrap();
    assert_eq!(stored(&path), [1, 3, 5]);
}

#[expect(
    clippy::await_holding_lock,
    reason = "it holds up the writer's thread, not the runtime"
)]
#[tokio::test]
async fn long_ones_let_short_ones_by() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("t.db");
    let go = Arc::new(Mutex::new(()));
    let order = Arc::new(Mutex::new(Vec::new()));
    let all = {
        let jobs = held(&path, &go);
        let _wait = go.lock().unwrap();
        let mut all = Vec::new();
        for (name, length) in [
            ("page 1", Length::Long),
            ("page 2", Length::Long),
            ("text 1", Length::Short),
            ("page 3", Length::Long),
            ("text 2", Length::Short),
        ] {
            let (jobs, order) = (jobs.clone(), Arc::clone(&order));
            all.push(tokio::spawn(async move {
                super::super::writer::write(&jobs, length, move |_| {
                    order.lock().unwrap().push(name);
                    Ok(())
                })
                .await
            }));
            tokio::task::yield_now().await;
        }
        all
    };
    for one in all {
        assert_eq!(one.await.unwrap(), Ok(()));
    }
    // The first page may have been on its way before anybody texted.
    let order = order.lock().unwrap().clone();
    let at = |name| order.iter().position(|one| *one == name).unwrap();
    assert!(
        at("text 1") < at("text 2") && at("text 2") < at("page 2"),
        "{order:?}"
    );
    assert!(
        at("page 1") < at("page 2") && at("page 2") < at("page 3"),
        "{order:?}"
    );
}
