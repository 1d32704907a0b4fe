//! Tests of `cli/check/report.rs`.

use super::*;

#[test]
fn the_first_problem_says_what_is_next() {
    let problem = |key: &str, example: &str| Problem {
        key: key.to_owned(),
        wrong: "must be given".to_owned(),
        example: example.to_owned(),
    };
    let mut report = Report::default();
    report.then("weatherline serve");
    report.wrong_config(&ConfigError::Wrong {
        file: Some("config.toml".into()),
        problems: vec![problem("twilio.from", "from = \"+1…\""), problem("x", "y")],
    });
    assert_eq!(report.problems, 2);
    assert_eq!(
        report.next.as_deref(),
        Some("in config.toml, under [twilio]: from = \"+1…\"")
    );
    let of = |file, key| mend(file, &problem(key, "example"));
    assert!(of("config.toml", "TWILIO_AUTH_TOKEN").starts_with("in .env, "));
    assert!(
        of("/etc/weatherline/config.toml", "TWILIO_AUTH_TOKEN")
            .starts_with("in /etc/weatherline/env, ")
    );
    assert_eq!(of("config.toml", "line 3"), "mend line 3 of config.toml");
    assert_eq!(
        of("config.toml", "/srv/a.b/.env"),
        "in /srv/a.b/.env: example"
    );
}
