//! The catalogue of question moves (practice §5): each names its mechanisms, its MITI 4.2 behaviour code and its BCTTv1 codes.

use super::mechanism::Mechanism;

/// A behaviour of the MITI 4.2.1 coding manual (Moyers, Manuel & Ernst).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Miti {
    /// Giving information (GI).
    GivingInformation,
    /// Question (Q).
    Question,
    /// Simple reflection (SR).
    SimpleReflection,
    /// Complex reflection (CR).
    ComplexReflection,
    /// Affirm (AF); adherent.
    Affirm,
    /// Seeking collaboration (Seek); adherent.
    SeekCollaboration,
    /// Emphasising autonomy (Emphasize); adherent.
    EmphasiseAutonomy,
}

/// One row of the catalogue.
struct Entry {
    technique: Technique,
    number: &'static str,
    name: &'static str,
    purpose: &'static str,
    mechanisms: &'static [Mechanism],
    miti: Option<Miti>,
    bct: &'static [&'static str],
    ukasfp: &'static str,
}

/// A question move of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Technique {
    /// Q01: opens the talk with the role's core question.
    WhatMatters,
    /// Q02: what the person hopes for from the talks.
    BestHopes,
    /// Q03: from the hope to daily life.
    Difference,
    /// Q04: turns an absence into a presence.
    WantInstead,
    /// Q05: brings a hope about others back to one's own life.
    HopeAboutOthers,
    /// Q06: describes the preferred future as an everyday day.
    Tomorrow,
    /// Q07: widens the last answer.
    WhatElse,
    /// Q08: the view of somebody else.
    OtherPerson,
    /// Q09: the first signs of change.
    FirstSigns,
    /// Q10: what already works.
    Instances,
    /// Q11: change before the first talk.
    ChangeBefore,
    /// Q12: where the person is today, 0-10.
    Scaling,
    /// Q13: what makes it this and not lower.
    WhyNotLower,
    /// Q14: what gets the person through.
    Coping,
    /// Q15: the number that would be good enough.
    GoodEnough,
    /// Q16: half way there.
    Halfway,
    /// Q17: the sign of one point up.
    OneUp,
    /// Q18: importance ruler.
    Importance,
    /// Q19: confidence ruler.
    Confidence,
    /// Q20: strengths and good gossip.
    Strengths,
    /// Q21: gives the person's words back and checks them.
    Echo,
    /// Q22: affirmation with proof that the person gave.
    Affirm,
    /// Q23: asks leave or gives the choice.
    AskLeave,
    /// Q24: desire.
    Desire,
    /// Q25: ability.
    Ability,
    /// Q26: need and reason.
    NeedAndReason,
    /// Q27: two minds, without argument.
    TwoMinds,
    /// Q28: a small step.
    SmallStep,
    /// Q29: when and where.
    WhenAndWhere,
    /// Q30: the if-then plan, shown back.
    IfThen,
    /// Q31: what could get in the way.
    Obstacle,
    /// Q32: what to do then.
    CopingPlan,
    /// Q33: who could help.
    WhoHelps,
    /// Q34: are you going to try it; all answers are fine.
    Commit,
    /// Q35: look out for good signs.
    Noticing,
    /// Q36: what is better (EARS: elicit).
    WhatsBetter,
    /// Q37: more about it (EARS: amplify).
    Amplify,
    /// Q38: how the person managed it (EARS: reinforce).
    Reinforce,
    /// Q39: what else is better (EARS: start again).
    StartAgain,
    /// Q40: what kept it steady.
    KeptSteady,
    /// Q41: acknowledges, asks what helped, gives a choice.
    Worse,
    /// Q42: one tap on how the talks feel.
    AllianceCheck,
    /// Q43: how useful the talk was.
    Usefulness,
    /// Q44: what a setback teaches.
    Setback,
    /// Q45: how to keep it going.
    KeepItGoing,
    /// Q46: a letter from the future.
    LetterFromTheFuture,
    /// Q47: is the goal still right.
    GoalReview,
    /// Q48: prepares the talk with the link worker.
    Prepare,
    /// Q49: looks back and carries on.
    Ending,
    /// Language, name, settings: no move of the practice.
    Housekeeping,
}

impl Technique {
    /// All moves of the catalogue, in its order; [`Technique::Housekeeping`] is not one of them.
    pub fn catalogue() -> impl Iterator<Item = Self> {
        CATALOGUE.iter().map(|entry| entry.technique).filter(|technique| *technique != Self::Housekeeping)
    }

