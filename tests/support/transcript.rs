//! Runs a transcript: a readable talk in which every line of the person is really sent and every line of Cairn is compared.
//! Between any two lines the store is closed and opened again, and every update is delivered twice.

use cairn::app::inbound::InboundKind;
use cairn::content::{Content, Source};
use cairn::demo::chat::waited;
use cairn::demo::record;
use cairn::demo::stage::{CODE, Stage, StageError, typed};
use cairn::model::link_worker::LinkWorker;
use cairn::model::text::is_visible;
use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use std::sync::Arc;

/// Plays the script of `text` and returns the transcript as it came out; where a line cannot be played, what was said until then.
pub fn play(text: &str) -> Result<String, String> {
    let mut out = String::new();
    match play_into(&mut out, text) {
        Ok(()) => Ok(out),
        Err(error) => {
            let lines: Vec<&str> = out.lines().collect();
            Err(format!("{error}, after:\n{}", lines.split_at(lines.len().saturating_sub(14)).1.join("\n")))
        }
    }
}

fn play_into(out: &mut String, text: &str) -> Result<(), StageError> {
    let folder = tempfile::tempdir().unwrap();
    let mut sources = Content::shipped_sources();
    let content = Arc::new(Content::shipped().unwrap_or_else(|report| panic!("{report}")));
    let mut now: Option<DateTime<Utc>> = None;
    let mut stage: Option<Stage> = None;
    let mut script = text.lines().filter(|line| is_script(line)).peekable();
    while let Some(line) = script.next() {
        out.push_str(line);
        out.push('\n');
        if line.starts_with('#') {
            continue;
        }
        if let Some(rest) = line.strip_prefix("at ") {
            now = Some(instant(rest));
            continue;
        }
        if line == "open enrolment" || line.starts_with("invited by ") {
            stage = Some(Stage::open(Arc::clone(&content), folder.path(), now.expect("`at` comes first"), inviter(line))?);
            continue;
        }
        let stage = stage.as_mut().expect("`invited by …` or `open enrolment` comes before the talk");
        let said = match line.strip_prefix("edit ") {
            Some(rest) => {
                edit(&mut sources, rest);
                // Edits that follow each other are one upgrade.
                if script.peek().is_some_and(|next| next.starts_with("edit ")) {
                    continue;
                }
                record::scene(&stage.upgrade(compiled(&sources))?)
            }
            None => turn(stage, line)?,
        };
        out.push_str(&escaped(&said));
        // Whatever did not survive a restart would be missed by the next line.
        let again = stage.reopen(true)?;
        assert!(again.messages.is_empty(), "a settled message was handed out again after {line}");
    }
    Ok(())
}

/// Lines of Cairn are empty, indented or begin with a mark; all others are the script.
fn is_script(line: &str) -> bool {
    !(line.is_empty() || line.starts_with('<') || line.starts_with("  ") || line.starts_with("( ") || line.starts_with("-- "))
}

fn inviter(line: &str) -> Option<LinkWorker> {
    let (name, organisation) = line.strip_prefix("invited by ")?.split_once(" at ")?;
    Some(LinkWorker { name: name.to_owned(), organisation: organisation.to_owned() })
}

fn instant(text: &str) -> DateTime<Utc> {
    let text = text.split(',').next().unwrap_or(text);
    let (local, zone) = text.rsplit_once(' ').expect("at DATE TIME ZONE");
    let zone: chrono_tz::Tz = zone.parse().expect("an IANA zone");
    let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").expect("a date and a time");
    zone.from_local_datetime(&local).earliest().expect("a real time").with_timezone(&Utc)
}

fn turn(stage: &mut Stage, line: &str) -> Result<String, StageError> {
    if let Some(time) = line.strip_prefix("wait ") {
        return waited(stage, record::duration(time).expect("such as wait 3d"));
    }
    if let Some(time) = line.strip_prefix("away ") {
        stage.be_away(record::duration(time).expect("such as away 3d"));
        return waited(stage, chrono::Duration::zero());
    }
    let said = line.strip_prefix("> ").unwrap_or_else(|| panic!("not understood: {line}"));
    let scene = if let Some(place) = said.strip_prefix("tap ") {
        stage.tap(place.parse().expect("a place"), 2)?
    } else if let Some(label) = said.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        stage.tap_label(label, 2)?
    } else if let Some(data) = said.strip_prefix("(tap) ") {
        stage.send(&InboundKind::Tap(data.to_owned()), 2)?
    } else if let Some(text) = said.strip_prefix("(edited) ") {
        stage.send(&InboundKind::Edited(text.to_owned()), 2)?
    } else if let Some(kind) = said.strip_prefix("(sends a ").and_then(|rest| rest.strip_suffix(')')) {
        stage.send(&InboundKind::Media { kind: kind.to_owned(), reference: Some("reference".to_owned()) }, 2)?
    } else {
        match said {
            "(blocks)" => stage.send(&InboundKind::Blocked, 2)?,
            "(unblocks)" => stage.send(&InboundKind::Unblocked, 2)?,
            "/start" => stage.say(&format!("/start {CODE}"), 2)?,
            words => stage.send(&typed(&unescaped(words)), 2)?,
        }
    };
    Ok(record::scene(&scene))
}

/// What cannot be seen is written as its code; the joiners inside an emoji stay.
fn escaped(text: &str) -> String {
    let seen = |character: char| character == '\u{200d}' || character == '\u{fe0f}' || character.is_whitespace() || is_visible(character);
    text.chars().map(|character| if seen(character) { character.to_string() } else { character.escape_unicode().to_string() }).collect()
}

/// `\u{200b}` in a transcript is that character: what cannot be seen in a diff is written out.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\\u{") {
        let (code, behind) = after.split_once('}').expect("\\u{…}");
        out.push_str(before);
        out.push(u32::from_str_radix(code, 16).ok().and_then(char::from_u32).expect("a character"));
        rest = behind;
    }
    out + rest
}

/// `edit FILE: OLD => NEW` replaces text in a dialogue or text file, as an author would; `\n` is a new line.
fn edit(sources: &mut [Source], edit: &str) {
    let (file, change) = edit.split_once(": ").expect("edit FILE: OLD => NEW");
    let (old, new) = change.split_once(" => ").expect("edit FILE: OLD => NEW");
    let (old, new) = (old.replace("\\n", "\n"), new.replace("\\n", "\n"));
    let source = sources.iter_mut().find(|source| source.name.ends_with(file)).unwrap_or_else(|| panic!("no file {file}"));
    let text = String::from_utf8(source.bytes.clone()).unwrap();
    assert!(text.contains(&old), "{file} does not contain {old}");
    source.bytes = text.replace(&old, &new).into_bytes();
}

fn compiled(sources: &[Source]) -> Arc<Content> {
    let (content, report) = Content::from_sources(sources.to_vec());
    Arc::new(content.unwrap_or_else(|| panic!("{report}")))
}
