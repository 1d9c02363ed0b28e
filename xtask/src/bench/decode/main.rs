//! Decodes a list of 10 MB by the emitted codec and by serde's derives, in turn, and writes the
//! median seconds of both. Either begins half of the time, since the first finds the memory that the
//! one before gave back in another state than the second. `cargo xtask bench` compiles it against the crate of a synthetic
//! description; it is no part of the workspace.

use std::collections::BTreeMap;
use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// What the generator makes of the synthetic thing, as derives would have it.
#[derive(Deserialize)]
struct Thing {
    id: String,
    name: String,
    count: Option<i64>,
    price: Option<f64>,
    active: Option<bool>,
    created: Option<jiff::Timestamp>,
    note: Option<String>,
    tags: Option<Vec<String>>,
    labels: Option<BTreeMap<String, String>>,
    parts: Option<Vec<Part>>,
    own0: Option<String>,
}

#[derive(Deserialize)]
struct Part {
    kind: Kind,
    weight: Option<f64>,
    own0: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Wood,
    Iron,
    Glass,
    #[serde(untagged)]
    Other(String),
}

const BYTES: usize = 10_000_000;
const ROUNDS: usize = 40;

fn main() -> Result<(), Box<dyn Error>> {
    let text = list();
    let mut emitted = Vec::new();
    let mut derived = Vec::new();
    for round in 0..2 * ROUNDS {
        match round % 4 {
            0 | 3 => emitted.push(seconds::<synthetic::types::Thing0>(&text)?),
            _ => derived.push(seconds::<Thing>(&text)?),
        }
    }
    println!("{} {}", median(&mut emitted), median(&mut derived));
    Ok(())
}

fn list() -> String {
    let mut text = String::from("[");
    let mut number = 0;
    while text.len() < BYTES {
        if number > 0 {
            text.push(',');
        }
        text.push_str(&format!(
            r#"{{"id":"3f1c0a3e-0000-4000-8000-{number:012}","name":"Thing {number}","count":{number},"price":{number}.5,"active":true,"created":"2024-05-01T12:00:00Z","note":null,"tags":["one","two"],"labels":{{"colour":"red","size":"large"}},"parts":[{{"kind":"wood","weight":1.25,"own0":7}},{{"kind":"glass"}}],"own0":"its own"}}"#
        ));
        number += 1;
    }
    text.push(']');
    text
}

fn seconds<T: DeserializeOwned>(text: &str) -> Result<f64, serde_json::Error> {
    let start = Instant::now();
    let things: Vec<T> = serde_json::from_str(text)?;
    let seconds = start.elapsed().as_secs_f64();
    black_box(things);
    Ok(seconds)
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
