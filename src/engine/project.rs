//! Lays a talk's answers over what the record held when the talk began.
//!
//! The record is always `base + answers`: so an answer taken back is gone from the record without a trace,
//! and whoever stops in the middle keeps what was said.

use crate::model::goal::{Goal, Line, MAX_GOALS, MAX_LIST, MAX_PLANS, MAX_READINGS, Reading};
use crate::model::patient::{Cadence, Consent, Patient, Sharing};
use crate::model::plan::{CopingPlan, Plan, PlanStatus};
use crate::model::session::{Answer, Session, Slot};
use crate::model::text::Words;
use chrono::{DateTime, Utc};

/// Rewrites the parts of the patient that the open talk can change.
pub fn project(patient: &mut Patient) {
    let Some(session) = patient.session.take() else { return };
    patient.name = words(&session, Slot::Name).or_else(|| session.base.name.clone());
    patient.consent = consent(&session);
    patient.cadence = choice(&session, Slot::Cadence).and_then(cadence).or(session.base.cadence);
    patient.for_link_worker = words(&session, Slot::ForLinkWorker).or_else(|| session.base.for_link_worker.clone());
    let goal = goal(&session);
    if session.goal < patient.goals.len() {
        if goal == Goal::default() {
            patient.goals.truncate(session.goal);
        } else if let Some(place) = patient.goals.get_mut(session.goal) {
            *place = goal;
        }
    } else if goal != Goal::default() && patient.goals.len() < MAX_GOALS {
        patient.goals.push(goal);
    }
    patient.session = Some(session);
}

fn consent(session: &Session) -> Consent {
    let sharing = match choice(session, Slot::Consent) {
        Some("share") => Sharing::WithLinkWorker,
        Some("private") => Sharing::OnlyMe,
        Some("no") => Sharing::Declined,
        _ => return session.base.consent.clone(),
    };
    Consent { sharing, at: Some(session.touched_at) }
}

fn cadence(key: &str) -> Option<Cadence> {
    match key {
        "twice" => Some(Cadence::TwiceAWeek),
        "weekly" => Some(Cadence::Weekly),
        "fortnightly" => Some(Cadence::Fortnightly),
        "off" => Some(Cadence::Off),
        _ => None,
    }
}

fn goal(session: &Session) -> Goal {
    let mut goal = session.base.goal.clone().unwrap_or_default();
    let replace = |place: &mut Option<Words>, slot| {
        if let Some(found) = words(session, slot) {
            *place = Some(found);
        }
    };
    replace(&mut goal.hope, Slot::Hope);
    replace(&mut goal.difference, Slot::Difference);
    replace(&mut goal.noticer, Slot::Noticer);
    replace(&mut goal.sign, Slot::Sign);
    goal.good_enough = number(session, Slot::GoodEnough).map(|(n, _)| n).or(goal.good_enough);
    extend(&mut goal.details, session, &[Slot::Detail]);
    extend(&mut goal.instances, session, &[Slot::Instance, Slot::How]);
    extend(&mut goal.better, session, &[Slot::Better, Slot::Amplified, Slot::Managed]);
    extend(&mut goal.coping, session, &[Slot::Coping]);
    if let Some((score, at)) = number(session, Slot::Score) {
        goal.readings.push(Reading { score, reason: words(session, Slot::Reason), at });
        keep_newest(&mut goal.readings, MAX_READINGS);
    }
    plan(&mut goal, session);
    for (slot, line) in [(Slot::ShowHope, Line::Hope), (Slot::ShowScale, Line::Scale), (Slot::ShowSign, Line::Sign), (Slot::ShowPlan, Line::Plan)] {
        match choice(session, slot) {
            Some("hide") => drop(goal.hidden.insert(line)),
            Some("show") => drop(goal.hidden.remove(&line)),
            _ => {}
        }
    }
    if goal != Goal::default() && goal.begun_at.is_none() {
        goal.begun_at = Some(session.begun_at);
    }
    goal
}

fn plan(goal: &mut Goal, session: &Session) {
    if let Some(open) = goal.plans.last_mut() {
        match choice(session, Slot::PlanCameUp) {
            Some("yes") => open.status = PlanStatus::Done,
            Some("partly") => open.status = PlanStatus::Partly,
            Some("no") => open.status = PlanStatus::NotYet,
            _ => {}
        }
        if choice(session, Slot::PlanNext) == Some("rest") || choice(session, Slot::Wish) == Some("rest") {
            open.status = PlanStatus::Resting;
        }
    }
    if let Some((step, made_at)) = dated_words(session, Slot::Step) {
        // A smaller step keeps its moment; a new one asks for its own.
        let smaller = [Slot::PlanNext, Slot::Wish].into_iter().any(|slot| choice(session, slot) == Some("smaller"));
        let cue = goal.plan().filter(|_| smaller).and_then(|plan| plan.cue.clone());
        goal.plans.push(Plan { step, cue, confidence: None, confidence_reason: None, coping: None, helper: None, status: PlanStatus::Open, made_at });
        keep_newest(&mut goal.plans, MAX_PLANS);
    }
    let Some(current) = goal.plans.last_mut() else { return };
    if let Some(cue) = words(session, Slot::Cue) {
        current.cue = Some(cue);
    }
    if let Some((confidence, _)) = number(session, Slot::Confidence) {
        current.confidence = Some(confidence);
        current.confidence_reason = words(session, Slot::ConfidenceReason);
    }
    if let Some(obstacle) = words(session, Slot::Obstacle) {
        current.coping = Some(CopingPlan { obstacle, response: words(session, Slot::Response) });
    }
    if let Some(helper) = words(session, Slot::Helper) {
        current.helper = Some(helper);
    }
}

fn extend(list: &mut Vec<Words>, session: &Session, slots: &[Slot]) {
    for slot in slots {
        list.extend(session.answers.get(slot).into_iter().flatten().filter_map(|answer| match answer {
            Answer::Words(words, _) => Some(words.clone()),
            _ => None,
        }));
    }
    keep_newest(list, MAX_LIST);
}

fn keep_newest<T>(list: &mut Vec<T>, most: usize) {
    if list.len() > most {
        list.drain(..list.len() - most);
    }
}

/// The newest answer in a slot.
#[must_use]
pub fn newest(session: &Session, slot: Slot) -> Option<&Answer> {
    session.answers.get(&slot).and_then(|answers| answers.last())
}

/// The newest words in a slot.
#[must_use]
pub fn words(session: &Session, slot: Slot) -> Option<Words> {
    dated_words(session, slot).map(|(words, _)| words)
}

fn dated_words(session: &Session, slot: Slot) -> Option<(Words, DateTime<Utc>)> {
    match newest(session, slot)? {
        Answer::Words(words, at) => Some((words.clone(), *at)),
        _ => None,
    }
}

/// The number in a slot.
#[must_use]
pub fn number(session: &Session, slot: Slot) -> Option<(u8, DateTime<Utc>)> {
    match newest(session, slot)? {
        Answer::Number(number, at) => Some((*number, *at)),
        _ => None,
    }
}

/// The chosen key in a slot.
#[must_use]
pub fn choice(session: &Session, slot: Slot) -> Option<&str> {
    match newest(session, slot)? {
        Answer::Choice(key) => Some(key),
        _ => None,
    }
}
