//! Types, patterns and plain expressions on one line.

use proc_macro2::{Delimiter, Punct, Spacing};

use super::super::one_line::FIELDS;
use super::token::Token;

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

/// Writes tokens on one line; `None` for what does not stand so, or is not known.
pub(super) fn one_line(tokens: &[Token], text: &mut String) -> Option<()> {
    let mut line = Line {
        text,
        last: Last::Open,
        within_bars: false,
    };
    let mut rest = tokens;
    while let [token, after @ ..] = rest {
        rest = match token {
            Token::Ident(_) | Token::Literal(_) => line.word(token, after)?,
            Token::Group(delimiter, inner) => line.group(*delimiter, inner, after)?,
            Token::Punct(punct) => match line.pair(punct, after) {
                Some(rest) => rest,
                None => line.mark(punct.as_char(), after)?,
            },
        };
    }
    Some(())
}

/// A line that is being written. Each of its functions gives back the tokens that are left.
struct Line<'l> {
    text: &'l mut String,
    last: Last,
    /// Whether the first bar of a closure's parameters was written.
    within_bars: bool,
}

impl Line<'_> {
    fn word<'t>(&mut self, token: &Token, after: &'t [Token]) -> Option<&'t [Token]> {
        if self.last == Last::Word {
            self.text.push(' ');
        }
        match token {
            Token::Ident(ident) => {
                let name = ident.to_string();
                // Of other names rustfmt counts the bytes here and the columns there.
                name.is_ascii().then_some(())?;
                self.text.push_str(&name);
            }
            Token::Literal(literal) => self.text.push_str(&literal.to_string()),
            _ => {}
        }
        // `self.0.name`: the number has the point.
        self.last = match self.text.ends_with('.') {
            true => Last::Open,
            false => Last::Word,
        };
        Some(after)
    }

    /// Two marks that are one, if they are.
    fn pair<'t>(&mut self, punct: &Punct, after: &'t [Token]) -> Option<&'t [Token]> {
        let (Some((Token::Punct(next), rest)), Spacing::Joint) =
            (after.split_first(), punct.spacing())
        else {
            return None;
        };
        let (mark, then) = match (punct.as_char(), next.as_char()) {
            (':', ':') => ("::", Last::Open),
            ('-', '>') => (" -> ", Last::Space),
            ('=', '>') => (" => ", Last::Space),
            ('=', '=') => (" == ", Last::Space),
            _ => return None,
        };
        self.text.push_str(match self.last {
            Last::Word => mark,
            _ => mark.trim_start(),
        });
        self.last = then;
        Some(rest)
    }

    fn mark<'t>(&mut self, mark: char, after: &'t [Token]) -> Option<&'t [Token]> {
        let is_range = mark == '.' && after.first().is_some_and(|next| next.is_punct('.'));
        (!is_range).then_some(())?;
        let (written, then) = match mark {
            // One that nothing follows was written for a line of its own.
            ',' if after.is_empty() => ("", self.last),
            ',' => (", ", Last::Space),
            ':' => (": ", Last::Space),
            '=' => (" =", Last::Word),
            '<' => ("<", Last::Open),
            '>' => (">", Last::Word),
            '?' => ("?", Last::Word),
            '.' => (".", Last::Open),
            '&' | '*' | '\'' => {
                if self.last == Last::Word {
                    self.text.push(' ');
                }
                self.text.push(mark);
                ("", Last::Open)
            }
            '|' if self.within_bars => {
                self.within_bars = false;
                ("| ", Last::Space)
            }
            '|' if self.last == Last::Open => {
                self.within_bars = true;
                ("|", Last::Open)
            }
            _ => return None,
        };
        self.text.push_str(written);
        self.last = then;
        Some(after)
    }

    /// What stands between brackets, and these.
    fn group<'t>(
        &mut self,
        delimiter: Delimiter,
        inner: &[Token],
        after: &'t [Token],
    ) -> Option<&'t [Token]> {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket if self.last == Last::Word => (" [", "]"),
            Delimiter::Bracket => ("[", "]"),
            // Only a struct literal has one line.
            Delimiter::Brace if !inner.is_empty() && is_type(self.text) => (" { ", " }"),
            Delimiter::Brace | Delimiter::None => return None,
        };
        self.text.push_str(open);
        let start = self.text.len();
        one_line(inner, self.text)?;
        let is_wide = delimiter == Delimiter::Brace && self.text.len() - start > FIELDS;
        (!is_wide).then_some(())?;
        self.text.push_str(close);
        self.last = Last::Word;
        Some(after)
    }
}

/// Whether a text ends in the name of a type.
fn is_type(text: &str) -> bool {
    let name = text.rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let name = name.into_iter().next().unwrap_or_default();
    name.starts_with(char::is_uppercase)
}