    fn entry(self) -> &'static Entry {
        // The catalogue is in the order of the enum; a test holds it so.
        &CATALOGUE[self as usize]
    }

    /// Its name in dialogue files.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The move of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        CATALOGUE.iter().find(|entry| entry.name == name).map(|entry| entry.technique)
    }

    /// Its number in the catalogue, such as `Q02`.
    #[must_use]
    pub fn number(self) -> &'static str {
        self.entry().number
    }

    /// What it is for.
    #[must_use]
    pub fn purpose(self) -> &'static str {
        self.entry().purpose
    }

    /// How it is meant to work.
    #[must_use]
    pub fn mechanisms(self) -> &'static [Mechanism] {
        self.entry().mechanisms
    }

    /// The MITI 4.2.1 behaviour it would be coded as.
    #[must_use]
    pub fn miti(self) -> Option<Miti> {
        self.entry().miti
    }

    /// BCTTv1 codes (Michie et al. 2013).
    #[must_use]
    pub fn bct(self) -> &'static [&'static str] {
        self.entry().bct
    }

    /// The UKASFP criterion it serves (rev. June 2021), such as `4.2`; empty for none.
    #[must_use]
    pub fn ukasfp(self) -> &'static str {
        self.entry().ukasfp
    }
}

use Mechanism::{
    ActiveEngagement as N, AskingQuestions as A, Empowerment as E, GoalAndAction as G, MotivationalInterviewing as M, SolutionBuilding as S,
    TherapeuticAlliance as T,
};
use Technique as K;

/// Writes one row short enough to read the catalogue as a table.
const fn row(
    technique: Technique,
    number: &'static str,
    name: &'static str,
    purpose: &'static str,
    mechanisms: &'static [Mechanism],
    codes: (Option<Miti>, &'static [&'static str], &'static str),
) -> Entry {
    Entry { technique, number, name, purpose, mechanisms, miti: codes.0, bct: codes.1, ukasfp: codes.2 }
}

