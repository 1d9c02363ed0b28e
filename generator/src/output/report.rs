//! What a plan changes, for people and for machines.

use std::fmt::Write;

use serde::Serialize;
use similar::TextDiff;

use super::{Action, MANIFEST, Plan};

/// How many lines of a difference are shown.
const SHOWN_LINES: usize = 10;

/// A file that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Its path, the destination's root before it.
    pub path: String,
    /// What is the matter with it.
    pub state: State,
    /// The first lines that differ, as a unified diff; only of a changed file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diff: Option<String>,
}

/// What is the matter with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It should be there.
    Missing,
    /// It should not be there any more.
    Extra,
    /// It should have other contents.
    Changed,
}

impl State {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Extra => "extra",
            Self::Changed => "changed",
        }
    }
}

impl Plan {
    /// Everything that is not as it should be, in order of path.
    #[must_use]
    pub fn changes(&self) -> Vec<Change> {
        let mut changes: Vec<Change> = self
            .files
            .iter()
            .filter_map(|file| {
                let path = self.destination.show(&file.path);
                match &file.action {
                    Action::Keep => None,
                    Action::Create => Some(Change::plain(path, State::Missing)),
                    Action::Change(before) => Some(Change::contents(path, before, &file.text)),
                }
            })
            .collect();
        let removed = self.removed.iter().map(|path| self.destination.show(path));
        let leftovers = self
            .leftovers
            .iter()
            .map(|place| place.display().to_string());
        changes.extend(
            removed
                .chain(leftovers)
                .map(|path| Change::plain(path, State::Extra)),
        );
        changes.extend(self.manifest_change());
        changes.sort_by(|one, other| one.path.cmp(&other.path));
        changes
    }

    fn manifest_change(&self) -> Option<Change> {
        let path = self.destination.show_text(MANIFEST);
        match (&self.manifest.before, &self.manifest.after) {
            (before, after) if before == after => None,
            (Some(before), Some(after)) => Some(Change::contents(path, before.as_bytes(), after)),
            _ => Some(Change::plain(path, State::Missing)),
        }
    }
}

impl Change {
    fn plain(path: String, state: State) -> Self {
        Self {
            path,
            state,
            diff: None,
        }
    }

    fn contents(path: String, before: &[u8], after: &str) -> Self {
        Self {
            path,
            state: State::Changed,
            diff: Some(first_lines(before, after)),
        }
    }
}

impl std::fmt::Display for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:<7} {}", self.state.as_str(), self.path)?;
        for line in self.diff.iter().flat_map(|diff| diff.lines()) {
            write!(f, "\n    {line}")?;
        }
        Ok(())
    }
}

/// The first lines in which two texts differ.
fn first_lines(before: &[u8], after: &str) -> String {
    let Ok(before) = std::str::from_utf8(before) else {
        return "(the file on disk is not UTF-8 text)\n".to_owned();
    };
    // Two long files that have nothing in common would take long to compare in full.
    let difference = TextDiff::configure()
        .timeout(std::time::Duration::from_secs(1))
        .diff_lines(before, after);
    let mut unified = difference.unified_diff();
    let shown = unified.context_radius(1).to_string();
    let total = shown.lines().count();
    let mut text = String::new();
    for line in shown.lines().take(SHOWN_LINES) {
        text.push_str(line);
        text.push('\n');
    }
    if total > SHOWN_LINES {
        let rest = total - SHOWN_LINES;
        // Writing to a string cannot fail.
        let _ = writeln!(text, "… and {rest} lines more");
    }
    text
}

/// What a plan does, in numbers; the manifest is not counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The root of the destination.
    pub root: String,
    /// New files.
    pub created: usize,
    /// Files with new contents.
    pub changed: usize,
    /// Files that are made no more.
    pub removed: usize,
    /// Files that are not touched.
    pub unchanged: usize,
}

impl Plan {
    /// What the plan does, in numbers.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let count = |wanted: fn(&Action) -> bool| {
            self.files
                .iter()
                .filter(|file| wanted(&file.action))
                .count()
        };
        Summary {
            root: self.destination.root().display().to_string(),
            created: count(|action| *action == Action::Create),
            changed: count(|action| matches!(action, Action::Change(_))),
            removed: self.removed.len(),
            unchanged: count(|action| *action == Action::Keep),
        }
    }
}
