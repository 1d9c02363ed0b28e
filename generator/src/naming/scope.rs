//! A place in which each name can stand only once.

use std::collections::HashSet;

/// The names that are taken in a module, a struct or an enum.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    taken: HashSet<String>,
}

impl Scope {
    /// A scope in which these names are taken from the start.
    #[must_use]
    pub fn with(taken: &[&str]) -> Self {
        Self {
            taken: taken.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    /// The first of `wishes` that is free, else the last with a number behind it; taken now.
    pub fn claim<const N: usize>(&mut self, wishes: [&str; N]) -> String {
        for wish in wishes {
            if self.taken.insert(wish.to_owned()) {
                return wish.to_owned();
            }
        }
        let last = wishes.last().copied().unwrap_or("name");
        let separator = if last.ends_with(|c: char| c.is_ascii_digit()) {
            "_"
        } else {
            ""
        };
        let mut number = 2_u32;
        loop {
            let name = format!("{last}{separator}{number}");
            if self.taken.insert(name.clone()) {
                return name;
            }
            number += 1;
        }
    }

    /// Whether a name is still free.
    #[must_use]
    pub fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(name)
    }
}
