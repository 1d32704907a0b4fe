//! Each section of the file, read into values that cannot be wrong. Every function reads all its keys before it gives up.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use secrecy::ExposeSecret;

use super::countries::country;
use super::cron;
use super::env::Environment;
use super::file::{File, quoted};
use super::url::base_url;
use super::{Account, Admin, Delivery, Forecasts, Limits, Need, Prefer, Server, Twilio};
use crate::carrier::From;
use crate::domain::phone::PhoneNumber;
use crate::domain::schedule::SendTime;
use crate::weather::{self, ProviderName};

/// All services together must leave time to answer within Twilio's limit.
const SERVICES_SECONDS: f64 = 8.0;

pub(super) fn server(file: &mut File, need: Need) -> Option<Server> {
    let listen = address(file, "server.listen");
    let is = "a URL that Twilio could call (http or https, a host, perhaps a port and a path)";
    let public_url = file.parsed("server.public_url", need == Need::Everything, is, base_url);
    if need == Need::Everything || file.is_given("server.public_url") {
        return Some(Server {
            listen: listen?,
            public_url: public_url?,
        });
    }
    let listen = listen?;
    Some(Server {
        listen,
        public_url: format!("http://{listen}"),
    })
}

pub(super) fn admin(file: &mut File, environment: &Environment, need: Need) -> Option<Admin> {
    let listen = address(file, "admin.listen")?;
    let password = environment.secret("ADMIN_PASSWORD");
    if need == Need::Everything && !listen.ip().is_loopback() && password.is_none() {
        file.wrong(
            "admin.listen",
            format!("{listen} can be reached from outside, which needs ADMIN_PASSWORD in the environment or .env"),
        );
    }
    if listen.port() != 0 && file.text("server.listen").parse() == Ok(listen) {
        file.wrong(
            "admin.listen",
            format!("{listen} is server.listen too; the two must differ"),
        );
    }
    Some(Admin { listen, password })
}

pub(super) fn database(file: &mut File, environment: &Environment) -> Option<PathBuf> {
    let path = file.parsed("database.path", true, "a path", |text| {
        (!text.contains('\0') && !text.ends_with('/')).then(|| PathBuf::from(text))
    })?;
    Some(
        environment
            .state_directory
            .as_ref()
            .map_or_else(|| path.clone(), |state| state.join(&path)),
    )
}

pub(super) fn twilio(file: &mut File, environment: &Environment, need: Need) -> Option<Twilio> {
    let sender = sender(file, need);
    let api_url = service_url(file, "twilio.api_url");
    let segments_per_second = file.number("twilio.segments_per_second", 0.0..=10_000.0);
    let max_in_flight = file.whole("twilio.max_in_flight", 1..=1000);
    let request_timeout_seconds = file.whole("twilio.request_timeout_seconds", 1..=60);
    let account = account(file, environment, need);
    Some(Twilio {
        sender: sender?,
        api_url: api_url?,
        segments_per_second: segments_per_second?,
        max_in_flight: max_in_flight?,
        request_timeout_seconds: request_timeout_seconds?,
        answers_keywords: file.flag("twilio.answers_keywords"),
        account,
    })
}

