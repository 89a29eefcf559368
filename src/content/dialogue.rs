//! Compiled dialogues: every name is resolved, every answer has a place to go.

use crate::framework::technique::Technique;
use crate::model::session::Slot;
use std::collections::BTreeMap;

/// One dialogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialogue {
    /// Its name, which is its file's name.
    pub name: String,
    /// Index of the first state.
    pub start: usize,
    /// States, in the order of the file.
    pub states: Vec<State>,
    /// State names, and former names, to index.
    pub by_name: BTreeMap<String, usize>,
}

/// One state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Its name.
    pub name: String,
    /// Fluent message: `<dialogue>-<state>`.
    pub message: String,
    /// The technique it uses; `None` only for `say` and `route`.
    pub technique: Option<Technique>,
    /// What it asks and where answers go.
    pub ask: Ask,
    /// Where the answer is kept.
    pub save: Option<Slot>,
    /// Where Skip goes.
    pub skip: Target,
    /// Whether Skip gets a button.
    pub skip_button: bool,
    /// Asked at most this often in a talk, then on to the target.
    pub limit: Option<(u8, Target)>,
    /// What the record does when the state is entered.
    pub act: Option<Act>,
    /// The command that enters it (only in `always`).
    pub command: Option<String>,
    /// Wordings, in the order of the file; empty only for `route`.
    pub wordings: Vec<Wording>,
    /// Whether there is an idea to give.
    pub idea: bool,
}

/// One wording of a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// `None` for the message's value, otherwise the attribute (`again`, `again-2`, …).
    pub attribute: Option<String>,
    /// The variables it needs.
    pub variables: Vec<Variable>,
}

/// What a state asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Free words.
    Text {
        /// Kinds of answers that go elsewhere.
        on: Vec<(TextKind, Target)>,
        /// Kinds that also get a button.
        buttons: Vec<TextKind>,
        /// Where all other words go.
        next: Target,
    },
    /// One of some buttons.
    Choice {
        /// Key and target, in the order of the buttons.
        choices: Vec<(String, Target)>,
        /// Buttons per row; `None` = by length.
        rows: Option<u8>,
    },
    /// A number from 0 to 10; one target each.
    Scale {
        /// Targets for 0..=10.
        to: [Target; 11],
    },
    /// Says its text and goes on.
    Say {
        /// Where to.
        next: Target,
    },
    /// Says nothing and goes by a fact.
    Route {
        /// The fact.
        fact: Fact,
        /// Outcome and target; exhaustive.
        to: Vec<(String, Target)>,
    },
}

/// Where an answer leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A state of the same dialogue.
    State(usize),
    /// The talk is over.
    End,
    /// The talk is over and another begins.
    Begin(String),
    /// Back to the open question (only from `always`).
    Return,
}

/// Kinds of free answers that a dialogue can tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextKind {
    /// Something the person wants less of (“less lonely”).
    Absence,
    /// A hope that another person changes.
    AboutOthers,
    /// “Don't know.”
    Unsure,
    /// “That's all.”
    ThatsAll,
    /// “Nothing.”
    Nothing,
    /// “No.”
    No,
    /// “The same.”
    Same,
    /// “Worse.”
    Worse,
}

impl TextKind {
    /// All kinds.
    pub const ALL: [Self; 8] = [Self::Absence, Self::AboutOthers, Self::Unsure, Self::ThatsAll, Self::Nothing, Self::No, Self::Same, Self::Worse];

    /// Its name in dialogue files and button data.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Absence => "absence",
            Self::AboutOthers => "about-others",
            Self::Unsure => "unsure",
            Self::ThatsAll => "thats-all",
            Self::Nothing => "nothing",
            Self::No => "no",
            Self::Same => "same",
            Self::Worse => "worse",
        }
    }

    /// Whether such an answer says that there is nothing to keep: it only tells where to go.
    #[must_use]
    pub fn says_no_more(self) -> bool {
        !matches!(self, Self::Absence | Self::AboutOthers)
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

macro_rules! closed_names {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in dialogue and text files.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The one of that name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == name)
            }
        }
    };
}

