//! The fenced blocks of Markdown and of Rust's doc comments, each with its place, its language,
//! and what stands around it.
//!
//! What is a block is asked of a CommonMark reader, so a fence in a list, in a quotation or in a
//! longer fence is what it is to a reader of the page. A fence that is none to CommonMark is
//! [hidden](Extracted::hidden): it looks like a sample to its author and would be run by nobody.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A fenced block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Block {
    /// The line of its opening fence, from 1.
    pub(crate) line: usize,
    /// What stands behind the fence: `rust`, `rust,no_run`.
    pub(crate) info: String,
    /// Its text, without fences and without what indents it.
    pub(crate) text: String,
    /// Where in its document it stands.
    pub(crate) around: Around,
    /// What the comment directly above it says.
    pub(crate) mark: Mark,
}

impl Block {
    /// The first word of what stands behind the fence, in lower case.
    pub(crate) fn language(&self) -> String {
        let mut words = self.info.split([',', ' ', '{']);
        words.next().unwrap_or_default().to_ascii_lowercase()
    }
}

/// What a comment above a block says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Nothing.
    #[default]
    Nothing,
    /// `<!-- not run: reason -->`
    NotRun(String),
    /// `<!-- run: name -->`: in the frame of this name.
    Run(String),
}

/// What stands around a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Around {
    /// The headings that it stands below, outermost first.
    pub(crate) headings: Vec<Heading>,
    /// The links since the last heading of the first or second level, outside of tables.
    pub(crate) links: Vec<Link>,
    /// The summary of the `<details>` that it stands in.
    pub(crate) summary: Option<String>,
}

impl Around {
    /// The last heading above it.
    pub(crate) fn heading(&self) -> Option<&Heading> {
        self.headings.last()
    }
}

/// A heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Heading {
    /// Its level, from 1.
    pub(crate) level: usize,
    /// Its text.
    pub(crate) text: String,
    /// Its id, or the name of the anchor in it.
    pub(crate) id: String,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// Where it leads.
    pub(crate) target: String,
    /// The text of the heading that it stands below.
    pub(crate) below: String,
}

/// What was found in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extracted {
    /// The blocks, in their order.
    pub(crate) blocks: Vec<Block>,
    /// The lines, from 1, that begin like a fence and are none.
    pub(crate) hidden: Vec<usize>,
}

/// The blocks of a Markdown document.
pub(crate) fn markdown(text: &str) -> Extracted {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader = Reader::default();
    let mut seen = vec![false; text.lines().count() + 1];
    let line = |byte: usize| text[..byte].matches('\n').count();
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        if let Event::Start(Tag::CodeBlock(_)) = event {
            let last = line(range.end.saturating_sub(1));
            seen[line(range.start)..=last].fill(true);
        }
        reader.event(event, line(range.start) + 1);
    }
    let hidden = text.lines().zip(&seen).enumerate();
    let hidden = hidden.filter(|(_, (text, seen))| !**seen && begins_like_a_fence(text));
    Extracted {
        hidden: hidden.map(|(index, _)| index + 1).collect(),
        blocks: reader.blocks,
    }
}

/// The blocks of the doc comments of a Rust file.
pub(crate) fn rust_docs(text: &str) -> Extracted {
    let mut all = Extracted::default();
    let mut comment: Vec<&str> = Vec::new();
    let mut kind = None;
    let lines = text.lines().map(Some).chain([None]);
    for (index, line) in lines.enumerate() {
        let doc = line.and_then(doc_line);
        if doc.map(|(kind, _)| kind) != kind {
            let first = index - comment.len();
            let found = markdown(&comment.join("\n"));
            all.hidden
                .extend(found.hidden.iter().map(|line| line + first));
            all.blocks.extend(found.blocks.into_iter().map(|block| {
                let line = block.line + first;
                Block { line, ..block }
            }));
            comment.clear();
            kind = doc.map(|(kind, _)| kind);
        }
        comment.extend(doc.map(|(_, text)| text));
    }
    all
}

