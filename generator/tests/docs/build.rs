//! An `Api` from a few lines of OpenAPI, for tests of what stands after it.
//!
//! It reads only what these tests need, and does not check it; reading real descriptions is
//! tested elsewhere.

use std::collections::HashMap;

use sdkwright::diagnostic::At;
use sdkwright::ir::{
    Api, Body, Constraints, EnumValue, Field, MediaType, Method, Operation, Parameter, PathPart,
    Place, Record, Requirement, RequirementPart, Resource, Response, Rest, SchemaDoc, Scheme,
    SchemeId, SchemeKind, Server, Shape, Status, Style, Type, TypeId, TypeWord, Types, Union,
    Visibility,
};
use serde_json::{Map, Value};

/// The API of a description in YAML, its examples completed.
pub(crate) fn api(yaml: &str) -> Api {
    let document: Value = serde_yaml::from_str(yaml).unwrap();
    let mut api = Builder::new(&document).api();
    sdkwright::passes::examples::complete(&mut api);
    api
}

struct Builder<'a> {
    document: &'a Value,
    types: Types,
    components: HashMap<String, TypeId>,
    schemes: Vec<String>,
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(ToOwned::to_owned)
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn given(value: &Value) -> Option<Value> {
    (!value.is_null()).then(|| value.clone())
}

impl<'a> Builder<'a> {
    fn new(document: &'a Value) -> Self {
        let mut this = Self {
            document,
            types: Types::default(),
            components: HashMap::new(),
            schemes: members(&document["components"]["securitySchemes"])
                .map(|(key, _)| key.clone())
                .collect(),
        };
        let schemas = &document["components"]["schemas"];
        for (key, _) in members(schemas) {
            let id = this.types.push(this.blank(&Value::Null));
            this.components.insert(key.clone(), id);
        }
        for (key, schema) in members(schemas) {
            let mut node = this.node(schema);
            node.key = Some(key.clone());
            *this.types.get_mut(this.components[key]) = node;
        }
        this
    }

    fn api(mut self) -> Api {
        let resources = self.resources();
        let document = self.document;
        let schemas = members(&document["components"]["schemas"]);
        let docs = schemas.map(|(key, schema)| self.doc(key, schema)).collect();
        let scheme = |(key, scheme): (&String, &Value)| self.scheme(key, scheme);
        let schemes = members(&document["components"]["securitySchemes"]);
        Api {
            title: text(&document["info"]["title"]).unwrap_or_default(),
            version: text(&document["info"]["version"]).unwrap_or_default(),
            description: None,
            servers: list(&document["servers"])
                .map(|server| Server {
                    url: text(&server["url"]).unwrap(),
                    description: None,
                })
                .collect(),
            schemes: schemes.map(scheme).collect(),
            resources,
            schemas: docs,
            types: self.types,
        }
    }

    fn resources(&mut self) -> Vec<Resource> {
        let mut resources: Vec<Resource> = Vec::new();
        for (path, item) in members(&self.document["paths"]) {
            for (method, operation) in members(item) {
                let Some(method) = method_of(method) else {
                    continue;
                };
                let (key, operation) = self.operation(path, item, method, operation);
                match resources.iter_mut().find(|resource| resource.key == key) {
                    Some(resource) => resource.operations.push(operation),
                    None => resources.push(Resource {
                        key,
                        description: None,
                        operations: vec![operation],
                    }),
                }
            }
        }
        resources
    }

    fn operation(
        &mut self,
        path: &str,
        item: &Value,
        method: Method,
        operation: &Value,
    ) -> (String, Operation) {
        let id = text(&operation["operationId"]).unwrap();
        let (key, action) = match id.split_once('.') {
            Some((key, action)) => (key.to_owned(), action.to_owned()),
            None => (text(&operation["tags"][0]).unwrap(), id.clone()),
        };
        let parameters = list(&item["parameters"]).chain(list(&operation["parameters"]));
        let parameters = parameters.map(|each| self.parameter(each)).collect();
        let responses = members(&operation["responses"]);
        let responses = responses
            .map(|(code, each)| self.response(code, each))
            .collect();
        let operation = Operation {
            at: At::default(),
            action,
            method,
            path: path.to_owned(),
            path_parts: path_parts(path),
            summary: text(&operation["summary"]),
            description: text(&operation["description"]),
            deprecated: operation["deprecated"] == true,
            parameters,
            body: self.body(operation),
            responses,
            security: list(&operation["security"])
                .map(|each| self.requirement(each))
                .collect(),
            server: None,
            pagination: None,
            id: Some(id),
        };
        (key, operation)
    }