fn sender(file: &mut File, need: Need) -> Option<From> {
    let (from, service) = ("twilio.from", "twilio.messaging_service_sid");
    if file.is_given(from) && file.is_given(service) {
        file.wrong(
            from,
            "contradicts twilio.messaging_service_sid; give one of the two".to_owned(),
        );
    } else if need == Need::Everything && !file.is_given(from) && !file.is_given(service) {
        file.wrong(
            from,
            "must be given, or twilio.messaging_service_sid".to_owned(),
        );
    }
    let number = file.parsed(
        from,
        false,
        "a phone number with + and country code, or a short code",
        |text| {
            let short_code =
                (3..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            let number = PhoneNumber::parse(text)
                .map(|number| number.e164().to_owned())
                .ok();
            number.or_else(|| short_code.then(|| text.to_owned()))
        },
    );
    let sid = file.parsed(
        service,
        false,
        "the SID of a messaging service (MG and 32 characters)",
        |text| sid(text, "MG"),
    );
    match (number, sid) {
        (Some(number), _) => Some(From::Number(number)),
        (None, Some(sid)) => Some(From::Service(sid)),
        // Nothing is sent without one; a caller that needs none never asks for it.
        (None, None) => (need == Need::Nothing).then(|| From::Number(String::new())),
    }
}

fn account(file: &mut File, environment: &Environment, need: Need) -> Option<Account> {
    let must = need == Need::Everything;
    let mut read =
        |name: &str, example: &str, is: &str, fits: &dyn Fn(&str) -> bool, must: bool| {
            let secret = environment.secret(name);
            match &secret {
                None if must => file.wrong_with(
                    name,
                    "must be given in the environment or .env".to_owned(),
                    example.to_owned(),
                ),
                Some(secret) if !fits(secret.expose_secret()) => {
                    if need == Need::Everything {
                        file.wrong_with(name, format!("is not {is}"), example.to_owned());
                    }
                    return None;
                }
                _ => {}
            }
            secret
        };
    let sid_example = "TWILIO_ACCOUNT_SID=AC0123456789abcdef0123456789abcdef";
    let is_account = |text: &str| sid(text, "AC").is_some();
    let account_sid = read(
        "TWILIO_ACCOUNT_SID",
        sid_example,
        "an account SID (AC and 32 characters)",
        &is_account,
        must,
    );
    let token_example = "TWILIO_AUTH_TOKEN=0123456789abcdef0123456789abcdef";
    let auth_token = read(
        "TWILIO_AUTH_TOKEN",
        token_example,
        "a token (no blanks in it)",
        &is_word,
        must,
    );
    let has_key = environment.secret("TWILIO_API_KEY").is_some();
    let has_secret = environment.secret("TWILIO_API_SECRET").is_some();
    let key_example = "TWILIO_API_KEY=SK0123456789abcdef0123456789abcdef";
    let is_key = |text: &str| sid(text, "SK").is_some();
    let api_key = read(
        "TWILIO_API_KEY",
        key_example,
        "the SID of an API key (SK and 32 characters)",
        &is_key,
        has_secret,
    );
    let secret_example = "TWILIO_API_SECRET=0123456789abcdef0123456789abcdef";
    let api_secret = read(
        "TWILIO_API_SECRET",
        secret_example,
        "a secret (no blanks in it)",
        &is_word,
        has_key,
    );
    Some(Account {
        sid: account_sid?.expose_secret().to_owned(),
        auth_token: auth_token?,
        api_key: api_key
            .map(|key| key.expose_secret().to_owned())
            .zip(api_secret),
    })
}

pub(super) fn delivery(file: &mut File) -> Option<Delivery> {
    let prefer = file.parsed(
        "delivery.prefer",
        true,
        "\"never-twice\" or \"never-missing\"",
        |text| match text {
            "never-twice" => Some(Prefer::NeverTwice),
            "never-missing" => Some(Prefer::NeverMissing),
            _ => None,
        },
    );
    let lateness_minutes = file.whole("delivery.lateness_minutes", 1..=1440);
    let settle_seconds = file.whole("delivery.settle_seconds", 1..=3600);
    Some(Delivery {
        prefer: prefer?,
        lateness_minutes: lateness_minutes?,
        settle_seconds: settle_seconds?,
    })
}

pub(super) fn forecasts(file: &mut File) -> Option<Forecasts> {
    let default_time = file.parsed(
        "forecast.default_time",
        true,
        "a time of day",
        SendTime::parse,
    );
    let max_segments = file.whole("forecast.max_segments", 1..=10);
    Some(Forecasts {
        default_time: default_time?,
        max_segments: max_segments?,
    })
}

pub(super) fn services(
    file: &mut File,
    environment: &Environment,
    need: Need,
) -> Option<weather::Settings> {
    let mut providers = providers(file);
    let timeout = file.number("weather.timeout_seconds", 0.1..=SERVICES_SECONDS);
    let together =
        timeout.unwrap_or_default() * f64::from(u32::try_from(providers.len()).unwrap_or(u32::MAX));
    if together > SERVICES_SECONDS && file.is_given("weather.timeout_seconds") {
        let fitting =
            (SERVICES_SECONDS / together * timeout.unwrap_or_default() * 10.0).floor() / 10.0;
        let wrong = format!(
            "all providers together could take {together} seconds, more than {SERVICES_SECONDS}"
        );
        file.wrong_with(
            "weather.timeout_seconds",
            wrong,
            format!("timeout_seconds = {fitting}"),
        );
    }
    let contact = file.text("weather.contact");
    let is_contact = |c: char| c.is_ascii_graphic() || c == ' ';
    if !contact.chars().all(is_contact) || contact.len() > 200 {
        file.wrong_with(
            "weather.contact",
            "is not plain ASCII text of at most 200 characters".to_owned(),
            CONTACT.to_owned(),
        );
    } else if contact.is_empty() {
        let asking = providers.iter().find(|p| p.needs_contact()).copied();
        let others = providers.iter().any(|p| !p.needs_contact());
        match asking {
            Some(asking) if need == Need::Everything || !others => {
                let name = asking;
                let wrong = format!(
                    "must be given, because {name} asks for it (or take it out of weather.providers)"
                );
                file.wrong_with("weather.contact", wrong, CONTACT.to_owned());
            }
            _ => providers.retain(|p| !p.needs_contact()),
        }
    }
    let open_meteo_url = service_url(file, "weather.open_meteo_url");
    let met_norway_url = service_url(file, "weather.met_norway_url");
    let nws_url = service_url(file, "weather.nws_url");
    let share =
        SERVICES_SECONDS / f64::from(u32::try_from(providers.len().max(1)).unwrap_or(u32::MAX));
    Some(weather::Settings {
        providers,
        timeout_ms: milliseconds(timeout?.min(share)),
        contact,
        open_meteo_url: open_meteo_url?,
        met_norway_url: met_norway_url?,
        nws_url: nws_url?,
        open_meteo_api_key: environment.secret("OPEN_METEO_API_KEY"),
    })
}

fn providers(file: &mut File) -> Vec<ProviderName> {
    let mut providers = Vec::new();
    let names = file.list("weather.providers");
    if names.is_empty() {
        file.wrong("weather.providers", "must name at least one".to_owned());
    }
    for name in names {
        match ProviderName::ALL.into_iter().find(|p| p.as_str() == name) {
            None => {
                let known = ProviderName::ALL.map(ProviderName::as_str).join(", ");
                file.wrong(
                    "weather.providers",
                    format!("{} is none of {known}", quoted(&name)),
                );
            }
            Some(provider) if providers.contains(&provider) => {
                file.wrong("weather.providers", format!("{name} stands there twice"));
            }
            Some(provider) => providers.push(provider),
        }
    }
    providers
}

pub(super) fn tick(file: &mut File) -> Option<String> {
    let tick = file.text("schedule.tick");
    match cron::check(&tick) {
        Ok(()) => Some(tick),
        Err(wrong) => {
            file.wrong(
                "schedule.tick",
                format!("{} is not cron with seconds: {wrong}", quoted(&tick)),
            );
            None
        }
    }
}

pub(super) fn limits(file: &mut File) -> Option<Limits> {
    let mut countries = Vec::new();
    for code in file.list("limits.countries") {
        match country(&code) {
            Some(country) => countries.push(country),
            None => {
                let hint = if code.eq_ignore_ascii_case("uk") {
                    " (the United Kingdom is GB)"
                } else {
                    ""
                };
                let wrong = format!(
                    "{} is not a country's code of two letters{hint}",
                    quoted(&code)
                );
                file.wrong_with(
                    "limits.countries",
                    wrong,
                    "countries = [\"US\", \"CA\"]".to_owned(),
                );
            }
        }
    }
    let replies_per_sender_per_hour =
        file.whole("limits.replies_per_sender_per_hour", 1..=100_000_000);
    let segments_per_day = file.whole("limits.segments_per_day", 1..=100_000_000);
    let range_percent = file.whole("limits.range_percent", 1..=100);
    let calls_per_caller_per_day = file.whole("limits.calls_per_caller_per_day", 0..=100_000_000);
    Some(Limits {
        countries,
        replies_per_sender_per_hour: replies_per_sender_per_hour?,
        segments_per_day: segments_per_day?,
        range_percent: range_percent?,
        calls_per_caller_per_day: calls_per_caller_per_day?,
    })
}

const CONTACT: &str = "contact = \"you@example.org\"";

fn address(file: &mut File, name: &str) -> Option<SocketAddr> {
    file.parsed(name, true, "an IP address with a port", |text| {
        text.replace("localhost:", "127.0.0.1:").parse().ok()
    })
}

fn service_url(file: &mut File, name: &str) -> Option<String> {
    file.parsed(
        name,
        true,
        "a URL (http or https, a host, perhaps a port and a path)",
        base_url,
    )
}

/// Two letters and 32 characters; Twilio writes them in hexadecimal, its stand-ins not always.
fn sid(text: &str, prefix: &str) -> Option<String> {
    let rest = text.strip_prefix(prefix)?;
    (rest.len() == 32 && rest.bytes().all(|b| b.is_ascii_alphanumeric())).then(|| text.to_owned())
}

fn milliseconds(seconds: f64) -> u64 {
    Duration::try_from_secs_f64(seconds).map_or(u64::MAX, |span| {
        u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
    })
}

fn is_word(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_graphic())
}
