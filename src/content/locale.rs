//! The messages of one language, parsed, with the place of each.

use super::report::Report;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message as Parsed, Pattern, PatternElement};
use fluent_syntax::parser;
use std::collections::BTreeMap;
use std::ops::Range;

/// Most forms of one text that are looked at, when it chooses by numbers.
const MOST_FORMS: usize = 64;

/// Most pieces of one text; Fluent itself stops at 100 variables, and the forms of endless texts would take endless time.
const MOST_PIECES: usize = 100;

/// The messages of a language.
#[derive(Debug, Default)]
pub(super) struct Locale {
    /// By message id.
    pub(super) messages: BTreeMap<String, Message>,
}

/// A message.
#[derive(Debug)]
pub(super) struct Message {
    /// Its file.
    pub(super) file: String,
    /// Where its id stands.
    pub(super) span: Range<usize>,
    /// The lines of the comment right above it.
    pub(super) comment: Vec<String>,
    /// Its value, if it has one, then its attributes.
    pub(super) parts: Vec<Part>,
}

/// The value or an attribute of a message.
#[derive(Debug)]
pub(super) struct Part {
    /// `None` for the value.
    pub(super) attribute: Option<String>,
    /// Where its id stands.
    pub(super) span: Range<usize>,
    /// The forms it can take: one, or one for each variant.
    pub(super) forms: Vec<Vec<Piece>>,
    /// The variables it uses anywhere, with their places.
    pub(super) variables: Vec<(String, Range<usize>)>,
    /// What it uses that texts may not use.
    strange: Vec<(String, Range<usize>)>,
}

/// A piece of a text.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    /// The author's own words, and where they stand.
    Words(String, Range<usize>),
    /// A quoted variable.
    Variable(String),
}

impl Message {
    /// The part of that name; `None` is the value.
    pub(super) fn part(&self, attribute: Option<&str>) -> Option<&Part> {
        self.parts.iter().find(|part| part.attribute.as_deref() == attribute)
    }

    /// Whether the comment right above begins with that word.
    pub(super) fn is_marked(&self, word: &str) -> bool {
        self.comment.iter().any(|line| line.trim().split(|c: char| !c.is_alphanumeric()).next() == Some(word))
    }
}

impl Part {
    /// Whether it is one of the wordings of a state.
    pub(super) fn is_wording(&self) -> bool {
        match self.attribute.as_deref() {
            None | Some("again") => true,
            Some(name) => name.strip_prefix("again-").is_some_and(|number| number.parse::<u8>().is_ok_and(|number| number >= 2)),
        }
    }

    /// Whether it labels a button.
    pub(super) fn is_label(&self) -> bool {
        self.attribute.as_deref().is_some_and(|name| name.starts_with("choice-"))
    }

    /// Every form, with the variables replaced.
    pub(super) fn rendered<'a>(&'a self, replace: impl Fn(&'a str) -> String + 'a) -> impl Iterator<Item = String> + 'a {
        self.forms.iter().map(move |form| {
            form.iter()
                .map(|piece| match piece {
                    Piece::Words(words, _) => words.clone(),
                    Piece::Variable(name) => replace(name),
                })
                .collect()
        })
    }

    /// The author's own words with a plain word where a variable stands.
    pub(super) fn plain(&self) -> impl Iterator<Item = String> {
        self.rendered(|_| "this".to_owned())
    }
}

/// Reads a text file into the language.
pub(super) fn read(file: &str, text: &str, locale: &mut Locale, report: &mut Report) {
    let resource = match parser::parse(text) {
        Ok(resource) => resource,
        Err((resource, errors)) => {
            for error in errors {
                let message = format!("this is no message: {}", error.kind);
                report.add("junk-message", (file, Some(error.pos)), message, "write `id = text`, and begin further lines with spaces");
            }
            resource
        }
    };
    let reader = Reader { text };
    for entry in &resource.body {
        match entry {
            Entry::Message(parsed) => {
                let message = reader.message(file, parsed);
                complain(parsed.id.name, &message, locale.messages.get(parsed.id.name), report);
                locale.messages.entry(parsed.id.name.to_owned()).or_insert(message);
            }
            Entry::Term(term) => {
                let help = "write the words out where they are used";
                report.add("junk-message", (file, Some(reader.place(term.id.name))), "terms are not used here", help);
            }
            _ => {}
        }
    }
}

