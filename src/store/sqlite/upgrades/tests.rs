//! Tests of `store/sqlite/upgrades.rs`.

use super::*;

/// Everything in a schema, one object a line, without comments and white space.
fn objects(connection: &Connection) -> Vec<String> {
    let mut rows = connection
        .prepare("SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")
        .unwrap();
    rows.query_map([], |row| row.get::<_, String>(0))
        .unwrap()
        .map(|sql| {
            sql.unwrap()
                .lines()
                .map(|line| line.split("--").next().unwrap_or_default())
                .flat_map(str::split_whitespace)
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

fn version(connection: &Connection) -> (i64, i64) {
    let ask = |sql| connection.query_row(sql, [], |row| row.get(0)).unwrap();
    (ask("PRAGMA application_id"), ask("PRAGMA user_version"))
}

#[test]
fn upgrades_arrive_at_exactly_the_schema() {
    let mut new = Connection::open_in_memory().unwrap();
    arrive(&mut new, 0, Path::new("new")).unwrap();
    assert_eq!(version(&new), (APPLICATION_ID, current()));
    assert!(objects(&new).len() > 20);
    for start in 0..UPGRADES.len() {
        let mut old = Connection::open_in_memory().unwrap();
        run(&mut old, &UPGRADES[..=start]).unwrap();
        let found = recognize(&old, Path::new("old")).unwrap();
        assert_eq!(found, start + 1);
        arrive(&mut old, found, Path::new("old")).unwrap();
        assert_eq!(version(&old), (APPLICATION_ID, current()));
        assert_eq!(objects(&old), objects(&new));
    }
}

#[test]
fn an_upgrade_that_fails_leaves_everything_as_it_was() {
    let mut file = Connection::open_in_memory().unwrap();
    arrive(&mut file, 0, Path::new("file")).unwrap();
    let before = objects(&file);
    let broken = [
        "DROP TABLE consents; PRAGMA user_version = 9;",
        "CREATE TABLE consents (a); CREATE TABLE consents (b);",
    ];
    assert!(run(&mut file, &broken).is_err());
    assert_eq!(objects(&file), before);
    assert_eq!(version(&file).1, current());
    let orphan = "INSERT INTO subscriptions (subscriber_id, place, time, days, channel, paused, live, created_at,
        updated_at) VALUES (77, '{}', '07:00', 'daily', 'text', 0, 0, 0, 0)";
    assert!(run(&mut file, &[orphan]).is_err());
    file.execute_batch("INSERT INTO meta VALUES ('a', 'b')")
        .unwrap();
    let foreign_keys: i64 = file
        .query_row("PRAGMA foreign_keys", [], |row| row.get(0))
        .unwrap();
    assert_eq!(foreign_keys, 1);
}
