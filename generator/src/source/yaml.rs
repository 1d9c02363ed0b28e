//! YAML text → events with spans: the only file that knows the YAML parser.
//!
//! What comes out is what the builder and the locator need and nothing else, so that another
//! parser could take this one's place. Comments are dropped; mistakes become sentences.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{ErrorKind, Parser, ScalarStyle, ScanError, StrInput};

use super::fault::Fault;
use super::limits;

/// The number of an anchor in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Anchor(usize);

/// One step through a YAML document.
#[derive(Debug)]
pub(super) enum Event<'t> {
    /// A document begins.
    Document,
    /// A scalar.
    Scalar(Scalar<'t>),
    /// `*name`: what was anchored stands here again.
    Alias(Anchor),
    /// A list begins.
    OpenList(Option<Anchor>),
    /// A mapping begins.
    OpenMap(Option<Anchor>),
    /// The innermost open list or mapping ends.
    Close,
}

/// A scalar as it was written.
#[derive(Debug)]
pub(super) struct Scalar<'t> {
    /// Its text, quotes and escapes undone.
    pub(super) text: Cow<'t, str>,
    /// Whether it has no quotes and is no block.
    pub(super) plain: bool,
    /// Its tag.
    pub(super) tag: Tag,
    /// Its anchor.
    pub(super) anchor: Option<Anchor>,
}

/// A tag of YAML 1.2's core schema (10.3.1), or another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// None is written.
    None,
    /// `!!str` or `!`.
    Str,
    /// `!!int`
    Int,
    /// `!!float`
    Float,
    /// `!!bool`
    Bool,
    /// `!!null`
    Null,
    /// Any other, as it was written.
    Other(Box<str>),
}

impl Scalar<'_> {
    /// Whether this is the key `<<`, which merges the mapping that follows.
    pub(super) fn is_merge_key(&self) -> bool {
        self.plain && self.text == "<<" && matches!(self.tag, Tag::None | Tag::Other(_))
    }
}

/// The events of a text, with the bytes of each.
pub(super) struct Events<'t> {
    parser: Parser<'t, StrInput<'t>>,
}

impl<'t> Events<'t> {
    /// Reads `text` from its beginning.
    pub(super) fn new(text: &'t str) -> Self {
        let mut options = granit_parser::options! {
            flow_nesting_limit: limits::NESTING,
            block_nesting_limit: limits::NESTING,
        };
        options.set_emit_comments(false);
        Self {
            parser: Parser::new_from_str_with_options(text, options),
        }
    }
}

impl<'t> Iterator for Events<'t> {
    type Item = Result<(Event<'t>, Range<usize>), Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (event, span) = match self.parser.next()? {
                Ok(next) => next,
                Err(error) => return Some(Err(fault(&error))),
            };
            let span = span.byte_range().unwrap_or_default();
            if let Some(event) = translate(event, span.is_empty()) {
                return Some(Ok((event, span)));
            }
        }
    }
}

fn translate(event: granit_parser::Event<'_>, unwritten: bool) -> Option<Event<'_>> {
    use granit_parser::Event as Parsed;
    Some(match event {
        Parsed::DocumentStart(..) => Event::Document,
        Parsed::Alias(id) => Event::Alias(Anchor(id)),
        Parsed::SequenceStart(_, anchor, _) => Event::OpenList(anchored(anchor)),
        Parsed::MappingStart(_, anchor, _) => Event::OpenMap(anchored(anchor)),
        Parsed::SequenceEnd | Parsed::MappingEnd => Event::Close,
        Parsed::Scalar(text, style, anchor, tag) => {
            let plain = style == ScalarStyle::Plain;
            Event::Scalar(Scalar {
                // The parser stands in a `~` where nothing is written.
                text: if plain && unwritten { "".into() } else { text },
                plain,
                tag: tag.map_or(Tag::None, |tag| tag_of(&tag)),
                anchor: anchored(anchor),
            })
        }
        _ => return None,
    })
}

fn anchored(id: usize) -> Option<Anchor> {
    (id != 0).then_some(Anchor(id))
}

fn tag_of(tag: &granit_parser::Tag) -> Tag {
    match tag.core_suffix() {
        Some("str") => Tag::Str,
        Some("int") => Tag::Int,
        Some("float") => Tag::Float,
        Some("bool") => Tag::Bool,
        Some("null") => Tag::Null,
        _ => match tag.original().as_str() {
            "!" => Tag::Str,
            other => Tag::Other(other.into()),
        },
    }
}

fn fault(error: &ScanError) -> Fault {
    let offset = error.marker().byte_offset().unwrap_or_default();
    if *error.kind() == ErrorKind::RecursionLimitExceeded {
        return Fault::nesting(offset..offset);
    }
    let (message, help) = sentence(error.kind());
    let fault = Fault::syntax(message, offset..offset);
    match help {
        Some(help) => fault.help(help),
        None => fault,
    }
}

/// What is wrong and what to do, in plain words.
type Sentence = (Cow<'static, str>, Option<&'static str>);

fn sentence(kind: &ErrorKind) -> Sentence {
    let fixed = in_blocks(kind).or_else(|| in_brackets_and_quotes(kind));
    let fixed = fixed.or_else(|| in_lines(kind));
    match fixed {
        Some((message, help)) => (message.into(), Some(help)),
        None => other_sentence(kind),
    }
}

/// The mistakes that people make with lines and their indentation.
fn in_blocks(kind: &ErrorKind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar => (
            "a tab stands where YAML wants spaces",
            "indent with spaces; YAML allows no tabs there",
        ),
        ErrorKind::MappingValueNotAllowed => (
            "a `:` stands where no mapping can begin",
            "put quotes around a text that holds `: `, or check the indentation",
        ),
        ErrorKind::SimpleKeyExpected => (
            "a `:` is missing after this key",
            "write `key: value`, or indent the line as far as the text that it goes on with",
        ),
        ErrorKind::ExpectedBlockMappingKey => (
            "a key is expected here",
            "indent the line as far as the other keys of its mapping",
        ),
        ErrorKind::ExpectedBlockSequenceEntry => (
            "a `-` is expected here",
            "indent the line as far as the other entries of its list",
        ),
        ErrorKind::UnknownAnchor => (
            "this alias names an anchor that was not set before it",
            "put `&name` before the value that is meant, or quotes around a text that begins \
             with `*`",
        ),
        _ => return None,
    })
}

