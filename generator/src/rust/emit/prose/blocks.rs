//! A text, block by block.

use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd,
};

use super::inline::Inline;
use super::page::{Block, Page};
use crate::commonmark;

/// What rustdoc reads, without footnotes, which would be those of a whole page, and with the
/// notes of GitHub, of which rustdoc knows nothing.
pub(super) const READ: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM);

/// Level 1 is the page's own.
const HIGHEST_HEADING: usize = 2;

/// The lines of a text.
pub(super) fn lines(source: &str) -> Vec<String> {
    let events: Vec<(Event<'_>, Range<usize>)> =
        Parser::new_ext(source, READ).into_offset_iter().collect();
    let only_events = || events.iter().map(|(event, _)| event);
    let has_tags = only_events().any(|event| matches!(event, Event::InlineHtml(_)));
    let paired = match has_tags {
        true => commonmark::paired_tags(only_events()),
        false => Vec::new(),
    };
    let highest = commonmark::highest_heading(only_events()).unwrap_or(HIGHEST_HEADING);
    let mut text = Text {
        source,
        page: Page::new(),
        inline: Inline::default(),
        lists: Vec::new(),
        begins: None,
        code: None,
        columns: Vec::new(),
        cells: Vec::new(),
        deeper: HIGHEST_HEADING.saturating_sub(highest),
    };
    for (place, (event, range)) in events.iter().enumerate() {
        let stays = paired.get(place).copied().unwrap_or_default();
        text.event(event, range, stays);
    }
    text.end_paragraph();
    text.page.into_lines()
}

/// A text of one line that stands within another one.
pub(super) fn line(text: &str) -> String {
    // Behind a word nothing begins a block; a break that is shown would begin a line.
    let lines = lines(&format!("a {text}"));
    let lines = lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| line.strip_suffix('\\').unwrap_or(line));
    let mut line = lines.collect::<Vec<_>>().join(" ");
    line.split_off(2.min(line.len()))
}

/// A list that is open.
#[derive(Default)]
struct List {
    has_entries: bool,
    /// Whether blank lines part its entries.
    is_loose: bool,
}

struct Text<'a> {
    source: &'a str,
    page: Page,
    inline: Inline,
    lists: Vec<List>,
    /// Where the paragraph begins that is open.
    begins: Option<usize>,
    /// The code block that is open.
    code: Option<String>,
    columns: Vec<Alignment>,
    cells: Vec<String>,
    /// By how much headings go down.
    deeper: usize,
}

