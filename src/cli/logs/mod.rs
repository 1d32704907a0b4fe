//! Logs on the standard error: for a terminal, for the journal (levels instead of times, which it has of its own), or as JSON.
//! docs/logging.md documents every event.

mod line;
mod sparing;

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::{Format, JsonFields};

use self::line::{Lines, Style};
use super::output::tell;

/// What a line of the log looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Shape {
    /// A sentence and its fields.
    Text,
    /// One JSON object a line.
    Json,
}

impl Shape {
    /// What `WEATHERLINE_LOG` says, where it says something that we know.
    pub(super) fn of_environment() -> Option<Self> {
        match std::env::var("WEATHERLINE_LOG").ok()?.trim() {
            "json" => Some(Self::Json),
            "text" => Some(Self::Text),
            _ => None,
        }
    }
}

/// Starts logging: `info` of our own, or what `RUST_LOG` says.
pub(super) fn start(shape: Shape) {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("warn,weatherline=info"));
    let under_systemd = std::env::var_os("JOURNAL_STREAM").is_some();
    let colours = std::io::stderr().is_terminal() && !under_systemd;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(colours)
        .with_writer(std::io::stderr);
    // A second start in one process changes nothing.
    let _ = match shape {
        Shape::Json => {
            let format = Format::default()
                .json()
                .flatten_event(true)
                .with_span_list(false);
            builder
                .fmt_fields(JsonFields::new())
                .event_format(Lines::new(format, Style::Json))
                .try_init()
        }
        Shape::Text if under_systemd => {
            let format = Format::default()
                .without_time()
                .with_level(false)
                .with_ansi(false);
            builder
                .event_format(Lines::new(format, Style::Journal))
                .try_init()
        }
        Shape::Text => {
            let format = Format::default().with_ansi(colours);
            builder
                .event_format(Lines::new(format, Style::Terminal))
                .try_init()
        }
    };
}

/// The same for commands whose page or table tells what happens: errors only.
pub(super) fn start_quietly() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("error"));
    let colours = std::io::stderr().is_terminal();
    let format = Format::default().with_ansi(colours);
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(colours)
        .with_writer(std::io::stderr)
        .event_format(Lines::new(format, Style::Terminal))
        .try_init();
}

/// From now on a panic tells where it happened and nothing else: its message may quote what somebody texted.
pub(super) fn keep_panics_quiet() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        if tracing::dispatcher::has_been_set() {
            tracing::error!(%place, "a bug: something panicked; what it was doing failed, the rest goes on");
        } else {
            tell(&format!("weatherline: a bug: it panicked at {place}"));
        }
        if std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0") {
            tell(&std::backtrace::Backtrace::force_capture().to_string());
        }
    }));
}
