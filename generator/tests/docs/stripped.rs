//! Markdown as the text that a reader sees, the way the seeds were scraped.
//!
//! A block is a line, or several where it has line breaks; the cells of a table's row are joined
//! by a space; link targets, emphasis, fences and raw HTML (`<br/>`, `<a name>`) leave nothing.
//! A front matter between lines of `---` is left out.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// What to make of a line break within a paragraph.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Breaks {
    /// A space.
    Joined,
    /// A new line.
    Kept,
}

/// The text of a page, one line for each block or row.
pub(crate) fn stripped(markdown: &str, breaks: Breaks) -> Vec<String> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut text = String::new();
    let mut hidden = false;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => hidden = true,
            Event::End(TagEnd::MetadataBlock(_)) => hidden = false,
            Event::Text(piece) | Event::Code(piece) if !hidden => text.push_str(&piece),
            Event::SoftBreak | Event::HardBreak if breaks == Breaks::Joined => text.push(' '),
            Event::SoftBreak | Event::HardBreak => text.push('\n'),
            Event::End(TagEnd::TableCell) => text.push(' '),
            Event::Start(Tag::Item | Tag::Paragraph | Tag::CodeBlock(_))
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::CodeBlock
                | TagEnd::TableRow
                | TagEnd::TableHead
                | TagEnd::Item,
            ) => text.push('\n'),
            _ => {}
        }
    }
    let lines = text.lines().map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.join(" ")
    });
    lines.filter(|line| !line.is_empty()).collect()
}
