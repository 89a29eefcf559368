//! The rules: one a file, each with a test in `tests/lint/`.

use super::dialogue::Dialogue;
use super::locale::Locale;
use super::raw::RawDialogue;
use super::report::Report;
use std::collections::BTreeMap;

/// What the rules look at. `raws` and `dialogues` go in step.
pub(super) struct Script<'a> {
    pub(super) raws: &'a [RawDialogue],
    pub(super) dialogues: &'a [Dialogue],
    pub(super) locales: &'a BTreeMap<String, Locale>,
}

/// Runs every rule.
pub(super) fn run(_script: &Script<'_>, _report: &mut Report) {}
