//! Laws of the core, tried on arbitrary talks.

use cairn::content::Content;
use cairn::engine::effect::Effect;
use cairn::engine::input::Input;
use cairn::engine::understand::number::{Score, score};
use cairn::engine::{nudge, step};
use cairn::model::ids::{ChatId, PatientId};
use cairn::model::link_worker::LinkWorker;
use cairn::model::patient::Patient;
use cairn::model::text::Words;
use cairn::model::timer::TimerKind;
use chrono::{DateTime, Duration, TimeZone, Timelike, Utc};
use proptest::prelude::*;
use std::sync::LazyLock;

static CONTENT: LazyLock<Content> = LazyLock::new(|| Content::shipped().unwrap_or_else(|report| panic!("{report}")));

fn start_of_test() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).unwrap()
}

fn newcomer(id: u64) -> Patient {
    let worker = LinkWorker { name: "Sam".to_owned(), organisation: "Riverside Surgery".to_owned() };
    Patient::new(PatientId(id), ChatId(1), "en-GB", "Europe/London", Some(worker), start_of_test())
}

/// What a person might do; `Button` is whichever button the last message had.
#[derive(Debug, Clone)]
enum Deed {
    Say(String),
    Button(usize),
    Command(&'static str),
    Tap(String),
    Wait(i64),
    Voice,
    Edit(String),
}

fn deed() -> impl Strategy<Value = Deed> {
    let odd = prop_oneof![
        Just("\u{200b}\u{200d}".to_owned()),
        Just("\0".to_owned()),
        Just("\u{202e}gnp.exe\u{202c}".to_owned()),
        Just("{ $hope } “{name}” <b>*_`".to_owned()),
        Just("👩‍👩‍👧‍👦".repeat(160)),
        Just("a".repeat(4096)),
        Just(format!("z{}", "\u{301}".repeat(4000))),
        Just("👩‍👩‍👧‍👦 ".repeat(300)),
        Just("٣".to_owned()),
        Just("3 or 4".to_owned()),
    ];
    prop_oneof![
        6 => (0usize..12).prop_map(Deed::Button),
        5 => "[a-z ]{1,40}".prop_map(Deed::Say),
        2 => "\\PC{0,60}".prop_map(Deed::Say),
        2 => odd.prop_map(Deed::Say),
        3 => proptest::sample::select(vec!["back", "skip", "help", "goals", "stop", "pause", "start", "urgent", "mydata", "language", "checkin", "menu", "x"]).prop_map(Deed::Command),
        1 => "[0-9]{1,3}\\.[a-z-]{1,10}".prop_map(Deed::Tap),
        2 => (1i64..400).prop_map(Deed::Wait),
        1 => Just(Deed::Voice),
        1 => "[a-z ]{1,20}".prop_map(Deed::Edit),
    ]
}

struct Talk {
    patient: Patient,
    buttons: Vec<String>,
    now: DateTime<Utc>,
    erased: bool,
}

impl Talk {
    fn begin(id: u64) -> Self {
        let mut talk = Self { patient: newcomer(id), buttons: Vec::new(), now: start_of_test(), erased: false };
        talk.give(Input::Command { name: "start".to_owned(), argument: String::new() });
        talk
    }

    fn give(&mut self, input: Input) -> Vec<Effect> {
        let after = step(&CONTENT, self.patient.clone(), input, self.now);
        self.patient = after.patient;
        for effect in &after.effects {
            match effect {
                Effect::Say(line) => {
                    let units = line.text.encode_utf16().count();
                    assert!((1..=4096).contains(&units), "{units} UTF-16 units");
                    self.buttons = line.buttons.iter().flatten().map(|button| button.data.clone()).collect();
                }
                Effect::Erase => self.erased = true,
                _ => {}
            }
        }
        after.effects
    }

