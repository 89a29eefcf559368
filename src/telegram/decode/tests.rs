//! Decisions for every kind of update.
