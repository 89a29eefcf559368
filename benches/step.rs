//! One answer in the middle of a first session: the step and the rendering of what it says. Goal: under 100 µs.

use cairn::content::Content;
use cairn::engine::input::Input;
use cairn::engine::step;
use cairn::model::ids::{ChatId, PatientId};
use cairn::model::patient::Patient;
use chrono::{TimeZone, Utc};
use criterion::{BatchSize, Criterion};

fn steps(criterion: &mut Criterion) {
    let content = Content::shipped().unwrap_or_else(|report| panic!("{report}"));
    let now = Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).single().unwrap_or_default();
    let mut patient = Patient::new(PatientId(7), ChatId(1), "en-GB", "Europe/London", None, now);
    patient = step(&content, patient, Input::Command { name: "start".to_owned(), argument: String::new() }, now).patient;
    let mut rounds = 0;
    // To the scale, by taking the first way through whatever is asked.
    while patient.session.as_ref().is_none_or(|session| session.state != "scale-now") && rounds < 40 {
        let (question, agreeing) = patient.session.as_ref().map(|session| (session.question.0, session.state.clone())).unwrap_or_default();
        let words = format!("someone to have a natter with, number {question}");
        let before = agreeing.clone();
        let next = step(&content, patient.clone(), Input::Text(words), now).patient;
        let moved = next.session.as_ref().is_some_and(|session| session.state != before);
        patient = if moved { next } else { step(&content, patient, Input::Text("yes".to_owned()), now).patient };
        if patient.session.as_ref().is_some_and(|session| session.state == before) {
            patient = step(&content, patient, Input::Text("1".to_owned()), now).patient;
        }
        rounds += 1;
    }
    assert!(patient.session.as_ref().is_some_and(|session| session.state == "scale-now"), "the bench must stand at the scale");
    let tap = format!("{}.3", patient.session.as_ref().map(|session| session.question.0).unwrap_or_default());
    let after = step(&content, patient.clone(), Input::Tap(tap.clone()), now);
    assert!(after.patient.session.is_some_and(|session| session.state == "why-not-lower"), "the tap must be taken as an answer");
    criterion.bench_function("step and render: a tap on the scale", |bencher| {
        bencher.iter_batched(
            || (patient.clone(), Input::Tap(tap.clone())),
            |(patient, input)| step(&content, patient, input, now),
            BatchSize::SmallInput,
        );
    });
    criterion.bench_function("step and render: help, and the question again", |bencher| {
        bencher.iter_batched(
            || patient.clone(),
            |patient| step(&content, patient, Input::Command { name: "help".to_owned(), argument: String::new() }, now),
            BatchSize::SmallInput,
        );
    });
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    steps(&mut criterion);
    criterion.final_summary();
}
