//! Heads and types that are too wide for one line: signatures, implementations, generic arguments.

use proc_macro2::Delimiter;

use super::super::space::{INDENT, LINE, last_line_width, width};
use super::one_line::one_line;
use super::token::{Token, is_path, split};
use super::{line, push_indent};

/// Writes the head of a function that is too wide for one line, up to its opening brace.
pub(super) fn signature(head: &[Token], indent: usize, text: &mut String) -> Option<()> {
    let at = head
        .iter()
        .position(|token| token.is(Delimiter::Parenthesis))?;
    let (name, rest) = head.split_at(at);
    let [Token::Group(_, parameters), output @ ..] = rest else {
        return None;
    };
    let mut returned = String::new();
    one_line(output, &mut returned)?;
    one_line(name, text)?;
    text.push('(');
    if !parameters.is_empty() {
        text.push('\n');
        for each in split(parameters) {
            parameter(each, indent + INDENT, text)?;
        }
        push_indent(indent, text);
    }
    text.push(')');
    if width(&returned) + indent > LINE {
        let [_, _, ty @ ..] = output else {
            return None;
        };
        returned.clear();
        returned.push_str("-> ");
        arguments(ty, indent, &mut returned)?;
    }
    // rustfmt lets one column more pass.
    let first_line = returned.lines().next().unwrap_or_default();
    let end = last_line_width(text) + 1 + width(first_line);
    if parameters.is_empty() && end > LINE + 1 {
        text.push('\n');
        push_indent(indent, text);
    } else if !output.is_empty() {
        if returned.contains('\n') {
            has_room(end)?;
        }
        text.push(' ');
    }
    text.push_str(&returned);
    // rustfmt counts the indentation of this line twice.
    match indent + last_line_width(text) + " {".len() <= LINE {
        true => text.push(' '),
        false => {
            text.push('\n');
            push_indent(indent, text);
        }
    }
    text.push_str("{\n");
    Some(())
}

/// Writes a parameter that has a line of its own, or more.
fn parameter(tokens: &[Token], indent: usize, text: &mut String) -> Option<()> {
    let mut whole = String::new();
    one_line(tokens, &mut whole)?;
    whole.push_str(",\n");
    let wide = indent + width(whole.trim_end());
    push_indent(indent, text);
    if wide <= LINE {
        text.push_str(&whole);
        return Some(());
    }
    let at = tokens.iter().position(|token| token.is_punct(':'))?;
    let (name, [_, keyword, bound @ ..]) = tokens.split_at(at) else {
        return None;
    };
    // rustfmt does not count the `impl`.
    keyword.is_ident("impl").then_some(())?;
    if wide <= LINE + "impl ".len() {
        text.push_str(&whole);
        return Some(());
    }
    one_line(name, text)?;
    text.push_str(": impl ");
    arguments(bound, indent, text)?;
    text.push_str(",\n");
    Some(())
}

/// Writes `impl Trait for Type` on two lines, and the opening brace.
pub(super) fn implementation(head: &[Token], indent: usize, text: &mut String) -> Option<()> {
    let at = head.iter().position(|token| token.is_ident("for"))?;
    let (of_trait, for_type) = head.split_at(at);
    one_line(of_trait, text)?;
    (last_line_width(text) <= LINE).then_some(())?;
    text.push('\n');
    line(for_type, "", indent + INDENT, text)?;
    push_indent(indent, text);
    text.push_str("{\n");
    Some(())
}

/// Writes a type that does not fit behind what stands before it: on the next line, or from here
/// on with a line for each of its arguments.
pub(super) fn beside_or_below(
    ty: &[Token],
    end: &str,
    indent: usize,
    text: &mut String,
) -> Option<()> {
    let mut below = String::new();
    one_line(ty, &mut below)?;
    if indent + INDENT + width(&below) + end.len() <= LINE {
        text.push('\n');
        push_indent(indent + INDENT, text);
        text.push_str(&below);
    } else {
        text.push(' ');
        arguments(ty, indent, text)?;
    }
    text.push_str(end);
    Some(())
}

/// Writes a type with a line for each of its generic arguments.
fn arguments(ty: &[Token], indent: usize, text: &mut String) -> Option<()> {
    let at = ty.iter().position(|token| token.is_punct('<'))?;
    let (path, [_, inner @ .., close]) = ty.split_at(at) else {
        return None;
    };
    (is_path(path) && close.is_punct('>') && is_balanced(inner)).then_some(())?;
    one_line(path, text)?;
    text.push('<');
    has_room(last_line_width(text))?;
    text.push('\n');
    for argument in split(inner) {
        line(argument, ",", indent + INDENT, text)?;
    }
    push_indent(indent, text);
    text.push('>');
    Some(())
}

/// Nothing if arguments that would be broken open here: near the end of a line more than they is broken.
fn has_room(end: usize) -> Option<()> {
    (end + INDENT <= LINE).then_some(())
}

/// Whether each closing bracket of generic arguments has its opening one.
fn is_balanced(tokens: &[Token]) -> bool {
    let mut depth = 0_usize;
    tokens.iter().all(|token| {
        if token.is_punct('<') {
            depth += 1;
        } else if token.is_punct('>') {
            let Some(outer) = depth.checked_sub(1) else {
                return false;
            };
            depth = outer;
        }
        true
    })
}
