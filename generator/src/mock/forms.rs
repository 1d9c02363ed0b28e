//! Forms → JSON: those written like a query, and those in parts (RFC 7578).

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::raw::{self, Kind, Raw};
use super::request::{Pair, decoded};
use super::styles::{self, Written};
use crate::ir::{Api, Encoding, Style, TypeId};

/// A part of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) media: Option<String>,
    pub(super) body: Vec<u8>,
}

/// The object that the pairs of a form are the fields of.
pub(super) fn value(api: &Api, ty: Option<TypeId>, encoding: &[Encoding], pairs: &[Pair]) -> Value {
    let base = |pair: &Pair| pair.name.split('[').next().unwrap_or_default().to_owned();
    // A form can have very many pairs; each field looks at its own alone.
    let mut of_base: HashMap<String, Vec<Pair>> = HashMap::new();
    for pair in pairs {
        of_base.entry(base(pair)).or_default().push(pair.clone());
    }
    let mut fields = Map::new();
    for pair in pairs {
        let name = &*base(pair);
        let pairs = of_base.get(name).map(Vec::as_slice).unwrap_or_default();
        if fields.contains_key(name) {
            continue;
        }
        let field = ty.and_then(|ty| raw::field(&api.types, ty, name));
        // A name that has brackets of its own is taken as it is.
        let own = ty.and_then(|ty| raw::field(&api.types, ty, &pair.name));
        let (name, field) = match own {
            Some(own) => (&*pair.name, Some(own)),
            None => (name, field),
        };
        fields.insert(
            name.to_owned(),
            self::field(api, name, field, encoding, pairs),
        );
    }
    fields.into()
}

fn field(
    api: &Api,
    name: &str,
    ty: Option<TypeId>,
    encoding: &[Encoding],
    pairs: &[Pair],
) -> Value {
    let said = encoding.iter().find(|each| each.field == name);
    let style = said.and_then(|said| said.style).unwrap_or(Style::Form);
    let explode = said.and_then(|said| said.explode);
    let kind = ty.map_or(Kind::Scalar, |ty| raw::kind(&api.types, ty));
    if kind != Kind::List
        && let Some((raw, _)) = styles::deep(name, pairs)
    {
        return raw::value(&api.types, ty, &raw);
    }
    let mut own = pairs.iter().filter(|pair| pair.name == name);
    // A field that is no plain value may be written as JSON (3.1, 4.8.15.1: contentType).
    if kind != Kind::Scalar
        && let (Some(only), None) = (own.next(), own.next())
        && let text = decoded(&only.value, true)
        && text.starts_with(['[', '{'])
        && let Ok(value) = serde_json::from_str(&text)
    {
        return value;
    }
    let written = Written {
        style,
        explode: explode.unwrap_or(style.explodes()) && kind != Kind::Object,
        kind,
    };
    let read = styles::form(written, name, None, pairs);
    let raw = read.map_or_else(|| Raw::Text(String::new()), |(raw, _)| raw);
    raw::value(&api.types, ty, &raw)
}

/// The object that the parts of a form are the fields of. A file counts as a text.
pub(super) fn value_of_parts(api: &Api, ty: Option<TypeId>, parts: &[Part]) -> Value {
    let mut fields: Map<String, Value> = Map::new();
    for part in parts {
        let ty = ty.and_then(|ty| raw::field(&api.types, ty, &part.name));
        let list = ty.is_some_and(|ty| raw::kind(&api.types, ty) == Kind::List);
        let value = part_value(api, ty, part);
        match (fields.get_mut(&part.name), value) {
            (Some(Value::Array(all)), Value::Array(more)) if list => all.extend(more),
            (Some(Value::Array(all)), value) if list => all.push(value),
            (_, value) => {
                fields.insert(part.name.clone(), value);
            }
        }
    }
    fields.into()
}

fn part_value(api: &Api, ty: Option<TypeId>, part: &Part) -> Value {
    let text = String::from_utf8_lossy(&part.body).into_owned();
    let json = part.media.as_deref().is_some_and(|media| {
        let essence = media.split(';').next().unwrap_or_default().trim();
        essence.ends_with("/json") || essence.ends_with("+json")
    });
    let plain = ty.is_none_or(|ty| raw::kind(&api.types, ty) == Kind::Scalar);
    let looks = !plain && text.trim_start().starts_with(['[', '{']);
    if (json || looks)
        && let Ok(value) = serde_json::from_str(&text)
    {
        return value;
    }
    raw::value(&api.types, ty, &Raw::Text(text))
}

/// The parts of a form, or what is wrong with how they are written.
pub(super) fn parts(content_type: &str, body: &[u8]) -> Result<Vec<Part>, String> {
    let boundary = parameter(content_type, "boundary").filter(|found| !found.is_empty());
    let boundary = boundary.ok_or("has no `boundary` in its Content-Type")?;
    let line = format!("--{boundary}");
    let start = find(body, line.as_bytes()).ok_or("has no part that begins at its boundary")?;
    let mut rest = &body[start + line.len()..];
    let end = format!("\r\n{line}");
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        let after = find(rest, b"\n").ok_or("ends inside of a part")?;
        rest = &rest[after + 1..];
        let length = find(rest, end.as_bytes()).ok_or("ends without its closing boundary")?;
        parts.push(part(&rest[..length])?);
        rest = &rest[length + end.len()..];
    }
    Ok(parts)
}

fn part(bytes: &[u8]) -> Result<Part, String> {
    let (head, body) = match find(bytes, b"\r\n\r\n") {
        Some(end) => (&bytes[..end], &bytes[end + 4..]),
        None => return Err("has a part without an empty line after its headers".to_owned()),
    };
    let head = String::from_utf8_lossy(head).into_owned();
    let header = |wanted: &str| {
        let mut lines = head.lines().filter_map(|line| line.split_once(':'));
        let found = lines.find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| value.trim().to_owned())
    };
    let disposition = header("content-disposition").unwrap_or_default();
    let name = parameter(&disposition, "name");
    Ok(Part {
        name: name.ok_or("has a part without a `name` in its Content-Disposition")?,
        media: header("content-type"),
        body: body.to_vec(),
    })
}

/// A parameter of a header: `name="value"`.
fn parameter(header: &str, name: &str) -> Option<String> {
    let mut parameters = header.split(';').skip(1);
    parameters.find_map(|each| {
        let (key, value) = each.split_once('=')?;
        let own = key.trim().eq_ignore_ascii_case(name);
        own.then(|| value.trim().trim_matches('"').to_owned())
    })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}
