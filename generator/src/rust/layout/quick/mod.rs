//! Syntax → text by its tokens alone, for the plainest forms.
//!
//! Most of what is emitted is plain: structs and enums, tables, functions of a few short
//! statements. To read those as syntax and to look up the rule of every construct takes longer
//! than everything else that a generation does. Here a form is known by a token or two, and laid
//! out if no rule can break one of its lines: what is wider than a rule allows, or is not known,
//! is `None` and goes the long way.
//!
//! The measure of an expression is the narrowest limit that rustfmt has for any: 60 columns.

mod attribute;
mod broken;
mod expression;
mod one_line;
mod runs;
mod table;
mod token;

use proc_macro2::{Delimiter, TokenStream};
use quote::quote;

use super::Layout;
use super::attributes::push_doc;
use super::doc_literals;
use super::items::BLANK_LINE;
use super::lists::Style;
use super::space::{INDENT, LINE, width};
use attribute::Attribute;
use broken::{beside_or_below, implementation, signature};
use expression::block;
use one_line::one_line;
use runs::run;
use table::constant;
use token::{Token, split, stream, tokens};

/// The items of a stream as text, if all of them are plain; else the stream again.
pub(in super::super) fn lay_out(all: TokenStream) -> Result<String, TokenStream> {
    let all = tokens(all);
    items(&all).ok_or_else(|| stream(all))
}

fn items(tokens: &[Token]) -> Option<String> {
    let mut text = String::new();
    let mut rest = tokens;
    while !rest.is_empty() {
        rest = match run(rest, &mut text)? {
            Some(after) => after,
            None => item(rest, 0, &mut text)?,
        };
    }
    Some(text)
}

/// Writes an item, or a member of an `impl`; the tokens after it.
fn item<'t>(tokens: &'t [Token], indent: usize, text: &mut String) -> Option<&'t [Token]> {
    let tokens = attributes(tokens, indent, 0, text)?;
    let body = tokens.iter().position(|token| token.is(Delimiter::Brace));
    let end = tokens.iter().position(|token| token.is_punct(';'));
    let word = tokens.iter().find_map(keyword)?;
    let (head, rest) = match (body, end) {
        (Some(body), end) if end.is_none_or(|end| body < end) => tokens.split_at(body),
        (_, Some(end)) => tokens.split_at(end),
        _ => return None,
    };
    let (last, rest) = rest.split_first()?;
    push_indent(indent, text);
    match (word, last) {
        ("struct", Token::Group(_, fields)) => definition(head, fields, indent, text)?,
        ("enum", Token::Group(_, variants)) => definition(head, variants, indent, text)?,
        ("impl", Token::Group(_, members)) => {
            (!members.is_empty()).then_some(())?;
            let start = text.len();
            if opening(head, indent, text).is_none() {
                text.truncate(start);
                implementation(head, indent, text)?;
            }
            let mut rest = &members[..];
            while !rest.is_empty() {
                rest = member(rest, text)?;
            }
            push_indent(indent, text);
            text.push('}');
        }
        ("fn", Token::Group(_, body)) => function(head, body, indent, text)?,
        ("struct", Token::Punct(_)) => {
            let start = text.len();
            one_line(head, text)?;
            text.push(';');
            (width(&text[start..]) + indent <= LINE).then_some(())?;
            // Fields without names have the room of arguments.
            if let Some(open) = text[start..].find('(') {
                let inside = &text[start + open + 1..text.len() - ");".len()];
                (width(inside) <= Style::CALL.limit).then_some(())?;
            }
        }
        ("type", Token::Punct(_)) => alias(head, indent, text)?,
        // A struct literal is part of the value.
        ("static" | "const", _) => return constant(tokens, indent, text),
        _ => return None,
    }
    text.push('\n');
    Some(rest)
}

/// Writes a member of an `impl`, alone by its syntax if it is not plain; the tokens after it.
fn member<'t>(tokens: &'t [Token], text: &mut String) -> Option<&'t [Token]> {
    let start = text.len();
    if let Some(rest) = item(tokens, INDENT, text) {
        return Some(rest);
    }
    text.truncate(start);
    let mut tokens = tokens;
    if let [
        Token::Punct(_),
        Token::Group(Delimiter::Bracket, inner),
        rest @ ..,
    ] = tokens
        && inner
            .first()
            .is_some_and(|token| token.is_ident(BLANK_LINE))
    {
        text.push('\n');
        tokens = rest;
    }
    let ends = |token: &Token| token.is(Delimiter::Brace) || token.is_punct(';');
    let (member, rest) = tokens.split_at(tokens.iter().position(ends)? + 1);
    // Whose member it is does not matter to its looks.
    let member = stream(member.to_vec());
    let file: syn::File = syn::parse2(quote!(impl Whole { #member })).ok()?;
    let layout = Layout::default();
    let block = layout.items(&file.items);
    (layout.unknown() == 0).then_some(())?;
    let (_, inside) = block.split_once('\n')?;
    text.push_str(inside.strip_suffix("}\n")?);
    Some(rest)
}

/// What an item is, by its first keyword that says so.
fn keyword(token: &Token) -> Option<&'static str> {
    let Token::Ident(ident) = token else {
        return None;
    };
    let known = ["struct", "enum", "impl", "fn", "type", "static", "const"];
    known.into_iter().find(|word| ident == word)
}

/// Writes attributes, each on its line, and the blank line that one of them stands for. So many columns
/// are kept free at the end of a line.
fn attributes<'t>(
    mut tokens: &'t [Token],
    indent: usize,
    kept: usize,
    text: &mut String,
) -> Option<&'t [Token]> {
    while let [
        Token::Punct(mark),
        Token::Group(Delimiter::Bracket, inner),
        rest @ ..,
    ] = tokens
        && mark.as_char() == '#'
    {
        attribute(inner, indent, kept, text)?;
        tokens = rest;
    }
    Some(tokens)
}