    fn parameter(&mut self, parameter: &Value) -> Parameter {
        let document = self.document;
        let parameter = match parameter["$ref"].as_str() {
            Some(reference) => document.pointer(&reference[1..]).unwrap(),
            None => parameter,
        };
        let content = members(&parameter["content"]).next();
        let schema = content.map_or(&parameter["schema"], |(_, content)| &content["schema"]);
        let place = match parameter["in"].as_str().unwrap() {
            "path" => Place::Path,
            "query" => Place::Query,
            "header" => Place::Header,
            _ => Place::Cookie,
        };
        let style = match (parameter["style"].as_str(), place) {
            (Some("deepObject"), _) => Style::DeepObject,
            (_, Place::Query) => Style::Form,
            _ => Style::Simple,
        };
        Parameter {
            at: At::default(),
            name: text(&parameter["name"]).unwrap(),
            place,
            required: parameter["required"] == true,
            description: text(&parameter["description"]),
            deprecated: parameter["deprecated"] == true,
            ty: self.ty(schema),
            explode: parameter["explode"]
                .as_bool()
                .unwrap_or(style == Style::Form),
            style,
            allow_reserved: false,
            content: content.map(|(name, _)| name.clone()),
            example: given(&parameter["example"]).or(given(&schema["example"])),
            default: given(&schema["default"]),
            visibility: match &parameter["x-internal"] {
                Value::Bool(true) => Visibility::Internal,
                Value::Array(formats) => {
                    Visibility::HiddenIn(formats.iter().filter_map(text).collect())
                }
                _ => Visibility::Public,
            },
            scope: sdkwright::ir::Scope::Call,
        }
    }

    fn body(&mut self, operation: &Value) -> Option<Body> {
        let body = operation.get("requestBody")?;
        Some(Body {
            at: At::default(),
            name: text(&operation["x-codegen-request-body-name"]).unwrap_or("body".to_owned()),
            position: body["x-position"].as_u64().map(|place| place as usize),
            description: text(&body["description"]),
            required: body["required"] == true,
            content: self.content(body),
        })
    }

    fn response(&mut self, code: &str, response: &Value) -> Response {
        Response {
            at: At::default(),
            status: match code {
                "default" => Status::Default,
                code => match code.strip_suffix("XX") {
                    Some(range) => Status::Range(range.parse().unwrap()),
                    None => Status::Code(code.parse().unwrap()),
                },
            },
            description: text(&response["description"]).unwrap_or_default(),
            headers: Vec::new(),
            content: self.content(response),
        }
    }

    fn content(&mut self, holder: &Value) -> Vec<MediaType> {
        members(&holder["content"])
            .map(|(name, content)| MediaType {
                at: At::default(),
                name: name.clone(),
                ty: content.get("schema").map(|schema| self.ty(schema)),
                example: given(&content["example"]),
            })
            .collect()
    }

    fn requirement(&self, requirement: &Value) -> Requirement {
        let place = |key: &String| self.schemes.iter().position(|scheme| scheme == key);
        Requirement {
            parts: members(requirement)
                .map(|(key, scopes)| RequirementPart {
                    scheme: SchemeId(place(key).unwrap()),
                    scopes: list(scopes).filter_map(text).collect(),
                })
                .collect(),
        }
    }

    fn scheme(&self, key: &str, scheme: &Value) -> Scheme {
        Scheme {
            key: key.to_owned(),
            description: text(&scheme["description"]),
            kind: if scheme["type"] == "apiKey" {
                SchemeKind::ApiKey {
                    place: Place::Header,
                    name: text(&scheme["name"]).unwrap(),
                    prefix: text(&scheme["x-prefix"]).unwrap_or_default(),
                }
            } else {
                SchemeKind::Bearer
            },
            scopes: members(&scheme["x-scopes"])
                .map(|(key, title)| (key.clone(), text(title).unwrap()))
                .collect(),
        }
    }

