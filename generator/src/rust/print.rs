//! Syntax → text, item by item, in the layout of rustfmt.
//!
//! A file is put together here: its first lines, its imports, its items with a blank line before
//! each. How an item looks is the matter of [`layout`](super::layout). Printing item by item
//! keeps memory small.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::quote;

use super::layout::{self, Layout, quick};

/// The attribute that becomes a blank line before an item of an `impl`.
pub(super) fn blank_line() -> TokenStream {
    let name = Ident::new(layout::BLANK_LINE, Span::call_site());
    quote!(#[#name])
}

/// The items of an `impl`, with a blank line between: `head { first … }`. Its tokens are moved
/// there; to put them in place with `quote!` would copy each of them.
pub(super) fn block(head: TokenStream, items: Vec<TokenStream>) -> TokenStream {
    let mut body = TokenStream::new();
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            body.extend(blank_line());
        }
        body.extend(item);
    }
    let mut block = head;
    block.extend([TokenTree::from(Group::new(Delimiter::Brace, body))]);
    block
}

/// One doc attribute of all lines, which is much less to read than an attribute for each.
pub(super) fn doc_lines(lines: &[String]) -> TokenStream {
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        if !line.is_empty() {
            text.push(' ');
            text.push_str(line);
        }
    }
    match lines {
        [] => TokenStream::new(),
        _ => {
            let text = layout::doc_literal(&text);
            quote!(#[doc = #text])
        }
    }
}

/// An item, or a run of items that stand together.
pub(super) enum Item {
    Syntax(TokenStream),
    /// Text that is laid out already. What has always the same form is written so: as syntax it
    /// would be taken apart only to be put together again.
    Text(String),
    /// The same, unless a line of it is too long.
    Lines(String),
}

impl From<TokenStream> for Item {
    fn from(tokens: TokenStream) -> Self {
        Self::Syntax(tokens)
    }
}

/// A file: its first lines, its imports, its items. Each item is asked for when the one before it
/// is printed, so that no more than one is held as tokens.
pub(super) fn file<I: Into<Item>>(
    head: &str,
    imports: &[TokenStream],
    items: impl IntoIterator<Item = I>,
) -> syn::Result<String> {
    let mut text = String::with_capacity(head.len());
    for line in head.lines() {
        layout::push_doc(&mut text, "", line);
        text.push('\n');
    }
    if !imports.is_empty() {
        text.push('\n');
        text.push_str(&quickly_or_not(quote!(#(use #imports;)*))?);
    }
    for item in items {
        text.push('\n');
        match item.into() {
            Item::Syntax(tokens) => text.push_str(&quickly_or_not(tokens)?),
            Item::Lines(long) if !layout::fits_if_possible(&long) => {
                text.push_str(&syntax(read(&long)?)?)
            }
            Item::Text(ready) | Item::Lines(ready) => {
                // Of what rustfmt does not touch, the layout is free.
                debug_assert!(
                    !layout::fits(&ready) || ready == syntax(read(&ready)?)?,
                    "its syntax has another layout: {ready}"
                );
                text.push_str(&ready);
            }
        }
    }
    Ok(text)
}

/// A text as tokens, blank lines and all.
fn read(text: &str) -> syn::Result<TokenStream> {
    let marked = text.replace("\n\n", &format!("\n#[{}]\n", layout::BLANK_LINE));
    Ok(marked.parse()?)
}

/// Plain items by their tokens alone, all others by their syntax.
fn quickly_or_not(stream: TokenStream) -> syn::Result<String> {
    #[cfg(debug_assertions)]
    let all = stream.clone();
    let text = match quick::lay_out(stream) {
        Ok(text) => text,
        Err(stream) => return syntax(stream),
    };
    #[cfg(debug_assertions)]
    if layout::fits(&text) {
        assert_eq!(text, syntax(all)?, "its syntax has another layout");
    }
    Ok(text)
}

fn syntax(tokens: TokenStream) -> syn::Result<String> {
    let file: syn::File = syn::parse2(tokens)?;
    let layout = Layout::default();
    let text = layout.items(&file.items);
    debug_assert_eq!(
        layout.unknown(),
        0,
        "the layout does not know all of this: {text}"
    );
    debug_assert!(
        layout::keeps_all(&file.items, &text),
        "the layout lost something of this: {text}"
    );
    Ok(text)
}

/// Statements, without the function around them.
pub(super) fn statements(tokens: TokenStream) -> syn::Result<String> {
    let block: syn::Block = syn::parse2(quote!({ #tokens }))?;
    let layout = Layout::default();
    let mut text = layout.statements(&block.stmts, 0);
    debug_assert_eq!(
        layout.unknown(),
        0,
        "the layout does not know all of this: {text}"
    );
    text.push('\n');
    Ok(text)
}
