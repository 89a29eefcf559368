//! What the store promises: all or nothing, sealed, erased for ever, restored as it was.

#[path = "support/store_values.rs"]
mod store_values;

use cairn::model::ids::{ChatId, OutboundId, UpdateId};
use cairn::store::{BackupKey, Batch, Durability, MasterKey, OpenError, Opened, Settings, Store, StoreError};
use std::path::Path;
use store_values::{begun, changed, events, everything, fill, message, minutes, open, patient};

/// Whether `needle` is in any file below `folder`.
fn found_below(folder: &Path, needle: &str) -> bool {
    std::fs::read_dir(folder).expect("a folder").any(|entry| {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            return found_below(&path, needle);
        }
        let bytes = std::fs::read(&path).expect("a file");
        bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
    })
}

#[test]
fn a_first_start_says_that_it_made_a_new_store_and_the_next_one_that_it_found_it() {
    let (home, key) = (tempfile::tempdir().unwrap(), MasterKey::random());
    assert_eq!(Store::open(home.path(), &key, Settings::default()).unwrap().1, Opened::New);
    assert_eq!(Store::open(home.path(), &key, Settings::default()).unwrap().1, Opened::Existing);
}

#[test]
fn what_was_written_is_read_back_after_reopening_under_both_settings() {
    for durability in [Durability::Power, Durability::Process] {
        let (home, key) = (tempfile::tempdir().unwrap(), MasterKey::random());
        let settings = Settings { durability, ..Settings::default() };
        let store = Store::open(home.path(), &key, settings).unwrap().0;
        fill(&store, 30);
        let before = everything(&store);
        drop(store);
        assert_eq!(everything(&Store::open(home.path(), &key, settings).unwrap().0), before);
    }
}

