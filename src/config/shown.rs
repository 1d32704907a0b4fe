//! The configuration in effect, as a config.toml with secrets and numbers masked: for `check`.

use std::fmt::{self, Display};

use super::{Config, Environment, Monitoring, Prefer};
use crate::carrier::From;
use crate::domain::phone::PhoneNumber;

/// Shows a configuration and where its secrets came from, without showing them.
pub struct Shown<'a>(pub &'a Config, pub &'a Environment);

impl Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, values) in own(self.0).into_iter().chain(wires(self.0)) {
            if values.is_empty() {
                continue;
            }
            writeln!(f, "[{name}]")?;
            for (key, value) in values {
                writeln!(f, "{key} = {value}")?;
            }
            writeln!(f)?;
        }
        f.write_str("# Secrets")?;
        for (name, origin) in self.1.secrets() {
            match origin {
                Some(origin) => write!(f, "\n# {name} = •••••••• (from {origin})")?,
                None => write!(f, "\n# {name} is not given")?,
            }
        }
        Ok(())
    }
}

type Section = (&'static str, Vec<(&'static str, String)>);

/// What concerns ourselves.
fn own(config: &Config) -> Vec<Section> {
    let prefer = match config.delivery.prefer {
        Prefer::NeverTwice => "never-twice",
        Prefer::NeverMissing => "never-missing",
    };
    let limits = &config.limits;
    vec![
        (
            "server",
            vec![
                ("listen", text(config.server.listen)),
                ("public_url", text(&config.server.public_url)),
            ],
        ),
        ("admin", vec![("listen", text(config.admin.listen))]),
        ("database", vec![("path", text(config.database.display()))]),
        ("schedule", vec![("tick", text(&config.tick))]),
        (
            "delivery",
            vec![
                ("prefer", text(prefer)),
                (
                    "lateness_minutes",
                    config.delivery.lateness_minutes.to_string(),
                ),
                ("settle_seconds", config.delivery.settle_seconds.to_string()),
            ],
        ),
        (
            "forecast",
            vec![
                ("default_time", text(config.forecasts.default_time)),
                ("max_segments", config.forecasts.max_segments.to_string()),
            ],
        ),
        ("monitoring", monitoring(config)),
        (
            "limits",
            vec![
                (
                    "countries",
                    list(limits.countries.iter().map(|country| country.code())),
                ),
                (
                    "replies_per_sender_per_hour",
                    limits.replies_per_sender_per_hour.to_string(),
                ),
                ("segments_per_day", limits.segments_per_day.to_string()),
                ("range_percent", limits.range_percent.to_string()),
                (
                    "calls_per_caller_per_day",
                    limits.calls_per_caller_per_day.to_string(),
                ),
            ],
        ),
        (
            "costs",
            vec![
                ("currency", text(&config.costs.currency)),
                ("segment_out", config.costs.segment_out.to_string()),
                ("segment_in", config.costs.segment_in.to_string()),
                ("call_out", config.costs.call_out.to_string()),
                ("call_in", config.costs.call_in.to_string()),
            ],
        ),
    ]
}

/// Only what is given.
fn monitoring(config: &Config) -> Vec<(&'static str, String)> {
    let Monitoring { ping_url, canary } = &config.monitoring;
    let ping = ping_url.as_ref().map(|_| ("ping_url", text("••••••••")));
    let canary = canary.as_ref().map(|phone| ("canary", text(phone)));
    ping.into_iter().chain(canary).collect()
}

/// What concerns the services that we call.
fn wires(config: &Config) -> Vec<Section> {
    let (twilio, services) = (&config.twilio, &config.weather);
    vec![
        (
            "twilio",
            vec![
                sender(&twilio.sender),
                ("api_url", text(&twilio.api_url)),
                (
                    "segments_per_second",
                    format!("{:?}", twilio.segments_per_second),
                ),
                ("max_in_flight", twilio.max_in_flight.to_string()),
                (
                    "request_timeout_seconds",
                    twilio.request_timeout_seconds.to_string(),
                ),
                ("answers_keywords", twilio.answers_keywords.to_string()),
            ],
        ),
        (
            "weather",
            vec![
                (
                    "providers",
                    list(services.providers.iter().map(|provider| provider.as_str())),
                ),
                ("timeout_seconds", seconds(services.timeout_ms)),
                ("contact", text(&services.contact)),
                ("open_meteo_url", text(&services.open_meteo_url)),
                ("met_norway_url", text(&services.met_norway_url)),
                ("nws_url", text(&services.nws_url)),
            ],
        ),
    ]
}

fn sender(sender: &From) -> (&'static str, String) {
    match sender {
        From::Service(sid) => ("messaging_service_sid", text(sid)),
        From::Number(number) => match PhoneNumber::parse(number) {
            Ok(number) => ("from", text(number)),
            Err(_) => ("from", text(number)),
        },
    }
}

fn text(value: impl Display) -> String {
    toml::Value::String(value.to_string()).to_string()
}

fn list<'a>(values: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", values.map(text).collect::<Vec<_>>().join(", "))
}

fn seconds(ms: u64) -> String {
    let text = format!("{}.{:03}", ms / 1000, ms % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
