//! What packages want beside the program: completions and the manual page.

use std::io::Write;

use super::failure::Failure;
use super::output::Output;

/// Completions for a shell.
pub(super) fn completions(shell: clap_complete::Shell, output: &mut Output) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut super::command(), "weatherline", &mut script);
    Ok(output.writer().write_all(&script)?)
}

/// The manual page.
pub(super) fn manual(output: &mut Output) -> Result<(), Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(super::command()).render(&mut page)?;
    Ok(output.writer().write_all(&page)?)
}
