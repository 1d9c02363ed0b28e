//! Blocks of JSON: a schema is the one of the description, everything else is good as the schema
//! that it stands under.
//!
//! Which schema that is, a reader is told by the page: by the heading on the pages of schemas,
//! elsewhere by the last link to a schema above the block. Schemas are those of the description
//! itself and not what was made of them.

use std::collections::HashMap;

use sdkwright::ir::Api;
use serde_json::{Map, Value, json};

use super::extract::{Around, Block};

/// The schemas of an API, as its description has them.
pub(crate) struct Schemas {
    schemas: Value,
    /// What pages call a schema in a link → its key.
    anchors: HashMap<String, String>,
}

impl Schemas {
    /// The schemas of a description, and how pages name them.
    pub(crate) fn of(api: &Api, schemas: &Value) -> Self {
        let mut anchors = HashMap::new();
        for doc in &api.schemas {
            anchors.insert(format!("schema.{}", doc.key), doc.key.clone());
            let title = doc.title.as_ref().unwrap_or(&doc.key);
            let anchor = title.to_lowercase().replace(' ', "-");
            anchors.entry(anchor).or_insert_with(|| doc.key.clone());
        }
        Self {
            schemas: schemas.clone(),
            anchors,
        }
    }

    /// Whether a block of JSON is what its page says it is; what it was held against.
    ///
    /// # Errors
    ///
    /// With what is wrong with it.
    pub(crate) fn judge(&self, block: &Block) -> Result<String, String> {
        let value: Value = serde_json::from_str(&block.text).map_err(|error| error.to_string())?;
        let around = &block.around;
        let heading = around.heading().map(|heading| &*heading.text);
        let own = around
            .headings
            .iter()
            .rev()
            .find_map(|each| self.named(&each.id));
        if around.summary.as_deref() == Some("JSON Schema") || heading == Some("Schema") {
            let key = own.ok_or("the heading above it names no schema")?;
            return self.is_schema(key, &value);
        }
        let key = match own {
            Some(key) => key,
            None => self
                .linked(around)
                .ok_or("nothing above it leads to a schema")?,
        };
        self.is_good(key, &value)
    }

    /// The schema of an id: of a heading (`thing-example`), or of a link (`thing`).
    fn named(&self, id: &str) -> Option<&str> {
        let ends = ["-schema", "-example", ".example", ""];
        let names = ends.iter().filter_map(|end| id.strip_suffix(end));
        let mut keys = names.filter_map(|name| self.anchors.get(name));
        keys.next().map(String::as_str)
    }

    /// The schema that the last link above a block leads to. An example response is that of the
    /// first response.
    fn linked(&self, around: &Around) -> Option<&str> {
        let is_response = around
            .heading()
            .is_some_and(|heading| heading.text == "Example response");
        let mut keys = around.links.iter().filter_map(|link| {
            let (page, fragment) = link.target.split_once('#')?;
            // A page of all schemas, or that of the one.
            let of_schemas = page.ends_with("schemas.md") || page.contains("_schema.");
            let key = of_schemas.then(|| self.named(fragment))?;
            Some((&*link.below, key?))
        });
        match is_response {
            true => keys.find(|(below, _)| *below == "Responses"),
            false => keys.next_back(),
        }
        .map(|(_, key)| key)
    }

    fn is_schema(&self, key: &str, value: &Value) -> Result<String, String> {
        if let Err(error) = jsonschema::meta::validate(value) {
            return Err(format!("it is no JSON Schema: {error}"));
        }
        let mut described = plain(&self.schemas[key]);
        if let Some(object) = described.as_object_mut() {
            for shown_elsewhere in ["title", "description", "example", "examples"] {
                object.shift_remove(shown_elsewhere);
            }
        }
        match plain(value) == described {
            true => Ok("the schema of the description".to_owned()),
            false => Err(format!(
                "it is not the schema `{key}` of the description, which is\n{described:#}"
            )),
        }
    }

