//! `x-pagination` and `x-ms-pageable`: what an operation says of its pages.

use super::{Fields, Reader};
use crate::diagnostic::{At, Problem};
use crate::ir::{DeclaredPagination, PageKind, SaidPagination};
use crate::source::{Node, Value, near};

/// The extension, for messages.
const EXTENSION: &str = "x-pagination";

/// What `x-pagination` may have.
const FIELDS: [&str; 10] = [
    "kind",
    "parameter",
    "next",
    "lastItem",
    "items",
    "more",
    "total",
    "pages",
    "size",
    "first",
];

/// Reads what an operation says of its pages. One that says it wrongly has none.
pub(super) fn said<'d>(operation: Fields<'d>, reader: &mut Reader<'d, '_>) -> SaidPagination {
    match operation.get(EXTENSION) {
        Some(node) => declared(node, reader),
        None => pageable(operation, reader).unwrap_or_default(),
    }
}

fn declared<'d>(node: &'d Node, reader: &mut Reader<'d, '_>) -> SaidPagination {
    match &node.value {
        Value::Bool(false) => return SaidPagination::None,
        Value::Map(_) => {}
        _ if node.as_str() == Some("none") => return SaidPagination::None,
        _ => {
            reader.problems.report(
                Problem::warning("wrong-type", format!("`{EXTENSION}` must be an object"))
                    .at(node.at)
                    .label("passed over: this operation has no pages")
                    .help("write `{ kind: … }`, or `false` for an operation without pages"),
            );
            return SaidPagination::None;
        }
    }
    let read = reader.fields(node, "pagination");
    let read = read.and_then(|fields| object(fields, reader));
    read.map_or(SaidPagination::None, |declared| {
        SaidPagination::Declared(Box::new(declared))
    })
}

fn object<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Option<DeclaredPagination> {
    report_unknown(fields, reader);
    let kind = kind(fields, reader)?;
    let first = reader.count(fields, "first");
    let mut text = |key: &str| {
        let text = reader.text(fields, key)?;
        Some((text.to_owned(), fields.at(key)))
    };
    let (parameter, size) = (text("parameter"), text("size"));
    let mut sound = true;
    let mut keys = |key: &str| {
        let keys = keys(fields, key, reader);
        sound &= keys.is_some() || fields.get(key).is_none();
        keys
    };
    let declared = DeclaredPagination {
        at: fields.at,
        kind,
        parameter,
        next: keys("next"),
        last_item: keys("lastItem"),
        items: keys("items"),
        more: keys("more"),
        total: keys("total"),
        pages: keys("pages"),
        size,
        first,
    };
    sound.then_some(declared)
}

fn kind<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Option<PageKind> {
    let kinds = || PageKind::ALL.into_iter().map(PageKind::as_str);
    let Some(text) = reader.text(fields, "kind") else {
        if fields.get("kind").is_none() {
            reader.problems.report(
                Problem::warning(
                    "incomplete-pagination",
                    format!("this `{EXTENSION}` has no `kind`"),
                )
                .at(fields.at)
                .label("passed over: this operation has no pages")
                .help(one_of(kinds())),
            );
        }
        return None;
    };
    let kind = PageKind::ALL.into_iter().find(|kind| kind.as_str() == text);
    if kind.is_none() {
        let meant = near(text, kinds());
        reader.problems.report(
            Problem::warning(
                "unknown-pagination",
                format!("`{text}` is no kind of pagination"),
            )
            .at(fields.at("kind"))
            .label("passed over: this operation has no pages")
            .help(match meant.first() {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => one_of(kinds()),
            }),
        );
    }
    kind
}

fn one_of<'n>(kinds: impl Iterator<Item = &'n str>) -> String {
    let kinds: Vec<String> = kinds.map(|kind| format!("`{kind}`")).collect();
    format!("`kind` is one of {}", kinds.join(", "))
}

/// Keys that lead to a value: with dots between, or as a list if a key itself has dots.
fn keys<'d>(
    fields: Fields<'d>,
    key: &str,
    reader: &mut Reader<'d, '_>,
) -> Option<(Vec<String>, At)> {
    let node = fields.get(key)?;
    let keys: Option<Vec<String>> = match node.as_list() {
        Some(list) => list
            .iter()
            .map(|key| key.as_text().map(str::to_owned))
            .collect(),
        None => node
            .as_text()
            .map(|text| text.split('.').map(str::to_owned).collect()),
    };
    let keys = keys.filter(|keys| keys.iter().all(|key| !key.is_empty()));
    if keys.is_none() {
        reader.problems.report(
            Problem::warning(
                "wrong-type",
                format!("`{key}` must be keys such as `meta.next`, or a list of keys"),
            )
            .at(node.at)
            .label("passed over: this operation has no pages"),
        );
    }
    Some((keys?, node.at))
}

fn report_unknown<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) {
    for (key, _) in fields.map.iter() {
        let text = &*key.text;
        if FIELDS.contains(&text) || text.starts_with("x-") {
            continue;
        }
        let meant = near(text, FIELDS.into_iter());
        reader.problems.report(
            Problem::warning(
                "unknown-pagination",
                format!("`{EXTENSION}` knows no `{text}`"),
            )
            .at(key.at)
            .label("passed over")
            .help(match meant.first() {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("it may have {}", FIELDS.join(", ")),
            }),
        );
    }
}

/// `x-ms-pageable` (AutoRest). One whose `nextLinkName` is null has a single page.
fn pageable<'d>(operation: Fields<'d>, reader: &mut Reader<'d, '_>) -> Option<SaidPagination> {
    let node = operation.get("x-ms-pageable")?;
    let fields = node
        .as_map()
        .is_some()
        .then(|| reader.fields(node, "x-ms-pageable"))??;
    let name = |key: &str, usual: &str| match fields.get(key) {
        None => Some(usual.to_owned()),
        Some(node) => node.as_text().map(str::to_owned),
    };
    let items = name("itemName", "value").unwrap_or_else(|| "value".to_owned());
    Some(match name("nextLinkName", "nextLink") {
        Some(link) if !link.is_empty() => SaidPagination::Pageable { link, items },
        _ => SaidPagination::None,
    })
}
