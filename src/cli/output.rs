//! The standard output, and the only place that writes to it: a pipe that the reader closed ends us quietly.

use std::io::{self, BufWriter, ErrorKind, IsTerminal, Stdout, Write};

use serde::Serialize;

use super::failure::Failure;

/// Where results go. What we say about ourselves goes to the standard error instead.
pub(super) struct Output<W: Write = BufWriter<Stdout>> {
    writer: W,
}

impl Output {
    /// The standard output, buffered.
    pub(super) fn standard() -> Self {
        Self {
            writer: BufWriter::new(io::stdout()),
        }
    }
}

impl<W: Write> Output<W> {
    /// One line.
    pub(super) fn line(&mut self, text: &str) -> Result<(), Failure> {
        self.writer.write_all(text.as_bytes())?;
        self.writer.write_all(b"\n")?;
        Ok(())
    }

    /// One JSON object on a line of its own.
    pub(super) fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string(value)
            .map_err(|error| Failure::sentence(format!("this is no JSON: {error}")))?;
        self.line(&text)
    }

    /// What is buffered, out.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.writer.flush()?)
    }

    /// The writer, for what writes itself.
    pub(super) fn writer(&mut self) -> &mut W {
        &mut self.writer
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == ErrorKind::BrokenPipe {
            Self::Closed
        } else {
            Self::sentence(format!("the output cannot be written: {error}"))
        }
    }
}

/// A line to the operator, beside the results.
pub(super) fn tell(text: &str) {
    // When this fails nobody is left to be told.
    let _ = writeln!(io::stderr(), "{text}");
}

/// How far long work is: one line that rewrites itself, on a terminal only.
pub(super) struct Progress {
    what: &'static str,
    shown: bool,
}

impl Progress {
    /// Of work on these things.
    pub(super) const fn of(what: &'static str) -> Self {
        Self { what, shown: false }
    }

    /// So many are done.
    pub(super) fn at(&mut self, done: usize) {
        if io::stderr().is_terminal() {
            let _ = write!(io::stderr(), "\r{done} {}", self.what);
            self.shown = true;
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_pipe_is_no_failure_to_speak_of() {
        let mut output = Output { writer: Closed };
        assert!(matches!(output.line("x"), Err(Failure::Closed)));
    }
}
