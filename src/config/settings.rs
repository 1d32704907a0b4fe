//! Hands each module the settings that it asks for.

use super::{Config, Prefer};
use crate::domain::decision::Rules;
use crate::{carrier, flow, store, web};

impl Config {
    /// The carrier's; `None` where no account was needed and none was given.
    #[must_use]
    pub fn carrier(&self) -> Option<carrier::Settings> {
        let (twilio, account) = (&self.twilio, self.twilio.account.as_ref()?);
        Some(carrier::Settings {
            account_sid: account.sid.clone(),
            auth_token: account.auth_token.clone(),
            api_key: account.api_key.clone(),
            from: twilio.sender.clone(),
            api_url: twilio.api_url.clone(),
            public_url: self.server.public_url.clone(),
            request_timeout_ms: u64::from(twilio.request_timeout_seconds) * 1000,
            max_in_flight: twilio.max_in_flight,
        })
    }

    /// The database's.
    #[must_use]
    pub fn store(&self) -> store::Settings {
        store::Settings {
            path: self.database.clone(),
        }
    }

    /// `User-Agent` of every request, with the contact that weather services require.
    #[must_use]
    pub fn user_agent(&self) -> String {
        let version = concat!("weatherline/", env!("CARGO_PKG_VERSION"));
        match self.weather.contact.as_str() {
            "" => version.to_owned(),
            contact => format!("{version} {contact}"),
        }
    }

    /// The trips'.
    #[must_use]
    pub fn flow(&self) -> flow::Settings {
        flow::Settings {
            rules: Rules {
                answers_keywords: self.twilio.answers_keywords,
                default_time: self.forecasts.default_time,
                max_segments: self.forecasts.max_segments,
                countries: self.limits.countries.clone(),
                replies_per_sender_per_hour: self.limits.replies_per_sender_per_hour,
                own_number: self.twilio.sender.number().map(str::to_owned),
            },
            lateness_minutes: self.delivery.lateness_minutes,
            settle_seconds: self.delivery.settle_seconds,
            prefer: match self.delivery.prefer {
                Prefer::NeverTwice => flow::Prefer::NeverTwice,
                Prefer::NeverMissing => flow::Prefer::NeverMissing,
            },
            segments_per_second: self.twilio.segments_per_second,
            segments_per_day: self.limits.segments_per_day,
            range_percent: self.limits.range_percent,
            calls_per_caller_per_day: self.limits.calls_per_caller_per_day,
            max_in_flight: self.twilio.max_in_flight,
            answer_deadline_ms: 8_000,
            canary: self.monitoring.canary.clone(),
            prices: self.costs.clone(),
            request_timeout_ms: u64::from(self.twilio.request_timeout_seconds) * 1000,
        }
    }

    /// The listeners'.
    #[must_use]
    pub fn web(&self) -> web::Settings {
        web::Settings {
            listen: self.server.listen,
            admin_listen: self.admin.listen,
            admin_password: self.admin.password.clone(),
            path_prefix: path_of(&self.server.public_url).to_owned(),
        }
    }
}

/// The path of a URL that has a scheme: `/weather` of `https://example.org/weather`.
fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/')
        .map_or("", |at| rest[at..].trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_the_public_url() {
        assert_eq!(path_of("https://example.org"), "");
        assert_eq!(
            path_of("https://example.org:8443/weather/line"),
            "/weather/line"
        );
        assert_eq!(path_of("http://example.org/x/"), "/x");
    }
}
