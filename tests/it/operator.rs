//! Twilio's resources from the command line: the real program against the pretend carrier.

use std::path::Path;
use std::process::{Output, Stdio};
use std::sync::Arc;

use weatherline::sim::{Options, Sim};

use crate::world::{ANNA, BRUNO, World};

const NOON: i64 = 1_795_348_800_000;

#[tokio::test(flavor = "multi_thread")]
async fn two_and_a_half_thousand_messages_are_listed_once_each_in_order() {
    let (sim, dir) = carrier().await;
    for n in 0..2_500 {
        sim.text(ANNA, &format!("text {n}")).await;
    }
    sim.take_violations();
    let listed = run(dir.path(), &["message", "list", "--json"]).await;
    assert!(listed.status.success(), "{}", text(&listed.stderr));
    let bodies: Vec<String> = text(&listed.stdout)
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|line| line["body"].as_str().unwrap().to_owned())
        .collect();
    let newest_first: Vec<String> = (0..2_500).rev().map(|n| format!("text {n}")).collect();
    assert_eq!(bodies, newest_first);
    assert_eq!(sim.ledger().requests_to("/Messages.json"), 50);
    let to = [
        "message",
        "list",
        "--to",
        "+1 500 555 0006",
        "--limit",
        "2",
        "--json",
    ];
    let to = run(dir.path(), &to).await;
    assert_eq!(text(&to.stdout).lines().count(), 2, "{}", text(&to.stderr));
    let few = run(dir.path(), &["message", "list", "--limit", "3"]).await;
    let few = text(&few.stdout);
    assert_eq!(few.lines().count(), 4, "{few}");
    assert!(
        few.contains("+1•••••0101") && !few.contains("4155550101"),
        "{few}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_forgotten_can_be_forgotten_by_the_carrier_too() {
    let (sim, dir) = carrier().await;
    let added = run(dir.path(), &["subscriber", "add", ANNA, "lyon", "7am"]).await;
    assert!(added.status.success(), "{}", text(&added.stderr));
    let mut sids = Vec::new();
    for body in ["my secret is lyon", "and another one"] {
        sids.push(sim.text(ANNA, body).await.sid);
    }
    sim.take_violations();
    let forget = ["subscriber", "forget", ANNA, "--at-twilio", "--yes"];
    let done = run(dir.path(), &forget).await;
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert!(
        text(&done.stdout).contains("2 texts emptied"),
        "{}",
        text(&done.stdout)
    );
    for sid in sids {
        let shown = run(dir.path(), &["message", "show", &sid, "--json"]).await;
        assert!(
            text(&shown.stdout).contains("\"body\":null"),
            "{}",
            text(&shown.stdout)
        );
    }
    let again = run(dir.path(), &forget).await;
    assert_eq!(again.status.code(), Some(1), "nobody is there any more");
    assert_eq!(sim.violations(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_shown_emptied_and_deleted() {
    let (sim, dir) = carrier().await;
    let sid = sim.text(ANNA, "lyon, please").await.sid;
    sim.take_violations();
    let shown = run(dir.path(), &["message", "show", &sid]).await;
    assert!(text(&shown.stdout).contains("lyon, please"));
    let unasked = run(dir.path(), &["message", "redact", &sid]).await;
    assert_eq!(unasked.status.code(), Some(1));
    assert!(text(&unasked.stderr).contains("--yes"));
    assert!(
        run(dir.path(), &["message", "redact", &sid, "--yes"])
            .await
            .status
            .success()
    );
    let shown = run(dir.path(), &["message", "show", &sid, "--json"]).await;
    assert!(
        text(&shown.stdout).contains("\"body\":null"),
        "{}",
        text(&shown.stdout)
    );
    assert!(
        run(dir.path(), &["message", "delete", &sid, "--yes"])
            .await
            .status
            .success()
    );
    let gone = run(dir.path(), &["message", "show", &sid]).await;
    assert_eq!(gone.status.code(), Some(1));
    assert!(
        text(&gone.stderr).contains("no message"),
        "{}",
        text(&gone.stderr)
    );
    for odd in ["../Calls", "SM1/../../x", ""] {
        let ended = run(dir.path(), &["message", "show", odd]).await;
        assert_eq!(ended.status.code(), Some(1), "{odd}");
    }
    assert_eq!(sim.violations(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_hung_up_and_one_that_is_over_is_told_so() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    let dir = directory(&world.sim);
    let call = world.call(BRUNO).await;
    let ended = run(dir.path(), &["call", "hang-up", call.sid()]).await;
    assert!(
        text(&ended.stdout).contains("is over now"),
        "{}",
        text(&ended.stderr)
    );
    assert_eq!(world.sim.calls()[0].status, "completed");
    let again = run(dir.path(), &["call", "hang-up", call.sid()]).await;
    assert_eq!(again.status.code(), Some(0));
    assert!(text(&again.stdout).contains("had ended already: completed"));
    let listed = run(dir.path(), &["call", "list", "--json"]).await;
    assert!(text(&listed.stdout).contains("\"direction\":\"inbound\""));
    let odd = run(dir.path(), &["call", "list", "--status", "nonsense"]).await;
    assert_eq!(odd.status.code(), Some(2));
    assert!(
        text(&odd.stderr).contains("in-progress"),
        "{}",
        text(&odd.stderr)
    );
    let some = ["call", "list", "--status", "Completed", "--json"];
    let some = run(dir.path(), &some).await;
    assert_eq!(
        text(&some.stdout).lines().count(),
        1,
        "{}",
        text(&some.stderr)
    );
    let shown = run(dir.path(), &["call", "show", call.sid()]).await;
    assert!(text(&shown.stdout).contains("completed"));
    let unknown = run(dir.path(), &["call", "hang-up", "CA0123"]).await;
    assert_eq!(unknown.status.code(), Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_and_calls_of_the_operator_go_through_the_outbox() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    let dir = directory(&world.sim);
    let database = world.settings.store.path.parent().unwrap().to_owned();
    let home = |arguments: &[&str]| {
        let arguments: Vec<String> = arguments.iter().map(|a| (*a).to_owned()).collect();
        let (dir, database) = (dir.path().to_owned(), database.clone());
        async move {
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            run_with(&dir, Some(&database), &arguments).await
        }
    };
    let cold = home(&["message", "send", "--to", BRUNO, "-5 degrees"]).await;
    assert!(cold.status.success(), "{}", text(&cold.stderr));
    let sent = home(&["message", "send", "--to", BRUNO, "The line is back."]).await;
    assert!(
        text(&sent.stdout).contains("1 segment to +33•••••1234"),
        "{}",
        text(&sent.stderr)
    );
    let called = home(&["call", "place", "--to", BRUNO, "Lyon"]).await;
    assert!(
        text(&called.stdout).contains("calls +33•••••1234"),
        "{}",
        text(&called.stderr)
    );
    // The program's clock is the world's, not the test's.
    world
        .clock
        .set(jiff::Timestamp::now() + jiff::SignedDuration::from_secs(2));
    world.live().await;
    world.live().await;
    let mut texts = world.deliveries_to(BRUNO);
    texts.sort();
    assert_eq!(texts, ["-5 degrees", "The line is back."]);
    let calls = world.sim.calls();
    assert_eq!(calls.len(), 1);
    assert!(
        calls[0].said.join(" ").contains("Lyon"),
        "{:?}",
        calls[0].said
    );
    let nowhere = home(&["call", "place", "--to", BRUNO, "xqzzkvy"]).await;
    assert_eq!(nowhere.status.code(), Some(1));
    world.text(BRUNO, "STOP").await;
    let stopped = home(&["message", "send", "--to", BRUNO, "Still there?"]).await;
    assert_eq!(stopped.status.code(), Some(1));
    assert!(text(&stopped.stderr).contains("has stopped our texts"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_gets_everything_that_is_kept() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    world.text(BRUNO, "daily lyon 7am if rain").await;
    world.text(BRUNO, "UNITS F").await;
    world.sleep_until("2026-11-22 12:00 Europe/Paris").await;
    world.text(BRUNO, "springfield").await;
    let state = world.settings.store.path.parent().unwrap().to_owned();
    let dir = directory(&world.sim);
    let shown = run_with(
        dir.path(),
        Some(&state),
        &["subscriber", "show", BRUNO, "--everything"],
    )
    .await;
    assert!(shown.status.success(), "{}", text(&shown.stderr));
    let all: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(all["phone"], BRUNO, "it is theirs, so in full");
    assert_eq!(all["status"], "active");
    assert_eq!(all["units"], "imperial");
    assert_eq!(all["question_open"], true);
    assert_eq!(all["subscriptions"][0]["place"], "Lyon");
    assert_eq!(all["subscriptions"][0]["only_if"], "rain");
    assert_eq!(all["consents"][0]["words"], "daily lyon 7am if rain");
    let words: Vec<&str> = all["texts"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|text| text["words"].as_str())
        .collect();
    for said in ["daily lyon 7am if rain", "UNITS F", "springfield"] {
        assert!(words.contains(&said), "{words:?}");
    }
    assert_eq!(all["deliveries"].as_array().unwrap().len(), 2);
    let nobody = run_with(
        dir.path(),
        Some(&state),
        &["subscriber", "show", ANNA, "--everything"],
    )
    .await;
    assert_eq!(nobody.status.code(), Some(1));
}

pub(crate) async fn carrier() -> (Sim, tempfile::TempDir) {
    let sim = Sim::start(Options::new(Arc::new(|| NOON))).await.unwrap();
    let dir = directory(&sim);
    (sim, dir)
}

/// A directory with a configuration for the pretend carrier.
fn directory(sim: &Sim) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let config = format!(
        "[server]\npublic_url = \"https://weather.example.org\"\n[twilio]\nfrom = \"+15005550006\"\napi_url = \"{}\"\n\
         [weather]\ncontact = \"ops@example.org\"\n",
        sim.api_url()
    );
    std::fs::write(dir.path().join("config.toml"), config).unwrap();
    dir
}

pub(crate) async fn run(dir: &Path, arguments: &[&str]) -> Output {
    run_with(dir, None, arguments).await
}

async fn run_with(dir: &Path, state: Option<&Path>, arguments: &[&str]) -> Output {
    let options = Options::new(Arc::new(|| NOON));
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_weatherline"));
    command
        .args(arguments)
        .current_dir(dir)
        .env_clear()
        .env("TWILIO_ACCOUNT_SID", options.account_sid)
        .env("TWILIO_AUTH_TOKEN", options.auth_token)
        .stdin(Stdio::null());
    if let Some(state) = state {
        command.env("STATE_DIRECTORY", state);
    }
    // The pretend carrier answers on this runtime meanwhile.
    let output = tokio::task::spawn_blocking(move || command.output());
    output.await.unwrap().unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
