//! The loaded files: where they come from, what a `$ref` in them stands for, where nodes are.
//!
//! A `$ref` names a file by its path, or by a URI that a loaded file gives itself or a part of it.
//! What nothing loaded is called is fetched, if its host is allowed.

mod named;

use std::collections::HashMap;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use url::Url;

use super::bytes;
use super::identifiers::Identifiers;
use super::limits;
use super::network::{Network, Unfetched};
use super::places::Places;
use super::read::{self, Format};
use super::reference::{RefError, Reference};
use super::tree::{Node, Value};
use crate::diagnostic::{At, FileId, Locate, Place, Problem, Problems};
use named::{MOST_REFERENCES_WITHIN, Named};

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
    /// Files of the network by every URL under which they were asked for.
    by_url: HashMap<Url, FileId>,
    /// What was not fetched, and why.
    unfetched: HashMap<Url, Unfetched>,
    /// What files call themselves and their parts: the file, and the number of the part.
    by_uri: HashMap<Url, (FileId, usize)>,
}

#[derive(Debug)]
struct File {
    /// The path as it is shown; the URL of a file of the network.
    name: String,
    /// Where references in it start from.
    origin: Origin,
    /// What it calls itself and its parts.
    identifiers: Identifiers,
    text: String,
    format: Format,
    /// Null if the text could not be read as YAML or JSON.
    root: Node,
    broken: bool,
    places: OnceLock<Places>,
}

