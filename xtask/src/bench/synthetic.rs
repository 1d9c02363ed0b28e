//! Descriptions of any size and one shape, to see how cost grows with size.

use serde_json::{Value, json};

/// A description with this many resources of four operations and two types each.
pub(super) fn description(resources: usize) -> Value {
    let mut paths = serde_json::Map::new();
    let mut schemas = serde_json::Map::new();
    for number in 0..resources {
        paths.insert(format!("/things{number}"), collection(number));
        paths.insert(format!("/things{number}/{{id}}"), item(number));
        schemas.insert(format!("Thing{number}"), thing(number));
        schemas.insert(format!("Part{number}"), part(number));
    }
    schemas.insert("Problem".to_owned(), problem());
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Synthetic", "version": "1.0.0" },
        "servers": [{ "url": "https://synthetic.example.com" }],
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

fn collection(number: usize) -> Value {
    let thing = reference(&format!("Thing{number}"));
    json!({
        "get": {
            "tags": [format!("things{number}")],
            "operationId": format!("listThings{number}"),
            "parameters": [
                { "name": "limit", "in": "query", "schema": { "type": "integer" } },
                { "name": "kind", "in": "query", "schema": { "type": "string", "enum": ["big", "small"] } },
            ],
            "responses": responses("200", &json!({ "type": "array", "items": thing })),
        },
        "post": {
            "tags": [format!("things{number}")],
            "operationId": format!("createThing{number}"),
            "requestBody": { "required": true, "content": content(&thing) },
            "responses": responses("201", &thing),
        },
    })
}

fn item(number: usize) -> Value {
    let id =
        json!([{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }]);
    let thing = reference(&format!("Thing{number}"));
    json!({
        "parameters": id,
        "get": {
            "tags": [format!("things{number}")],
            "operationId": format!("getThing{number}"),
            "responses": responses("200", &thing),
        },
        "put": {
            "tags": [format!("things{number}")],
            "operationId": format!("replaceThing{number}"),
            "requestBody": { "required": true, "content": content(&thing) },
            "responses": responses("200", &thing),
        },
    })
}

fn responses(status: &str, schema: &Value) -> Value {
    json!({
        status: { "description": "Done", "content": content(schema) },
        "404": { "description": "Not there", "content": content(&reference("Problem")) },
    })
}

fn content(schema: &Value) -> Value {
    json!({ "application/json": { "schema": schema } })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// Each has a property of its own, so that no two are the same type.
fn thing(number: usize) -> Value {
    let own = format!("own{number}");
    json!({
        "type": "object",
        "description": "A thing, with fields of the usual kinds.",
        "required": ["id", "name"],
        "properties": {
            "id": { "type": "string", "format": "uuid" },
            "name": { "type": "string", "description": "What it is called" },
            "count": { "type": "integer", "format": "int64" },
            "price": { "type": "number" },
            "active": { "type": "boolean" },
            "created": { "type": "string", "format": "date-time" },
            "note": { "type": "string", "nullable": true },
            "tags": { "type": "array", "items": { "type": "string" } },
            "labels": { "type": "object", "additionalProperties": { "type": "string" } },
            "parts": { "type": "array", "items": reference(&format!("Part{number}")) },
            own: { "type": "string" },
        },
    })
}

fn part(number: usize) -> Value {
    let own = format!("own{number}");
    json!({
        "type": "object",
        "required": ["kind"],
        "properties": {
            "kind": { "type": "string", "enum": ["wood", "iron", "glass"] },
            "weight": { "type": "number" },
            own: { "type": "integer" },
        },
    })
}

fn problem() -> Value {
    json!({
        "type": "object",
        "required": ["message"],
        "properties": { "message": { "type": "string" }, "code": { "type": "integer" } },
    })
}

#[cfg(test)]
mod tests {
    use super::description;

    #[test]
    fn ten_times_the_resources_are_ten_times_the_paths() {
        let paths = |resources| {
            let description = description(resources);
            description["paths"].as_object().unwrap().len()
        };
        assert_eq!(paths(10), 20);
        assert_eq!(paths(100), 10 * paths(10));
    }
}
