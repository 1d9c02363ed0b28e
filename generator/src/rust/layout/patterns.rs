//! Patterns.

use syn::{Expr, Pat, RangeLimits};

use super::lists::{Element, Style};
use super::one_line::literal;
use super::space::Space;
use super::{Layout, types};

impl Layout {
    /// A pattern; only the fields of a variant are ever broken.
    pub(super) fn pattern(&self, pattern: &Pat, space: Space) -> Option<String> {
        let text = one_line(pattern);
        match (pattern, text) {
            (Pat::TupleStruct(each), Some(text)) if super::space::width(&text) > space.width => {
                let path = types::expression_path(each.qself.as_ref(), &each.path)?;
                let elements: Vec<_> = each.elems.iter().map(Element::Pattern).collect();
                self.list(&path, &elements, space, Style::PATTERN)
            }
            (_, Some(text)) => Some(text),
            (_, None) => Some(self.plainly(pattern)),
        }
    }
}

/// A pattern on one line; `None` if it is not known.
pub(super) fn one_line(pattern: &Pat) -> Option<String> {
    Some(match pattern {
        Pat::Wild(_) => "_".to_owned(),
        Pat::Lit(each) => literal(&each.lit),
        Pat::Path(each) => types::expression_path(each.qself.as_ref(), &each.path)?,
        Pat::Ident(each) if each.by_ref.is_none() && each.subpat.is_none() => {
            match each.mutability {
                Some(_) => format!("mut {}", each.ident),
                None => each.ident.to_string(),
            }
        }
        Pat::Range(each) => {
            let limits = match each.limits {
                RangeLimits::HalfOpen(_) => "..",
                RangeLimits::Closed(_) => "..=",
            };
            let (start, end) = (bound(each.start.as_deref())?, bound(each.end.as_deref())?);
            format!("{start}{limits}{end}")
        }
        Pat::TupleStruct(each) => {
            let path = types::expression_path(each.qself.as_ref(), &each.path)?;
            let elements: Option<Vec<String>> = each.elems.iter().map(one_line).collect();
            format!("{path}({})", elements?.join(", "))
        }
        _ => return None,
    })
}

/// The begin or the end of a range of numbers.
fn bound(value: Option<&Expr>) -> Option<String> {
    match value {
        None => Some(String::new()),
        Some(Expr::Lit(each)) => Some(literal(&each.lit)),
        Some(_) => None,
    }
}
