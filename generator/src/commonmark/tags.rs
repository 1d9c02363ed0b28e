//! Which HTML of a text may stay: plain tags in pairs. All else is shown as the text that it is.

use pulldown_cmark::Event;

/// Tags that may stand without attributes, if they are closed within their paragraph.
const TAGS: [&str; 14] = [
    "b", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "strong", "sub", "sup",
];

/// Whether this is a line break.
pub(crate) fn is_break(html: &str) -> bool {
    tag(html).is_some_and(|(name, _)| name == "br")
}

/// Whether this is a tag that may stay in pairs.
pub(super) fn may_stay(html: &str) -> bool {
    tag(html).is_some_and(|(name, _)| TAGS.contains(&name.as_str()))
}

/// The name of a tag without attributes, and whether it closes.
fn tag(html: &str) -> Option<(String, bool)> {
    let inner = html.strip_prefix('<')?.strip_suffix('>')?;
    let (inner, closes) = match inner.strip_prefix('/') {
        Some(inner) => (inner, true),
        None => (inner.strip_suffix('/').unwrap_or(inner), false),
    };
    let name = inner.trim_end().to_ascii_lowercase();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric());
    is_name.then_some((name, closes))
}

/// Which events are tags that may stay, by their places: each closes the last one open, in the
/// same block and within the same links and emphasis.
pub(crate) fn paired_tags<'a>(events: impl ExactSizeIterator<Item = &'a Event<'a>>) -> Vec<bool> {
    let mut stays = vec![false; events.len()];
    // What is open: the place of a tag with its name, or something else of Markdown.
    let mut open: Vec<Option<(usize, String)>> = Vec::new();
    for (place, event) in events.enumerate() {
        match event {
            Event::Start(_) => open.push(None),
            Event::End(_) => while let Some(Some(_)) = open.pop() {},
            Event::InlineHtml(html) => match tag(html) {
                Some((name, false)) if TAGS.contains(&name.as_str()) && !html.contains("/>") => {
                    open.push(Some((place, name)));
                }
                Some((name, true)) => {
                    let own = open.iter().rposition(|each| match each {
                        Some((_, opened)) => *opened == name,
                        None => false,
                    });
                    let within = open.iter().rposition(Option::is_none);
                    let own = own.filter(|own| within.is_none_or(|within| *own > within));
                    let opened = own.and_then(|own| open.drain(own..).next().flatten());
                    if let Some((opened, _)) = opened {
                        stays[opened] = true;
                        stays[place] = true;
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
    stays
}
