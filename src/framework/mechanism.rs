//! The seven mechanisms of action in three groups (Walker, Griffiths & Jiang 2023; only the abstract's structure is used).

/// How a prompt is meant to work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mechanism {
    /// Asking questions.
    AskingQuestions,
    /// Motivational interviewing.
    MotivationalInterviewing,
    /// Therapeutic alliance.
    TherapeuticAlliance,
    /// Empowerment.
    Empowerment,
    /// Active engagement.
    ActiveEngagement,
    /// Solution building.
    SolutionBuilding,
    /// Goal and action orientation.
    GoalAndAction,
}

/// The three groups of mechanisms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Theme {
    /// How the talk is held.
    Conversation,
    /// How the person takes part.
    Person,
    /// Where the talk is going.
    Direction,
}

impl Mechanism {
    /// All seven, in the order of the framework.
    pub const ALL: [Self; 7] = [
        Self::AskingQuestions,
        Self::MotivationalInterviewing,
        Self::TherapeuticAlliance,
        Self::Empowerment,
        Self::ActiveEngagement,
        Self::SolutionBuilding,
        Self::GoalAndAction,
    ];

    /// Its name in plain words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AskingQuestions => "asking questions",
            Self::MotivationalInterviewing => "motivational interviewing",
            Self::TherapeuticAlliance => "therapeutic alliance",
            Self::Empowerment => "empowerment",
            Self::ActiveEngagement => "active engagement",
            Self::SolutionBuilding => "solution building",
            Self::GoalAndAction => "goal and action orientation",
        }
    }

    /// Its group.
    #[must_use]
    pub fn theme(self) -> Theme {
        match self {
            Self::AskingQuestions | Self::MotivationalInterviewing | Self::TherapeuticAlliance => Theme::Conversation,
            Self::Empowerment | Self::ActiveEngagement => Theme::Person,
            Self::SolutionBuilding | Self::GoalAndAction => Theme::Direction,
        }
    }
}
