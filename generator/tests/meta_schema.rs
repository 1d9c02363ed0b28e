//! The descriptions in `spec/` are valid OpenAPI, says the OpenAPI Initiative.
//!
//! Offline, against the published meta-schemas in `meta-schemas/` (its README says where they
//! come from). For 3.1 the Schema Objects are checked too, through OAI's own dialect.

#![expect(
    clippy::unwrap_used,
    reason = "what fails in a test's own functions fails the test"
)]

use std::path::{Path, PathBuf};

use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

/// `$id` of the meta-schema for 3.1 in `meta-schemas/`.
const OPENAPI_3_1: &str = "https://spec.openapis.org/oas/3.1/schema/2026-08-03";
/// `$id` of the dialect of Schema Objects.
const DIALECT: &str = "https://spec.openapis.org/oas/3.1/dialect/base";
/// `$id` of the keywords that OpenAPI adds to JSON Schema.
const VOCABULARY: &str = "https://spec.openapis.org/oas/3.1/meta/base";

#[test]
fn losant_is_valid_openapi_3_1() {
    assert_eq!(complaints_3_1(&description("losant")), [""; 0]);
}

#[test]
fn snyk_is_valid_openapi_3_0() {
    assert_eq!(complaints_3_0(&description("snyk")), [""; 0]);
}

#[test]
fn a_broken_3_1_description_is_refused() {
    let schema = "/components/schemas/error";
    let breaks = [
        ("/info", "title", json!(null)),
        ("", "path", json!({})),
        ("/components", "schemas", json!([])),
        // Only the dialect of Schema Objects can object to these.
        (schema, "type", json!("text")),
        (schema, "required", json!("type")),
        (schema, "discriminator", json!({})),
        (
            "/components/parameters/losantdomain/schema",
            "maxLength",
            json!(-1),
        ),
    ];
    for (pointer, key, value) in breaks {
        let mut broken = description("losant");
        broken.pointer_mut(pointer).unwrap()[key] = value.clone();
        assert!(
            !complaints_3_1(&broken).is_empty(),
            "{pointer}/{key} = {value} is accepted"
        );
    }
}

#[test]
fn a_broken_3_0_description_is_refused() {
    let breaks = [
        ("/info", "title", json!(null)),
        ("", "path", json!({})),
        ("/components/schemas/Error", "type", json!("text")),
        ("/components/parameters/OrgId", "required", json!(false)),
    ];
    for (pointer, key, value) in breaks {
        let mut broken = description("snyk");
        broken.pointer_mut(pointer).unwrap()[key] = value.clone();
        assert!(
            !complaints_3_0(&broken).is_empty(),
            "{pointer}/{key} = {value} is accepted"
        );
    }
}

#[test]
fn examples_agree_with_their_schemas() {
    for (api, spelling) in [("losant", "/examples/0"), ("snyk", "/example")] {
        let description = description(api);
        let registry = Registry::new()
            .add("https://example.com/", description.clone())
            .and_then(|registry| registry.prepare())
            .unwrap();
        let schemas = description["components"]["schemas"].as_object().unwrap();
        for (key, schema) in schemas {
            let reference = format!("https://example.com/#/components/schemas/{key}");
            let validator = jsonschema::options()
                .with_registry(&registry)
                .should_validate_formats(true)
                .build(&json!({ "$ref": reference }))
                .unwrap();
            let example = schema.pointer(spelling).expect(key);
            assert_eq!(complaints(&validator, example), [""; 0], "{api}: {key}");
        }
    }
}

/// What the meta-schema for 3.0 has against a description: pointer and message of each.
fn complaints_3_0(description: &Value) -> Vec<String> {
    let validator = jsonschema::options()
        .build(&meta_schema("openapi-3.0.json"))
        .unwrap();
    complaints(&validator, description)
}

/// The same for 3.1, Schema Objects included.
fn complaints_3_1(description: &Value) -> Vec<String> {
    let mut structure = meta_schema("openapi-3.1.json");
    assert_eq!(restore_dynamic_references(&mut structure), 4);
    let registry = Registry::new()
        .add(OPENAPI_3_1, structure)
        .and_then(|registry| registry.add(DIALECT, meta_schema("openapi-3.1-dialect.json")))
        .and_then(|registry| registry.add(VOCABULARY, meta_schema("openapi-3.1-vocabulary.json")))
        .and_then(|registry| registry.prepare())
        .unwrap();
    // What OAI calls `schema-base`: every Schema Object speaks the dialect.
    let schema_base = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": OPENAPI_3_1,
        "$defs": { "schema": { "$dynamicAnchor": "meta", "$ref": DIALECT } },
    });
    let validator = jsonschema::options()
        .with_registry(&registry)
        .build(&schema_base)
        .unwrap();
    complaints(&validator, description)
}

fn complaints(validator: &Validator, description: &Value) -> Vec<String> {
    validator
        .iter_errors(description)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

/// Puts back what the package that carries the file changed; how many there were.
fn restore_dynamic_references(node: &mut Value) -> usize {
    match node {
        Value::Object(map) if map.get("$ref") == Some(&json!("#/$defs/schema")) => {
            map.clear();
            map.insert("$dynamicRef".to_owned(), json!("#meta"));
            1
        }
        Value::Object(map) => map.values_mut().map(restore_dynamic_references).sum(),
        Value::Array(list) => list.iter_mut().map(restore_dynamic_references).sum(),
        _ => 0,
    }
}

fn meta_schema(file: &str) -> Value {
    let path = here().join("tests/meta-schemas").join(file);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn description(api: &str) -> Value {
    let path = here().join(format!("../spec/{api}/openapi.yaml"));
    serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}
