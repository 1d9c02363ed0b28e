//! References to every kind of object in other files, which refer back to the first.

use std::fs;

use sdkwright::diagnostic::Problems;
use sdkwright::ir::Shape;
use sdkwright::pipeline;
use tempfile::TempDir;

const FILES: [(&str, &str); 5] = [
    (
        "openapi.yaml",
        r#"openapi: 3.1.1
info: { title: Pets, version: '1' }
paths:
  /pets: { $ref: 'parts/paths.yaml#/pets' }
components:
  schemas:
    Owner: { type: object, properties: { pets: { type: array, items: { $ref: 'parts/types.yaml#/definitions/Pet' } } } }
definitions:
  Size: { type: string, enum: [small, large] }
"#,
    ),
    (
        "parts/paths.yaml",
        r#"pets:
  post:
    operationId: pets.create
    parameters: [{ $ref: 'params.yaml#/limit' }]
    requestBody: { $ref: '#/bodies/Pet' }
    responses:
      '200': { $ref: 'responses.yaml' }
bodies:
  Pet: { content: { application/json: { schema: { $ref: './types.yaml#/definitions/Pet' }, examples: { a: { $ref: '#/examples/a' } } } } }
examples:
  a: { value: { name: Rex } }
"#,
    ),
    (
        "parts/params.yaml",
        r#"limit: { name: limit, in: query, schema: { $ref: '../openapi.yaml#/definitions/Size' } }
"#,
    ),
    (
        "parts/responses.yaml",
        r#"description: The pet
headers: { X-Total: { $ref: '#/total' } }
content: { application/json: { schema: { $ref: 'types.yaml#/definitions/Pet' } } }
total: { schema: { type: integer } }
"#,
    ),
    (
        "parts/types.yaml",
        r#"definitions:
  Pet: { type: object, properties: { name: { type: string }, owner: { $ref: '../openapi.yaml#/components/schemas/Owner' }, size: { $ref: '../openapi.yaml#/definitions/Size' } } }
"#,
    ),
];

/// A description that is put together of files by references that stand for whole fields, and in
/// whose parts `#/…` means the whole.
const PUT_TOGETHER: [(&str, &str); 5] = [
    (
        "openapi.yaml",
        r#"openapi: 3.0.3
info: { $ref: info.yaml }
tags: { $ref: 'info.yaml#/tags' }
paths: { $ref: paths.yaml }
components: { $ref: components.yaml }
"#,
    ),
    (
        "info.yaml",
        r#"title: Pets
version: '1'
tags: [{ name: pets, description: All of them }]
"#,
    ),
    (
        "paths.yaml",
        r#"/pets:
  get:
    operationId: pets.list
    parameters: { $ref: 'components.yaml#/lists' }
    responses: { $ref: 'components.yaml#/answers' }
"#,
    ),
    (
        "components.yaml",
        r#"schemas: { $ref: schemas.yaml }
lists: [{ name: limit, in: query, schema: { $ref: '#/components/schemas/Limit' } }]
answers:
  '200': { description: Good, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
"#,
    ),
    (
        "schemas.yaml",
        r#"Limit: { type: integer }
Pet: { type: object, properties: { limit: { $ref: '#/Limit' }, mate: { $ref: '#/components/schemas/Pet' } } }
"#,
    ),
];

#[test]
fn references_may_stand_for_whole_fields_and_on_the_way_of_others() {
    let folder = TempDir::new().unwrap();
    for (path, text) in PUT_TOGETHER {
        fs::write(folder.path().join(path), text).unwrap();
    }
    let mut problems = Problems::new();
    let read = pipeline::read(&folder.path().join("openapi.yaml"), &mut problems);
    let api = read.api.unwrap();
    assert!(problems.is_empty(), "{:?}", problems.sorted());
    assert_eq!(api.title, "Pets");
    let [pets] = &api.resources[..] else {
        panic!("{:?}", api.resources);
    };
    assert_eq!(pets.description.as_deref(), Some("All of them"));
    let [list] = &pets.operations[..] else {
        panic!("{:?}", pets.operations);
    };
    assert_eq!(list.parameters[0].name, "limit");
    let answer = list.responses[0].content[0].ty.unwrap();
    let Shape::Record(pet) = &api.types.get(api.types.resolve(answer)).shape else {
        panic!("no record");
    };
    let fields: Vec<&str> = pet.fields.iter().map(|field| &*field.name).collect();
    assert_eq!(fields, ["limit", "mate"]);
}

#[test]
fn references_on_the_way_that_lead_to_each_other_end() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("openapi.yaml");
    let text = r#"openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      responses: { '200': { $ref: '#/x/one/deep' } }
x:
  one: { $ref: '#/x/two/deep' }
  two: { $ref: '#/x/one/deep' }
"#;
    fs::write(&path, text).unwrap();
    let mut problems = Problems::new();
    let read = pipeline::read(&path, &mut problems);
    assert!(read.api.is_some());
    let codes: Vec<&str> = problems.sorted().iter().map(|each| each.code.0).collect();
    // Each of the three is told of where it stands.
    assert_eq!(codes, ["unresolved-ref"; 3]);
}

#[test]
fn files_that_refer_to_each_other_are_one_description() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("parts")).unwrap();
    for (path, text) in FILES {
        fs::write(folder.path().join(path), text).unwrap();
    }
    let mut problems = Problems::new();
    let read = pipeline::read(&folder.path().join("openapi.yaml"), &mut problems);
    assert!(problems.is_empty(), "{:?}", problems.sorted());
    let api = read.api.unwrap();

    let operation = &api.resources[0].operations[0];
    assert_eq!(operation.parameters[0].name, "limit");
    let size = api.types.get(api.types.resolve(operation.parameters[0].ty));
    assert!(matches!(&size.shape, Shape::Enum(values) if values.len() == 2));
    let response = &operation.responses[0];
    assert_eq!(response.headers[0].name, "X-Total");
    let media = &operation.body.as_ref().unwrap().content[0];
    assert_eq!(media.example, Some(serde_json::json!({ "name": "Rex" })));
    // The type is one and the same, wherever it is referred to from.
    assert_eq!(media.ty, response.content[0].ty);
}

#[test]
fn an_anchor_of_a_file_is_found_by_its_path_whatever_the_file_calls_itself() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("openapi.yaml");
    let text = r#"openapi: 3.1.1
info: { title: Pets, version: '1' }
components:
  schemas:
    Size: { $ref: 'pet.json#size' }
"#;
    fs::write(&path, text).unwrap();
    let pet = r#"{ "$id": "https://schemas.example/pet", "$defs": { "s": { "$anchor": "size", "type": "integer" } } }"#;
    fs::write(folder.path().join("pet.json"), pet).unwrap();
    let mut problems = Problems::new();
    pipeline::read(&path, &mut problems);
    assert!(problems.is_empty(), "{:?}", problems.sorted());
}
