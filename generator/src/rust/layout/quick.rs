//! Syntax → text by its tokens alone, for the plainest forms.
//!
//! Most of what is emitted is plain: structs and enums, tables, functions of a few short
//! statements. To read those as syntax and to look up the rule of every construct takes longer
//! than everything else that a generation does. Here a form is known by a token or two, and laid
//! out if no rule can break one of its lines: what is wider than a rule allows, or is not known,
//! is `None` and goes the long way.
//!
//! The measure of an expression is the narrowest limit that rustfmt has for any: 60 columns.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, TokenStream, TokenTree};

use super::Layout;
use super::attributes::push_doc;
use super::constants::{Record, Value};
use super::items::BLANK_LINE;
use super::lists::Style;
use super::one_line::FIELDS;
use super::space::{INDENT, LINE, width};

/// A token that can be looked at without being taken apart.
#[derive(Clone)]
pub(in super::super) enum Token {
    Ident(Ident),
    Punct(Punct),
    Literal(Literal),
    Group(Delimiter, Vec<Token>),
}

/// The tokens of a stream.
pub(in super::super) fn tokens(stream: TokenStream) -> Vec<Token> {
    let trees = stream.into_iter().map(|tree| match tree {
        TokenTree::Ident(ident) => Token::Ident(ident),
        TokenTree::Punct(punct) => Token::Punct(punct),
        TokenTree::Literal(literal) => Token::Literal(literal),
        TokenTree::Group(group) => {
            let (delimiter, stream) = (group.delimiter(), group.stream());
            // Nobody else holds the stream then, so that it need not be copied.
            drop(group);
            Token::Group(delimiter, tokens(stream))
        }
    });
    trees.collect()
}

/// The stream of tokens.
pub(in super::super) fn stream(tokens: Vec<Token>) -> TokenStream {
    let trees = tokens.into_iter().map(|token| match token {
        Token::Ident(ident) => TokenTree::Ident(ident),
        Token::Punct(punct) => TokenTree::Punct(punct),
        Token::Literal(literal) => TokenTree::Literal(literal),
        Token::Group(delimiter, inner) => TokenTree::Group(Group::new(delimiter, stream(inner))),
    });
    trees.collect()
}

/// The items, if all of them are plain.
pub(in super::super) fn items(tokens: &[Token]) -> Option<String> {
    let mut text = String::new();
    let mut rest = tokens;
    while !rest.is_empty() {
        rest = item(rest, 0, &mut text)?;
    }
    Some(text)
}

/// Writes an item, or a member of an `impl`; the tokens after it.
fn item<'t>(tokens: &'t [Token], indent: usize, text: &mut String) -> Option<&'t [Token]> {
    let tokens = attributes(tokens, indent, text)?;
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
            opening(head, indent, text)?;
            let mut rest = &members[..];
            while !rest.is_empty() {
                rest = member(head, rest, text)?;
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
fn member<'t>(head: &[Token], tokens: &'t [Token], text: &mut String) -> Option<&'t [Token]> {
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
    let mut block = head.to_vec();
    block.push(Token::Group(Delimiter::Brace, member.to_vec()));
    let file: syn::File = syn::parse2(stream(block)).ok()?;
    let layout = Layout::default();
    let block = layout.items(&file.items);
    (layout.unknown() == 0).then_some(())?;
    let (_, inside) = block.split_once('\n')?;
    text.push_str(inside.strip_suffix("}\n")?);
    Some(rest)
}

/// Writes an alias, on two lines if one is too short.
fn alias(tokens: &[Token], indent: usize, text: &mut String) -> Option<()> {
    let at = tokens.iter().position(|token| token.is_punct('='))?;
    let (head, ty) = tokens.split_at(at + 1);
    let start = text.len();
    one_line(head, text)?;
    let head = width(&text[start..]);
    let mut target = String::new();
    one_line(ty, &mut target)?;
    let target_width = width(&target) + ";".len();
    match indent + head + 1 + target_width <= LINE {
        true => text.push(' '),
        false => {
            (indent + INDENT + target_width <= LINE).then_some(())?;
            text.push('\n');
            push_indent(indent + INDENT, text);
        }
    }
    text.push_str(&target);
    text.push(';');
    Some(())
}

/// What an item is, by its first keyword that says so.
fn keyword(token: &Token) -> Option<&'static str> {
    let Token::Ident(ident) = token else {
        return None;
    };
    let known = ["struct", "enum", "impl", "fn", "type", "static", "const"];
    known.into_iter().find(|word| ident == word)
}

