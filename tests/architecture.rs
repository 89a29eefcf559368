//! Holds the plan of the house: who may import whom, which names are banned where, how long a file may be.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room and the rooms it may import. `main` is `main.rs`, `cli.rs` and `config.rs`.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("framework", &["model"]),
    ("content", &["framework", "model"]),
    ("engine", &["content", "framework", "model"]),
    ("safety", &["content", "framework", "model"]),
    ("store", &["model"]),
    ("report", &["framework", "model"]),
    ("app", &["content", "engine", "framework", "model", "report", "safety", "store"]),
    ("telegram", &["app", "model", "report"]),
    ("web", &["app", "model", "report"]),
    // The stage opens a store and loads content for the app it runs: it is a small `main` of its own.
    ("demo", &["app", "content", "model", "report", "store", "web"]),
    ("simulate", &["app", "content", "model", "report", "store"]),
    ("main", &["app", "content", "demo", "engine", "framework", "model", "report", "safety", "simulate", "store", "telegram", "web"]),
];

/// Names that may stand only in some rooms.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("sled::", &["store"]),
    ("teloxide::", &["telegram"]),
    ("axum::", &["web", "demo"]),
    ("maud::", &["web", "demo"]),
    ("fluent_bundle::", &["content"]),
    ("fluent_syntax::", &["content"]),
    ("tokio::", &["app", "telegram", "web", "demo", "simulate", "main"]),
    ("reqwest::", &["telegram", "main"]),
    ("std::net", &["telegram", "web", "demo", "main"]),
    ("std::fs", &["content", "store", "demo", "main", "telegram"]),
    ("Utc::now", &["main", "telegram"]),
    ("SystemTime::now", &[]),
];

const BANNED_FILES: &[&str] = &["utils", "helpers", "common", "manager", "service", "types"];
const MAX_LINES: usize = 400;

fn files(under: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(under);
    if root.exists() {
        walk(&root, &mut found);
    }
    found.sort();
    found
}

fn relative(path: &Path) -> String {
    path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_string_lossy().into_owned()
}

fn room(path: &Path) -> String {
    let relative = relative(path);
    let mut parts = relative.split('/').skip(1);
    match (parts.next(), parts.next()) {
        (Some(folder), Some(_)) => folder.to_owned(),
        _ => "main".to_owned(),
    }
}

/// The code of a file without its comments and doc comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_file_imports_only_downward() {
    let mut problems = Vec::new();
    for path in files("src").iter().filter(|path| !path.ends_with("src/lib.rs")) {
        let here = room(path);
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == here) else {
            problems.push(format!("{}: the room `{here}` is not on the plan", relative(path)));
            continue;
        };
        let code = code(path);
        for (other, _) in MAY_IMPORT.iter().filter(|(other, _)| *other != here && !allowed.contains(other)) {
            let names = [format!("crate::{other}::"), format!("crate::{other};"), format!("cairn::{other}::"), format!("crate::{{{other}")];
            if names.iter().any(|name| code.contains(name.as_str())) {
                problems.push(format!("{}: `{here}` must not import `{other}`", relative(path)));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_name_stands_only_in_its_rooms() {
    let mut problems = Vec::new();
    for path in files("src") {
        let here = room(&path);
        let code = code(&path);
        for (name, rooms) in ONLY_IN {
            if code.contains(name) && !rooms.contains(&here.as_str()) {
                problems.push(format!("{}: `{name}` belongs only in {rooms:?}", relative(&path)));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_file_is_short_says_what_it_is_and_has_a_telling_name() {
    let mut problems = Vec::new();
    for path in files("src").into_iter().chain(files("tests")).chain(files("benches")) {
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().count();
        if lines > MAX_LINES {
            problems.push(format!("{}: {lines} lines; at most {MAX_LINES}", relative(&path)));
        }
        if !text.starts_with("//!") {
            problems.push(format!("{}: the first line must be a //! line that says what the file is", relative(&path)));
        }
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if BANNED_FILES.contains(&name.as_str()) {
            problems.push(format!("{}: `{name}` says nothing", relative(&path)));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn no_file_of_the_project_names_a_path_of_a_machine() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_string_lossy().into_owned();
    // A checkout at the root of a disk has no folder above it whose name could be told from ordinary text.
    if folder.len() < 3 {
        return;
    }
    let all = files("src").into_iter().chain(files("tests")).chain(files("benches"));
    let found: Vec<_> = all.filter(|path| fs::read_to_string(path).unwrap().contains(&format!("{folder}/"))).map(|path| relative(&path)).collect();
    assert!(found.is_empty(), "{found:?}");
}