closed_names! {
    /// What a `route` can go by.
    Fact {
        /// This talk's score against the last one.
        ScoreChange = "score-change",
        /// Whether there is a plan to try.
        Plan = "plan",
        /// Whether a link worker invited the person.
        LinkWorker = "link-worker",
        /// Who may see the answers.
        Sharing = "sharing",
        /// How sure the person is of the plan (below 7 is low).
        Confidence = "confidence",
        /// Whether a hope was said.
        Hope = "hope",
        /// Whether there is a language to choose.
        Languages = "languages",
        /// Whether an appointment is known.
        Appointment = "appointment",
        /// Whether a check-in rhythm was chosen.
        Cadence = "cadence",
        /// Whether a talk is open.
        Talk = "talk",
        /// Whether there is a goal.
        Goal = "goal",
    }
}

impl Fact {
    /// The outcomes that a `route` must cover.
    #[must_use]
    pub fn outcomes(self) -> &'static [&'static str] {
        match self {
            Self::ScoreChange => &["first", "down", "same", "up"],
            Self::Plan | Self::LinkWorker | Self::Hope | Self::Appointment | Self::Goal => &["yes", "no"],
            Self::Sharing => &["with-link-worker", "only-me"],
            Self::Confidence => &["low", "high", "unknown"],
            Self::Languages => &["one", "many"],
            Self::Cadence => &["chosen", "off", "none"],
            Self::Talk => &["open", "none"],
        }
    }
}

closed_names! {
    /// What the record does when a state is entered.
    Act {
        /// The talk's answers go to a new goal.
        BeginGoal = "begin-goal",
        /// The link worker is told.
        TellLinkWorker = "tell-link-worker",
        /// Timers are set from the cadence.
        PlanCheckIns = "plan-check-ins",
        /// The plan is left for now.
        RestPlan = "rest-plan",
        /// Nothing is sent until the patient writes.
        Pause = "pause",
        /// No more timers, and the open talk is left.
        Stop = "stop",
        /// Timers run again.
        Resume = "resume",
        /// The record is destroyed.
        Erase = "erase",
        /// Journal: urgent help was asked for.
        AskForHelp = "ask-for-help",
    }
}

closed_names! {
    /// What a text can quote.
    Variable {
        /// What the person is called.
        Name = "name",
        /// The link worker's name.
        Worker = "worker",
        /// Their organisation.
        Organisation = "organisation",
        /// Slot.
        Hope = "hope",
        /// Slot.
        Problem = "problem",
        /// Slot.
        Difference = "difference",
        /// Slot (newest).
        Detail = "detail",
        /// Slot.
        Noticer = "noticer",
        /// Slot, as a number.
        Score = "score",
        /// Score plus one.
        NextScore = "next-score",
        /// The score of an earlier talk.
        LastScore = "last-score",
        /// Slot.
        Reason = "reason",
        /// Slot (newest).
        Instance = "instance",
        /// Slot (newest).
        How = "how",
        /// Slot.
        Sign = "sign",
        /// Slot.
        Step = "step",
        /// Slot.
        Cue = "cue",
        /// Slot, as a number.
        Confidence = "confidence",
        /// Slot.
        Obstacle = "obstacle",
        /// Slot.
        Response = "response",
        /// Slot.
        Helper = "helper",
        /// Slot, as a number.
        GoodEnough = "good-enough",
        /// Slot (newest).
        Better = "better",
        /// The last words given in this talk.
        Answer = "answer",
        /// The check-in rhythm in words.
        CheckIn = "check-in",
        /// The summary card.
        Card = "card",
        /// All goals in words.
        Goals = "goals",
        /// What is kept, in words.
        Data = "data",
        /// The next appointment in words.
        Appointment = "appointment",
        /// The lines of the urgent card.
        Helplines = "helplines",
    }
}