#[test]
fn what_is_read_is_what_was_meant() {
    let (home, key) = (tempfile::tempdir().unwrap(), MasterKey::random());
    let store = open(home.path(), &key);
    fill(&store, 5);
    let mut first = patient(1);
    first.revision = 2;
    assert_eq!(store.patient(first.id).unwrap(), Some(first.clone()));
    assert_eq!(store.patient_by_chat(ChatId(404)).unwrap(), None);
    assert_eq!(store.journal(first.id).unwrap(), [events(), events()].concat());
    assert_eq!(store.outbox().unwrap().iter().map(|message| message.id.0).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(store.next_outbound_id(), OutboundId(6));
    assert_eq!(store.cursor(), Some(900_006));
    assert_eq!(store.last_wall(), Some(minutes(500)));
    assert_eq!(store.seen().unwrap()[0], (UpdateId(900_001), minutes(1)));
    assert!(store.invitation("code-1").unwrap().is_none() && store.invitation("code-2").unwrap().is_some());
    assert_eq!(store.due(minutes(20), 10).unwrap(), [patient(1).id, patient(2).id]);
    assert_eq!(store.due(minutes(999), 1).unwrap(), [patient(1).id]);
    assert_eq!(store.next_due().unwrap(), Some(minutes(10)));
}

#[test]
fn a_conflict_writes_nothing_at_all() {
    let (home, key) = (tempfile::tempdir().unwrap(), MasterKey::random());
    let store = open(home.path(), &key);
    fill(&store, 5);
    let before = everything(&store);
    let (mut known, new) = (patient(1), patient(50));
    let stale = changed(&mut known);
    let batch =
        Batch { now: Some(minutes(900)), patients: vec![begun(&new), stale], outbound: vec![message(99, &new)], cursor: Some(1), ..Batch::default() };
    assert!(matches!(store.commit(batch), Err(StoreError::Conflict { expected: Some(1), found: Some(2), .. })));
    assert_eq!(everything(&store), before);
    let again = Batch { patients: vec![begun(&patient(2))], ..Batch::default() };
    assert!(matches!(store.commit(again), Err(StoreError::Conflict { expected: None, found: Some(2), .. })));
    drop(store);
    assert_eq!(everything(&open(home.path(), &key)), before);
}

#[test]
fn a_batch_that_breaks_the_rules_is_refused_and_the_store_goes_on() {
    let (home, key) = (tempfile::tempdir().unwrap(), MasterKey::random());
    let store = open(home.path(), &key);
    fill(&store, 3);
    let mut other = patient(7);
    other.chat = patient(1).chat;
    let refused = [
        Batch { patients: vec![begun(&patient(8)), begun(&patient(8))], ..Batch::default() },
        Batch { seen: vec![UpdateId(1)], ..Batch::default() },
        Batch { now: Some(minutes(1)), patients: vec![begun(&patient(8))], erased: vec![patient(8).id], ..Batch::default() },
        Batch { now: Some(minutes(1)), outbound: vec![message(9, &patient(1))], erased: vec![patient(1).id], ..Batch::default() },
        Batch { patients: vec![begun(&other)], ..Batch::default() },
        Batch { patients: vec![begun(&patient(3))], ..Batch::default() },
    ];
    let before = everything(&store);
    for batch in refused {
        assert!(matches!(store.commit(batch), Err(StoreError::BadBatch(_) | StoreError::ChatTaken { .. } | StoreError::Erased { .. })));
    }
    assert_eq!(everything(&store), before);
    store.commit(Batch { patients: vec![begun(&patient(8))], ..Batch::default() }).unwrap();
}

#[test]
fn moving_a_timer_or_a_chat_moves_its_index() {
    let (home, key) = (tempfile::tempdir().unwrap(), MasterKey::random());
    let store = open(home.path(), &key);
    let mut rosa = patient(1);
    store.commit(Batch { patients: vec![begun(&rosa)], ..Batch::default() }).unwrap();
    let old_chat = rosa.chat;
    rosa.chat = ChatId(77);
    rosa.timers[0].at = minutes(30) + chrono::TimeDelta::microseconds(1);
    store.commit(Batch { patients: vec![changed(&mut rosa)], ..Batch::default() }).unwrap();
    assert_eq!((store.patient_by_chat(old_chat).unwrap(), store.patient_by_chat(ChatId(77)).unwrap()), (None, Some(rosa.clone())));
    assert_eq!(store.due(minutes(30), 9).unwrap(), []);
    assert_eq!(store.due(minutes(31), 9).unwrap(), [rosa.id]);
    rosa.timers.clear();
    store.commit(Batch { patients: vec![changed(&mut rosa)], ..Batch::default() }).unwrap();
    assert_eq!(store.next_due().unwrap(), None);
}

#[test]
fn handled_updates_are_forgotten_after_two_days_but_never_the_newest_thousand() {
    let (home, key) = (tempfile::tempdir().unwrap(), MasterKey::random());
    let store = open(home.path(), &key);
    for batch in 0..4 {
        let ids = (0..600).map(|number| UpdateId(batch * 1_000 + number)).collect();
        store.commit(Batch { now: Some(minutes(batch)), seen: ids, ..Batch::default() }).unwrap();
    }
    assert_eq!(store.seen().unwrap().len(), 2_400);
    drop(store);
    let store = open(home.path(), &key);
    store.commit(Batch { now: Some(minutes(60 * 49)), seen: vec![UpdateId(-5)], ..Batch::default() }).unwrap();
    let seen = store.seen().unwrap();
    assert_eq!((seen.len(), seen[0].0, seen[1_200].0), (1_201, UpdateId(2_000), UpdateId(-5)));
}

#[test]
fn an_erased_patient_leaves_no_record_no_key_and_no_way_back() {
    let (home, key) = (tempfile::tempdir().unwrap(), MasterKey::random());
    let store = open(home.path(), &key);
    fill(&store, 4);
    let gone = patient(4);
    assert_eq!((store.patient(gone.id).unwrap(), store.patient_by_chat(gone.chat).unwrap()), (None, None));
    assert!(store.journal(gone.id).unwrap().is_empty() && store.was_erased(gone.id).unwrap());
    assert!(store.outbox().unwrap().iter().all(|message| message.patient != Some(gone.id)));
    let older_ring = std::fs::read(home.path().join("keyring")).unwrap();
    store.commit(Batch { now: Some(minutes(600)), erased: vec![patient(1).id], ..Batch::default() }).unwrap();
    let mut newcomer = patient(60);
    newcomer.chat = patient(1).chat;
    store.commit(Batch { patients: vec![begun(&newcomer)], ..Batch::default() }).unwrap();
    store.commit(Batch { now: Some(minutes(601)), erased: vec![newcomer.id], ..Batch::default() }).unwrap();
    let before = everything(&store);
    drop(store);
    // Somebody puts the key ring of before the erasure back: the tombstones in the database destroy the key again.
    std::fs::write(home.path().join("keyring"), &older_ring).unwrap();
    assert_eq!(everything(&open(home.path(), &key)), before);
    let healed = std::fs::read(home.path().join("keyring")).unwrap();
    let records = |ring: &[u8], what: u8| ring[16..].chunks(81).filter(|record| record[0] == what).count();
    assert_eq!((records(&older_ring, 0), records(&healed, 0), records(&healed, 1)), (1, 3, 2));
}

#[test]
fn no_word_of_a_patient_is_in_any_file() {
    let (home, key) = (tempfile::tempdir().unwrap(), MasterKey::random());
    let store = open(home.path(), &key);
    fill(&store, 12);
    let backup = home.path().join("nightly.age");
    store.backup(minutes(999), &backup, &BackupKey::random()).unwrap();
    drop(store);
    for canary in ["allotment", "Rosa", "Amira", "Suppose things", "5000000001", "code-1", "first-session", "check-in"] {
        assert!(!found_below(home.path(), canary), "`{canary}` lies open in a file");
    }
    assert!(found_below(home.path(), "cairn keyring"), "the search itself works");
}

#[test]
fn a_wrong_key_a_second_process_and_a_key_for_everybody_are_refused_with_sentences() {
    let (home, key) = (tempfile::tempdir().unwrap(), MasterKey::random());
    let store = open(home.path(), &key);
    let second = Store::open(home.path(), &key, Settings::default()).unwrap_err();
    assert!(matches!(second, OpenError::InUse { .. }) && second.to_string().contains("Stop it first"));
    drop(store);
    let wrong = Store::open(home.path(), &MasterKey::random(), Settings::default()).unwrap_err();
    assert!(matches!(wrong, OpenError::WrongKey { .. }) && wrong.exit_code() == 11);
    let file = home.path().join("master.key");
    MasterKey::create(&file).unwrap();
    assert!(matches!(MasterKey::create(&file), Err(OpenError::KeyExists { .. })));
    MasterKey::load(&file).unwrap();
    for text in ["", "12", &"z".repeat(64), &"a".repeat(63), &"a".repeat(66)] {
        std::fs::write(&file, text).unwrap();
        assert!(matches!(MasterKey::load(&file), Err(OpenError::KeyMalformed { .. })));
    }
    std::fs::write(&file, "a".repeat(64)).unwrap();
    std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    assert!(MasterKey::load(&file).unwrap_err().to_string().contains("chmod 600"));
    assert!(matches!(MasterKey::load(&home.path().join("nowhere")), Err(OpenError::KeyUnreadable { .. })));
    assert_eq!(format!("{key:?}{:?}", BackupKey::random()), "MasterKey(Secret(…))BackupKey(…)");
}

#[test]
fn a_making_that_was_cut_off_is_begun_again_but_a_restore_is_not_taken_for_a_store() {
    let (home, key) = (tempfile::tempdir().unwrap(), MasterKey::random());
    drop(open(home.path(), &key));
    std::fs::remove_file(home.path().join("manifest")).unwrap();
    std::fs::write(home.path().join("making"), "new\n").unwrap();
    assert_eq!(Store::open(home.path(), &key, Settings::default()).unwrap().1, Opened::New);
    std::fs::write(home.path().join("making"), "restore\n").unwrap();
    let refused = Store::open(home.path(), &key, Settings::default()).unwrap_err();
    assert!(matches!(refused, OpenError::RestoreUnfinished { .. }) && refused.to_string().contains("cairn restore"));
}

#[test]
fn a_torn_end_of_the_key_ring_is_healed_if_nobody_needs_it() {
    let (home, key) = (tempfile::tempdir().unwrap(), MasterKey::random());
    let store = open(home.path(), &key);
    fill(&store, 3);
    let before = everything(&store);
    drop(store);
    let path = home.path().join("keyring");
    let whole = std::fs::read(&path).unwrap();
    for torn in [vec![1; 40], vec![0; 81], vec![1; 81 + 7]] {
        std::fs::write(&path, [whole.clone(), torn].concat()).unwrap();
        assert_eq!(everything(&open(home.path(), &key)), before);
        assert_eq!(std::fs::read(&path).unwrap(), whole);
    }
}
