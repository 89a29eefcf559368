//! The invitation to a check-in: planned in local civil time, sent at most once a day, never in quiet hours, never held against anyone.

use super::effect::Effect;
use super::understand::talk;
use super::walk::Walk;
use super::{interrupt, say};
use crate::model::event::What;
use crate::model::ids::QuestionNumber;
use crate::model::outbound::{Button, Lane};
use crate::model::patient::{Aside, Cadence, Patient};
use crate::model::timer::{Timer, TimerKind};
use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveTime, TimeZone, Timelike, Utc, Weekday};
use chrono_tz::Tz;

/// Name of the aside that stands for an unanswered invitation.
pub const STATE: &str = "nudge-check-in";
/// Quiet hours begin (local, inclusive) and end (exclusive).
const QUIET_FROM_HOUR: u32 = 20;
const QUIET_UNTIL_HOUR: u32 = 9;
/// The hour of a check-in; the minute comes from the patient's number, so that ten o'clock is no burst.
const CHECK_IN_HOUR: u32 = 10;
const SPREAD_MINUTES: u64 = 20;
/// Later than this, an invitation is marked as missed by the service and not sent.
const LATE: Duration = Duration::hours(3);
/// A talk touched within this time is not interrupted.
const OPEN_TALK: Duration = Duration::hours(6);

/// Sets the check-in timer from the cadence; none if the person stopped, paused or wants to write first.
pub fn plan(walk: &mut Walk) {
    let patient = &mut walk.patient;
    patient.timers.retain(|timer| timer.kind != TimerKind::CheckIn);
    let quiet = patient.stopped || patient.paused || patient.unreachable || !patient.has_agreed();
    if let (false, Some(at)) = (quiet, next(patient, walk.now)) {
        let occurrence = at.with_timezone(&zone(patient)).date_naive();
        patient.timers.push(Timer { kind: TimerKind::CheckIn, at, occurrence });
    }
}

fn next(patient: &Patient, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let days: &[Weekday] = match patient.cadence? {
        Cadence::TwiceAWeek => &[Weekday::Mon, Weekday::Thu],
        Cadence::Weekly | Cadence::Fortnightly => &[Weekday::Mon],
        Cadence::Off => return None,
    };
    let skip = if patient.cadence == Some(Cadence::Fortnightly) { 8 } else { 1 };
    let zone = zone(patient);
    let today = now.with_timezone(&zone).date_naive();
    let minute = u32::try_from(patient.id.0 % SPREAD_MINUTES).unwrap_or(0);
    let time = NaiveTime::from_hms_opt(CHECK_IN_HOUR, minute, 0)?;
    (skip..skip + 14)
        .filter_map(|ahead| today.checked_add_days(Days::new(ahead)))
        .find(|date| days.contains(&date.weekday()))
        .and_then(|date| instant(zone, date, time))
}

/// The patient's zone; an unknown one is treated as the service's.
#[must_use]
pub fn zone(patient: &Patient) -> Tz {
    patient.zone.parse().unwrap_or(Tz::Europe__London)
}

/// A local civil time as an instant: in a spring gap the first real minute after it, in an autumn overlap the first occurrence.
#[must_use]
pub fn instant(zone: Tz, date: NaiveDate, time: NaiveTime) -> Option<DateTime<Utc>> {
    let wanted = date.and_time(time);
    (0..=180).find_map(|minutes| zone.from_local_datetime(&(wanted + Duration::minutes(minutes))).earliest()).map(|at| at.with_timezone(&Utc))
}

