//! Text of a description, made safe for a page.
//!
//! Three flavours: `html`, which the published pages have, escapes what Handlebars escapes and so
//! leaves no code and no HTML; `markdown` keeps CommonMark and takes the effect from raw HTML
//! alone; `safe` is for pages that are shown as HTML, with nothing between them and a reader. In
//! the first two, text cannot open a heading, a fence that it does not close, or a link that
//! lands nowhere, and in a cell it cannot end the cell or the row.

use serde::Deserialize;

use super::safe;
use crate::commonmark;

/// How text is made safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Flavour {
    /// `& < > " ' ` =` are escaped, as Handlebars does.
    Html,
    /// CommonMark is kept, `<` escaped outside of code.
    Markdown,
    /// CommonMark is read and written again without what is not safe on a page of HTML; see
    /// [`safe`].
    Safe,
}

impl Flavour {
    /// Text that may have paragraphs, between blank lines.
    pub(super) fn block(self, text: &str) -> String {
        if self == Self::Safe {
            // Below the heading of an action or a schema.
            return safe::block(text, 2);
        }
        if self == Self::Markdown
            && let Some(text) = from_html(text)
        {
            return blocks(&text, true);
        }
        let text = text.trim().replace("\r\n", "\n").replace('\r', "\n");
        if self == Self::Html {
            return blocks(&handlebars(&text), false);
        }
        blocks(&text, true)
    }

    /// Text within a table cell: one line, a blank line a `<br/>`.
    pub(super) fn cell(self, text: &str) -> String {
        match self {
            Self::Html => cell(&without_relative_links(&handlebars(text))),
            Self::Markdown => match from_html(text) {
                Some(text) => cell(&inline(&text).replace("\\\n", "<br/>")),
                None => cell(&inline(text)),
            },
            Self::Safe => cell(&safe::line(text)),
        }
    }

    /// A value within a table cell: never Markdown in the `markdown` flavour.
    pub(super) fn value(self, text: &str) -> String {
        match self {
            Self::Html => cell(&handlebars(text)),
            Self::Markdown | Self::Safe => cell(&code_span(text)),
        }
    }
}

/// A text with its plain HTML as CommonMark, if it has any.
fn from_html(text: &str) -> Option<String> {
    match text.contains('<') {
        true => commonmark::from_html(&text.replace("\r\n", "\n").replace('\r', "\n")),
        false => None,
    }
}

/// Text as Handlebars escapes it.
pub(super) fn handlebars(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#x27;"),
            '`' => out.push_str("&#x60;"),
            '=' => out.push_str("&#x3D;"),
            c => out.push(c),
        }
    }
    out
}

/// Text as one line of a table cell: a pipe escaped (unless it is), a line break a space, blank
/// lines `<br/>`.
pub(super) fn cell(text: &str) -> String {
    let text = text.trim();
    if !text.contains(['|', '\\', '\n', '\r']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let paragraphs = text
        .split("\n\n")
        .map(str::trim)
        .filter(|each| !each.is_empty());
    for (place, paragraph) in paragraphs.enumerate() {
        if place > 0 {
            out.push_str("<br/>");
        }
        let mut backslashes = 0;
        for c in paragraph.chars() {
            if c == '|' && backslashes % 2 == 0 {
                out.push('\\');
            }
            backslashes = if c == '\\' { backslashes + 1 } else { 0 };
            out.push(if c == '\n' { ' ' } else { c });
        }
    }
    // A backslash at the end would escape the pipe that ends the cell.
    let trailing = out.len() - out.trim_end_matches('\\').len();
    if trailing % 2 == 1 {
        out.push('\\');
    }
    out
}

/// Text of one paragraph without raw HTML and without links that land nowhere.
pub(super) fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find(['`', '<']) {
        let (before, from) = rest.split_at(place);
        out.push_str(&without_relative_links(before));
        if let Some(after) = from.strip_prefix('<') {
            // It is escaped once.
            let backslashes = out.len() - out.trim_end_matches('\\').len();
            out.truncate(out.len() - backslashes % 2);
            out.push_str("&lt;");
            rest = after;
            continue;
        }
        let ticks = from.len() - from.trim_start_matches('`').len();
        match closing(&from[ticks..], ticks) {
            Some(length) => {
                let end = ticks + length + ticks;
                out.push_str(&from[..end]);
                rest = &from[end..];
            }
            // Nothing closes the code: it is no code.
            None => {
                out.push_str(&"\\`".repeat(ticks));
                rest = &from[ticks..];
            }
        }
    }
    out.push_str(&without_relative_links(rest));
    out
}

