//! `number`: the account's numbers, where their webhooks point, and what overrides them.

use clap::{Args, Subcommand};
use serde::Serialize;

use super::Chosen;
use super::failure::Failure;
use super::output::{Output, tell};
use super::remote;
use super::subscriber::confirm;
use crate::carrier::rest::numbers::{Number as Resource, Webhooks};
use crate::carrier::rest::services::Service;
use crate::carrier::{Carrier, From};

/// The account's phone numbers.
#[derive(Debug, Subcommand)]
pub(super) enum Number {
    /// List them and where their webhooks point
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Point the webhooks of our number at this daemon
    Configure(ConfigureArguments),
}

#[derive(Debug, Args)]
pub(super) struct ConfigureArguments {
    /// Without being asked
    #[arg(long)]
    yes: bool,
}

/// Does what was asked.
pub(super) async fn run(
    command: &Number,
    chosen: &Chosen,
    output: &mut Output,
) -> Result<(), Failure> {
    let (config, carrier) = remote::carrier(chosen)?;
    match command {
        Number::List { json } => list(&carrier, *json, output).await,
        Number::Configure(arguments) => {
            let settings = config.carrier();
            match settings.as_ref().map(|settings| &settings.from) {
                Some(From::Number(number)) => configure(number, &carrier, arguments, output).await,
                Some(From::Service(sid)) => service(sid, &carrier, arguments, output).await,
                None => Ok(()),
            }
        }
    }
}

/// The documented fields of a number. These are the operator's own: they are shown whole.
#[derive(Serialize)]
struct Line<'a> {
    sid: &'a str,
    number: &'a str,
    name: Option<&'a str>,
    texts: bool,
    calls: bool,
    text_url: Option<&'a str>,
    voice_url: Option<&'a str>,
    text_override: Option<&'a str>,
    voice_override: Option<&'a str>,
}

async fn list(carrier: &Carrier, json: bool, output: &mut Output) -> Result<(), Failure> {
    let mut numbers = carrier.numbers(None);
    while let Some(number) = numbers.next().await? {
        let line = Line {
            sid: &number.sid,
            number: &number.phone_number,
            name: number.friendly_name.as_deref(),
            texts: number.capabilities.sms,
            calls: number.capabilities.voice,
            text_url: number.sms_url.as_deref(),
            voice_url: number.voice_url.as_deref(),
            text_override: number.text_override(),
            voice_override: number.voice_override(),
        };
        if json {
            output.json(&line)?;
            continue;
        }
        output.line(&format!(
            "{}  {}  {}",
            line.number,
            line.sid,
            line.name.unwrap_or_default()
        ))?;
        let can = |yes: bool| if yes { "" } else { "  (this number cannot)" };
        output.line(&format!(
            "  texts go to {}{}",
            or_none(line.text_url),
            can(line.texts)
        ))?;
        output.line(&format!(
            "  calls go to {}{}",
            or_none(line.voice_url),
            can(line.calls)
        ))?;
        for sentence in overrides(&number, None, None) {
            output.line(&format!("  {sentence}"))?;
        }
    }
    Ok(())
}

async fn configure(
    number: &str,
    carrier: &Carrier,
    arguments: &ConfigureArguments,
    output: &mut Output,
) -> Result<(), Failure> {
    let Some(found) = carrier.number(number).await? else {
        return Err(Failure::sentence(format!(
            "{} is none of the account's numbers; `weatherline number list` shows them, twilio.from says which is ours",
            remote::address(Some(number), false)
        )));
    };
    let (text_url, voice_url) = (carrier.text_url(), carrier.voice_url());
    let mut changes = false;
    for (what, before, after) in [
        ("texts", found.sms_url.as_deref(), &text_url),
        ("calls", found.voice_url.as_deref(), &voice_url),
    ] {
        if before == Some(after) {
            output.line(&format!("{what}: {after} (as it is)"))?;
        } else {
            changes = true;
            output.line(&format!("{what}: {} → {after}", or_none(before)))?;
        }
    }
    output.flush()?;
    if changes {
        if !arguments.yes {
            confirm("Point our number there?")?;
        }
        let webhooks = Webhooks {
            text_url: Some(&text_url),
            voice_url: Some(&voice_url),
            call_status_url: None,
        };
        carrier.configure_number(&found.sid, &webhooks).await?;
        output.line("done")?;
    } else {
        output.line("nothing to change")?;
    }
    let service = carrier.service_of(&found.sid).await?;
    let overriding = overrides(&found, service.as_ref(), Some(&text_url));
    overriding.iter().for_each(|sentence| tell(sentence));
    if overriding.is_empty() {
        return Ok(());
    }
    Err(Failure::Told)
}

/// Points a messaging service's texts here. It has no calls.
async fn service(
    sid: &str,
    carrier: &Carrier,
    arguments: &ConfigureArguments,
    output: &mut Output,
) -> Result<(), Failure> {
    let found = carrier.service(sid).await;
    let found = found.map_err(|error| remote::missing("number", sid, error))?;
    let wanted = carrier.text_url();
    let before = found.inbound_request_url.as_deref();
    let takes_them = !found.use_inbound_webhook_on_number;
    if before == Some(&wanted) && takes_them {
        output.line(&format!("texts: {wanted} (as it is)"))?;
        output.line("nothing to change")?;
    } else {
        let by = match takes_them {
            true => or_none(before),
            false => "each number's own webhook",
        };
        output.line(&format!("texts: {by} → {wanted}"))?;
        output.flush()?;
        if !arguments.yes {
            confirm(&format!("Point the messaging service {sid} there?"))?;
        }
        carrier.configure_service(sid, &wanted).await?;
        output.line("done")?;
    }
    output.line("calls: a messaging service takes and places none; for calls set twilio.from to one of its numbers")
}

/// What keeps a number's webhooks from counting, a sentence each.
///
/// A messaging service that sends them to `text_url` is none of these.
pub(super) fn overrides(
    number: &Resource,
    service: Option<&Service>,
    text_url: Option<&str>,
) -> Vec<String> {
    let mut told = Vec::new();
    if let Some(application) = number.text_override() {
        told.push(format!(
            "! texts do not get here: the application {application} takes them (sms_application_sid); remove it from the number"
        ));
    }
    if let Some(other) = number.voice_override() {
        let what = if other.starts_with("TK") {
            "SIP trunk"
        } else {
            "application"
        };
        told.push(format!(
            "! calls do not get here: the {what} {other} takes them; remove it from the number"
        ));
    }
    let elsewhere = |service: &&Service| {
        let url = service.inbound_request_url.as_deref();
        !service.use_inbound_webhook_on_number && (url.is_none() || url != text_url)
    };
    if let Some(service) = service.filter(elsewhere) {
        told.push(format!(
            "! texts do not get here: the messaging service {} takes them and sends them to {}; let it \"defer to sender's webhook\" in Twilio's console (Messaging, Services, Integration), or set twilio.messaging_service_sid and run this again",
            service.sid,
            or_none(service.inbound_request_url.as_deref())
        ));
    }
    told
}

fn or_none(url: Option<&str>) -> &str {
    url.filter(|url| !url.is_empty()).unwrap_or("nowhere")
}