    fn doc(&self, key: &str, schema: &Value) -> SchemaDoc {
        let without = ["title", "description", "example"];
        let definition: Map<String, Value> = members(schema)
            .filter(|(name, _)| !without.contains(&name.as_str()))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        SchemaDoc {
            key: key.to_owned(),
            title: text(&schema["title"]),
            description: text(&schema["description"]),
            definition: definition.into(),
            example: given(&schema["example"]),
            ty: self.components[key],
        }
    }

    fn ty(&mut self, schema: &Value) -> TypeId {
        if let Some(reference) = schema["$ref"].as_str() {
            let key = reference.rsplit('/').next().unwrap();
            return self.components[key];
        }
        let node = self.node(schema);
        self.types.push(node)
    }

    fn node(&mut self, schema: &Value) -> Type {
        let mut node = self.blank(schema);
        node.shape = self.shape(schema);
        node
    }

    fn blank(&self, schema: &Value) -> Type {
        let number = |name: &str| schema[name].as_number().cloned();
        Type {
            at: At::default(),
            key: None,
            title: text(&schema["title"]),
            description: text(&schema["description"]),
            deprecated: schema["deprecated"] == true,
            nullable: false,
            words: schema["type"].as_str().map(word).into_iter().collect(),
            format: text(&schema["format"]),
            constraints: Constraints {
                minimum: number("minimum"),
                maximum: number("maximum"),
                pattern: text(&schema["pattern"]),
                ..Constraints::default()
            },
            default: given(&schema["default"]),
            example: given(&schema["example"]),
            shape: Shape::Any,
        }
    }

    fn shape(&mut self, schema: &Value) -> Shape {
        let value = |value: &Value| EnumValue {
            value: value.clone(),
            name: None,
            description: None,
        };
        if let Some(only) = schema.get("const") {
            return Shape::Enum(vec![value(only)]);
        }
        if schema["enum"].is_array() {
            return Shape::Enum(list(&schema["enum"]).map(value).collect());
        }
        if schema["oneOf"].is_array() {
            return Shape::Union(Union {
                variants: list(&schema["oneOf"]).map(|each| self.ty(each)).collect(),
                discriminator: None,
            });
        }
        match schema["type"].as_str() {
            Some("string") => Shape::String,
            Some("number") => Shape::Number,
            Some("integer") => Shape::Integer,
            Some("boolean") => Shape::Boolean,
            Some("array") => Shape::List(self.ty(&schema["items"])),
            Some("object") => Shape::Record(self.record(schema)),
            _ => Shape::Any,
        }
    }

    fn record(&mut self, schema: &Value) -> Record {
        let required: Vec<&str> = list(&schema["required"])
            .filter_map(Value::as_str)
            .collect();
        let fields = members(&schema["properties"]).map(|(name, field)| Field {
            at: At::default(),
            name: name.clone(),
            ty: self.ty(field),
            required: required.contains(&name.as_str()),
            description: text(&field["description"]),
            deprecated: false,
            read_only: false,
            write_only: false,
        });
        Record {
            fields: fields.collect(),
            rest: Rest::Ignored,
        }
    }
}

fn method_of(method: &str) -> Option<Method> {
    Some(match method {
        "get" => Method::Get,
        "put" => Method::Put,
        "post" => Method::Post,
        "patch" => Method::Patch,
        "delete" => Method::Delete,
        _ => return None,
    })
}

fn path_parts(path: &str) -> Vec<PathPart> {
    let pieces = path.split(['{', '}']).enumerate();
    let pieces = pieces.filter(|(_, piece)| !piece.is_empty());
    pieces
        .map(|(place, piece)| match place % 2 {
            0 => PathPart::Text(piece.to_owned()),
            _ => PathPart::Parameter(piece.to_owned()),
        })
        .collect()
}

fn word(word: &str) -> TypeWord {
    match word {
        "string" => TypeWord::String,
        "number" => TypeWord::Number,
        "integer" => TypeWord::Integer,
        "boolean" => TypeWord::Boolean,
        "array" => TypeWord::Array,
        _ => TypeWord::Object,
    }
}
