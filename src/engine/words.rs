//! The person's own words (and numbers) for the variables of a text: quoted exactly, shortened at a word edge, never re-inflected.

use super::project;
use super::walk::Walk;
use crate::content::dialogue::Variable;
use crate::model::goal::{Goal, Line};
use crate::model::patient::{Cadence, Sharing};
use crate::model::session::Slot;
use crate::model::text::Words;

/// Longest quotation inside a question, in graphemes.
const QUOTE: usize = 80;
/// Longest quotation on the summary card, in graphemes.
const CARD_QUOTE: usize = 160;
/// Most UTF-16 units for all goals together, so that what stands around them fits into one message of 4,096.
const MAX_GOALS_UNITS: usize = 2600;
/// Longest name, in graphemes.
const NAME: usize = 40;

/// The value of a variable; `None` if it is not known, so that another wording is taken.
#[must_use]
pub fn value(walk: &Walk, variable: Variable) -> Option<String> {
    let patient = &walk.patient;
    let session = patient.session.as_ref();
    let goal = goal(walk);
    let quote = |words: Option<&Words>| words.map(|words| words.quoted(QUOTE)).filter(|quoted| !quoted.is_empty());
    let slot = |slot| session.and_then(|session| project::words(session, slot)).map(|words| words.quoted(QUOTE)).filter(|quoted| !quoted.is_empty());
    let number = |slot| session.and_then(|session| project::number(session, slot)).map(|(number, _)| number);
    match variable {
        Variable::Name => patient.name.as_ref().map(|name| name.quoted(NAME)).filter(|name| !name.is_empty()),
        Variable::Worker => patient.link_worker.as_ref().map(|worker| worker.name.clone()),
        Variable::Organisation => patient.link_worker.as_ref().map(|worker| worker.organisation.clone()).filter(|name| !name.is_empty()),
        Variable::Hope => quote(goal.and_then(|goal| goal.hope.as_ref())),
        Variable::Problem => slot(Slot::Problem),
        Variable::Difference => slot(Slot::Difference),
        Variable::Detail => slot(Slot::Detail),
        Variable::Noticer => slot(Slot::Noticer),
        Variable::Score => number(Slot::Score).map(|score| score.to_string()),
        Variable::NextScore => number(Slot::Score).map(|score| (score + 1).min(10).to_string()),
        Variable::LastScore => session
            .map_or_else(|| goal.and_then(Goal::reading), |session| session.base.goal.as_ref().and_then(Goal::reading))
            .map(|reading| reading.score.to_string()),
        Variable::Reason => slot(Slot::Reason),
        Variable::Instance => slot(Slot::Instance),
        Variable::How => slot(Slot::How),
        Variable::Sign => quote(goal.and_then(|goal| goal.sign.as_ref())),
        Variable::Step => quote(goal.and_then(Goal::plan).map(|plan| &plan.step)),
        Variable::Cue => quote(goal.and_then(Goal::plan).and_then(|plan| plan.cue.as_ref())),
        Variable::Confidence => number(Slot::Confidence).map(|confidence| confidence.to_string()),
        Variable::Obstacle => slot(Slot::Obstacle),
        Variable::Response => slot(Slot::Response),
        Variable::Helper => slot(Slot::Helper),
        Variable::GoodEnough => goal.and_then(|goal| goal.good_enough).map(|number| number.to_string()),
        Variable::Better => slot(Slot::Better),
        Variable::Answer => {
            session.and_then(|session| session.last_words.as_ref()).map(|words| words.quoted(QUOTE)).filter(|quoted| !quoted.is_empty())
        }
        Variable::CheckIn => patient.cadence.map(|cadence| check_in(walk, cadence)),
        Variable::Card => Some(card(walk)),
        Variable::Goals => Some(goals(walk)),
        Variable::Data => Some(data(walk)),
        Variable::Appointment => None,
        Variable::Helplines => Some(common(walk, "common-helplines", &[])),
    }
}

fn goal<'a>(walk: &'a Walk) -> Option<&'a Goal> {
    let index = walk.patient.session.as_ref().map_or(walk.patient.goals.len().saturating_sub(1), |session| session.goal);
    walk.patient.goals.get(index)
}

