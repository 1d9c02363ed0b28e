//! Who may call an operation, as a reader takes it.
//!
//! Requirements are alternatives; within one, everything is needed. Alternatives that name the
//! same schemes are one to a reader, with several sets of scopes.

use super::{Operation, Requirement, SchemeId};

/// Who may call an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Whether a call has to say who calls.
    pub need: Need,
    /// The ways to say it, any one of which is enough.
    pub ways: Vec<Way>,
    /// The sets of scopes of all ways, any one of which is enough; empty if some way needs none.
    pub scopes: Vec<Vec<String>>,
}

/// Whether a call has to say who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub enum Need {
    /// Nobody is asked.
    Nothing,
    /// It may.
    Optional,
    /// It must.
    Required,
}

/// A way to say who calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The schemes, all of which are needed.
    pub schemes: Vec<SchemeId>,
    /// The sets of scopes, any one of which is enough; empty if none is needed.
    pub scopes: Vec<Vec<String>>,
}

impl Operation {
    /// Who may call it.
    #[must_use]
    pub fn access(&self) -> Access {
        let asks = |each: &&Requirement| !each.parts.is_empty();
        let asking: Vec<&Requirement> = self.security.iter().filter(asks).collect();
        let mut ways: Vec<Vec<SchemeId>> = Vec::new();
        for requirement in &asking {
            let schemes = requirement.schemes();
            if !ways.contains(&schemes) {
                ways.push(schemes);
            }
        }
        let way = |schemes: Vec<SchemeId>| {
            let of_way = asking.iter().filter(|each| each.schemes() == schemes);
            let scopes = sets(of_way.copied());
            Way { schemes, scopes }
        };
        Access {
            need: match &*self.security {
                [] => Need::Nothing,
                _ if asking.is_empty() => Need::Nothing,
                all if asking.len() < all.len() => Need::Optional,
                _ => Need::Required,
            },
            ways: ways.into_iter().map(way).collect(),
            scopes: sets(asking.iter().copied()),
        }
    }
}

impl Requirement {
    fn schemes(&self) -> Vec<SchemeId> {
        self.parts.iter().map(|part| part.scheme).collect()
    }
}

/// The distinct sets of scopes of requirements; empty if one of these needs none: then none has
/// to be named.
fn sets<'a>(requirements: impl Iterator<Item = &'a Requirement>) -> Vec<Vec<String>> {
    let mut sets: Vec<Vec<String>> = Vec::new();
    for requirement in requirements {
        let mut set: Vec<String> = Vec::new();
        for scope in requirement.parts.iter().flat_map(|part| &part.scopes) {
            if !set.contains(scope) {
                set.push(scope.clone());
            }
        }
        if set.is_empty() {
            return Vec::new();
        }
        if !sets.contains(&set) {
            sets.push(set);
        }
    }
    sets
}
