//! The program as an operator meets it: exit codes, sentences, lists, pipes, and documentation that names everything.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed, in its helpers too"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const CONFIG: &str = "\
    [server]\npublic_url = \"https://weather.example.org\"\n\
    [twilio]\nfrom = \"+15005550006\"\n\
    [weather]\ncontact = \"ops@example.org\"\n";

#[test]
fn wrong_usage_ends_with_2_and_help_with_0() {
    let dir = tempfile::tempdir().unwrap();
    for (arguments, code) in [
        (vec!["--help"], 0),
        (vec!["--version"], 0),
        (vec!["subscriber", "import", "--help"], 0),
        (vec![], 2),
        (vec!["sing"], 2),
        (vec!["place"], 2),
        (vec!["place", "lyon", "--limit", "many"], 2),
        (vec!["place", "lyon", "--limit", "50"], 0),
        (vec!["forecast", "lyon", "nonsense"], 2),
        (vec!["delivery", "list", "--status", "bogus"], 2),
        (vec!["delivery", "list", "--since", "yesterday"], 2),
        (vec!["simulate", "--listen", "nowhere"], 2),
        (vec!["delivery", "show", "first"], 2),
        (vec!["completions", "bash"], 0),
        (vec!["man"], 0),
    ] {
        let ended = run(dir.path(), &arguments);
        assert_eq!(ended.status.code(), Some(code), "{arguments:?}");
    }
}

#[test]
fn a_wrong_configuration_is_told_all_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let wrong = "\
        [server]\nlisten = \"here\"\npublic_url = \"weather\"\n\
        [twilio]\nfrom = \"+15005550006\"\nmax_inflight = 3\n\
        [weather]\nproviders = [\"open-meteo\"]\n\
        [schedule]\ntick = \"sometimes\"\n\
        [delivery]\nlateness_minutes = \"long\"\n";
    fs::write(dir.path().join("config.toml"), wrong).unwrap();
    let ended = run(dir.path(), &["delivery", "list"]);
    assert_eq!(ended.status.code(), Some(1));
    let told = text(&ended.stderr);
    for key in [
        "server.listen: ",
        "server.public_url: ",
        "twilio.max_inflight: ",
        "schedule.tick: ",
        "delivery.lateness_minutes: ",
    ] {
        let line = told.lines().find(|line| line.trim().starts_with(key));
        assert!(
            line.is_some_and(|line| line.contains("; for example ")),
            "{key} {told}"
        );
    }
    assert_eq!(told.lines().count(), 6, "{told}");
}

#[test]
fn check_masks_what_is_secret_and_ends_with_1_when_something_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("config.toml"), CONFIG).unwrap();
    let without = run(dir.path(), &["check", "--offline"]);
    assert_eq!(without.status.code(), Some(1));
    assert!(text(&without.stdout).contains("TWILIO_AUTH_TOKEN: must be given"));
    fs::write(
        dir.path().join(".env"),
        "TWILIO_ACCOUNT_SID=AC0123456789abcdef0123456789abcdef\nTWILIO_AUTH_TOKEN=s3cr3t\n",
    )
    .unwrap();
    let with = run(dir.path(), &["check", "--offline"]);
    let told = text(&with.stdout);
    assert_eq!(with.status.code(), Some(0), "{told}");
    assert!(told.contains("public_url = \"https://weather.example.org\""));
    assert!(
        !told.contains("s3cr3t") && !told.contains("5005550006"),
        "{told}"
    );
}

