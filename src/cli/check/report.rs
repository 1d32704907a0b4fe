//! What was found, in order, and the one next step.

use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::table::Table;
use crate::config::{ConfigError, Problem};

/// What was found.
#[derive(Default)]
pub(super) struct Report {
    lines: Vec<(&'static str, &'static str, String)>,
    /// How many things are wrong.
    pub(super) problems: usize,
    /// What mends the first of them; else what comes next anyway.
    next: Option<String>,
}

impl Report {
    /// It is as it should be.
    pub(super) fn fine(&mut self, what: &'static str, found: String) {
        self.lines.push((what, "ok", found));
    }

    /// Nobody looked, or what was found says nothing.
    pub(super) fn left_out(&mut self, what: &'static str, why: &str) {
        self.lines.push((what, "-", why.to_owned()));
    }

    /// It keeps the daemon from working; `mend` is what to do about it.
    pub(super) fn wrong(&mut self, what: &'static str, why: String, mend: &str) {
        if self.problems == 0 {
            self.next = Some(mend.to_owned());
        }
        self.problems += 1;
        self.lines.push((what, "WRONG", why));
    }

    /// What comes next where nothing is wrong; the first to say so is heard.
    pub(super) fn then(&mut self, step: &str) {
        self.next.get_or_insert_with(|| step.to_owned());
    }

    pub(super) fn wrong_config(&mut self, error: &ConfigError) {
        match error {
            ConfigError::Unreadable { file, .. } => {
                let mend = format!(
                    "make {} readable, or name another file with --config FILE",
                    file.display()
                );
                self.wrong("configuration", error.to_string(), &mend);
            }
            ConfigError::Wrong {
                file: None,
                problems,
            } => {
                for problem in problems {
                    self.wrong("configuration", problem.to_string(), "weatherline init");
                }
            }
            ConfigError::Wrong {
                file: Some(file),
                problems,
            } => {
                for problem in problems {
                    let mend = mend(&file.display().to_string(), problem);
                    self.wrong("configuration", problem.to_string(), &mend);
                }
            }
        }
    }

    pub(super) fn print(&self, output: &mut Output) -> Result<(), Failure> {
        let mut table = Table::new(["what", "", "found"]);
        for (what, verdict, found) in &self.lines {
            table.row([(*what).to_owned(), (*verdict).to_owned(), found.clone()]);
        }
        table.lines().try_for_each(|line| output.line(&line))
    }

    /// The last lines: how many problems, and the one next step.
    pub(super) fn conclude(&self, output: &mut Output) -> Result<(), Failure> {
        let found = match self.problems {
            0 => "All is well.".to_owned(),
            1 => "One thing is wrong.".to_owned(),
            many => format!("{many} things are wrong; one after the other."),
        };
        let next = self.next.as_deref().unwrap_or("text the number a town");
        output.line(&format!("\n{found} The next step: {next}"))
    }
}

/// Where to write what.
fn mend(file: &str, problem: &Problem) -> String {
    let example = &problem.example;
    match problem.key.split_once('.') {
        Some((section, _)) if !section.contains('/') && !section.is_empty() => {
            format!("in {file}, under [{section}]: {example}")
        }
        _ if problem.key.starts_with("line ") => format!("mend {} of {file}", problem.key),
        _ if problem
            .key
            .chars()
            .all(|c| c.is_ascii_uppercase() || c == '_') =>
        {
            let beside = if file.starts_with("/etc/weatherline/") {
                "/etc/weatherline/env"
            } else {
                ".env"
            };
            format!("in {beside}, from the first page of https://console.twilio.com: {example}")
        }
        _ => format!("in {}: {example}", problem.key),
    }
}

#[cfg(test)]
mod tests;
