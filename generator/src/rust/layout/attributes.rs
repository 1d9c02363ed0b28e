//! Attributes and doc lines.

use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, MetaList, Token};

use super::items::BLANK_LINE;
use super::lists::{Element, Style};
use super::space::{Space, break_to};
use super::{Layout, strictly_or_leniently};

/// A part of an attribute.
pub(super) enum Part {
    Literal(Lit),
    Meta(Meta),
}

impl Parse for Part {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(Lit) {
            input.parse().map(Self::Literal)
        } else {
            input.parse().map(Self::Meta)
        }
    }
}

impl Part {
    /// Whether its further lines may follow after it.
    pub(super) fn may_overflow(&self) -> bool {
        matches!(self, Self::Meta(_))
    }

    pub(super) fn is_simple(&self) -> bool {
        matches!(self, Self::Literal(_) | Self::Meta(Meta::Path(_)))
    }
}

impl Layout {
    /// Attributes, a line for each; what they belong to follows on the next line.
    pub(super) fn attributes(&self, attributes: &[Attribute], indent: usize) -> String {
        self.narrow_attributes(attributes, indent, 0)
    }

    /// Attributes that leave so many columns at the end of the line.
    pub(super) fn narrow_attributes(
        &self,
        attributes: &[Attribute],
        indent: usize,
        kept: usize,
    ) -> String {
        let mut text = String::new();
        for attribute in attributes {
            if attribute.path().is_ident(BLANK_LINE) {
                continue;
            }
            if let Some(lines) = doc(attribute) {
                for line in lines.split('\n') {
                    push_doc(&mut text, "///", line);
                    text.push_str(&break_to(indent));
                }
                continue;
            }
            text.push_str(&strictly_or_leniently(|lenient| {
                let space = Space::line(indent, lenient).before(kept)?;
                self.attribute(attribute, space)
            }));
            text.push_str(&break_to(indent));
        }
        text
    }

    fn attribute(&self, attribute: &Attribute, space: Space) -> Option<String> {
        let text = self.meta(&attribute.meta, space.after("#[".len())?)?;
        Some(format!("#[{text}]"))
    }

    fn meta(&self, meta: &Meta, space: Space) -> Option<String> {
        match meta {
            Meta::Path(path) => Some(name(path)),
            Meta::NameValue(each) => {
                let value = match &each.value {
                    Expr::Lit(value) => super::one_line::literal(&value.lit),
                    other => self.plainly(other),
                };
                Some(format!("{} = {value}", name(&each.path)))
            }
            Meta::List(list) => match parts(list) {
                Some(parts) => {
                    let elements: Vec<_> = parts.iter().map(Element::Attribute).collect();
                    // `]` follows.
                    self.list(
                        &name(&list.path),
                        &elements,
                        space.before(1)?,
                        Style::ATTRIBUTE,
                    )
                }
                None => Some(self.plainly(list)),
            },
        }
    }

    pub(super) fn part(&self, part: &Part, space: Space) -> Option<String> {
        match part {
            Part::Literal(literal) => Some(super::one_line::literal(literal)),
            Part::Meta(meta) => self.meta(meta, space),
        }
    }
}

fn name(path: &syn::Path) -> String {
    path.to_token_stream().to_string().replace(' ', "")
}

fn parts(list: &MetaList) -> Option<Vec<Part>> {
    let parts: Punctuated<Part, Token![,]> =
        list.parse_args_with(Punctuated::parse_terminated).ok()?;
    (!parts.trailing_punct()).then(|| parts.into_iter().collect())
}

/// Whether a blank line stands before what these attributes belong to.
pub(super) fn has_blank_line(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident(BLANK_LINE))
}

/// The lines of docs; emission has one attribute for all of them.
fn doc(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(each) if each.path.is_ident("doc") => match &each.value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// A doc line. Two blanks at its end are a line break of Markdown; any others mean nothing.
pub(in super::super) fn push_doc(text: &mut String, mark: &str, line: &str) {
    text.push_str(mark);
    text.push_str(match line.ends_with("  ") {
        true => line,
        false => line.trim_end(),
    });
}