/// Where a file comes from.
#[derive(Debug)]
enum Origin {
    /// From the disk; its folder.
    Disk(PathBuf),
    /// From the network.
    Network,
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
        Self::load_allowing(path, &Network::default(), problems)
    }

    /// The same with files of the network, as far as they are allowed. The path may be a URL
    /// itself; who names it allows its host.
    pub fn load_allowing(path: &Path, network: &Network, problems: &mut Problems) -> Option<Self> {
        if let Some(url) = path.to_str().and_then(|text| Reference::new(text).url()) {
            return Self::load_url(&url, &network.and(&url), problems);
        }
        let name = path.display().to_string();
        let text = match text_of(path) {
            Ok(text) => text,
            Err(unread) => {
                problems.report(unread.problem(&name));
                return None;
            }
        };
        let mut sources = Self::empty();
        let root = sources.add_path(path, name, text, problems);
        if let Ok(canonical) = path.canonicalize() {
            sources.by_canonical.insert(canonical, root);
        }
        sources.load_referenced(root, network, problems);
        Some(sources)
    }

    fn load_url(url: &Url, network: &Network, problems: &mut Problems) -> Option<Self> {
        let mut sources = Self::empty();
        match sources.fetch(url, network, problems) {
            Ok(root) => {
                sources.load_referenced(root, network, problems);
                Some(sources)
            }
            Err(unfetched) => {
                let reason = match unfetched {
                    Unfetched::Failed(reason) => reason,
                    Unfetched::Host(host) | Unfetched::Redirect(host) => {
                        format!("it is redirected to `{host}`, which is not allowed")
                    }
                };
                problems.report(
                    Problem::error(
                        "unreadable-file",
                        format!("{url} cannot be fetched: {reason}"),
                    )
                    .help("name a file or a URL with an OpenAPI description, in YAML or JSON"),
                );
                None
            }
        }
    }

    /// The same from text that is already there; no other file is read.
    pub fn from_text(name: &str, text: String, problems: &mut Problems) -> Option<Self> {
        let mut sources = Self::empty();
        let text = bytes::without_mark(text);
        if text.len() as u64 > limits::FILE_BYTES {
            problems.report(Unread::TooLarge.problem(name));
            return None;
        }
        sources.add_path(Path::new(name), name.to_owned(), text, problems);
        Some(sources)
    }

    /// What finds places again, once nobody asks for the trees any more: they are freed, beside
    /// whatever comes next.
    #[must_use]
    pub fn into_places(mut self) -> Box<dyn Locate> {
        let nothing = || Node {
            at: At::default(),
            value: Value::Null,
        };
        let roots = self.files.iter_mut().map(|file| &mut file.root);
        let roots: Vec<Node> = roots
            .map(|root| std::mem::replace(root, nothing()))
            .collect();
        std::thread::spawn(move || drop(roots));
        Box::new(self)
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

    /// The node that a `$ref` stands for, as written in the node at `from`.
    ///
    /// # Errors
    /// If the reference is malformed, leaves the loaded files, or leads nowhere.
    pub fn resolve(&self, from: At, reference: &str) -> Result<&Node, RefError> {
        self.find(from, &Reference::new(reference), MOST_REFERENCES_WITHIN)
            .map_err(|kind| RefError {
                reference: reference.to_owned(),
                kind,
            })
    }

    /// The URL that a relative one names in the document at `from`; `None` if nothing says where
    /// that document is.
    #[must_use]
    pub fn absolute_url(&self, from: At, relative: &str) -> Option<String> {
        let base = self.file(from.file)?.identifiers.document()?;
        let url = base.join(relative).ok()?;
        let of_network = matches!(url.scheme(), "http" | "https");
        // Braces stand for variables, which are not encoded yet.
        let text = || String::from(url).replace("%7B", "{").replace("%7D", "}");
        of_network.then(text)
    }

    fn empty() -> Self {
        Self {
            files: Vec::new(),
            by_path: HashMap::new(),
            by_canonical: HashMap::new(),
            unreadable: HashMap::new(),
            by_url: HashMap::new(),
            unfetched: HashMap::new(),
            by_uri: HashMap::new(),
        }
    }

    fn file(&self, id: FileId) -> Option<&File> {
        self.files.get(id.0 as usize)
    }

    fn add_path(
        &mut self,
        path: &Path,
        name: String,
        text: String,
        problems: &mut Problems,
    ) -> FileId {
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let canonical = path.canonicalize().ok();
        let uri = canonical.and_then(|path| Url::from_file_path(path).ok());
        let id = self.add(name, Origin::Disk(folder), uri, text, problems);
        self.by_path.insert(path.to_owned(), id);
        id
    }

    fn add(
        &mut self,
        name: String,
        origin: Origin,
        uri: Option<Url>,
        text: String,
        problems: &mut Problems,
    ) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        let (format, result) = read::read(&text, id, problems);
        let broken = result.is_err();
        let root = result.unwrap_or_else(|fault| {
            problems.report(fault.problem(id));
            let at = At { file: id, node: 0 };
            let value = Value::Null;
            Node { at, value }
        });
        let identifiers = Identifiers::of(&root, uri, problems);
        self.files.push(File {
            name,
            origin,
            identifiers,
            text,
            format,
            root,
            broken,
            places: OnceLock::new(),
        });
        self.declare(id, problems);
        id
    }

    /// Notes the URIs that a file declares; reports those that something has already.
    fn declare(&mut self, id: FileId, problems: &mut Problems) {
        let Some(file) = self.files.get(id.0 as usize) else {
            return;
        };
        for (part, uri, declared) in file.identifiers.uris() {
            let Some(at) = declared else {
                continue;
            };
            let Some((first, of)) = self.by_uri.get(uri) else {
                self.by_uri.insert(uri.clone(), (id, part));
                continue;
            };
            let first = self.files.get(first.0 as usize);
            let first = first.and_then(|first| first.identifiers.declared(*of));
            let problem = Problem::warning("duplicate-id", format!("`{uri}` is declared twice"))
                .at(at)
                .label("passed over: references lead to the first")
                .help("give one of the two another URI");
            problems.report(match first {
                Some(first) => problem.related(first, "the first"),
                None => problem,
            });
        }
    }

    /// Loads what is referred to: all files of the disk first, since one may be what a URI names.
    fn load_referenced(&mut self, root: FileId, network: &Network, problems: &mut Problems) {
        let mut waiting = vec![root];
        let mut remote = indexmap::IndexSet::new();
        let mut next = 0;
        loop {
            while let Some(file) = waiting.pop() {
                for named in self.referred_from(file) {
                    match named {
                        Named::Part(..) => {}
                        Named::Url(url) => {
                            remote.insert(url);
                        }
                        Named::File { path, or } => {
                            waiting.extend(self.load_one(&path, problems));
                            let missing = !self.by_path.contains_key(&path);
                            remote.extend(or.filter(|_| missing));
                        }
                    }
                }
            }
            let Some(url) = remote.get_index(next).cloned() else {
                return;
            };
            next += 1;
            if self.by_uri.contains_key(&url) || self.by_url.contains_key(&url) {
                continue;
            }
            let fetched = match next <= limits::FETCHES {
                true => self.fetch(&url, network, problems),
                false => Err(Unfetched::Failed(format!(
                    "no more than {} files are fetched",
                    limits::FETCHES
                ))),
            };
            match fetched {
                Ok(id) => waiting.push(id),
                Err(unfetched) => {
                    self.unfetched.insert(url, unfetched);
                }
            }
        }
    }

    /// What the references in a file name. Those that are wrong are left to
    /// [`Sources::resolve`].
    fn referred_from(&self, file: FileId) -> Vec<Named> {
        let Some(file) = self.file(file) else {
            return Vec::new();
        };
        let references = references_in(&file.root).into_iter();
        let named = references.map(|(at, text)| self.meaning(at, &Reference::new(text)));
        named.filter_map(Result::ok).collect()
    }

    /// Fetches a file; its id if that worked.
    fn fetch(
        &mut self,
        url: &Url,
        network: &Network,
        problems: &mut Problems,
    ) -> Result<FileId, Unfetched> {
        let fetched = network.fetch(url)?;
        let id = match self.by_url.get(&fetched.url) {
            Some(known) => *known,
            None => {
                let uri = Some(fetched.url.clone());
                let name = fetched.url.to_string();
                self.add(name, Origin::Network, uri, fetched.text, problems)
            }
        };
        self.by_url.insert(fetched.url, id);
        self.by_url.insert(url.clone(), id);
        Ok(id)
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
                let id = self.add_path(path, shown(path), text, problems);
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

/// The references under `root` that name a file or a URI, with their places.
fn references_in(root: &Node) -> Vec<(At, &str)> {
    let mut found = Vec::new();
    let mut waiting = vec![root];
    while let Some(node) = waiting.pop() {
        match &node.value {
            Value::List(list) => waiting.extend(list),
            Value::Map(map) => {
                for (key, node) in map.iter() {
                    let is_reference = ["$ref", "$dynamicRef"].contains(&&*key.text);
                    let text = node.as_str().filter(|_| is_reference);
                    let out = text.filter(|text| !text.is_empty() && !text.starts_with('#'));
                    found.extend(out.map(|text| (node.at, text)));
                    waiting.push(node);
                }
            }
            _ => {}
        }
    }
    found
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
