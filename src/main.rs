//! The command line of Cairn.
#![warn(clippy::unwrap_used, clippy::expect_used)]

mod nightly;
mod run;

use cairn::cli::Cli;
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    run::run(Cli::parse())
}
