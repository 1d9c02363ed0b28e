//! What a `$ref` says: a file, and a JSON Pointer or an anchor in it (RFC 3986, RFC 6901).
//!
//! The kinds of references that cannot be followed are here too, each with the words for it.

use std::fmt;

use url::Url;

use super::identifiers::{self, Identifiers};
use super::pointer::{self, Walk};
use super::tree::{Node, Value};
use crate::diagnostic::near;
use crate::diagnostic::{At, Problem};

/// A reference, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reference<'r> {
    /// The file, still percent-encoded; empty for the same one.
    pub(super) file: &'r str,
    /// What follows the `#`, still percent-encoded.
    pub(super) fragment: &'r str,
}

impl<'r> Reference<'r> {
    /// Takes `text` apart at its first `#`.
    pub(super) fn new(text: &'r str) -> Self {
        let (file, fragment) = text.split_once('#').unwrap_or((text, ""));
        Self { file, fragment }
    }

    /// The tokens of the pointer in its fragment, if there is one.
    pub(super) fn tokens(&self) -> Option<Vec<String>> {
        pointer::tokens(&pointer::percent_decoded(self.fragment)?)
    }

    /// The URL, if it is one of the network by itself.
    pub(super) fn url(&self) -> Option<Url> {
        let text = match self.file.starts_with("//") {
            true => format!("https:{}", self.file),
            false => self.file.to_owned(),
        };
        let url = Url::parse(&text).ok()?;
        matches!(url.scheme(), "http" | "https").then_some(url)
    }

    /// The relative path of the file, decoded; `None` for the same file.
    pub(super) fn path(&self) -> Result<Option<String>, RefErrorKind> {
        if self.file.is_empty() {
            return Ok(None);
        }
        if let Some(scheme) = scheme(self.file) {
            return Err(RefErrorKind::Scheme(scheme.to_owned()));
        }
        let path = pointer::percent_decoded(self.file).ok_or(RefErrorKind::PercentEncoding)?;
        Ok(Some(path))
    }
}

/// The scheme of a URI. A single letter is a drive of Windows, not a scheme.
fn scheme(uri: &str) -> Option<&str> {
    let (scheme, _) = uri.split_once(':')?;
    let mut letters = scheme.chars();
    let sound = letters.next()?.is_ascii_alphabetic()
        && letters.all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter));
    (sound && scheme.len() > 1).then_some(scheme)
}

/// Why a reference stands for no node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefError {
    /// The reference as it was written.
    pub reference: String,
    /// What is wrong with it.
    pub kind: RefErrorKind,
}

/// What is wrong with a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefErrorKind {
    /// The file does not exist, or could not be opened.
    NoSuchFile {
        /// Its path, from where the command runs.
        path: String,
        /// What the system said, if the file exists all the same.
        reason: Option<String>,
        /// A reference that was probably meant.
        meant: Option<String>,
    },
    /// The file was read and has problems of its own, which were reported.
    BrokenFile {
        /// Its path, from where the command runs.
        path: String,
    },
    /// It names something in the network, at a host that is not allowed.
    Network {
        /// The host, as it would have to be named.
        host: String,
        /// Whether an allowed host redirects there.
        redirected: bool,
    },
    /// It names something in the network that could not be fetched.
    Unfetched {
        /// The URL.
        url: String,
        /// Why not.
        reason: String,
    },
    /// No anchor is called so.
    NoSuchAnchor {
        /// The file that was looked through.
        path: String,
        /// References that were probably meant, likeliest first.
        near: Vec<String>,
    },
    /// It is a URI of another scheme, which is never read.
    Scheme(String),
    /// A `%` that begins no percent-encoded UTF-8.
    PercentEncoding,
    /// What follows the `#` is no JSON Pointer.
    Pointer {
        /// A reference that was probably meant.
        meant: Option<String>,
    },
    /// The pointer leads nowhere.
    NoSuchPointer(Box<Missing>),
}

/// Where a pointer ends that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The file that it points into.
    pub path: String,
    /// The longest beginning of the pointer that exists.
    pub longest: String,
    /// The first part that does not exist.
    pub missing: String,
    /// What stands at the longest beginning: `an object`, …
    pub there: &'static str,
    /// References that were probably meant, likeliest first.
    pub near: Vec<String>,
}

impl fmt::Display for Missing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            longest,
            missing,
            there,
            ..
        } = self;
        if longest.is_empty() {
            write!(formatter, "{path} has no `{missing}` at its root")
        } else {
            write!(
                formatter,
                "`{longest}` in {path} is {there} without `{missing}`"
            )
        }
    }
}

