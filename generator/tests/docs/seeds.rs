//! The seed documents: pages of the real world that the formats reproduce.
//!
//! Two are raw and are compared byte for byte; three are the text of a rendered page and are
//! compared by what a reader sees. What was done to each is undone here, and only that.

use sdkwright::ir::Api;

use crate::build;
use crate::pages::page;
use crate::stripped::{Breaks, stripped};

/// The APIs that the seeds document.
pub(crate) fn api(name: &str) -> Api {
    build::api(match name {
        "losant" => include_str!("../../../spec/losant/openapi.yaml"),
        _ => include_str!("../../../spec/snyk/openapi.yaml"),
    })
}

/// The lines of a scraped page between the site's first own line and its last, as the texts of
/// blocks: trimmed, single spaces, no empty ones.
fn content<'a>(seed: &'a str, first: &str, after: Option<&str>) -> Vec<String> {
    let normal = |line: &'a str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = seed.lines().map(normal).filter(|line| !line.is_empty());
    let lines = lines.skip_while(|line| line != first);
    lines
        .take_while(|line| Some(line.as_str()) != after)
        .collect()
}

/// The page as GitHub shows it: below the site's chrome, which ends in "169 lines …", and
/// without the list of links, whose entries the scraper dropped.
#[test]
fn js_callback() {
    let seed = include_str!("../seeds/000_e09c70bd0b392f86.txt");
    let page = page(&api("losant"), "js-callback", "instanceOrgInvite.md");
    let without_list: String = page
        .lines()
        .filter(|line| !line.starts_with("*   ["))
        .map(|line| format!("{line}\n"))
        .collect();
    assert_eq!(
        stripped(&without_list, Breaks::Joined),
        content(seed, "Instance Org Invite Actions", None)
    );
}

/// The raw page, each of its sections (from one `<br/>` to the next) made one line: runs of
/// spaces and line breaks are one space, and the `<br/>` itself is dropped. The file has no line
/// break at its end.
#[test]
fn ruby() {
    let seed = include_str!("../seeds/001_a9dd175f0248ad4b.txt");
    let page = page(&api("losant"), "ruby", "instanceOrgInvite.md");
    let sections = page.split("\n<br/>\n");
    let joined: Vec<String> = sections
        .map(|section| section.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(joined.join("\n"), seed);
}

/// The page as Losant's site shows it, above the site's footer.
#[test]
fn rest() {
    let seed = include_str!("../seeds/002_330e9897b5e9a729.txt");
    let page = page(&api("losant"), "rest", "instance-org-invites.md");
    assert_eq!(
        stripped(&page, Breaks::Joined),
        content(
            seed,
            "Instance Org Invites Actions",
            Some("Was this page helpful?")
        )
    );
}

/// The raw page, but for the lines `';`, a slip of that day's template; the file has no line
/// break at its end.
#[test]
fn js_await() {
    let seed = include_str!("../seeds/004_02681187662e7a87.txt");
    let without_slip: String = seed
        .lines()
        .filter(|line| *line != "';")
        .map(|line| format!("{line}\n"))
        .collect();
    let page = page(&api("losant"), "js-await", "instanceOrgInvites.md");
    assert_eq!(page, without_slip);
}

/// The text of a rendered page, whose lines stand in the page in the same order; the page says
/// more between them. Undone here:
///
/// * White space is not compared, because the scraper glued the name, the type, "Required" and
///   the label of the value that follows together: `versionstringRequiredExample:`. The label
///   (`Example:`, `Default:`) is moved in front of its value, two lines further on.
/// * A list's bullet stands on a line of its own.
/// * A method's name stands after its block and is moved in front of it.
/// * The last two lines are the site's.
#[test]
fn reference() {
    let seed = include_str!("../seeds/003_1a0ccd02e3e46b33.txt");
    let page = page(&api("snyk"), "reference", "Invites.md");
    let squeezed = |line: &str| line.split_whitespace().collect::<String>();
    let shown: Vec<String> = stripped(&page, Breaks::Kept)
        .iter()
        .map(|line| squeezed(line))
        .collect();
    let mut rest = shown.iter();
    for line in methods_first(&labels_at_values(seed)) {
        assert!(
            rest.any(|shown| *shown == squeezed(&line)),
            "{line:?} is not in the page, or not in this order:\n{page}"
        );
    }
}

fn labels_at_values(seed: &str) -> Vec<String> {
    let chrome = ["-", "Last updated", "Was this helpful?"];
    let mut lines: Vec<String> = seed
        .lines()
        .filter(|line| !chrome.contains(line))
        .map(ToOwned::to_owned)
        .collect();
    for place in 0..lines.len() {
        for label in ["Example:", "Default:"] {
            let head = lines[place].strip_suffix(label);
            if let Some(head) = head.filter(|head| !head.is_empty()).map(ToOwned::to_owned) {
                lines[place] = head;
                lines[place + 2].insert_str(0, label);
            }
        }
    }
    lines
}

/// The first line is the page's title; a block begins after it or after a method's name.
fn methods_first(lines: &[String]) -> Vec<String> {
    let mut sorted = vec![lines[0].clone()];
    let mut block = 1;
    for line in &lines[1..] {
        if ["post", "get", "delete"].contains(&line.as_str()) {
            sorted.insert(block, line.clone());
            block = sorted.len();
        } else {
            sorted.push(line.clone());
        }
    }
    sorted
}
