//! Tables: a constant or a static item whose value is literals, lists and struct literals.

use proc_macro2::Delimiter;

use super::super::constants::{Record, Value};
use super::super::lists::Style;
use super::super::space::{LINE, width};
use super::one_line::one_line;
use super::token::{Token, is_path, split};

/// Writes a table; the tokens after it.
pub(super) fn constant<'t>(
    tokens: &'t [Token],
    indent: usize,
    text: &mut String,
) -> Option<&'t [Token]> {
    let end = tokens.iter().position(|token| token.is_punct(';'))?;
    let at = tokens.iter().position(|token| token.is_punct('='))?;
    let mut head = String::new();
    one_line(tokens.get(..at)?, &mut head)?;
    let value = value(tokens.get(at + 1..end)?)?;
    let room = LINE.checked_sub(indent + width(&head) + " = ;".len())?;
    let is_broken = matches!(value, Value::List(_) | Value::Record(_));
    (is_broken || value.fits(room)).then_some(())?;
    // The line has been indented already.
    text.truncate(text.len() - indent);
    value.constant(&head, indent, text);
    tokens.get(end + 1..)
}

/// The value of a table; `None` if it is more than that.
pub(super) fn value(tokens: &[Token]) -> Option<Value> {
    match tokens {
        [
            Token::Punct(mark),
            Token::Group(Delimiter::Bracket, elements),
        ] if mark.as_char() == '&' => {
            let values = split(elements).map(value);
            return Some(Value::List(values.collect::<Option<_>>()?));
        }
        [path @ .., Token::Group(Delimiter::Parenthesis, arguments)] if is_path(path) => {
            let mut name = String::new();
            one_line(path, &mut name)?;
            let values = split(arguments).map(value);
            return Some(Value::Call(name, values.collect::<Option<_>>()?));
        }
        [path @ .., Token::Group(Delimiter::Brace, fields)] if is_path(path) => {
            return record(path, fields);
        }
        [Token::Literal(literal)] => return Some(Value::Word(literal.to_string())),
        _ => {}
    }
    let mut word = String::new();
    one_line(tokens, &mut word)?;
    let plain = is_path(tokens) || matches!(tokens, [Token::Punct(_), path @ ..] if is_path(path));
    (plain || width(&word) <= Style::CALL.limit).then_some(())?;
    Some(Value::Word(word))
}

/// The value of a field, which may be that of another: `self.name.clone()`.
fn chain_or_value(tokens: &[Token]) -> Option<Value> {
    let [Token::Ident(root), Token::Punct(dot), ..] = tokens else {
        return value(tokens);
    };
    if root != "self" || dot.as_char() != '.' {
        return value(tokens);
    }
    let links = tokens.split(|token| token.is_punct('.')).map(|link| {
        let mut text = String::new();
        one_line(link, &mut text).map(|()| text)
    });
    Some(Value::Chain(links.collect::<Option<_>>()?))
}

fn record(path: &[Token], tokens: &[Token]) -> Option<Value> {
    let mut name = String::new();
    one_line(path, &mut name)?;
    let mut fields = Vec::new();
    let mut rest = None;
    for field in split(tokens) {
        match field {
            [Token::Ident(name)] => fields.push((name.to_string(), None)),
            [Token::Ident(name), Token::Punct(colon), value @ ..] if colon.as_char() == ':' => {
                fields.push((name.to_string(), Some(chain_or_value(value)?)));
            }
            [Token::Punct(one), Token::Punct(two), base @ ..]
                if one.as_char() == '.' && two.as_char() == '.' =>
            {
                let mut text = String::new();
                one_line(base, &mut text)?;
                rest = Some(text);
            }
            _ => return None,
        }
    }
    let path = name;
    Some(Value::Record(Record { path, fields, rest }))
}