impl Text<'_> {
    fn event(&mut self, event: &Event<'_>, range: &Range<usize>, stays: bool) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag, range),
            Event::Rule => {
                self.end_paragraph();
                self.page.begin(Block::Other, true);
                let rule = self.source.get(range.clone()).unwrap_or_default();
                self.page.print(&rule.trim().replace('\t', " "));
            }
            Event::Text(text) if self.code.is_some() => {
                self.code.iter_mut().for_each(|code| code.push_str(text));
            }
            leaf => {
                self.begins.get_or_insert(range.start);
                self.leaf(leaf, range, stays);
            }
        }
    }

    fn leaf(&mut self, event: &Event<'_>, range: &Range<usize>, stays: bool) {
        let inline = &mut self.inline;
        match event {
            Event::Text(_) => inline.text(self.source, range.clone()),
            Event::Code(text) => inline.code(text, range),
            Event::SoftBreak => inline.soft_break(),
            Event::HardBreak => inline.hard_break(),
            Event::InlineHtml(html) if commonmark::is_break(html) => inline.hard_break(),
            Event::InlineHtml(html) if stays => inline.raw(&html.to_ascii_lowercase(), range),
            Event::InlineHtml(html) => inline.literal(html),
            Event::Html(html) => {
                inline.literal(html.trim());
                inline.soft_break();
            }
            Event::TaskListMarker(true) => inline.raw("[x] ", range),
            Event::TaskListMarker(false) => inline.raw("[ ] ", range),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {
                self.begins.get_or_insert(range.start);
                let mark = mark(self.source, tag.to_end(), range);
                self.inline
                    .raw(mark, &(range.start..range.start + mark.len()));
                return;
            }
            Tag::Link {
                link_type,
                dest_url,
                ..
            }
            | Tag::Image {
                link_type,
                dest_url,
                ..
            } => {
                self.begins.get_or_insert(range.start);
                self.inline.open_link(*link_type, dest_url);
                return;
            }
            Tag::TableCell | Tag::TableRow | Tag::TableHead => return,
            _ => self.end_paragraph(),
        }
        match tag {
            Tag::Paragraph => {
                let loosens = self.page.is_in_entry();
                let list = self.lists.last_mut().filter(|_| loosens);
                list.into_iter().for_each(|list| list.is_loose = true);
            }
            Tag::BlockQuote(kind) => {
                self.page.begin(Block::Opens, self.has_blank_before(range));
                self.page.open_quote();
                if let Some(kind) = kind {
                    self.page.begin(Block::Other, false);
                    self.page.print(name(*kind));
                }
            }
            Tag::CodeBlock(_) => self.code = Some(String::new()),
            Tag::List(_) => {
                self.page.begin(Block::Opens, self.has_blank_before(range));
                self.lists.push(List::default());
            }
            Tag::Item => self.start_entry(range),
            Tag::Table(columns) => {
                self.page.begin(Block::Other, true);
                self.columns.clone_from(columns);
                self.inline.in_table(true);
            }
            _ => {}
        }
    }

    fn start_entry(&mut self, range: &Range<usize>) {
        let list = self.lists.last_mut();
        let parts = list.is_some_and(|list| {
            let parts = list.has_entries && list.is_loose;
            list.has_entries = true;
            parts
        });
        if parts {
            self.page.blank();
        }
        let source = self.source.get(range.clone()).unwrap_or_default();
        let source = source.trim_start();
        let digits = source.bytes().take_while(u8::is_ascii_digit).count();
        let mark = source.get(..=digits).unwrap_or("-");
        self.page.open_entry(mark);
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                let mark = mark(self.source, tag, range);
                self.inline.raw(mark, range);
            }
            TagEnd::Link | TagEnd::Image => self.inline.close_link(),
            TagEnd::Heading(level) => self.end_heading(level, range),
            TagEnd::CodeBlock => {
                let code = self.code.take().unwrap_or_default();
                if !code.trim().is_empty() {
                    self.page.begin(Block::Opens, self.has_blank_before(range));
                    self.page.fence(&code);
                }
            }
            TagEnd::BlockQuote(_) | TagEnd::Item => {
                self.end_paragraph();
                self.page.close();
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::TableCell => {
                let cell = self.inline.take_line();
                self.cells.push(cell);
                self.begins = None;
            }
            TagEnd::TableHead => {
                self.row();
                let columns: Vec<&str> = self.columns.iter().map(delimiter).collect();
                self.page.print(&format!("| {} |", columns.join(" | ")));
            }
            TagEnd::TableRow => self.row(),
            TagEnd::Table => self.inline.in_table(false),
            _ => self.end_paragraph(),
        }
    }

    fn row(&mut self) {
        let mut row = String::from("|");
        for cell in self.cells.drain(..) {
            row.extend([" ", &cell, " |"]);
        }
        self.page.print(&row);
    }

    fn end_paragraph(&mut self) {
        let begins = self.begins.take();
        let mut lines = self.inline.take_lines();
        let Some(begins) = begins.filter(|_| !lines.is_empty()) else {
            return;
        };
        let has_blank = self.has_blank_before(&(begins..begins));
        self.page.begin(Block::Text, has_blank);
        // A tag that has the first line to itself would begin a block of HTML.
        if lines.len() > 1 && is_tag(&lines[0]) {
            let tag = lines.remove(0);
            lines[0] = format!("{tag} {}", lines[0]);
        }
        for line in lines {
            self.page.print(&commonmark::line_start(&line));
        }
    }

    fn end_heading(&mut self, level: HeadingLevel, range: &Range<usize>) {
        self.begins = None;
        let printed = self.inline.take_line();
        if printed.is_empty() {
            return;
        }
        let marks = "#".repeat((level as usize + self.deeper).min(6));
        // Marks behind a space would be taken for those that may close a heading.
        let text = printed.trim_end_matches('#');
        let closing = match text.is_empty() || text.ends_with([' ', '\t']) {
            true => format!("\\{}", &printed[text.len()..]),
            false => printed[text.len()..].to_owned(),
        };
        let has_blank = self.has_blank_before(range);
        self.page.begin(Block::Heading, has_blank);
        self.page.print(&format!("{marks} {text}{closing}"));
    }

    /// Whether a blank line stands before a place of the source, be it in a quote.
    fn has_blank_before(&self, range: &Range<usize>) -> bool {
        let before = self.source.get(..range.start).unwrap_or_default();
        let text = before.trim_end_matches([' ', '\t', '>', '\n']);
        before[text.len()..].matches('\n').count() > 1
    }
}

/// The mark of emphasis as the source has it.
fn mark<'a>(source: &'a str, tag: TagEnd, range: &Range<usize>) -> &'a str {
    let source = source.get(range.clone()).unwrap_or_default();
    let length = match tag {
        TagEnd::Strong => 2,
        TagEnd::Strikethrough => source.bytes().take_while(|byte| *byte == b'~').count(),
        _ => 1,
    };
    source.get(..length.min(2)).unwrap_or_default()
}

fn is_tag(line: &str) -> bool {
    line.starts_with('<') && line.ends_with('>') && !line.contains([':', '@'])
}

fn name(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "**Note**",
        BlockQuoteKind::Tip => "**Tip**",
        BlockQuoteKind::Important => "**Important**",
        BlockQuoteKind::Warning => "**Warning**",
        BlockQuoteKind::Caution => "**Caution**",
    }
}

fn delimiter(column: &Alignment) -> &'static str {
    match column {
        Alignment::None => "---",
        Alignment::Left => ":--",
        Alignment::Center => ":-:",
        Alignment::Right => "--:",
    }
}
