//! Sending.
