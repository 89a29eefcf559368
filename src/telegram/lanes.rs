//! Which message leaves next: order within a chat, replies before nudges, pauses, and Telegram's limits. Pure; time is an argument.
//!
//! Urgent messages do not pass through here: they leave at once.

#[cfg(test)]
mod tests;

use super::pace::Pace;
use crate::model::ids::ChatId;
use crate::model::outbound::{Lane, Outbound};
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::time::Duration;

/// The limits that are kept.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Messages a second over all chats; 0 = no limit.
    pub overall_per_second: u32,
    /// Time between two messages to one chat; zero = no limit.
    pub chat_interval: Duration,
    /// Replies that may follow each other at once in one chat, at least 1.
    pub reply_burst: u32,
}

/// A message that waits, and since when this run of the program knows of it.
#[derive(Debug, Clone)]
pub struct Queued {
    /// The message.
    pub message: Outbound,
    /// Since when.
    pub since: Duration,
}

/// What to do now.
#[derive(Debug)]
pub enum Next {
    /// Send this. Its chat gets nothing else until [`Lanes::done`] or [`Lanes::again`].
    Send(Queued),
    /// Nothing before this moment.
    Wait(Duration),
    /// Nothing until something new comes.
    Idle,
}

/// Of one chat.
#[derive(Default)]
struct Line {
    waiting: VecDeque<Queued>,
    replies: usize,
    in_flight: bool,
    pace: Pace,
    paused_until: Duration,
    /// Its place in one of the two sets, if it has one.
    place: Option<(Class, Place)>,
}

/// A chat in whose line a reply waits comes before a chat that only gets nudges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Reply,
    Nudge,
}

/// Ready from this moment; ties in the order of the messages.
type Place = (Duration, u64, ChatId);

/// Everything that waits to leave, and what is on its way.
pub struct Lanes {
    limits: Limits,
    overall: Pace,
    lines: HashMap<ChatId, Line>,
    replies: BTreeSet<Place>,
    nudges: BTreeSet<Place>,
    resting: VecDeque<(Duration, ChatId)>,
}

