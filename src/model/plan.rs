//! Steps and plans: what, when, and what if something gets in the way.

use super::text::Words;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// An if-then plan (BCT 1.4 action planning; Gollwitzer & Sheeran 2006): the cue and the step, both in the patient's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The small step (BCT 1.1, 8.7).
    pub step: Words,
    /// When, or after what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Words>,
    /// How sure the person is, 0–10 (confidence ruler).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<u8>,
    /// What makes them that sure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence_reason: Option<Words>,
    /// If-then plan for what could get in the way (BCT 1.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coping: Option<CopingPlan>,
    /// Who could help (BCT 3.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helper: Option<Words>,
    /// Where the plan stands.
    pub status: PlanStatus,
    /// When it was made.
    pub made_at: DateTime<Utc>,
}

/// What could get in the way, and what the person would do then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopingPlan {
    /// What could get in the way.
    pub obstacle: Words,
    /// What the person would do then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Words>,
}

/// Where a plan stands. There is no "failed".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlanStatus {
    /// To be tried.
    Open,
    /// It came up and was done.
    Done,
    /// It came up in part.
    Partly,
    /// It did not come up.
    NotYet,
    /// Left for now, by choice.
    Resting,
}
