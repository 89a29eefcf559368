//! How a talk is written down: the form of the transcripts, which a reviewer reads in a diff.

use super::stage::Scene;
use crate::model::outbound::{Lane, Outbound};
use chrono::Duration;
use std::fmt::Write as _;

/// Longest row of buttons before it is broken.
const ROW: usize = 96;

/// Writes down what an input brought.
#[must_use]
pub fn scene(scene: &Scene) -> String {
    let mut out = String::new();
    if let Some(toast) = &scene.reception.toast {
        out.push_str("( ");
        out.push_str(toast);
        out.push_str(" )\n");
    }
    for each in &scene.messages {
        message(&mut out, each);
    }
    out
}

/// Writes down one message with its buttons.
pub fn message(out: &mut String, message: &Outbound) {
    let mark = match message.lane {
        Lane::Nudge => "<~",
        Lane::Urgent => "<!",
        Lane::Reply => "<",
    };
    for (index, line) in message.text.lines().enumerate() {
        let start = if index == 0 { mark } else { " " };
        out.push_str(format!("{start} {line}").trim_end());
        out.push('\n');
    }
    let mut row = String::new();
    for (index, buttons) in message.buttons.iter().enumerate() {
        let labels = buttons.iter().map(|button| format!("[{}]", button.label)).collect::<Vec<_>>().join(" ");
        if row.len() + labels.len() > ROW {
            let _infallible = writeln!(out, "  {row}");
            row.clear();
        }
        if index > 0 && !row.is_empty() {
            row.push_str(" / ");
        }
        row.push_str(&labels);
    }
    if !row.is_empty() {
        let _infallible = writeln!(out, "  {row}");
    }
}

/// Reads a time such as `3d`, `2h`, `45m` or `1w`.
#[must_use]
pub fn duration(text: &str) -> Option<Duration> {
    let text = text.trim();
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: i64 = number.parse().ok().filter(|n| (0..=10_000).contains(n))?;
    match unit {
        "m" => Some(Duration::minutes(number)),
        "h" => Some(Duration::hours(number)),
        "d" => Some(Duration::days(number)),
        "w" => Some(Duration::weeks(number)),
        _ => None,
    }
}
