//! A template's text with every name checked.
//!
//! Tera stops at a name that is not there where it would print it, but takes it for false in
//! `{% if action.nmae %}` and for nothing in `a ~ b`: a slip would silently drop a part of every
//! page. So a copy of a user's templates has a filter behind each path of names, which fails for
//! what is not there and says where the path stands in the file. `is defined` and `default` are
//! asked of names that may be missing, and stay as they are.

use std::ops::Range;

use tera::{Kwargs, State, TeraResult, Value};

/// The filter's name, which no template of a user has.
pub(super) const FILTER: &str = "sdkwright_known";

/// What the filter's message begins with; the rest is for [`unknown`].
const MARK: char = '\u{1}';

/// A path of names of which one is not there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unknown {
    /// Where the path begins in its file.
    pub(super) start: usize,
    /// How many names at its beginning are there.
    pub(super) there: usize,
    /// What could stand in place of the next; empty if that is not known.
    pub(super) names: Vec<String>,
}

/// The filter: a value as it is, unless it is not there.
pub(super) fn known(value: &Value, arguments: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    if !value.is_undefined() {
        return Ok(value.clone());
    }
    let start: usize = arguments.must_get("at")?;
    let path: &str = arguments.must_get("path")?;
    let mut names = path.split('.');
    let root = names.next().unwrap_or_default();
    let mut there = 0;
    let mut fields = Vec::new();
    let mut current = state
        .get::<Value>(root)?
        .filter(|root| !root.is_undefined());
    while let Some(value) = current {
        there += 1;
        fields = value.as_map().map(keys).unwrap_or_default();
        let map = value.as_map();
        current = names
            .next()
            .and_then(|name| map?.get(&tera::value::Key::from(name.to_owned())).cloned());
    }
    let fields = fields.join(",");
    Err(tera::Error::message(format!(
        "{MARK}{start}{MARK}{there}{MARK}{fields}"
    )))
}

fn keys(map: &tera::Map) -> Vec<String> {
    map.keys().map(ToString::to_string).collect()
}

/// What the filter said, if this error is its own.
pub(super) fn unknown(error: &tera::Error) -> Option<Unknown> {
    let tera::ErrorKind::RenderingError(report) = error.kind() else {
        return None;
    };
    let (_, said) = report.message().split_once(MARK)?;
    let mut parts = said.split(MARK);
    let start = parts.next()?.parse().ok()?;
    let there = parts.next()?.parse().ok()?;
    let names = parts.next()?.split(',').filter(|name| !name.is_empty());
    Some(Unknown {
        start,
        there,
        names: names.map(str::to_owned).collect(),
    })
}

/// The text with the filter behind each path of names.
pub(super) fn checked(text: &str) -> String {
    let mut checked = String::with_capacity(text.len() * 2);
    let mut done = 0;
    for path in paths(text) {
        let Range { start, end } = path;
        let shown = &text[start..end];
        checked.push_str(&text[done..start]);
        checked.push_str(&format!("({shown} | {FILTER}(at={start}, path=`"));
        checked.push_str(plain(shown));
        checked.push_str("`))");
        done = end;
    }
    checked.push_str(&text[done..]);
    checked
}

/// The part of a path that is names alone: `a.b` of `a.b[0].c`.
fn plain(path: &str) -> &str {
    let end = path.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'));
    &path[..end.unwrap_or(path.len())]
}

/// The names that a template itself gives to something: by `for` and by `set`.
pub(super) fn given(text: &str) -> Vec<String> {
    let mut given = Vec::new();
    for Tag { tokens: tag, .. } in tags(text) {
        let names: Vec<&Token> = match tag.first().map(|token| token.text) {
            Some("for") => tag[1..]
                .iter()
                .take_while(|token| token.text != "in")
                .collect(),
            Some("set" | "set_global") => tag.iter().skip(1).take(1).collect(),
            _ => Vec::new(),
        };
        let names = names.into_iter().filter(|token| token.kind == Kind::Name);
        given.extend(names.map(|token| token.text.to_owned()));
    }
    given
}

/// Where paths of names stand that have to be there.
fn paths(text: &str) -> Vec<Range<usize>> {
    let mut paths = Vec::new();
    for Tag { tokens: tag, .. } in tags(text) {
        let expression = match tag.first().map(|token| (token.kind, token.text)) {
            Some((Kind::Open, _)) => &tag[1..],
            Some((_, "if" | "elif")) => &tag[1..],
            Some((_, "for")) => behind(&tag, "in"),
            Some((_, "set" | "set_global")) => behind(&tag, "="),
            _ => &[],
        };
        // A component has a syntax of its own, between angles.
        if expression.first().is_none_or(|token| token.text != "<") {
            of_expression(expression, &mut paths);
        }
    }
    paths
}

