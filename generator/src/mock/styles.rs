//! How the value of a parameter was written → its parts (OpenAPI 3.1, 4.8.12.3: Style Values).

use super::raw::{Kind, Raw};
use super::request::{Pair, decoded};
use crate::ir::Style;

/// No more keys than this lead into each other; what follows is a part of the last.
const DEEPEST: usize = 32;

/// How a value is written.
#[derive(Clone, Copy)]
pub(super) struct Written {
    pub(super) style: Style,
    pub(super) explode: bool,
    pub(super) kind: Kind,
}

/// The value of a path parameter, or of a header, which is not escaped.
pub(super) fn simple(written: Written, name: &str, text: &str, escaped: bool) -> Raw {
    let plain = |text: &str| match escaped {
        true => decoded(text, false),
        false => text.trim().to_owned(),
    };
    let text = match written.style {
        Style::Label => text.strip_prefix('.').unwrap_or(text),
        Style::Matrix => return matrix(written, name, text),
        _ => text,
    };
    let sign = match (written.style, written.explode) {
        (Style::Label, true) => '.',
        _ => ',',
    };
    // A label of several parts may have a point before each of them.
    let sign = match written.style {
        Style::Label if !text.contains(sign) => '.',
        _ => sign,
    };
    parts(written, text, sign, &plain)
}

/// `;name=a,b` or `;name=a;name=b`
fn matrix(written: Written, name: &str, text: &str) -> Raw {
    let plain = |text: &str| decoded(text, false);
    let text = text.strip_prefix(';').unwrap_or(text);
    if written.explode && written.kind != Kind::Scalar {
        let pairs = text
            .split(';')
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        return match written.kind {
            Kind::Object => Raw::Object(
                pairs
                    .map(|(key, value)| (plain(key), Raw::Text(plain(value))))
                    .collect(),
            ),
            _ => Raw::List(pairs.map(|(_, value)| Raw::Text(plain(value))).collect()),
        };
    }
    let value = text.strip_prefix(name).unwrap_or(text);
    let value = value.strip_prefix('=').unwrap_or(value);
    parts(written, value, ',', &plain)
}

/// The parts of one text that stand between signs.
fn parts(written: Written, text: &str, sign: char, plain: &dyn Fn(&str) -> String) -> Raw {
    let each = || text.split(sign).filter(|_| !text.is_empty());
    match written.kind {
        Kind::Scalar => Raw::Text(plain(text)),
        Kind::List => Raw::List(each().map(|item| Raw::Text(plain(item))).collect()),
        Kind::Object if written.explode => {
            let pairs = each().map(|pair| pair.split_once('=').unwrap_or((pair, "")));
            let fields = pairs.map(|(key, value)| (plain(key), Raw::Text(plain(value))));
            Raw::Object(fields.collect())
        }
        Kind::Object => {
            let all: Vec<&str> = each().collect();
            let fields = all.chunks(2).map(|pair| {
                let value = pair.get(1).copied().unwrap_or_default();
                (plain(pair[0]), Raw::Text(plain(value)))
            });
            Raw::Object(fields.collect())
        }
    }
}

/// The value of a parameter of a query or of a field of a form, and which of the pairs it is made
/// of. `fields` are the names that the pairs of an exploded object have; `None`: any.
pub(super) fn form(
    written: Written,
    name: &str,
    fields: Option<&[&str]>,
    pairs: &[Pair],
) -> Option<(Raw, Vec<usize>)> {
    let of_name = |name: &str| -> Vec<usize> {
        let all = pairs.iter().enumerate();
        let all = all.filter(|(_, pair)| pair.name == name);
        all.map(|(index, _)| index).collect()
    };
    if written.style == Style::DeepObject {
        return deep(name, pairs).or_else(|| {
            let used = of_name(name);
            let first = pairs.get(*used.first()?)?;
            Some((Raw::Text(decoded(&first.value, true)), used))
        });
    }
    if written.kind == Kind::Object && written.explode {
        return exploded(name, fields, pairs);
    }
    let used = of_name(name);
    let first = used.first().and_then(|index| pairs.get(*index))?;
    let decoded = |text: &str| decoded(text, true);
    let raw = match written.kind {
        Kind::List if written.explode || used.len() > 1 => {
            let values = used.iter().filter_map(|index| pairs.get(*index));
            Raw::List(values.map(|pair| Raw::Text(decoded(&pair.value))).collect())
        }
        Kind::Scalar => Raw::Text(decoded(&first.value)),
        _ => {
            let (text, sign) = delimited(written.style, &first.value);
            parts(written, &text, sign, &decoded)
        }
    };
    Some((raw, used))
}

