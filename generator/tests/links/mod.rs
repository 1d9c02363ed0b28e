//! Whether every link of a folder of Markdown lands.
//!
//! A link lands on a file of the folder (or beside it), and if it has a fragment, on a heading
//! or an `<a name>` of that file. A heading has the id that it states, else GitHub's: lower case, without what is
//! no letter, digit, hyphen or underscore, spaces as hyphens, `-1`, `-2` … for the same text
//! again. A heading right below a `<br/>` counts too: CommonMark takes it for HTML, but the
//! published pages of schemas in the format `rest` have it so, and the site that shows them reads
//! it as a heading. Links with a scheme (`https:`) are not followed.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The links that do not land, each as `page: target`.
///
/// `files` are paths relative to one folder, with `/` between folders and `../` at the front of
/// those beside it, and their texts; only `.md` files are searched for links.
pub(crate) fn dead<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let files: HashMap<&str, &str> = files.into_iter().collect();
    let pages: HashMap<&str, Page> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".md"))
        .map(|(&path, &text)| (path, Page::read(text)))
        .collect();
    let mut dead = Vec::new();
    for (&path, page) in &pages {
        for link in page.links.iter().filter(|link| !has_scheme(link)) {
            let (target, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target = match target {
                "" => path.to_owned(),
                target => joined(path, &decoded(target)),
            };
            let fragment = decoded(fragment);
            let lands = files.contains_key(target.as_str())
                && (fragment.is_empty()
                    || pages
                        .get(target.as_str())
                        .is_some_and(|page| page.anchors.contains(&fragment)));
            if !lands {
                dead.push(format!("{path}: {link}"));
            }
        }
    }
    dead.sort();
    dead
}

struct Page {
    links: Vec<String>,
    anchors: HashSet<String>,
}

impl Page {
    fn read(text: &str) -> Self {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
            | Options::ENABLE_HEADING_ATTRIBUTES;
        let mut page = Self {
            links: Vec::new(),
            anchors: HashSet::new(),
        };
        let mut heading: Option<String> = None;
        for event in Parser::new_ext(text, options) {
            match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    page.links.push(dest_url.to_string());
                }
                Event::Start(Tag::Heading { id: Some(id), .. }) => {
                    page.anchors.insert(id.to_string());
                }
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => {
                    let heading = heading.take();
                    heading.iter().for_each(|heading| page.add_heading(heading));
                }
                Event::Text(piece) | Event::Code(piece) => {
                    heading
                        .iter_mut()
                        .for_each(|heading| heading.push_str(&piece));
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    page.anchors.extend(names(&html));
                    if let Some(text) = html.strip_prefix("## ") {
                        page.add_heading(text);
                    }
                }
                _ => {}
            }
        }
        page
    }

    fn add_heading(&mut self, text: &str) {
        let slug: String = text
            .trim()
            .to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
            .map(|c| if c == ' ' { '-' } else { c })
            .collect();
        let numbered = (0..).map(|number| match number {
            0 => slug.clone(),
            number => format!("{slug}-{number}"),
        });
        let free = numbered
            .into_iter()
            .find(|slug| !self.anchors.contains(slug));
        self.anchors.extend(free);
    }
}

/// The names of `<a name="…">`.
fn names(html: &str) -> impl Iterator<Item = String> {
    html.split("<a name=\"").skip(1).filter_map(|rest| {
        let name = rest.split('"').next()?;
        Some(
            name.replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&amp;", "&"),
        )
    })
}

fn has_scheme(link: &str) -> bool {
    link.split_once(':').is_some_and(|(scheme, _)| {
        scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// A relative path as seen from a page.
fn joined(page: &str, target: &str) -> String {
    let mut segments: Vec<&str> = page.split('/').collect();
    segments.pop();
    for segment in target.split('/') {
        match (segment, segments.last()) {
            (".", _) => {}
            ("..", Some(&last)) if last != ".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    segments.join("/")
}

pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| first == b'%');
        let hex = hex.and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn dead_links_are_found() {
    let files = [
        (
            "a.md",
            "# A b\n\n[1](#a-b) [2](#x) [3](b.md#n) [4](c.md) [5](../d.json) [6](b.md#m)",
        ),
        ("b.md", "## <a name=\"n\"></a> B"),
        ("../d.json", "{}"),
    ];
    assert_eq!(dead(files), ["a.md: #x", "a.md: b.md#m", "a.md: c.md"]);
}
