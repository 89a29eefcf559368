//! Walks through states from an answer to the next question, gathering what is said on the way into one message.

use super::effect::{Effect, Line};
use super::{Step, facts, nudge, project, say};
use crate::content::dialogue::{Act, Ask, Dialogue, State, Target};
use crate::content::{Content, Understanding};
use crate::model::event::What;
use crate::model::goal::MAX_GOALS;
use crate::model::ids::QuestionNumber;
use crate::model::outbound::{Button, Lane};
use crate::model::patient::{Aside, Patient};
use crate::model::session::{Answer, Base, Session};
use crate::model::text::Words;
use chrono::{DateTime, Utc};

/// Most states that one step may pass through. The checks prove that no loop is without a question; this holds it at run time too.
const MAX_HOPS: usize = 64;
/// Name of the dialogue whose states work from everywhere.
pub const ALWAYS: &str = "always";

/// One step in the making.
pub struct Walk<'a> {
    /// Dialogues and texts.
    pub content: &'a Content,
    /// The patient, being changed.
    pub patient: Patient,
    /// The instant of this step.
    pub now: DateTime<Utc>,
    effects: Vec<Effect>,
    paragraphs: Vec<String>,
    buttons: Vec<Vec<Button>>,
    question: Option<QuestionNumber>,
    lane: Lane,
}

impl<'a> Walk<'a> {
    /// Begins a step.
    #[must_use]
    pub fn new(content: &'a Content, patient: Patient, now: DateTime<Utc>) -> Self {
        Self { content, patient, now, effects: Vec::new(), paragraphs: Vec::new(), buttons: Vec::new(), question: None, lane: Lane::Reply }
    }

    /// Ends the step: all paragraphs and the last keyboard become one message.
    pub fn finish(mut self) -> Step {
        project::project(&mut self.patient);
        if !self.paragraphs.is_empty() {
            let text = self.paragraphs.join("\n\n");
            self.effects.push(Effect::Say(Line { text, buttons: self.buttons, lane: self.lane, question: self.question }));
        }
        Step { patient: self.patient, effects: self.effects }
    }