fn behind<'t, 'a>(tag: &'t [Token<'a>], mark: &str) -> &'t [Token<'a>] {
    let place = tag.iter().position(|token| token.text == mark);
    place.map_or(&[], |place| &tag[place + 1..])
}

fn of_expression(tokens: &[Token<'_>], paths: &mut Vec<Range<usize>>) {
    let text = |place: usize| tokens.get(place).map_or("", |token| token.text);
    let mut place = 0;
    while let Some(token) = tokens.get(place) {
        let before = |back: usize| place.checked_sub(back).map_or("", text);
        let is_test = before(1) == "is" || (before(1) == "not" && before(2) == "is");
        let is_path = token.kind == Kind::Name
            && !KEYWORDS.contains(&token.text)
            && !is_test
            && before(1) != "|"
            && !matches!(text(place + 1), "(" | "=");
        if !is_path {
            place += 1;
            continue;
        }
        let (next, surely) = end_of_path(tokens, place);
        if surely && !may_be_missing(&tokens[next..]) {
            paths.push(token.start..tokens[next - 1].end());
        }
        place = next;
    }
}

const KEYWORDS: [&str; 14] = [
    "and", "or", "not", "in", "is", "if", "else", "for", "true", "false", "True", "False", "none",
    "None",
];

/// The first token behind a path, and whether all of it has to be there: not so behind `?.`.
fn end_of_path(tokens: &[Token<'_>], start: usize) -> (usize, bool) {
    let text = |place: usize| tokens.get(place).map_or("", |token| token.text);
    let mut place = start + 1;
    let mut surely = true;
    loop {
        match text(place) {
            "." => place += 2,
            "?." => (place, surely) = (place + 2, false),
            "[" | "?[" => {
                surely &= text(place) == "[";
                let mut depth = 0;
                while place < tokens.len() {
                    depth += usize::from(text(place).ends_with('['));
                    depth -= usize::from(text(place) == "]");
                    place += 1;
                    if depth == 0 {
                        break;
                    }
                }
            }
            _ => return (place.min(tokens.len()), surely),
        }
    }
}

/// Whether what stands behind a path is asked of names that are not there, too.
fn may_be_missing(rest: &[Token<'_>]) -> bool {
    let text = |place: usize| rest.get(place).map_or("", |token| token.text);
    let tested = usize::from(text(1) == "not") + 1;
    match text(0) {
        "|" => text(1) == "default",
        "is" => matches!(text(tested), "defined" | "undefined"),
        _ => false,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Name,
    Other,
    /// The beginning of `{{ … }}`.
    Open,
}

#[derive(Clone, Copy, Debug)]
struct Token<'a> {
    kind: Kind,
    start: usize,
    text: &'a str,
}

impl Token<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// A `{{ … }}` or a `{% … %}`.
struct Tag<'a> {
    /// What stands in it; a `{{` is a token of its own.
    tokens: Vec<Token<'a>>,
    /// Its bytes.
    bytes: Range<usize>,
    /// Whether it ends before the text does.
    closed: bool,
}

/// The first tag that nothing closes, and what would close it.
pub(super) fn unclosed(text: &str) -> Option<(Range<usize>, String)> {
    let mut open: Vec<(Range<usize>, String)> = Vec::new();
    for tag in tags(text) {
        if !tag.closed {
            let close = if text[tag.bytes.start..].starts_with("{{") {
                "}}"
            } else {
                "%}"
            };
            return Some((tag.bytes.start..tag.bytes.start + 2, close.to_owned()));
        }
        let word = tag.tokens.first().map_or("", |token| token.text);
        let has_end = match word {
            "if" | "for" | "block" | "filter" | "component" => true,
            "set" | "set_global" => tag.tokens.iter().all(|token| token.text != "="),
            _ => false,
        };
        if has_end {
            open.push((tag.bytes, format!("{{% end{word} %}}")));
        } else if word.starts_with("end") && word != "endraw" {
            open.pop();
        }
    }
    open.pop()
}

/// The tags outside of comments and raw text.
fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut place = 0;
    while let Some(found) = text[place..].find('{') {
        let open = place + found;
        place = match &text.as_bytes()[open + 1..] {
            [b'#', ..] => text[open..]
                .find("#}")
                .map_or(text.len(), |end| open + end + 2),
            [b'{', ..] => {
                let mut tag = tag(text, open, "}}");
                let kind = Kind::Open;
                let (start, text) = (open, "{{");
                tag.tokens.insert(0, Token { kind, start, text });
                let end = tag.bytes.end;
                tags.push(tag);
                end
            }
            [b'%', ..] => {
                let tag = tag(text, open, "%}");
                let end = tag.bytes.end;
                let is_raw = tag.tokens.first().is_some_and(|token| token.text == "raw");
                tags.push(tag);
                match is_raw {
                    true => text[end..]
                        .find("endraw")
                        .map_or(text.len(), |raw| end + raw),
                    false => end,
                }
            }
            _ => open + 1,
        };
    }
    tags
}

/// The tag that begins at `open`.
fn tag<'a>(text: &'a str, open: usize, close: &str) -> Tag<'a> {
    let mut tokens = Vec::new();
    let mut place = open + 2;
    let mut braces = 0_usize;
    while let Some(letter) = text[place..].chars().next() {
        let rest = &text[place..];
        if braces == 0 && rest.starts_with(close) {
            let bytes = open..place + close.len();
            let closed = true;
            return Tag {
                tokens,
                bytes,
                closed,
            };
        }
        let length = match letter {
            '"' | '\'' | '`' => {
                let end = rest[1..].find(letter);
                end.map_or(rest.len(), |end| end + 2)
            }
            _ if is_of_name(letter) => rest.find(|c| !is_of_name(c)).unwrap_or(rest.len()),
            _ if rest.starts_with("?.") || rest.starts_with("?[") => 2,
            _ if ["==", "!=", "<=", ">="]
                .iter()
                .any(|two| rest.starts_with(two)) =>
            {
                2
            }
            _ => letter.len_utf8(),
        };
        braces += usize::from(letter == '{');
        braces = braces.saturating_sub(usize::from(letter == '}'));
        let is_sign = tokens.is_empty() && matches!(letter, '-');
        if !letter.is_whitespace() && !is_sign {
            let is_name = is_of_name(letter) && !letter.is_ascii_digit();
            tokens.push(Token {
                kind: if is_name { Kind::Name } else { Kind::Other },
                start: place,
                text: &rest[..length],
            });
        }
        place += length;
    }
    let bytes = open..text.len();
    let closed = false;
    Tag {
        tokens,
        bytes,
        closed,
    }
}

