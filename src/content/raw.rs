//! Dialogue files as written: every value with its place, nothing resolved yet.

use super::nearest;
use super::report::Report;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and where it stands, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Located<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

/// A name in a file.
pub(super) type Name = Located<String>;

/// A dialogue file.
#[derive(Debug, Default)]
pub(super) struct RawDialogue {
    pub(super) file: String,
    pub(super) dialogue: Option<Name>,
    pub(super) start: Option<Name>,
    pub(super) states: Vec<RawState>,
}

/// A state in a dialogue file.
#[derive(Debug)]
pub(super) struct RawState {
    pub(super) name: Name,
    pub(super) technique: Option<Name>,
    pub(super) ask: Option<Name>,
    pub(super) save: Option<Name>,
    pub(super) next: Option<Name>,
    pub(super) on: Vec<(Name, Name)>,
    pub(super) buttons: Vec<Name>,
    pub(super) choices: Vec<Name>,
    pub(super) skip: Option<Name>,
    pub(super) skip_button: Option<Located<bool>>,
    pub(super) limit: Option<Located<i64>>,
    pub(super) then: Option<Name>,
    pub(super) act: Option<Name>,
    pub(super) fact: Option<Name>,
    pub(super) rows: Option<Located<i64>>,
    pub(super) formerly: Vec<Name>,
    pub(super) command: Option<Name>,
}

impl RawDialogue {
    /// The name that the file gives the dialogue.
    pub(super) fn file_name(&self) -> &str {
        let name = self.file.rsplit('/').next().unwrap_or_default();
        name.strip_suffix(".toml").unwrap_or(name)
    }
}

/// Reads a dialogue file as far as it can be read.
pub(super) fn dialogue(file: &str, text: &str, report: &mut Report) -> RawDialogue {
    let table = table(file, text, report);
    let mut fields = Fields::new(file, &table, report);
    let mut raw = RawDialogue { file: file.to_owned(), dialogue: fields.text("dialogue"), start: fields.text("start"), states: Vec::new() };
    for (name, value) in fields.rest() {
        match value.get_ref() {
            DeValue::Table(table) => raw.states.push(state(file, name, table, fields.report)),
            _ => fields.unknown(&name, &["dialogue", "start"], "a dialogue"),
        }
    }
    raw
}

/// Parses TOML, with all its syntax errors.
pub(super) fn table<'i>(file: &str, text: &'i str, report: &mut Report) -> DeTable<'i> {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let help = "check quotes, brackets and that every name stands only once in its table";
        report.add("syntax", (file, error.span()), error.message(), help);
    }
    table.into_inner()
}

fn state(file: &str, name: Name, table: &DeTable<'_>, report: &mut Report) -> RawState {
    let mut fields = Fields::new(file, table, report);
    let state = RawState {
        name,
        technique: fields.text("technique"),
        ask: fields.text("ask"),
        save: fields.text("save"),
        next: fields.text("next"),
        on: fields.pairs("on"),
        buttons: fields.list("buttons"),
        choices: fields.list("choices"),
        skip: fields.text("skip"),
        skip_button: fields.flag("skip-button"),
        limit: fields.number("limit"),
        then: fields.text("then"),
        act: fields.text("act"),
        fact: fields.text("fact"),
        rows: fields.number("rows"),
        formerly: fields.list("formerly"),
        command: fields.text("command"),
    };
    let known = fields.asked.clone();
    for (name, _) in fields.rest() {
        fields.unknown(&name, &known, "a state");
    }
    state
}

/// The entries of a table, taken out one by one; what is left at the end is unknown.
pub(super) struct Fields<'a, 'i> {
    file: &'a str,
    entries: Vec<(Name, &'a Spanned<DeValue<'i>>)>,
    asked: Vec<&'static str>,
    pub(super) report: &'a mut Report,
}

