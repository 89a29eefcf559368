//! “Why not higher?” asks a person to explain what is missing; the scale asks what is already there.

use super::{Script, phrases};
use crate::content::report::Report;

const PHRASES: &[&str] =
    &["why not higher", "why not a higher", "why is it not higher", "why isn't it higher", "what stops it from being higher", "why so low", "only a"];

pub(super) fn check(script: &Script<'_>, report: &mut Report) {
    let help = "ask what makes it this number and not a lower one";
    phrases::check(script, "why-not-higher", PHRASES, "asks for what is missing", help, report);
}
