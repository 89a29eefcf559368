//! The settings file: few settings, each with a default, unknown ones refused with the line and a way out.

use serde::Deserialize;
use std::path::{Path, PathBuf};

/// What `cairn.toml` can say.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Anyone may begin without an invitation.
    pub open_enrolment: bool,
    /// IANA time zone of new patients, such as `Europe/London`.
    pub zone: String,
    /// `power`: what was acknowledged survives a power cut. `process`: it survives a crash of the process only.
    pub durability: Durability,
    /// How fast messages may leave.
    pub sending: Sending,
    /// The nightly backup.
    pub backup: Backup,
}

/// The nightly backup, made while patients are served.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Backup {
    /// Whether it is made.
    pub nightly: bool,
    /// Where to; best on another disk.
    pub folder: PathBuf,
    /// The backup key; made on first use. A file with only the public line can write backups and not read them.
    pub key: PathBuf,
    /// Days that backups are kept; at most 35, because the erased must be gone from backups too (promises §3.2).
    pub keep_days: u32,
}

impl Default for Backup {
    fn default() -> Self {
        Self { nightly: true, folder: "cairn-backups".into(), key: "cairn-backup.key".into(), keep_days: 35 }
    }
}

/// What an acknowledged write survives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Durability {
    /// A power cut.
    Power,
    /// A crash of the process.
    Process,
}

/// How fast messages may leave.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sending {
    /// Messages a second over all chats; 0 lifts the limit (for another Bot API server, or a load test).
    pub overall_per_second: u32,
    /// Milliseconds between two messages to one chat; replies may burst to 3; 0 lifts the limit.
    pub chat_interval_ms: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            open_enrolment: false,
            zone: "Europe/London".to_owned(),
            durability: Durability::Power,
            sending: Sending::default(),
            backup: Backup::default(),
        }
    }
}

impl Default for Sending {
    fn default() -> Self {
        Self { overall_per_second: 25, chat_interval_ms: 1000 }
    }
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("the settings file {0} cannot be read ({1}). Give another with --config, or leave --config out to use the defaults.")]
    Unreadable(String, std::io::Error),
    /// The file says something unknown or impossible.
    #[error(
        "the settings file {0} is not right:\n{1}\nThe settings are: open_enrolment, zone, durability, [sending] overall_per_second and chat_interval_ms, [backup] nightly, folder, key and keep_days."
    )]
    Wrong(String, String),
    /// The zone is no IANA zone.
    #[error("the settings file {0} names the time zone “{1}”, which is not known. Write an IANA name such as \"Europe/London\".")]
    Zone(String, String),
    /// Backups would be kept for too long or not at all.
    #[error("the settings file {0}: keep_days must be from 1 to 35, so that people who were erased are gone from backups too.")]
    KeepDays(String),
    /// A limit is far outside what can be meant.
    #[error("the settings file {0}: {1} must be at most {2}. Telegram allows about 30 messages a second, and one a second in a chat.")]
    TooLarge(String, &'static str, u64),
}

/// Reads the settings. A missing file is fine only where it was not asked for by name.
pub fn load(path: &Path, asked_for: bool) -> Result<Config, ConfigError> {
    let name = path.display().to_string();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !asked_for => return Ok(Config::default()),
        Err(error) => return Err(ConfigError::Unreadable(name, error)),
    };
    parse(&name, &text)
}

/// Reads settings from text.
pub fn parse(name: &str, text: &str) -> Result<Config, ConfigError> {
    let config: Config = toml::from_str(text).map_err(|error| ConfigError::Wrong(name.to_owned(), error.to_string()))?;
    if config.zone.parse::<chrono_tz::Tz>().is_err() {
        return Err(ConfigError::Zone(name.to_owned(), config.zone));
    }
    if config.sending.overall_per_second > 1000 {
        return Err(ConfigError::TooLarge(name.to_owned(), "overall_per_second", 1000));
    }
    if config.sending.chat_interval_ms > 60_000 {
        return Err(ConfigError::TooLarge(name.to_owned(), "chat_interval_ms", 60_000));
    }
    if !(1..=35).contains(&config.backup.keep_days) {
        return Err(ConfigError::KeepDays(name.to_owned()));
    }
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_file_means_the_defaults() {
        assert_eq!(parse("cairn.toml", "").unwrap(), Config::default());
    }

    #[test]
    fn the_limits_can_be_lifted() {
        let config = parse("cairn.toml", "open_enrolment = true\n[sending]\noverall_per_second = 0\nchat_interval_ms = 0\n").unwrap();
        assert!(config.open_enrolment);
        assert_eq!(config.sending, Sending { overall_per_second: 0, chat_interval_ms: 0 });
    }

    #[test]
    fn what_is_wrong_is_refused_in_a_sentence_that_says_what_to_do() {
        for (text, part) in [
            ("open_enrollment = true", "open_enrolment"),
            ("zone = \"BST\"", "Europe/London"),
            ("zone = 7", "zone"),
            ("[sending]\noverall_per_second = -1", "overall_per_second"),
            ("[sending]\nchat_interval_ms = 99999999", "at most 60000"),
            ("open_enrolment = true\nopen_enrolment = false", "duplicate"),
            ("durability = \"hope\"", "power"),
        ] {
            let message = parse("cairn.toml", text).unwrap_err().to_string();
            assert!(message.contains(part), "{text} → {message}");
        }
    }
}