fn is_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        paths(text).into_iter().map(|path| &text[path]).collect()
    }

    #[test]
    fn paths_are_found_where_values_are_meant() {
        for (text, paths) in [
            ("a {{ b.c }} d", vec!["b.c"]),
            ("{%- if not a.b and c == 1 -%}", vec!["a.b", "c"]),
            ("{% for k, v in map.of %}{{ v }}", vec!["map.of", "v"]),
            ("{% set a = b ~ `c` ~ 'd.e' %}", vec!["b"]),
            ("{{ a | join(sep=b) | upper }}", vec!["a", "b"]),
            ("{{ a[0].b[c] }}{{ {\"a\": b}}}", vec!["a[0].b[c]", "b"]),
            ("{% if a is defined or b is not defined %}", vec![]),
            ("{% if a is containing(b) %}", vec!["a", "b"]),
            ("{{ a | default(value=b) }}{{ a?.b }}", vec!["b"]),
            (
                "{# {{ a }} #}{% raw %}{{ b }}{% endraw %}{{ c }}",
                vec!["c"],
            ),
            ("{% include \"a.b\" %}{% else %}{% endif %}", vec![]),
            ("{{ a", vec!["a"]),
            ("{{ a[", vec!["a["]),
            ("{ {{ x }} }", vec!["x"]),
        ] {
            assert_eq!(found(text), paths, "{text}");
        }
    }

    #[test]
    fn the_check_says_what_stands_where() {
        let text = "é{% if a.b %}x{% endif %}";
        let expected = "é{% if (a.b | sdkwright_known(at=8, path=`a.b`)) %}x{% endif %}";
        assert_eq!(checked(text), expected);
    }

    #[test]
    fn what_is_not_closed_is_the_innermost_tag() {
        for (text, open, close) in [
            ("{% if a %}{% for b in c %}{% endfor %}", 0, "{% endif %}"),
            ("{% if a %}{% for b in c %}", 10, "{% endfor %}"),
            ("{% set a = 1 %}{% set b %}", 15, "{% endset %}"),
            ("{% raw %}{% if %}{% endraw %}{{ a", 29, "}}"),
        ] {
            let (bytes, found) = unclosed(text).unwrap();
            assert_eq!((bytes.start, &*found), (open, close), "{text}");
        }
        assert_eq!(unclosed("{% if a %}{{ b }}{% endif %}"), None);
    }

    #[test]
    fn names_of_loops_are_given() {
        let text = "{% for k, v in m %}{% set x = v %}{% endfor %}";
        assert_eq!(given(text), ["k", "v", "x"]);
    }
}
