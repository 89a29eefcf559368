//! What a `route` goes by.

use super::project;
use super::walk::Walk;
use crate::content::dialogue::Fact;
use crate::model::patient::{Cadence, Sharing};
use crate::model::plan::PlanStatus;
use crate::model::session::Slot;

/// Below this confidence (0–10) a plan is looked at again (practice §6.2, S23).
const CONFIDENT_FROM: u8 = 7;

/// The outcome of a fact, one of [`Fact::outcomes`].
#[must_use]
pub fn outcome(walk: &Walk, fact: Fact) -> &'static str {
    let patient = &walk.patient;
    let session = patient.session.as_ref();
    let goal = patient.goals.get(session.map_or(patient.goals.len().saturating_sub(1), |session| session.goal));
    match fact {
        Fact::ScoreChange => score_change(walk),
        Fact::Plan => yes(goal.and_then(|goal| goal.plan()).is_some_and(|plan| plan.status != PlanStatus::Resting)),
        Fact::LinkWorker => yes(patient.link_worker.is_some()),
        Fact::Sharing => match patient.consent.sharing {
            Sharing::WithLinkWorker => "with-link-worker",
            _ => "only-me",
        },
        Fact::Confidence => match session.and_then(|session| project::number(session, Slot::Confidence)) {
            Some((confidence, _)) if confidence < CONFIDENT_FROM => "low",
            Some(_) => "high",
            None => "unknown",
        },
        Fact::Hope => yes(goal.is_some_and(|goal| goal.hope.is_some())),
        Fact::Languages => {
            if walk.content.texts.languages().len() > 1 {
                "many"
            } else {
                "one"
            }
        }
        Fact::Appointment => yes(patient.appointment.as_ref().is_some_and(|appointment| appointment.at > walk.now)),
        Fact::Cadence => match patient.cadence {
            None => "none",
            // Who stopped is not written to, whatever was chosen before.
            Some(_) if patient.stopped => "off",
            Some(Cadence::Off) => "off",
            Some(_) => "chosen",
        },
        Fact::Talk => {
            if session.is_some() || patient.parked.is_some() {
                "open"
            } else {
                "none"
            }
        }
        Fact::Goal => yes(!patient.goals.is_empty()),
    }
}

fn yes(condition: bool) -> &'static str {
    if condition { "yes" } else { "no" }
}

fn score_change(walk: &Walk) -> &'static str {
    let Some(session) = walk.patient.session.as_ref() else { return "first" };
    let Some((now, _)) = project::number(session, Slot::Score) else { return "first" };
    match session.base.goal.as_ref().and_then(|goal| goal.reading()) {
        None => "first",
        Some(before) if now < before.score => "down",
        Some(before) if now == before.score => "same",
        Some(_) => "up",
    }
}
