//! Timers: they live in the patient; the store's due index only points at them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Something to do at an instant, unless the talk has moved on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    /// What for.
    pub kind: TimerKind,
    /// When.
    pub at: DateTime<Utc>,
    /// The local date of this occurrence: (patient, kind, date) is sent once, ever.
    pub occurrence: NaiveDate,
}

/// What a timer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimerKind {
    /// The invitation to a check-in.
    CheckIn,
}
