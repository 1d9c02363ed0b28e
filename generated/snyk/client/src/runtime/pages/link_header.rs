//! The link to the next page in the `Link` header (RFC 8288, section 3).

use http::HeaderMap;
use http::header::LINK;

use crate::runtime::delivery::redirect::reference;

/// The target of the first link of relation `next`, as it is written.
pub(crate) fn next(headers: &HeaderMap) -> Option<String> {
    let mut lines = headers.get_all(LINK).iter();
    lines.find_map(|line| next_in(&reference(line)).map(str::to_owned))
}

fn next_in(line: &str) -> Option<&str> {
    let mut rest = line;
    while let Some((_, after)) = rest.split_once('<') {
        let (target, after) = after.split_once('>')?;
        let (parameters, after) = parameters(after);
        let of_page = !parameters.iter().any(|(name, _)| is(name, "anchor"));
        let relation = parameters.iter().find(|(name, _)| is(name, "rel"));
        let relations = relation.map_or("", |(_, value)| value);
        let mut relations = relations.split_ascii_whitespace();
        if of_page && relations.any(|relation| is(relation, "next")) {
            return Some(target.trim());
        }
        rest = after;
    }
    None
}

fn is(word: &str, wanted: &str) -> bool {
    word.eq_ignore_ascii_case(wanted)
}

/// The parameters of a link, and what follows the link.
fn parameters(text: &str) -> (Vec<(&str, &str)>, &str) {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(after) = rest.strip_prefix(';') {
        let end = after.find(['=', ';', ',']).unwrap_or(after.len());
        let name = after[..end].trim();
        let (value, after) = match after[end..].strip_prefix('=') {
            Some(after) => value(after.trim_start()),
            None => ("", &after[end..]),
        };
        found.push((name, value));
        rest = after.trim_start();
    }
    (found, rest)
}

/// The value of a parameter, and what follows it. A quoted one is taken as it is, for nothing
/// that is asked for here needs a backslash.
fn value(text: &str) -> (&str, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ',']).unwrap_or(text.len());
        return (text[..end].trim_end(), &text[end..]);
    };
    let mut escaped = false;
    for (at, sign) in quoted.char_indices() {
        match sign {
            '"' if !escaped => return (&quoted[..at], &quoted[at + 1..]),
            _ => escaped = sign == '\\' && !escaped,
        }
    }
    (quoted, "")
}
