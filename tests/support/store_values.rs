//! Values for the tests of the store: patients, events, messages, and a store in a folder that goes away.

use cairn::model::event::{Event, What};
use cairn::model::goal::{Goal, Reading};
use cairn::model::ids::{ChatId, OutboundId, PatientId, QuestionNumber, UpdateId};
use cairn::model::link_worker::{Invitation, LinkWorker};
use cairn::model::outbound::{Button, Lane, Outbound};
use cairn::model::patient::{Cadence, Consent, Patient, Sharing};
use cairn::model::plan::{CopingPlan, Plan, PlanStatus};
use cairn::model::session::{Answer, Asked, Base, Session, Slot, Undo};
use cairn::model::text::Words;
use cairn::model::timer::{Timer, TimerKind};
use cairn::store::{Batch, MasterKey, PatientChange, Settings, Store};
use chrono::{DateTime, TimeDelta, Utc};
use std::fmt::Write;
use std::path::Path;

/// Monday morning, 2 March 2026, and so many minutes.
pub fn minutes(after: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_442_000, 0).expect("a time") + TimeDelta::minutes(after)
}

pub fn patient(number: u64) -> Patient {
    let words = |text: &str| Some(Words::new(&format!("{text} ({number})")));
    let goal = Goal {
        hope: words("feeling well enough to walk to the allotment"),
        difference: words("I would see people again"),
        details: vec![Words::new("boots by the door"), Words::new("a flask of tea")],
        readings: vec![Reading { score: 4, reason: words("I still go out for bread"), at: minutes(3) }],
        good_enough: Some(7),
        plans: vec![plan()],
        begun_at: Some(minutes(1)),
        ..Goal::default()
    };
    let id = PatientId(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let chat = ChatId(5_000_000_000 + i64::try_from(number).expect("small"));
    let worker = LinkWorker { name: "Amira".to_owned(), organisation: "Hilltop Surgery".to_owned() };
    Patient {
        revision: 1,
        name: words("Rosa"),
        consent: Consent { sharing: Sharing::WithLinkWorker, at: Some(minutes(0)) },
        cadence: Some(Cadence::Weekly),
        questions: QuestionNumber(7),
        session: Some(session(&goal)),
        goals: vec![goal],
        for_link_worker: words("mornings are hard"),
        timers: vec![Timer {
            kind: TimerKind::CheckIn,
            at: minutes(i64::try_from(number).expect("small") * 10),
            occurrence: minutes(0).date_naive(),
        }],
        ..Patient::new(id, chat, "en-GB", "Europe/London", Some(worker), minutes(0))
    }
}

fn plan() -> Plan {
    Plan {
        step: Words::new("walk to the gate"),
        cue: Some(Words::new("after lunch on Tuesday")),
        confidence: Some(6),
        confidence_reason: None,
        coping: Some(CopingPlan { obstacle: Words::new("rain"), response: Some(Words::new("umbrella")) }),
        helper: None,
        status: PlanStatus::Open,
        made_at: minutes(9),
    }
}

fn session(goal: &Goal) -> Session {
    Session {
        dialogue: "first-session".to_owned(),
        state: "scale-now".to_owned(),
        question: QuestionNumber(7),
        answers: [(Slot::Hope, vec![Answer::Words(Words::new("the allotment"), minutes(2))]), (Slot::Score, vec![Answer::Number(4, minutes(3))])]
            .into(),
        undo: vec![Undo { state: "best-hopes".to_owned(), wrote: Some((Slot::Hope, Vec::new())) }],
        base: Box::new(Base { goal: Some(goal.clone()), ..Base::default() }),
        goal: 0,
        asked: [("scale-now".to_owned(), Asked { times: 1, wordings: vec![2] })].into(),
        not_understood: 0,
        last_words: None,
        idea_given: false,
        reminded: false,
        begun_at: minutes(0),
        touched_at: minutes(4),
    }
}

pub fn events() -> Vec<Event> {
    vec![
        Event {
            at: minutes(3),
            what: What::Answered {
                state: "scale-now".to_owned(),
                question: QuestionNumber(6),
                slot: Some(Slot::Score),
                answer: Answer::Number(4, minutes(3)),
            },
        },
        Event { at: minutes(4), what: What::Noted { words: Words::new("the bus does not come on Sundays") } },
    ]
}

pub fn message(id: u64, to: &Patient) -> Outbound {
    Outbound {
        id: OutboundId(id),
        patient: Some(to.id),
        chat: to.chat,
        lane: Lane::Reply,
        text: "Suppose things were a little better: what would be different?".to_owned(),
        buttons: vec![vec![Button { label: "Skip".to_owned(), data: "7:skip".to_owned() }]],
        question: Some(QuestionNumber(7)),
        tries: 0,
        not_before: None,
    }
}

pub fn invitation() -> Invitation {
    Invitation {
        link_worker: Some(LinkWorker { name: "Amira".to_owned(), organisation: "Hilltop Surgery".to_owned() }),
        expires_at: minutes(60 * 24 * 14),
    }
}

/// A change of a new patient.
pub fn begun(patient: &Patient) -> PatientChange {
    PatientChange { patient: patient.clone(), expected_revision: None, events: events() }
}

/// A change of a known patient: the next revision.
pub fn changed(patient: &mut Patient) -> PatientChange {
    patient.revision += 1;
    PatientChange { patient: patient.clone(), expected_revision: Some(patient.revision - 1), events: events() }
}

pub fn open(folder: &Path, key: &MasterKey) -> Store {
    Store::open(folder, key, Settings::default()).expect("the store opens").0
}

/// Writes `count` patients with journals, a message each, an invitation, seen updates and a cursor; the last one is erased.
pub fn fill(store: &Store, count: u64) {
    let mut patients: Vec<Patient> = (1..=count).map(patient).collect();
    for (number, patient) in (1_u64..).zip(&patients) {
        let batch = Batch {
            now: Some(minutes(i64::try_from(number).expect("small"))),
            patients: vec![begun(patient)],
            outbound: vec![message(number, patient)],
            seen: vec![UpdateId(i64::try_from(number).expect("small") + 900_000)],
            cursor: Some(i64::try_from(number).expect("small") + 900_001),
            invitations: vec![(format!("code-{number}"), Some(invitation()))],
            ..Batch::default()
        };
        store.commit(batch).expect("a new patient is written");
    }
    let erased = patients.pop().expect("a patient").id;
    let batch = Batch {
        now: Some(minutes(500)),
        patients: patients.iter_mut().map(changed).collect(),
        settled: vec![OutboundId(1), OutboundId(2)],
        invitations: vec![("code-1".to_owned(), None)],
        erased: vec![erased],
        ..Batch::default()
    };
    store.commit(batch).expect("the patients are changed");
}

/// Everything that can be read from a store, to be compared; too long to be printed.
#[derive(PartialEq, Eq)]
pub struct Everything(pub String);

impl std::fmt::Debug for Everything {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Everything({} bytes)", self.0.len())
    }
}

pub fn everything(store: &Store) -> Everything {
    let mut text = String::new();
    for patient in store.patients() {
        let patient = patient.expect("a patient is read");
        assert_eq!(store.patient_by_chat(patient.chat).expect("the chat is looked up").as_ref(), Some(&patient));
        text += &serde_json::to_string(&patient).expect("JSON");
        text += &serde_json::to_string(&store.journal(patient.id).expect("the journal is read")).expect("JSON");
        text.push('\n');
    }
    text += &serde_json::to_string(&store.outbox().expect("the outbox is read")).expect("JSON");
    let invitations: Vec<_> = (1..40).map(|code| store.invitation(&format!("code-{code}")).expect("invitations are read")).collect();
    let due = store.due(minutes(100_000), 1_000).expect("the timers are read");
    let (next, seen) = (store.next_due().expect("the timers are read"), store.seen().expect("the seen are read"));
    let marks = (store.cursor(), store.last_wall(), store.next_outbound_id());
    write!(text, "{due:?} {next:?} {seen:?} {marks:?} {invitations:?}").expect("text is written");
    Everything(text)
}
