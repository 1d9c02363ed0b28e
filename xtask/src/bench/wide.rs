//! A description of many resources, as rich as real ones: the same one for the same seed.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// What is told of the things of this description.
const WORDS: [&str; 12] = [
    "device", "account", "report", "member", "invoice", "webhook", "region", "ticket", "policy",
    "session", "payment", "folder",
];

/// A description of this many resources with this many actions among them.
pub(super) fn description(resources: usize, actions: usize, seed: u64) -> Value {
    let mut rng = Rng::with_seed(seed);
    let mut paths = Map::new();
    let mut schemas = Map::new();
    for number in 0..resources {
        let name = format!("{}{number}", word(&mut rng));
        // The actions are dealt out evenly, the first resources get the rest.
        let count = actions / resources + usize::from(number < actions % resources);
        schemas.insert(name.clone(), thing(&name, &mut rng));
        for place in 0..count {
            let (path, method, operation) = action(&name, place, &mut rng);
            let item = paths.entry(path).or_insert_with(|| json!({}));
            item[method] = operation;
        }
    }
    schemas.insert("problem".to_owned(), problem());
    json!({
        "openapi": "3.1.1",
        "info": { "title": "Wide", "version": "1.0.0" },
        "servers": [{ "url": "https://wide.example.com" }],
        "security": [{ "token": ["all.Organization"] }, { "token": ["all.User"] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": schemas,
        },
    })
}

fn word(rng: &mut Rng) -> &'static str {
    WORDS[rng.usize(..WORDS.len())]
}

fn sentence(rng: &mut Rng) -> String {
    let words: Vec<&str> = (0..rng.usize(4..16)).map(|_| word(rng)).collect();
    format!("Says of *which* {} | `it` is", words.join(" "))
}

/// A path with a method and an operation; a path has at most one operation of each method.
fn action(name: &str, place: usize, rng: &mut Rng) -> (String, &'static str, Value) {
    let methods = ["get", "post", "patch", "delete"];
    let method = methods[place % methods.len()];
    let path = format!("/{name}/{{id}}/{}", place / methods.len());
    let mut parameters = vec![parameter("id", "path", rng)];
    parameters.extend(
        (0..rng.usize(1..8)).map(|number| parameter(&format!("option{number}"), "query", rng)),
    );
    let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
    let content = json!({ "application/json": { "schema": reference } });
    let failure = json!({ "description": "Error", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/problem" } } } });
    let mut operation = json!({
        "operationId": format!("{name}.{method}{place}"),
        "summary": sentence(rng),
        "parameters": parameters,
        "responses": {
            "200": { "description": sentence(rng), "content": content },
            "400": failure,
            "404": failure,
        },
    });
    if method == "post" || method == "patch" {
        operation["requestBody"] = json!({ "required": true, "content": content });
    }
    (path, method, operation)
}

fn parameter(name: &str, place: &str, rng: &mut Rng) -> Value {
    let schema = match rng.u8(..3) {
        0 => json!({ "type": "integer", "minimum": 0, "default": rng.u8(..) }),
        1 => json!({ "type": "string", "enum": WORDS[..rng.usize(2..WORDS.len())] }),
        _ => json!({ "type": "string" }),
    };
    json!({
        "name": name,
        "in": place,
        "required": place == "path",
        "description": sentence(rng),
        "schema": schema,
    })
}

fn thing(name: &str, rng: &mut Rng) -> Value {
    let mut properties = Map::new();
    for number in 0..rng.usize(4..14) {
        let text = sentence(rng);
        let schema = match rng.u8(..5) {
            0 => json!({ "type": "array", "description": text, "items": { "type": "string" } }),
            1 => {
                json!({ "type": "object", "description": text, "properties": { "a": { "type": "string" }, "b": { "type": "number" } } })
            }
            2 => json!({ "$ref": format!("#/components/schemas/{name}") }),
            3 => json!({ "type": "string", "format": "date-time", "description": text }),
            _ => json!({ "type": "integer", "description": text }),
        };
        properties.insert(format!("field{number}"), schema);
    }
    json!({ "title": name, "type": "object", "description": sentence(rng), "required": ["field0"], "properties": properties })
}

fn problem() -> Value {
    json!({ "title": "Problem", "type": "object", "properties": { "message": { "type": "string" } } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_is_the_same_description() {
        let made = description(100, 360, 7);
        assert_eq!(made, description(100, 360, 7));
        assert_ne!(made, description(100, 360, 8));
        let paths = made["paths"].as_object().unwrap();
        let count: usize = paths
            .values()
            .map(|item| item.as_object().unwrap().len())
            .sum();
        assert_eq!(count, 360);
    }
}
