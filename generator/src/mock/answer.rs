//! Answers that a test orders, instead of the documented success.

use std::collections::{HashMap, VecDeque};
use std::fmt;

use super::wish::Wish;
use super::{Mock, Reply};
use crate::ir::OperationId;
use crate::source::near;

/// An answer that a test orders for an operation.
#[derive(Clone, Debug)]
pub struct Answer {
    pub(super) kind: Kind,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// A documented one.
    Documented(Wish),
    /// This one.
    Exact(Reply),
}

impl Answer {
    /// The documented answer of this status, with its first example.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self::documented(Some(status), None)
    }

    /// The documented success with the example of this name.
    #[must_use]
    pub fn example(name: &str) -> Self {
        Self::documented(None, Some(name))
    }

    /// The documented answer of this status, with the example of this name.
    #[must_use]
    pub fn status_and_example(status: u16, name: &str) -> Self {
        Self::documented(Some(status), Some(name))
    }

    /// Exactly this, whatever the description says.
    #[must_use]
    pub fn exactly(reply: Reply) -> Self {
        Self {
            kind: Kind::Exact(reply),
        }
    }

    fn documented(status: Option<u16>, example: Option<&str>) -> Self {
        Self {
            kind: Kind::Documented(Wish {
                status: status.map(|status| status.to_string()),
                example: example.map(str::to_owned),
            }),
        }
    }
}

/// The answers that are ordered.
#[derive(Debug, Default)]
pub(super) struct Orders {
    next: HashMap<OperationId, VecDeque<Answer>>,
    always: HashMap<OperationId, Answer>,
}

impl Orders {
    pub(super) fn next(&mut self, id: OperationId, answer: Answer) {
        self.next.entry(id).or_default().push_back(answer);
    }

    pub(super) fn always(&mut self, id: OperationId, answer: Answer) {
        self.always.insert(id, answer);
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// What is ordered for the request that came just now.
    pub(super) fn take(&mut self, id: OperationId) -> Option<Answer> {
        let next = self.next.get_mut(&id).and_then(VecDeque::pop_front);
        next.or_else(|| self.always.get(&id).cloned())
    }
}

/// A name that no operation has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownOperation {
    /// The name.
    pub name: String,
    /// Names that are near to it.
    pub near: Vec<String>,
}

impl fmt::Display for UnknownOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no operation is called `{}`", self.name)?;
        match &self.near[..] {
            [] => Ok(()),
            near => write!(f, "; near to it are {}", near.join(", ")),
        }
    }
}

impl std::error::Error for UnknownOperation {}

impl Mock {
    /// The operation of a name: its `operationId`, `resource.action`, or `GET /path`.
    pub(super) fn find(&self, name: &str) -> Result<OperationId, UnknownOperation> {
        let mut names = Vec::new();
        for (id, resource, operation) in self.api.operations() {
            let action = format!("{}.{}", resource.key, operation.action);
            let line = format!("{} {}", operation.method.as_str(), operation.path);
            let own = [operation.id.clone(), Some(action), Some(line)];
            for own in own.into_iter().flatten() {
                if own == name {
                    return Ok(id);
                }
                if !names.contains(&own) {
                    names.push(own);
                }
            }
        }
        let near = near(name, names.iter().map(|name| &**name));
        Err(UnknownOperation {
            name: name.to_owned(),
            near: near.into_iter().map(str::to_owned).collect(),
        })
    }
}
