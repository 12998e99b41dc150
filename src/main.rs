//! The native program: files and clock come in here, and nowhere deeper.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run().into()
}
