//! A configuration in the making: keys set in the text of config.toml and of .env, whose comments and other lines stay.

use std::path::Path;

use toml::Value;

use super::{Config, Environment, Need, keys};

/// The example that ships.
const SECRETS: &str = include_str!("../../.env.example");

/// The text of a config.toml, to be filled in.
#[derive(Debug, Clone)]
pub struct Draft(String);

impl Draft {
    /// Goes on from a file's text, or begins with the documented one.
    #[must_use]
    pub fn new(text: Option<String>) -> Self {
        Self(text.unwrap_or_else(|| keys::DOCUMENTED.to_owned()))
    }

    /// Gives a key such as `server.public_url` this text.
    pub fn set(&mut self, key: &str, value: &str) {
        let Some((section, name)) = key.split_once('.') else {
            return;
        };
        let line = format!("{name} = {}", Value::String(value.to_owned()));
        let mut lines: Vec<String> = self.0.lines().map(str::to_owned).collect();
        match place_of(&lines, section, name) {
            Spot::Line(at) => lines[at] = line,
            Spot::After(at) => lines.insert(at + 1, line),
            Spot::NoSection => lines.extend([String::new(), format!("[{section}]"), line]),
        }
        self.0 = lines.join("\n") + "\n";
    }

    /// Makes a comment of a key's line.
    pub fn unset(&mut self, key: &str) {
        let Some((section, name)) = key.split_once('.') else {
            return;
        };
        let mut lines: Vec<String> = self.0.lines().map(str::to_owned).collect();
        if let Spot::Line(at) = place_of(&lines, section, name)
            && !lines[at].starts_with('#')
        {
            lines[at] = format!("# {}", lines[at]);
        }
        self.0 = lines.join("\n") + "\n";
    }

    /// What is wrong with a key as it stands.
    #[must_use]
    pub fn trouble_with(&self, key: &str) -> Option<String> {
        let nobody = Environment::new(|_| None, Path::new(""));
        let problems = Config::parse(&self.0, &nobody, Need::Nothing).err()?;
        let problem = problems.into_iter().find(|problem| problem.key == key)?;
        Some(format!(
            "{}; for example {}",
            problem.wrong, problem.example
        ))
    }

    /// The text that a key has, where it is given and not empty.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<String> {
        let (section, name) = key.split_once('.')?;
        let table: toml::Table = self.0.parse().ok()?;
        let value = table.get(section)?.get(name)?.as_str()?;
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// The text of a file of secrets with these set in it; `None` begins with the example that ships.
#[must_use]
pub fn with_secrets(text: Option<String>, secrets: &[(&str, &str)]) -> String {
    let text = text.unwrap_or_else(|| SECRETS.to_owned());
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (name, value) in secrets {
        let line = format!("{name}={value}");
        let is_it = |given: &&String| {
            let given = given.trim_start().trim_start_matches(['#', ' ']);
            let given = given.strip_prefix("export ").unwrap_or(given);
            given
                .strip_prefix(name)
                .is_some_and(|rest| rest.trim_start().starts_with('='))
        };
        let active = |given: &&String| !given.trim_start().starts_with('#') && is_it(given);
        let at = lines.iter().position(|given| active(&given));
        match at.or_else(|| lines.iter().position(|given| is_it(&given))) {
            Some(at) => lines[at] = line,
            None => lines.push(line),
        }
    }
    lines.join("\n") + "\n"
}

/// Where a key stands or belongs.
enum Spot {
    Line(usize),
    After(usize),
    NoSection,
}

/// Its own line, else the comment that documents it, else below its section's head.
fn place_of(lines: &[String], section: &str, name: &str) -> Spot {
    let head = format!("[{section}]");
    let Some(begin) = lines.iter().position(|line| line.trim() == head) else {
        return Spot::NoSection;
    };
    let within = lines[begin + 1..]
        .iter()
        .take_while(|line| !line.trim_start().starts_with('['));
    let stands = |line: &str| {
        line.strip_prefix(name)
            .is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    let (mut given, mut documented) = (None, None);
    for (at, line) in within.enumerate() {
        if stands(line.trim_start()) {
            given = given.or(Some(begin + 1 + at));
        } else if line.strip_prefix("# ").is_some_and(stands) {
            documented = documented.or(Some(begin + 1 + at));
        }
    }
    given.or(documented).map_or(Spot::After(begin), Spot::Line)
}

#[cfg(test)]
mod tests;