#[rustfmt::skip]
static CATALOGUE: [Entry; 50] = [
    row(K::WhatMatters, "Q01", "what-matters", "opens the talk with the role's core question", &[A, T], (Some(Miti::SeekCollaboration), &[], "")),
    row(K::BestHopes, "Q02", "best-hopes", "what the person hopes for from the talks", &[A, S], (Some(Miti::Question), &["1.3"], "3.1")),
    row(K::Difference, "Q03", "difference", "from the hope to daily life", &[A, M, S], (Some(Miti::Question), &["1.3"], "3.1")),
    row(K::WantInstead, "Q04", "want-instead", "turns an absence into a presence", &[A, S], (Some(Miti::Question), &[], "3.1")),
    row(K::HopeAboutOthers, "Q05", "hope-about-others", "brings a hope about others back to one's own life", &[A, S], (Some(Miti::Question), &[], "3.1")),
    row(K::Tomorrow, "Q06", "tomorrow", "describes the preferred future as an everyday day", &[A, S], (Some(Miti::Question), &["9.3"], "4.1")),
    row(K::WhatElse, "Q07", "what-else", "widens the last answer", &[A, S], (Some(Miti::Question), &[], "1")),
    row(K::OtherPerson, "Q08", "other-person", "the view of somebody else", &[A, S], (Some(Miti::Question), &["3.1"], "4.1")),
    row(K::FirstSigns, "Q09", "first-signs", "the first signs of change", &[A, S], (Some(Miti::Question), &[], "4.1")),
    row(K::Instances, "Q10", "instances", "what already works", &[A, S], (Some(Miti::Question), &["15.3"], "4.3")),
    row(K::ChangeBefore, "Q11", "change-before", "change before the first talk", &[A, S], (Some(Miti::Question), &["15.3"], "4.3")),
    row(K::Scaling, "Q12", "scaling", "where the person is today, 0-10", &[A, S, G], (Some(Miti::Question), &["2.4"], "4.2")),
    row(K::WhyNotLower, "Q13", "why-not-lower", "what makes it this and not lower", &[A, M, S], (Some(Miti::Question), &["15.3"], "4.2")),
    row(K::Coping, "Q14", "coping", "what gets the person through", &[A, S, T], (Some(Miti::Question), &[], "4.2")),
    row(K::GoodEnough, "Q15", "good-enough", "the number that would be good enough", &[A, G], (Some(Miti::Question), &["1.3"], "")),
    row(K::Halfway, "Q16", "halfway", "half way there", &[A, G], (Some(Miti::Question), &["8.7"], "")),
    row(K::OneUp, "Q17", "one-up", "the sign of one point up", &[A, S, G], (Some(Miti::Question), &["8.7"], "4.4")),
    row(K::Importance, "Q18", "importance", "importance ruler", &[A, M], (Some(Miti::Question), &[], "")),
    row(K::Confidence, "Q19", "confidence", "confidence ruler", &[A, M], (Some(Miti::Question), &["15.1"], "")),
    row(K::Strengths, "Q20", "strengths", "strengths and good gossip", &[A, E, S], (Some(Miti::Question), &["15.3"], "4.3")),
    row(K::Echo, "Q21", "echo", "gives the person's words back and checks them", &[M, T], (Some(Miti::SimpleReflection), &[], "2")),
    row(K::Affirm, "Q22", "affirm", "affirmation with proof that the person gave", &[M, E], (Some(Miti::Affirm), &[], "")),
    row(K::AskLeave, "Q23", "ask-leave", "asks leave or gives the choice", &[M, E], (Some(Miti::EmphasiseAutonomy), &[], "")),
    row(K::Desire, "Q24", "desire", "desire", &[A, M], (Some(Miti::Question), &[], "")),
    row(K::Ability, "Q25", "ability", "ability", &[A, M], (Some(Miti::Question), &[], "")),
    row(K::NeedAndReason, "Q26", "need-and-reason", "need and reason", &[A, M], (Some(Miti::Question), &["5.3"], "")),
    row(K::TwoMinds, "Q27", "two-minds", "two minds, without argument", &[M, T], (Some(Miti::ComplexReflection), &[], "")),
    row(K::SmallStep, "Q28", "small-step", "a small step", &[A, E, G], (Some(Miti::Question), &["1.1", "8.7"], "")),
    row(K::WhenAndWhere, "Q29", "when-and-where", "when and where", &[A, G], (Some(Miti::Question), &["1.4"], "")),
    row(K::IfThen, "Q30", "if-then", "the if-then plan, shown back", &[G, T], (Some(Miti::SeekCollaboration), &["1.4"], "")),
    row(K::Obstacle, "Q31", "obstacle", "what could get in the way", &[A, G], (Some(Miti::Question), &["1.2"], "")),
    row(K::CopingPlan, "Q32", "coping-plan", "what to do then", &[A, G], (Some(Miti::Question), &["1.2"], "")),
    row(K::WhoHelps, "Q33", "who-helps", "who could help", &[A, G], (Some(Miti::Question), &["3.1", "3.2"], "")),
    row(K::Commit, "Q34", "commit", "are you going to try it; all answers are fine", &[M, E, G], (Some(Miti::EmphasiseAutonomy), &["1.9"], "")),
    row(K::Noticing, "Q35", "noticing", "look out for good signs", &[S, N], (Some(Miti::GivingInformation), &["2.4"], "")),
    row(K::WhatsBetter, "Q36", "whats-better", "what is better (EARS: elicit)", &[A, S, N], (Some(Miti::Question), &["1.7"], "4.5")),
    row(K::Amplify, "Q37", "amplify", "more about it (EARS: amplify)", &[A, S], (Some(Miti::Question), &["15.3"], "4.5")),
    row(K::Reinforce, "Q38", "reinforce", "how the person managed it (EARS: reinforce)", &[A, S, E], (Some(Miti::Question), &["15.3"], "4.5")),
    row(K::StartAgain, "Q39", "start-again", "what else is better (EARS: start again)", &[A, S], (Some(Miti::Question), &[], "4.5")),
    row(K::KeptSteady, "Q40", "kept-steady", "what kept it steady", &[A, S], (Some(Miti::Question), &["15.3"], "4.5")),
    row(K::Worse, "Q41", "worse", "acknowledges, asks what helped, gives a choice", &[T, E], (Some(Miti::EmphasiseAutonomy), &["1.2"], "4.5")),
    row(K::AllianceCheck, "Q42", "alliance-check", "one tap on how the talks feel", &[T, N], (Some(Miti::SeekCollaboration), &[], "")),
    row(K::Usefulness, "Q43", "usefulness", "how useful the talk was", &[T, N], (Some(Miti::SeekCollaboration), &[], "")),
    row(K::Setback, "Q44", "setback", "what a setback teaches", &[A, S], (Some(Miti::Question), &["1.2"], "")),
    row(K::KeepItGoing, "Q45", "keep-it-going", "how to keep it going", &[A, S, G], (Some(Miti::Question), &["1.2"], "")),
    row(K::LetterFromTheFuture, "Q46", "letter-from-the-future", "a letter from the future", &[S, E], (Some(Miti::Question), &["9.3"], "4.1")),
    row(K::GoalReview, "Q47", "goal-review", "is the goal still right", &[E, G], (Some(Miti::EmphasiseAutonomy), &["1.5", "1.7"], "")),
    row(K::Prepare, "Q48", "prepare", "prepares the talk with the link worker", &[N, T], (Some(Miti::SeekCollaboration), &[], "")),
    row(K::Ending, "Q49", "ending", "looks back and carries on", &[A, S], (Some(Miti::Question), &["15.3"], "4.6")),
    row(K::Housekeeping, "", "housekeeping", "language, name, settings", &[E], (None, &[], "")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_is_in_the_order_of_the_enum() {
        for (index, entry) in CATALOGUE.iter().enumerate() {
            assert_eq!(entry.technique as usize, index, "{}", entry.name);
            assert_eq!(Technique::from_name(entry.name), Some(entry.technique));
        }
        assert_eq!(Technique::catalogue().count(), 49);
    }

    #[test]
    fn every_mechanism_is_served_by_a_technique() {
        for mechanism in Mechanism::ALL {
            assert!(Technique::catalogue().any(|technique| technique.mechanisms().contains(&mechanism)), "{}", mechanism.name());
        }
    }
}