/// Reports what is wrong with one message on its own.
fn complain(id: &str, message: &Message, before: Option<&Message>, report: &mut Report) {
    let file = message.file.as_str();
    if let Some(before) = before {
        let text = format!("`{id}` is already written in {}; this one would be ignored", before.file);
        report.add("junk-message", (file, Some(message.span.clone())), text, "delete one of the two");
    }
    let mut seen = Vec::new();
    for part in &message.parts {
        if part.rendered(str::to_owned).any(|text| text.trim().is_empty()) {
            report.add("junk-message", (file, Some(part.span.clone())), "this text is empty", "write the text, or delete the line");
        }
        if seen.contains(&&part.attribute) {
            report.add("junk-message", (file, Some(part.span.clone())), "this attribute is written twice", "delete one of the two");
        }
        seen.push(&part.attribute);
        for (what, span) in &part.strange {
            report.add("junk-message", (file, Some(span.clone())), format!("{what} cannot be used here"), "write the words out");
        }
    }
}

/// Finds places: the parser's slices lie inside the text.
struct Reader<'t> {
    text: &'t str,
}

impl Reader<'_> {
    fn place(&self, slice: &str) -> Range<usize> {
        let start = (slice.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len());
        start..(start + slice.len()).min(self.text.len())
    }

    fn message(&self, file: &str, parsed: &Parsed<&str>) -> Message {
        let mut parts = Vec::new();
        if let Some(value) = &parsed.value {
            parts.push(self.part(None, self.place(parsed.id.name), value));
        }
        for attribute in &parsed.attributes {
            parts.push(self.part(Some(attribute.id.name.to_owned()), self.place(attribute.id.name), &attribute.value));
        }
        let comment = parsed.comment.as_ref().map(|comment| comment.content.iter().map(|line| (*line).to_owned()).collect());
        Message { file: file.to_owned(), span: self.place(parsed.id.name), comment: comment.unwrap_or_default(), parts }
    }

    fn part(&self, attribute: Option<String>, span: Range<usize>, pattern: &Pattern<&str>) -> Part {
        let mut part = Part { attribute, span, forms: Vec::new(), variables: Vec::new(), strange: Vec::new() };
        part.forms = self.forms(pattern, &mut part);
        part
    }

    /// All forms of a pattern: each choice inside it multiplies them.
    fn forms(&self, pattern: &Pattern<&str>, part: &mut Part) -> Vec<Vec<Piece>> {
        let mut forms: Vec<Vec<Piece>> = vec![Vec::new()];
        if pattern.elements.len() > MOST_PIECES {
            part.strange.push((format!("a text of more than {MOST_PIECES} pieces"), part.span.clone()));
            return forms;
        }
        for element in &pattern.elements {
            let ends = match element {
                PatternElement::TextElement { value } => vec![vec![Piece::Words((*value).to_owned(), self.place(value))]],
                PatternElement::Placeable { expression } => self.expression(expression, part),
            };
            if let [end] = ends.as_slice() {
                for form in &mut forms {
                    form.extend(end.iter().cloned());
                }
                continue;
            }
            forms = forms
                .iter()
                .flat_map(|form| ends.iter().map(move |end| form.iter().chain(end).cloned().collect::<Vec<_>>()))
                .take(MOST_FORMS)
                .collect();
        }
        forms
    }

    fn expression(&self, expression: &Expression<&str>, part: &mut Part) -> Vec<Vec<Piece>> {
        match expression {
            Expression::Inline(inline) => self.inline(inline, part),
            Expression::Select { selector, variants } => {
                // Only for its variables: what it chooses by is not shown.
                let _ = self.inline(selector, part);
                variants.iter().flat_map(|variant| self.forms(&variant.value, part)).collect()
            }
        }
    }

    fn inline(&self, inline: &InlineExpression<&str>, part: &mut Part) -> Vec<Vec<Piece>> {
        let strange = match inline {
            InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
                return vec![vec![Piece::Words((*value).to_owned(), self.place(value))]];
            }
            InlineExpression::VariableReference { id } => {
                part.variables.push((id.name.to_owned(), self.place(id.name)));
                return vec![vec![Piece::Variable(id.name.to_owned())]];
            }
            InlineExpression::Placeable { expression } => return self.expression(expression, part),
            InlineExpression::FunctionReference { id, .. } => ("a function", id.name),
            InlineExpression::MessageReference { id, .. } => ("another message", id.name),
            InlineExpression::TermReference { id, .. } => ("a term", id.name),
        };
        part.strange.push((format!("{} (`{}`)", strange.0, strange.1), self.place(strange.1)));
        Vec::from([Vec::new()])
    }
}
