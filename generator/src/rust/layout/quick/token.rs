//! Tokens that can be looked at without being taken apart.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, TokenStream, TokenTree};

/// A token that can be looked at without being taken apart.
#[derive(Clone)]
pub(super) enum Token {
    Ident(Ident),
    Punct(Punct),
    Literal(Literal),
    Group(Delimiter, Vec<Token>),
}

/// The tokens of a stream.
pub(super) fn tokens(stream: TokenStream) -> Vec<Token> {
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
pub(super) fn stream(tokens: Vec<Token>) -> TokenStream {
    let trees = tokens.into_iter().map(|token| match token {
        Token::Ident(ident) => TokenTree::Ident(ident),
        Token::Punct(punct) => TokenTree::Punct(punct),
        Token::Literal(literal) => TokenTree::Literal(literal),
        Token::Group(delimiter, inner) => TokenTree::Group(Group::new(delimiter, stream(inner))),
    });
    trees.collect()
}

/// The parts between commas, those within generic arguments apart.
pub(super) fn split(tokens: &[Token]) -> impl Iterator<Item = &[Token]> {
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

/// Whether it is names with `::` between.
pub(super) fn is_path(tokens: &[Token]) -> bool {
    !tokens.is_empty()
        && tokens.iter().all(|token| match token {
            Token::Ident(_) => true,
            Token::Punct(punct) => punct.as_char() == ':',
            _ => false,
        })
}

impl Token {
    pub(super) fn is(&self, delimiter: Delimiter) -> bool {
        matches!(self, Self::Group(each, _) if *each == delimiter)
    }

    pub(super) fn is_punct(&self, mark: char) -> bool {
        matches!(self, Self::Punct(punct) if punct.as_char() == mark)
    }

    /// The text of an identifier; nothing of any other token.
    pub(super) fn to_text(&self) -> String {
        match self {
            Self::Ident(ident) => ident.to_string(),
            _ => String::new(),
        }
    }

    pub(super) fn is_ident(&self, name: &str) -> bool {
        matches!(self, Self::Ident(ident) if ident == name)
    }
}
