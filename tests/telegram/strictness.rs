//! Strictness.