/// Text as inline code, whatever it holds; nothing for nothing.
pub(super) fn code_span(text: &str) -> String {
    if !text.is_empty() && !text.starts_with(' ') && !text.contains(['`', '\n', '\r']) {
        return format!("`{text}`");
    }
    let text = text.replace(['\n', '\r'], " ");
    if text.is_empty() {
        return String::new();
    }
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(if longest == 0 { 1 } else { longest + 1 });
    let needs_space = text.starts_with('`')
        || text.ends_with('`')
        || (text.starts_with(' ') && text.ends_with(' ') && !text.trim().is_empty());
    let space = if needs_space { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// The text of a link, with what would end it escaped.
pub(super) fn link_text(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if matches!(c, '[' | ']' | '\\' | '`' | '<') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A link's target, with what would end it percent-encoded.
pub(super) fn link_target(target: &str) -> String {
    let mut out = String::with_capacity(target.len());
    for c in target.chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '\\' | '"' | '|' | '`' | '[' | ']' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// How far the run of exactly `ticks` back ticks that closes code is.
fn closing(text: &str, ticks: usize) -> Option<usize> {
    let mut from = 0;
    while let Some(place) = text[from..].find('`') {
        let start = from + place;
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        if run == ticks {
            return Some(start);
        }
        from = start + run;
    }
    None
}

/// Line by line: headings and rules lose their effect, fences are closed, and outside of code
/// HTML loses its effect too if `markdown`.
fn blocks(text: &str, markdown: bool) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut paragraph: Vec<&str> = Vec::new();
    let mut fence: Option<String> = None;
    for line in text.lines() {
        let marker = fence_marker(line);
        if let Some(open) = &fence {
            lines.push(line.to_owned());
            let closes = marker.is_some_and(|marker| {
                marker.starts_with(open.as_str()) && line.trim().trim_matches(['`', '~']).is_empty()
            });
            fence = if closes { None } else { fence };
        } else if let Some(marker) = marker {
            flush(&mut paragraph, &mut lines, markdown);
            lines.push(line.to_owned());
            fence = Some(marker.to_owned());
        } else {
            paragraph.push(line);
        }
    }
    flush(&mut paragraph, &mut lines, markdown);
    lines.extend(fence);
    lines.join("\n")
}

/// Paragraphs between fences, made inline text whose lines begin no other block.
fn flush(paragraph: &mut Vec<&str>, lines: &mut Vec<String>, markdown: bool) {
    if paragraph.is_empty() {
        return;
    }
    let text = std::mem::take(paragraph).join("\n");
    let text = if markdown {
        inline(&text)
    } else {
        without_relative_links(&text)
    };
    lines.extend(text.split('\n').map(without_heading));
}

/// A line that is no heading, no underline of one and no link definition.
fn without_heading(line: &str) -> String {
    let start = line.trim_start();
    let indent = &line[..line.len() - start.len()];
    let hashes = start.len() - start.trim_start_matches('#').len();
    let heading = (1..=6).contains(&hashes)
        && matches!(start[hashes..].chars().next(), None | Some(' ' | '\t'));
    let body = start.trim_end();
    let underline =
        !body.is_empty() && (body.chars().all(|c| c == '-') || body.chars().all(|c| c == '='));
    let definition = start.starts_with('[')
        && start
            .split_once("]:")
            .is_some_and(|(_, target)| !has_scheme(target.trim_start()));
    if heading || underline || definition {
        return format!("{indent}\\{start}");
    }
    line.to_owned()
}

/// The marker of a line that opens or closes a fence.
fn fence_marker(line: &str) -> Option<&str> {
    let start = line.trim_start();
    let mark = start.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = start.len() - start.trim_start_matches(mark).len();
    (length >= 3).then(|| &start[..length])
}

/// Text whose links all name a scheme: a path of the description's own site is none of ours.
fn without_relative_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find("](") {
        let (before, from) = rest.split_at(place);
        let target = from[2..].trim_start_matches([' ', '<']);
        out.push_str(before);
        out.push_str(if has_scheme(target) { "](" } else { "]\\(" });
        rest = &from[2..];
    }
    out.push_str(rest);
    out
}

/// Whether a target has a scheme, and not one that runs code or holds a page of its own.
fn has_scheme(target: &str) -> bool {
    let scheme = target.split(':').next().unwrap_or_default();
    let runs = ["javascript", "vbscript", "data"];
    target.contains(':')
        && !runs.iter().any(|each| scheme.eq_ignore_ascii_case(each))
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_escaped_as_handlebars_does() {
        assert_eq!(
            Flavour::Html.block(r#"a & <b> "c" 'd' `e` f=g *h* _i_"#),
            "a &amp; &lt;b&gt; &quot;c&quot; &#x27;d&#x27; &#x60;e&#x60; f&#x3D;g *h* _i_"
        );
    }

    #[test]
    fn markdown_is_kept_and_html_is_not() {
        let text = "A *b* `<c>` <script>\n\n```\n<d>\n# e\n```\n";
        let expected = "A *b* `<c>` &lt;script>\n\n```\n<d>\n# e\n```";
        assert_eq!(Flavour::Markdown.block(text), expected);
    }

    #[test]
    fn plain_html_is_markdown() {
        let text = "<p>A <b>b</b></p><ul><li>c<li>d</ul> <table>";
        let expected = "A **b**\n\n- c\n- d\n\n&lt;table>";
        assert_eq!(Flavour::Markdown.block(text), expected);
        assert_eq!(
            Flavour::Markdown.cell("a<br>b<p>c | d"),
            "a<br/>b<br/>c \\| d"
        );
        assert_eq!(Flavour::Markdown.cell(r"a \< \\<"), r"a &lt; \\&lt;");
    }

    #[test]
    fn text_opens_no_heading() {
        let text = "# Get\n\nGet\n---\nGet\n===\n#hash";
        let expected = "\\# Get\n\nGet\n\\---\nGet\n\\===\n#hash";
        assert_eq!(Flavour::Markdown.block(text), expected);
    }

    #[test]
    fn an_open_fence_is_closed() {
        assert_eq!(Flavour::Markdown.block("a\n~~~~\nb"), "a\n~~~~\nb\n~~~~");
        assert_eq!(Flavour::Html.block("a\n~~~\nb"), "a\n~~~\nb\n~~~");
    }

    #[test]
    fn links_that_land_nowhere_are_text() {
        assert_eq!(
            Flavour::Markdown.cell("[a](#b) [c](https://d.example) `[e](f)`"),
            "[a]\\(#b) [c](https://d.example) `[e](f)`"
        );
        assert_eq!(Flavour::Html.cell("[a](./b)"), "[a]\\(./b)");
        assert_eq!(Flavour::Markdown.block("[a]: /b"), "\\[a]: /b");
    }

    #[test]
    fn a_cell_is_one_line_without_open_pipes() {
        assert_eq!(cell("a | b\nc\n\nd"), r"a \| b c<br/>d");
        assert_eq!(cell(r"a \| b"), r"a \| b");
        assert_eq!(cell(r"a \\| b"), r"a \\\| b");
        assert_eq!(cell(r"a\"), r"a\\");
    }

    #[test]
    fn code_spans_hold_whatever_they_hold() {
        assert_eq!(code_span("a|b"), "`a|b`");
        assert_eq!(code_span("a`b``c"), "```a`b``c```");
        assert_eq!(code_span("`a"), "`` `a ``");
        assert_eq!(inline("a ` b"), "a \\` b");
    }
}
