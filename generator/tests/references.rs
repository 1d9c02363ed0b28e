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