impl fmt::Display for RefError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reference = &self.reference;
        match &self.kind {
            RefErrorKind::NoSuchFile { path, reason, .. } => match reason {
                None => write!(
                    formatter,
                    "`{reference}` names a file that does not exist: {path}"
                ),
                Some(reason) => write!(
                    formatter,
                    "`{reference}` names a file that cannot be read: {path}: {reason}"
                ),
            },
            RefErrorKind::BrokenFile { path } => write!(
                formatter,
                "`{reference}` leads into a file that could not be read: {path}"
            ),
            RefErrorKind::Network {
                host,
                redirected: true,
            } => write!(
                formatter,
                "`{reference}` is redirected to `{host}`, which is not followed"
            ),
            RefErrorKind::Network { .. } => {
                write!(
                    formatter,
                    "`{reference}` is a network reference, which is not followed"
                )
            }
            RefErrorKind::Unfetched { url, reason } => write!(
                formatter,
                "`{reference}` names a file that cannot be fetched: {url}: {reason}"
            ),
            RefErrorKind::NoSuchAnchor { path, .. } => write!(
                formatter,
                "`{reference}` leads nowhere: no anchor in {path} is called so"
            ),
            RefErrorKind::Scheme(scheme) => write!(
                formatter,
                "`{reference}` is a `{scheme}:` reference, which is not followed"
            ),
            RefErrorKind::PercentEncoding => {
                write!(formatter, "`{reference}` is not percent-encoded correctly")
            }
            RefErrorKind::Pointer { .. } => {
                write!(formatter, "`{reference}` has no JSON Pointer after its `#`")
            }
            RefErrorKind::NoSuchPointer(missing) => {
                write!(formatter, "`{reference}` leads nowhere: {missing}")
            }
        }
    }
}

impl std::error::Error for RefError {}

impl RefError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match &self.kind {
            RefErrorKind::NoSuchFile {
                meant: Some(meant), ..
            }
            | RefErrorKind::Pointer { meant: Some(meant) } => Some(did_you_mean(meant)),
            RefErrorKind::NoSuchFile { .. } => {
                Some("a file is searched from the folder of the file that refers to it".to_owned())
            }
            RefErrorKind::BrokenFile { .. } => {
                Some("correct the problems in that file first".to_owned())
            }
            RefErrorKind::Network { host, .. } => Some(format!(
                "allow its host with `--network {host}`, or with `network: ['{host}']` beside \
                 `description` in sdkwright.yaml; or download the file, keep it beside this one \
                 and refer to it by its relative path"
            )),
            RefErrorKind::Unfetched { .. } => Some(
                "correct the reference; or download the file and refer to it by its relative path"
                    .to_owned(),
            ),
            RefErrorKind::NoSuchAnchor { near, .. } => Some(match near.is_empty() {
                false => did_you_mean(&near.join("` or `")),
                true => "name the place with `$anchor`, or write a pointer such as \
                         `#/components/schemas/Name`"
                    .to_owned(),
            }),
            RefErrorKind::Scheme(_) => Some("refer to a file by its relative path".to_owned()),
            RefErrorKind::PercentEncoding => {
                Some("write `%25` for a percent sign that stands for itself".to_owned())
            }
            RefErrorKind::Pointer { meant: None } => Some(
                "write a pointer such as `#/components/schemas/Name`; within a name `~0` is a \
                 `~` and `~1` is a `/`"
                    .to_owned(),
            ),
            RefErrorKind::NoSuchPointer(missing) => {
                let near = &missing.near;
                (!near.is_empty()).then(|| did_you_mean(&near.join("` or `")))
            }
        }
    }

    /// Whether the file is there that the reference leads to, and only what is named in it is not.
    #[must_use]
    pub fn is_within_file(&self) -> bool {
        matches!(
            self.kind,
            RefErrorKind::NoSuchAnchor { .. } | RefErrorKind::NoSuchPointer(_)
        )
    }

    /// The stable code of this kind.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.kind {
            RefErrorKind::NoSuchFile { .. }
            | RefErrorKind::BrokenFile { .. }
            | RefErrorKind::NoSuchAnchor { .. }
            | RefErrorKind::NoSuchPointer(_) => "unresolved-ref",
            RefErrorKind::Network { .. } | RefErrorKind::Scheme(_) => "network-ref",
            RefErrorKind::Unfetched { .. } => "unfetched-ref",
            RefErrorKind::PercentEncoding | RefErrorKind::Pointer { .. } => "malformed-ref",
        }
    }

    /// The problem to report where the reference is written.
    #[must_use]
    pub fn problem(&self, at: At) -> Problem {
        let problem = Problem::error(self.code(), self.to_string()).at(at);
        match self.help() {
            Some(help) => problem.help(help),
            None => problem,
        }
    }
}

fn did_you_mean(names: &str) -> String {
    format!("did you mean `{names}`?")
}

/// What a reference points into: a file, or a part of one that has a URI.
pub(super) struct Into<'t> {
    /// The file as it is shown.
    pub(super) path: &'t str,
    /// The root of the file.
    pub(super) file: &'t Node,
    /// What it calls itself and its parts.
    pub(super) identifiers: &'t Identifiers,
    /// The number of the part among these.
    pub(super) resource: usize,
}

