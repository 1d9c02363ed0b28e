//! What is left of an operation when a part of it is left out, or stands beside another part.

#[cfg(test)]
mod tests {
    use std::fs;

    use sdkwright::diagnostic::Problems;
    use sdkwright::formats::Formats;
    use sdkwright::ir::Api;
    use sdkwright::pipeline::{self, ClientOptions, Package};

    const TEXT: &str = r#"openapi: 3.1.1
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: pets.list
      security: [{ lost: [] }, { token: [] }]
      responses:
        '400': { description: Wrong, content: { text/plain: {} } }
        4XX: { description: Refused, content: { text/plain: {} } }
    put:
      operationId: pets.put
      security: [{ lost: [] }]
      responses: { '204': { description: Done } }
components:
  securitySchemes: { token: { type: http, scheme: bearer } }
"#;

    fn api() -> Api {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("openapi.yaml");
        fs::write(&path, TEXT).unwrap();
        pipeline::read(&path, &mut Problems::new()).api.unwrap()
    }

    #[test]
    fn an_undeclared_scheme_takes_its_alternative_along() {
        let api = api();
        let [list, put] = &api.resources[0].operations[..] else {
            panic!("two operations");
        };
        let [only] = &list.security[..] else {
            panic!("{:?}", list.security);
        };
        assert_eq!(only.parts.len(), 1);
        assert!(put.security.is_empty());
    }

    #[test]
    fn a_range_of_statuses_begins_behind_one_that_has_an_arm() {
        let options = ClientOptions {
            formats: Formats::default(),
            checks: false,
            runtime: None,
            name: "pets".to_owned(),
            version: "0.1.0".to_owned(),
            license: None,
            package: Package::default(),
            description: "description".to_owned(),
        };
        let tree = pipeline::client(&api(), &options, &mut Problems::new()).unwrap();
        let (_, text) = tree
            .iter()
            .find(|(path, _)| *path == "src/pets.rs")
            .unwrap();
        assert!(text.contains("            400 => "), "{text}");
        assert!(text.contains("            401..=499 => "), "{text}");
    }
}
