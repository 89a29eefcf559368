//! Talks, written down as a person would read them. `CAIRN_BLESS=1 cargo test --test transcripts` writes them anew; then read the diff aloud.

#[path = "support/transcript.rs"]
mod transcript;

use std::fs;
use std::path::Path;

/// Fewest transcripts that must be there.
const FEWEST: usize = 25;

#[test]
fn every_talk_goes_as_it_is_written_down() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts");
    let mut files = Vec::new();
    for language in fs::read_dir(folder).unwrap() {
        files.extend(fs::read_dir(language.unwrap().path()).unwrap().map(|entry| entry.unwrap().path()));
    }
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    let bless = std::env::var_os("CAIRN_BLESS").is_some();
    let mut wrong = Vec::new();
    for path in &files {
        let expected = fs::read_to_string(path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match transcript::play(&expected) {
            Ok(came) if came == expected => {}
            Ok(came) if bless => fs::write(path, came).unwrap(),
            Ok(came) => wrong.push(format!("== {name}\n{}", difference(&expected, &came))),
            Err(error) => wrong.push(format!("== {name}\n{error}")),
        }
    }
    println!("transcripts: {}", files.len());
    assert!(wrong.is_empty(), "{}\n{} of {} talks went another way", wrong.join("\n"), wrong.len(), files.len());
    assert!(files.len() >= FEWEST, "only {} transcripts", files.len());
}

/// The first place where two transcripts part, with what stands around it.
fn difference(expected: &str, came: &str) -> String {
    let (left, right): (Vec<_>, Vec<_>) = (expected.lines().collect(), came.lines().collect());
    let at = left.iter().zip(&right).take_while(|(one, other)| one == other).count();
    let part = |lines: &[&str]| lines.iter().skip(at.saturating_sub(3)).take(8).map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n");
    format!("  line {}; written:\n{}\n  came:\n{}", at + 1, part(&left), part(&right))
}
