//! Hands the arguments to the command line and ends with its exit code.

use std::process::ExitCode;

use mimalloc::MiMalloc;

#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    weatherline::cli::run(std::env::args_os())
}
