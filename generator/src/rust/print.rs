//! Syntax → text, item by item.
//!
//! prettyplease prints no blank lines between items; so every item is printed on its own and
//! put together here, and inside of an `impl` a marked comment stands for a blank line.
//! Printing item by item also keeps memory small. rustfmt has the last word (see `output`).

use proc_macro2::TokenStream;
use quote::quote;

/// The comment that stands for a blank line.
const BLANK_LINE: &str = "~";

/// The attribute that becomes a blank line before an item of an `impl`.
pub(super) fn blank_line() -> TokenStream {
    quote!(#[comment = #BLANK_LINE])
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
    let mut text = String::from(head);
    if !imports.is_empty() {
        text.push('\n');
        for import in imports {
            text.push_str(&item(quote!(use #import;))?);
        }
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
    let marker = format!("//{BLANK_LINE}");
    let printed = prettyplease::unparse(&file);
    let mut text = String::with_capacity(printed.len());
    for line in printed.lines() {
        if line.trim_start() != marker {
            text.push_str(line);
        }
        text.push('\n');
    }
    Ok(text)
}

/// Statements, without the function around them.
pub(super) fn statements(tokens: TokenStream) -> syn::Result<String> {
    let printed = item(quote!(fn sample() { #tokens }))?;
    let lines: Vec<&str> = printed.lines().collect();
    let inner = lines
        .get(1..lines.len().saturating_sub(1))
        .unwrap_or_default();
    let mut text = String::new();
    for line in inner {
        text.push_str(line.strip_prefix("    ").unwrap_or(line));
        text.push('\n');
    }
    Ok(text)
}