    fn act(&mut self, deed: Deed) {
        match deed {
            Deed::Say(text) => drop(self.give(Input::Text(text))),
            Deed::Button(index) => {
                if let Some(data) = self.buttons.get(index % self.buttons.len().max(1)).cloned() {
                    self.give(Input::Tap(data));
                }
            }
            Deed::Command(name) => drop(self.give(Input::Command { name: name.to_owned(), argument: String::new() })),
            Deed::Tap(data) => drop(self.give(Input::Tap(data))),
            Deed::Wait(hours) => {
                self.now += Duration::hours(hours);
                self.give(Input::Timer(TimerKind::CheckIn));
            }
            Deed::Voice => drop(self.give(Input::Media { kind: "voice".to_owned(), reference: None })),
            Deed::Edit(text) => drop(self.give(Input::Edited(text))),
        }
    }
}

/// The record without what only counts up or says where the talk stands.
fn record(patient: &Patient) -> (Option<Words>, Vec<cairn::model::goal::Goal>, cairn::model::patient::Sharing, Option<Words>) {
    (patient.name.clone(), patient.goals.clone(), patient.consent.sharing, patient.for_link_worker.clone())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_talk_whatever_makes_the_core_fail_or_grow_without_bound(id in any::<u64>(), deeds in prop::collection::vec(deed(), 1..90)) {
        let mut talk = Talk::begin(id);
        for deed in deeds {
            talk.act(deed);
            if talk.erased {
                break;
            }
            prop_assert!(talk.patient.goals.len() <= cairn::model::goal::MAX_GOALS);
            prop_assert!(serde_json::to_vec(&talk.patient).unwrap().len() < 2_000_000);
        }
    }

    #[test]
    fn a_patient_survives_being_written_down_and_read_again(id in any::<u64>(), deeds in prop::collection::vec(deed(), 1..40)) {
        let mut talk = Talk::begin(id);
        for deed in deeds {
            talk.act(deed);
            let written = serde_json::to_vec(&talk.patient).unwrap();
            let read: Patient = serde_json::from_slice(&written).unwrap();
            prop_assert_eq!(&read, &talk.patient);
        }
    }

    #[test]
    fn an_answer_taken_back_is_as_if_it_had_never_been_given(id in any::<u64>(), deeds in prop::collection::vec(deed(), 0..40), last in 0usize..12, words in "[a-z]{3,12} [a-z]{3,12} [a-z]{3,12}") {
        let mut talk = Talk::begin(id);
        for deed in deeds {
            talk.act(deed);
        }
        let before = talk.patient.clone();
        let Some(session) = before.session.clone().filter(|_| !talk.erased) else { return Ok(()) };
        if last % 2 == 0 {
            talk.give(Input::Text(words));
        } else {
            talk.act(Deed::Button(last));
        }
        let Some(after) = talk.patient.session.as_ref() else { return Ok(()) };
        let answered = after.dialogue == session.dialogue && after.begun_at == session.begun_at && after.undo.len() == session.undo.len() + 1;
        if answered && session.undo.len() + 1 < cairn::model::session::MAX_UNDO {
            talk.give(Input::Command { name: "back".to_owned(), argument: String::new() });
            prop_assert_eq!(record(&talk.patient), record(&before));
            prop_assert_eq!(&talk.patient.session.as_ref().unwrap().state, &session.state);
        }
    }

    #[test]
    fn a_stale_tap_changes_nothing(id in any::<u64>(), deeds in prop::collection::vec(deed(), 0..30)) {
        let mut talk = Talk::begin(id);
        for deed in deeds {
            talk.act(deed);
        }
        if talk.erased || talk.patient.questions.0 < 3 {
            return Ok(());
        }
        let before = record(&talk.patient);
        let where_before = talk.patient.session.as_ref().map(|session| (session.state.clone(), session.question));
        let effects = talk.give(Input::Tap("1.no".to_owned()));
        prop_assert!(!effects.is_empty());
        let open_one = where_before.as_ref().is_some_and(|(_, question)| question.0 == 1);
        if !open_one {
            prop_assert_eq!(record(&talk.patient), before);
            prop_assert_eq!(talk.patient.session.as_ref().map(|session| (session.state.clone(), session.question)), where_before);
        }
    }

    #[test]
    fn a_number_from_nought_to_ten_is_read_in_every_script(value in 0u8..=10, script in proptest::sample::select(vec![0x30u32, 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xbe6, 0xe50, 0x1040, 0xff10])) {
        let digit = |n: u8| char::from_u32(script + u32::from(n)).unwrap();
        let written: String = if value == 10 { [digit(1), digit(0)].iter().collect() } else { digit(value).to_string() };
        let words = CONTENT.understanding("en-GB");
        prop_assert_eq!(score(&written, words), Score::Value(value));
        prop_assert_eq!(score(&format!("about a {written}"), words), Score::Value(value));
        prop_assert_eq!(score(&format!("{written}/10"), words), Score::Value(value));
        prop_assert_eq!(score(&format!("{written} weeks"), words), Score::None);
    }

    #[test]
    fn a_quotation_is_the_persons_own_words_and_never_longer_than_asked(text in "\\PC{0,300}", limit in 8usize..120) {
        use unicode_segmentation::UnicodeSegmentation;
        let quoted = Words::new(&text).quoted(limit);
        prop_assert!(quoted.graphemes(true).count() <= limit + 1);
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert!(line.starts_with(quoted.trim_end_matches('…').trim_end()));
    }

    #[test]
    fn a_local_time_is_a_real_instant_on_every_day_in_every_zone(zone in 0..chrono_tz::TZ_VARIANTS.len(), day in 0i64..3650, hour in 0u32..24, minute in 0u32..60) {
        let zone = chrono_tz::TZ_VARIANTS[zone];
        let date = start_of_test().date_naive() + Duration::days(day);
        let time = chrono::NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
        let at = nudge::instant(zone, date, time);
        // Zones that jumped the date line have whole days that never were; none lies in these years.
        let local = at.expect("an instant").with_timezone(&zone).naive_local();
        let late = local - date.and_time(time);
        prop_assert!(late >= Duration::zero() && late <= Duration::hours(3), "{zone} {date} {time} → {local}");
    }

    #[test]
    fn a_check_in_is_never_planned_into_quiet_hours(id in any::<u64>(), zone in 0..chrono_tz::TZ_VARIANTS.len(), hours in 0i64..90_000) {
        let mut patient = newcomer(id);
        patient.zone = chrono_tz::TZ_VARIANTS[zone].name().to_owned();
        patient.consent.sharing = cairn::model::patient::Sharing::OnlyMe;
        patient.cadence = Some(cairn::model::patient::Cadence::TwiceAWeek);
        let now = start_of_test() + Duration::hours(hours);
        let after = step(&CONTENT, patient, Input::Text("hello".to_owned()), now).patient;
        for timer in &after.timers {
            let local = timer.at.with_timezone(&nudge::zone(&after));
            prop_assert!(timer.at > now && (9..20).contains(&local.hour()), "{local}");
        }
    }
}
