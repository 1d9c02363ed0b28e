//! The loaded files: where they come from, what a `$ref` in them stands for, where nodes are.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::bytes;
use super::limits;
use super::places::Places;
use super::read::{self, Format};
use super::reference::{self, RefError, RefErrorKind, Reference};
use super::tree::{Node, Value};
use crate::diagnostic::{At, FileId, Locate, Place, Problem, Problems};

/// The files that a description consists of: the one that was named, and those that its `$ref`s
/// lead to.
#[derive(Debug)]
pub struct Sources {
    files: Vec<File>,
    /// Files by every path under which they were asked for.
    by_path: HashMap<PathBuf, FileId>,
    /// Files by the one path that the system has for them.
    by_canonical: HashMap<PathBuf, FileId>,
    /// What exists and could not be read, with what the system said.
    unreadable: HashMap<PathBuf, String>,
}

#[derive(Debug)]
struct File {
    /// The path as it is shown.
    name: String,
    /// The folder that references in it start from.
    folder: PathBuf,
    text: String,
    format: Format,
    /// Null if the text could not be read as YAML or JSON.
    root: Node,
    broken: bool,
    places: OnceLock<Places>,
}

impl Sources {
    /// Reads the file and every local file that its `$ref`s name, and theirs.
    ///
    /// Mistakes in the syntax, duplicate keys and limits are reported to `problems`. A file with
    /// a mistake in its syntax has `null` as its root, so that the problem can still be shown
    /// with its line: ask `problems` before going on. `None` if the first file cannot be opened
    /// or is no UTF-8, which is reported as well. A file that a reference names and that does
    /// not exist is reported by [`Sources::resolve`] only.
    pub fn load(path: &Path, problems: &mut Problems) -> Option<Self> {
        let name = path.display().to_string();
        let text = match text_of(path) {
            Ok(text) => text,
            Err(unread) => {
                problems.report(unread.problem(&name));
                return None;
            }
        };
        let mut sources = Self::empty();
        let root = sources.add(path, name, text, problems);
        if let Ok(canonical) = path.canonicalize() {
            sources.by_canonical.insert(canonical, root);
        }
        sources.load_referenced(root, problems);
        Some(sources)
    }

    /// The same from text that is already there; no other file is read.
    pub fn from_text(name: &str, text: String, problems: &mut Problems) -> Option<Self> {
        let mut sources = Self::empty();
        let text = bytes::without_mark(text);
        if text.len() as u64 > limits::FILE_BYTES {
            problems.report(Unread::TooLarge.problem(name));
            return None;
        }
        sources.add(Path::new(name), name.to_owned(), text, problems);
        Some(sources)
    }

    /// The root of the file that was named.
    #[must_use]
    pub fn root(&self) -> &Node {
        // The constructors add the first file; there is no other way to get sources.
        &self.files[0].root
    }

    /// The path of a file as it is shown to people.
    #[must_use]
    pub fn name(&self, file: FileId) -> Option<&str> {
        self.file(file).map(|file| &*file.name)
    }

    /// The node that a `$ref` stands for, as written in a node of the file `from.file`.
    ///
    /// # Errors
    /// If the reference is malformed, leaves the local files, or leads nowhere.
    pub fn resolve(&self, from: At, reference: &str) -> Result<&Node, RefError> {
        self.find(from.file, &Reference::new(reference))
            .map_err(|kind| RefError {
                reference: reference.to_owned(),
                kind,
            })
    }

    fn find(&self, from: FileId, reference: &Reference<'_>) -> Result<&Node, RefErrorKind> {
        let file = match reference.path()? {
            None => self.file(from),
            Some(relative) => Some(self.named(from, &relative)?),
        };
        let file = file.ok_or_else(|| RefErrorKind::BrokenFile {
            path: String::new(),
        })?;
        if file.broken {
            return Err(RefErrorKind::BrokenFile {
                path: file.name.clone(),
            });
        }
        reference::follow(&file.root, &file.name, reference)
    }

    fn named(&self, from: FileId, relative: &str) -> Result<&File, RefErrorKind> {
        let folder = self.file(from).map_or(Path::new(""), |file| &file.folder);
        let path = joined(folder, relative);
        let known = self.by_path.get(&path).and_then(|id| self.file(*id));
        known.ok_or_else(|| RefErrorKind::NoSuchFile {
            reason: self.unreadable.get(&path).cloned(),
            meant: self.meant(from, relative),
            path: shown(&path),
        })
    }

    /// A reference that was meant instead of a file: a component's bare name, or a path with the
    /// separators of Windows.
    fn meant(&self, from: FileId, relative: &str) -> Option<String> {
        let root = &self.file(from)?.root;
        if let Some(pointer) = reference::named(root, relative).first() {
            return Some(format!("#{pointer}"));
        }
        relative.contains('\\').then(|| relative.replace('\\', "/"))
    }

    fn empty() -> Self {
        Self {
            files: Vec::new(),
            by_path: HashMap::new(),
            by_canonical: HashMap::new(),
            unreadable: HashMap::new(),
        }
    }

    fn file(&self, id: FileId) -> Option<&File> {
        self.files.get(id.0 as usize)
    }

