//! The text of the runtime for one client: what stands behind a part's feature is there always, with
//! another feature, or not at all, as [`Parts`] says.
//!
//! An attribute that names parts stands on a line of its own before all that it belongs to, docs
//! included: `#[cfg(feature = "pages")]`, or `any` of several. The runtime is formatted, so an item
//! ends with the first line that is indented like its attribute and ends in `;`, `,` or `}`.

use std::collections::BTreeSet;

use super::parts::{Fate, Parts};

/// How the attributes of a part begin. Most of the runtime stands between them, and is copied as
/// it is.
const GATE: &str = "#[cfg(";

/// The text for a client, without the parts that it has not.
pub(super) fn text(text: &str, parts: &Parts) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut left_out = false;
    let mut rest = text;
    while let Some(place) = rest.find(GATE) {
        let start = rest[..place].rfind('\n').map_or(0, |end| end + 1);
        let (before, gated) = rest.split_at(start);
        kept.push_str(before);
        let mut lines = gated.split_inclusive('\n');
        let line = lines.next().unwrap_or_default();
        rest = &gated[line.len()..];
        match gate(line).and_then(|names| fate(&names, parts)) {
            None => kept.push_str(line),
            Some(Fate::Always) => {}
            Some(Fate::With(feature)) => {
                let indent = indent(line);
                kept.push_str(&format!("{indent}#[cfg(feature = \"{feature}\")]\n"));
            }
            Some(Fate::Never) => {
                rest = &rest[skipped(indent(line), lines)..];
                left_out = true;
            }
        }
    }
    kept.push_str(rest);
    match left_out {
        true => without_gaps(&kept),
        false => kept,
    }
}

/// The text without the blank lines that rustfmt would not keep: a second one after another, and those
/// at either end of a block.
fn without_gaps(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut opens = true;
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let closes = |next: &&str| {
            let next = next.trim_start();
            next.is_empty() || next.starts_with(['}', ')', ']'])
        };
        if line == "\n" && (opens || lines.peek().is_none_or(closes)) {
            continue;
        }
        opens = line.trim_end().ends_with(['{', '(', '[']);
        kept.push_str(line);
    }
    kept
}

/// The modules that a file declares.
pub(super) fn modules(text: &str) -> BTreeSet<&str> {
    let names = text.lines().filter_map(|line| {
        let item = line.strip_prefix("pub(crate) ");
        let item = item.or_else(|| line.strip_prefix("pub ")).unwrap_or(line);
        item.strip_prefix("mod ")?.strip_suffix(';')
    });
    names.collect()
}

/// The features that an attribute asks for, any one of them.
fn gate(line: &str) -> Option<Vec<&str>> {
    let asked = line.trim().strip_prefix("#[cfg(")?.strip_suffix(")]")?;
    let any = asked.strip_prefix("any(");
    let any = any.and_then(|asked| asked.strip_suffix(')'));
    let names = any.unwrap_or(asked).split(", ");
    let names = names.map(|part| part.strip_prefix("feature = \"")?.strip_suffix('"'));
    names.collect()
}

/// What becomes of what any one of these features is enough for; `None` if one is no part.
fn fate(names: &[&str], parts: &Parts) -> Option<Fate> {
    let fates: Option<Vec<Fate>> = names.iter().map(|name| parts.fate(name)).collect();
    let rank = |fate: &Fate| match fate {
        Fate::Always => 0,
        Fate::With(_) => 1,
        Fate::Never => 2,
    };
    fates?.into_iter().min_by_key(rank)
}

fn indent(line: &str) -> &str {
    let text = line.trim_start();
    line.strip_suffix(text).unwrap_or_default()
}

/// How many bytes the docs, the other attributes, and the item take.
fn skipped<'a>(indent: &str, lines: impl Iterator<Item = &'a str>) -> usize {
    let about = |text: &str| text.starts_with("///") || text.starts_with("#[");
    let mut bytes = 0;
    for line in lines {
        bytes += line.len();
        let Some(text) = line.strip_prefix(indent).map(str::trim_end) else {
            continue;
        };
        if !text.starts_with(' ') && !about(text) && text.ends_with([';', ',', '}']) {
            break;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rust::emit::parts::tests::parts;

    const ROOT: &str = "\
mod a;
#[cfg(feature = \"pages\")]
/// Docs; and more,
pub mod b;
#[cfg(any(feature = \"pages\", feature = \"forms\"))]
pub(crate) mod c;
#[cfg(feature = \"test-util\")]
mod d;
";

    const ITEMS: &str = "\
impl Call {
    #[cfg(feature = \"pages\")]
    /// Docs.
    #[inline]
    fn pages<T>(
        self,
        decode: T,
    ) -> T {
        match self {
            _ => decode,
        }
    }

    fn other() {}
}
";

    #[test]
    fn what_is_needed_has_no_gate() {
        let all = parts(&[("pages", Fate::Always), ("forms", Fate::Never)]);
        let root = text(ROOT, &all);
        assert_eq!(
            root,
            "mod a;\n/// Docs; and more,\npub mod b;\npub(crate) mod c;\n\
             #[cfg(feature = \"test-util\")]\nmod d;\n"
        );
        assert_eq!(modules(&root), BTreeSet::from(["a", "b", "c", "d"]));
    }

    #[test]
    fn what_only_the_command_line_needs_is_behind_its_feature() {
        let some = parts(&[("pages", Fate::With("cli")), ("forms", Fate::Never)]);
        let root = text(ROOT, &some);
        assert_eq!(root.matches("#[cfg(feature = \"cli\")]").count(), 2);
    }

    #[test]
    fn what_is_not_needed_is_left_out_to_its_end() {
        let none = parts(&[("pages", Fate::Never), ("forms", Fate::Never)]);
        assert_eq!(
            text(ROOT, &none),
            "mod a;\n#[cfg(feature = \"test-util\")]\nmod d;\n"
        );
        assert_eq!(text(ITEMS, &none), "impl Call {\n    fn other() {}\n}\n");
    }
}
