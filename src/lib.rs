//! Cairn (map to be written).
#![forbid(unsafe_code)]
pub mod app;
pub mod content;
pub mod framework;
pub mod model;
pub mod telegram;
