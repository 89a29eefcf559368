//! An appointment of a patient with their link worker.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// When the two meet next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// The instant it begins.
    pub at: DateTime<Utc>,
}
