//! Opening and closing: whose file it is, who else has it, and that nothing queued is lost.

use super::super::{OpenError, StoreError};
use super::*;

fn open(path: PathBuf) -> Result<Store, OpenError> {
    Store::open(&Settings { path })
}

#[tokio::test]
async fn a_second_daemon_is_refused_until_the_first_has_closed() {
    let world = World::new();
    world.subscribe(ANNA, evening()).await;
    let second = open(world.path()).err().unwrap();
    assert!(matches!(second, OpenError::Locked(_)));
    assert!(
        second
            .to_string()
            .contains("another weatherline is running"),
        "{second}"
    );
    world.store.close().await;
    let error = world.store.next_due_at().await.unwrap_err();
    assert_eq!(error, StoreError::Closed);
    assert_eq!(world.store.writable().await, Err(StoreError::Closed));
    let third = open(world.path()).unwrap();
    assert!(third.next_due_at().await.unwrap().is_some());
}

#[tokio::test]
async fn lists_and_short_writes_work_beside_a_daemon() {
    let world = World::new();
    world.subscribe(ANNA, evening()).await;
    let settings = Settings { path: world.path() };
    let lists = Store::open_read_only(&settings).unwrap();
    assert!(lists.subscriber(&number(ANNA)).await.unwrap().is_some());
    let refused = lists.set_meta("a", "b").await;
    assert_eq!(refused, Err(StoreError::ReadOnly));
    let shared = Store::open_shared(&settings).unwrap();
    shared.set_meta("a", "b").await.unwrap();
    assert_eq!(world.store.meta("a").await.unwrap().as_deref(), Some("b"));
    shared.close().await;
    world.store.set_meta("a", "c").await.unwrap();
    assert_eq!(lists.meta("a").await.unwrap().as_deref(), Some("c"));
}

#[tokio::test]
async fn a_command_may_come_before_the_first_daemon() {
    let dir = TempDir::new().unwrap();
    let settings = Settings {
        path: dir.path().join("new.db"),
    };
    let missing = Store::open_read_only(&settings).err().unwrap();
    assert!(matches!(missing, OpenError::Missing(_)));
    let shared = Store::open_shared(&settings).unwrap();
    shared.set_meta("a", "b").await.unwrap();
    let daemon = Store::open(&settings).unwrap();
    assert_eq!(daemon.meta("a").await.unwrap().as_deref(), Some("b"));
}

#[test]
fn other_files_are_refused_with_a_sentence() {
    let dir = TempDir::new().unwrap();
    let at = |name: &str| dir.path().join(name);
    std::fs::write(
        at("text"),
        "Dear diary, this is no database at all. ".repeat(200),
    )
    .unwrap();
    assert!(matches!(open(at("text")), Err(OpenError::NotADatabase(_))));
    assert!(matches!(
        open(at("no/where.db")),
        Err(OpenError::NoDirectory(_))
    ));
    assert!(matches!(
        open(dir.path().to_owned()),
        Err(OpenError::NotADatabase(_))
    ));
    let other = rusqlite::Connection::open(at("other.db")).unwrap();
    other
        .execute_batch("CREATE TABLE cats (name TEXT)")
        .unwrap();
    assert!(matches!(open(at("other.db")), Err(OpenError::NotOurs(_))));
    let untouched: String = other
        .query_row("PRAGMA journal_mode", [], |row| row.get(0))
        .unwrap();
    assert_eq!(untouched, "delete");
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_refused_and_may_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new();
    world.store.set_meta("a", "b").await.unwrap();
    world.store.close().await;
    std::fs::set_permissions(world.path(), PermissionsExt::from_mode(0o444)).unwrap();
    if std::fs::OpenOptions::new()
        .write(true)
        .open(world.path())
        .is_ok()
    {
        println!("skipped: who runs the tests may write whatever the permissions say");
        return;
    }
    assert!(matches!(open(world.path()), Err(OpenError::ReadOnly(_))));
    let list = Store::open_read_only(&Settings { path: world.path() }).unwrap();
    assert_eq!(list.meta("a").await.unwrap().as_deref(), Some("b"));
}

#[tokio::test]
async fn a_newer_database_is_refused_and_left_as_it_is() {
    let world = World::new();
    world.store.close().await;
    world.poke("PRAGMA user_version = 99");
    for refused in [
        open(world.path()).err(),
        Store::open_shared(&Settings { path: world.path() }).err(),
        Store::open_read_only(&Settings { path: world.path() }).err(),
    ] {
        let refused = refused.unwrap();
        assert!(matches!(refused, OpenError::Newer { found: 99, .. }));
        assert!(
            refused.to_string().contains("newer weatherline"),
            "{refused}"
        );
    }
}

#[tokio::test]
async fn closing_finishes_what_is_queued() {
    let world = World::new();
    let writes: Vec<_> = (0..500)
        .map(|n| {
            let store = world.store.clone();
            tokio::spawn(async move { store.set_meta(&format!("k{n}"), "v").await })
        })
        .collect();
    tokio::task::yield_now().await;
    world.store.close().await;
    let mut done = 0_i64;
    for write in writes {
        match write.await.unwrap() {
            Ok(()) => done += 1,
            Err(error) => assert_eq!(error, StoreError::Closed),
        }
    }
    assert!(done > 0);
    assert_eq!(world.look::<i64>("SELECT count(*) FROM meta"), done);
    let log = world.dir.path().join("test.db-wal");
    assert_eq!(std::fs::metadata(log).map_or(0, |m| m.len()), 0);
}
