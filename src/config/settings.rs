//! Hands each module the settings that it asks for.

use super::Config;
use crate::{carrier, store};

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
}
