//! The number of the first page: zero or one.
//!
//! Who counts from the wrong one leaves a page out or asks for one twice. So it must be said
//! somewhere: by the default of the parameter, by its bounds, in words, or by another operation
//! of the API, which will not count in two ways.

use std::collections::BTreeMap;

use serde_json::{Number, Value};

use super::names;
use crate::ir::{Api, Parameter, Place, Types};

/// Where counting begins, by the plain name of the parameter; `None` if operations differ.
pub(super) struct Firsts(BTreeMap<String, Option<u64>>);

impl Firsts {
    /// Looks at all operations of an API.
    pub(super) fn of(api: &Api) -> Self {
        let mut firsts: BTreeMap<String, Option<u64>> = BTreeMap::new();
        let operations = api.operations().map(|(_, _, operation)| operation);
        for parameter in operations.flat_map(|operation| &operation.parameters) {
            let name = names::plain(&parameter.name);
            let counts = names::PAGES.contains(&&*name) || names::OFFSETS.contains(&&*name);
            if !counts || parameter.place != Place::Query {
                continue;
            }
            if let Some(first) = own(parameter, &api.types) {
                let known = firsts.entry(name).or_insert(Some(first));
                *known = known.filter(|known| *known == first);
            }
        }
        Self(firsts)
    }

    /// Where the counting of a parameter begins, if it can be known.
    pub(super) fn first(&self, parameter: &Parameter, types: &Types) -> Option<u64> {
        let name = names::plain(&parameter.name);
        own(parameter, types).or_else(|| match parameter.default {
            // A default that is neither zero nor one says something else.
            Some(_) => None,
            None => self.0.get(&name).copied().flatten(),
        })
    }
}

/// What a parameter says itself.
fn own(parameter: &Parameter, types: &Types) -> Option<u64> {
    if let Some(default) = &parameter.default {
        let number = default.as_u64().or_else(|| default.as_str()?.parse().ok());
        return number.filter(|number| *number <= 1);
    }
    let ty = types.get(types.resolve(parameter.ty));
    let minimum = ty.constraints.minimum.as_ref().and_then(Number::as_u64);
    let example = parameter.example.as_ref().and_then(Value::as_u64);
    let said = parameter.description.as_deref().and_then(in_words);
    // What may be zero need not begin there, and what may be one need not, either.
    said.or_else(|| minimum.filter(|minimum| *minimum == 1))
        .or_else(|| example.filter(|example| *example == 0))
}

/// What a text says: `starts at 1`, `zero-based`. One that says both says nothing.
fn in_words(text: &str) -> Option<u64> {
    let text = text.to_lowercase();
    match [says(&text, &["0", "zero"]), says(&text, &["1", "one"])] {
        [true, false] => Some(0),
        [false, true] => Some(1),
        _ => None,
    }
}

fn says(text: &str, number: &[&str]) -> bool {
    const BEFORE: [&str; 8] = [
        "default",
        "starts",
        "starting",
        "start",
        "begins",
        "beginning",
        "first page",
        "counted",
    ];
    const BETWEEN: [&str; 8] = ["value", "to", "is", "at", "from", "with", "page", "being"];
    let is_number = |word: &str| number.contains(&word);
    let signs = |sign: char| !sign.is_alphanumeric() && sign != '-' && sign != '.';
    let words: Vec<&str> = text.split(signs).filter(|word| !word.is_empty()).collect();
    words.iter().enumerate().any(|(at, word)| {
        let based = ["-based", "-indexed"];
        let based = based.iter().filter_map(|ending| word.strip_suffix(ending));
        if based.into_iter().any(is_number) {
            return true;
        }
        let word = word.trim_end_matches('.');
        let mut before = words[..at].iter().rev().copied();
        let before = before
            .find(|word| !BETWEEN.contains(word))
            .unwrap_or_default();
        let before = before.trim_end_matches('s');
        is_number(word)
            && BEFORE
                .iter()
                .any(|known| known.trim_end_matches('s') == before)
    })
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn words_say_where_pages_begin() {
        let one = [
            "The page number (default: 1)",
            "Page number, starts at 1.",
            "1-based page",
            "Defaults to `1`",
            "Pages start with 1",
            "default = 1, maximum = 100",
            "The page. Default value is \"1\"",
        ];
        for text in one {
            assert_eq!(in_words(text), Some(1), "{text}");
        }
        let zero = [
            "Zero-based page index (0..N)",
            "starting from 0",
            "Default 0",
        ];
        for text in zero {
            assert_eq!(in_words(text), Some(0), "{text}");
        }
        let neither = [
            "The page",
            "At least 1",
            "Defaults to 10",
            "1 of 3",
            "zero-based, or one-based",
            "default is 1.5",
        ];
        for text in neither {
            assert_eq!(in_words(text), None, "{text}");
        }
    }
}
