//! Words of guilt, judgement, streaks and empty praise. An affirmation names what the person did, in their own words.

use super::{Script, phrases};
use crate::content::report::Report;

const GUILT: &[&str] = &[
    "should have",
    "shouldn't have",
    "could have done",
    "ought to",
    "you must",
    "you need to",
    "you failed",
    "failed",
    "failure",
    "you forgot",
    "you missed",
    "disappointed",
    "disappointing",
    "let us down",
    "let yourself down",
    "lazy",
    "excuse",
    "excuses",
    "why didn't you",
    "why haven't you",
    "why not just",
    "still haven't",
    "not good enough",
    "fell short",
    "no wonder",
    "obviously",
    "at least you",
    "ashamed",
    "guilty",
    "your fault",
    "blame",
    "noncompliant",
    "non-compliant",
    "streak",
    "in a row",
    "behind schedule",
    "overdue",
    "you promised",
];

const PRAISE: &[&str] = &[
    "well done",
    "good job",
    "great job",
    "amazing",
    "awesome",
    "fantastic",
    "brilliant",
    "incredible",
    "excellent",
    "perfect",
    "superb",
    "proud of you",
    "keep it up",
    "good boy",
    "good girl",
    "congratulations",
    "that's great",
    "that is great",
    "wow",
];

pub(super) fn check(script: &Script<'_>, report: &mut Report) {
    let help = "say what happened, without a verdict; blame nobody";
    phrases::check(script, "judging-words", GUILT, "judges the person", help, report);
    let help = "name what the person did, in their own words, or just say thank you";
    phrases::check(script, "judging-words", PRAISE, "is praise that fits anything", help, report);
}
