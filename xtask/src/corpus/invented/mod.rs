//! Descriptions that are made at random: what no real one has had so far, but one may.
//!
//! Each follows from its seed alone. They are valid by and large, hard to name, and say as much as
//! they can in few lines; whatever the generator makes of one has to compile all the same.

mod operations;
mod schemas;
mod words;

use std::fs;
use std::io;
use std::path::Path;

use fastrand::Rng;
use serde_json::{Map, Value, json};

use words::{TEXTS, WORDS, component};

/// Writes so many descriptions into an empty folder, one for each seed from this on.
///
/// # Errors
///
/// When the disk says no.
pub(super) fn write(folder: &Path, seed: u64, count: usize) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    for seed in (seed..).take(count) {
        let text = format!("{:#}\n", description(seed));
        fs::write(folder.join(format!("{seed}.json")), text)?;
    }
    Ok(())
}

/// What has been invented of a description so far.
struct Inventor {
    random: Rng,
    /// What its components are called.
    components: Vec<String>,
}

/// The description of a seed.
fn description(seed: u64) -> Value {
    let mut inventor = Inventor {
        random: Rng::with_seed(seed),
        components: Vec::new(),
    };
    inventor.name_components();
    let version = inventor.pick(&["3.0.3", "3.1.1", "3.2.0"]);
    let title = inventor.pick(&["Pets", "Client", "std", "日本 API", "1st", "test"]);
    json!({
        "openapi": version,
        "info": { "title": title, "version": "1", "description": inventor.pick(&TEXTS) },
        "servers": [{
            "url": "https://{region}.example/{base}",
            "variables": { "region": { "default": "eu", "enum": ["eu", "us"] }, "base": { "default": "v1" } },
        }],
        "paths": inventor.paths(),
        "components": {
            "schemas": inventor.schemas(),
            "securitySchemes": {
                "key": { "type": "apiKey", "in": inventor.pick(&["query", "header", "cookie"]), "name": "X-Key" },
                "bearer": { "type": "http", "scheme": "bearer" },
                "oauth": { "type": "oauth2", "flows": { "clientCredentials": { "tokenUrl": "/token", "scopes": {} } } },
            },
        },
    })
}

impl Inventor {
    fn name_components(&mut self) {
        for _ in 0..15 + self.below(40) {
            let name = component(&self.word());
            if !name.is_empty() && !self.components.contains(&name) {
                self.components.push(name);
            }
        }
    }

    fn schemas(&mut self) -> Value {
        let names = self.components.clone();
        let schemas = names.into_iter().map(|name| (name, self.schema(0)));
        Value::Object(schemas.collect::<Map<_, _>>())
    }

    /// A word or two.
    fn word(&mut self) -> String {
        let first = self.pick(&WORDS);
        match self.one_in(3) {
            true => format!("{first}{}", self.pick(&WORDS)),
            false => first.to_owned(),
        }
    }

    fn pick(&mut self, words: &[&'static str]) -> &'static str {
        words
            .get(self.below(words.len()))
            .copied()
            .unwrap_or_default()
    }

    fn below(&mut self, end: usize) -> usize {
        self.random.usize(..end)
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_follows_from_its_seed() {
        assert_eq!(description(7), description(7));
        assert_ne!(description(7), description(8));
    }

    #[test]
    fn the_generator_reads_all_of_them() {
        let folder = tempfile::tempdir().unwrap();
        let invented = folder.path().join("invented");
        write(&invented, 1, 12).unwrap();
        for seed in 1..=12 {
            let mut problems = sdkwright::diagnostic::Problems::new();
            let path = invented.join(format!("{seed}.json"));
            let read = sdkwright::pipeline::read(&path, &mut problems);
            assert!(read.api.is_some(), "{seed}: {:?}", problems.sorted());
        }
    }
}
