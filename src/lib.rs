//! Cairn (map to be written).
#![forbid(unsafe_code)]
pub mod model;