#[test]
fn check_tells_what_the_watched_phone_proves() {
    let dir = tempfile::tempdir().unwrap();
    let watched = format!("{CONFIG}[monitoring]\ncanary = \"+33639980001\"\n");
    fs::write(dir.path().join("config.toml"), watched).unwrap();
    fs::write(
        dir.path().join(".env"),
        "TWILIO_ACCOUNT_SID=AC0123456789abcdef0123456789abcdef\nTWILIO_AUTH_TOKEN=s3cr3t\n",
    )
    .unwrap();
    let import = |phone: &str| {
        let list = format!("phone,place,time,consent\n{phone},lyon,07:00,form\n");
        fs::write(dir.path().join("list.csv"), list).unwrap();
        let ended = run(dir.path(), &["subscriber", "import", "list.csv"]);
        assert_eq!(ended.status.code(), Some(0), "{}", text(&ended.stdout));
    };
    let says = |what: &str, code: i32| {
        let ended = run(dir.path(), &["check", "--offline"]);
        let told = text(&ended.stdout);
        let mut lines = told.lines();
        let line = lines.find(|line| line.contains("canary") && line.contains("•••"));
        assert!(
            line.is_some_and(|line| line.contains(what)),
            "{what}: {told}"
        );
        assert_eq!(ended.status.code(), Some(code), "{told}");
        assert!(!told.contains("33639980001"), "{told}");
    };
    let poke = |sql: &str| {
        let file = rusqlite::Connection::open(dir.path().join("weatherline.db")).unwrap();
        file.execute_batch(sql).unwrap();
    };
    import("+33639980002");
    says("is watched and has no text that comes every day", 1);
    import("+33639980001");
    says("proves nothing yet: its text is due 20", 0);
    poke(
        "INSERT INTO deliveries (id, key, kind, urgency, phone, subscription_id, local_date, status, due_at, next_attempt_at, created_at, updated_at)
         VALUES (1, 'daily:2:2026-11-01', 'daily', 1, '+33639980001', 2, '2026-11-01', 'delivered', 1793512800000, 0, 1793512800000, 1793512801000);",
    );
    says("got its last text 2026-11-01T06:00:01Z", 0);
    poke("UPDATE subscriptions SET next_due_at = 1793599200000");
    says(
        "did not get its text of 2026-11-02T06:00:00Z in time: it was not made",
        1,
    );
}

#[test]
fn places_are_resolved_one_by_one_and_in_batches() {
    let dir = tempfile::tempdir().unwrap();
    let sydney = run(dir.path(), &["place", "-33.86,151.2", "--json"]);
    let told = text(&sydney.stdout);
    assert!(
        told.starts_with(
            "{\"query\":\"-33.86,151.2\",\"outcome\":\"certain\",\"places\":[{\"name\":\"Sydney\""
        ),
        "{told}"
    );
    let batch = dir.path().join("batch.jsonl");
    fs::write(
        &batch,
        "{\"query\":\"paris\",\"sender_country\":\"US\"}\nnonsense\n{\"query\":\"lyon\"}",
    )
    .unwrap();
    let ended = run(
        dir.path(),
        &["place", "--batch", batch.to_str().unwrap(), "--json"],
    );
    let lines = text(&ended.stdout);
    assert_eq!(lines.lines().count(), 3, "{lines}");
    assert!(lines.lines().nth(1).unwrap().contains("line 2"));
    assert_eq!(ended.status.code(), Some(1));
}

#[test]
fn a_list_is_imported_shown_exported_and_imported_again() {
    let dir = tempfile::tempdir().unwrap();
    let list = dir.path().join("list.csv");
    let rows = "place,time,phone,days,only_if,language\n\
        lyon,6h30,+33639981234,weekdays,,\n\
        lyon,7am,0639981234,,,\n\
        springfield,7am,+33639981235,,,\n\
        \"Portland, OR\",noon,+14155550104,mon wed,rain,ES\n\
        lyon,7am,+33639981236,,,nl\n";
    fs::write(&list, rows).unwrap();
    let ended = run(
        dir.path(),
        &["subscriber", "import", list.to_str().unwrap()],
    );
    let told = format!("{}{}", text(&ended.stdout), text(&ended.stderr));
    assert_eq!(ended.status.code(), Some(1), "{told}");
    assert!(
        told.contains("line 3: ") && told.contains("line 4: ") && told.contains("Springfield"),
        "{told}"
    );
    assert!(told.contains("line 6: language is en, es"), "{told}");
    assert!(
        told.contains("2 added") && !told.contains("39981234"),
        "{told}"
    );

    let shown = text(&run(dir.path(), &["subscriber", "list", "--json"]).stdout);
    assert_eq!(shown.lines().count(), 2, "{shown}");
    assert!(
        shown.contains("\"time\":\"06:30\",\"days\":\"weekdays\"") && !shown.contains("39981234"),
        "{shown}"
    );
    assert!(
        shown.contains("\"language\":\"fr\"") && shown.contains("\"language\":\"es\""),
        "by the phone's country, and as the list has it: {shown}"
    );
    let exported = run(dir.path(), &["subscriber", "export"]).stdout;
    assert!(text(&exported).contains(",rain,es,"), "{}", text(&exported));

    let other = tempfile::tempdir().unwrap();
    fs::write(other.path().join("list.csv"), &exported).unwrap();
    assert_eq!(
        run(other.path(), &["subscriber", "import", "list.csv"])
            .status
            .code(),
        Some(0)
    );
    assert_eq!(
        run(other.path(), &["subscriber", "export"]).stdout,
        exported
    );
}

