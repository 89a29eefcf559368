//! The nouns: a patient as one value, goals, plans, sessions, timers, events. No I/O, no clock, no decisions.
//!
//! Invariant: everything here is bounded (see the `MAX_*` constants) and everything here is plain data,
//! so that a patient can be taken by value, changed and returned whole.

pub mod appointment;
pub mod event;
pub mod goal;
pub mod ids;
pub mod link_worker;
pub mod outbound;
pub mod patient;
pub mod plan;
pub mod session;
pub mod text;
pub mod timer;
