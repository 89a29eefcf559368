//! Backup and restore: the same store again, refused whole if anything is wrong, and the erased stay erased.

#[path = "support/store_values.rs"]
mod store_values;

use cairn::model::ids::UpdateId;
use cairn::store::{BackupKey, Batch, MasterKey, OpenError, Settings, Store, StoreError};
use std::path::{Path, PathBuf};
use store_values::{begun, changed, everything, fill, message, minutes, open, patient};

struct World {
    home: tempfile::TempDir,
    key: MasterKey,
    pass: BackupKey,
}

impl World {
    fn new() -> Self {
        Self { home: tempfile::tempdir().expect("a folder"), key: MasterKey::random(), pass: BackupKey::random() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn restore(&self, from: &Path, to: &str) -> Result<cairn::store::BackupSummary, OpenError> {
        Store::restore(from, &self.pass, &self.path(to), &self.key)
    }
}

#[test]
fn a_restored_store_is_the_same_store() {
    let world = World::new();
    let store = open(&world.path("data"), &world.key);
    fill(&store, 300);
    let told = store.backup(minutes(700), &world.path("backup"), &world.pass.only_for_writing()).unwrap();
    assert_eq!((told.patients, told.journal, told.outbox, told.invitations, told.erased), (299, 598, 297, 300, 1), "a used code leaves a mark");
    assert!(matches!(store.backup(minutes(701), &world.path("backup"), &world.pass), Err(StoreError::BackupExists { .. })));
    // The new store is sealed under another master key.
    let new_key = MasterKey::random();
    let summary = Store::restore(&world.path("backup"), &world.pass, &world.path("restored"), &new_key).unwrap();
    assert_eq!(summary, told);
    let restored = open(&world.path("restored"), &new_key);
    assert_eq!(everything(&restored), everything(&store));
    // Life goes on, in the order of before.
    for store in [&store, &restored] {
        let mut first = patient(1);
        first.revision = 2;
        store.commit(Batch { now: Some(minutes(800)), patients: vec![changed(&mut first)], seen: vec![UpdateId(3)], ..Batch::default() }).unwrap();
    }
    assert_eq!(everything(&restored), everything(&store));
}

#[test]
fn a_backup_made_while_patients_come_change_and_go_is_the_store_at_one_moment() {
    let world = World::new();
    let store = open(&world.path("data"), &world.key);
    fill(&store, 100);
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| {
            let mut number = 10_000;
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                number += 1;
                let (mut come, mut heir) = (patient(number), patient(number + 50_000));
                heir.chat = come.chat;
                store.commit(Batch { patients: vec![begun(&come)], outbound: vec![message(number, &come)], ..Batch::default() }).unwrap();
                store.commit(Batch { patients: vec![changed(&mut come)], ..Batch::default() }).unwrap();
                store.commit(Batch { now: Some(minutes(900)), erased: vec![come.id], patients: vec![begun(&heir)], ..Batch::default() }).unwrap();
            }
            number - 10_000
        });
        for name in ["one", "two"] {
            store.backup(minutes(901), &world.path(name), &world.pass).unwrap();
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(writing.join().unwrap() > 0);
    });
    for name in ["one", "two"] {
        let summary = world.restore(&world.path(name), &format!("restored-{name}")).unwrap();
        let restored = open(&world.path(&format!("restored-{name}")), &world.key);
        assert_eq!(restored.patients().count() as u64, summary.patients);
        assert!(!everything(&restored).0.is_empty());
    }
}

#[test]
fn a_backup_that_was_cut_off_or_altered_is_refused_whole() {
    let world = World::new();
    let store = open(&world.path("data"), &world.key);
    fill(&store, 60);
    let file = world.path("backup");
    store.backup(minutes(700), &file, &world.pass).unwrap();
    let whole = std::fs::read(&file).unwrap();
    let last = whole.len() - 1;
    for cut in [0, 1, 50, 200, whole.len() / 2, 64 * 1024 + 300, last] {
        std::fs::write(&file, &whole[..cut]).unwrap();
        assert!(matches!(world.restore(&file, "restored"), Err(OpenError::BadBackup { .. })), "cut to {cut}");
    }
    for flipped in [0, 30, 150, whole.len() / 3, whole.len() / 2, last] {
        let mut bytes = whole.clone();
        bytes[flipped] ^= 4;
        std::fs::write(&file, &bytes).unwrap();
        assert!(matches!(world.restore(&file, "restored"), Err(OpenError::BadBackup { .. })), "flipped at {flipped}");
    }
    std::fs::write(&file, &whole).unwrap();
    for pass in [BackupKey::random(), world.pass.only_for_writing()] {
        assert!(matches!(Store::restore(&file, &pass, &world.path("restored"), &world.key), Err(OpenError::BadBackup { .. })));
    }
    assert!(!world.path("restored").exists(), "nothing was touched");
    assert_eq!(world.restore(&file, "restored").unwrap().patients, 59);
}

