//! The shipped content is sound, and broken content is refused with all its problems at once.

use cairn::content::{Content, Report, Source, graph_dot, graph_mermaid};
use std::fs;
use std::path::Path;

fn source(name: &str, bytes: impl Into<Vec<u8>>) -> Source {
    Source { name: name.to_owned(), bytes: bytes.into() }
}

/// Rules and files of a report, for comparing.
fn rules(report: &Report) -> Vec<(&str, &str)> {
    report.diagnostics.iter().map(|diagnostic| (diagnostic.file.as_str(), diagnostic.rule)).collect()
}

fn said_of(file: &str, bytes: impl Into<Vec<u8>>) -> Vec<&'static str> {
    let (content, report) = Content::from_sources(vec![source(file, bytes)]);
    assert!(content.is_none());
    report.diagnostics.iter().filter(|diagnostic| diagnostic.file == file).map(|diagnostic| diagnostic.rule).collect()
}

#[test]
fn the_shipped_content_has_no_problems() {
    let content = Content::shipped().unwrap_or_else(|report| panic!("{report}"));
    for name in ["welcome", "first-session", "check-in", "always"] {
        assert!(content.dialogues.contains_key(name), "{name} is missing");
    }
    assert_eq!(content.texts.languages().first().map(String::as_str), Some("en-GB"));
    assert!(content.understanding.contains_key("en-GB"));
}

#[test]
fn the_shipped_content_is_all_that_the_folders_hold() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Content::load_dir(root).unwrap_or_else(|report| panic!("{report}"));
    let shipped = Content::shipped().unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(folder.dialogues, shipped.dialogues);
    assert_eq!(folder.understanding, shipped.understanding);
    assert_eq!(folder.texts.languages(), shipped.texts.languages());
}

#[test]
fn every_shipped_dialogue_can_be_drawn() {
    for dialogue in Content::shipped().unwrap_or_else(|report| panic!("{report}")).dialogues.values() {
        let (mermaid, dot) = (graph_mermaid(dialogue), graph_dot(dialogue));
        for state in &dialogue.states {
            assert!(mermaid.contains(&format!("s-{}", state.name)) && dot.contains(&format!("\"{}\" [", state.name)), "{}", state.name);
        }
    }
}

#[test]
fn every_problem_of_every_file_is_told_at_once() {
    let (content, report) = Content::from_sources(vec![
        source("dialogues/one.toml", "dialogue = \"one\"\nstart = \"a\"\n[a]\nask = \"say\"\nnext = \"b\"\n[b]\nask = \"say\"\nnext = \"a\"\n"),
        source("dialogues/two.toml", "dialogue = \"two\"\nstart = \"x\"\n[y]\nask = \"say\nnext = \"end\"\n"),
        source("locales/en-GB/one.ftl", "one-a = Hello.\nno message\n"),
        source("locales/en-GB/two.ftl", b"\xff\xfe".to_vec()),
        source("readme.txt", ""),
    ]);
    assert!(content.is_none());
    let found = rules(&report);
    for wanted in [
        ("dialogues/one.toml", "loop-without-question"),
        ("dialogues/one.toml", "missing-message"),
        ("dialogues/one.toml", "no-way-to-end"),
        ("dialogues/two.toml", "syntax"),
        ("dialogues/two.toml", "unknown-state"),
        ("locales/en-GB/one.ftl", "junk-message"),
        ("locales/en-GB/two.ftl", "unreadable-file"),
        ("locales/en-GB/common.ftl", "missing-message"),
        ("readme.txt", "unreadable-file"),
    ] {
        assert!(found.contains(&wanted), "{wanted:?} is not told:\n{report}");
    }
    let mut sorted = found.clone();
    sorted.sort_by_key(|(file, _)| *file);
    assert_eq!(found, sorted, "problems stand by file");
}

#[test]
fn a_byte_order_mark_is_named_and_windows_line_ends_are_fine() {
    assert!(said_of("locales/en-GB/a.ftl", "\u{feff}a-b = Hello").contains(&"unreadable-file"));
    let plain = said_of("dialogues/a.toml", "dialogue = \"a\"\nstart = \"b\"\n\n[b]\nask = \"say\"\nnext = \"end\"\n");
    let windows = said_of("dialogues/a.toml", "dialogue = \"a\"\r\nstart = \"b\"\r\n\r\n[b]\r\nask = \"say\"\r\nnext = \"end\"\r\n");
    assert_eq!(plain, windows);
    assert_eq!(plain, ["missing-message"]);
}

