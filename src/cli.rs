//! The command line: what can be said, in `clap`'s words.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Cairn: structured support between talks, for patients in social prescribing.
#[derive(Debug, Parser)]
#[command(name = "cairn", version, about, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Talk with Cairn in this terminal: no token, no account, no network. Nothing is kept.
    Chat {
        /// Write the talk to this file as a transcript.
        #[arg(long, value_name = "FILE")]
        record: Option<PathBuf>,
        /// Use the dialogues and texts of this folder instead of those built in.
        #[arg(long, value_name = "DIR")]
        content: Option<PathBuf>,
    },
    /// Serve patients over Telegram.
    Serve(Serve),
    /// Check dialogues and texts; prints every problem with its place and its fix.
    Check {
        /// A folder with `dialogues/` and `locales/`; without it, what is built in.
        folder: Option<PathBuf>,
    },
    /// Print a dialogue as a graph.
    Graph {
        /// Name of the dialogue, such as `first-session`.
        dialogue: String,
        /// Only this form; without it, Mermaid and then DOT.
        #[arg(long, value_enum)]
        format: Option<GraphFormat>,
        /// Use the dialogues and texts of this folder instead of those built in.
        #[arg(long, value_name = "DIR")]
        content: Option<PathBuf>,
    },
    /// Print a single-use link with which one patient can begin.
    Invite(Invite),
    /// Write an encrypted copy of the store.
    Backup {
        /// Where the store is.
        #[command(flatten)]
        place: Place,
        /// The backup file to write.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// The backup key; a new one is made if the file is missing. Keep it apart from the backups.
        #[arg(long, value_name = "FILE")]
        backup_key: PathBuf,
    },
    /// Make a store from a backup, in an empty folder.
    Restore {
        /// Where the store shall be.
        #[command(flatten)]
        place: Place,
        /// The backup file to read.
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
        /// The backup key.
        #[arg(long, value_name = "FILE")]
        backup_key: PathBuf,
    },
}

/// Forms of a graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GraphFormat {
    /// Mermaid, as Git hosts draw it.
    Mermaid,
    /// Graphviz DOT.
    Dot,
}

/// Where a store is.
#[derive(Debug, Args)]
pub struct Place {
    /// Folder of the store.
    #[arg(long, value_name = "DIR", default_value = "cairn-data")]
    pub data: PathBuf,
    /// File of the master key, outside the folder of the store.
    #[arg(long, value_name = "FILE", default_value = "cairn.key")]
    pub key: PathBuf,
}

/// How to reach Telegram.
#[derive(Debug, Args)]
pub struct Reach {
    /// File with the bot's token. Otherwise the environment variable TELOXIDE_TOKEN.
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    /// Another Bot API server.
    #[arg(long, env = "TELOXIDE_API_URL", value_name = "URL", default_value = "https://api.telegram.org")]
    pub api_url: String,
}

/// `cairn serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where the store is.
    #[command(flatten)]
    pub place: Place,
    /// How to reach Telegram.
    #[command(flatten)]
    pub reach: Reach,
    /// Settings file.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Use the dialogues and texts of this folder instead of those built in.
    #[arg(long, value_name = "DIR")]
    pub content: Option<PathBuf>,
}

/// `cairn invite`.
#[derive(Debug, Args)]
pub struct Invite {
    /// Where the store is.
    #[command(flatten)]
    pub place: Place,
    /// How to reach Telegram.
    #[command(flatten)]
    pub reach: Reach,
    /// The bot's user name; without it, Telegram is asked.
    #[arg(long, value_name = "NAME")]
    pub bot: Option<String>,
    /// The name the patient knows the link worker by.
    #[arg(long, value_name = "NAME")]
    pub link_worker: Option<String>,
    /// Their organisation.
    #[arg(long, value_name = "NAME", default_value = "")]
    pub organisation: String,
    /// Hours until the link ends (at most 72, promises §3.1).
    #[arg(long, default_value_t = 72, value_parser = clap::value_parser!(u32).range(1..=72))]
    pub hours: u32,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
