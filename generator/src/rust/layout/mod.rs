//! Syntax → text, in the layout of rustfmt.
//!
//! Emitted files come out as `rustfmt --edition 2024` would leave them, so that `cargo fmt` finds
//! nothing to do in a crate, and no process has to be started for it. Only what emission writes
//! is known here; anything else is printed plainly, on one line, and counted.
//!
//! The rule of every construct: what fits on one line stands on one line ([`one_line`] tries
//! that, within the limits that rustfmt sets for calls, chains, lists and struct literals); else
//! it is broken by a rule of its own, in the file of its name. A [`Space`] says how much room
//! there is. `None` means that a text cannot be laid out in its space; whoever asked then breaks
//! a line further out. If nothing helps, because some literal is longer than a line, the whole
//! statement or item is laid out once more in a lenient space, which lets long texts be. rustfmt
//! does not touch such a statement or item at all.

mod assignments;
mod attributes;
mod chains;
mod closures;
mod constants;
mod doc_literals;
mod expressions;
mod functions;
pub(super) mod heads;
mod imports;
mod items;
mod lists;
mod macros;
mod matches;
mod one_line;
mod order;
mod patterns;
pub(super) mod quick;
mod space;
mod statements;
#[cfg(test)]
mod tests;
mod types;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use macros::MacroCall;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use space::Space;
use syn::Item;

pub(super) use attributes::push_doc;
pub(super) use constants::{Record, Value};
pub(super) use doc_literals::doc_literal;
pub(super) use items::BLANK_LINE;

/// What is laid out, if it can be in that space, and whether its chains had to stay on one line.
type Key = (usize, Space, bool);

/// Lays out the items or the statements of one text.
#[derive(Default)]
pub(super) struct Layout {
    /// How many constructs were printed plainly because they are not known.
    unknown: Cell<usize>,
    /// Whether a chain of calls may not be broken, because it is the last argument of a call.
    keep_chains: Cell<bool>,
    /// Expressions that were broken already. An argument is tried at the end of the line and on
    /// a line of its own; without this, each level of nesting would double the work.
    broken: RefCell<HashMap<Key, Option<String>>>,
    /// The calls of macros that were read already.
    macros: RefCell<HashMap<usize, Option<Rc<MacroCall>>>>,
}

impl Layout {
    /// How many constructs were printed plainly because they are not known.
    pub(super) fn unknown(&self) -> usize {
        self.unknown.get()
    }

    /// What is not known, on one line.
    fn plainly(&self, what: &impl ToTokens) -> String {
        self.unknown.set(self.unknown.get() + 1);
        what.to_token_stream().to_string()
    }
}

/// Whether no line of a text is too long, docs apart: in bytes, which rustfmt counts in some places,
/// and which are never fewer than columns.
pub(super) fn fits(text: &str) -> bool {
    let is_doc = |line: &str| line.trim_start().starts_with("///");
    text.lines()
        .all(|line| line.len() <= space::LINE || is_doc(line))
}

/// Whether no line that is too long could be shorter: what such a line has is a single word, the name of
/// a type or a text. rustfmt leaves alone what holds it, so its layout is free.
pub(super) fn fits_if_possible(text: &str) -> bool {
    text.lines().filter(|line| !fits(line)).all(|line| {
        let line = line.trim_start();
        let is_type = |words: &str| !words.contains(' ');
        let is_text = |words: &str| words.starts_with('"') && words.ends_with("\",");
        line.strip_prefix("for ").is_some_and(is_type)
            || line
                .split_once(": ")
                .is_some_and(|(_, value)| is_text(value))
    })
}

/// Whether a text has every name that the items have.
pub(super) fn keeps_all(items: &[Item], text: &str) -> bool {
    let tokens: TokenStream = items.iter().map(ToTokens::to_token_stream).collect();
    let read = text.parse::<TokenStream>();
    read.is_ok_and(|read| names(read) == names(tokens))
}

/// The names in order of the alphabet; imports may have been sorted, and docs are an attribute for
/// all lines or one for each.
fn names(tokens: TokenStream) -> Vec<String> {
    let mut names = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => names.extend(self::names(group.stream())),
            TokenTree::Ident(name) if name != BLANK_LINE && name != "doc" => {
                names.push(name.to_string())
            }
            _ => {}
        }
    }
    names.sort();
    names
}

/// A text in a strict space, else in a lenient one.
fn strictly_or_leniently(lay: impl Fn(bool) -> Option<String>) -> String {
    lay(false).or_else(|| lay(true)).unwrap_or_default()
}