    fn is_good(&self, key: &str, value: &Value) -> Result<String, String> {
        let schema = json!({
            "$ref": format!("#/components/schemas/{key}"),
            "components": { "schemas": self.schemas },
        });
        let validator = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .should_validate_formats(true)
            .build(&schema)
            .map_err(|error| format!("the schema `{key}` cannot be used: {error}"))?;
        let wrong: Vec<String> = validator
            .iter_errors(value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        match wrong.is_empty() {
            true => Ok("its JSON Schema".to_owned()),
            false => Err(format!("it breaks `{key}`: {}", wrong.join("; "))),
        }
    }
}

/// A schema without extensions, which mean nothing to a reader of JSON Schema, and with the
/// `example` of OpenAPI 3.0 as JSON Schema says it.
fn plain(schema: &Value) -> Value {
    match schema {
        Value::Object(object) => {
            let kept = object.iter().filter(|(key, _)| !key.starts_with("x-"));
            let kept: Map<String, Value> = kept.map(|(key, value)| keyword(key, value)).collect();
            Value::Object(kept)
        }
        Value::Array(items) => Value::Array(items.iter().map(plain).collect()),
        other => other.clone(),
    }
}

fn keyword(key: &str, value: &Value) -> (String, Value) {
    let value = match (key, value) {
        ("example", value) => return ("examples".to_owned(), json!([value])),
        ("enum" | "const" | "default" | "examples", value) => value.clone(),
        // The keys of these are names.
        (
            "properties" | "patternProperties" | "$defs" | "dependentSchemas",
            Value::Object(named),
        ) => {
            let named = named
                .iter()
                .map(|(name, schema)| (name.clone(), plain(schema)));
            Value::Object(named.collect())
        }
        (_, value) => plain(value),
    };
    (key.to_owned(), value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::extract;

    /// Two schemas, one of which refers to the other.
    fn schemas() -> Schemas {
        let schemas = json!({
            "pet": {
                "title": "A Pet", "type": "object", "required": ["name"], "x-code": "P",
                "properties": {
                    "name": { "type": "string", "example": "Rex" },
                    "owner": { "$ref": "#/components/schemas/owner" },
                },
            },
            "owner": { "type": "object", "properties": { "email": { "format": "email" } } },
        });
        let anchors = [("a-pet", "pet"), ("schema.pet", "pet"), ("owner", "owner")];
        let anchors = anchors.map(|(anchor, key)| (anchor.to_owned(), key.to_owned()));
        Schemas {
            schemas,
            anchors: anchors.into(),
        }
    }

    /// What is said of the first block of a page.
    fn judged(page: &str) -> Result<String, String> {
        let found = extract::markdown(page);
        schemas().judge(&found.blocks[0])
    }

    #[test]
    fn an_example_is_held_against_the_schema_of_its_heading() {
        let page = |json: &str| {
            format!("### <a name=\"a-pet-example\"></a> Example\n\n```json\n{json}\n```\n")
        };
        let good = judged(&page(
            r#"{ "name": "Rex", "owner": { "email": "a@b.example" } }"#,
        ));
        assert_eq!(good.unwrap(), "its JSON Schema");
        let wrong = judged(&page(r#"{ "name": 7 }"#)).unwrap_err();
        assert!(wrong.contains("it breaks `pet`: /name"), "{wrong}");
        let wrong = judged(&page(
            r#"{ "name": "Rex", "owner": { "email": "nobody" } }"#,
        ));
        assert!(wrong.unwrap_err().contains("/owner/email"));
        assert!(judged(&page("{ name }")).is_err());
    }

    #[test]
    fn an_example_is_held_against_the_schema_of_the_last_link() {
        let page = "## Get\n\n[Owner](schemas.md#owner)\n\n### Body\n\n[A Pet](schemas.md#a-pet)\n\n| a |\n| - |\n| [Owner](schemas.md#owner) |\n\n```json\n{}\n```\n";
        let wrong = judged(page).unwrap_err();
        assert!(wrong.contains("it breaks `pet`"), "{wrong}");
        assert!(judged("## Get\n\n```json\n{}\n```\n").is_err());
    }

    #[test]
    fn an_example_response_is_that_of_the_first_response() {
        let page = |json: &str| {
            format!(
                "## Get\n\n### Responses\n\n[A Pet](_schemas.md#a-pet)\n\n[Owner](_schemas.md#owner)\n\n### Example response\n\n```json\n{json}\n```\n"
            )
        };
        assert!(judged(&page(r#"{ "name": "Rex" }"#)).is_ok());
        assert!(judged(&page("{}")).unwrap_err().contains("`pet`"));
    }

    #[test]
    fn a_schema_is_that_of_the_description() {
        let page = |json: &str| {
            format!("### Schema <a name=\"a-pet-schema\"></a>\n\n```json\n{json}\n```\n")
        };
        let good = r##"{ "type": "object", "required": ["name"], "properties": {
            "name": { "type": "string", "examples": ["Rex"] },
            "owner": { "$ref": "#/components/schemas/owner" } } }"##;
        assert_eq!(
            judged(&page(good)).unwrap(),
            "the schema of the description"
        );
        let wrong = judged(&page(&good.replace("string", "integer"))).unwrap_err();
        assert!(wrong.contains("it is not the schema `pet`"), "{wrong}");
        let wrong = judged(&page(&good.replace("\"string\"", "7"))).unwrap_err();
        assert!(wrong.contains("it is no JSON Schema"), "{wrong}");
    }
}
