//! Reads a configuration file key by key and collects everything that is wrong with it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::RangeInclusive;

use toml::Value;
use toml::de::{DeTable, DeValue};

use super::keys::{self, Key};

/// One thing that is wrong, with a line that would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The key, or where else it is wrong: `twilio.from`, `TWILIO_AUTH_TOKEN`, `line 7`.
    pub key: String,
    /// What is wrong.
    pub wrong: String,
    /// What works.
    pub example: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}; for example {}",
            self.key, self.wrong, self.example
        )
    }
}

/// A file's values over the documented defaults, and the problems so far.
pub(super) struct File {
    /// Every key there is.
    pub(super) keys: Vec<Key>,
    given: BTreeMap<String, Value>,
    positions: BTreeMap<String, usize>,
    problems: Vec<Problem>,
}

impl File {
    /// Reads the text of a file. Whatever is wrong in it becomes a problem; the rest is used.
    pub(super) fn read(text: &str) -> Self {
        let mut file = Self {
            keys: keys::all(),
            given: BTreeMap::new(),
            positions: BTreeMap::new(),
            problems: Vec::new(),
        };
        let (document, errors) = DeTable::parse_recoverable(text);
        let line_of = |at: usize| text.bytes().take(at).filter(|b| *b == b'\n').count() + 1;
        let mut broken = BTreeSet::new();
        for error in errors {
            let line = line_of(error.span().map_or(0, |span| span.start));
            // What else is wrong in that line follows from the first.
            if broken.insert(line) {
                let wrong = format!("this is not TOML: {}", one_line(error.message()));
                let example = "listen = \"127.0.0.1:8080\"".to_owned();
                file.wrong_with(&format!("line {line}"), wrong, example);
                file.positions.insert(format!("line {line}"), line);
            }
        }
        for (section, content) in document.get_ref() {
            let name = section.get_ref().as_ref();
            file.positions
                .insert(name.to_owned(), line_of(section.span().start));
            match content.get_ref() {
                DeValue::Table(table) if file.has_section(name) => {
                    for (key, value) in table {
                        let line = line_of(key.span().start);
                        if !broken.contains(&line) {
                            let name = format!("{name}.{}", key.get_ref());
                            file.take(&name, value.get_ref());
                            file.positions.insert(name, line);
                        }
                    }
                }
                other => file.misplaced(name, other),
            }
        }
        file
    }

