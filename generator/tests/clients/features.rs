//! A large client: each resource is a feature, and each feature compiles alone.

use std::fmt::Write;

use sdkwright::diagnostic::Problems;
use sdkwright::formats::Formats;
use sdkwright::pipeline::{self, ClientOptions, Package};
use sdkwright::source::Sources;

use crate::throwaway::Throwaway;

/// More operations than a small crate has: three resources of forty. Each has a type of its own;
/// two share a record, all share the error, and two share an inline enum of a parameter. A fourth
/// is called like a feature that every crate has.
fn description() -> String {
    let mut text = String::from(
        "openapi: 3.1.1\n\
         info: { title: Large API, version: '1' }\n\
         components:\n  \
           parameters:\n    \
             order: { name: order, in: query, schema: { type: string, enum: [up, down] } }\n  \
           schemas:\n    \
             error: { type: object, properties: { message: { type: string } } }\n    \
             address: { type: object, properties: { street: { type: string } } }\n",
    );
    let resources = ["cats", "dogs", "birds", "blocking"];
    for resource in resources {
        let shared = match resource {
            "birds" | "blocking" => "",
            _ => ", home: { $ref: '#/components/schemas/address' }",
        };
        let _ = writeln!(
            text,
            "    {resource}: {{ type: object, properties: {{ name: {{ type: string }}{shared} }} }}"
        );
    }
    text.push_str("paths:\n");
    for resource in resources {
        for number in 0..40 {
            let parameters = match resource {
                "cats" => "",
                _ => "      parameters: [{ $ref: '#/components/parameters/order' }]\n",
            };
            let _ = write!(
                text,
                "  /{resource}/{number}:\n    get:\n      operationId: {resource}.get{number}\n\
                 {parameters}      responses:\n        '200':\n          description: one\n          \
                 content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{resource}' }} }} }}\n        \
                 '404':\n          description: none\n          \
                 content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/error' }} }} }}\n"
            );
        }
    }
    text
}

#[test]
fn each_feature_compiles_alone() {
    let mut problems = Problems::new();
    let sources = Sources::from_text("large.yaml", description(), &mut problems);
    let sources = sources.expect("a description");
    let api = pipeline::api(&sources, &mut problems).expect("an API");
    let options = ClientOptions {
        name: "large".to_owned(),
        version: "0.1.0".to_owned(),
        license: None,
        package: Package::default(),
        formats: Formats::default(),
        description: "large.yaml".to_owned(),
        checks: false,
        runtime: None,
    };
    let tree = pipeline::client(&api, &options, &mut problems).expect("a client");
    assert!(problems.is_empty(), "{:#?}", problems.sorted());
    let manifest = tree.get("Cargo.toml").expect("a manifest");
    assert!(
        manifest.contains(
            "all = [\n  \"cats\",\n  \"dogs\",\n  \"birds\",\n  \"blocking-resource\",\n]\n"
        ),
        "{manifest}"
    );
    let readme = tree.get("README.md").expect("a README");
    assert!(
        readme.contains("features = [\"rustls\", \"http2\", \"cats\"]\n"),
        "{readme}"
    );
    let of_cats = tree.get("src/types.rs").expect("types");
    assert!(
        of_cats.contains("pub struct Error"),
        "what all reach is always compiled"
    );
    assert!(
        !of_cats.contains("pub struct Cats"),
        "what one reaches is not"
    );

    let dependency = "large = { path = \"src/large\", default-features = false }";
    let made = Throwaway::new("sdkwright-large", dependency);
    for (path, text) in tree.iter() {
        made.write(&format!("src/large/{path}"), text);
    }
    made.write("src/lib.rs", "");
    for features in [
        "large/cats",
        "large/dogs",
        "large/cats,large/birds",
        "large/blocking-resource",
        "large/all",
    ] {
        made.cargo(&["check", "--features", features]);
    }

    let compares = "pub fn alike(one: &large::types::Error, other: &large::types::Error) -> bool {\n    \
                    one == other\n}\n";
    made.write("src/lib.rs", compares);
    for features in ["large/cats,large/partial-eq", "large/cats,large/test-util"] {
        made.cargo(&["check", "--features", features]);
    }
}