/// The mistakes that people make with `[]`, `{}`, `""` and `''`.
fn in_brackets_and_quotes(kind: &ErrorKind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        ErrorKind::UnclosedQuotedScalar => (
            "the quotes that open here are not closed",
            "add the closing quotation mark",
        ),
        ErrorKind::InvalidQuotedScalarIndent => (
            "a text in quotes goes on in a line that is not indented",
            "close the quotation marks, or indent the line",
        ),
        ErrorKind::ExpectedFlowMappingSeparator => (
            "a `,` or `}` is expected here",
            "separate the entries by `,` and close the mapping with `}`",
        ),
        ErrorKind::ExpectedFlowSequenceSeparator => (
            "a `,` or `]` is expected here",
            "separate the entries by `,` and close the list with `]`",
        ),
        ErrorKind::InvalidColonPlacement => (
            "a `:` stands within brackets where no key ends",
            "perhaps a closing `]` or `}` is missing in a line above",
        ),
        ErrorKind::MisplacedFlowCollectionEnd => (
            "a bracket closes here that was not opened",
            "remove it, or check the brackets before it",
        ),
        ErrorKind::UnexpectedCharacter {
            character: '@' | '`',
        } => (
            "a text without quotes cannot begin with this character",
            "put quotes around the text",
        ),
        _ => return None,
    })
}

/// The mistakes that people make within a line.
fn in_lines(kind: &ErrorKind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        ErrorKind::MissingDirectiveName => (
            "a `%` that begins a line must be followed by the name of a directive",
            "put quotes around a text that begins with `%`",
        ),
        ErrorKind::InvalidIndentation | ErrorKind::InvalidFlowScalarIndent => (
            "the indentation of this line fits nothing above it",
            "indent it as far as the lines that it belongs to",
        ),
        ErrorKind::UnknownQuotedScalarEscape => (
            "no such escape exists in a text in double quotes",
            "write `\\\\` for a backslash, or put the text in single quotes",
        ),
        ErrorKind::CommentNotSeparated => (
            "a comment needs a space before its `#`",
            "add the space, or put quotes around a text that holds a `#`",
        ),
        _ => return None,
    })
}

/// The rest: some that can be said better, else the parser's own words.
fn other_sentence(kind: &ErrorKind) -> Sentence {
    match kind {
        ErrorKind::UnclosedFlowCollection { open } => (
            format!("the `{open}` that opens here is not closed").into(),
            Some(closed_by(*open)),
        ),
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => (
            format!("the `{open}` that opens here is closed by a `{close}`").into(),
            Some(closed_by(*open)),
        ),
        ErrorKind::UnexpectedCharacter { character } if character.is_control() => (
            format!(
                "the control character U+{:04X} is not allowed in YAML",
                u32::from(*character)
            )
            .into(),
            Some("remove it, or write it as an escape of a text in double quotes"),
        ),
        other => (format!("the YAML cannot be read: {other}").into(), None),
    }
}

/// What to do about a bracket.
fn closed_by(open: char) -> &'static str {
    match open {
        '[' => "close it with `]`",
        _ => "close it with `}`",
    }
}
