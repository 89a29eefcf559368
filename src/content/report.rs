//! Problems of content files, and how they are shown to the person who writes them.

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

/// Most problems that are shown at once; the rest is counted.
const MOST_SHOWN: usize = 200;

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Code of the rule, in kebab-case.
    pub rule: &'static str,
    /// The file, as a path inside the content folder.
    pub file: String,
    /// Where, in bytes; `None` for the whole file.
    pub span: Option<Range<usize>>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// All problems of all files, sorted by file, position and rule.
#[derive(Clone, Default)]
pub struct Report {
    /// The problems.
    pub diagnostics: Vec<Diagnostic>,
    /// Texts of the files, for the excerpts.
    sources: BTreeMap<String, String>,
}

impl Report {
    /// Whether there is no problem.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Keeps the text of a file for excerpts.
    pub(super) fn keep_source(&mut self, file: &str, text: &str) {
        self.sources.insert(file.to_owned(), text.to_owned());
    }

    /// Adds a problem.
    pub(super) fn add(&mut self, rule: &'static str, place: (&str, Option<Range<usize>>), message: impl Into<String>, help: impl Into<String>) {
        let (file, span) = place;
        self.diagnostics.push(Diagnostic { rule, file: file.to_owned(), span, message: message.into(), help: help.into() });
    }

    /// Adds the problems of another report.
    pub(super) fn extend(&mut self, other: Self) {
        self.diagnostics.extend(other.diagnostics);
        self.sources.extend(other.sources);
        self.sort();
    }

    /// Puts the problems in order, each one once.
    pub(super) fn sort(&mut self) {
        let place = |one: &Diagnostic| one.span.clone().map_or((0, 0), |span| (span.start, span.end));
        self.diagnostics.sort_by(|a, b| {
            let (left, right) = ((&a.file, place(a), a.rule, &a.message), (&b.file, place(b), b.rule, &b.message));
            left.cmp(&right)
        });
        self.diagnostics.dedup();
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let handler = GraphicalReportHandler::new_themed(GraphicalTheme::none())
            .with_links(false)
            .with_width(110)
            .with_context_lines(1)
            .without_syntax_highlighting();
        for diagnostic in self.diagnostics.iter().take(MOST_SHOWN) {
            let text = self.sources.get(&diagnostic.file);
            let mut shown = String::new();
            handler.render_report(&mut shown, &Shown::new(diagnostic, text))?;
            for line in shown.lines() {
                writeln!(f, "{}", line.trim_end())?;
            }
            writeln!(f)?;
        }
        match self.diagnostics.len() {
            0 => writeln!(f, "No problems."),
            1 => writeln!(f, "1 problem."),
            many if many > MOST_SHOWN => writeln!(f, "{many} problems; the first {MOST_SHOWN} are shown."),
            many => writeln!(f, "{many} problems."),
        }
    }
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Report").field("diagnostics", &self.diagnostics).finish_non_exhaustive()
    }
}

impl std::error::Error for Report {}

/// A problem as miette wants it.
#[derive(Debug)]
struct Shown<'a> {
    diagnostic: &'a Diagnostic,
    message: String,
    source: Option<NamedSource<String>>,
    span: Option<Range<usize>>,
}

impl<'a> Shown<'a> {
    fn new(diagnostic: &'a Diagnostic, text: Option<&String>) -> Self {
        // Without an excerpt the file would not be named anywhere.
        let span = text.and_then(|text| clamped(diagnostic.span.clone()?, text));
        let message = if span.is_some() { diagnostic.message.clone() } else { format!("{}: {}", diagnostic.file, diagnostic.message) };
        let source = span.as_ref().and(text).map(|text| NamedSource::new(&diagnostic.file, text.clone()));
        Self { diagnostic, message, source, span }
    }
}

/// The span inside the first line it touches, and at least one character of it; others make unreadable excerpts.
fn clamped(span: Range<usize>, text: &str) -> Option<Range<usize>> {
    let rest = text.get(span.start..)?;
    let line = rest.find('\n').unwrap_or(rest.len());
    if line == 0 {
        let before = text.get(..span.start)?.chars().next_back().filter(|character| *character != '\n')?;
        return Some(span.start - before.len_utf8()..span.start);
    }
    let first = rest.chars().next().map_or(1, char::len_utf8);
    Some(span.start..span.end.clamp(span.start + first, span.start + line))
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown<'_> {}

impl miette::Diagnostic for Shown<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        Some(Box::new(self.diagnostic.rule))
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        Some(Box::new(&self.diagnostic.help))
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        self.source.as_ref().map(|source| source as &dyn miette::SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.span.clone()?;
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(None, (span.start, span.len())))))
    }
}
