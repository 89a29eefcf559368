//! Every rule of the content checks, by example: `tests/lint/<rule>.toml` (and `.ftl`) against `<rule>.out`.
//! Files whose names begin with `ok-` must give no problem at all. `CAIRN_BLESS=1` writes the goldens anew.

use cairn::content::engine_messages::ENGINE_MESSAGES;
use cairn::content::{Content, Report, Source};
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint")
}

/// Names of the examples, without ending.
fn examples() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("tests/lint is there").flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = entries.filter_map(|name| name.strip_suffix(".toml").map(str::to_owned)).collect();
    names.sort();
    names
}

/// The example's files under the name that it gives its dialogue, with the rest of a small but complete content around them.
fn content_of(example: &str) -> (Option<Content>, Report) {
    let toml = fs::read_to_string(folder().join(format!("{example}.toml"))).expect("the example can be read");
    let name = toml.lines().find_map(|line| line.strip_prefix("dialogue = ")).expect("the example names its dialogue").trim_matches('"').to_owned();
    let mut sources = vec![source("locales/en-GB/common.ftl", &engine_texts())];
    if let Ok(ftl) = fs::read_to_string(folder().join(format!("{example}.ftl"))) {
        sources.push(source(&format!("locales/en-GB/{name}.ftl"), &ftl));
    }
    if name != "always" {
        sources.push(source("dialogues/always.toml", &always()));
        sources.push(source("locales/en-GB/always.ftl", &always_texts()));
    }
    sources.push(source(&format!("dialogues/{name}.toml"), &toml));
    Content::from_sources(sources)
}

fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

fn engine_texts() -> String {
    let line = |(id, attribute, _): &(&str, &str, _)| match *attribute {
        "" => format!("{id} = Words of {}.\n", id.replace('-', " ")),
        attribute => format!("    .{attribute} = {attribute}\n"),
    };
    ENGINE_MESSAGES.iter().map(line).collect()
}

const COMMANDS: [&str; 9] = ["help", "goals", "back", "skip", "pause", "stop", "language", "urgent", "mydata"];

fn always() -> String {
    let states = COMMANDS.map(|name| format!("[{name}]\nask = \"say\"\nnext = \"return\"\ncommand = \"{name}\"\n"));
    format!("dialogue = \"always\"\nstart = \"help\"\n{}", states.concat())
}

fn always_texts() -> String {
    COMMANDS.map(|name| format!("always-{name} = Words.\n")).concat()
}

/// What the rule of that name says about the example.
fn said_by_rule(rule: &str) -> String {
    let (_, mut report) = content_of(rule);
    report.diagnostics.retain(|diagnostic| diagnostic.rule == rule);
    report.to_string()
}

#[test]
fn every_rule_says_what_its_golden_says() {
    let mut wrong = Vec::new();
    for rule in examples().iter().filter(|name| !name.starts_with("ok-")) {
        let golden = folder().join(format!("{rule}.out"));
        let said = said_by_rule(rule);
        assert!(!said.starts_with("No problems"), "{rule} finds nothing in its own example");
        if std::env::var_os("CAIRN_BLESS").is_some() {
            fs::write(&golden, &said).unwrap();
        }
        if fs::read_to_string(&golden).unwrap_or_default() != said {
            wrong.push(format!("{rule}\n{said}"));
        }
    }
    assert!(wrong.is_empty(), "these differ from their goldens (CAIRN_BLESS=1 writes them anew):\n{}", wrong.join("\n"));
}

#[test]
fn good_content_is_met_with_silence() {
    let good: Vec<String> = examples().into_iter().filter(|name| name.starts_with("ok-")).collect();
    assert!(!good.is_empty());
    for name in good {
        let (content, report) = content_of(&name);
        assert!(report.is_clean() && content.is_some(), "{name}\n{report}");
    }
}

#[test]
fn every_rule_has_an_example() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/content/lint");
    let beside = ["mod", "known", "phrases", "sentences"];
    for entry in fs::read_dir(rules).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        let name = file.trim_end_matches(".rs");
        let example = folder().join(format!("{}.toml", name.replace('_', "-")));
        assert!(beside.contains(&name) || example.exists(), "add tests/lint/{}.toml", name.replace('_', "-"));
    }
    for rule in ["unknown-state", "unknown-name", "unknown-key", "uncovered-answer", "junk-message", "syntax"] {
        assert!(folder().join(format!("{rule}.toml")).exists(), "add tests/lint/{rule}.toml");
    }
}
