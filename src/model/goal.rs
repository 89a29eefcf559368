//! A goal in the patient's own words, with everything the talks add to it.

use super::plan::Plan;
use super::text::Words;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Most goals one patient can hold.
pub const MAX_GOALS: usize = 8;
/// Most details, signs or instances kept in one list of a goal; the journal keeps them all.
pub const MAX_LIST: usize = 24;
/// Most scale readings kept in a goal; the journal keeps them all.
pub const MAX_READINGS: usize = 120;
/// Most plans kept in a goal, newest last.
pub const MAX_PLANS: usize = 24;

/// One goal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Goal {
    /// The best hope: what the person wants to have, in their words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hope: Option<Words>,
    /// The difference it would make to their day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difference: Option<Words>,
    /// Details of the preferred future.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Words>,
    /// Who would be first to notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noticer: Option<Words>,
    /// What already works: times when a bit of it happened, and how.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instances: Vec<Words>,
    /// Scale readings, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<Reading>,
    /// The number that would be good enough (0–10).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub good_enough: Option<u8>,
    /// The sign of one point up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign: Option<Words>,
    /// Plans, oldest first; the last one is current.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plans: Vec<Plan>,
    /// What the person has found better, newest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub better: Vec<Words>,
    /// What helps them cope, newest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coping: Vec<Words>,
    /// Lines which the person hides from the link worker.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub hidden: BTreeSet<Line>,
    /// When it was begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun_at: Option<DateTime<Utc>>,
}

/// One reading of the person's own 0–10 scale, with the reason they gave (BCT 2.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// 0–10.
    pub score: u8,
    /// What made it this and not lower, or, at 0, what helps them cope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Words>,
    /// When it was given.
    pub at: DateTime<Utc>,
}

/// A line of the summary card, which can be changed or hidden on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Line {
    /// The hope.
    Hope,
    /// The scale.
    Scale,
    /// The sign of one point up.
    Sign,
    /// The plan.
    Plan,
}

impl Goal {
    /// The current plan.
    #[must_use]
    pub fn plan(&self) -> Option<&Plan> {
        self.plans.last()
    }

    /// The newest reading.
    #[must_use]
    pub fn reading(&self) -> Option<&Reading> {
        self.readings.last()
    }
}
