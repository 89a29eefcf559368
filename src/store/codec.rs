//! Values as JSON in a versioned envelope, `{"version":1,"value":…}`, with upgrade steps from every older version.
//!
//! Unknown fields are tolerated. A change that an older reader would misread needs a new [`CURRENT`], a step in `upgrade` and a
//! folder `tests/stored/vN` with real values of the version before it; the old folders stay for ever.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use thiserror::Error;

/// The version that is written.
pub const CURRENT: u32 = 1;

/// What a value is, for upgrades.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `model::patient::Patient`.
    Patient,
    /// A list of `model::event::Event`.
    Events,
    /// `model::outbound::Outbound`.
    Outbound,
    /// `model::link_worker::Invitation`.
    Invitation,
    /// The store's own small records.
    System,
}

/// Why bytes are not a value. Carries no content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CodecError {
    /// Not the JSON that was expected.
    #[error("a stored value is not the JSON that was expected: restore the last backup")]
    Malformed,
    /// Written by a newer program.
    #[error("a value was written in format {found}, and this Cairn knows up to {CURRENT}: use the newer Cairn that wrote it")]
    Newer {
        /// Its version.
        found: u32,
    },
}

#[derive(Serialize)]
struct Writing<'a, T> {
    version: u32,
    value: &'a T,
}

#[derive(Deserialize)]
struct Reading<'a> {
    version: u32,
    #[serde(borrow)]
    value: &'a RawValue,
}

/// The value as versioned JSON.
///
/// # Errors
/// [`CodecError::Malformed`] if `T` cannot be written as JSON (a map with keys that are not strings); no type of the model does that.
pub fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, CodecError> {
    serde_json::to_vec(&Writing { version: CURRENT, value }).map_err(|_| CodecError::Malformed)
}

/// The value from versioned JSON of any known version.
///
/// # Errors
/// See [`CodecError`].
pub fn decode<T: DeserializeOwned>(shape: Shape, bytes: &[u8]) -> Result<T, CodecError> {
    let reading: Reading<'_> = serde_json::from_slice(bytes).map_err(|_| CodecError::Malformed)?;
    match reading.version {
        0 => Err(CodecError::Malformed),
        CURRENT => serde_json::from_str(reading.value.get()).map_err(|_| CodecError::Malformed),
        older if older < CURRENT => {
            let mut value = serde_json::from_str(reading.value.get()).map_err(|_| CodecError::Malformed)?;
            for version in older..CURRENT {
                value = upgrade(shape, version, value);
            }
            serde_json::from_value(value).map_err(|_| CodecError::Malformed)
        }
        found => Err(CodecError::Newer { found }),
    }
}

/// The version of a value, without reading the rest where it was written by [`encode`].
///
/// # Errors
/// See [`CodecError`].
pub fn check_version(bytes: &[u8]) -> Result<(), CodecError> {
    #[derive(Deserialize)]
    struct Version {
        version: u32,
    }
    if bytes.starts_with(b"{\"version\":1,\"value\":") {
        return Ok(());
    }
    let Version { version: found } = serde_json::from_slice(bytes).map_err(|_| CodecError::Malformed)?;
    match found {
        0 => Err(CodecError::Malformed),
        known if known <= CURRENT => Ok(()),
        _ => Err(CodecError::Newer { found }),
    }
}

/// One step: a value of `version` as a value of `version + 1`. There is only one version so far, so there is no step yet.
fn upgrade(shape: Shape, version: u32, value: serde_json::Value) -> serde_json::Value {
    // Write `(Shape::Patient, 1) => …` here when version 2 comes.
    match (shape, version) {
        (Shape::Patient | Shape::Events | Shape::Outbound | Shape::Invitation | Shape::System, _) => value,
    }
}
