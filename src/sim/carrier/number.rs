//! Our phone number at the carrier: where its texts and calls are sent, and the REST resource that says so.

use serde_json::{Map, Value, json};

use super::message::rfc2822;
use crate::sim::form::Form;

/// The incoming phone number of the account.
#[derive(Debug, Clone)]
pub(crate) struct Number {
    pub(crate) sid: String,
    pub(crate) phone: String,
    pub(crate) since_ms: i64,
    /// Changed fields, by their JSON name.
    set: Map<String, Value>,
}

/// Form name, JSON name, value as long as nobody set it.
const FIELDS: &[(&str, &str, &str)] = &[
    ("FriendlyName", "friendly_name", ""),
    ("SmsUrl", "sms_url", ""),
    ("SmsMethod", "sms_method", "POST"),
    ("SmsFallbackUrl", "sms_fallback_url", ""),
    ("SmsFallbackMethod", "sms_fallback_method", "POST"),
    ("SmsApplicationSid", "sms_application_sid", ""),
    ("VoiceUrl", "voice_url", ""),
    ("VoiceMethod", "voice_method", "POST"),
    ("VoiceFallbackUrl", "voice_fallback_url", ""),
    ("VoiceFallbackMethod", "voice_fallback_method", "POST"),
    ("VoiceApplicationSid", "voice_application_sid", ""),
    ("StatusCallback", "status_callback", ""),
    ("StatusCallbackMethod", "status_callback_method", "POST"),
    ("TrunkSid", "trunk_sid", ""),
];

impl Number {
    pub(crate) fn new(sid: String, phone: &str, since_ms: i64) -> Number {
        Number {
            sid,
            phone: phone.to_owned(),
            since_ms,
            set: Map::new(),
        }
    }

    /// Where inbound texts go, if somebody set it.
    pub(crate) fn sms_url(&self) -> Option<&str> {
        self.set
            .get("sms_url")
            .and_then(Value::as_str)
            .filter(|url| !url.is_empty())
    }

    pub(crate) fn voice_url(&self) -> Option<&str> {
        self.set
            .get("voice_url")
            .and_then(Value::as_str)
            .filter(|url| !url.is_empty())
    }

    /// Sets one field by its form name, as the console would; false if there is no such field.
    pub(crate) fn set(&mut self, field: &str, value: &str) -> bool {
        if field == "VoiceCallerIdLookup" {
            self.set
                .insert("voice_caller_id_lookup".into(), json!(value == "true"));
            return true;
        }
        match FIELDS.iter().find(|(form, ..)| *form == field) {
            Some((_, name, _)) => {
                self.set.insert((*name).into(), json!(value));
                true
            }
            None => false,
        }
    }

    /// Applies an update form; the first unknown field is given back.
    pub(crate) fn update(&mut self, form: &Form) -> Result<(), String> {
        for (field, value) in &form.0 {
            if !self.set(field, value) {
                return Err(field.clone());
            }
        }
        Ok(())
    }

    /// Whether a listing by `PhoneNumber` shows it: digits anywhere in it, `*` for any one of them.
    pub(crate) fn matches(&self, pattern: &str) -> bool {
        let own: Vec<char> = self.phone.chars().collect();
        let wanted: Vec<char> = pattern.chars().collect();
        wanted.is_empty()
            || own.windows(wanted.len()).any(|window| {
                window
                    .iter()
                    .zip(&wanted)
                    .all(|(have, want)| *want == '*' || have == want)
            })
    }

    pub(crate) fn json(&self, account: &str) -> Value {
        let mut value = json!({
            "account_sid": account,
            "address_requirements": "none",
            "address_sid": null,
            "api_version": "2010-04-01",
            "beta": false,
            "bundle_sid": null,
            "capabilities": { "voice": true, "sms": true, "mms": true, "fax": false },
            "date_created": rfc2822(self.since_ms),
            "date_updated": rfc2822(self.since_ms),
            "emergency_address_sid": null,
            "emergency_address_status": "unregistered",
            "emergency_status": "Inactive",
            "identity_sid": null,
            "origin": "twilio",
            "phone_number": self.phone,
            "sid": self.sid,
            "status": "in-use",
            "type": "local",
            "uri": format!("/2010-04-01/Accounts/{account}/IncomingPhoneNumbers/{}.json", self.sid),
            "voice_caller_id_lookup": false,
            "voice_receive_mode": "voice",
        });
        for (_, name, default) in FIELDS {
            let unset = if *name == "trunk_sid" {
                Value::Null
            } else {
                json!(default)
            };
            value[*name] = self.set.get(*name).cloned().unwrap_or(unset);
        }
        if let Some(lookup) = self.set.get("voice_caller_id_lookup") {
            value["voice_caller_id_lookup"] = lookup.clone();
        }
        if self.set.get("friendly_name").is_none() {
            value["friendly_name"] = json!(self.phone);
        }
        value
    }
}
