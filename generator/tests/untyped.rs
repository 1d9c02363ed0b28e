//! Whatever a client has as any JSON is explained: its schema says nothing more, or the report of
//! untyped schemas lists it with its reason.
//!
//! What a schema says is read here from its source, keyword by keyword, and not as the generator
//! reads it; and the values in the plan of the crate are counted. `SDKWRIGHT_ALSO` may name
//! further descriptions, parted by `:`.

#![expect(
    clippy::unwrap_used,
    reason = "what fails in a test's own functions fails the test"
)]

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use sdkwright::diagnostic::{At, Locate, Problems};
use sdkwright::ir::{Api, Rest, Shape, TypeId};
use sdkwright::pipeline::{self, ClientOptions, Package};
use sdkwright::rust::{self, Untyped};
use sdkwright::source::Sources;
use serde_json::Value;

/// Keywords that say nothing of a value: annotations, and what a parameter of 2.0 has besides.
const ANNOTATIONS: [&str; 27] = [
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "externalDocs",
    "xml",
    "nullable",
    "$comment",
    "$schema",
    "$id",
    "$anchor",
    "$defs",
    "definitions",
    "contentMediaType",
    "contentEncoding",
    "discriminator",
    "name",
    "in",
    "collectionFormat",
    "allowEmptyValue",
    "summary",
    "id",
    "then",
];

fn descriptions() -> Vec<PathBuf> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let specs = tests.join("../../spec");
    let mut found = vec![
        tests.join("clients/kitchen-sink.yaml"),
        specs.join("losant/openapi.yaml"),
        specs.join("snyk/openapi.yaml"),
    ];
    for folder in ["cases", "corpus", "problems"] {
        for entry in std::fs::read_dir(tests.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let inside = ["openapi.yaml", "openapi.json"].map(|name| path.join(name));
            found.extend([path].into_iter().chain(inside).filter(|path| {
                let described = path
                    .extension()
                    .is_some_and(|it| it == "yaml" || it == "json");
                described && path.is_file()
            }));
        }
    }
    let also = std::env::var("SDKWRIGHT_ALSO").unwrap_or_default();
    found.extend(
        also.split(':')
            .filter(|path| !path.is_empty())
            .map(PathBuf::from),
    );
    found.sort();
    found
}

#[test]
fn all_that_is_untyped_is_explained() {
    let mut unexplained = String::new();
    let (mut silent, mut reported, mut counted) = (0, 0, 0);
    for path in descriptions() {
        let mut problems = Problems::new();
        let Some(sources) = Sources::load(&path, &mut problems) else {
            continue;
        };
        let Some(api) = pipeline::api(&sources, &mut problems) else {
            continue;
        };
        let untyped = rust::untyped(&api);
        let document = sources.root().to_json();
        for pointer in unsaid(&api, &untyped, &sources) {
            let says = document
                .pointer(&pointer)
                .map(|node| said(node, &document, 0));
            match says.flatten() {
                None => silent += 1,
                Some(keyword) => {
                    unexplained.push_str(&format!("{}{pointer}: {keyword}\n", path.display()));
                }
            }
        }
        reported += untyped.iter().filter(|each| each.reason.is_some()).count();
        counted += count(&api, &untyped, &path, &mut unexplained);
    }
    assert!(unexplained.is_empty(), "{unexplained}");
    let enough = silent > 30 && reported > 15 && counted > 100;
    assert!(
        enough,
        "only {silent} silent, {reported} reported, {counted} records counted"
    );
    println!("{silent} silent, {reported} reported, {counted} records counted");
}

/// The places of the schemas that are said to say nothing: of each untyped value without a
/// reason, and of each list and map of such values that has no place of its own.
fn unsaid(api: &Api, untyped: &[Untyped], sources: &Sources) -> Vec<String> {
    let nowhere: HashSet<TypeId> = untyped
        .iter()
        .filter(|each| api.types.get(each.id).at == At::default())
        .map(|each| each.id)
        .collect();
    let with_reason: HashSet<TypeId> = untyped
        .iter()
        .filter(|each| each.reason.is_some())
        .map(|each| each.id)
        .collect();
    let own = untyped
        .iter()
        .filter(|each| each.reason.is_none())
        .map(|each| each.id);
    let holders = api.types.iter().filter(|(id, ty)| {
        let inner = match ty.shape {
            Shape::List(inner) | Shape::Map(inner) => Some(inner),
            _ => None,
        };
        inner.is_some_and(|inner| nowhere.contains(&inner)) && !with_reason.contains(id)
    });
    own.chain(holders.map(|(id, _)| id))
        .filter(|id| !nowhere.contains(id))
        .filter_map(|id| Some(sources.locate(api.types.get(id).at)?.pointer))
        .collect()
}

