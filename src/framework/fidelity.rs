//! Fidelity criteria: observable behaviours of solution-focused talks, as checks on the script.
//! Source: UKASFP accreditation criteria (rev. June 2021), which number 1 to 4.3; the numbers from 4.4 on are ours (practice §2.2 marks them as background).

use super::technique::Technique;

/// One criterion that a dialogue must meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Criterion {
    /// Its number.
    pub number: &'static str,
    /// What it asks for.
    pub asks: &'static str,
    /// At least one of these techniques must be used in the dialogue.
    pub any_of: &'static [Technique],
}

/// What a first session must contain.
pub const FIRST_SESSION: &[Criterion] = &[
    Criterion { number: "1", asks: "questions that build on the last answer", any_of: &[Technique::WhatElse, Technique::Difference] },
    Criterion { number: "2", asks: "giving the person's words back", any_of: &[Technique::Echo] },
    Criterion { number: "3.1", asks: "an early question for what the person hopes for", any_of: &[Technique::BestHopes] },
    Criterion { number: "4.1", asks: "a description of the preferred future", any_of: &[Technique::Tomorrow] },
    Criterion { number: "4.2", asks: "a scale from now to the preferred future", any_of: &[Technique::Scaling] },
    Criterion { number: "4.2", asks: "why this number and not a lower one", any_of: &[Technique::WhyNotLower] },
    Criterion { number: "4.2", asks: "what helps the person cope, at 0", any_of: &[Technique::Coping] },
    Criterion { number: "4.3", asks: "examples of what already works", any_of: &[Technique::Instances] },
    Criterion { number: "4.4", asks: "small signs of moving up", any_of: &[Technique::OneUp] },
];

/// What a check-in must contain.
pub const CHECK_IN: &[Criterion] = &[
    Criterion { number: "1", asks: "questions that build on the last answer", any_of: &[Technique::Amplify] },
    Criterion { number: "4.2", asks: "a scale from now to the preferred future", any_of: &[Technique::Scaling] },
    Criterion { number: "4.5", asks: "what is better", any_of: &[Technique::WhatsBetter] },
    Criterion { number: "4.5", asks: "how the person managed it", any_of: &[Technique::Reinforce] },
    Criterion { number: "4.5", asks: "what kept it steady", any_of: &[Technique::KeptSteady] },
    Criterion { number: "4.5", asks: "what helped the person get through", any_of: &[Technique::Coping] },
];

/// The criteria for a dialogue of that name; empty for those that are not solution-focused talks.
#[must_use]
pub fn criteria(dialogue: &str) -> &'static [Criterion] {
    match dialogue {
        "first-session" => FIRST_SESSION,
        "check-in" => CHECK_IN,
        _ => &[],
    }
}