/// A timer is due.
pub fn due(walk: &mut Walk, kind: TimerKind) {
    let Some(index) = walk.patient.timers.iter().position(|timer| timer.kind == kind && timer.at <= walk.now) else { return };
    let timer = walk.patient.timers.swap_remove(index);
    let local = walk.now.with_timezone(&zone(&walk.patient));
    let quiet_hours = local.hour() >= QUIET_FROM_HOUR || local.hour() < QUIET_UNTIL_HOUR;
    let busy = walk.patient.session.as_ref().is_some_and(|session| walk.now - session.touched_at < OPEN_TALK);
    let sent_today = walk.patient.nudged_on == Some(local.date_naive());
    let late = walk.now - timer.at > LATE;
    let silent = walk.patient.stopped || walk.patient.paused || walk.patient.unreachable || !walk.patient.has_agreed();
    if late || quiet_hours {
        walk.note(What::Nudged { timer: kind, occurrence: timer.occurrence, missed: true });
    }
    if !(late || quiet_hours || busy || sent_today || silent) {
        walk.patient.nudged_on = Some(local.date_naive());
        walk.note(What::Nudged { timer: kind, occurrence: timer.occurrence, missed: false });
        invite(walk);
    }
    plan(walk);
}

fn invite(walk: &mut Walk) {
    let question = QuestionNumber(walk.patient.questions.0 + 1);
    walk.patient.questions = question;
    walk.patient.aside = Some(Aside { state: STATE.to_owned(), question });
    let name = super::words::value(walk, crate::content::dialogue::Variable::Name);
    let text = match name {
        Some(name) => walk.content.texts.format(&walk.patient.language, STATE, Some("named"), &[(crate::content::dialogue::Variable::Name, name)]),
        None => walk.content.texts.format(&walk.patient.language, STATE, None, &[]),
    };
    walk.say(text);
    let row = labels(walk).into_iter().map(|(key, label)| Button { label, data: format!("{}.{key}", question.0) }).collect();
    walk.show(vec![row], question);
    walk.take_lane(Lane::Nudge);
}

fn labels(walk: &Walk) -> Vec<(String, String)> {
    let label = |key: &str| walk.content.texts.format(&walk.patient.language, STATE, Some(&format!("choice-{key}")), &[]);
    ["yes", "later", "fewer"].map(|key| (key.to_owned(), label(key))).into()
}

/// Whether an invitation waits for an answer.
#[must_use]
pub fn is_open(walk: &Walk) -> bool {
    walk.patient.aside.as_ref().is_some_and(|aside| aside.state == STATE)
}

/// A typed answer to the invitation.
pub fn reply(walk: &mut Walk, text: &str) {
    let labels = labels(walk);
    let key = super::understand::choice::key(text, walk.understanding(), &labels).map(str::to_owned);
    let no = ["no", "later", "skip"].into_iter().any(|meaning| talk::opens_with(text, walk.understanding(), meaning));
    let yes = talk::opens_with(text, walk.understanding(), "yes");
    match key {
        Some(key) => tapped(walk, &key),
        None if no => tapped(walk, "later"),
        None if yes => tapped(walk, "yes"),
        None => {
            walk.patient.aside = None;
            interrupt::free_text(walk, text);
        }
    }
}

/// A tapped (or typed) answer to the invitation.
pub fn tapped(walk: &mut Walk, key: &str) {
    walk.patient.aside = None;
    if let Some((_, label)) = labels(walk).into_iter().find(|(name, _)| name == key) {
        walk.effect(Effect::Shown(label));
    }
    match key {
        "yes" if walk.patient.session.is_some() => walk.ask_again(),
        "yes" => walk.begin("check-in"),
        "fewer" => {
            let fewer = match walk.patient.cadence {
                Some(Cadence::TwiceAWeek) => Cadence::Weekly,
                Some(Cadence::Weekly) => Cadence::Fortnightly,
                _ => Cadence::Off,
            };
            walk.patient.cadence = Some(fewer);
            if let Some(session) = &mut walk.patient.session {
                session.base.cadence = Some(fewer);
            }
            plan(walk);
            let message = say::fewer_message(fewer);
            walk.say_common(message);
        }
        _ => walk.say_common("common-later"),
    }
}
