//! What a reference stands for among the loaded files.

use std::path::{Path, PathBuf};

use url::Url;

use super::super::network::Unfetched;
use super::super::pointer::{self, Walk};
use super::super::reference::{self, RefErrorKind, Reference};
use super::super::tree::Node;
use super::{File, Origin, Sources, shown};
use crate::diagnostic::{At, FileId};

/// How many references may stand on the way of a pointer. Those that lead to each other end so.
pub(super) const MOST_REFERENCES_WITHIN: usize = 8;

/// What a reference names, fragment apart.
pub(super) enum Named {
    /// A part of a loaded file, by its number.
    Part(FileId, usize),
    /// A file of the disk; what else it may be if there is none.
    File { path: PathBuf, or: Option<Url> },
    /// A file of the network.
    Url(Url),
}

impl Sources {
    /// What a reference stands for; `within` is how many other references its pointer may lead
    /// through.
    pub(super) fn find(
        &self,
        from: At,
        reference: &Reference<'_>,
        within: usize,
    ) -> Result<&Node, RefErrorKind> {
        let (file, resource) = match self.meaning(from, reference)? {
            Named::Part(file, resource) => (self.file(file), resource),
            Named::Url(url) => (Some(self.fetched(&url)?), 0),
            Named::File { path, or } => {
                let relative = reference.path()?.unwrap_or_default();
                let known = self.by_path.get(&path).and_then(|id| self.file(*id));
                let fetched = || or.map(|url| self.fetched(&url)).and_then(Result::ok);
                let missing = || self.missing(from.file, &path, &relative);
                (Some(known.or_else(fetched).ok_or_else(missing)?), 0)
            }
        };
        let file = file.ok_or_else(|| RefErrorKind::BrokenFile {
            path: String::new(),
        })?;
        if file.broken {
            return Err(RefErrorKind::BrokenFile {
                path: file.name.clone(),
            });
        }
        let into = reference::Into {
            path: &file.name,
            file: &file.root,
            identifiers: &file.identifiers,
            resource,
        };
        reference::follow(&into, reference).or_else(|error| {
            let through = self.through(&file.root, reference, within);
            let found = through.or_else(|| self.in_first_file(reference, within));
            found.ok_or(error)
        })
    }

    /// What a pointer without a file leads to in the file that was named. In a part of a description
    /// it means that part (RFC 3986, 4.4), but who puts parts together before they are read writes
    /// `#/components/schemas/Pet` in all of them.
    fn in_first_file(&self, reference: &Reference<'_>, within: usize) -> Option<&Node> {
        let first = self.files.first().filter(|_| reference.file.is_empty())?;
        self.through(&first.root, reference, within)
    }

    /// What a pointer leads to if there are references on its way: `#/components/schemas/Pet` where
    /// `schemas` is `$ref: schemas.yaml`.
    fn through<'s>(
        &'s self,
        mut root: &'s Node,
        reference: &Reference<'_>,
        within: usize,
    ) -> Option<&'s Node> {
        let tokens = reference.tokens()?;
        let mut rest = &*tokens;
        for within in (0..within).rev() {
            let (node, place) = match pointer::walk(root, rest) {
                Walk::Found(found) => return Some(found),
                Walk::Ends(node, place) => (node, place),
            };
            let next = Reference::new(node.reference()?.as_str()?);
            root = self.find(node.at, &next, within).ok()?;
            rest = rest.get(place..)?;
        }
        None
    }

    /// What a reference means in the node at `from`.
    pub(super) fn meaning(
        &self,
        from: At,
        reference: &Reference<'_>,
    ) -> Result<Named, RefErrorKind> {
        let Some(file) = self.file(from.file) else {
            return Ok(Named::Part(from.file, 0));
        };
        let around = file.identifiers.around(from.node);
        if reference.file.is_empty() {
            return Ok(Named::Part(from.file, around));
        }
        let base = file.identifiers.base(around);
        let joined = base.and_then(|base| base.join(reference.file).ok());
        let uri = joined.or_else(|| Url::parse(reference.file).ok());
        if let Some((file, part)) = uri.as_ref().and_then(|uri| self.by_uri.get(uri)) {
            return Ok(Named::Part(*file, *part));
        }
        if let Some(url) = reference.url() {
            return Ok(Named::Url(url));
        }
        let relative = reference.path()?.unwrap_or_default();
        let uri = uri.filter(|uri| matches!(uri.scheme(), "http" | "https"));
        match (&file.origin, uri) {
            (Origin::Disk(folder), or) => Ok(Named::File {
                path: super::joined(folder, &relative),
                or,
            }),
            (Origin::Network, Some(url)) => Ok(Named::Url(url)),
            (Origin::Network, None) => Err(RefErrorKind::PercentEncoding),
        }
    }

    fn fetched(&self, url: &Url) -> Result<&File, RefErrorKind> {
        let known = self.by_url.get(url).and_then(|id| self.file(*id));
        known.ok_or_else(|| match self.unfetched.get(url) {
            Some(Unfetched::Host(host)) => RefErrorKind::Network {
                host: host.clone(),
                redirected: false,
            },
            Some(Unfetched::Redirect(host)) => RefErrorKind::Network {
                host: host.clone(),
                redirected: true,
            },
            Some(Unfetched::Failed(reason)) => RefErrorKind::Unfetched {
                url: url.to_string(),
                reason: reason.clone(),
            },
            // Text that was not loaded from a file has no network.
            None => RefErrorKind::Network {
                host: url.host_str().unwrap_or_default().to_owned(),
                redirected: false,
            },
        })
    }

    fn missing(&self, from: FileId, path: &Path, relative: &str) -> RefErrorKind {
        RefErrorKind::NoSuchFile {
            reason: self.unreadable.get(path).cloned(),
            meant: self.meant(from, relative),
            path: shown(path),
        }
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
}
