//! Imports and modules, which rustfmt sorts where several stand together.

use proc_macro2::Delimiter;

use super::super::imports::{Segment, Tree, in_order, module_order, tree};
use super::super::space::LINE;
use super::attributes;
use super::one_line::one_line;
use super::token::{Token, split};

/// Writes all imports or all modules that stand at the beginning. The tokens after them, or `None`
/// within if something else stands there.
pub(super) fn run<'t>(tokens: &'t [Token], text: &mut String) -> Option<Option<&'t [Token]>> {
    match keyword(tokens) {
        Some("use") => sorted(tokens, "use", text, import, in_order).map(Some),
        Some("mod") => sorted(tokens, "mod", text, module, |left: &String, right| {
            module_order(left, right)
        })
        .map(Some),
        _ => Some(None),
    }
}

/// `use` or `mod`, if that is the first item.
fn keyword(tokens: &[Token]) -> Option<&'static str> {
    let mut rest = tokens;
    while let [mark, Token::Group(Delimiter::Bracket, _), after @ ..] = rest
        && mark.is_punct('#')
    {
        rest = after;
    }
    if let [visible, after @ ..] = rest
        && visible.is_ident("pub")
    {
        rest = match after {
            [Token::Group(Delimiter::Parenthesis, _), after @ ..] => after,
            _ => after,
        };
    }
    let first = rest.first()?;
    ["use", "mod"].into_iter().find(|word| first.is_ident(word))
}

/// Writes items of one kind in their order; the tokens after them.
fn sorted<'t, K>(
    tokens: &'t [Token],
    word: &str,
    text: &mut String,
    read: impl Fn(&[Token], &[Token], &mut String) -> Option<K>,
    order: impl Fn(&K, &K) -> std::cmp::Ordering,
) -> Option<&'t [Token]> {
    let mut items: Vec<(K, String)> = Vec::new();
    // rustfmt keeps room for these words beside the attributes of an import, too.
    let kept = match word {
        "use" => "use ;".len(),
        _ => 0,
    };
    let mut rest = tokens;
    while keyword(rest) == Some(word) {
        let mut item = String::new();
        let unmarked = attributes(rest, 0, kept, &mut item)?;
        let end = unmarked.iter().position(|token| token.is_punct(';'))?;
        let at = unmarked.iter().position(|token| token.is_ident(word))?;
        let key = read(&unmarked[..at], unmarked.get(at + 1..end)?, &mut item)?;
        item.push_str(";\n");
        items.push((key, item));
        rest = &unmarked[end + 1..];
    }
    items.sort_by(|(left, _), (right, _)| order(left, right));
    items.iter().for_each(|(_, item)| text.push_str(item));
    Some(rest)
}

/// Writes a module; its name.
fn module(visibility: &[Token], name: &[Token], text: &mut String) -> Option<String> {
    let [Token::Ident(name)] = name else {
        return None;
    };
    push_visibility(visibility, text)?;
    let name = name.to_string();
    text.push_str("mod ");
    text.push_str(&name);
    Some(name)
}

/// Writes an import; what is imported.
fn import(visibility: &[Token], tokens: &[Token], text: &mut String) -> Option<Tree> {
    let start = text.len();
    push_visibility(visibility, text)?;
    let taken = text.len() - start + "use ;".len();
    let imported = imported(tokens)?;
    text.push_str("use ");
    text.push_str(&tree(&imported, 0, LINE.saturating_sub(taken)));
    Some(imported)
}

fn push_visibility(visibility: &[Token], text: &mut String) -> Option<()> {
    one_line(visibility, text)?;
    if !visibility.is_empty() {
        text.push(' ');
    }
    Some(())
}

/// What is imported; `None` if it is given another name.
fn imported(tokens: &[Token]) -> Option<Tree> {
    let mut path = Vec::new();
    let mut rest = tokens;
    loop {
        match rest {
            [Token::Ident(name)] => {
                path.push(Segment::of(name));
                return Some(Tree::name(path));
            }
            [Token::Ident(name), one, two, after @ ..]
                if one.is_punct(':') && two.is_punct(':') =>
            {
                path.push(Segment::of(name));
                rest = after;
            }
            [glob] if glob.is_punct('*') => {
                path.push(Segment::Glob);
                return Some(Tree::name(path));
            }
            [Token::Group(Delimiter::Brace, inner)] => {
                let list: Option<Vec<Tree>> = split(inner).map(imported).collect();
                return Some(Tree::list(path, list?));
            }
            _ => return None,
        }
    }
}