    /// Whether this step would leave the person without any answer.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.paragraphs.is_empty() && !self.effects.iter().any(|effect| matches!(effect, Effect::Toast(_)))
    }

    /// The word lists of the patient's language.
    #[must_use]
    pub fn understanding(&self) -> &'a Understanding {
        self.content.understanding(&self.patient.language)
    }

    /// Adds a paragraph to this step's message.
    pub fn say(&mut self, paragraph: String) {
        if !paragraph.trim().is_empty() {
            self.paragraphs.push(paragraph);
        }
    }

    /// Adds a paragraph by the name of a message without variables.
    pub fn say_common(&mut self, message: &str) {
        let text = self.content.texts.format(&self.patient.language, message, None, &[]);
        self.say(text);
    }

    /// Sets the keyboard of this step's message.
    pub fn show(&mut self, buttons: Vec<Vec<Button>>, question: QuestionNumber) {
        self.buttons = buttons;
        self.question = Some(question);
    }

    /// This step's message takes another lane than a reply.
    pub fn take_lane(&mut self, lane: Lane) {
        self.lane = lane;
    }

    /// Adds an effect.
    pub fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Adds a line to the journal.
    pub fn note(&mut self, what: What) {
        self.effects.push(Effect::Note(what));
    }

    /// Keeps words which fit no question, as a note in the journal.
    pub fn keep_as_note(&mut self, text: &str) {
        let words = Words::new(text);
        if !words.is_blank() && self.patient.has_agreed() {
            self.note(What::Noted { words });
        }
    }

    /// The person wrote: so the chat is reachable, and a pause is over.
    pub fn wake(&mut self) {
        if self.patient.unreachable {
            self.patient.unreachable = false;
            self.note(What::Reachable { now: true });
        }
        if self.patient.paused {
            self.patient.paused = false;
        }
        if self.patient.timers.is_empty() {
            nudge::plan(self);
        }
    }

    /// A dialogue by name.
    #[must_use]
    pub fn dialogue(&self, name: &str) -> Option<&'a Dialogue> {
        self.content.dialogues.get(name)
    }

    /// The dialogue and state of the open question.
    #[must_use]
    pub fn open(&self) -> Option<(&'a Dialogue, usize)> {
        let session = self.patient.session.as_ref()?;
        let dialogue = self.dialogue(&session.dialogue)?;
        Some((dialogue, *dialogue.by_name.get(&session.state)?))
    }

    /// Where the content was edited so that the open state is gone: goes on from the last answered question that is still there, with all
    /// answers kept, or leaves the talk. True if that happened.
    pub fn recover(&mut self) -> bool {
        if self.patient.session.is_none() || self.open().is_some_and(|(dialogue, state)| asks(&dialogue.states, state)) {
            return false;
        }
        self.say_common("common-welcome-back");
        let name = self.patient.session.as_ref().map(|session| session.dialogue.clone()).unwrap_or_default();
        if let Some(dialogue) = self.dialogue(&name) {
            let way = way_on(dialogue, self.patient.session.as_ref());
            self.go(dialogue, &way);
        } else {
            self.close(true);
            super::interrupt::enter_always(self, "menu");
        }
        true
    }

    /// Begins a talk. An open one is left where it is; what was said in it is in the record.
    pub fn begin(&mut self, name: &str) {
        self.close(true);
        let Some(dialogue) = self.dialogue(name) else {
            return super::interrupt::enter_always(self, "menu");
        };
        let goal = self.patient.goals.len().saturating_sub(1);
        let base = Base {
            name: self.patient.name.clone(),
            consent: self.patient.consent.clone(),
            cadence: self.patient.cadence,
            goal: self.patient.goals.get(goal).cloned(),
            for_link_worker: self.patient.for_link_worker.clone(),
        };
        self.patient.aside = None;
        self.patient.parked = None;
        self.patient.session = Some(Session {
            dialogue: name.to_owned(),
            state: String::new(),
            question: self.patient.questions,
            answers: std::collections::BTreeMap::new(),
            undo: Vec::new(),
            base: Box::new(base),
            goal,
            asked: std::collections::BTreeMap::new(),
            not_understood: 0,
            last_words: None,
            idea_given: false,
            reminded: false,
            begun_at: self.now,
            touched_at: self.now,
        });
        self.note(What::Began { dialogue: name.to_owned() });
        self.go(dialogue, &Target::State(dialogue.start));
    }

    /// Ends the open talk; its answers stay in the record.
    pub fn close(&mut self, early: bool) {
        project::project(&mut self.patient);
        if let Some(session) = self.patient.session.take() {
            self.note(What::Ended { dialogue: session.dialogue, state: session.state, early });
        }
    }

    /// Goes to a target and on to the next question.
    pub fn go(&mut self, dialogue: &'a Dialogue, target: &Target) {
        let mut at = (dialogue, target.clone());
        for _ in 0..MAX_HOPS {
            // What was just answered must be in the record before a text or a fact looks at it.
            project::project(&mut self.patient);
            let (dialogue, target) = at;
            let index = match target {
                Target::State(index) => index,
                Target::End => return self.end(dialogue),
                Target::Begin(name) => return self.begin(&name),
                Target::Return => return self.ask_again(),
            };
            let Some(state) = dialogue.states.get(index) else { return self.end(dialogue) };
            match self.enter(dialogue, state) {
                Some(next) => at = (dialogue, next),
                None => return,
            }
        }
        self.end(dialogue);
    }

    /// Enters one state; `None` once a question is open.
    fn enter(&mut self, dialogue: &'a Dialogue, state: &'a State) -> Option<Target> {
        if let Some((most, then)) = &state.limit {
            let times = self.patient.session.as_ref().and_then(|session| session.asked.get(&state.name)).map_or(0, |asked| asked.times);
            if times >= *most {
                return Some(then.clone());
            }
        }
        if state.act == Some(Act::AskForHelp) && dialogue.name != ALWAYS {
            // The card comes at once, over the open question, with all that it can do.
            let text = say::wording(self, state);
            self.say(text);
            super::interrupt::enter_always(self, "urgent");
            return None;
        }
        if let Some(act) = state.act {
            self.act(act);
        }
        match &state.ask {
            Ask::Say { next } => {
                let text = say::wording(self, state);
                self.say(text);
                Some(next.clone())
            }
            Ask::Route { fact, to } => {
                let outcome = facts::outcome(self, *fact);
                let target = to.iter().find(|(name, _)| name == outcome).map(|(_, target)| target.clone());
                Some(target.unwrap_or(Target::End))
            }
            Ask::Text { .. } | Ask::Choice { .. } | Ask::Scale { .. } => {
                self.ask(dialogue, state);
                None
            }
        }
    }

    /// Asks a state's question under a new number.
    pub fn ask(&mut self, dialogue: &'a Dialogue, state: &'a State) {
        let question = QuestionNumber(self.patient.questions.0 + 1);
        self.patient.questions = question;
        if dialogue.name == ALWAYS {
            self.patient.aside = Some(Aside { state: state.name.clone(), question });
        } else if let Some(session) = &mut self.patient.session {
            session.state.clone_from(&state.name);
            session.question = question;
            session.not_understood = 0;
            session.idea_given = false;
            session.reminded = false;
            let asked = session.asked.entry(state.name.clone()).or_default();
            asked.times = asked.times.saturating_add(1);
        }
        let text = say::wording(self, state);
        self.say(text);
        let buttons = say::keyboard(self, state, question, false);
        self.show(buttons, question);
        self.note(What::Asked {
            dialogue: dialogue.name.clone(),
            state: state.name.clone(),
            technique: state.technique.map(|technique| technique.name().to_owned()).unwrap_or_default(),
            question,
        });
    }

    /// Asks the open question again in the words in which it was asked, under the same number: so both keyboards work until one is used.
    pub fn ask_again(&mut self) {
        self.patient.aside = None;
        if self.recover() {
            return;
        }
        let Some((dialogue, index)) = self.open() else {
            // A stopped talk is not asked on by itself: the person is told that it waits.
            if self.patient.parked.is_some() {
                super::interrupt::enter_always(self, "menu");
            }
            return;
        };
        let Some(state) = dialogue.states.get(index) else { return };
        let text = say::same_wording(self, state);
        self.say(text);
        self.show_open_keyboard(state);
    }

    /// Shows the keyboard of the open question.
    pub fn show_open_keyboard(&mut self, state: &'a State) {
        let Some((question, idea_given)) = self.patient.session.as_ref().map(|session| (session.question, session.idea_given)) else { return };
        let buttons = say::keyboard(self, state, question, idea_given);
        self.show(buttons, question);
    }

    /// The end of a dialogue.
    fn end(&mut self, dialogue: &Dialogue) {
        if dialogue.name == ALWAYS {
            self.patient.aside = None;
        } else {
            self.close(false);
            nudge::plan(self);
        }
    }

    fn act(&mut self, act: Act) {
        match act {
            Act::BeginGoal => {
                let goals = self.patient.goals.len();
                // Coming here again in one talk, or with no room for another goal, goes on with the same one.
                let fits = |session: &&mut Session| goals < MAX_GOALS && (session.base.goal.is_some() || session.goal >= goals);
                if let Some(session) = self.patient.session.as_mut().filter(fits) {
                    session.goal = goals;
                    session.base.goal = None;
                }
            }
            Act::TellLinkWorker => {
                self.patient.told_link_worker_at = Some(self.now);
                self.note(What::ToldLinkWorker);
            }
            Act::PlanCheckIns | Act::Resume => {
                if let Some(session) = self.patient.parked.take().filter(|_| act == Act::Resume) {
                    self.note(What::Began { dialogue: session.dialogue.clone() });
                    self.patient.session = Some(session);
                }
                self.patient.stopped = false;
                nudge::plan(self);
            }
            Act::RestPlan => {
                if let Some(session) = &mut self.patient.session {
                    session.answers.insert(crate::model::session::Slot::PlanNext, vec![Answer::Choice("rest".to_owned())]);
                }
            }
            Act::Pause => {
                self.patient.paused = true;
                self.patient.timers.clear();
            }
            Act::Stop => {
                self.patient.stopped = true;
                self.patient.timers.clear();
                let parked = self.patient.session.clone();
                self.close(true);
                self.patient.parked = parked.or_else(|| self.patient.parked.take());
            }
            Act::Erase => self.effect(Effect::Erase),
            Act::AskForHelp => {
                self.take_lane(Lane::Urgent);
                self.note(What::AskedForHelp);
            }
        }
    }
}

