//! Statements and expressions: short ones on their line, calls and matches broken where they are.

use proc_macro2::{Delimiter, Spacing};

use super::super::constants::Value;
use super::super::lists::Style;
use super::super::space::{INDENT, LINE, width};
use super::one_line::one_line;
use super::push_indent;
use super::table::value;
use super::token::{Token, split};

/// Writes statements, each on its line.
pub(super) fn block(tokens: &[Token], indent: usize, text: &mut String) -> Option<()> {
    (!tokens.is_empty()).then_some(())?;
    let mut statements = tokens.split(|token| token.is_punct(';')).peekable();
    while let Some(statement) = statements.next() {
        let last = statements.peek().is_none();
        if last && statement.is_empty() {
            break;
        }
        push_indent(indent, text);
        let start = text.rfind('\n').map_or(0, |at| at + 1);
        let value = match assignment(statement) {
            Some(at) => {
                let (head, value) = statement.split_at(at + 1);
                one_line(head, text)?;
                text.push(' ');
                value
            }
            None => statement,
        };
        let kept = usize::from(!last);
        expression(value, indent, kept, text)?;
        if !last {
            text.push(';');
        }
        let lines = &text[start..];
        (lines.contains('\n') || width(lines) <= LINE).then_some(())?;
        text.push('\n');
    }
    Some(())
}

/// Where the mark of an assignment stands, if it is one.
fn assignment(statement: &[Token]) -> Option<usize> {
    let at = statement.iter().position(|token| token.is_punct('='))?;
    matches!(&statement[at], Token::Punct(mark) if mark.spacing() == Spacing::Alone).then_some(at)
}

/// Writes an expression behind which so many columns are kept.
fn expression(tokens: &[Token], indent: usize, kept: usize, text: &mut String) -> Option<()> {
    let start = text.len();
    if one_line(tokens, text).is_some() && width(&text[start..]) <= Style::CALL.limit {
        return Some(());
    }
    text.truncate(start);
    let line = text.rfind('\n').map_or(0, |at| at + 1);
    let taken = (text.len() - line).checked_sub(indent)?;
    match tokens {
        [
            Token::Ident(word),
            scrutinee @ ..,
            Token::Group(Delimiter::Brace, arms),
        ] if word == "match" => {
            text.push_str("match ");
            one_line(scrutinee, text)?;
            text.push_str(" {\n");
            self::arms(arms, indent + INDENT, text)?;
            push_indent(indent, text);
            text.push('}');
        }
        // `Ok(match …)`: its further lines follow at the end.
        [
            Token::Ident(name),
            Token::Group(Delimiter::Parenthesis, inner),
        ] if holds_match(tokens) => {
            text.push_str(&name.to_string());
            text.push('(');
            expression(inner, indent, kept + 1, text)?;
            text.push(')');
        }
        [
            Token::Ident(root),
            Token::Punct(one),
            Token::Ident(field),
            Token::Punct(two),
            Token::Ident(method),
            Token::Group(Delimiter::Parenthesis, arguments),
        ] if root == "self" && one.as_char() == '.' && two.as_char() == '.' => {
            // The first link stays with a root that is as short, at the begin of a line.
            text.push_str("self");
            if taken > 0 {
                text.push('\n');
                push_indent(indent + INDENT, text);
            }
            text.push_str(&format!(".{field}\n"));
            push_indent(indent + INDENT, text);
            let start = text.len();
            text.push_str(&format!(".{method}("));
            let inside = text.len();
            one_line(arguments, text)?;
            let fits = width(&text[inside..]) <= Style::CALL.limit;
            text.push(')');
            let end = indent + INDENT + width(&text[start..]) + kept;
            (fits && end <= LINE).then_some(())?;
        }
        // Right of a `=` it might look better on the next line.
        _ if taken > 0 => return None,
        _ => match value(tokens)? {
            Value::Word(_) => return None,
            value => value.follow(indent, kept, text),
        },
    }
    Some(())
}

/// Whether it is a call of which the only argument is a `match`, or holds one in this way.
fn holds_match(tokens: &[Token]) -> bool {
    match tokens {
        [Token::Ident(_), Token::Group(Delimiter::Parenthesis, inner)] => {
            inner.first().is_some_and(|token| token.is_ident("match")) || holds_match(inner)
        }
        _ => false,
    }
}

/// Writes the arms of a `match`, each on its line.
fn arms(tokens: &[Token], indent: usize, text: &mut String) -> Option<()> {
    for arm in split(tokens) {
        let is_arrow = |pair: &[Token]| pair[0].is_punct('=') && pair[1].is_punct('>');
        let at = arm.windows(2).position(is_arrow)?;
        push_indent(indent, text);
        let start = text.len();
        one_line(&arm[..at], text)?;
        text.push_str(" => ");
        let value = text.len();
        one_line(&arm[at + 2..], text)?;
        (width(&text[value..]) <= Style::CALL.limit).then_some(())?;
        text.push(',');
        (indent + width(&text[start..]) <= LINE).then_some(())?;
        text.push('\n');
    }
    Some(())
}