    /// All that was found wrong: in the order of the file, then what is absent from it.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems;
        problems.sort_by_key(|problem| {
            self.positions
                .get(&problem.key)
                .copied()
                .unwrap_or(usize::MAX)
        });
        problems
    }

    /// The key's value: the given one, else its default; `None` where there is neither.
    fn value(&self, name: &str) -> Option<&Value> {
        let default = || {
            self.keys
                .iter()
                .find(|k| k.name == name && k.is_default)
                .map(|k| &k.value)
        };
        self.given.get(name).or_else(default)
    }

    /// Whether the file itself has the key.
    pub(super) fn is_given(&self, name: &str) -> bool {
        self.given.contains_key(name)
    }

    /// A text, empty where there is none.
    pub(super) fn text(&self, name: &str) -> String {
        self.value(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .trim()
            .to_owned()
    }

    /// A yes or no.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.value(name)
            .and_then(Value::as_bool)
            .unwrap_or_default()
    }

    /// The texts of a list.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        let list = self.value(name).and_then(Value::as_array);
        list.into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(|s| s.trim().to_owned())
            .collect()
    }

    /// A whole number within the range.
    pub(super) fn whole<T: TryFrom<i64>>(
        &mut self,
        name: &str,
        range: RangeInclusive<i64>,
    ) -> Option<T> {
        let value = match self.value(name)? {
            Value::Float(number) => {
                let wrong = format!("must be a whole number, not {number}");
                self.wrong(name, wrong);
                return None;
            }
            other => other.as_integer()?,
        };
        if !range.contains(&value) {
            self.wrong(
                name,
                format!(
                    "{value} is not between {} and {}",
                    range.start(),
                    range.end()
                ),
            );
            return None;
        }
        T::try_from(value).ok()
    }

    /// A number within the range.
    pub(super) fn number(&mut self, name: &str, range: RangeInclusive<f64>) -> Option<f64> {
        let value = match self.value(name)? {
            Value::Integer(whole) => i32::try_from(*whole).map_or(f64::INFINITY, f64::from),
            Value::Float(float) => *float,
            _ => return None,
        };
        if !range.contains(&value) {
            self.wrong(
                name,
                format!(
                    "{value} is not between {} and {}",
                    range.start(),
                    range.end()
                ),
            );
            return None;
        }
        Some(value)
    }

    /// A text that `read` understands; `is` says what it must be. An absent one is a problem of its own when `must` is set.
    pub(super) fn parsed<T>(
        &mut self,
        name: &str,
        must: bool,
        is: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(name);
        if text.is_empty() {
            if must || self.is_given(name) {
                self.wrong(name, "must be given".to_owned());
            }
            return None;
        }
        let value = read(&text);
        if value.is_none() {
            self.wrong(name, format!("{} is not {is}", quoted(&text)));
        }
        value
    }

    /// Notes what is wrong with a key; the documented line is the example.
    pub(super) fn wrong(&mut self, name: &str, wrong: String) {
        let example = self
            .keys
            .iter()
            .find(|k| k.name == name)
            .map(Key::example)
            .unwrap_or_default();
        self.wrong_with(name, wrong, example);
    }

    /// Notes what is wrong with a key, with an example of its own.
    pub(super) fn wrong_with(&mut self, name: &str, wrong: String, example: String) {
        self.problems.push(Problem {
            key: name.to_owned(),
            wrong,
            example,
        });
    }

    /// Whether there is such a section.
    pub(super) fn has_section(&self, section: &str) -> bool {
        self.keys
            .iter()
            .any(|k| k.name.split_once('.').is_some_and(|(s, _)| s == section))
    }

    fn take(&mut self, name: &str, value: &DeValue<'_>) {
        let Some(key) = self.keys.iter().find(|k| k.name == name) else {
            return self.unknown(name);
        };
        match fitting(value, &key.value) {
            Some(value) => {
                self.given.insert(name.to_owned(), value);
            }
            None => {
                let wanted = match key.value {
                    Value::String(_) => "a text in quotes",
                    Value::Integer(_) => "a whole number",
                    Value::Float(_) => "a number",
                    Value::Boolean(_) => "true or false",
                    _ => "a list of texts",
                };
                let wrong = match (value, &key.value) {
                    (DeValue::Integer(_), Value::Integer(_)) => "has too many digits".to_owned(),
                    _ => format!("must be {wanted}, not {}", kind(value)),
                };
                self.wrong(name, wrong);
            }
        }
    }
}

/// The text in quotes, shortened, on one line.
pub(super) fn quoted(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    let dots = if short.len() < text.len() { "…" } else { "" };
    format!("\"{}{dots}\"", short.escape_debug())
}

/// The value as one of the documented type; `None` when it is of another.
fn fitting(value: &DeValue<'_>, documented: &Value) -> Option<Value> {
    match (value, documented) {
        (DeValue::String(text), Value::String(_)) => Some(Value::String(text.to_string())),
        (DeValue::Boolean(flag), Value::Boolean(_)) => Some(Value::Boolean(*flag)),
        (DeValue::Integer(whole), Value::Integer(_) | Value::Float(_)) => {
            i64::from_str_radix(&whole.as_str().replace('_', ""), whole.radix())
                .ok()
                .map(Value::Integer)
        }
        (DeValue::Float(number), Value::Integer(_) | Value::Float(_)) => number
            .as_str()
            .replace('_', "")
            .parse()
            .ok()
            .map(Value::Float),
        (DeValue::Array(items), Value::Array(_)) => {
            let text = |item: &DeValue<'_>| item.as_str().map(|s| Value::String(s.to_owned()));
            items
                .iter()
                .map(|item| text(item.get_ref()))
                .collect::<Option<Vec<_>>>()
                .map(Value::Array)
        }
        _ => None,
    }
}

/// What kind of value it is.
pub(super) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with decimals",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list of something else",
        DeValue::Table(_) => "a section",
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