fn common(walk: &Walk, message: &str, args: &[(Variable, String)]) -> String {
    walk.content.texts.format(&walk.patient.language, message, None, args)
}

fn check_in(walk: &Walk, cadence: Cadence) -> String {
    let message = match cadence {
        Cadence::TwiceAWeek => "common-check-in-twice",
        Cadence::Weekly => "common-check-in-weekly",
        Cadence::Fortnightly => "common-check-in-fortnightly",
        Cadence::Off => "common-check-in-off",
    };
    common(walk, message, &[])
}

/// The summary card: four numbered lines in the person's words.
fn card(walk: &Walk) -> String {
    let empty = Goal::default();
    let lines = lines_of(walk, goal(walk).unwrap_or(&empty)).into_iter().enumerate();
    lines.map(|(index, line)| format!("{} {line}", index + 1)).collect::<Vec<_>>().join("\n")
}

/// The four lines of a goal: hope, today's number, good sign, plan.
fn lines_of(walk: &Walk, goal: &Goal) -> [String; 4] {
    let quote = |words: &Words| words.quoted(CARD_QUOTE);
    let none = || common(walk, "common-card-empty", &[]);
    let hope = goal.hope.as_ref().map_or_else(none, |hope| common(walk, "common-card-hope", &[(Variable::Hope, quote(hope))]));
    let scale = goal.reading().map_or_else(none, |reading| {
        let score = (Variable::Score, reading.score.to_string());
        match &reading.reason {
            Some(reason) => common(walk, "common-card-scale-reason", &[score, (Variable::Reason, quote(reason))]),
            None => common(walk, "common-card-scale", &[score]),
        }
    });
    let sign = goal.sign.as_ref().map_or_else(none, |sign| common(walk, "common-card-sign", &[(Variable::Sign, quote(sign))]));
    let plan = goal.plan().map_or_else(none, |plan| {
        let step = (Variable::Step, quote(&plan.step));
        match &plan.cue {
            Some(cue) => common(walk, "common-card-plan-cue", &[step, (Variable::Cue, quote(cue))]),
            None => common(walk, "common-card-plan", &[step]),
        }
    });
    let lines = [(Line::Hope, "hope", hope), (Line::Scale, "scale", scale), (Line::Sign, "sign", sign), (Line::Plan, "plan", plan)];
    lines.map(|(line, name, said)| {
        let title = common(walk, &format!("common-card-title-{name}"), &[]);
        let hidden = walk.patient.consent.sharing == Sharing::WithLinkWorker && goal.hidden.contains(&line);
        let mark = if hidden { format!(" {}", common(walk, "common-not-shared", &[])) } else { String::new() };
        format!("{title}: {said}{mark}")
    })
}

/// All goals, the newest first, each with its lines; as many as fit into one message.
fn goals(walk: &Walk) -> String {
    if walk.patient.goals.is_empty() {
        return common(walk, "common-no-goals", &[]);
    }
    let mut cards = Vec::new();
    let mut units = 0;
    for goal in walk.patient.goals.iter().rev() {
        let card = lines_of(walk, goal).join("\n");
        units += card.encode_utf16().count();
        if units > MAX_GOALS_UNITS && !cards.is_empty() {
            cards.push(common(walk, "common-goals-more", &[]));
            break;
        }
        cards.push(card);
    }
    cards.join("\n\n")
}

/// What is kept about the person, in words.
fn data(walk: &Walk) -> String {
    let mut lines = Vec::new();
    if let Some(name) = value(walk, Variable::Name) {
        lines.push(common(walk, "common-data-name", &[(Variable::Name, name)]));
    }
    lines.push(common(
        walk,
        match walk.patient.consent.sharing {
            Sharing::WithLinkWorker => "common-data-shared",
            Sharing::OnlyMe => "common-data-private",
            Sharing::NotAsked | Sharing::Declined => "common-data-none",
        },
        &[],
    ));
    lines.push(goals(walk));
    if let Some(words) = &walk.patient.for_link_worker {
        lines.push(common(walk, "common-data-for-link-worker", &[(Variable::Answer, words.quoted(CARD_QUOTE))]));
    }
    lines.push(common(walk, if walk.patient.has_agreed() { "common-data-journal" } else { "common-data-journal-none" }, &[]));
    lines.join("\n")
}