/// The node that the fragment of a reference stands for.
pub(super) fn follow<'t>(
    into: &Into<'t>,
    reference: &Reference<'_>,
) -> Result<&'t Node, RefErrorKind> {
    let fragment = reference.fragment;
    let decoded = pointer::percent_decoded(fragment).ok_or(RefErrorKind::PercentEncoding)?;
    let Some(tokens) = pointer::tokens(&decoded) else {
        return anchored(into, reference, &decoded);
    };
    let root = into.identifiers.root_of(into.resource, into.file);
    // What has an `$id` is a root of its own, but many who write one mean the file.
    let found = |root| match pointer::walk(root, &tokens) {
        Walk::Found(node) => Some(node),
        Walk::Ends(..) => None,
    };
    let found = found(root).or_else(|| found(into.file));
    if let Some(node) = found.or_else(|| part_by_part(into.file, fragment)) {
        return Ok(node);
    }
    match pointer::walk(into.file, &tokens) {
        Walk::Found(node) => Ok(node),
        Walk::Ends(node, place) => Err(nowhere(
            into.file, into.path, reference, &tokens, node, place,
        )),
    }
}

/// The node that an anchor names.
fn anchored<'t>(
    into: &Into<'t>,
    reference: &Reference<'_>,
    name: &str,
) -> Result<&'t Node, RefErrorKind> {
    let Into {
        identifiers, file, ..
    } = *into;
    if let Some(node) = identifiers.anchor(into.resource, name, file) {
        return Ok(node);
    }
    let meant = meant_pointer(file, reference, name);
    if meant.is_some() || !identifiers::is_anchor(name) {
        return Err(RefErrorKind::Pointer { meant });
    }
    let mut names: Vec<&str> = identifiers.anchors(into.resource).collect();
    names.sort_unstable();
    let near = near(name, names.into_iter());
    let near = near.iter().map(|name| format!("{}#{name}", reference.file));
    Err(RefErrorKind::NoSuchAnchor {
        path: into.path.to_owned(),
        near: near.collect(),
    })
}

/// By RFC 6901 a `%2F` separates like `/`; many tools read it as part of a name, and so do we if
/// nothing else is there.
fn part_by_part<'t>(root: &'t Node, fragment: &str) -> Option<&'t Node> {
    let tokens = pointer::tokens(fragment)?;
    let tokens: Option<Vec<String>> = tokens
        .iter()
        .map(|token| pointer::percent_decoded(token))
        .collect();
    match pointer::walk(root, &tokens?) {
        Walk::Found(node) => Some(node),
        Walk::Ends(..) => None,
    }
}

fn nowhere(
    root: &Node,
    path: &str,
    reference: &Reference<'_>,
    tokens: &[String],
    node: &Node,
    place: usize,
) -> RefErrorKind {
    let (there, rest) = tokens.split_at(place);
    let missing = rest.first().map_or("", |token| token);
    let longest = pointer_of(there);
    let write = |pointer: &str| format!("{}#{pointer}", reference.file);
    let mut likely: Vec<String> = keys(node, missing)
        .iter()
        .map(|name| {
            let after = pointer_of(rest.get(1..).unwrap_or_default());
            write(&format!("{longest}/{}{after}", pointer::escaped(name)))
        })
        .collect();
    let elsewhere = tokens.last().into_iter().flat_map(|name| named(root, name));
    for pointer in elsewhere {
        let other = write(&pointer);
        if !likely.contains(&other) {
            likely.push(other);
        }
    }
    RefErrorKind::NoSuchPointer(Box::new(Missing {
        path: path.to_owned(),
        missing: missing.to_owned(),
        there: node.phrase(),
        near: likely,
        longest,
    }))
}

fn pointer_of(tokens: &[String]) -> String {
    tokens
        .iter()
        .map(|token| format!("/{}", pointer::escaped(token)))
        .collect()
}

fn keys<'t>(node: &'t Node, missing: &str) -> Vec<&'t str> {
    match &node.value {
        Value::Map(map) => near(missing, map.iter().map(|(key, _)| &*key.text)),
        _ => Vec::new(),
    }
}

/// Pointers to the components of this very name, of any kind and version.
pub(super) fn named(root: &Node, name: &str) -> Vec<String> {
    let components = root.get("components").and_then(Node::as_map);
    let sections = components.into_iter().flat_map(|map| map.iter());
    let mut found: Vec<String> = sections
        .filter(|(_, section)| section.get(name).is_some())
        .map(|(key, _)| {
            format!(
                "/components/{}/{}",
                pointer::escaped(&key.text),
                pointer::escaped(name)
            )
        })
        .collect();
    let definitions = root
        .get("definitions")
        .and_then(|section| section.get(name));
    if definitions.is_some() {
        found.push(format!("/definitions/{}", pointer::escaped(name)));
    }
    found
}

fn meant_pointer(root: &Node, reference: &Reference<'_>, decoded: &str) -> Option<String> {
    let tokens = pointer::tokens(&format!("/{decoded}"))?;
    let pointer = match pointer::walk(root, &tokens) {
        Walk::Found(_) => pointer_of(&tokens),
        Walk::Ends(..) => named(root, decoded).into_iter().next()?,
    };
    Some(format!("{}#{pointer}", reference.file))
}
