//! What only those outside can tell: whether the account opens, who its sender is and where its webhooks point, whether the
//! weather answers, and whether the daemon is there.

use std::net::SocketAddr;

use jiff::Timestamp;

use super::report::Report;
use crate::carrier::rest::numbers::is_by_get;
use crate::carrier::{Carrier, From, RestError};
use crate::cli::failure::Failure;
use crate::cli::{number, wires};
use crate::config::Config;
use crate::domain::place::Coordinates;
use crate::net::{Http, Method, Request};
use crate::weather::{Freshness, Spot};

/// Asks all of them.
pub(super) async fn ask(
    config: &Config,
    now: Timestamp,
    report: &mut Report,
) -> Result<(), Failure> {
    match wires::carrier(config)? {
        None => report.left_out("twilio", "not asked: no account is given"),
        Some(carrier) => {
            if account(&carrier, report).await {
                sender(config, &carrier, report).await;
            }
        }
    }
    weather(config, now, report).await?;
    daemon(config, &wires::http(config)?, report).await;
    Ok(())
}

/// Whether the credentials open the account.
async fn account(carrier: &Carrier, report: &mut Report) -> bool {
    match carrier.account().await {
        Ok(account) if !account.is_active() => {
            let why = "the account is not active";
            report.wrong(
                "twilio",
                why.to_owned(),
                "https://console.twilio.com says why the account is not active",
            );
        }
        Ok(account) if account.is_trial() => {
            let found = "the account opens; as a trial it may text verified phones only";
            report.fine("twilio", found.to_owned());
            return true;
        }
        Ok(_) => {
            report.fine("twilio", "the account opens".to_owned());
            return true;
        }
        Err(error) => {
            let mend = "compare TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN with the first page of https://console.twilio.com, and twilio.api_url";
            report.wrong("twilio", error.to_string(), mend);
        }
    }
    false
}

/// Whether the sender is the account's, and its texts and calls come here.
async fn sender(config: &Config, carrier: &Carrier, report: &mut Report) {
    let found = match &config.twilio.sender {
        From::Number(number) if number.starts_with('+') => of_number(number, carrier, report).await,
        From::Number(_) => {
            report.left_out("sender", "a short code: not looked up");
            Ok(())
        }
        From::Service(sid) => of_service(sid, carrier, report).await,
    };
    if let Err(error) = found {
        report.wrong("sender", error.to_string(), "weatherline check, once more");
    }
}

async fn of_number(number: &str, carrier: &Carrier, report: &mut Report) -> Result<(), RestError> {
    let Some(found) = carrier.number(number).await? else {
        let why = "twilio.from is none of the account's numbers".to_owned();
        let mend = "weatherline number list, and put one of them into twilio.from";
        report.wrong("sender", why, mend);
        return Ok(());
    };
    report.fine(
        "sender",
        "twilio.from is a number of the account".to_owned(),
    );
    let wanted = (carrier.text_url(), carrier.voice_url());
    let is_text = found.texts_go_to(&wanted.0);
    let is_voice = found.calls_go_to(&wanted.1);
    let service = carrier.service_of(&found.sid).await?;
    let overriding = number::overrides(&found, service.as_ref(), Some(&carrier.text_url()));
    // With an address of the service's own, the number's is not asked.
    let by_service = service.is_some_and(|service| service.texts_go_to(&wanted.0));
    if (!is_text && !by_service) || !is_voice {
        let what = match (is_text || by_service, is_voice) {
            (false, false) => "texts and calls do not",
            (false, true) => "texts do not",
            _ => "calls do not",
        };
        let by_get = [found.sms_method.as_deref(), found.voice_method.as_deref()];
        let how = match by_get.into_iter().any(is_by_get) {
            true => " by POST",
            false => "",
        };
        let why = format!(
            "{what} come to {}{how}",
            carrier.text_url().trim_end_matches("/twilio/text")
        );
        report.wrong("webhooks", why, "weatherline number configure");
    } else if !overriding.is_empty() {
        let mend = "https://console.twilio.com: remove what takes them, as said above";
        let told: Vec<&str> = overriding
            .iter()
            .map(|sentence| sentence.trim_start_matches("! "))
            .collect();
        report.wrong("webhooks", told.join("; "), mend);
    } else {
        report.fine("webhooks", "texts and calls come here".to_owned());
    }
    Ok(())
}

async fn of_service(sid: &str, carrier: &Carrier, report: &mut Report) -> Result<(), RestError> {
    let service = match carrier.service(sid).await {
        Err(error) if error.is_missing() => {
            let why = "twilio.messaging_service_sid is none of the account's services".to_owned();
            let mend = "copy the SID from Twilio's console, Messaging → Services";
            report.wrong("sender", why, mend);
            return Ok(());
        }
        other => other?,
    };
    report.fine(
        "sender",
        "the messaging service is the account's".to_owned(),
    );
    let wanted = carrier.text_url();
    if !service.takes_texts() {
        report.left_out(
            "webhooks",
            "each number of the service has its own: weatherline number list",
        );
    } else if service.texts_go_to(&wanted) {
        report.fine("webhooks", "texts come here".to_owned());
    } else {
        let mend = format!(
            "in Twilio's console, Messaging → Services → {sid} → Integration, \"Send a webhook\": {wanted}"
        );
        report.wrong(
            "webhooks",
            "the service's texts do not come here".to_owned(),
            &mend,
        );
    }
    Ok(())
}

async fn weather(config: &Config, now: Timestamp, report: &mut Report) -> Result<(), Failure> {
    let Some(coordinates) = Coordinates::new(51.48, 0.0) else {
        return Ok(());
    };
    let greenwich = Spot {
        coordinates,
        elevation_m: None,
        country: None,
    };
    let services = wires::weather(config)?;
    match services.forecast(&greenwich, Freshness::Answer, now).await {
        Ok(forecast) => report.fine("weather", format!("{} answers", forecast.provider)),
        Err(_) => report.wrong(
            "weather",
            "no service answered".to_owned(),
            "see that this machine is online and weather.providers are right, then weatherline check",
        ),
    }
    Ok(())
}

/// Whether the daemon runs, and is reached by the address that Twilio uses. That one may differ from inside: it is told, not
/// judged.
async fn daemon(config: &Config, http: &Http, report: &mut Report) {
    let admin = format!("http://{}/healthz", here(config.admin.listen));
    if !is_well(http, &admin).await {
        report.left_out("daemon", "not running");
        report.then("weatherline serve (under systemd: sudo systemctl enable --now weatherline weatherline-backup.timer)");
        return;
    }
    report.fine("daemon", "running".to_owned());
    let public = format!("{}/healthz", config.server.public_url);
    if is_well(http, &public).await {
        report.fine("public_url", "the daemon answers there".to_owned());
    } else {
        report.left_out(
            "public_url",
            "the daemon does not answer there, seen from here",
        );
        let step = format!(
            "open {public} from another machine: it says ok when TLS in front passes on to {}",
            config.server.listen
        );
        report.then(&step);
    }
}

/// An address that listens everywhere is asked on this machine.
fn here(listen: SocketAddr) -> SocketAddr {
    let mut address = listen;
    if address.ip().is_unspecified() {
        address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    address
}

async fn is_well(http: &Http, url: &str) -> bool {
    let request = Request {
        method: Method::Get,
        url,
        headers: &[],
        basic_auth: None,
        form: None,
        timeout_ms: 5_000,
        max_bytes: 1024,
    };
    let answer = http.send(request).await;
    answer.is_ok_and(|answer| answer.status == 200 && answer.body == b"ok")
}
