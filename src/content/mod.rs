//! Dialogues and texts: loaded, compiled and checked.

mod compile;
pub mod dialogue;
pub mod engine_messages;
mod graph;
mod lint;
mod load;
mod locale;
mod lookup;
mod nearest;
mod raw;
pub mod report;
mod resolve;
mod scan;
mod shipped;
pub mod texts;
mod understanding;

pub use dialogue::{Dialogue, Variable};
pub use graph::{graph_dot, graph_mermaid};
pub use report::{Diagnostic, Report};
pub use texts::Texts;
pub use understanding::Understanding;

use locale::Locale;
use std::collections::BTreeMap;
use std::path::Path;

/// The language that every message must exist in.
pub const FALLBACK_LANGUAGE: &str = "en-GB";

/// The largest content file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 1024 * 1024;

/// Everything the bot can say: compiled, and proved by the checks.
#[derive(Debug)]
pub struct Content {
    /// Dialogues by name.
    pub dialogues: BTreeMap<String, Dialogue>,
    /// The texts of all languages.
    pub texts: Texts,
    /// What typed words mean, by language.
    pub understanding: BTreeMap<String, Understanding>,
}

/// One content file, not yet read.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its path inside the content folder, with `/`: `dialogues/first-session.toml`.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl Content {
    /// The content that was compiled into the program.
    ///
    /// # Errors
    /// The report, if it has a problem; a test holds that it has none.
    pub fn shipped() -> Result<Self, Report> {
        settled(Self::from_sources(shipped::sources()))
    }

    /// The content of a folder that holds `dialogues/` and `locales/`.
    ///
    /// # Errors
    /// The report of every problem in every file; also files that cannot be read, are over 1 MiB, or are links out of the folder.
    pub fn load_dir(root: &Path) -> Result<Self, Report> {
        let (sources, found) = load::read_folder(root);
        let (content, mut report) = Self::from_sources(sources);
        report.extend(found);
        settled((content, report))
    }

    /// Compiles and checks content. All problems of all files are in the report; there is content only if the report is clean.
    #[must_use]
    pub fn from_sources(sources: Vec<Source>) -> (Option<Self>, Report) {
        let mut report = Report::default();
        let mut files = scan::Files::default();
        for source in sources {
            scan::file(&source, &mut files, &mut report);
        }
        let locales = files.locales();
        let names: Vec<String> = files.dialogues.iter().map(|raw| raw.file_name().to_owned()).collect();
        let nobody = Locale::default();
        let english = locales.get(FALLBACK_LANGUAGE).unwrap_or(&nobody);
        let dialogues: Vec<Dialogue> = files.dialogues.iter().map(|raw| compile::dialogue(raw, &names, english, &mut report)).collect();
        lint::run(&lint::Script { raws: &files.dialogues, dialogues: &dialogues, locales: &locales }, &mut report);
        report.sort();
        if !report.is_clean() {
            return (None, report);
        }
        let texts = Texts::new(&locales, &files.texts);
        let content = Self {
            dialogues: dialogues.into_iter().map(|dialogue| (dialogue.name.clone(), dialogue)).collect(),
            texts,
            understanding: files.understanding,
        };
        (Some(content), report)
    }
}

/// Content, if its report is clean.
fn settled((content, report): (Option<Content>, Report)) -> Result<Content, Report> {
    match content {
        Some(content) if report.is_clean() => Ok(content),
        _ => Err(report),
    }
}
