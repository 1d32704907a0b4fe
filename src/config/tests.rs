//! What an operator may write, what is refused, and in which words.

use std::path::Path;

use super::*;
use crate::weather::ProviderName;

const GIVEN: &str = "\
    [server]\npublic_url = \"https://weather.example.org\"\n\
    [twilio]\nfrom = \"+15005550006\"\n\
    [weather]\ncontact = \"ops@example.org\"\n";

fn environment(more: &[(&str, &str)]) -> Environment {
    let secrets = [
        ("TWILIO_ACCOUNT_SID", "AC0123456789abcdef0123456789abcdef"),
        ("TWILIO_AUTH_TOKEN", "s3cr3t-t0k3n"),
    ];
    let value = |name: &str| {
        let found = more
            .iter()
            .chain(&secrets)
            .find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    Environment::new(value, Path::new("/nonexistent/.env"))
}

/// The keys that are complained of when `text` stands beside what must be given.
fn complaints(text: &str) -> Vec<String> {
    let problems = Config::parse(text, &environment(&[]), Need::Everything).unwrap_err();
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn the_documented_file_is_the_default() {
    let environment = environment(&[]);
    let bare = Config::parse(GIVEN, &environment, Need::Everything).unwrap();
    let documented = keys::DOCUMENTED
        .replace("# public_url", "public_url")
        .replace("# from", "from")
        .replace("contact = \"\"", "contact = \"ops@example.org\"");
    let documented = Config::parse(&documented, &environment, Need::Everything).unwrap();
    let shown = |config: &Config| Shown(config, &environment).to_string();
    assert_eq!(shown(&bare), shown(&documented));
    insta::assert_snapshot!(shown(&bare));
}

#[test]
fn nothing_is_needed_where_nothing_is_sent() {
    let nobody = Environment::new(|_| None, Path::new("/nonexistent/.env"));
    let config = Config::parse("", &nobody, Need::Nothing).unwrap();
    assert_eq!(config.weather.providers, [ProviderName::OpenMeteo]);
    assert_eq!(config.server.public_url, "http://127.0.0.1:8080");
    assert!(config.twilio.account.is_none());
    assert!(Config::parse(keys::DOCUMENTED, &nobody, Need::Nothing).is_ok());
}

#[test]
fn all_problems_are_told_at_once() {
    let text = "\
        [server]\nlisten = \"example.org\"\npublic_uri = \"https://weather.example.org\"\n\
        [twilio]\nfrom = \"5005550006\"\nmax_in_flight = 0\nsegments_per_second = \"fast\"\nauth_token = \"x\"\n\
        [wether]\nproviders = [\"accuweather\"]\n\
        [weather]\nproviders = [\"open-meteo\", \"accuweather\", \"nws\"]\ntimeout_seconds = 5\n\
        [schedule]\ntick = \"* * * * *\"\n\
        [limits]\ncountries = [\"UK\"]\nsegments_per_day = 1.5\n\
        [delivery]\nprefer = \"never\"\nsettle_seconds = \"90\"\n\
        [forecast]\ndefault_time = \"7am\"\nlateness_minutes = 10\n\
        [database]\npath = \"\"\n\
        [admin]\nlisten = \"0.0.0.0:9090\"\n";
    let environment = environment(&[("TWILIO_ACCOUNT_SID", "SK1"), ("TWILIO_API_KEY", "key")]);
    let problems = Config::parse(text, &environment, Need::Everything).unwrap_err();
    insta::assert_snapshot!(ConfigError::Wrong {
        file: Some("config.toml".into()),
        problems
    });
}

#[test]
fn what_is_missing_is_named() {
    let nobody = Environment::new(|_| None, Path::new("/nonexistent/.env"));
    let problems = Config::parse("", &nobody, Need::Everything).unwrap_err();
    insta::assert_snapshot!(ConfigError::Wrong {
        file: None,
        problems
    });
}

#[test]
fn contradictions_are_refused() {
    let with =
        |text: &str| complaints(&GIVEN.replace("[twilio]\n", &format!("[twilio]\n{text}\n")));
    let both = with("messaging_service_sid = \"MG0123456789abcdef0123456789abcdef\"");
    assert!(
        both[0].starts_with("twilio.from: contradicts twilio.messaging_service_sid"),
        "{both:?}"
    );
    let watched = complaints(&format!(
        "{GIVEN}[monitoring]\nping_url = \"hc-ping.com/s3cr3t\"\ncanary = \"12\"\n"
    ));
    assert_eq!(watched.len(), 2, "{watched:?}");
    assert!(
        watched[0].starts_with("monitoring.ping_url: ") && !watched[0].contains("s3cr3t"),
        "{watched:?}"
    );
    let same = complaints(&format!("{GIVEN}[admin]\nlisten = \"127.0.0.1:8080\"\n"));
    assert!(
        same[0].starts_with("admin.listen: 127.0.0.1:8080 is server.listen too"),
        "{same:?}"
    );
    let silent = complaints(&GIVEN.replace("ops@example.org", " "));
    assert!(
        silent[0].starts_with("weather.contact: must be given, because met-norway"),
        "{silent:?}"
    );
    let slow = complaints(&GIVEN.replace("[weather]", "[weather]\ntimeout_seconds = 4.5"));
    assert!(
        slow[0].ends_with("more than 8; for example timeout_seconds = 4"),
        "{slow:?}"
    );
}

#[test]
fn five_mistakes_are_five_sentences_even_around_broken_lines() {
    let text = format!(
        "{GIVEN}[limits]\nsegments_per_dya = 5\ncountries = [\"ZZ\"]\nreplies_per_sender_per_hour = = 3\n\
         [forecast]\nmax_segments = true\ndefault_time = \"25:00\"\n"
    );
    let told = complaints(&text);
    assert_eq!(told.len(), 5, "{told:#?}");
    assert!(
        told[2].starts_with("line 10: this is not TOML"),
        "{told:#?}"
    );
}

#[test]
fn a_third_provider_shares_the_time_there_is() {
    let text = GIVEN.replace(
        "[weather]",
        "[weather]\nproviders = [\"open-meteo\", \"met-norway\", \"nws\"]",
    );
    let config = Config::parse(&text, &environment(&[]), Need::Everything).unwrap();
    assert!(config.weather.timeout_ms * 3 <= 8000 && config.weather.timeout_ms > 2600);
}

#[test]
fn under_systemd_the_database_lies_in_the_state_directory() {
    let environment = environment(&[("STATE_DIRECTORY", "/var/lib/weatherline:/var/lib/other")]);
    let config = Config::parse(GIVEN, &environment, Need::Everything).unwrap();
    assert_eq!(
        config.database,
        Path::new("/var/lib/weatherline/weatherline.db")
    );
    let absolute = format!("{GIVEN}[database]\npath = \"/srv/w.db\"\n");
    let config = Config::parse(&absolute, &environment, Need::Everything).unwrap();
    assert_eq!(config.database, Path::new("/srv/w.db"));
}

#[test]
fn secrets_are_shown_nowhere() {
    let environment = environment(&[
        ("ADMIN_PASSWORD", "s3cr3t-w0rd"),
        ("OPEN_METEO_API_KEY", "s3cr3t-k3y"),
    ]);
    let watched = "[monitoring]\nping_url = \"https://hc-ping.com/s3cr3t\"\n";
    let watched = format!("{GIVEN}{watched}");
    let config = Config::parse(&watched, &environment, Need::Everything).unwrap();
    let shown = format!(
        "{} {config:?} {environment:?}",
        Shown(&config, &environment)
    );
    assert!(
        !shown.contains("s3cr3t")
            && shown.contains("ADMIN_PASSWORD = •••••••• (from the environment)"),
        "{shown}"
    );
    let wrong = Config::parse(
        GIVEN,
        &self::environment(&[("TWILIO_AUTH_TOKEN", "s3cr3t t0k3n")]),
        Need::Everything,
    );
    let told = wrong.unwrap_err();
    assert!(!format!("{told:?}").contains("s3cr3t") && told[0].key == "TWILIO_AUTH_TOKEN");
}

#[test]
fn a_file_that_is_none_is_one_sentence() {
    let dir = tempfile::tempdir().unwrap();
    for (name, content) in [
        ("binary.toml", b"\xff\xfe".as_slice()),
        ("missing.toml", b""),
    ] {
        let path = dir.path().join(name);
        if !content.is_empty() {
            std::fs::write(&path, content).unwrap();
        }
        let error = Config::load(Some(&path), &environment(&[]), Need::Everything)
            .unwrap_err()
            .to_string();
        assert!(
            error.contains(name) && error.contains("--config FILE") && error.lines().count() == 1,
            "{error}"
        );
    }
    assert!(Config::load(Some(dir.path()), &environment(&[]), Need::Everything).is_err());
}
