//! Content from a folder.

use super::report::Report;
use super::{MAX_FILE_BYTES, Source};
use std::fs;
use std::path::{Path, PathBuf};

/// Deepest folder that is looked into: `locales/en-GB`.
const MOST_FOLDERS: usize = 2;

/// All content files of a folder, and what was wrong with those that could not be read.
pub(super) fn read_folder(root: &Path) -> (Vec<Source>, Report) {
    let mut found = Folder { root: root.canonicalize().unwrap_or_else(|_| root.to_owned()), sources: Vec::new(), report: Report::default() };
    for part in ["dialogues", "locales"] {
        found.enter(&root.join(part), part, 1);
    }
    found.sources.sort_by(|a, b| a.name.cmp(&b.name));
    (found.sources, found.report)
}

struct Folder {
    root: PathBuf,
    sources: Vec<Source>,
    report: Report,
}

impl Folder {
    fn enter(&mut self, folder: &Path, name: &str, depth: usize) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                let help = format!("make sure that the folder `{name}` is there and can be read");
                self.report.add("unreadable-file", (name, None), format!("the folder cannot be read: {error}"), help);
                return;
            }
        };
        for entry in entries.flatten() {
            let path = entry.path();
            let inside = format!("{name}/{}", entry.file_name().to_string_lossy());
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if path.is_dir() {
                if depth < MOST_FOLDERS && self.is_inside(&path, &inside) {
                    self.enter(&path, &inside, depth + 1);
                }
            } else if self.is_inside(&path, &inside) {
                self.read(&path, inside);
            }
        }
    }

    /// Whether the path still lies in the folder once links are followed.
    fn is_inside(&mut self, path: &Path, name: &str) -> bool {
        let inside = path.canonicalize().is_ok_and(|real| real.starts_with(&self.root));
        if !inside {
            let help = "put the file itself into the folder instead of a link";
            self.report.add("unreadable-file", (name, None), "the link leads out of the content folder, or nowhere", help);
        }
        inside
    }

    fn read(&mut self, path: &Path, name: String) {
        // The size is asked first so that a huge file is never read into memory.
        let size = fs::metadata(path).map(|about| about.len()).unwrap_or_default();
        if size > MAX_FILE_BYTES as u64 {
            too_large(&mut self.report, &name, size);
            return;
        }
        match fs::read(path) {
            Ok(bytes) => self.sources.push(Source { name, bytes }),
            Err(error) => {
                self.report.add("unreadable-file", (&name, None), format!("the file cannot be read: {error}"), "make sure that it can be read");
            }
        }
    }
}

/// Says that a file is too large.
pub(super) fn too_large(report: &mut Report, name: &str, size: u64) {
    report.add("unreadable-file", (name, None), format!("the file has {size} bytes; the limit is {MAX_FILE_BYTES}"), "split it into smaller files");
}
