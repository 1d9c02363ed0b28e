//! One API of the types of many descriptions, so that one crate has them all: each component
//! under a name of its own, and one operation that takes and returns every one of them, so that
//! each is both written and read.

use std::path::{Path, PathBuf};

use sdkwright::diagnostic::Problems;
use sdkwright::ir::{Api, Field, Record, Resource, Rest, Shape, Tuple, Type, TypeId, Union};
use sdkwright::pipeline;
use sdkwright::source::Sources;

use crate::described;

/// The types of the cases, the specifications and the kitchen sink.
pub(crate) struct Merged {
    pub(crate) api: Api,
    /// The components, by their keys.
    pub(crate) roots: Vec<(String, TypeId)>,
}

/// Brings the descriptions together.
pub(crate) fn merged() -> Merged {
    let mut api = described::api("generator/tests/clients/kitchen-sink.yaml");
    api.schemes.clear();
    api.schemas.clear();
    let mut merged = Merged {
        roots: Vec::new(),
        api: Api {
            types: sdkwright::ir::Types::default(),
            resources: Vec::new(),
            ..api.clone()
        },
    };
    for (name, description) in descriptions() {
        let mut problems = Problems::new();
        let sources = Sources::load(&description, &mut problems);
        let api = sources.and_then(|sources| pipeline::api(&sources, &mut problems));
        merged.add(&name, &api.expect("a sound description"));
    }
    merged.speak(&api);
    merged
}

/// Every description, with a word for it.
fn descriptions() -> Vec<(String, PathBuf)> {
    let project = described::project();
    let mut all: Vec<(String, PathBuf)> = [
        ("Losant", "spec/losant/openapi.yaml"),
        ("Snyk", "spec/snyk/openapi.yaml"),
        ("Sink", "generator/tests/clients/kitchen-sink.yaml"),
    ]
    .map(|(name, path)| (name.to_owned(), project.join(path)))
    .into();
    let cases = project.join("generator/tests/cases");
    for entry in std::fs::read_dir(cases).expect("the cases") {
        let case = entry.expect("a case").path();
        let named = |name: &str| Some(case.join(name)).filter(|path| path.is_file());
        if let Some(path) = named("openapi.yaml").or_else(|| named("openapi.json")) {
            all.push((word(&case), path));
        }
    }
    all.sort();
    all
}

/// `all_of` as `Allof`: nothing that joins with a key in more than one way.
fn word(case: &Path) -> String {
    let name = case.file_name().and_then(|name| name.to_str());
    let name = name.unwrap_or_default().replace('_', "");
    let (first, rest) = name.split_at(1);
    first.to_uppercase() + rest
}

impl Merged {
    /// Adds the types of an API, each component under the key `<name>Of<key>`.
    fn add(&mut self, name: &str, api: &Api) {
        let offset = u32::try_from(self.api.types.iter().len()).expect("not so many types");
        let mut bodies = 0;
        for (_, ty) in api.types.iter() {
            let renamed = |key: &Option<String>| key.as_ref().map(|key| format!("{name}Of{key}"));
            let id = self.api.types.push(Type {
                key: renamed(&ty.key),
                form_of: renamed(&ty.form_of),
                shape: moved(&ty.shape, offset),
                ..ty.clone()
            });
            if let Some(key) = renamed(&ty.key) {
                self.roots.push((key, id));
            }
        }
        // Schemas that stand in operations have no key of their own.
        for (_, _, operation) in api.operations() {
            let request = operation.body.iter().flat_map(|body| &body.content);
            let responses = operation.responses.iter().flat_map(|each| &each.content);
            let content = request.chain(responses);
            // The data of an event is no part of any JSON.
            let content = content.filter(|media| !media.is_event_stream());
            let content = content.filter_map(|media| media.ty);
            let parameters = operation.parameters.iter().map(|parameter| parameter.ty);
            for ty in content.chain(parameters) {
                let id = TypeId(ty.0 + offset);
                if self.api.types.get(id).key.is_none() {
                    let key = format!("{name}Inline{bodies}");
                    self.api.types.get_mut(id).key = Some(key.clone());
                    self.roots.push((key, id));
                    bodies += 1;
                }
            }
        }
    }

    /// Adds the operation that speaks of every component.
    fn speak(&mut self, pattern: &Api) {
        let roots = self.roots.iter().enumerate();
        let fields = roots.map(|(index, (_, ty))| Field {
            at: self.api.types.get(*ty).at,
            name: format!("t{index}"),
            ty: *ty,
            required: false,
            description: None,
            deprecated: false,
            read_only: false,
            write_only: false,
            conditional: false,
        });
        let record = Record {
            fields: fields.collect(),
            rest: Rest::Ignored,
        };
        let everything = self.api.types.push(Type {
            key: Some("Everything".to_owned()),
            shape: Shape::Record(record),
            ..Type::blank(pattern.types.get(TypeId(0)).at)
        });
        let mut operation = described::operation(pattern, "sink.putTree").clone();
        let response = operation
            .responses
            .iter_mut()
            .flat_map(|each| &mut each.content);
        let request = operation.body.iter_mut().flat_map(|body| &mut body.content);
        for media in request.chain(response) {
            media.ty = Some(everything);
            media.example = None;
        }
        operation.security.clear();
        self.api.resources = vec![Resource {
            key: "all".to_owned(),
            description: None,
            operations: vec![operation],
        }];
    }
}

/// A shape whose types are that much further on.
fn moved(shape: &Shape, by: u32) -> Shape {
    let to = |id: TypeId| TypeId(id.0 + by);
    match shape {
        Shape::List(item) => Shape::List(to(*item)),
        Shape::Map(value) => Shape::Map(to(*value)),
        Shape::Alias(target) => Shape::Alias(to(*target)),
        Shape::Record(record) => Shape::Record(Record {
            fields: record
                .fields
                .iter()
                .map(|field| Field {
                    ty: to(field.ty),
                    ..field.clone()
                })
                .collect(),
            rest: match record.rest {
                Rest::Typed(rest) => Rest::Typed(to(rest)),
                rest => rest,
            },
        }),
        Shape::Tuple(tuple) => Shape::Tuple(Tuple {
            items: tuple.items.iter().copied().map(to).collect(),
            rest: tuple.rest.map(to),
            ..tuple.clone()
        }),
        Shape::Union(union) => Shape::Union(Union {
            variants: union.variants.iter().copied().map(to).collect(),
            discriminator: union.discriminator.as_ref().map(|(property, mapping)| {
                let moved = mapping.iter().map(|(value, id)| (value.clone(), to(*id)));
                (property.clone(), moved.collect())
            }),
            default: union.default.map(to),
        }),
        plain => plain.clone(),
    }
}
