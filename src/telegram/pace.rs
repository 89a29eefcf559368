//! How often something may be sent: a steady interval with a small allowance for bursts. Pure; time is a [`Duration`] since any fixed start.

use std::time::Duration;

/// Remembers when the next sending would be due at a perfectly steady rate; sending may run ahead of that by an allowance.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pace {
    steady: Duration,
}

impl Pace {
    /// The earliest moment for the next sending, when `burst` sendings may follow each other at once (at least 1) after a pause.
    pub(super) fn earliest(self, interval: Duration, burst: u32) -> Duration {
        self.steady.saturating_sub(interval.saturating_mul(burst.saturating_sub(1)))
    }

    /// Notes a sending.
    pub(super) fn sent(&mut self, now: Duration, interval: Duration) {
        self.steady = self.steady.max(now).saturating_add(interval);
    }

    /// Whether forgetting this pace would change nothing.
    pub(super) fn is_rested(self, now: Duration) -> bool {
        self.steady <= now
    }

    /// When it will be rested.
    pub(super) fn rested_at(self) -> Duration {
        self.steady
    }
}
