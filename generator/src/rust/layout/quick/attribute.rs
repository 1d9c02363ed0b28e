//! Attributes: on one line, or with a line for each of their parts.

use proc_macro2::Delimiter;

use super::super::lists::Style;
use super::super::space::{INDENT, LINE, break_to, width};
use super::one_line::one_line;
use super::token::{Token, split};

/// An attribute: what stands around its parts, and the parts.
pub(super) struct Attribute<'t> {
    /// `#[cfg(any(`
    head: String,
    parts: Vec<&'t [Token]>,
    /// `))]`
    end: &'static str,
}

impl<'t> Attribute<'t> {
    /// Reads what stands between the brackets.
    pub(super) fn of(tokens: &'t [Token]) -> Option<Self> {
        let mut head = "#[".to_owned();
        let [name @ .., Token::Group(Delimiter::Parenthesis, inner)] = tokens else {
            one_line(tokens, &mut head)?;
            return Some(Self::new(head, &[], "]"));
        };
        one_line(name, &mut head)?;
        head.push('(');
        match &inner[..] {
            [any, Token::Group(Delimiter::Parenthesis, parts)] => {
                head.push_str(&any.to_text());
                head.push('(');
                Some(Self::new(head, parts, "))]"))
            }
            parts => Some(Self::new(head, parts, ")]")),
        }
    }

    fn new(head: String, parts: &'t [Token], end: &'static str) -> Self {
        let parts = split(parts).collect();
        Self { head, parts, end }
    }

    /// Writes it where so many columns are kept free at the end of a line.
    pub(super) fn write(&self, indent: usize, kept: usize, text: &mut String) -> Option<()> {
        let mut parts = Vec::new();
        for part in &self.parts {
            let mut text = String::new();
            one_line(part, &mut text)?;
            parts.push(text);
        }
        let line = parts.join(", ");
        let taken = width(&self.head) + width(&line) + self.end.len();
        let is_short = parts.len() < 2 || width(&line) <= Style::ATTRIBUTE.limit;
        text.push_str(&self.head);
        if parts.is_empty() || is_short && indent + taken + kept <= LINE {
            text.push_str(&line);
        } else {
            // What is still too wide is a name that cannot be broken.
            let inside = break_to(indent + INDENT);
            text.push_str(&inside);
            text.push_str(&parts.join(&format!(",{inside}")));
            text.push_str(&break_to(indent));
        }
        text.push_str(self.end);
        Some(())
    }
}