/// Writes attributes, each on its line, and the blank line that one of them stands for.
fn attributes<'t>(
    mut tokens: &'t [Token],
    indent: usize,
    text: &mut String,
) -> Option<&'t [Token]> {
    while let [
        Token::Punct(mark),
        Token::Group(Delimiter::Bracket, inner),
        rest @ ..,
    ] = tokens
        && mark.as_char() == '#'
    {
        attribute(inner, indent, text)?;
        tokens = rest;
    }
    Some(tokens)
}

fn attribute(tokens: &[Token], indent: usize, text: &mut String) -> Option<()> {
    match tokens {
        [Token::Ident(name)] if name == BLANK_LINE => text.push('\n'),
        [Token::Ident(name), Token::Punct(_), Token::Literal(doc)] if name == "doc" => {
            for line in self::text(doc)?.split('\n') {
                push_indent(indent, text);
                push_doc(text, "///", line);
                text.push('\n');
            }
        }
        _ => {
            push_indent(indent, text);
            let start = text.len();
            text.push_str("#[");
            one_line(tokens, text)?;
            text.push_str("]\n");
            (text.len() - start <= Style::CALL.limit).then_some(())?;
        }
    }
    Some(())
}

/// What a literal of a text says.
fn text(literal: &Literal) -> Option<String> {
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) => Some(text.value()),
        _ => None,
    }
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
        let member = attributes(member, indent + INDENT, text)?;
        line(member, ",", indent + INDENT, text)?;
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

/// Writes a function whose line has been indented.
fn function(head: &[Token], body: &[Token], indent: usize, text: &mut String) -> Option<()> {
    if head.iter().any(|token| token.is_ident("where")) {
        return None;
    }
    let start = text.len();
    if opening(head, indent, text).is_none() {
        text.truncate(start);
        let at = head
            .iter()
            .position(|token| token.is(Delimiter::Parenthesis))?;
        let (name, rest) = head.split_at(at);
        let [Token::Group(_, parameters), output @ ..] = rest else {
            return None;
        };
        (!parameters.is_empty()).then_some(())?;
        one_line(name, text)?;
        text.push_str("(\n");
        for parameter in split(parameters) {
            line(parameter, ",", indent + INDENT, text)?;
        }
        push_indent(indent, text);
        let start = text.len();
        text.push(')');
        if !output.is_empty() {
            text.push(' ');
            one_line(output, text)?;
        }
        text.push_str(" {\n");
        // rustfmt counts the indentation of this line twice.
        (2 * indent + width(text[start..].trim_end()) <= LINE).then_some(())?;
    }
    block(body, indent + INDENT, text)?;
    push_indent(indent, text);
    text.push('}');
    Some(())
}