#[test]
fn nothing_is_restored_over_something() {
    let world = World::new();
    let store = open(&world.path("data"), &world.key);
    fill(&store, 3);
    store.backup(minutes(700), &world.path("backup"), &world.pass).unwrap();
    let before = everything(&store);
    assert!(matches!(world.restore(&world.path("backup"), "data"), Err(OpenError::InUse { .. })));
    drop(store);
    assert!(matches!(world.restore(&world.path("backup"), "data"), Err(OpenError::NotEmpty { .. })));
    assert_eq!(everything(&open(&world.path("data"), &world.key)), before);
    assert!(matches!(world.restore(&world.path("none"), "elsewhere"), Err(OpenError::Io { .. })));
}

#[test]
fn whoever_was_erased_after_the_backup_stays_erased_if_the_key_ring_is_left_in_the_folder() {
    let world = World::new();
    let store = open(&world.path("data"), &world.key);
    fill(&store, 20);
    store.backup(minutes(700), &world.path("backup"), &world.pass).unwrap();
    let erased: Vec<_> = (3..13).map(|number| patient(number).id).collect();
    store.commit(Batch { now: Some(minutes(701)), erased: erased.clone(), ..Batch::default() }).unwrap();
    drop(store);
    std::fs::create_dir(world.path("restored")).unwrap();
    std::fs::copy(world.path("data").join("keyring"), world.path("restored").join("keyring")).unwrap();
    let summary = world.restore(&world.path("backup"), "restored").unwrap();
    assert_eq!((summary.patients, summary.erased), (9, 11));
    let restored = open(&world.path("restored"), &world.key);
    for id in erased.into_iter().chain([patient(20).id]) {
        assert!(restored.patient(id).unwrap().is_none() && restored.journal(id).unwrap().is_empty() && restored.was_erased(id).unwrap());
        let mut back = patient(5);
        back.id = id;
        assert!(matches!(restored.commit(Batch { patients: vec![begun(&back)], ..Batch::default() }), Err(StoreError::Erased { .. })));
    }
    let patients = |store: &Store| store.patients().map(Result::unwrap).collect::<Vec<_>>();
    assert_eq!(patients(&restored), patients(&open(&world.path("data"), &world.key)));
    assert!(!world.path("restored").join("keyring.before").exists());
}

#[test]
fn a_restore_that_was_cut_off_can_be_run_again() {
    let world = World::new();
    let store = open(&world.path("data"), &world.key);
    fill(&store, 5);
    store.backup(minutes(700), &world.path("backup"), &world.pass).unwrap();
    let folder = world.path("restored");
    std::fs::create_dir_all(folder.join("tree")).unwrap();
    std::fs::write(folder.join("tree").join("db"), b"half").unwrap();
    std::fs::write(folder.join("making"), "restore\n").unwrap();
    assert!(matches!(Store::open(&folder, &world.key, Settings::default()), Err(OpenError::RestoreUnfinished { .. })));
    world.restore(&world.path("backup"), "restored").unwrap();
    assert_eq!(everything(&open(&folder, &world.key)), everything(&store));
}

#[test]
fn a_backup_key_is_an_age_key_file() {
    let world = World::new();
    let file = world.path("backup.key");
    BackupKey::create(&file).unwrap();
    assert!(matches!(BackupKey::create(&file), Err(OpenError::KeyExists { .. })));
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("# public key: age1") && text.contains("\nAGE-SECRET-KEY-1"));
    let store = open(&world.path("data"), &world.key);
    let public = text.lines().next().unwrap().trim_start_matches("# public key: ");
    std::fs::write(world.path("public.key"), public).unwrap();
    std::fs::set_permissions(world.path("public.key"), std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    store.backup(minutes(1), &world.path("backup"), &BackupKey::load(&world.path("public.key")).unwrap()).unwrap();
    Store::restore(&world.path("backup"), &BackupKey::load(&file).unwrap(), &world.path("restored"), &world.key).unwrap();
    std::fs::write(&file, "nonsense").unwrap();
    assert!(matches!(BackupKey::load(&file), Err(OpenError::KeyMalformed { .. })));
}
