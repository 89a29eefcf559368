//! Claims that somebody watches or will answer. Nobody reads as the person writes, and a promise of that kind can cost a life.

use super::{Script, phrases};
use crate::content::report::Report;

const PHRASES: &[&str] = &[
    "we are watching",
    "we're watching",
    "i am watching",
    "i'm watching",
    "watching over",
    "keep an eye",
    "keeping an eye",
    "looking out for you",
    "someone will reply",
    "someone will answer",
    "someone will call",
    "someone will be in touch",
    "somebody will reply",
    "somebody will answer",
    "will get back to you",
    "will contact you",
    "will be in touch",
    "will call you",
    "monitor",
    "monitored",
    "monitoring",
    "you are safe",
    "you're safe",
    "you are not alone",
    "you're not alone",
    "we are here for you",
    "we're here for you",
    "always here for you",
    "i'm here for you",
    "i am here for you",
    "help is on the way",
    "someone is reading",
    "somebody is reading",
    "has been alerted",
    "have been alerted",
];

pub(super) fn check(script: &Script<'_>, report: &mut Report) {
    let help = "say only what the program does, and that nobody reads along";
    phrases::check(script, "claims-of-monitoring", PHRASES, "claims that somebody watches or will answer", help, report);
}