impl Lanes {
    /// Empty lanes.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        let (lines, replies, nudges) = (HashMap::new(), BTreeSet::new(), BTreeSet::new());
        Self { limits, overall: Pace::default(), lines, replies, nudges, resting: VecDeque::new() }
    }

    /// Adds a message at the end of its chat's line, not to leave before `not_before`.
    pub fn push(&mut self, message: Outbound, not_before: Duration, now: Duration) {
        let chat = message.chat;
        let line = self.lines.entry(chat).or_default();
        line.replies += usize::from(message.lane != Lane::Nudge);
        line.paused_until = line.paused_until.max(not_before);
        line.waiting.push_back(Queued { message, since: now });
        self.place(chat);
    }

    /// The next message that may leave, or how long nothing may.
    pub fn next(&mut self, now: Duration) -> Next {
        self.forget_rested(now);
        let overall = if self.limits.overall_per_second == 0 { Duration::ZERO } else { self.overall.earliest(self.overall_interval(), 4) };
        let first = |set: &BTreeSet<Place>| set.first().copied();
        let (reply, nudge) = (first(&self.replies), first(&self.nudges));
        let ready = |place: &Place| place.0 <= now;
        let Some(place) = reply.filter(ready).or(nudge.filter(ready)) else {
            let soonest = [reply, nudge].into_iter().flatten().map(|place| place.0).min();
            return soonest.map_or(Next::Idle, |moment| Next::Wait(moment.max(overall)));
        };
        if overall > now {
            return Next::Wait(overall);
        }
        let chat = place.2;
        self.leave_place(chat);
        let interval = self.overall_interval();
        let Some(line) = self.lines.get_mut(&chat) else { return Next::Idle };
        let Some(queued) = line.waiting.pop_front() else { return Next::Idle };
        line.replies -= usize::from(queued.message.lane != Lane::Nudge);
        line.in_flight = true;
        line.pace.sent(now, self.limits.chat_interval);
        self.overall.sent(now, interval);
        Next::Send(queued)
    }

    /// The message in flight of a chat is settled for good.
    pub fn done(&mut self, chat: ChatId) {
        if let Some(line) = self.lines.get_mut(&chat) {
            line.in_flight = false;
        }
        self.place(chat);
    }

    /// The message in flight was not accepted: it goes back to the head of its line, and its chat (no other) is paused.
    pub fn again(&mut self, queued: Queued, until: Duration) {
        let chat = queued.message.chat;
        let line = self.lines.entry(chat).or_default();
        line.in_flight = false;
        line.replies += usize::from(queued.message.lane != Lane::Nudge);
        line.waiting.push_front(queued);
        line.paused_until = line.paused_until.max(until);
        self.place(chat);
    }

    /// The person is gone: everything that waits for the chat is handed back to be settled. A message in flight stays in flight.
    pub fn gone(&mut self, chat: ChatId) -> Vec<Outbound> {
        let Some(line) = self.lines.get_mut(&chat) else { return Vec::new() };
        line.replies = 0;
        let dropped = std::mem::take(&mut line.waiting).into_iter().map(|queued| queued.message).collect();
        self.place(chat);
        dropped
    }

    /// Counts a message that left outside the lanes towards its chat's limit.
    pub fn sent_elsewhere(&mut self, chat: ChatId, now: Duration) {
        let interval = self.limits.chat_interval;
        self.lines.entry(chat).or_default().pace.sent(now, interval);
        self.place(chat);
    }

    /// Whether nothing waits that could leave by `moment`. Messages in flight do not count.
    #[must_use]
    pub fn is_quiet_until(&self, moment: Duration) -> bool {
        [&self.replies, &self.nudges].into_iter().all(|set| set.first().is_none_or(|place| place.0 > moment))
    }

    /// Chats that are remembered.
    #[cfg(test)]
    pub fn chats(&self) -> usize {
        self.lines.len()
    }

    fn overall_interval(&self) -> Duration {
        Duration::from_secs(1).checked_div(self.limits.overall_per_second).unwrap_or_default()
    }

    fn leave_place(&mut self, chat: ChatId) {
        let Some((class, place)) = self.lines.get_mut(&chat).and_then(|line| line.place.take()) else { return };
        match class {
            Class::Reply => self.replies.remove(&place),
            Class::Nudge => self.nudges.remove(&place),
        };
    }

    /// Puts a chat where it now belongs: among the waiting, or among those to be forgotten.
    fn place(&mut self, chat: ChatId) {
        self.leave_place(chat);
        let limits = self.limits;
        let Some(line) = self.lines.get_mut(&chat) else { return };
        if line.in_flight {
            return;
        }
        let Some(head) = line.waiting.front() else {
            let rested = line.pace.rested_at().max(line.paused_until);
            if rested.is_zero() || limits.chat_interval.is_zero() && line.paused_until.is_zero() {
                self.lines.remove(&chat);
            } else {
                self.resting.push_back((rested, chat));
            }
            return;
        };
        let burst = if head.message.lane == Lane::Nudge { 1 } else { limits.reply_burst.max(1) };
        let ready = line.pace.earliest(limits.chat_interval, burst).max(line.paused_until);
        let place = (ready, head.message.id.0, chat);
        let class = if line.replies > 0 { Class::Reply } else { Class::Nudge };
        line.place = Some((class, place));
        match class {
            Class::Reply => self.replies.insert(place),
            Class::Nudge => self.nudges.insert(place),
        };
    }

    /// Forgets chats that wait for nothing, so that memory is bounded by those that do. A paused chat at the front holds up the
    /// others for no longer than its pause, which is capped.
    fn forget_rested(&mut self, now: Duration) {
        while let Some((_, chat)) = self.resting.front().copied().filter(|(moment, _)| *moment <= now) {
            self.resting.pop_front();
            let Some(line) = self.lines.get(&chat) else { continue };
            let busy = line.in_flight || !line.waiting.is_empty() || line.paused_until > now;
            if !busy && line.pace.is_rested(now) {
                self.lines.remove(&chat);
            }
        }
    }
}
