//! A text that matches a `pattern`, where the pattern is simple enough to read one off it.
//!
//! Patterns are of ECMA-262; what they have in common with the syntax read here is most of them.
//! Whatever comes out is held against the pattern itself, so a misreading gives no text at all.

use regex_syntax::hir::{Class, Hir, HirKind};

/// Repetitions are at least tried up to this length.
const LONGEST: usize = 1_000;

/// The letters that are taken from a set, if it has one of them.
const LIKED: [char; 8] = ['a', 'A', '1', '0', '-', '_', '.', ' '];

/// A text of a length between `least` and `most` that matches the pattern.
pub(super) fn text(pattern: &str, least: usize, most: usize) -> Option<String> {
    if least > LONGEST {
        return None;
    }
    let parsed = regex_syntax::parse(pattern).ok()?;
    // Repeating more often than needed makes a text longer, one try a length.
    for more in [0, least, 1, 2, 3, 4, 8, 16, 32] {
        let mut text = String::new();
        if write(&parsed, more, &mut text).is_none() {
            continue;
        }
        let length = text.chars().count();
        let lengthened = (length < least).then(|| lengthened(&text, least));
        let text = lengthened.unwrap_or(text);
        if (least..=most).contains(&text.chars().count()) && matches(pattern, &text) {
            return Some(text);
        }
    }
    None
}

/// Whether a text matches a pattern.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let compiled = regress::Regex::with_flags(pattern, "u");
    let compiled = compiled.or_else(|_| regress::Regex::new(pattern));
    compiled.is_ok_and(|compiled| compiled.find(text).is_some())
}

/// A text filled up at its end; a pattern without an end may allow that.
fn lengthened(text: &str, least: usize) -> String {
    let missing = least.saturating_sub(text.chars().count());
    let last = text.chars().next_back().unwrap_or('a');
    text.chars()
        .chain(std::iter::repeat_n(last, missing))
        .collect()
}

fn write(pattern: &Hir, more: usize, text: &mut String) -> Option<()> {
    if text.len() > LONGEST {
        return None;
    }
    match pattern.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(liked(class)?),
        HirKind::Repetition(repetition) => {
            let least = repetition.min as usize;
            let most = repetition.max.map_or(usize::MAX, |most| most as usize);
            for _ in 0..least.max(more).min(most) {
                write(&repetition.sub, more, text)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, more, text)?,
        HirKind::Concat(parts) => {
            for part in parts {
                write(part, more, text)?;
            }
        }
        HirKind::Alternation(choices) => write(choices.first()?, more, text)?,
    }
    Some(())
}

/// A letter of a set: one that is easy to read, else the first.
fn liked(class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else {
        return None;
    };
    let holds = |letter: &char| {
        let mut ranges = class.iter();
        ranges.any(|range| (range.start()..=range.end()).contains(letter))
    };
    let first = || Some(class.iter().next()?.start());
    LIKED.into_iter().find(holds).or_else(first)
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn simple_patterns_have_a_text() {
        for (pattern, expected) in [
            (r"^[A-Fa-f\d]{4}$", Some("aaaa")),
            (r"^(ab|cd)-\d+$", Some("ab-1")),
            (r"^v[0-9]+\.[0-9]+$", Some("v1.1")),
            ("^[^@]+@x$", Some("a@x")),
            ("^(?=.*b)[ab]{2}$", None),
        ] {
            assert_eq!(text(pattern, 0, 64).as_deref(), expected, "{pattern}");
        }
    }

    #[test]
    fn lengths_count() {
        assert_eq!(text("^[a-z]*$", 3, 64).as_deref(), Some("aaa"));
        assert_eq!(text("^x", 3, 64).as_deref(), Some("xxx"));
        assert_eq!(text("^abc$", 0, 2), None);
    }
}
