//! The tags that have a meaning in CommonMark, and where they stand in a text.

/// What a tag means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// What stands in it is a paragraph, or several.
    Paragraph,
    /// A list; whether its entries have numbers.
    List(bool),
    /// An entry of a list.
    Entry,
    /// A heading of a level.
    Heading(usize),
    /// A line break.
    Break,
    /// Text as it was typed.
    Typed,
    Strong,
    Emphasis,
    Code,
    Link,
    /// Nothing: it looks different, and is the same.
    Look,
}

fn role(name: &str) -> Option<Role> {
    Some(match name {
        "p" | "div" | "section" | "article" | "center" | "blockquote" | "dl" | "dt" | "dd"
        | "details" | "summary" => Role::Paragraph,
        "ul" => Role::List(false),
        "ol" => Role::List(true),
        "li" => Role::Entry,
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" => Role::Heading(5),
        "h6" => Role::Heading(6),
        "br" => Role::Break,
        "pre" => Role::Typed,
        "b" | "strong" => Role::Strong,
        "i" | "em" => Role::Emphasis,
        "code" | "tt" | "samp" => Role::Code,
        "a" => Role::Link,
        "span" | "font" | "u" => Role::Look,
        _ => return None,
    })
}

/// A tag as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// Its name, in small letters.
    pub(super) name: String,
    pub(super) role: Option<Role>,
    pub(super) closes: bool,
    /// All of it.
    pub(super) source: &'a str,
}

impl<'a> Tag<'a> {
    /// The tag that a text begins with.
    pub(super) fn at(text: &'a str) -> Option<Self> {
        let inner = text.strip_prefix('<')?;
        let closes = inner.starts_with('/');
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        let length = inner.find(|letter| !is_name(letter))?;
        let name = inner.get(..length)?;
        let attributes = inner.get(length..)?;
        let is_tag = name.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && attributes
                .starts_with(|letter: char| letter.is_whitespace() || "/>".contains(letter));
        let end = end(attributes).filter(|_| is_tag)?;
        let name = name.to_ascii_lowercase();
        let length = text.len() - attributes.len() + end;
        Some(Self {
            role: role(&name),
            name,
            closes,
            source: text.get(..length)?,
        })
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, wanted: &str) -> Option<&'a str> {
        let mut rest = self.source.get(1 + self.name.len()..)?;
        loop {
            rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
            let length =
                rest.find(|letter: char| letter.is_whitespace() || "=>/".contains(letter))?;
            let name = rest.get(..length).filter(|name| !name.is_empty())?;
            let after = rest.get(length..)?.trim_start();
            let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
                rest = after;
                continue;
            };
            let (value, after) = match value.chars().next()? {
                quote @ ('"' | '\'') => value.get(1..)?.split_once(quote)?,
                _ => {
                    let end = value.find(|letter: char| letter.is_whitespace() || letter == '>')?;
                    value.split_at(end)
                }
            };
            if name.eq_ignore_ascii_case(wanted) {
                return Some(value);
            }
            rest = after;
        }
    }
}

/// Where a tag ends whose attributes these are: no quoted `>` ends it.
fn end(attributes: &str) -> Option<usize> {
    let mut quote = None;
    for (place, letter) in attributes.char_indices() {
        match (quote, letter) {
            (None, '>') => return Some(place + 1),
            (None, '<') => return None,
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), letter) if open == letter => quote = None,
            _ => {}
        }
    }
    None
}

/// The names of the tags of a text that have a meaning there.
///
/// In angle brackets people write what is to be replaced, too: `<section>`. So a name counts only
/// if it is both opened and closed, or need not be closed and is none that would be replaced.
#[derive(Debug, Default)]
pub(super) struct Known {
    opened: Vec<String>,
    closed: Vec<String>,
}

impl Known {
    pub(super) fn of(text: &str) -> Self {
        let mut known = Self::default();
        for (place, _) in text.match_indices('<') {
            let Some(tag) = text.get(place..).and_then(Tag::at) else {
                continue;
            };
            let names = match tag.closes {
                true => &mut known.closed,
                false => &mut known.opened,
            };
            if tag.role.is_some() && !names.contains(&tag.name) {
                names.push(tag.name);
            }
        }
        known
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        let mut names = self.opened.iter().chain(&self.closed);
        !names.any(|name| self.has(name))
    }

    fn has(&self, name: &str) -> bool {
        let needs_no_end = matches!(name, "p" | "li" | "br");
        let is_paired = || {
            let is = |own: &String| own == name;
            self.opened.iter().any(is) && self.closed.iter().any(is)
        };
        needs_no_end || is_paired()
    }

    /// What a tag means in this text.
    pub(super) fn role(&self, tag: &Tag<'_>) -> Option<Role> {
        tag.role.filter(|_| self.has(&tag.name))
    }
}

#[cfg(test)]
mod tests {
    use super::{Known, Role, Tag};

    #[test]
    fn a_tag_ends_where_it_ends() {
        let tag = Tag::at("<A title='>' HREF=\"https://a.example\" >b").unwrap();
        assert_eq!(tag.role, Some(Role::Link));
        assert_eq!(tag.source, "<A title='>' HREF=\"https://a.example\" >");
        assert_eq!(tag.attribute("href"), Some("https://a.example"));
        assert_eq!(tag.attribute("id"), None);
        let tag = Tag::at("<a nofollow href=https://a.example>").unwrap();
        assert_eq!(tag.attribute("href"), Some("https://a.example"));
        for text in [
            "<",
            "< b>",
            "<b",
            "<1>",
            "<b <i>",
            "<https://a.example>",
            "<a@b>",
        ] {
            assert_eq!(Tag::at(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_to_be_replaced_is_no_tag() {
        assert!(Known::of("/a/<section>/<i>, List<String>, <b").is_empty());
        assert!(!Known::of("a<BR/>b").is_empty());
        assert!(!Known::of("<i>a</i>").is_empty());
    }
}
