//! The known name that is nearest to a mistyped one, for help lines.

/// The known name within three changes of this one.
pub(super) fn name<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|one| (distance(typed, one), one))
        .filter(|(changes, one)| *changes <= 3 && *changes < one.chars().count())
        .min()
        .map(|(_, one)| one)
}

/// A help line: the nearest name, or all of them.
pub(super) fn help(typed: &str, known: &[&str]) -> String {
    match name(typed, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "there is none to choose from yet".to_owned(),
        None => format!("use one of: {}", known.join(", ")),
    }
}

/// Levenshtein's distance, in characters.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (index, from) in left.chars().take(64).enumerate() {
        let mut corner = index;
        let mut before = index + 1;
        if let Some(first) = row.first_mut() {
            *first = before;
        }
        for (cell, to) in row.iter_mut().skip(1).zip(&right) {
            let best = (corner + usize::from(from != *to)).min(before + 1).min(*cell + 1);
            corner = *cell;
            before = best;
            *cell = best;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_its_name() {
        assert_eq!(name("best-hope", ["tomorrow", "best-hopes"]), Some("best-hopes"));
        assert_eq!(name("zzz", ["tomorrow", "best-hopes"]), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