/// A text whose parts stand between signs, with one of its letters for the sign.
fn delimited(style: Style, text: &str) -> (String, char) {
    const SIGN: char = '\u{1f}';
    let signs: &[&str] = match style {
        Style::SpaceDelimited => &["%20", "+", " "],
        Style::PipeDelimited => &["%7C", "%7c", "|"],
        Style::TabDelimited => &["%09", "\t"],
        // A comma that is escaped is one all the same, unless there are others.
        _ if text.contains(',') => &[","],
        _ => &["%2C", "%2c"],
    };
    let mut text = text.to_owned();
    for sign in signs {
        text = text.replace(sign, "\u{1f}");
    }
    (text, SIGN)
}

/// The pairs that are the fields of an object.
fn exploded(name: &str, fields: Option<&[&str]>, pairs: &[Pair]) -> Option<(Raw, Vec<usize>)> {
    // What belongs to nothing else may be a field, and so may `name[field]`.
    let mut used = Vec::new();
    let mut values: Vec<(String, Raw)> = Vec::new();
    for (index, pair) in pairs.iter().enumerate() {
        let known = fields.is_none_or(|fields| fields.contains(&&*pair.name));
        if !known {
            continue;
        }
        used.push(index);
        let value = Raw::Text(decoded(&pair.value, true));
        match values.iter_mut().find(|(key, _)| *key == pair.name) {
            Some((_, Raw::List(list))) => list.push(value),
            Some((_, first)) => *first = Raw::List(vec![first.clone(), value]),
            None => values.push((pair.name.clone(), value)),
        }
    }
    if values.is_empty() {
        return deep(name, pairs);
    }
    Some((Raw::Object(values), used))
}

/// `name[key]=a`, and further in `name[key][inner]=a`.
pub(super) fn deep(name: &str, pairs: &[Pair]) -> Option<(Raw, Vec<usize>)> {
    let mut used = Vec::new();
    let mut whole = Raw::Object(Vec::new());
    for (index, pair) in pairs.iter().enumerate() {
        let Some(keys) = pair
            .name
            .strip_prefix(name)
            .and_then(|rest| rest.strip_prefix('['))
            .and_then(|rest| rest.strip_suffix(']'))
        else {
            continue;
        };
        used.push(index);
        let keys: Vec<&str> = keys.splitn(DEEPEST, "][").collect();
        place(&mut whole, &keys, Raw::Text(decoded(&pair.value, true)));
    }
    (!used.is_empty()).then_some((whole, used))
}

/// Puts a value below its keys; an empty key and further values of one key make a list.
fn place(whole: &mut Raw, keys: &[&str], value: Raw) {
    let Some((key, rest)) = keys.split_first() else {
        match whole {
            Raw::List(list) => list.push(value),
            Raw::Object(fields) if fields.is_empty() => *whole = value,
            other => *other = Raw::List(vec![other.clone(), value]),
        }
        return;
    };
    if key.is_empty() {
        if !matches!(whole, Raw::List(_)) {
            *whole = Raw::List(Vec::new());
        }
        if let Raw::List(list) = whole {
            let mut inner = Raw::Object(Vec::new());
            place(&mut inner, rest, value);
            list.push(inner);
        }
        return;
    }
    if let Raw::Object(fields) = whole {
        let known = fields.iter().position(|(name, _)| name == key);
        let at = known.unwrap_or_else(|| {
            fields.push(((*key).to_owned(), Raw::Object(Vec::new())));
            fields.len() - 1
        });
        place(&mut fields[at].1, rest, value);
    }
}