/// A keyword by which a schema says what its values are, beyond that they are arrays or objects;
/// `None` if it says nothing.
fn said(node: &Value, document: &Value, depth: usize) -> Option<String> {
    let Value::Object(keywords) = node else {
        return None;
    };
    if let Some(reference) = keywords.get("$ref").and_then(Value::as_str) {
        // References in a circle say nothing.
        let target = (depth < 40).then(|| document.pointer(reference.strip_prefix('#')?));
        return match target.flatten() {
            Some(target) => said(target, document, depth + 1),
            None => None,
        };
    }
    keywords.iter().find_map(|(key, value)| {
        let silent = |node: &Value| said(node, document, depth + 1).is_none();
        let members = || value.as_array().into_iter().flatten();
        let says = match key.as_str() {
            key if ANNOTATIONS.contains(&key) || key.starts_with("x-") => false,
            // The list or map itself is typed.
            "type" => !matches!(value.as_str(), Some("array" | "object")) && !value.is_null(),
            "items" => value.is_object() && !silent(value),
            "additionalProperties" => value.is_object() && !silent(value),
            "oneOf" | "anyOf" => !members().any(silent) && members().next().is_some(),
            "allOf" => !members().all(silent),
            "properties" | "patternProperties" => {
                value.as_object().is_some_and(|map| !map.is_empty())
            }
            "enum" | "prefixItems" => members().next().is_some(),
            // What a typed list or map cannot say in Rust.
            "required" | "format" | "minItems" | "maxItems" | "uniqueItems" | "minProperties"
            | "maxProperties" => !keywords.contains_key("type"),
            _ => true,
        };
        says.then(|| format!("`{key}: {value}`"))
    })
}

/// Counts, for each record of a component, the values of any JSON among its fields in the plan,
/// and compares with the untyped types that its fields lead to. Says how many records it was.
fn count(api: &Api, untyped: &[Untyped], path: &Path, wrong: &mut String) -> usize {
    let options = ClientOptions {
        formats: sdkwright::formats::Formats::default(),
        name: "pets".to_owned(),
        version: "0.1.0".to_owned(),
        license: None,
        package: Package::default(),
        description: "openapi.yaml".to_owned(),
        checks: false,
        runtime: None,
    };
    let plan = serde_json::to_value(rust::plan(api, &options)).unwrap();
    let untyped: HashSet<TypeId> = untyped
        .iter()
        .filter(|each| !matches!(api.types.get(each.id).shape, Shape::Union(_)))
        .filter(|each| match api.types.get(each.id).shape {
            Shape::List(inner) | Shape::Map(inner) => each.id == inner || is_circle(api, each.id),
            _ => true,
        })
        .map(|each| each.id)
        .collect();
    let records: HashMap<&str, TypeId> = api
        .types
        .iter()
        .filter(|(_, ty)| matches!(ty.shape, Shape::Record(_)))
        .filter_map(|(id, ty)| Some((ty.key.as_deref()?, id)))
        .collect();
    let mut counted = 0;
    for group in plan["types"].as_array().unwrap() {
        for ty in group["types"].as_array().unwrap() {
            let id = records.get(ty["origin"].as_str().unwrap());
            let (Some(id), record @ Value::Object(_)) = (id, &ty["kind"]["Record"]) else {
                continue;
            };
            let Shape::Record(shape) = &api.types.get(*id).shape else {
                continue;
            };
            let rest = match shape.rest {
                Rest::Typed(rest) => Some(rest),
                Rest::Ignored | Rest::Closed => None,
            };
            let parts = shape.fields.iter().map(|field| field.ty).chain(rest);
            let expected: usize = parts.map(|part| leaves(api, &untyped, part)).sum();
            let fields = record["fields"]
                .as_array()
                .unwrap()
                .iter()
                .map(|field| &field["ty"]);
            let found: usize = fields.chain([&record["rest"]]).map(json_leaves).sum();
            if found != expected {
                let name = &ty["name"];
                let path = path.display();
                wrong.push_str(&format!(
                    "{path}: {name} has {found} Json, {expected} explained\n"
                ));
            }
            counted += 1;
        }
    }
    counted
}

/// Whether a list or a map holds nothing but itself.
fn is_circle(api: &Api, id: TypeId) -> bool {
    let mut seen = HashSet::new();
    let mut next = id;
    while seen.insert(next) {
        match api.types.get(next).shape {
            Shape::List(inner) | Shape::Map(inner) | Shape::Alias(inner) => next = inner,
            _ => return false,
        }
    }
    true
}

/// The values of any JSON in the spelling of a type.
fn leaves(api: &Api, untyped: &HashSet<TypeId>, id: TypeId) -> usize {
    let ty = api.types.get(id);
    match ty.shape {
        // A component has a name of its own, whatever it is.
        _ if ty.key.is_some() => 0,
        _ if untyped.contains(&id) => 1,
        Shape::List(inner) | Shape::Map(inner) | Shape::Alias(inner) => leaves(api, untyped, inner),
        _ => 0,
    }
}

fn json_leaves(ty: &Value) -> usize {
    match ty {
        Value::String(word) => usize::from(word == "Json"),
        Value::Array(all) => all.iter().map(json_leaves).sum(),
        // A type of the crate may be called `Json` itself.
        Value::Object(map) if map.contains_key("Named") => 0,
        Value::Object(map) => map.values().map(json_leaves).sum(),
        _ => 0,
    }
}
