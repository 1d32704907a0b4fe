//! Hands each module the settings that it asks for.

use secrecy::SecretString;

use super::{Account, Config};
use crate::{carrier, store, weather};

impl Config {
    /// The database's.
    #[must_use]
    pub fn store(&self) -> store::Settings {
        store::Settings {
            path: self.database.clone(),
        }
    }

    /// The carrier's. Where no account was needed and none was given, one that nothing can be done with.
    #[must_use]
    pub fn carrier(&self) -> carrier::Settings {
        let (twilio, account) = (&self.twilio, self.twilio.account.clone());
        let nobody = || Account {
            sid: String::new(),
            auth_token: SecretString::default(),
            api_key: None,
        };
        let account = account.unwrap_or_else(nobody);
        carrier::Settings {
            account_sid: account.sid,
            auth_token: account.auth_token,
            api_key: account.api_key,
            from: twilio.sender.clone(),
            api_url: twilio.api_url.clone(),
            public_url: self.server.public_url.clone(),
            request_timeout_ms: u64::from(twilio.request_timeout_seconds) * 1000,
            max_in_flight: twilio.max_in_flight,
        }
    }

    /// The weather services'.
    #[must_use]
    pub fn weather(&self) -> weather::Settings {
        self.weather.clone()
    }

    /// How we name ourselves to others.
    #[must_use]
    pub fn user_agent(&self) -> String {
        let contact = &self.weather.contact;
        let contact = if contact.is_empty() { String::new() } else { format!(" {contact}") };
        format!("weatherline/{}{contact}", env!("CARGO_PKG_VERSION"))
    }
}
