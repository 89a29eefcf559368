//! Damage is noticed: every damaged copy of a store either opens with all its values or is refused with a sentence and the way back.

#[path = "support/store_values.rs"]
mod store_values;

use cairn::store::{MasterKey, Settings, Store};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use store_values::{Everything, everything, fill, open};

/// A damage to a copy of the store; the number chooses where.
type Damage = Box<dyn Fn(&Path) + Send + Sync>;

/// Numbers that look random and are the same every time (SplitMix64).
fn scattered(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A place in a file of this length.
fn place(seed: u64, length: usize) -> usize {
    usize::try_from(scattered(seed) % length.max(1) as u64).unwrap_or(0)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder is made");
    for entry in fs::read_dir(from).expect("a folder is read") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a file is copied");
        }
    }
}

/// All files below a folder, relative to it, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder is read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(folder).expect("below").to_owned());
            }
        }
    }
    found.sort();
    found
}

fn edit(file: &Path, change: impl Fn(&mut Vec<u8>)) {
    let mut bytes = fs::read(file).expect("a file is read");
    change(&mut bytes);
    fs::write(file, bytes).expect("a file is written");
}

/// Every damage, with what it is called if it goes wrong.
fn damages(whole: &Path, older: &Path) -> Vec<(String, Damage)> {
    let mut all: Vec<(String, Damage)> = Vec::new();
    let mut add = |name: String, damage: Damage| all.push((name, damage));
    for file in files(whole) {
        let length = fs::metadata(whole.join(&file)).expect("a file").len();
        let name = file.display().to_string();
        let often = if name.ends_with("db") { 240 } else { 30 };
        for seed in 0..often {
            let file = file.clone();
            add(
                format!("flip {seed} in {name}"),
                Box::new(move |dir| {
                    edit(&dir.join(&file), |bytes| {
                        if !bytes.is_empty() {
                            let at = place(seed, bytes.len());
                            bytes[at] ^= 1 << (scattered(seed + 77) % 8);
                        }
                    });
                }),
            );
        }
        for seed in 0..often / 4 {
            let file = file.clone();
            add(
                format!("zero page {seed} in {name}"),
                Box::new(move |dir| {
                    edit(&dir.join(&file), |bytes| {
                        let at = place(seed + 1_000, bytes.len()) / 4096 * 4096;
                        let end = (at + 4096).min(bytes.len());
                        bytes[at..end].fill(0);
                    });
                }),
            );
        }
        let cuts = [0, 1, length / 2, length.saturating_sub(1), length * 9 / 10];
        for cut in cuts.into_iter().chain((0..often / 6).map(|seed| scattered(seed) % length.max(1))) {
            let file = file.clone();
            add(
                format!("cut {name} to {cut}"),
                Box::new(move |dir| {
                    edit(&dir.join(&file), |bytes| bytes.truncate(usize::try_from(cut).expect("small")));
                }),
            );
        }
        let gone = file.clone();
        add(format!("delete {name}"), Box::new(move |dir| fs::remove_file(dir.join(&gone)).expect("removed")));
        let (from, to) = (older.join(&file), file);
        if from.exists() {
            add(
                format!("older {name}"),
                Box::new(move |dir| {
                    fs::copy(&from, dir.join(&to)).expect("copied");
                }),
            );
        }
    }
    all.extend(damages_of_the_tree(older));
    all
}

/// Damages of the database as a whole, and through its own door.
fn damages_of_the_tree(older: &Path) -> Vec<(String, Damage)> {
    let mut all: Vec<(String, Damage)> = Vec::new();
    let mut add = |name: String, damage: Damage| all.push((name, damage));
    add("delete tree".to_owned(), Box::new(|dir| fs::remove_dir_all(dir.join("tree")).expect("removed")));
    let from = older.join("tree");
    add(
        "older tree".to_owned(),
        Box::new(move |dir| {
            fs::remove_dir_all(dir.join("tree")).expect("removed");
            copy(&from, &dir.join("tree"));
        }),
    );
    for seed in 0..20 {
        add(format!("swap {seed} through sled"), Box::new(move |dir| swap(&dir.join("tree"), seed)));
        add(format!("remove {seed} through sled"), Box::new(move |dir| remove(&dir.join("tree"), seed)));
    }
    add(
        "a snapshot that was cut off".to_owned(),
        Box::new(|dir| fs::write(dir.join("tree/snap.00000000000FFFFF.generating"), b"half").expect("written")),
    );
    all
}