/// What a line of a doc comment says, and whether it is of an inner one.
fn doc_line(line: &str) -> Option<(bool, &str)> {
    let line = line.trim_start();
    let is_inner = line.starts_with("//!");
    let text = match is_inner {
        true => line.strip_prefix("//!"),
        // Four slashes are a plain comment.
        false => line
            .strip_prefix("///")
            .filter(|text| !text.starts_with('/')),
    };
    text.map(|text| (is_inner, text.strip_prefix(' ').unwrap_or(text)))
}

fn begins_like_a_fence(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '>', '*', '-']);
    line.starts_with("```") || line.starts_with("~~~")
}

/// Follows the events of a document.
#[derive(Debug, Default)]
struct Reader {
    blocks: Vec<Block>,
    around: Around,
    heading: Option<Heading>,
    block: Option<Block>,
    html: Option<String>,
    mark: Mark,
    in_table: bool,
}

impl Reader {
    fn event(&mut self, event: Event<'_>, line: usize) {
        match event {
            Event::Start(Tag::HtmlBlock) => self.html = Some(String::new()),
            Event::End(TagEnd::HtmlBlock) => self.end_html(),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                self.block = Some(Block {
                    line,
                    info: info.trim().to_owned(),
                    text: String::new(),
                    around: self.around.clone(),
                    mark: std::mem::take(&mut self.mark),
                });
            }
            Event::End(TagEnd::CodeBlock) => self.blocks.extend(self.block.take()),
            Event::Start(Tag::Heading { level, id, .. }) => {
                self.mark = Mark::Nothing;
                self.heading = Some(Heading {
                    level: level_of(level),
                    text: String::new(),
                    id: id.map(|id| id.to_string()).unwrap_or_default(),
                });
            }
            Event::End(TagEnd::Heading(_)) => self.end_heading(),
            Event::Start(Tag::Link { dest_url, .. }) if !self.in_table => {
                let below = self.around.heading();
                let below = below.map(|heading| heading.text.clone());
                self.around.links.push(Link {
                    target: dest_url.to_string(),
                    below: below.unwrap_or_default(),
                });
            }
            Event::Start(Tag::Table(_)) => {
                self.in_table = true;
                self.mark = Mark::Nothing;
            }
            Event::End(TagEnd::Table) => self.in_table = false,
            Event::Start(_) => self.mark = Mark::Nothing,
            Event::Text(text) | Event::Code(text) => self.text(&text),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(block) = &mut self.block {
            block.text.push_str(text);
        } else if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
    }

    fn html(&mut self, html: &str) {
        if let Some(heading) = &mut self.heading {
            if let Some(name) = between(html, "<a name=\"", "\"") {
                heading.id = name.to_owned();
            }
        } else if let Some(whole) = &mut self.html {
            whole.push_str(html);
        }
    }

    fn end_html(&mut self) {
        let html = self.html.take().unwrap_or_default();
        let html = html.trim();
        if let Some(summary) = between(html, "<summary>", "</summary>") {
            self.around.summary = Some(summary.to_owned());
        } else if html.contains("</details>") {
            self.around.summary = None;
        }
        self.mark = match between(html, "<!--", "-->").map(str::trim) {
            Some(said) => mark(said),
            None => Mark::Nothing,
        };
    }

    fn end_heading(&mut self) {
        let Some(mut heading) = self.heading.take() else {
            return;
        };
        heading.text = heading.text.trim().to_owned();
        let around = &mut self.around;
        around.headings.retain(|above| above.level < heading.level);
        if heading.level <= 2 {
            around.links.clear();
        }
        around.summary = None;
        around.headings.push(heading);
    }
}

fn mark(said: &str) -> Mark {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(reason) = said.strip_prefix("not run:") {
        Mark::NotRun(words(reason))
    } else if let Some(name) = said.strip_prefix("run:") {
        Mark::Run(words(name))
    } else {
        Mark::Nothing
    }
}

