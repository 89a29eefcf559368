//! The content files that are part of the program, so that it runs from anywhere.

use super::Source;

/// Lists files of the repository with what they held when the program was built.
macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../", $name)).as_slice())),*]
    };
}

/// Every file of `dialogues/` and `locales/`; a test holds that none is forgotten.
const FILES: &[(&str, &[u8])] = files![
    "dialogues/always.toml",
    "dialogues/check-in.toml",
    "dialogues/first-session.toml",
    "dialogues/welcome.toml",
    "locales/en-GB/always.ftl",
    "locales/en-GB/check-in.ftl",
    "locales/en-GB/common.ftl",
    "locales/en-GB/first-session.ftl",
    "locales/en-GB/understand.toml",
    "locales/en-GB/welcome.ftl",
];

/// The files as sources.
pub(super) fn sources() -> Vec<Source> {
    FILES.iter().map(|(name, bytes)| Source { name: (*name).to_owned(), bytes: bytes.to_vec() }).collect()
}
