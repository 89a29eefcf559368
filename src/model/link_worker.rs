//! Who invited the patient. Roles, caseloads and their acts come with the link worker's rooms.

use serde::{Deserialize, Serialize};

/// The link worker as the patient knows them: the names that an invitation carries.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkWorker {
    /// The name the patient knows them by.
    pub name: String,
    /// The organisation they work for.
    pub organisation: String,
}

impl std::fmt::Debug for LinkWorker {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("LinkWorker(…)")
    }
}

/// A single-use invitation: who invites, and until when it can be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Who invites.
    pub link_worker: Option<LinkWorker>,
    /// The last instant at which it can be used.
    pub expires_at: chrono::DateTime<chrono::Utc>,
}
