//! `init`: a configuration and its secrets from a few answers, and what to paste into Twilio's console.

mod ask;
mod write;

use std::path::{Path, PathBuf};

use clap::Args;

use self::ask::Asker;
use super::failure::Failure;
use super::output::Output;
use super::subscriber::confirm;
use crate::config::{Draft, with_secrets};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Where config.toml and .env go
    #[arg(default_value = ".")]
    directory: PathBuf,
    /// The address by which Twilio reaches this machine, such as https://weather.example.org
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Who texts: a number of yours at Twilio, with + and country code, or the SID of a messaging service
    #[arg(long, value_name = "NUMBER")]
    from: Option<String>,
    /// Your mail address or web page, which weather services want to know
    #[arg(long, value_name = "WORDS")]
    contact: Option<String>,
    /// The Account SID of Twilio's console
    #[arg(long, value_name = "SID")]
    account_sid: Option<String>,
    /// Change files that are there already without being asked; what is not given stays as it is
    #[arg(long)]
    yes: bool,
}

/// The package's directory, whose file of secrets has another name: the unit hands it on as a credential.
const SYSTEM_WIDE: &str = "/etc/weatherline";

/// Writes both files and tells what comes next.
pub(super) fn run(asked: &Arguments, output: &mut Output) -> Result<(), Failure> {
    let config_file = asked.directory.join("config.toml");
    let is_packaged = asked
        .directory
        .ends_with(SYSTEM_WIDE.trim_start_matches('/'))
        && asked.directory.is_absolute();
    let secrets_file = asked
        .directory
        .join(if is_packaged { "env" } else { ".env" });
    let mut draft = Draft::new(write::existing(&config_file)?);
    let old_secrets = write::existing(&secrets_file)?;
    let asker = Asker::new();
    let keys = fill(asked, &asker, &mut draft)?;
    let secrets = secrets(asked, &asker)?;
    if !asked.yes {
        for file in [&config_file, &secrets_file] {
            if file.exists() {
                let name = file.display();
                confirm(&format!(
                    "{name} is there already. Change what was answered in it, and leave the rest?"
                ))?;
            }
        }
    }
    write::directory(&asked.directory)?;
    write::public(&config_file, draft.text())?;
    output.line(&told(&config_file, &keys))?;
    let pairs: Vec<_> = secrets
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    write::private(&secrets_file, &with_secrets(old_secrets, &pairs))?;
    let names: Vec<_> = pairs.iter().map(|(name, _)| *name).collect();
    output.line(&told(&secrets_file, &names))?;
    console(&draft, output)?;
    output.line(&format!("\nThe next step: {}", next(asked, is_packaged)))
}

/// Puts the answers into the draft; gives the keys that have one.
fn fill(asked: &Arguments, asker: &Asker, draft: &mut Draft) -> Result<Vec<&'static str>, Failure> {
    let mut keys = Vec::new();
    let questions = [
        (
            "server.public_url",
            &asked.public_url,
            "The address by which Twilio reaches this machine, such as https://weather.example.org",
        ),
        (
            "twilio.from",
            &asked.from,
            "Your number at Twilio, such as +15005550006 (or the SID of a messaging service, MG…)",
        ),
        (
            "weather.contact",
            &asked.contact,
            "Your mail address or web page, for the weather services",
        ),
    ];
    for (key, given, question) in questions {
        let mut put = |value: &str| {
            let key = if key == "twilio.from" && value.starts_with("MG") {
                draft.unset(key);
                "twilio.messaging_service_sid"
            } else {
                key
            };
            if key == "twilio.from" {
                draft.unset("twilio.messaging_service_sid");
            }
            draft.set(key, value);
            draft
                .trouble_with(key)
                .map_or(Ok(key), |wrong| Err(format!("{key}: {wrong}")))
        };
        match given {
            Some(value) => keys.push(put(value.trim()).map_err(Failure::sentence)?),
            None => keys.extend(asker.ask(question, false, |value| put(value))?),
        }
    }
    Ok(keys)
}

/// The account's secrets: from a flag, the environment, or an answer.
fn secrets(asked: &Arguments, asker: &Asker) -> Result<Vec<(&'static str, String)>, Failure> {
    let mut found = Vec::new();
    let environment = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    for (name, given, question, hidden) in [
        (
            "TWILIO_ACCOUNT_SID",
            asked.account_sid.clone(),
            "The Account SID, on the first page of https://console.twilio.com",
            false,
        ),
        (
            "TWILIO_AUTH_TOKEN",
            None,
            "The Auth Token beside it (it is not shown)",
            true,
        ),
    ] {
        let right = |value: &str| {
            write::is_secret(name, value)
                .map(|()| value.to_owned())
                .map_err(|wrong| format!("{name} {wrong}"))
        };
        match given.or_else(|| environment(name)) {
            Some(value) => found.push((name, right(value.trim()).map_err(Failure::sentence)?)),
            None => {
                let answer = asker.ask(question, hidden, right)?;
                found.extend(answer.map(|value| (name, value)));
            }
        }
    }
    Ok(found)
}

fn told(file: &Path, what: &[&str]) -> String {
    let what = if what.is_empty() {
        "nothing filled in yet".to_owned()
    } else {
        what.join(", ")
    };
    format!("{}: written ({what})", file.display())
}

/// What Twilio must know.
fn console(draft: &Draft, output: &mut Output) -> Result<(), Failure> {
    let Some(url) = draft.value("server.public_url") else {
        return Ok(());
    };
    let url = url.trim_end_matches('/');
    if let Some(service) = draft.value("twilio.messaging_service_sid") {
        return output.line(&format!(
            "\nIn Twilio's console, Messaging → Services → {service} → Integration, \"Send a webhook\":\n  \
             Request URL            {url}/twilio/text    HTTP POST"
        ));
    }
    output.line(&format!(
        "\nIn Twilio's console, Phone Numbers → Manage → Active numbers → your number:\n  \
         A message comes in     Webhook   {url}/twilio/text    HTTP POST\n  \
         A call comes in        Webhook   {url}/twilio/voice   HTTP POST\n\
         `weatherline number configure` does the same."
    ))
}

fn next(asked: &Arguments, is_packaged: bool) -> String {
    if is_packaged {
        return "sudo -u weatherline weatherline check".to_owned();
    }
    match asked.directory.to_str() {
        Some(".") => "weatherline check".to_owned(),
        _ => format!("cd {} && weatherline check", asked.directory.display()),
    }
}