    fn add(&mut self, path: &Path, name: String, text: String, problems: &mut Problems) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        let (format, result) = read::read(&text, id, problems);
        let broken = result.is_err();
        let root = result.unwrap_or_else(|fault| {
            problems.report(fault.problem(id));
            let at = At { file: id, node: 0 };
            let value = Value::Null;
            Node { at, value }
        });
        self.by_path.insert(path.to_owned(), id);
        self.files.push(File {
            name,
            folder: path.parent().unwrap_or(Path::new("")).to_owned(),
            text,
            format,
            root,
            broken,
            places: OnceLock::new(),
        });
        id
    }

    fn load_referenced(&mut self, root: FileId, problems: &mut Problems) {
        let mut waiting = vec![root];
        while let Some(file) = waiting.pop() {
            let Some(file) = self.file(file) else {
                continue;
            };
            let folder = file.folder.clone();
            for relative in referenced_files(&file.root) {
                waiting.extend(self.load_one(&joined(&folder, &relative), problems));
            }
        }
    }

    /// Loads a file that is not loaded yet; its id if that worked.
    fn load_one(&mut self, path: &Path, problems: &mut Problems) -> Option<FileId> {
        if self.by_path.contains_key(path) || self.unreadable.contains_key(path) {
            return None;
        }
        let canonical = path.canonicalize().ok()?;
        if let Some(known) = self.by_canonical.get(&canonical) {
            self.by_path.insert(path.to_owned(), *known);
            return None;
        }
        match text_of(path) {
            Ok(text) => {
                let id = self.add(path, shown(path), text, problems);
                self.by_canonical.insert(canonical, id);
                Some(id)
            }
            Err(unread) => {
                self.unreadable.insert(path.to_owned(), unread.reason());
                None
            }
        }
    }

    fn place(
        &self,
        id: FileId,
        found: impl FnOnce(&Places) -> Option<(Range<usize>, String)>,
    ) -> Option<Place<'_>> {
        let file = self.file(id)?;
        let places = file
            .places
            .get_or_init(|| Places::of(&file.text, file.format));
        let (span, pointer) = found(places)?;
        let (line, start) = places.line(span.start);
        let before = file.text.get(start..span.start)?;
        Some(Place {
            path: &file.name,
            text: &file.text,
            line,
            column: before.chars().count() + 1,
            span,
            pointer,
        })
    }
}

impl Locate for Sources {
    fn locate(&self, at: At) -> Option<Place<'_>> {
        self.place(at.file, |places| {
            Some((places.span(at.node)?, places.pointer(at.node)))
        })
    }

    fn locate_span(&self, file: FileId, span: Range<usize>) -> Option<Place<'_>> {
        self.place(file, |_| Some((span, String::new())))
    }
}

/// Why a file could not be turned into text.
enum Unread {
    System(std::io::Error),
    NoFile,
    TooLarge,
    Encoding { wrong: String, help: String },
}

impl Unread {
    fn reason(self) -> String {
        match self {
            Self::System(error) => error.to_string(),
            Self::NoFile => "it is not a file".to_owned(),
            Self::TooLarge => format!("it is larger than {} MiB", limits::FILE_BYTES >> 20),
            Self::Encoding { wrong, .. } => format!("it {wrong}"),
        }
    }

    /// The problem to report for the file that was named on the command line.
    fn problem(self, name: &str) -> Problem {
        match self {
            Self::Encoding { wrong, help } => {
                Problem::error("encoding", format!("{name} {wrong}")).help(help)
            }
            Self::System(error) if error.kind() == ErrorKind::NotFound => {
                Problem::error("unreadable-file", format!("{name} does not exist"))
                    .help("name a file with an OpenAPI description, in YAML or JSON")
            }
            other => {
                let reason = other.reason();
                Problem::error(
                    "unreadable-file",
                    format!("{name} cannot be read: {reason}"),
                )
                .help("name a file with an OpenAPI description, in YAML or JSON")
            }
        }
    }
}

fn text_of(path: &Path) -> Result<String, Unread> {
    let about = std::fs::metadata(path).map_err(Unread::System)?;
    // A pipe or a device could keep us waiting for ever; standard input is the caller's to read.
    if !about.is_file() {
        return Err(Unread::NoFile);
    }
    if about.len() > limits::FILE_BYTES {
        return Err(Unread::TooLarge);
    }
    let bytes = std::fs::read(path).map_err(Unread::System)?;
    bytes::text(bytes).map_err(|(wrong, help)| Unread::Encoding { wrong, help })
}

/// The relative paths that the `$ref`s under `root` name, each once. References that are wrong
/// are left to [`Sources::resolve`].
fn referenced_files(root: &Node) -> Vec<String> {
    let mut found = indexmap::IndexSet::new();
    let mut waiting = vec![root];
    while let Some(node) = waiting.pop() {
        match &node.value {
            Value::List(list) => waiting.extend(list),
            Value::Map(map) => {
                for (key, node) in map.iter() {
                    let reference = node.as_str().filter(|_| &*key.text == "$ref");
                    let path = reference.map(|text| Reference::new(text).path());
                    if let Some(Ok(Some(path))) = path {
                        found.insert(path);
                    }
                    waiting.push(node);
                }
            }
            _ => {}
        }
    }
    found.into_iter().collect()
}

/// The path that a reference names from `folder`, the same for `./a.yaml` and `a.yaml`.
fn joined(folder: &Path, relative: &str) -> PathBuf {
    let parts = Path::new(relative).components();
    let named = parts.filter(|part| *part != std::path::Component::CurDir);
    folder.join(named.collect::<PathBuf>())
}

/// A path as people would write it: `spec/../common.yaml` is `common.yaml`.
fn shown(path: &Path) -> String {
    let mut parts: Vec<std::path::Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (std::path::Component::ParentDir, Some(std::path::Component::Normal(_))) => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let cleaned: PathBuf = parts.into_iter().collect();
    // Behind a symbolic link `..` leads elsewhere.
    let same = match (cleaned.canonicalize(), path.canonicalize()) {
        (Ok(left), Ok(right)) => left == right,
        (Err(_), Err(_)) => true,
        _ => false,
    };
    if same {
        cleaned.display().to_string()
    } else {
        path.display().to_string()
    }
}
