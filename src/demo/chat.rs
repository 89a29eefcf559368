//! `cairn chat`: talk with Cairn in a terminal.

use super::record;
use super::stage::{CODE, Stage, StageError};
use crate::content::Content;
use crate::model::link_worker::LinkWorker;
use chrono::{DateTime, Utc};
use std::fmt::Write as _;
use std::io::{self, BufRead, Write};
use std::path::Path;
use std::sync::Arc;

const HELP: &str = "\
You are the patient. Type an answer, or:
  /tap 2      tap the second button        [OK]        tap the button with that label
  /wait 3d    let three days pass          /crash      crash and start again, nothing booked as delivered
  /quit       leave                        /commands   show this
Everything else that starts with / goes to Cairn, such as /help, /back, /skip, /stop, /goals, /urgent.
";

/// Runs a talk from `input` to `output` until the input ends.
pub fn run(
    content: Arc<Content>,
    folder: &Path,
    now: DateTime<Utc>,
    record_to: Option<&Path>,
    input: impl BufRead,
    mut output: impl Write,
) -> Result<(), ChatError> {
    let sam = LinkWorker { name: "Sam".to_owned(), organisation: "Riverside Surgery".to_owned() };
    let mut stage = Stage::open(content, folder, now, Some(sam))?;
    let mut transcript = format!(
        "at {} Europe/London, en-GB\ninvited by Sam at Riverside Surgery\n",
        now.with_timezone(&chrono_tz::Europe::London).format("%Y-%m-%d %H:%M")
    );
    writeln!(output, "{HELP}")?;
    let begin = record::scene(&stage.say(&format!("/start {CODE}"), 1)?);
    transcript.push_str("> /start\n");
    transcript.push_str(&begin);
    output.write_all(begin.as_bytes())?;
    output.flush()?;
    for line in input.lines() {
        let line = line?;
        match line.trim() {
            "" => continue,
            "/quit" => break,
            "/commands" => output.write_all(HELP.as_bytes())?,
            typed => match turn(&mut stage, typed) {
                Ok((wrote, said)) => {
                    writeln!(output, "{wrote}")?;
                    output.write_all(said.as_bytes())?;
                    transcript.push_str(&wrote);
                    transcript.push('\n');
                    transcript.push_str(&said);
                }
                Err(StageError::Script(problem)) => writeln!(output, "({problem})")?,
                Err(error) => return Err(error.into()),
            },
        }
        output.flush()?;
    }
    if let Some(path) = record_to {
        std::fs::write(path, transcript).map_err(|error| ChatError::Record(path.display().to_string(), error))?;
    }
    Ok(())
}

/// One turn: the line as it stands in a transcript, and what came of it.
fn turn(stage: &mut Stage, typed: &str) -> Result<(String, String), StageError> {
    if let Some(place) = typed.strip_prefix("/tap ") {
        let place = place.trim().parse().map_err(|_| StageError::Script("say which button, such as /tap 2".to_owned()))?;
        return Ok((format!("> tap {place}"), record::scene(&stage.tap(place, 1)?)));
    }
    if let Some(label) = typed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return Ok((format!("> [{label}]"), record::scene(&stage.tap_label(label, 1)?)));
    }
    if let Some(time) = typed.strip_prefix("/wait") {
        let time = record::duration(time).ok_or_else(|| StageError::Script("say how long, such as /wait 3d, /wait 2h or /wait 30m".to_owned()))?;
        return Ok((format!("wait {}", typed.trim_start_matches("/wait").trim()), waited(stage, time)?));
    }
    if typed == "/crash" {
        return Ok(("crash".to_owned(), record::scene(&stage.reopen(false)?)));
    }
    Ok((format!("> {typed}"), record::scene(&stage.say(typed, 1)?)))
}

/// What came while time passed.
pub fn waited(stage: &mut Stage, time: chrono::Duration) -> Result<String, StageError> {
    let scenes = stage.wait(time)?;
    let mut said = String::new();
    for (at, scene) in scenes {
        let local = at.with_timezone(&chrono_tz::Europe::London).format("%A %-d %B %Y, %H:%M");
        let _infallible = writeln!(said, "-- {local}");
        said.push_str(&record::scene(&scene));
    }
    Ok(said)
}

/// Why a talk in the terminal ended.
#[derive(Debug, thiserror::Error)]
pub enum ChatError {
    /// The stage failed.
    #[error(transparent)]
    Stage(#[from] StageError),
    /// The terminal failed.
    #[error("the terminal cannot be read or written ({0}); start again in another one")]
    Terminal(#[from] io::Error),
    /// The transcript could not be written.
    #[error("the transcript cannot be written to {0} ({1}); choose another file with --record")]
    Record(String, io::Error),
}
