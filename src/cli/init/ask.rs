//! Questions on a terminal, until an answer is right or there is none. Elsewhere nobody is asked.

use std::io::{self, IsTerminal};
use std::process::{Command, Stdio};

use crate::cli::failure::Failure;
use crate::cli::output::tell;

/// Asks, if somebody is there.
pub(super) struct Asker {
    is_there: bool,
}

impl Asker {
    pub(super) fn new() -> Self {
        Self {
            is_there: io::stdin().is_terminal(),
        }
    }

    /// The first answer that `right` takes; `None` for an empty one, and where nobody is there.
    pub(super) fn ask<T>(
        &self,
        question: &str,
        hidden: bool,
        mut right: impl FnMut(&str) -> Result<T, String>,
    ) -> Result<Option<T>, Failure> {
        if !self.is_there {
            return Ok(None);
        }
        tell(&format!("{question}\n  (Enter leaves it as it is)"));
        loop {
            let mut line = String::new();
            let echo = hidden.then(Quiet::begin);
            let read = io::stdin().read_line(&mut line)?;
            drop(echo);
            let answer = line.trim();
            if read == 0 || answer.is_empty() {
                return Ok(None);
            }
            match right(answer) {
                Ok(value) => return Ok(Some(value)),
                Err(wrong) => tell(&wrong),
            }
        }
    }
}

/// While it lives the terminal does not show what is typed.
struct Quiet;

impl Quiet {
    fn begin() -> Self {
        stty("-echo");
        Self
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        stty("echo");
    }
}

/// Where there is no `stty` the answer is shown, as any other.
fn stty(what: &str) {
    let _ = Command::new("stty")
        .arg(what)
        .stdin(Stdio::inherit())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
}
