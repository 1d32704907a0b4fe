//! Logs on the standard error: for a terminal, for the journal (levels instead of times, which it has of its own), or as JSON.
//! docs/logging.md documents every event.

mod line;
mod sparing;

use std::io::IsTerminal;

use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::format::{Format, JsonFields};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;

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
    let under_systemd = std::env::var_os("JOURNAL_STREAM").is_some();
    let colours = std::io::stderr().is_terminal() && !under_systemd;
    let builder = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_ansi(colours)
        .with_writer(std::io::stderr);
    let usual = "warn,weatherline=info";
    match shape {
        Shape::Json => {
            let format = Format::default()
                .json()
                .flatten_event(true)
                .with_span_list(false);
            let lines = Lines::new(format, Style::Json);
            let fields = builder.fmt_fields(JsonFields::new());
            filtered(fields.event_format(lines).finish(), usual);
        }
        Shape::Text if under_systemd => {
            let format = Format::default()
                .without_time()
                .with_level(false)
                .with_ansi(false);
            let lines = Lines::new(format, Style::Journal);
            filtered(builder.event_format(lines).finish(), usual);
        }
        Shape::Text => {
            let format = Format::default().with_ansi(colours);
            let lines = Lines::new(format, Style::Terminal);
            filtered(builder.event_format(lines).finish(), usual);
        }
    }
}

/// The same for commands whose page or table tells what happens: errors only.
pub(super) fn start_quietly() {
    let colours = std::io::stderr().is_terminal();
    let format = Format::default().with_ansi(colours);
    let lines = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_ansi(colours)
        .with_writer(std::io::stderr)
        .event_format(Lines::new(format, Style::Terminal))
        .finish();
    filtered(lines, "error");
}

/// Lets through what `RUST_LOG` names, else what is usual. A second start in one process changes nothing.
fn filtered<S>(lines: S, usual: &str)
where
    S: Subscriber + for<'span> LookupSpan<'span> + Send + Sync + 'static,
{
    let wished = std::env::var("RUST_LOG")
        .ok()
        .filter(|wish| !wish.trim().is_empty());
    let parsed = wished.as_deref().map(str::parse::<Targets>);
    let unclear = matches!(parsed, Some(Err(_)));
    let targets = parsed
        .and_then(Result::ok)
        .or_else(|| usual.parse().ok())
        .unwrap_or_default();
    let started = lines.with(targets).try_init();
    if unclear && started.is_ok() {
        tracing::warn!(
            usual,
            "RUST_LOG is not understood: levels by target, as in warn,weatherline=debug"
        );
    }
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
