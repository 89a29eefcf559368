//! Cairn (map to be written).
#![forbid(unsafe_code)]
pub mod model;
pub mod store;
