//! The texts of a description as doc lines.
//!
//! A text keeps its paragraphs, lists, emphasis and code. What rustdoc would take for more than
//! text is made harmless: brackets that are no links, tags, bare addresses, and code blocks,
//! which would be run as tests.

/// The lines of a doc comment for a text.
pub(super) fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut fence: Option<String> = None;
    // How far the text of the list item that is open is indented.
    let mut hanging = 0;
    for raw in text.lines() {
        let line = raw.trim_end().replace(is_unprintable, " ");
        let trimmed = line.trim_start();
        if let Some(open) = &fence {
            if trimmed.starts_with(open.as_str()) {
                lines.push(open.clone());
                fence = None;
            } else {
                lines.push(line);
            }
            continue;
        }
        if let Some(open) = fence_of(trimmed) {
            // Whatever the language, it is not this crate's code.
            lines.push(format!("{open}text"));
            fence = Some(open);
            continue;
        }
        let item = item_width(trimmed);
        if trimmed.is_empty() || item.is_some() {
            hanging = 0;
        }
        let indent = " ".repeat(hanging);
        hanging = item.unwrap_or(hanging);
        lines.push(format!("{indent}{}", harmless(trimmed)));
    }
    lines.extend(fence);
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.dedup_by(|later, earlier| later.is_empty() && earlier.is_empty());
    lines
}

/// A short text as a part of one line.
pub(super) fn line(text: &str) -> String {
    lines(text).join(" ")
}

/// A name of the description as a code span.
pub(super) fn code(text: &str) -> String {
    let plain = text.replace('`', "'").replace(is_unprintable, " ");
    format!("`{plain}`")
}

/// Control characters, which rustc refuses in comments, and the marks that change the direction
/// of text, with which a comment could hide what it says (CVE-2021-42574).
pub(super) fn is_unprintable(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text up to its first full stop, on one line.
pub(super) fn first_sentence(text: &str) -> String {
    let text = text.replace(is_unprintable, " ");
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.find(". ") {
        Some(end) => line[..end].to_owned(),
        None => line.trim_end_matches('.').to_owned(),
    }
}

fn fence_of(line: &str) -> Option<String> {
    let mark = line
        .chars()
        .next()
        .filter(|mark| matches!(mark, '`' | '~'))?;
    let length = line.chars().take_while(|letter| *letter == mark).count();
    (length >= 3).then(|| mark.to_string().repeat(length))
}

/// How far the text of a list item stands from its marker's begin; `None`: no list item.
fn item_width(line: &str) -> Option<usize> {
    if ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark)) {
        return Some(2);
    }
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let rest = &line[digits..];
    let numbered = digits > 0 && (rest.starts_with(". ") || rest.starts_with(") "));
    numbered.then_some(digits + 2)
}

/// Escapes what is no plain Markdown text, code spans apart.
fn harmless(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        if letter == '`'
            && let Some(length) = code_span(rest)
        {
            out.push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        }
        if letter == '['
            && let Some(length) = link(rest)
        {
            out.push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        }
        if let Some(length) = address(rest) {
            out.push('<');
            out.push_str(&rest[..length]);
            out.push('>');
            rest = &rest[length..];
            continue;
        }
        if matches!(letter, '[' | ']' | '<' | '>' | '`' | '|') {
            out.push('\\');
        }
        out.push(letter);
        rest = &rest[letter.len_utf8()..];
    }
    out
}

/// The length of the code span that a text starts with.
fn code_span(text: &str) -> Option<usize> {
    let ticks = text.chars().take_while(|letter| *letter == '`').count();
    let end = text[ticks..].find(&"`".repeat(ticks))?;
    Some(ticks + end + ticks)
}

/// The length of the link to an address that a text starts with.
fn link(text: &str) -> Option<usize> {
    let middle = text.find("](")?;
    let end = text[middle..].find(')')? + middle;
    let label = &text[1..middle];
    let target = &text[middle + 2..end];
    let plain = !label.contains(['[', ']', '<', '`']) && !target.contains([' ', '<']);
    (plain && (target.starts_with("http://") || target.starts_with("https://"))).then_some(end + 1)
}

/// The length of the address that a text starts with.
fn address(text: &str) -> Option<usize> {
    if !text.starts_with("http://") && !text.starts_with("https://") {
        return None;
    }
    let end = text
        .find(|c: char| c.is_whitespace() || matches!(c, ')' | ']' | '>' | '<' | '"' | '`' | '\''));
    let address = &text[..end.unwrap_or(text.len())];
    Some(
        address
            .trim_end_matches(['.', ',', ';', ':', '!', '?', '*'])
            .len(),
    )
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn brackets_and_tags_are_text() {
        assert_eq!(lines("the [id] of <org>"), [r"the \[id\] of \<org\>"]);
    }

    #[test]
    fn nothing_hides_in_a_comment() {
        assert_eq!(lines("a\u{202e}b\rc\u{0}d"), ["a b c d"]);
    }

    #[test]
    fn links_code_and_addresses_stay() {
        let text = "see [docs](https://a.example/x), `a[0]` or https://b.example.";
        let kept = "see [docs](https://a.example/x), `a[0]` or <https://b.example>.";
        assert_eq!(lines(text), [kept]);
    }

    #[test]
    fn code_blocks_are_never_tests() {
        assert_eq!(
            lines("```rust\npanic!()\n```"),
            ["```text", "panic!()", "```"]
        );
        assert_eq!(lines("```\nopen"), ["```text", "open", "```"]);
        assert_eq!(lines("    panic!()"), ["panic!()"]);
    }

    #[test]
    fn a_list_keeps_its_members_together() {
        assert_eq!(lines("1. one\ntwo"), ["1. one", "   two"]);
        assert_eq!(lines("- one\ntwo\n- three"), ["- one", "  two", "- three"]);
    }
}