impl<'a, 'i> Fields<'a, 'i> {
    pub(super) fn new(file: &'a str, table: &'a DeTable<'i>, report: &'a mut Report) -> Self {
        Self { file, entries: entries(table), asked: Vec::new(), report }
    }

    fn take(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'i>>> {
        self.asked.push(key);
        let index = self.entries.iter().position(|(name, _)| name.value == key)?;
        Some(self.entries.remove(index).1)
    }

    /// What was not asked for yet.
    pub(super) fn rest(&mut self) -> Vec<(Name, &'a Spanned<DeValue<'i>>)> {
        std::mem::take(&mut self.entries)
    }

    pub(super) fn text(&mut self, key: &'static str) -> Option<Name> {
        let value = self.take(key)?;
        self.name(value, key)
    }

    /// A value that must be text.
    pub(super) fn name(&mut self, value: &Spanned<DeValue<'_>>, key: &str) -> Option<Name> {
        if let DeValue::String(text) = value.get_ref() {
            return Some(Located { value: text.to_string(), span: value.span() });
        }
        self.wrong(value, key, "text in double quotes");
        None
    }

    fn flag(&mut self, key: &'static str) -> Option<Located<bool>> {
        let value = self.take(key)?;
        if let DeValue::Boolean(flag) = value.get_ref() {
            return Some(Located { value: *flag, span: value.span() });
        }
        self.wrong(value, key, "true or false");
        None
    }

    fn number(&mut self, key: &'static str) -> Option<Located<i64>> {
        let value = self.take(key)?;
        let number = value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
        if let Some(value_of) = number {
            return Some(Located { value: value_of, span: value.span() });
        }
        self.wrong(value, key, "a whole number");
        None
    }

    pub(super) fn list(&mut self, key: &'static str) -> Vec<Name> {
        let Some(value) = self.take(key) else { return Vec::new() };
        self.names(value, key)
    }

    /// A value that must be a list of texts.
    pub(super) fn names(&mut self, value: &Spanned<DeValue<'_>>, key: &str) -> Vec<Name> {
        let Some(list) = value.get_ref().as_array() else {
            self.wrong(value, key, "a list such as [\"yes\", \"no\"]");
            return Vec::new();
        };
        list.iter().filter_map(|one| self.name(one, key)).collect()
    }

    fn pairs(&mut self, key: &'static str) -> Vec<(Name, Name)> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(value, key, "lines such as on.yes = \"tomorrow\"");
            return Vec::new();
        };
        let mut inner = Fields::new(self.file, table, self.report);
        inner.rest().into_iter().filter_map(|(name, value)| Some((name, inner.name(value, "on")?))).collect()
    }

    /// A table inside the table, in the order of the file.
    pub(super) fn table(&mut self, key: &'static str) -> Vec<(Name, &'a Spanned<DeValue<'i>>)> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(value, key, &format!("a table, which begins with a line [{key}]"));
            return Vec::new();
        };
        entries(table)
    }

    fn wrong(&mut self, value: &Spanned<DeValue<'_>>, key: &str, wanted: &str) {
        let message = format!("`{key}` holds {} {}", article(value.get_ref().type_str()), value.get_ref().type_str());
        self.report.add("syntax", (self.file, Some(value.span())), message, format!("write {wanted}"));
    }

    /// Says that a name means nothing here.
    pub(super) fn unknown(&mut self, name: &Name, known: &[&str], place: &str) {
        let message = format!("`{}` means nothing in {place}", name.value);
        self.report.add("unknown-key", (self.file, Some(name.span.clone())), message, nearest::help(&name.value, known));
    }
}

/// The entries of a table in the order of the file, which means something to its author; tables come sorted by name.
fn entries<'a, 'i>(table: &'a DeTable<'i>) -> Vec<(Name, &'a Spanned<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().map(|(key, value)| (Located { value: key.get_ref().to_string(), span: key.span() }, value)).collect();
    entries.sort_by_key(|(name, _)| name.span.start);
    entries
}

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}
