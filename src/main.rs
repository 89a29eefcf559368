//! The command line of Cairn.

mod nightly;
mod run;

use cairn::cli::Cli;
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    run::run(Cli::parse())
}
