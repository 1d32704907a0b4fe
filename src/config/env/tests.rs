//! Tests of `config/env.rs`.

use super::*;
use secrecy::ExposeSecret;
use std::fs;

fn token(environment: &Environment) -> Option<String> {
    environment
        .secret("TWILIO_AUTH_TOKEN")
        .map(|s| s.expose_secret().to_owned())
}

fn origin<'a>(environment: &'a Environment, name: &str) -> Option<&'a Origin> {
    environment.secrets().find(|(known, _)| *known == name)?.1
}

#[test]
fn credentials_win_over_the_environment_and_that_over_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let dot_env = dir.path().join(".env");
    fs::write(
        &dot_env,
        "# ours\nTWILIO_AUTH_TOKEN='from $file'\nexport ADMIN_PASSWORD=\"x y\"\nOTHER=1\n",
    )
    .unwrap();
    let credentials = dir.path().join("credentials");
    fs::create_dir(&credentials).unwrap();
    fs::write(credentials.join("TWILIO_AUTH_TOKEN"), "from systemd\n").unwrap();
    fs::write(
        credentials.join("env"),
        "TWILIO_AUTH_TOKEN=second\nOPEN_METEO_API_KEY=k\n",
    )
    .unwrap();

    let directory = credentials.to_str().unwrap().to_owned();
    let all = |name: &str| match name {
        "CREDENTIALS_DIRECTORY" => Some(directory.clone()),
        "TWILIO_AUTH_TOKEN" => Some("from environment".to_owned()),
        _ => None,
    };
    let read = Environment::new(all, &dot_env);
    assert_eq!(token(&read).unwrap(), "from systemd");
    assert_eq!(
        origin(&read, "OPEN_METEO_API_KEY"),
        Some(&Origin::Credential)
    );
    assert_eq!(
        origin(&read, "ADMIN_PASSWORD"),
        Some(&Origin::File(dot_env.clone()))
    );

    let no_systemd = Environment::new(
        |name| all(name).filter(|_| name != "CREDENTIALS_DIRECTORY"),
        &dot_env,
    );
    assert_eq!(token(&no_systemd).unwrap(), "from environment");
    let only_file = Environment::new(|_| None, &dot_env);
    assert_eq!(token(&only_file).unwrap(), "from $file");
    assert!(only_file.problems.is_empty());
}

#[test]
fn an_empty_value_is_none_and_the_next_source_is_asked() {
    let dir = tempfile::tempdir().unwrap();
    let dot_env = dir.path().join(".env");
    fs::write(&dot_env, "TWILIO_AUTH_TOKEN=file\nADMIN_PASSWORD=\n").unwrap();
    let read = Environment::new(|_| Some(" ".to_owned()), &dot_env);
    assert_eq!(token(&read).unwrap(), "file");
    assert!(read.secret("ADMIN_PASSWORD").is_none());
    assert!(read.state_directory.is_none());
}

#[test]
fn a_file_for_all_counts_last_and_only_for_those_who_may_read_it() {
    let dir = tempfile::tempdir().unwrap();
    let (own, shared) = (dir.path().join(".env"), dir.path().join("env"));
    fs::write(&own, "TWILIO_AUTH_TOKEN=own\n").unwrap();
    fs::write(&shared, "TWILIO_AUTH_TOKEN=all\nADMIN_PASSWORD=all\n").unwrap();
    let mut read = Environment::new(|_| None, &own);
    read.lines_where_allowed(&dir.path().join("absent"));
    assert!(read.secret("ADMIN_PASSWORD").is_none() && read.problems.is_empty());
    read.lines_where_allowed(&shared);
    assert_eq!(token(&read).unwrap(), "own");
    assert!(read.secret("ADMIN_PASSWORD").is_some());
}

#[test]
fn a_broken_file_is_a_problem_that_repeats_nothing_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let dot_env = dir.path().join(".env");
    for text in ["TWILIO_AUTH_TOKEN s3cr3t\n", "TWILIO_AUTH_TOKEN='s3cr3t\n"] {
        fs::write(&dot_env, text).unwrap();
        let read = Environment::new(|_| None, &dot_env);
        assert_eq!(read.problems.len(), 1, "{text}");
        assert!(!format!("{} {read:?}", read.problems[0]).contains("s3cr3t"));
    }
    fs::write(&dot_env, b"\xff\xfe").unwrap();
    assert_eq!(Environment::new(|_| None, &dot_env).problems.len(), 1);
    assert_eq!(Environment::new(|_| None, dir.path()).problems.len(), 1);
}
