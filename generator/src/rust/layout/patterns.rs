//! Patterns.

use syn::{Expr, Pat, PatOr, RangeLimits};

use super::lists::{Element, Style};
use super::one_line::literal;
use super::space::{Space, break_to, width};
use super::{Layout, types};

impl Layout {
    /// A pattern; only the fields of a variant are ever broken.
    pub(super) fn pattern(&self, pattern: &Pat, space: Space) -> Option<String> {
        let text = one_line(pattern);
        match (pattern, text) {
            (Pat::TupleStruct(each), Some(text)) if width(&text) > space.width => {
                let path = types::expression_path(each.qself.as_ref(), &each.path)?;
                let elements: Vec<_> = each.elems.iter().map(Element::Pattern).collect();
                self.list(&path, &elements, space, Style::PATTERN)
            }
            (Pat::Or(each), Some(text)) if width(&text) > space.width => alternatives(each, space),
            (_, Some(text)) => Some(text),
            (_, None) => Some(self.plainly(pattern)),
        }
    }
}

/// No pattern of more columns stands on a line with others, once they take several lines.
const SHORT: usize = 20;

/// The alternatives on several lines: short literals fill the lines, others have one each.
fn alternatives(pattern: &PatOr, space: Space) -> Option<String> {
    let texts: Option<Vec<String>> = pattern.cases.iter().map(one_line).collect();
    let texts = texts?;
    let is_short = |(pattern, text): (&Pat, &String)| {
        matches!(pattern, Pat::Lit(_) | Pat::Ident(_) | Pat::Wild(_)) && text.len() <= SHORT
    };
    let fill = pattern.cases.iter().zip(&texts).all(is_short);
    let mut lines: Vec<String> = Vec::new();
    for text in texts {
        match lines.last_mut() {
            Some(line) if fill && width(line) + width(&text) + 3 <= space.width => {
                line.push_str(" | ");
                line.push_str(&text);
            }
            Some(_) => lines.push(format!("| {text}")),
            None => lines.push(text),
        }
    }
    Some(lines.join(&break_to(space.indent)))
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
        Pat::Or(each) => {
            let cases: Option<Vec<String>> = each.cases.iter().map(one_line).collect();
            cases?.join(" | ")
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