fn attribute(tokens: &[Token], indent: usize, kept: usize, text: &mut String) -> Option<()> {
    match tokens {
        [Token::Ident(name)] if name == BLANK_LINE => text.push('\n'),
        [Token::Ident(name), Token::Punct(_), Token::Literal(doc)] if name == "doc" => {
            for line in doc_literals::text(doc)?.split('\n') {
                push_indent(indent, text);
                push_doc(text, "///", line);
                text.push('\n');
            }
        }
        _ => {
            push_indent(indent, text);
            Attribute::of(tokens)?.write(indent, kept, text)?;
            text.push('\n');
        }
    }
    Some(())
}

/// Writes a line that ends in an opening brace.
fn opening(head: &[Token], indent: usize, text: &mut String) -> Option<()> {
    let start = text.len();
    one_line(head, text)?;
    text.push_str(" {\n");
    (indent + width(text[start..].trim_end()) <= LINE).then_some(())
}

/// Writes a struct or an enum, which has a line for each field or variant.
fn definition(head: &[Token], members: &[Token], indent: usize, text: &mut String) -> Option<()> {
    if members.is_empty() {
        let start = text.len();
        one_line(head, text)?;
        text.push_str(" {}");
        // Near the end of the line the rules for the brace differ from kind to kind.
        return (indent + width(&text[start..]) + INDENT <= LINE).then_some(());
    }
    opening(head, indent, text)?;
    for member in split(members) {
        let member = attributes(member, indent + INDENT, 0, text)?;
        field(member, indent + INDENT, text)?;
    }
    push_indent(indent, text);
    text.push('}');
    Some(())
}

/// Writes tokens that have a line of their own.
fn line(tokens: &[Token], end: &str, indent: usize, text: &mut String) -> Option<()> {
    push_indent(indent, text);
    let start = text.len();
    one_line(tokens, text)?;
    text.push_str(end);
    let fits = indent + width(&text[start..]) <= LINE;
    text.push('\n');
    fits.then_some(())
}

/// Writes a field or a variant. The type of a field has the next line if this one is too short.
fn field(tokens: &[Token], indent: usize, text: &mut String) -> Option<()> {
    let start = text.len();
    if line(tokens, ",", indent, text).is_some() {
        return Some(());
    }
    text.truncate(start);
    let at = tokens.iter().position(|token| token.is_punct(':'))?;
    push_indent(indent, text);
    one_line(&tokens[..at], text)?;
    text.push(':');
    beside_or_below(&tokens[at + 1..], ",", indent, text)?;
    text.push('\n');
    Some(())
}

/// Writes an alias, on two lines or more if one is too short.
fn alias(tokens: &[Token], indent: usize, text: &mut String) -> Option<()> {
    let at = tokens.iter().position(|token| token.is_punct('='))?;
    let (head, ty) = tokens.split_at(at + 1);
    let start = text.len();
    one_line(head, text)?;
    let head = width(&text[start..]);
    let mut target = String::new();
    one_line(ty, &mut target)?;
    if indent + head + 1 + width(&target) + ";".len() > LINE {
        return beside_or_below(ty, ";", indent, text);
    }
    text.push(' ');
    text.push_str(&target);
    text.push(';');
    Some(())
}

/// Writes a function whose line has been indented.
fn function(head: &[Token], body: &[Token], indent: usize, text: &mut String) -> Option<()> {
    if head.iter().any(|token| token.is_ident("where")) {
        return None;
    }
    let start = text.len();
    if opening(head, indent, text).is_none() {
        text.truncate(start);
        signature(head, indent, text)?;
    }
    block(body, indent + INDENT, text)?;
    push_indent(indent, text);
    text.push('}');
    Some(())
}

fn push_indent(indent: usize, text: &mut String) {
    text.extend(std::iter::repeat_n(' ', indent));
}
