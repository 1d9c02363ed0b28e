//! Syntax → text, item by item, in the layout of rustfmt.
//!
//! A file is put together here: its first lines, its imports, its items with a blank line before
//! each. How an item looks is the matter of [`layout`](super::layout). Printing item by item
//! keeps memory small.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::layout::{self, Layout};

/// The attribute that becomes a blank line before an item of an `impl`.
pub(super) fn blank_line() -> TokenStream {
    let name = Ident::new(layout::BLANK_LINE, Span::call_site());
    quote!(#[#name])
}

/// The items with a blank line before each.
pub(super) fn spaced(items: Vec<TokenStream>) -> TokenStream {
    let blank = blank_line();
    let mut items = items.into_iter();
    let first = items.next();
    let rest = items.map(|item| quote!(#blank #item));
    quote!(#first #(#rest)*)
}

/// Doc attributes, a line each.
pub(super) fn doc_lines(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| {
        let line = if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        };
        quote!(#[doc = #line])
    });
    quote!(#(#lines)*)
}

/// A file: its first lines, its imports, its items.
pub(super) fn file(
    head: &str,
    imports: &[TokenStream],
    items: Vec<TokenStream>,
) -> syn::Result<String> {
    let mut text = String::with_capacity(head.len());
    for line in head.lines() {
        layout::push_doc(&mut text, "", line);
        text.push('\n');
    }
    if !imports.is_empty() {
        text.push('\n');
        text.push_str(&item(quote!(#(use #imports;)*))?);
    }
    for tokens in items {
        text.push('\n');
        text.push_str(&item(tokens)?);
    }
    Ok(text)
}

/// One item, or a run of items that stand together.
fn item(tokens: TokenStream) -> syn::Result<String> {
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
