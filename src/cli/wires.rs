//! The outside, for commands that ask it themselves: the weather services and the carrier, without a daemon.

use super::failure::Failure;
use crate::carrier::Carrier;
use crate::config::Config;
use crate::net::{Http, Settings};
use crate::weather::Weather;

/// The weather services.
pub(super) fn weather(config: &Config) -> Result<Weather, Failure> {
    Ok(Weather::new(config.weather.clone(), http(config)?))
}

/// The carrier, where there is an account.
pub(super) fn carrier(config: &Config) -> Result<Option<Carrier>, Failure> {
    let http = http(config)?;
    Ok(config
        .carrier()
        .map(|settings| Carrier::new(settings, http)))
}

/// A client for questions of a command's own.
pub(super) fn http(config: &Config) -> Result<Http, Failure> {
    let settings = Settings {
        user_agent: config.user_agent(),
        connect_timeout_ms: 5_000,
        max_idle_per_host: 1,
    };
    Http::new(&settings).map_err(|error| {
        Failure::sentence(format!(
            "no HTTP client: {error}; is the ca-certificates package installed?"
        ))
    })
}
