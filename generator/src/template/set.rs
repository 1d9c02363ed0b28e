//! The templates of a run: those that are built in, and over them those of a user.
//!
//! A user's file with the path of a built-in one stands in its place; all others are added. So a
//! folder may hold one file, and everything that it leaves out is as it was.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

use super::render::Engine;
use super::{files, own};
use crate::diagnostic::{At, FileId, Locate, Place, Problem, Problems};

/// The number of the first template among the files of problems; descriptions count from 0.
const FIRST: u32 = 1 << 31;

/// Where the templates of clients are.
const CLIENT: &str = "client/";

/// Everything that pages and the texts of crates are printed with.
pub struct Templates {
    files: BTreeMap<String, File>,
    engine: OnceLock<Result<Engine, Vec<Problem>>>,
    /// That of the built-in templates of clients, where there are no others.
    client_engine: OnceLock<Result<Engine, Vec<Problem>>>,
}

/// A file by its path below the folder.
pub(super) struct File {
    /// What it holds.
    pub(super) text: Cow<'static, str>,
    /// How a problem names it.
    pub(super) shown: String,
    /// Whether it is a user's.
    pub(super) own: bool,
}

impl Templates {
    /// Those that are built in, and no others.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static BUILT_IN: OnceLock<Templates> = OnceLock::new();
        BUILT_IN.get_or_init(|| Self::over(BTreeMap::new()))
    }

    /// Those of a folder over those that are built in. What is wrong with one is reported.
    pub fn with_own(folder: &Path, problems: &mut Problems) -> Self {
        let templates = Self::over(own::read(folder, problems));
        if !problems.has_errors()
            && let Err(faults) = templates.engine("")
        {
            for fault in faults {
                problems.report(fault.clone());
            }
        }
        templates
    }

    pub(super) fn over(own: BTreeMap<String, File>) -> Self {
        let embedded = ["docs/"].into_iter().chain(files::OF_CRATES);
        let embedded = embedded.flat_map(files::files_under);
        let mut files: BTreeMap<String, File> = embedded
            .map(|(path, text)| {
                let shown = format!("(built in) {path}");
                let own = false;
                (path.into_owned(), File { text, shown, own })
            })
            .collect();
        files.extend(own);
        Self {
            files,
            engine: OnceLock::new(),
            client_engine: OnceLock::new(),
        }
    }

    /// The text of a file by its path below the folder, with `/` between folders.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(|file| &*file.text)
    }

    /// The names of the formats of docs: the folders of `docs/` that have options. Sorted.
    #[must_use]
    pub fn formats(&self) -> Vec<String> {
        let names = self.files.keys().filter_map(|path| {
            let name = path.strip_prefix("docs/")?.strip_suffix("/format.yaml")?;
            (!name.contains('/')).then(|| name.to_owned())
        });
        names.collect()
    }

    /// The paths of a user's own files. Sorted.
    pub fn own(&self) -> impl Iterator<Item = &str> {
        let own = self.files.iter().filter(|(_, file)| file.own);
        own.map(|(path, _)| &**path)
    }

    /// All paths. Sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(|path| &**path)
    }

    /// Whether one of the templates names this path, as it does to include it.
    #[must_use]
    pub fn mentions(&self, path: &str) -> bool {
        let quoted = ['"', '\'', '`'].map(|quote| format!("{quote}{path}{quote}"));
        let mut others = self.files.iter().filter(|(other, _)| *other != path);
        others.any(|(_, file)| quoted.iter().any(|quoted| file.text.contains(quoted)))
    }

    /// How a problem names a file.
    #[must_use]
    pub fn shown<'a>(&'a self, path: &'a str) -> &'a str {
        self.files.get(path).map_or(path, |file| &file.shown)
    }

    /// A problem at these bytes of a file.
    #[must_use]
    pub fn problem_at(&self, problem: Problem, path: &str, bytes: Range<usize>) -> Problem {
        match self.id(path) {
            Some(file) => problem.span(file, bytes),
            None => problem,
        }
    }

    /// The same as another place that explains a problem.
    pub(super) fn related_at(
        &self,
        problem: Problem,
        path: &str,
        byte: usize,
        label: &str,
    ) -> Problem {
        match (self.id(path), u32::try_from(byte)) {
            (Some(file), Ok(node)) => problem.related(At { file, node }, label),
            _ => problem,
        }
    }

    /// The parsed templates that this one is among, the first time that somebody asks. A user's may
    /// include all others; of those that are built in, those of clients and of docs know nothing of
    /// each other, so that who makes one does not wait for the other's.
    pub(super) fn engine(&self, template: &str) -> Result<&Engine, &[Problem]> {
        let has_own = self.own().next().is_some();
        let of_client = !has_own && template.starts_with(CLIENT);
        let engine = match of_client {
            true => &self.client_engine,
            false => &self.engine,
        };
        let is_among = |path: &str| has_own || path.starts_with(CLIENT) == of_client;
        let engine = engine.get_or_init(|| Engine::load(self, is_among));
        engine.as_ref().map_err(|faults| &**faults)
    }

    /// The templates among the files: their paths and texts.
    pub(super) fn sources(&self) -> impl Iterator<Item = (&str, &File)> {
        let templates = self
            .files
            .iter()
            .filter(|(path, _)| path.ends_with(".tera"));
        templates.map(|(path, file)| (&**path, file))
    }

    fn id(&self, path: &str) -> Option<FileId> {
        let place = self.files.keys().position(|known| known == path)?;
        Some(FileId(FIRST + u32::try_from(place).ok()?))
    }
}

impl Locate for Templates {
    fn locate(&self, at: At) -> Option<Place<'_>> {
        let byte = at.node as usize;
        self.locate_span(at.file, byte..byte)
    }

    fn locate_span(&self, file: FileId, span: Range<usize>) -> Option<Place<'_>> {
        let place = file.0.checked_sub(FIRST)?;
        let file = self.files.values().nth(place as usize)?;
        let before = file.text.get(..span.start)?;
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        Some(Place {
            path: &file.shown,
            text: &file.text,
            line: before.matches('\n').count() + 1,
            column: before[line..].chars().count() + 1,
            span,
            pointer: String::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_a_folder() {
        assert_eq!(
            Templates::built_in().formats(),
            [
                "js-await",
                "js-callback",
                "reference",
                "rest",
                "ruby",
                "rust",
                "site"
            ]
        );
    }
}
