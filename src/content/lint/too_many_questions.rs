//! More than one question at once: people answer the last one, or none.

use super::Script;
use crate::content::report::Report;

pub(super) fn check(script: &Script<'_>, report: &mut Report) {
    for text in script.english_texts().filter(|text| text.part.is_wording()) {
        let most = text.part.rendered(|_| String::new()).map(|form| form.matches('?').count()).max().unwrap_or_default();
        if most > 1 {
            let message = format!("{most} questions in one wording of `{}`", text.id);
            report.add("too-many-questions", text.place(), message, "keep one; make another wording of the other, or its `.idea`");
        }
    }
}