/// Writes statements, each on its line.
fn block(tokens: &[Token], indent: usize, text: &mut String) -> Option<()> {
    (!tokens.is_empty()).then_some(())?;
    let mut statements = tokens.split(|token| token.is_punct(';')).peekable();
    while let Some(statement) = statements.next() {
        let last = statements.peek().is_none();
        if last && statement.is_empty() {
            break;
        }
        push_indent(indent, text);
        let start = text.rfind('\n').map_or(0, |at| at + 1);
        let value = match statement.iter().position(|token| token.is_punct('=')) {
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

/// Writes a table; the tokens after it.
fn constant<'t>(tokens: &'t [Token], indent: usize, text: &mut String) -> Option<&'t [Token]> {
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
fn value(tokens: &[Token]) -> Option<Value> {
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

fn record(path: &[Token], tokens: &[Token]) -> Option<Value> {
    let mut name = String::new();
    one_line(path, &mut name)?;
    let mut fields = Vec::new();
    let mut rest = None;
    for field in split(tokens) {
        match field {
            [Token::Ident(name)] => fields.push((name.to_string(), None)),
            [Token::Ident(name), Token::Punct(colon), value @ ..] if colon.as_char() == ':' => {
                fields.push((name.to_string(), Some(self::value(value)?)));
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

/// Whether it is names with `::` between.
fn is_path(tokens: &[Token]) -> bool {
    !tokens.is_empty()
        && tokens.iter().all(|token| match token {
            Token::Ident(_) => true,
            Token::Punct(punct) => punct.as_char() == ':',
            _ => false,
        })
}

/// The parts between commas, those within generic arguments apart.
fn split(tokens: &[Token]) -> impl Iterator<Item = &[Token]> {
    let mut depth = 0_usize;
    let mut arrow = false;
    let parts = tokens.split(move |token| {
        let Token::Punct(punct) = token else {
            arrow = false;
            return false;
        };
        match punct.as_char() {
            '<' => depth += 1,
            '>' if !arrow => depth = depth.saturating_sub(1),
            _ => {}
        }
        arrow = matches!(punct.as_char(), '-' | '=');
        punct.as_char() == ',' && depth == 0
    });
    // A comma may follow the last part.
    parts.filter(|part| !part.is_empty())
}

/// What was written last, as far as the space after it depends on it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// A word: a space before the next one.
    Word,
    /// An opening bracket, or a mark that takes what follows to itself.
    Open,
    /// A space was written.
    Space,
}

/// Writes tokens on one line, as types, patterns and plain expressions stand.
fn one_line(tokens: &[Token], text: &mut String) -> Option<()> {
    let mut last = Last::Open;
    let mut within_bars = false;
    let mut rest = tokens;
    while let [token, after @ ..] = rest {
        rest = after;
        match token {
            Token::Ident(_) | Token::Literal(_) => {
                if last == Last::Word {
                    text.push(' ');
                }
                match token {
                    Token::Ident(ident) => text.push_str(&ident.to_string()),
                    Token::Literal(literal) => text.push_str(&literal.to_string()),
                    _ => {}
                }
                // `self.0.name`: the number has the point.
                last = match text.ends_with('.') {
                    true => Last::Open,
                    false => Last::Word,
                };
            }
            Token::Group(delimiter, inner) => {
                last = group(*delimiter, inner, last, text)?;
            }
            Token::Punct(punct) => {
                let joined = punct.spacing() == Spacing::Joint;
                let next = match after.first() {
                    Some(Token::Punct(next)) if joined => Some(next.as_char()),
                    _ => None,
                };
                let two = match (punct.as_char(), next) {
                    (':', Some(':')) => Some(("::", Last::Open)),
                    ('-', Some('>')) => Some((" -> ", Last::Space)),
                    ('=', Some('>')) => Some((" => ", Last::Space)),
                    ('.', Some('.')) => return None,
                    _ => None,
                };
                if let Some((mark, then)) = two {
                    let mark = match last {
                        Last::Word => mark,
                        // After `fn name()` and nothing else.
                        _ => mark.trim_start(),
                    };
                    text.push_str(mark);
                    last = then;
                    rest = rest.get(1..)?;
                    continue;
                }
                last = match punct.as_char() {
                    ',' => {
                        // One that nothing follows was written for a line of its own.
                        if after.is_empty() {
                            continue;
                        }
                        text.push_str(", ");
                        Last::Space
                    }
                    ':' => {
                        text.push_str(": ");
                        Last::Space
                    }
                    '=' => {
                        text.push_str(" =");
                        Last::Word
                    }
                    '<' => {
                        text.push('<');
                        Last::Open
                    }
                    '>' => {
                        text.push('>');
                        Last::Word
                    }
                    '?' => {
                        text.push('?');
                        Last::Word
                    }
                    '.' => {
                        text.push('.');
                        Last::Open
                    }
                    mark @ ('&' | '*' | '\'') => {
                        if last == Last::Word {
                            text.push(' ');
                        }
                        text.push(mark);
                        Last::Open
                    }
                    '|' if within_bars => {
                        within_bars = false;
                        text.push_str("| ");
                        Last::Space
                    }
                    '|' if last == Last::Open => {
                        within_bars = true;
                        text.push('|');
                        Last::Open
                    }
                    _ => return None,
                };
            }
        }
    }
    Some(())
}

/// Writes what stands between brackets, and these.
fn group(delimiter: Delimiter, inner: &[Token], last: Last, text: &mut String) -> Option<Last> {
    match delimiter {
        Delimiter::Parenthesis => {
            text.push('(');
            one_line(inner, text)?;
            text.push(')');
        }
        Delimiter::Bracket => {
            if last == Last::Word {
                text.push(' ');
            }
            text.push('[');
            one_line(inner, text)?;
            text.push(']');
        }
        Delimiter::Brace => {
            // Only a struct literal has one line.
            is_type(text).then_some(())?;
            text.push_str(" { ");
            let start = text.len();
            one_line(inner, text)?;
            if inner.is_empty() || width(&text[start..]) > FIELDS {
                return None;
            }
            text.push_str(" }");
        }
        Delimiter::None => return None,
    }
    Some(Last::Word)
}

/// Whether a text ends in the name of a type.
fn is_type(text: &str) -> bool {
    let name = text.rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let name = name.into_iter().next().unwrap_or_default();
    name.starts_with(char::is_uppercase)
}

fn push_indent(indent: usize, text: &mut String) {
    text.extend(std::iter::repeat_n(' ', indent));
}

impl Token {
    fn is(&self, delimiter: Delimiter) -> bool {
        matches!(self, Self::Group(each, _) if *each == delimiter)
    }

    fn is_punct(&self, mark: char) -> bool {
        matches!(self, Self::Punct(punct) if punct.as_char() == mark)
    }

    fn is_ident(&self, name: &str) -> bool {
        matches!(self, Self::Ident(ident) if ident == name)
    }
}