#[test]
fn a_stopped_phone_stays_stopped_and_a_forgotten_one_forgotten() {
    let dir = tempfile::tempdir().unwrap();
    let anna = "+14155550101";
    assert_eq!(
        run(
            dir.path(),
            &["subscriber", "add", anna, "new york", "6:30am"]
        )
        .status
        .code(),
        Some(0)
    );
    assert_eq!(
        run(dir.path(), &["subscriber", "stop", anna]).status.code(),
        Some(0)
    );
    let again = run(dir.path(), &["subscriber", "add", anna, "new york"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(text(&again.stderr).contains("START"));
    assert!(
        text(
            &run(
                dir.path(),
                &["subscriber", "list", "--status", "stopped", "--json"]
            )
            .stdout
        )
        .contains("\"stopped\"")
    );
    // Nobody is there to be asked.
    assert_eq!(
        run(dir.path(), &["subscriber", "forget", anna])
            .status
            .code(),
        Some(1)
    );
    assert_eq!(
        run(dir.path(), &["subscriber", "forget", anna, "--yes"])
            .status
            .code(),
        Some(0)
    );
    assert_eq!(
        text(&run(dir.path(), &["subscriber", "list", "--json"]).stdout),
        ""
    );
    assert_eq!(
        run(dir.path(), &["subscriber", "add", anna, "new york"])
            .status
            .code(),
        Some(1)
    );
    assert!(
        !fs::read(dir.path().join("weatherline.db"))
            .unwrap()
            .windows(11)
            .any(|w| w == b"14155550101")
    );
}

#[test]
fn a_database_that_is_none_is_one_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let missing = run(dir.path(), &["delivery", "list"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(text(&missing.stderr).contains("there is no database"));
    fs::write(
        dir.path().join("weatherline.db"),
        "this is a text, not a database, and long enough to be looked at by anybody",
    )
    .unwrap();
    for arguments in [["delivery", "list"], ["subscriber", "list"]] {
        let ended = run(dir.path(), &arguments);
        assert_eq!(ended.status.code(), Some(1));
        assert_eq!(
            text(&ended.stderr).lines().count(),
            1,
            "{}",
            text(&ended.stderr)
        );
    }
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let dir = tempfile::tempdir().unwrap();
    let batch: String = (0..3000)
        .map(|n| format!("{{\"query\":\"lyon {n}\"}}\n"))
        .collect();
    fs::write(dir.path().join("batch.jsonl"), batch).unwrap();
    let mut child = command(dir.path(), &["place", "--batch", "batch.jsonl", "--json"]);
    let mut child = child
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(text(&ended.stderr), "");
    assert_eq!(ended.status.code(), Some(0));
}

#[test]
fn the_readme_names_every_command_and_the_documents_every_secret() {
    let dir = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    for name in commands(dir.path(), &[]) {
        assert!(
            readme.contains(&format!("`weatherline {name}")),
            "README.md does not name {name}"
        );
        let line = readme
            .lines()
            .find(|line| line.contains(&format!("`weatherline {name}")))
            .unwrap();
        for below in commands(dir.path(), &[&name]) {
            assert!(
                line.contains(&below),
                "README.md does not name {name} {below}"
            );
        }
    }
    let example = fs::read_to_string(root.join(".env.example")).unwrap();
    let check = text(&run(dir.path(), &["check", "--offline"]).stdout);
    for name in ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"] {
        assert!(
            check.contains(name) && example.contains(&format!("\n{name}=")),
            "{name}"
        );
    }
}

/// The commands that `--help` lists below the given ones.
fn commands(dir: &Path, below: &[&str]) -> Vec<String> {
    let help = text(&run(dir, &[below, &["--help"]].concat()).stdout);
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed = listed
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next());
    listed
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

fn run(dir: &Path, arguments: &[&str]) -> Output {
    command(dir, arguments).output().unwrap()
}

fn command(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_weatherline"));
    command
        .args(arguments)
        .current_dir(dir)
        .stdin(Stdio::null())
        .env_clear();
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
