//! `number`: the account's numbers, where their webhooks point, and what overrides them.

use clap::{Args, Subcommand};
use serde::Serialize;

use super::Chosen;
use super::failure::Failure;
use super::output::{Output, tell};
use super::remote;
use super::subscriber::confirm;
use crate::carrier::rest::numbers::{Number as Resource, Webhooks, is_by_get};
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
    text_method: Option<&'a str>,
    voice_url: Option<&'a str>,
    voice_method: Option<&'a str>,
    status_url: Option<&'a str>,
    status_method: Option<&'a str>,
    text_override: Option<&'a str>,
    voice_override: Option<&'a str>,
    messaging_service: Option<&'a str>,
    overrides: Vec<String>,
}

impl<'a> Line<'a> {
    fn of(number: &'a Resource, service: Option<&'a Service>, text_url: &str) -> Self {
        Self {
            sid: &number.sid,
            number: &number.phone_number,
            name: number.friendly_name.as_deref(),
            texts: number.capabilities.sms,
            calls: number.capabilities.voice,
            text_url: number.sms_url.as_deref(),
            text_method: number.sms_method.as_deref(),
            voice_url: number.voice_url.as_deref(),
            voice_method: number.voice_method.as_deref(),
            status_url: number.status_callback.as_deref(),
            status_method: number.status_callback_method.as_deref(),
            text_override: number.text_override(),
            voice_override: number.voice_overrides().next(),
            messaging_service: service.map(|service| service.sid.as_str()),
            overrides: overrides(number, service, Some(text_url)),
        }
    }

    fn print(&self, output: &mut Output) -> Result<(), Failure> {
        let name = self.name.unwrap_or_default();
        output.line(&format!("{}  {}  {name}", self.number, self.sid))?;
        let can = |yes: bool| if yes { "" } else { "  (this number cannot)" };
        let texts = by(self.text_url, self.text_method);
        output.line(&format!("  texts go to {texts}{}", can(self.texts)))?;
        let calls = by(self.voice_url, self.voice_method);
        output.line(&format!("  calls go to {calls}{}", can(self.calls)))?;
        if self.status_url.is_some_and(|url| !url.is_empty()) {
            let progress = by(self.status_url, self.status_method);
            output.line(&format!("  the progress of calls goes to {progress}"))?;
        }
        if let Some(service) = self.messaging_service {
            output.line(&format!("  in the messaging service {service}"))?;
        }
        let mut told = self.overrides.iter();
        told.try_for_each(|sentence| output.line(&format!("  {sentence}")))
    }
}

async fn list(carrier: &Carrier, json: bool, output: &mut Output) -> Result<(), Failure> {
    let text_url = carrier.text_url();
    let services = carrier.all_services().await;
    let mut unasked = services.is_err();
    let services = services.unwrap_or_default();
    let mut numbers = carrier.numbers(None);
    while let Some(number) = numbers.next().await? {
        let service = match unasked {
            true => Ok(None),
            false => carrier.service_among(&services, &number.sid).await,
        };
        unasked |= service.is_err();
        let line = Line::of(&number, service.unwrap_or_default(), &text_url);
        match json {
            true => output.json(&line)?,
            false => line.print(output)?,
        }
    }
    if unasked {
        return Err(Failure::sentence(
            "Twilio did not tell which messaging services there are, so one may take the texts; run it once more",
        ));
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
    let service = carrier.service_of(&found.sid).await?;
    let (is_text, is_voice) = (found.texts_go_to(&text_url), found.calls_go_to(&voice_url));
    let (text_method, voice_method) = (found.sms_method.as_deref(), found.voice_method.as_deref());
    for (what, is_so, before, after) in [
        (
            "texts",
            is_text,
            by(found.sms_url.as_deref(), text_method),
            &text_url,
        ),
        (
            "calls",
            is_voice,
            by(found.voice_url.as_deref(), voice_method),
            &voice_url,
        ),
    ] {
        output.line(&match is_so {
            true => format!("{what}: {after} (as it is)"),
            false => format!("{what}: {before} → {after}"),
        })?;
    }
    output.flush()?;
    let overriding = overrides(&found, service.as_ref(), Some(&text_url));
    overriding.iter().for_each(|sentence| tell(sentence));
    if is_text && is_voice {
        output.line("nothing to change")?;
    } else {
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
    }
    match overriding.is_empty() {
        true => Ok(()),
        false => Err(Failure::Told),
    }
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
    if found.texts_go_to(&wanted) {
        output.line(&format!("texts: {wanted} (as it is)"))?;
        output.line("nothing to change")?;
    } else {
        let before = match found.takes_texts() {
            true => by(
                found.inbound_request_url.as_deref(),
                found.inbound_method.as_deref(),
            ),
            false => "each number's own webhook".to_owned(),
        };
        output.line(&format!("texts: {before} → {wanted}"))?;
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
    let is_ours = |service: &Service| text_url.is_some_and(|url| service.texts_go_to(url));
    // What a service takes and sends here asks no application of the number's.
    let application = number.text_override();
    if let Some(application) = application.filter(|_| !service.is_some_and(is_ours)) {
        told.push(format!(
            "! texts do not get here: the application {application} takes them (sms_application_sid); remove it from the number"
        ));
    }
    for other in number.voice_overrides() {
        let what = if other.starts_with("TK") {
            "SIP trunk"
        } else {
            "application"
        };
        told.push(format!(
            "! calls do not get here: the {what} {other} takes them; remove it from the number"
        ));
    }
    let elsewhere = |service: &&Service| service.takes_texts() && !is_ours(service);
    if let Some(service) = service.filter(elsewhere) {
        let to = by(
            service.inbound_request_url.as_deref(),
            service.inbound_method.as_deref(),
        );
        told.push(format!(
            "! texts do not get here: the messaging service {} takes them and sends them to {to}; let it \"defer to sender's webhook\" in Twilio's console (Messaging, Services, Integration), or set twilio.messaging_service_sid and run this again",
            service.sid,
        ));
    }
    told
}

/// An address and how it is called, where that is not as we take it; `nowhere` without one.
fn by(url: Option<&str>, method: Option<&str>) -> String {
    match url.filter(|url| !url.is_empty()) {
        Some(url) if is_by_get(method) => format!("{url} by GET"),
        Some(url) => url.to_owned(),
        None => "nowhere".to_owned(),
    }
}
