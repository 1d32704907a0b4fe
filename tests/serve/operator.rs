//! What an operator does beside a running daemon: copies under load, the way back, and single deliveries.

use std::collections::BTreeMap;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use rusqlite::Connection;
use serde_json::Value;
use weatherline::sim::{CallbackFault, CreateFault, ListFault};

use crate::house::{House, until};

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_under_load_is_whole_and_restored_texts_nobody_again() {
    let house = House::new().await;
    let daemon = house.serve();
    let people = subscribed(&house, 40).await;
    house
        .sim
        .faults()
        .create
        .always(Some(CreateFault::Slow(250)));
    falls_due(&house);
    // One while nobody is texted yet or few are, one in the middle, one near the end.
    for (copies, texted) in [1, 15, 30].into_iter().enumerate() {
        assert!(until(|| house.sim.ledger().accepted().count() >= texted, 30).await);
        let ended = house.run(&["backup", &format!("copy{copies}.db")]).await;
        assert_eq!(sentence(&ended), "");
        assert!(out(&ended).ends_with("verified\n"), "{}", out(&ended));
        assert_eq!(ended.status.code(), Some(0));
    }
    assert!(until(|| house.sim.ledger().accepted().count() == 40, 60).await);
    let sound = house.run(&["restore", "copy1.db", "--verify-only"]).await;
    assert!(out(&sound).starts_with("copy1.db: sound, schema "));
    assert_eq!(sound.status.code(), Some(0));
    let refused = house.run(&["restore", "copy1.db", "--yes"]).await;
    assert_failed(&refused, "another weatherline is running");
    daemon.stop();
    let before = std::fs::read(house.database()).unwrap();
    // Nobody is there to be asked.
    let unasked = house.run(&["restore", "copy1.db"]).await;
    assert_failed(&unasked, "--yes");
    assert_eq!(std::fs::read(house.database()).unwrap(), before);
    for copy in ["copy0.db", "copy1.db", "copy2.db"] {
        let restored = house.run(&["restore", copy, "--yes"]).await;
        assert_eq!(restored.status.code(), Some(0), "{}", sentence(&restored));
        assert!(out(&restored).contains("The next step: weatherline serve"));
        house.sim.faults().create.always(None);
        let daemon = house.serve();
        assert!(until(|| rows(&house).values().all(|status| is_end(status)), 60).await);
        tokio::time::sleep(Duration::from_secs(2)).await;
        daemon.stop();
        for phone in &people {
            assert_eq!(house.sim.ledger().accepted_for(phone).count(), 1, "{copy}");
        }
        assert_eq!(rows(&house).len(), people.len(), "{copy}");
    }
    assert_eq!(house.sim.violations(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_sound_copy_is_refused_and_changes_nothing() {
    let house = House::new().await;
    house.serve().stop();
    let at = |name: &str| house.directory.path().join(name);
    assert_eq!(
        house.run(&["backup", "good.db"]).await.status.code(),
        Some(0)
    );
    let again = house.run(&["backup", "good.db"]).await;
    assert_failed(&again, "good.db is there already");
    let nowhere = house.run(&["backup", "nowhere/copy.db"]).await;
    assert_failed(&nowhere, "nowhere/copy.db cannot be written");
    assert_eq!(house.run(&["backup"]).await.status.code(), Some(2));
    let good = std::fs::read(at("good.db")).unwrap();
    let mut damaged = good.clone();
    let middle = damaged.len() / 2;
    damaged[middle..middle + 8192].fill(0x5a);
    std::fs::write(at("damaged.db"), damaged).unwrap();
    std::fs::write(at("short.db"), &good[..good.len() / 3]).unwrap();
    std::fs::write(at("text.db"), "a text, and no database\n".repeat(400)).unwrap();
    std::fs::write(at("newer.db"), &good).unwrap();
    std::fs::write(at("others.db"), "").unwrap();
    for (file, sql) in [
        ("newer.db", "PRAGMA user_version = 999"),
        ("others.db", "CREATE TABLE songs (a)"),
    ] {
        Connection::open(at(file))
            .unwrap()
            .execute_batch(sql)
            .unwrap();
    }
    let before = std::fs::read(house.database()).unwrap();
    for (file, told) in [
        ("damaged.db", "damaged.db is damaged: "),
        ("short.db", "short.db is damaged"),
        ("text.db", "text.db is no database of weatherline"),
        ("others.db", "others.db is no database of weatherline"),
        (
            "newer.db",
            "newer.db is from a newer weatherline (schema 999",
        ),
        ("missing.db", "there is no file missing.db"),
    ] {
        for how in ["--verify-only", "--yes"] {
            assert_failed(&house.run(&["restore", file, how]).await, told);
        }
    }
    assert_eq!(std::fs::read(house.database()).unwrap(), before);
    let mut without_account = house.cli(&["restore", "good.db", "--yes"]);
    without_account.env_remove("TWILIO_AUTH_TOKEN");
    let ended = without_account.output().unwrap();
    assert_failed(&ended, "restoring needs TWILIO_ACCOUNT_SID");
    assert_eq!(std::fs::read(house.database()).unwrap(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retry_never_doubles_and_only_what_waits_can_be_cancelled() {
    let house = House::new().await;
    let faults = house.sim.faults();
    let daemon = house.serve();
    // In the order of their subscriptions: accepted without a receipt, unclear with no way to ask, refused, delivered.
    let people = subscribed(&house, 4).await;
    faults.callback.always(Some(CallbackFault::Missing));
    faults.list.always(Some(ListFault::Down));
    faults.fetch.always(Some(ListFault::Down));
    one_is_due(&house, &people[0]);
    settles(&house, &people[0], "accepted").await;
    faults.create.next(CreateFault::ResetAfter);
    one_is_due(&house, &people[1]);
    settles(&house, &people[1], "unclear").await;
    faults.create.next(CreateFault::Refuse(21617));
    one_is_due(&house, &people[2]);
    settles(&house, &people[2], "failed").await;
    faults.callback.always(None);
    one_is_due(&house, &people[3]);
    settles(&house, &people[3], "delivered").await;
    for (phone, status) in [(0, "accepted"), (1, "unclear"), (3, "delivered")] {
        let id = id_of(&house, &people[phone]).await;
        for arguments in [
            &["retry", &*id][..],
            &["retry", &id, "--yes"],
            &["cancel", &id],
        ] {
            let ended = house.run(&[&["delivery"], arguments].concat()).await;
            assert_failed(&ended, &format!("delivery {id} is {status} and "));
        }
    }
    // Twice asked, once sent.
    let failed = id_of(&house, &people[2]).await;
    let first = house.run(&["delivery", "retry", &failed]).await;
    assert_eq!(first.status.code(), Some(0), "{}", sentence(&first));
    let second = house.run(&["delivery", "retry", &failed]).await;
    assert_eq!(out(&second), out(&first));
    assert!(
        until(
            || house.sim.ledger().accepted_for(&people[2]).count() == 1,
            20
        )
        .await
    );
    tokio::time::sleep(Duration::from_secs(3)).await;
    for phone in &people {
        assert_eq!(house.sim.ledger().accepted_for(phone).count(), 1);
    }
    lists_and_shows(&house, &failed, &people[2]).await;
    daemon.stop();
    assert_eq!(house.sim.violations(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_text_is_never_sent() {
    let house = House::new().await;
    let daemon = house.serve();
    let people = subscribed(&house, 2).await;
    // The account is refused: what is due waits.
    let create = &house.sim.faults().create;
    create.always(Some(CreateFault::Refuse(20003)));
    falls_due(&house);
    assert!(until(|| daemon.log().contains("all sending is on hold"), 20).await);
    for phone in &people {
        settles(&house, phone, "pending").await;
    }
    let id = id_of(&house, &people[0]).await;
    let cancelled = house.run(&["delivery", "cancel", &id]).await;
    assert_eq!(out(&cancelled), format!("delivery {id} is cancelled\n"));
    assert_eq!(cancelled.status.code(), Some(0));
    let again = house.run(&["delivery", "cancel", &id]).await;
    assert_failed(
        &again,
        &format!("delivery {id} is skipped and waits no longer"),
    );
    create.always(None);
    // A new start knows nothing of the refusal; neither waits any longer.
    daemon.stop();
    change(&house, "UPDATE deliveries SET next_attempt_at = 0", "");
    let daemon = house.serve();
    let other = || house.sim.ledger().accepted_for(&people[1]).count() == 1;
    assert!(until(other, 30).await);
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(house.sim.ledger().accepted_for(&people[0]).count(), 0);
    daemon.stop();
}

/// Filters, both shapes, masked numbers, and sentences for what is none.
async fn lists_and_shows(house: &House, failed: &str, phone: &str) {
    let listed = house
        .run(&["delivery", "list", "--status", "failed", "--json"])
        .await;
    let line: Value = serde_json::from_str(out(&listed).trim()).unwrap();
    assert_eq!(line["id"].to_string(), failed);
    assert_eq!(line["error_code"], 21617);
    assert!(!out(&listed).contains(&phone[3..]), "{}", out(&listed));
    let of_phone = house.run(&["delivery", "list", "--phone", phone]).await;
    assert_eq!(out(&of_phone).lines().count(), 3, "{}", out(&of_phone));
    let none = house
        .run(&["delivery", "list", "--since", "2999-01-01", "--json"])
        .await;
    assert_eq!((out(&none), none.status.code()), (String::new(), Some(0)));
    let shown = house
        .run(&["delivery", "show", failed, "--json", "--show-numbers"])
        .await;
    let line: Value = serde_json::from_str(out(&shown).trim()).unwrap();
    assert_eq!(
        (&line["phone"], &line["status"]),
        (&phone.into(), &"failed".into())
    );
    for (arguments, code, told) in [
        (&["show", "1"][..], 1, "there is no delivery 1"),
        (&["retry", "1"], 1, "there is no delivery 1"),
        (&["cancel", "1"], 1, "there is no delivery 1"),
        (&["list", "--status", "lost"], 2, "--status is one of "),
        (&["list", "--since", "lately"], 2, "--since is a date"),
        (
            &["list", "--phone", "me"],
            2,
            "a phone number starts with +",
        ),
        (&["cancel"], 2, "Usage"),
        (&["retry", "first"], 2, "first"),
    ] {
        let ended = house.run(&[&["delivery"], arguments].concat()).await;
        assert_eq!(ended.status.code(), Some(code), "{arguments:?}");
        assert!(
            sentence(&ended).contains(told),
            "{arguments:?}: {}",
            sentence(&ended)
        );
    }
}

impl House {
    /// A command beside the daemon, with its configuration.
    fn cli(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(&self.config("", ""));
        let mut same = Command::new(command.get_program());
        same.args(arguments)
            .current_dir(self.directory.path())
            .env_clear()
            .stdin(Stdio::null());
        for (name, value) in command.stdin(Stdio::null()).get_envs() {
            same.env(name, value.unwrap_or_default());
        }
        same
    }

    async fn run(&self, arguments: &[&str]) -> Output {
        let mut command = self.cli(arguments);
        let ended = tokio::task::spawn_blocking(move || command.output());
        ended.await.unwrap().unwrap()
    }
}

async fn subscribed(house: &House, count: usize) -> Vec<String> {
    let people: Vec<String> = (0..count).map(|n| format!("+336399850{n:02}")).collect();
    for phone in &people {
        let told = house.sim.text(phone, "DAILY lyon 7am").await;
        assert!(told.replies.concat().contains("07:00"), "{told:?}");
    }
    people
}

fn falls_due(house: &House) {
    change(
        house,
        "UPDATE subscriptions SET next_due_at = unixepoch() * 1000",
        "",
    );
}

fn one_is_due(house: &House, phone: &str) {
    let sql = "UPDATE subscriptions SET next_due_at = unixepoch() * 1000
               WHERE subscriber_id = (SELECT id FROM subscribers WHERE phone = ?1)";
    change(house, sql, phone);
}

fn change(house: &House, sql: &str, phone: &str) {
    let connection = Connection::open(house.database()).unwrap();
    connection.busy_timeout(Duration::from_secs(10)).unwrap();
    let mut statement = connection.prepare(sql).unwrap();
    let changed = match statement.parameter_count() {
        0 => statement.execute([]),
        _ => statement.execute([phone]),
    };
    assert!(changed.unwrap() > 0);
}

/// Waits until the delivery of a phone has that status.
async fn settles(house: &House, phone: &str, status: &str) {
    let is = || rows(house).get(phone).is_some_and(|now| now == status);
    assert!(until(is, 20).await, "{phone}: {:?}", rows(house).get(phone));
}

fn is_end(status: &str) -> bool {
    matches!(
        status,
        "sent" | "delivered" | "undelivered" | "failed" | "skipped" | "unknown"
    )
}

/// Phones and the status of their daily text.
fn rows(house: &House) -> BTreeMap<String, String> {
    let connection = Connection::open(house.database()).unwrap();
    let mut rows = connection
        .prepare("SELECT phone, status FROM deliveries WHERE kind = 'daily'")
        .unwrap();
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

/// The delivery of a phone, as the command line tells it.
async fn id_of(house: &House, phone: &str) -> String {
    let listed = house
        .run(&["delivery", "list", "--phone", phone, "--json"])
        .await;
    let line: Value = serde_json::from_str(out(&listed).lines().next().unwrap()).unwrap();
    line["id"].to_string()
}

/// Exit code 1 and one sentence.
fn assert_failed(ended: &Output, told: &str) {
    assert_eq!(ended.status.code(), Some(1), "{}", sentence(ended));
    assert!(sentence(ended).contains(told), "{}", sentence(ended));
    assert_eq!(sentence(ended).lines().count(), 1, "{}", sentence(ended));
}

fn out(ended: &Output) -> String {
    String::from_utf8_lossy(&ended.stdout).into_owned()
}

fn sentence(ended: &Output) -> String {
    String::from_utf8_lossy(&ended.stderr).into_owned()
}
