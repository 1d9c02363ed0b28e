//! Patterns: regular expressions of ECMA-262, each compiled once.
//!
//! They may look around and back, so they are matched by backtracking: by a pattern such as
//! `^(a+)+$`, the time can double with each character of a text that does not fit. `regress` has no
//! limit to that, and its other engine takes as long.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use regress::Regex;

/// What was compiled so far; `None` for a pattern that is none.
type Compiled = HashMap<&'static str, Option<Arc<Regex>>>;

static COMPILED: LazyLock<RwLock<Compiled>> = LazyLock::new(RwLock::default);

/// Whether a pattern is found in a text. One that is no regular expression fits every text.
pub(crate) fn fits(pattern: &'static str, text: &str) -> bool {
    compiled(pattern).is_none_or(|regex| regex.find(text).is_some())
}

fn compiled(pattern: &'static str) -> Option<Arc<Regex>> {
    let known = COMPILED.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(regex) = known.get(pattern) {
        return regex.clone();
    }
    drop(known);
    let regex = compile(pattern).map(Arc::new);
    let mut known = COMPILED.write().unwrap_or_else(PoisonError::into_inner);
    known.insert(pattern, regex.clone());
    regex
}

/// JSON Schema (2020-12, Core, 6.4) wants Unicode; many patterns hold escapes that are allowed
/// only without.
fn compile(pattern: &str) -> Option<Regex> {
    let unicode = Regex::with_flags(pattern, "u");
    unicode.or_else(|_| Regex::new(pattern)).ok()
}