fn level_of(level: HeadingLevel) -> usize {
    level as usize
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(start)?;
    Some(rest.split_once(end)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(found: &Extracted) -> Vec<(usize, &str, &str)> {
        let blocks = found.blocks.iter();
        blocks
            .map(|block| (block.line, &*block.info, &*block.text))
            .collect()
    }

    #[test]
    fn fences_of_ticks_and_of_tildes() {
        let found = markdown("a\n\n```rust\nlet x;\n```\n\n~~~ ruby\nputs 1\n~~~\n");
        assert_eq!(
            short(&found),
            [(3, "rust", "let x;\n"), (7, "ruby", "puts 1\n")]
        );
        assert!(found.hidden.is_empty());
    }

    #[test]
    fn a_fence_in_a_longer_one_is_its_text() {
        let found = markdown("````md\n```sh\nls\n```\n````\n\n~~~text\n```\n~~~\n");
        assert_eq!(
            short(&found),
            [(1, "md", "```sh\nls\n```\n"), (7, "text", "```\n")]
        );
        assert!(found.hidden.is_empty(), "{found:?}");
    }

    #[test]
    fn what_indents_a_fence_is_not_its_text() {
        let found = markdown(
            "1. one\n\n   ```sh\n   if x\n     y\n   ```\n\n> ```json\n> {}\n> ```\n\n  ```js\n  a\n  ```\n",
        );
        let expected = [
            (3, "sh", "if x\n  y\n"),
            (8, "json", "{}\n"),
            (12, "js", "a\n"),
        ];
        assert_eq!(short(&found), expected);
        assert!(found.hidden.is_empty(), "{found:?}");
    }

    #[test]
    fn a_fence_that_commonmark_does_not_see_is_told() {
        // An HTML block goes on to the next blank line, and four blanks make code of a fence.
        let found =
            markdown("<details>\n```sh\nls\n```\n</details>\n\n    ```sh\n    ls\n    ```\n");
        assert!(found.blocks.is_empty(), "{found:?}");
        assert_eq!(found.hidden, [2, 4]);
    }

    #[test]
    fn a_fence_that_is_left_open_goes_to_the_end() {
        assert_eq!(short(&markdown("```sh\nls\n")), [(1, "sh", "ls\n")]);
    }

    #[test]
    fn a_mark_counts_for_the_block_directly_below_it() {
        let found = markdown(
            "<!-- not run: it needs\n     a week -->\n\n```sh\na\n```\n\n<!-- run: call -->\n```rust\nb\n```\n\n\
             <!-- not run: too far -->\n\ntext\n\n```sh\nc\n```\n",
        );
        let marks: Vec<_> = found.blocks.iter().map(|block| &block.mark).collect();
        let expected = [
            Mark::NotRun("it needs a week".to_owned()),
            Mark::Run("call".to_owned()),
            Mark::Nothing,
        ];
        assert_eq!(marks, expected.iter().collect::<Vec<_>>());
    }

    #[test]
    fn headings_links_and_summaries_above_a_block() {
        let found = markdown(
            "# Page\n\n## Get {#a.get}\n\n[x](s.md#x)\n\n| a |\n| - |\n| [t](s.md#t) |\n\n### Body <a name=\"b\"></a>\n\n\
             [y](s.md#y)\n\n<details><summary>Example</summary>\n\n```json\n{}\n```\n\n</details>\n\n## Next\n\n```json\n1\n```\n",
        );
        let [first, second] = &found.blocks[..] else {
            panic!("{found:?}")
        };
        let headings = first.around.headings.iter();
        let headings: Vec<_> = headings
            .map(|each| (each.level, &*each.text, &*each.id))
            .collect();
        assert_eq!(
            headings,
            [(1, "Page", ""), (2, "Get", "a.get"), (3, "Body", "b")]
        );
        let links = first.around.links.iter();
        let links: Vec<_> = links.map(|each| (&*each.target, &*each.below)).collect();
        assert_eq!(links, [("s.md#x", "Get"), ("s.md#y", "Body")]);
        assert_eq!(first.around.summary.as_deref(), Some("Example"));
        assert!(second.around.links.is_empty() && second.around.summary.is_none());
    }

    #[test]
    fn doc_comments_inside_and_outside() {
        let text = "//! ```\n//! a();\n//! ```\n\nmod m {\n    /// ```no_run\n    /// b();\n    ///   c();\n    /// ```\n    fn f() {} // ```\n    //// ```\n}\n/// x\n/// ```text";
        let expected = [
            (1, "", "a();\n"),
            (6, "no_run", "b();\n  c();\n"),
            (14, "text", ""),
        ];
        assert_eq!(short(&rust_docs(text)), expected);
    }
}
