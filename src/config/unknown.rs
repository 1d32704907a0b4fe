//! What to say of a name that the configuration does not have: the one that was probably meant.

use toml::de::DeValue;

use super::file::{File, kind};
use super::keys::Key;

impl File {
    /// Notes a key that does not exist.
    pub(super) fn unknown(&mut self, name: &str) {
        if let Some(variable) = secret_behind(name) {
            let wrong =
                "secrets are not read from this file but from the environment, .env or systemd"
                    .to_owned();
            return self.wrong_with(name, wrong, format!("{variable}=… in .env"));
        }
        let near = self.nearest(name);
        let (section, _) = name.split_once('.').unwrap_or((name, ""));
        let (wrong, key) = match near {
            Some(key) => (
                format!("there is no such key; did you mean {}?", key.name),
                Some(key),
            ),
            None => {
                let within = format!("{section}.");
                let keys: Vec<_> = self
                    .keys
                    .iter()
                    .filter_map(|k| k.name.strip_prefix(&within))
                    .collect();
                let first = self.keys.iter().find(|k| k.name.starts_with(&within));
                (
                    format!("there is no such key; [{section}] has {}", keys.join(", ")),
                    first,
                )
            }
        };
        let example = key.map(Key::example).unwrap_or_default();
        self.wrong_with(name, wrong, example);
    }

    /// Notes what is no section, or none that exists.
    pub(super) fn misplaced(&mut self, name: &str, value: &DeValue<'_>) {
        let mut sections: Vec<&str> = self
            .keys
            .iter()
            .filter_map(|k| Some(k.name.split_once('.')?.0))
            .collect();
        sections.dedup();
        let near = sections
            .iter()
            .min_by_key(|s| strsim::damerau_levenshtein(s, name))
            .copied()
            .unwrap_or_default();
        let same_key = self
            .keys
            .iter()
            .find(|k| k.name.ends_with(&format!(".{name}")));
        let (wrong, example) = if self.has_section(name) {
            (
                format!("must be a section, not {}", kind(value)),
                format!("[{name}] on a line of its own"),
            )
        } else if let (Some(key), false) = (same_key, matches!(value, DeValue::Table(_))) {
            let (section, _) = key.name.split_once('.').unwrap_or_default();
            (
                "stands outside of its section".to_owned(),
                format!("{} below [{section}]", key.example()),
            )
        } else if strsim::damerau_levenshtein(near, name) <= 3 {
            (
                format!("there is no such section; did you mean [{near}]?"),
                format!("[{near}]"),
            )
        } else {
            (
                format!(
                    "there is no such section; there are {}",
                    sections.join(", ")
                ),
                format!("[{near}]"),
            )
        };
        self.wrong_with(name, wrong, example);
    }

    /// The key that was probably meant: a slip of the pen, or the right name in the wrong section.
    fn nearest(&self, name: &str) -> Option<&Key> {
        let (_, last) = name.split_once('.')?;
        let elsewhere = self
            .keys
            .iter()
            .find(|k| k.name.ends_with(&format!(".{last}")));
        let near = self
            .keys
            .iter()
            .min_by_key(|k| strsim::damerau_levenshtein(&k.name, name));
        elsewhere.or_else(|| near.filter(|k| strsim::damerau_levenshtein(&k.name, name) <= 3))
    }
}

fn secret_behind(name: &str) -> Option<&'static str> {
    Some(match name {
        "twilio.account_sid" => "TWILIO_ACCOUNT_SID",
        "twilio.auth_token" => "TWILIO_AUTH_TOKEN",
        "twilio.api_key" => "TWILIO_API_KEY",
        "twilio.api_secret" => "TWILIO_API_SECRET",
        "admin.password" => "ADMIN_PASSWORD",
        "weather.api_key" | "weather.open_meteo_api_key" => "OPEN_METEO_API_KEY",
        _ => return None,
    })
}