/// Exchanges the values of two records, as somebody would who has the disk but not the keys.
fn swap(tree: &Path, seed: u64) {
    let db = sled::open(tree).expect("sled opens");
    let records: Vec<_> = db.iter().map(|record| record.expect("a record")).filter(|(_, value)| !value.is_empty()).collect();
    let (one, other) = (place(seed, records.len()), place(seed + 500, records.len() - 1));
    let other = if other == one { records.len() - 1 } else { other };
    db.insert(&records[one].0, &records[other].1).expect("written");
    db.insert(&records[other].0, &records[one].1).expect("written");
    db.flush().expect("flushed");
}

/// Removes a record.
fn remove(tree: &Path, seed: u64) {
    let db = sled::open(tree).expect("sled opens");
    let keys: Vec<_> = db.iter().keys().map(|key| key.expect("a key")).collect();
    db.remove(&keys[place(seed, keys.len())]).expect("removed");
    db.flush().expect("flushed");
}

#[derive(Debug, Default)]
struct Counts {
    refused: AtomicUsize,
    harmless: AtomicUsize,
    silent: AtomicUsize,
    panics: AtomicUsize,
}

fn judge(name: &str, dir: &Path, key: &MasterKey, expected: &Everything, counts: &Counts) {
    let outcome = catch_unwind(AssertUnwindSafe(|| Store::open(dir, key, Settings::default()).map(|(store, _)| everything(&store))));
    match outcome {
        Err(_) => {
            eprintln!("panic: {name}");
            counts.panics.fetch_add(1, Ordering::Relaxed);
        }
        Ok(Ok(values)) if values == *expected => {
            counts.harmless.fetch_add(1, Ordering::Relaxed);
        }
        Ok(Ok(_)) => {
            eprintln!("silent: {name}");
            counts.silent.fetch_add(1, Ordering::Relaxed);
        }
        Ok(Err(error)) => {
            let sentence = error.to_string();
            assert!(sentence.contains("cairn restore") && error.exit_code() >= 10, "{name}: no way back in: {sentence}");
            counts.refused.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[test]
fn every_damage_is_refused_with_the_way_back_or_is_harmless() {
    let (home, key) = (tempfile::tempdir().unwrap(), MasterKey::random());
    let (whole, older) = (home.path().join("whole"), home.path().join("older"));
    drop(Store::open(&whole, &key, Settings::default()).unwrap());
    let store = open(&whole, &key);
    fill(&store, 30);
    drop(store);
    copy(&whole, &older);
    let store = open(&whole, &key);
    for number in 100..110 {
        let change = store_values::begun(&store_values::patient(number));
        store.commit(cairn::store::Batch { patients: vec![change], ..Default::default() }).unwrap();
    }
    let expected = everything(&store);
    drop(store);

    let (damages, counts) = (damages(&whole, &older), Counts::default());
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some((name, damage)) = damages.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let copied = tempfile::tempdir().unwrap();
                    copy(&whole, copied.path());
                    damage(copied.path());
                    judge(name, copied.path(), &key, &expected, &counts);
                }
            });
        }
    });
    let Counts { refused, harmless, silent, panics } = counts;
    let [refused, harmless, silent, panics] = [refused, harmless, silent, panics].map(AtomicUsize::into_inner);
    println!("damages: {} refused: {refused} harmless: {harmless} silent: {silent} panics: {panics}", damages.len());
    assert!(damages.len() >= 600 && refused >= 400);
    assert_eq!((silent, panics, refused + harmless), (0, 0, damages.len()));
}
