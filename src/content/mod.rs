//! Dialogues and texts: loaded, compiled and checked.

pub mod dialogue;
