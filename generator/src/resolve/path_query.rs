//! Paths that say more than a path: `/?Action=List`, `/pets#byName`.
//!
//! Documents write so to tell operations apart that HTTP sends to one path. A fragment is never
//! sent (RFC 9110, 7.1), so it is taken off. A query is taken apart: what is fixed in it becomes
//! a hidden parameter with a default, and `{name}` in it a parameter of the query.

use crate::diagnostic::{At, Problem};
use crate::ir::{Parameter, Place, Scope, Style, Visibility};
use crate::model::Reader;
use crate::source::Key;

use super::types::TypeResolver;

/// The path alone; reports what follows it. A `#` before a parameter begins no fragment: it is
/// part of the path, and sent encoded.
pub(super) fn path_alone<'p>(path: &'p str, at: At, reader: &mut Reader<'_, '_>) -> &'p str {
    let ends = path.char_indices().find(|(at, sign)| match sign {
        '?' => true,
        '#' => path.get(*at..).is_some_and(|rest| !rest.contains('{')),
        _ => false,
    });
    let Some((end, _)) = ends else {
        return path;
    };
    reader.problems.report(
        Problem::warning(
            "path-with-query",
            format!("the path `{path}` has a query or a fragment"),
        )
        .at(at)
        .label("a query is read as parameters, a fragment is never sent")
        .help("declare what follows the `?` as parameters with `in: query`"),
    );
    path.get(..end).unwrap_or(path)
}

/// Adds the parameters that stand in the query of a path.
pub(super) fn parameters(
    path: &Key,
    parameters: &mut Vec<Parameter>,
    types: &mut TypeResolver<'_>,
) {
    let before_fragment = path.text.split('#').next().unwrap_or_default();
    let Some((_, query)) = before_fragment.split_once('?') else {
        return;
    };
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let inner = value
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'));
        let declared = parameters
            .iter_mut()
            .find(|known| known.place == Place::Path && Some(&*known.name) == inner);
        if let Some(declared) = declared {
            name.clone_into(&mut declared.name);
            declared.place = Place::Query;
            declared.style = Style::Form;
            declared.explode = true;
            continue;
        }
        let known = |known: &Parameter| known.place == Place::Query && known.name == name;
        // A name or a value that is made up of parameters cannot be sent.
        if !pair.contains('{') && !parameters.iter().any(known) {
            parameters.push(fixed(name, value, path.at, types));
        }
    }
}

fn fixed(name: &str, value: &str, at: At, types: &mut TypeResolver<'_>) -> Parameter {
    Parameter {
        at,
        name: name.to_owned(),
        place: Place::Query,
        required: false,
        description: None,
        deprecated: false,
        ty: types.fixed(value),
        style: Style::Form,
        explode: true,
        allow_reserved: false,
        content: None,
        encoding: Vec::new(),
        example: None,
        default: None,
        visibility: Visibility::Internal,
        scope: Scope::Call,
    }
}
