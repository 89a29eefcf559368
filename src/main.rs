//! The command line of Cairn.

mod nightly;
mod run;

use cairn::cli::Cli;
use clap::Parser;
use std::process::ExitCode;

/// The exchange of a message allocates a lot and briefly, which the system's allocator is slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    run::run(Cli::parse())
}
