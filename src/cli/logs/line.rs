//! One event, one line: no line breaks within, no number whole, and not the same failure a thousand times.

use std::fmt;

use tracing::{Event, Level, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

use super::sparing::{Sparing, Verdict};
use crate::clock::Clock;

/// Who reads the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// A person.
    Terminal,
    /// systemd's journal: a level before the line (sd-daemon(3)).
    Journal,
    /// A program.
    Json,
}

/// Another format's events, each on one line, sparingly.
pub(super) struct Lines<F> {
    format: F,
    style: Style,
    sparing: Sparing,
}

impl<F> Lines<F> {
    pub(super) fn new(format: F, style: Style) -> Self {
        Self {
            format,
            style,
            sparing: Sparing::default(),
        }
    }

    fn begin(&self, level: Level, writer: &mut Writer<'_>) -> fmt::Result {
        match self.style {
            Style::Journal => writer.write_str(syslog(level)),
            Style::Terminal | Style::Json => Ok(()),
        }
    }
}

impl<S, N, F> FormatEvent<S, N> for Lines<F>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
    F: FormatEvent<S, N>,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let level = *event.metadata().level();
        let now_ms = Clock::System.monotonic_ms();
        // Only failures come in swarms; what is told of a text or a morning is told of each.
        let verdict = if level <= Level::WARN {
            self.sparing.verdict(event.metadata().callsite(), now_ms)
        } else {
            Verdict::Tell
        };
        match verdict {
            Verdict::HoldBack => return Ok(()),
            Verdict::Tell => {}
            Verdict::TellAfter(held_back) => {
                self.begin(level, &mut writer)?;
                match self.style {
                    Style::Json => writeln!(
                        writer,
                        "{{\"level\":\"{level}\",\"message\":\"lines like the next one were held back\",\"held_back\":{held_back}}}"
                    )?,
                    _ => writeln!(writer, "{held_back} lines like the next one were held back")?,
                }
            }
        }
        let mut line = String::new();
        self.format
            .format_event(context, Writer::new(&mut line), event)?;
        self.begin(level, &mut writer)?;
        writeln!(writer, "{}", masked(&line.trim_end().replace('\n', "\\n")))
    }
}

const fn syslog(level: Level) -> &'static str {
    match level {
        Level::ERROR => "<3>",
        Level::WARN => "<4>",
        Level::INFO => "<6>",
        _ => "<7>",
    }
}

/// The last defence: whatever looks like a phone number loses all but its last four digits. Nothing of ours writes one.
fn masked(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('+') {
        let (before, number) = rest.split_at(at + 1);
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        out.push_str(before);
        if (8..=15).contains(&digits) {
            out.push_str("•••••");
            out.push_str(&number[digits - 4..digits]);
        } else {
            out.push_str(&number[..digits]);
        }
        rest = &number[digits..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_never_whole() {
        for (line, kept) in [
            (
                "to +14155550101, twice: +14155550101",
                "to +•••••0101, twice: +•••••0101",
            ),
            ("phone=+1•••••0101 code=+12", "phone=+1•••••0101 code=+12"),
            ("2026-11-22T07:00+01:00 a+b", "2026-11-22T07:00+01:00 a+b"),
            ("+", "+"),
        ] {
            assert_eq!(masked(line), kept);
        }
    }
}
