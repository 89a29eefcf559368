//! Laws of the store's smallest parts, for values that nobody chose: keys order like values, values survive, seals hold.

#[path = "support/store_values.rs"]
#[expect(dead_code, reason = "the other tests of the store use the rest")]
mod store_values;

use cairn::model::ids::{OutboundId, PatientId};
use cairn::model::outbound::Outbound;
use cairn::model::patient::Patient;
use cairn::model::text::Words;
use cairn::store::codec::{self, Shape};
use cairn::store::keys::{self, Kind};
use cairn::store::seal::{self, Owner, SealError, Secret};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::collection::vec;
use proptest::prelude::*;

/// Instants of every age, whole milliseconds.
fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    (-62_000_000_000_000_i64..250_000_000_000_000).prop_map(|millis| DateTime::from_timestamp_millis(millis).expect("in range"))
}

fn some_patient() -> impl Strategy<Value = Patient> {
    (1_u64..1_000_000, any::<u64>(), "\\PC{0,60}", vec("\\PC{0,40}", 0..6), proptest::option::of(0_u8..=10), any::<[bool; 3]>(), instant()).prop_map(
        |(number, revision, name, details, good_enough, [paused, stopped, talking], at)| {
            let mut patient = store_values::patient(number);
            patient.revision = revision;
            patient.name = (!name.is_empty()).then(|| Words::new(&name));
            patient.goals[0].details = details.iter().map(|detail| Words::new(detail)).collect();
            patient.goals[0].good_enough = good_enough;
            (patient.paused, patient.stopped, patient.timers[0].at) = (paused, stopped, at);
            if !talking {
                patient.session = None;
            }
            patient
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn keys_order_like_the_values_in_them(one: (u64, u64), other: (u64, u64), at in instant(), later in instant()) {
        let (a, b) = (PatientId(one.0), PatientId(other.0));
        prop_assert_eq!(keys::patient(a).cmp(&keys::patient(b)), a.cmp(&b));
        prop_assert_eq!(keys::journal(a, one.1).cmp(&keys::journal(b, other.1)), one.cmp(&other));
        prop_assert_eq!(keys::outbox(OutboundId(one.0)).cmp(&keys::outbox(OutboundId(other.0))), one.0.cmp(&other.0));
        prop_assert_eq!(keys::seen(one.0).cmp(&keys::seen(other.0)), one.0.cmp(&other.0));
        prop_assert_eq!(keys::due(at, a).cmp(&keys::due(later, b)), (at, a).cmp(&(later, b)));
        prop_assert_eq!(keys::read_due(&keys::due(at, a)), Some((at, a)));
        prop_assert_eq!(keys::due(at, a) < keys::due_end(later), at <= later);
        prop_assert!(keys::journal(a, one.1).starts_with(&keys::journal_of(a)));
    }

    #[test]
    fn a_timer_between_two_milliseconds_is_never_due_too_early(at in instant(), nanos in 1_i64..1_000_000, a: u64) {
        let exact = at + TimeDelta::nanoseconds(nanos);
        prop_assert!(keys::due(exact, PatientId(a)) >= keys::due_end(at));
        prop_assert!(keys::due(exact, PatientId(a)) < keys::due_end(at + TimeDelta::milliseconds(1)));
    }

    #[test]
    fn every_key_says_what_it_is_and_nothing_else_does(id: u64, bytes in vec(any::<u8>(), 0..40)) {
        prop_assert_eq!(Kind::of(&keys::patient(PatientId(id))), Some(Kind::Patient));
        prop_assert_eq!(Kind::of(&keys::journal(PatientId(id), 1)), Some(Kind::Journal));
        prop_assert_eq!(Kind::of(&keys::erased(PatientId(id))), Some(Kind::Erased));
        prop_assert_eq!(Kind::of(&keys::hashed(Kind::Chat, &[7; 32])), Some(Kind::Chat));
        prop_assert_eq!(Kind::of(&keys::manifest()), Some(Kind::Manifest));
        prop_assert_eq!(keys::read_patient(&keys::erased(PatientId(id))), Some(PatientId(id)));
        if let Some(kind) = Kind::of(&bytes) {
            prop_assert_eq!(kind.letter(), bytes[0]);
        }
    }

    #[test]
    fn patients_and_messages_survive_the_codec(patient in some_patient(), text in "\\PC{1,200}") {
        let bytes = codec::encode(&patient).unwrap();
        codec::check_version(&bytes).unwrap();
        prop_assert_eq!(codec::decode::<Patient>(Shape::Patient, &bytes).unwrap(), patient.clone());
        let message = Outbound { text, ..store_values::message(4, &patient) };
        prop_assert_eq!(codec::decode::<Outbound>(Shape::Outbound, &codec::encode(&message).unwrap()).unwrap(), message);
    }

    #[test]
    fn bytes_that_are_no_value_are_refused_without_a_panic(bytes in vec(any::<u8>(), 0..200)) {
        prop_assert!(codec::decode::<Patient>(Shape::Patient, &bytes).is_err());
        prop_assert!(seal::unseal(&Secret::new([1; 32]), b"p", &bytes).is_err());
    }

    #[test]
    fn a_sealed_value_opens_only_as_it_was_sealed(plain in vec(any::<u8>(), 0..300), id: u64, number: u64, place: usize, bit in 0_u8..8) {
        let (secret, key) = (Secret::random().unwrap(), keys::patient(PatientId(id)));
        let sealed = seal::seal(&secret, Owner::Patient(PatientId(id)), &key, number, &plain).unwrap();
        prop_assert_eq!(seal::outside(&sealed).unwrap(), seal::Outside { owner: Owner::Patient(PatientId(id)), sequence: number });
        prop_assert_eq!(seal::unseal(&secret, &key, &sealed).unwrap(), plain);
        let mut altered = sealed.clone();
        let at = place % altered.len();
        altered[at] ^= 1 << bit;
        prop_assert!(seal::unseal(&secret, &key, &altered).is_err(), "altered at {}", at);
        prop_assert!(seal::unseal(&secret, &key, &sealed[..at]).is_err(), "cut at {}", at);
        prop_assert_eq!(seal::unseal(&secret, &keys::patient(PatientId(id ^ 1)), &sealed), Err(SealError::Refused));
        prop_assert_eq!(seal::unseal(&secret, &keys::outbox(OutboundId(id)), &sealed), Err(SealError::Refused));
        prop_assert_eq!(seal::unseal(&Secret::random().unwrap(), &key, &sealed), Err(SealError::Refused));
    }

    #[test]
    fn the_same_value_is_never_sealed_twice_the_same(plain in vec(any::<u8>(), 0..64)) {
        let secret = Secret::new([9; 32]);
        let sealed = || seal::seal(&secret, Owner::System, b"key", 1, &plain).unwrap();
        prop_assert_ne!(sealed(), sealed());
    }
}