#[test]
fn huge_and_deep_files_are_refused_unparsed() {
    assert_eq!(said_of("dialogues/a.toml", vec![b'a'; 50_000_000]), ["unreadable-file"]);
    assert_eq!(said_of("dialogues/a.toml", format!("a = {}", "[".repeat(500_000))), ["unreadable-file"]);
    assert_eq!(said_of("dialogues/a.toml", format!("a = {}", "{b=".repeat(300_000))), ["unreadable-file"]);
    assert_eq!(said_of("locales/en-GB/a.ftl", format!("a = {}", "{".repeat(1_000_000))), ["unreadable-file"]);
    assert_eq!(said_of("locales/en-GB/a.ftl", format!("a = {}", "{\n ".repeat(300_000))), ["unreadable-file"]);
    assert_eq!(said_of("locales/en-GB/a.ftl", format!("a = {{ {}", "F(".repeat(400_000))), ["unreadable-file"]);
}

#[test]
fn endless_texts_are_refused_quickly() {
    assert!(said_of("locales/en-GB/a.ftl", format!("a = {}", "{$a} ".repeat(200_000))).contains(&"junk-message"));
    let choices = "{ $a ->\n [x] x\n *[y] y\n }".repeat(60);
    assert!(!said_of("locales/en-GB/a.ftl", format!("a = {choices}\n")).is_empty());
}

#[test]
fn unknown_languages_and_places_are_refused() {
    for name in
        ["locales/en_GB/a.ftl", "locales/english please/a.ftl", "locales/a.ftl", "dialogues/a.json", "dialogues/deep/a.toml", "dialogues/.toml"]
    {
        assert!(said_of(name, "a = b").contains(&"unreadable-file"), "{name}");
    }
}

#[test]
fn nothing_at_all_is_no_content() {
    let (content, report) = Content::from_sources(Vec::new());
    assert!(content.is_none() && !report.is_clean());
}

#[test]
fn a_folder_with_a_huge_file_or_a_link_out_of_it_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let outside = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("dialogues")).unwrap();
    fs::create_dir_all(folder.path().join("locales/en-GB")).unwrap();
    let huge = fs::File::create(folder.path().join("dialogues/huge.toml")).unwrap();
    huge.set_len(50 << 20).unwrap();
    fs::write(outside.path().join("secret.toml"), "dialogue = \"secret\"").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(outside.path().join("secret.toml"), folder.path().join("dialogues/link.toml")).unwrap();
    let report = Content::load_dir(folder.path()).unwrap_err();
    let found = rules(&report);
    assert!(found.contains(&("dialogues/huge.toml", "unreadable-file")), "{report}");
    #[cfg(unix)]
    assert!(found.contains(&("dialogues/link.toml", "unreadable-file")), "{report}");
    assert!(!report.to_string().contains("secret"), "what lies outside is not shown");
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let report = Content::load_dir(&folder.path().join("nowhere")).unwrap_err();
    assert!(rules(&report).contains(&("dialogues", "unreadable-file")));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() })]

    /// Whatever an editor, a disk or a careless hand does to a file: the answer is a report, never a panic.
    #[test]
    fn no_damage_to_a_file_is_more_than_a_report(which in 0usize..10, cut in 0usize..60_000, length in 0usize..80, put in "[\\[\\]{}\"=.\\-#\u{a0}é😀\n $*>a-c0-9]{0,12}") {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let names = ["dialogues/welcome.toml", "dialogues/always.toml", "dialogues/check-in.toml", "dialogues/first-session.toml",
            "locales/en-GB/welcome.ftl", "locales/en-GB/always.ftl", "locales/en-GB/check-in.ftl", "locales/en-GB/first-session.ftl",
            "locales/en-GB/common.ftl", "locales/en-GB/understand.toml"];
        let sources = names.iter().enumerate().map(|(index, name)| {
            let mut bytes = fs::read(root.join(name)).unwrap();
            if index == which {
                let start = cut % bytes.len();
                let end = (start + length).min(bytes.len());
                bytes.splice(start..end, put.bytes());
            }
            source(name, bytes)
        });
        let (content, report) = Content::from_sources(sources.collect());
        proptest::prop_assert_eq!(content.is_some(), report.is_clean());
        let shown = report.to_string();
        let ends = ["problems.\n", "1 problem.\n", "No problems.\n", "are shown.\n"];
        proptest::prop_assert!(ends.iter().any(|end| shown.ends_with(end)));
    }
}
