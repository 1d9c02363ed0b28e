//! JSON Pointers in references: RFC 6901, with the percent-encoding of its section 6.

use super::tree::{Node, Value};

/// Undoes percent-encoding (RFC 3986, 2.1); `None` if a `%` is not followed by two hexadecimal
/// digits, or if the bytes are not UTF-8.
pub(super) fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [char::from(rest.next()?), char::from(rest.next()?)];
            let [high, low] = digits.map(|digit| digit.to_digit(16));
            bytes.push(u8::try_from(high? * 16 + low?).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// The tokens of a pointer, `~0` and `~1` undone; `None` if it does not begin with a `/` or a `~`
/// is followed by anything else.
pub(super) fn tokens(pointer: &str) -> Option<Vec<String>> {
    if pointer.is_empty() {
        return Some(Vec::new());
    }
    pointer
        .strip_prefix('/')?
        .split('/')
        .map(unescaped)
        .collect()
}

fn unescaped(token: &str) -> Option<String> {
    let sound = token
        .split('~')
        .skip(1)
        .all(|after| after.starts_with(['0', '1']));
    sound.then(|| token.replace("~1", "/").replace("~0", "~"))
}

/// A token as it is written in a pointer.
pub(super) fn escaped(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// What a pointer leads to.
pub(super) enum Walk<'t> {
    /// The node.
    Found(&'t Node),
    /// It ends at this node, after so many tokens.
    Ends(&'t Node, usize),
}

/// Follows `tokens` from `root`.
pub(super) fn walk<'t>(root: &'t Node, tokens: &[String]) -> Walk<'t> {
    let mut node = root;
    for (place, token) in tokens.iter().enumerate() {
        match step(node, token) {
            Some(next) => node = next,
            None => return Walk::Ends(node, place),
        }
    }
    Walk::Found(node)
}

fn step<'t>(node: &'t Node, token: &str) -> Option<&'t Node> {
    match &node.value {
        Value::Map(map) => map.get(token),
        Value::List(list) if token == "0" || !token.starts_with(['0', '+']) => {
            list.get(token.parse::<usize>().ok()?)
        }
        _ => None,
    }
}
