//! What keeps the daemon from starting: each time exit code 1 and one clear sentence, and nothing changed.

use std::net::TcpListener;

use rusqlite::Connection;

use crate::house::{BRUNO, House, get, skipped};

#[tokio::test(flavor = "multi_thread")]
async fn a_second_daemon_on_the_same_database_is_refused() {
    let house = House::new().await;
    let mut first = house.serve();
    assert_sentence(
        &house,
        &house.config("", ""),
        "another weatherline is running on weatherline.db",
    );
    assert!(first.is_running());
    assert_eq!(get(first.public, "/healthz"), 200);
    assert_eq!(house.sim.text(BRUNO, "lyon").await.replies.len(), 1);
    first.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_in_use_is_refused() {
    let house = House::new().await;
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = other.local_addr().unwrap();
    let line = format!("listen = \"{address}\"");
    let sentence = format!("cannot listen on {address}");
    assert_sentence(&house, &house.config("listen = ", &line), &sentence);
    assert_sentence(&house, &house.config("listen_admin", &line), &sentence);
    let told = house.refused(&house.config("listen_admin", &line)).1;
    assert!(told.contains("`admin.listen`"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_cannot_be_used_is_refused() {
    let house = House::new().await;
    let dir = house.directory.path();
    std::fs::create_dir(dir.join("dir.db")).unwrap();
    std::fs::write(dir.join("text.db"), "a text, and no database\n".repeat(400)).unwrap();
    std::fs::write(dir.join("file"), "").unwrap();
    house.serve().stop();
    std::fs::copy(house.database(), dir.join("newer.db")).unwrap();
    let newer = Connection::open(dir.join("newer.db")).unwrap();
    newer.execute_batch("PRAGMA user_version = 999").unwrap();
    let others = Connection::open(dir.join("others.db")).unwrap();
    others.execute_batch("CREATE TABLE songs (a)").unwrap();
    drop((newer, others));
    let before = std::fs::read(dir.join("newer.db")).unwrap();
    for (path, sentence) in [
        ("dir.db", "dir.db is not a database"),
        ("text.db", "text.db is not a database"),
        (
            "newer.db",
            "newer.db is from a newer weatherline (schema 999",
        ),
        ("others.db", "others.db is a database of another program"),
        (
            "file/weatherline.db",
            "the directory file for the database does not exist",
        ),
        (
            "nowhere/weatherline.db",
            "the directory nowhere for the database does not exist",
        ),
        // Nobody may create a file there, not even root.
        ("/proc/weatherline.db", "the database /proc/weatherline.db "),
    ] {
        let line = format!("path = \"{path}\"");
        assert_sentence(&house, &house.config("path = ", &line), sentence);
    }
    assert_eq!(std::fs::read(dir.join("newer.db")).unwrap(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_another_program_locked_is_refused() {
    let house = House::new().await;
    house.serve().stop();
    let other = Connection::open(house.database()).unwrap();
    other
        .execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; PRAGMA user_version;")
        .unwrap();
    assert_sentence(
        &house,
        &house.config("", ""),
        "the database is locked by another program",
    );
    other.execute_batch("COMMIT").unwrap();
    drop(other);
    house.serve().stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_database_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let house = House::new().await;
    house.serve().stop();
    let write = |mode| {
        let dir = house.directory.path();
        std::fs::set_permissions(dir, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    write(0o555);
    if std::fs::write(house.directory.path().join("probe"), "").is_ok() {
        skipped("this user may write everywhere, so no directory is read-only to it");
        return;
    }
    let (code, told) = house.refused(&house.config("", ""));
    write(0o755);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("weatherline.db is read-only; "), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn five_mistakes_are_five_sentences() {
    let house = House::new().await;
    let config = "[server]\nlisten = \"here\"\npublic_url = \"weather\"\n\
        [twilio]\nfrom = \"me\"\nmax_inflight = 3\n\
        [weather]\ncontact = \"ops@example.org\"\n\
        [schedule]\ntick = \"sometimes\"\n";
    let (code, told) = house.refused(config);
    assert_eq!(code, Some(1), "{told}");
    let sentences: Vec<_> = told.lines().skip(1).map(str::trim).collect();
    for key in [
        "server.listen: ",
        "server.public_url: ",
        "twilio.from: ",
        "twilio.max_inflight: ",
        "schedule.tick: ",
    ] {
        assert!(sentences.iter().any(|line| line.starts_with(key)), "{told}");
    }
    assert_eq!(sentences.len(), 5, "{told}");
    assert!(!house.database().exists());
}

fn assert_sentence(house: &House, config: &str, sentence: &str) {
    let (code, told) = house.refused(config);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains(sentence), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.starts_with("weatherline: "), "{told}");
    for word in ["panicked", "Error {", "Some(", "os error 0"] {
        assert!(!told.contains(word), "{told}");
    }
}
