//! Texts of a description → words → names in the cases of Rust.

use std::borrow::Cow;

use heck::ToSnakeCase;
use icu_normalizer::ComposingNormalizerBorrowed;
use unicode_ident::{is_xid_continue, is_xid_start};

use super::acronyms;

/// What stands for a sign when nothing else tells two names apart: `+1` and `-1`.
const SIGNS: [(char, &str); 12] = [
    ('+', "plus"),
    ('*', "star"),
    ('<', "less"),
    ('>', "greater"),
    ('=', "equal"),
    ('!', "not"),
    ('&', "and"),
    ('|', "or"),
    ('%', "percent"),
    ('#', "hash"),
    ('$', "dollar"),
    ('@', "at"),
];

/// What stands for further signs where a text has nothing else, and still needs a name.
const FURTHER_SIGNS: [(char, &str); 19] = [
    ('-', "dash"),
    ('.', "dot"),
    ('/', "slash"),
    ('_', "underscore"),
    (',', "comma"),
    (':', "colon"),
    (';', "semicolon"),
    ('?', "question"),
    ('~', "tilde"),
    ('^', "caret"),
    ('`', "backtick"),
    ('\'', "apostrophe"),
    ('"', "quote"),
    ('\\', "backslash"),
    ('€', "euro"),
    ('£', "pound"),
    ('¥', "yen"),
    ('¢', "cent"),
    ('₹', "rupee"),
];

/// The words of a text, in lower case. Signs count as words only where no letter or digit
/// would be left without them, or where they stand before a digit (`-1`).
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let spelled = spell_leading_sign(text);
    let plain: Vec<String> = split(&spelled);
    if !plain.is_empty() {
        return plain;
    }
    let mut signs = String::new();
    for sign in text.chars() {
        if let Some((_, word)) = SIGNS.iter().find(|(known, _)| *known == sign) {
            signs.push_str(word);
            signs.push(' ');
        }
    }
    split(&signs)
}

fn split(text: &str) -> Vec<String> {
    let nameable = nameable(text);
    let snake = acronyms::joined(&nameable).to_snake_case();
    snake
        .split('_')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The text in the letters that identifiers have: `ＩＤ` and `②` are `ID` and `2` (NFKC, which rustc asks
/// for), and what is no letter of theirs even so parts words, as signs do: `➊`.
fn nameable(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let plain = ComposingNormalizerBorrowed::new_nfkc().normalize(text);
    Cow::Owned(plain.replace(|sign: char| !is_xid_continue(sign), " "))
}

fn spell_leading_sign(text: &str) -> String {
    let mut rest = text.chars();
    let sign = rest.next();
    let before_digit = rest
        .clone()
        .next()
        .is_some_and(|next| next.is_ascii_digit());
    match sign {
        Some('-') if before_digit => format!("minus {}", rest.as_str()),
        Some('+') if before_digit => format!("plus {}", rest.as_str()),
        _ => text.to_owned(),
    }
}

/// `resendInvite`; `empty` if the text has neither words nor signs.
#[must_use]
pub fn camel(text: &str) -> String {
    let mut name = String::new();
    for word in named_words(text) {
        if name.is_empty() {
            name.push_str(&word);
        } else {
            push_capitalized(&mut name, &word);
        }
    }
    name
}

/// `ResendInvite`, a name for types and variants; `Empty` if the text has neither words nor
/// signs.
#[must_use]
pub fn pascal(text: &str) -> String {
    let mut name = String::new();
    for word in named_words(text) {
        // Two digits that meet would read as one number: `1_2` is no `12`.
        let digits_meet = name.ends_with(|last: char| last.is_ascii_digit())
            && word.starts_with(|first: char| first.is_ascii_digit());
        if digits_meet {
            name.push('_');
        }
        push_capitalized(&mut name, &word);
    }
    // The only keyword that begins with a capital.
    if name == "Self" {
        name.push_str("Value");
    }
    name
}

/// `ResendInvite`, a name for types alone. A script without capitals gets one in front, `T日本`: a
/// parameter that is called `日本` cannot stand where a type or a table is.
#[must_use]
pub fn type_name(text: &str) -> String {
    let name = pascal(text);
    match name.starts_with(char::is_uppercase) {
        true => name,
        false => format!("T{name}"),
    }
}

/// `resend_invite`, a name for fields, functions and modules; with a `_` at its end if the
/// language has taken the word.
#[must_use]
pub fn snake(text: &str) -> String {
    let name = named_words(text).join("_");
    if is_reserved(&name) {
        format!("{name}_")
    } else {
        name
    }
}

/// A snake-case name with another word behind it; the `_` of a keyword is no longer needed then.
#[must_use]
pub fn suffixed(name: &str, word: &str) -> String {
    format!("{}_{word}", name.trim_end_matches('_'))
}

/// `resend-invite`, a name for crates and features.
#[must_use]
pub fn kebab(text: &str) -> String {
    named_words(text).join("-")
}

/// No name is longer in bytes: modules become files, whose names have 255 at most, and some
/// names are put together from two.
const LONGEST: usize = 100;

/// The words, made fit to be a name: not none, no digit first, and not too long.
fn named_words(text: &str) -> Vec<String> {
    let mut words = words(text);
    if words.is_empty() {
        words = spelled_signs(text);
    }
    let mut left = LONGEST;
    for word in &mut words {
        word.truncate(word.floor_char_boundary(left));
        left -= word.len();
    }
    words.retain(|word| !word.is_empty());
    match words.first() {
        None => words.push("empty".to_owned()),
        Some(first) if !first.starts_with(is_xid_start) => {
            words.insert(0, "value".to_owned());
        }
        Some(_) => {}
    }
    words
}

/// A word for each sign of a text that has no others: its name, or its number in Unicode, `u2603`.
fn spelled_signs(text: &str) -> Vec<String> {
    let signs = text.chars().filter(|sign| !sign.is_whitespace());
    let spelled = signs.map(|sign| {
        let named = FURTHER_SIGNS.iter().find(|(known, _)| *known == sign);
        named.map_or_else(
            || format!("u{:x}", u32::from(sign)),
            |(_, word)| (*word).to_owned(),
        )
    });
    spelled.take(LONGEST).collect()
}

fn push_capitalized(name: &mut String, word: &str) {
    let mut letters = word.chars();
    if let Some(first) = letters.next() {
        name.extend(first.to_uppercase());
        name.push_str(letters.as_str());
    }
}

/// The keywords of edition 2024, strict and reserved (The Rust Reference, 2.1).
fn is_reserved(name: &str) -> bool {
    const KEYWORDS: [&str; 53] = [
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
        "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
        "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
        "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type",
        "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "_",
    ];
    KEYWORDS.contains(&name)
}
