//! Every key there is, its default and an example, read from the config.toml that ships: documentation and program cannot disagree.

use toml::{Table, Value};

/// The documentation of the configuration, and its defaults.
pub(super) const DOCUMENTED: &str = include_str!("../../config.toml");

/// One key, as config.toml documents it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Key {
    /// `server.listen`.
    pub(super) name: String,
    /// The documented value: the default, or only an example.
    pub(super) value: Value,
    /// Whether `value` holds when the key is not given.
    pub(super) is_default: bool,
}

impl Key {
    /// The line that works, such as `listen = "127.0.0.1:8080"`.
    pub(super) fn example(&self) -> String {
        let (_, key) = self.name.split_once('.').unwrap_or(("", &self.name));
        format!("{key} = {}", self.value)
    }
}

/// The keys in the order of the file. A commented line `# key = value` is a key without default.
pub(super) fn all() -> Vec<Key> {
    let mut section = "";
    let mut keys = Vec::new();
    for line in DOCUMENTED.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = name;
            continue;
        }
        let commented = line.strip_prefix("# ");
        let Some((name, _)) = commented.unwrap_or(line).split_once(" = ") else {
            continue;
        };
        if !name.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
            continue;
        }
        let table = commented.unwrap_or(line).parse::<Table>();
        if let Some(value) = table.ok().and_then(|mut t| t.remove(name)) {
            keys.push(Key {
                name: format!("{section}.{name}"),
                value,
                is_default: commented.is_none(),
            });
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_keys_that_toml_finds_and_those_without_default() {
        let keys = all();
        let table: Table = DOCUMENTED.parse().unwrap();
        let mut real: Vec<_> = table
            .iter()
            .flat_map(|(s, t)| {
                t.as_table()
                    .unwrap()
                    .keys()
                    .map(move |k| format!("{s}.{k}"))
            })
            .collect();
        let mut found: Vec<_> = keys
            .iter()
            .filter(|k| k.is_default)
            .map(|k| k.name.clone())
            .collect();
        real.sort();
        found.sort();
        assert_eq!(found, real);
        let bare: Vec<_> = keys
            .iter()
            .filter(|k| !k.is_default)
            .map(|k| k.name.as_str())
            .collect();
        assert_eq!(
            bare,
            [
                "server.public_url",
                "twilio.from",
                "twilio.messaging_service_sid",
                "monitoring.ping_url",
                "monitoring.canary"
            ]
        );
    }

    #[test]
    fn every_key_is_documented_by_the_lines_above_it() {
        let mut documented = false;
        for line in DOCUMENTED.lines() {
            let text = line.trim_start_matches("# ");
            if text.contains(" = ") && text.starts_with(|c: char| c.is_ascii_lowercase()) {
                assert!(documented, "no comment above: {line}");
            } else {
                documented = line.starts_with('#');
            }
        }
    }
}
