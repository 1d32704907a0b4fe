//! Somebody's first ten minutes: `init`, then `check` points at one missing thing after the other until all is well.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use weatherline::sim::{Options, Sim};

const NOON: i64 = 1_795_348_800_000;

#[tokio::test(flavor = "multi_thread")]
async fn init_and_check_lead_to_a_daemon_that_can_be_started() {
    let sim = Sim::start(Options::new(Arc::new(|| NOON))).await.unwrap();
    let options = Options::new(Arc::new(|| NOON));
    let home = tempfile::tempdir().unwrap();
    let dir = home.path();
    let nothing = check(dir).await;
    assert!(
        nothing.ends_with("The next step: weatherline init\n"),
        "{nothing}"
    );

    first_answers(dir).await;
    // The pretend world in the place of the real one, as config.toml says.
    let file = dir.join("config.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let text = text
        .replace("https://api.twilio.com", &sim.api_url())
        .replace("https://api.open-meteo.com", &sim.url())
        .replace("https://api.met.no", &sim.url())
        .replace("127.0.0.1:9090", "127.0.0.1:1");
    std::fs::write(&file, &text).unwrap();
    run(dir, &["init", "--from", "+15005550001", "--yes"]).await;
    assert!(
        std::fs::read_to_string(&file)
            .unwrap()
            .contains(&sim.api_url())
    );
    next(
        dir,
        ".env, from the first page of https://console.twilio.com: TWILIO_ACCOUNT_SID=",
    )
    .await;
    run(
        dir,
        &["init", "--account-sid", &options.account_sid, "--yes"],
    )
    .await;
    next(dir, "TWILIO_AUTH_TOKEN=").await;
    with_token(dir, "wrong-token").await;
    next(dir, "compare TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN").await;
    with_token(dir, &options.auth_token).await;
    next(dir, "weatherline number list").await;
    run(dir, &["init", "--from", &options.number, "--yes"]).await;
    next(dir, "weatherline number configure").await;
    run(dir, &["number", "configure", "--yes"]).await;
    let well = run(dir, &["check"]).await;
    assert!(
        well.contains("All is well. The next step: weatherline serve"),
        "{well}"
    );
    for secret in [options.auth_token.as_str(), &options.number[1..]] {
        assert!(!well.contains(secret), "{well}");
    }
}

/// Who reaches the machine and whom the weather services may write to; what is refused on the way.
async fn first_answers(dir: &Path) {
    // Nobody is there to be asked: what was not given is left for later.
    let made = run(dir, &["init", "--contact", "ops@example.org"]).await;
    assert!(
        made.contains("weather.contact") && made.ends_with("The next step: weatherline check\n"),
        "{made}"
    );
    let secrets = dir.join(".env");
    let mode = std::fs::metadata(&secrets).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    next(dir, "[server]: public_url = ").await;
    assert!(
        failed(
            dir,
            &["init", "--public-url", "https://weather.example.org"]
        )
        .await
        .contains("--yes")
    );
    assert!(
        failed(
            dir,
            &["init", "--public-url", "weather.example.org", "--yes"]
        )
        .await
        .contains("server.public_url: ")
    );
    let told = run(
        dir,
        &[
            "init",
            "--public-url",
            "https://weather.example.org/line/",
            "--yes",
        ],
    )
    .await;
    for url in [
        "https://weather.example.org/line/twilio/text",
        "https://weather.example.org/line/twilio/voice",
    ] {
        assert!(told.contains(url), "{told}");
    }
    next(dir, "[twilio]: from = ").await;
}

/// Where `check` points.
async fn next(dir: &Path, mend: &str) {
    let told = check(dir).await;
    let last = told.lines().last().unwrap_or_default();
    assert!(
        last.contains("The next step: ") && last.contains(mend),
        "{mend}\n{told}"
    );
}

async fn check(dir: &Path) -> String {
    let output = output(command(dir, &["check"])).await;
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8(output.stdout).unwrap()
}

/// The token is no flag: it would stand in the list of processes.
async fn with_token(dir: &Path, token: &str) {
    let mut command = command(dir, &["init", "--yes"]);
    command.env("TWILIO_AUTH_TOKEN", token);
    let output = output(command).await;
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(
        told.contains("TWILIO_AUTH_TOKEN") && !told.contains(token),
        "{told}"
    );
}

async fn run(dir: &Path, arguments: &[&str]) -> String {
    let output = output(command(dir, arguments)).await;
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?} {told}");
    String::from_utf8(output.stdout).unwrap()
}

async fn failed(dir: &Path, arguments: &[&str]) -> String {
    let output = output(command(dir, arguments)).await;
    assert_eq!(output.status.code(), Some(1), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

fn command(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_weatherline"));
    command
        .args(arguments)
        .current_dir(dir)
        .env_clear()
        .stdin(Stdio::null());
    command
}

/// The pretend carrier answers on this runtime meanwhile.
async fn output(mut command: Command) -> Output {
    let output = tokio::task::spawn_blocking(move || command.output());
    output.await.unwrap().unwrap()
}