fn asks(states: &[State], index: usize) -> bool {
    states.get(index).is_some_and(|state| !matches!(state.ask, Ask::Say { .. } | Ask::Route { .. }))
}

/// Where a talk goes on whose open question is gone: from the last answered question that is still there, the way its answer leads.
fn way_on(dialogue: &Dialogue, session: Option<&Session>) -> Target {
    let answered = session.into_iter().flat_map(|session| session.undo.iter().rev().map(move |undo| (session, undo)));
    let mut known = answered.filter_map(|(session, undo)| {
        let index = *dialogue.by_name.get(&undo.state)?;
        let state = dialogue.states.get(index).filter(|_| asks(&dialogue.states, index))?;
        let answer = undo.wrote.as_ref().and_then(|(slot, _)| project::newest(session, *slot));
        Some(match (&state.ask, answer) {
            (Ask::Text { next, .. }, Some(_)) => next,
            (Ask::Choice { choices, .. }, Some(Answer::Choice(key))) => {
                choices.iter().find(|(name, _)| name == key).map_or(&state.skip, |(_, target)| target)
            }
            (Ask::Scale { to }, Some(Answer::Number(score, _))) => to.get(usize::from(*score)).unwrap_or(&state.skip),
            _ => &state.skip,
        })
    });
    known.next().cloned().unwrap_or(Target::State(dialogue.start))
}
