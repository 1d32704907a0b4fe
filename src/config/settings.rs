//! Hands each module the settings that it asks for.

use super::Config;
use crate::carrier;

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
}
