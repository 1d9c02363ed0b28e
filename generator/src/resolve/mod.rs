//! What the files say → what the API is.
//!
//! The only room that sees both `model` and `ir`. It follows references, applies what OpenAPI
//! inherits (path item → operation, document → operation), groups operations into resources
//! and turns schemas into types. Problems are reported and worked around where they can be;
//! whoever calls looks at the problems afterwards.

mod action;
mod closed;
mod headers_of_http;
mod names;
mod operations;
mod parameters;
mod path_query;
mod paths;
mod references;
mod rules;
mod schemas;
mod security;
mod tags;
mod types;

use crate::diagnostic::Problems;
use crate::ir::{Api, Rules};
use crate::model::{Bodies, Document, Reader};
use crate::parallel;
use crate::source::Sources;

use self::types::TypeResolver;

/// The API that the loaded files describe; `None` if they describe none.
pub fn resolve(sources: &Sources, problems: &mut Problems) -> Option<Api> {
    Some(resolved(sources, problems, false)?.0)
}

/// The same with the rules for values of its operations.
pub fn resolve_with_rules(sources: &Sources, problems: &mut Problems) -> Option<(Api, Rules)> {
    resolved(sources, problems, true)
}

fn resolved(sources: &Sources, problems: &mut Problems, ruled: bool) -> Option<(Api, Rules)> {
    let bodies = Bodies::of(sources);
    let mut reader = Reader::new(sources, &bodies, problems);
    let document = Document::read(sources.root(), &mut reader)?;
    let mut types = TypeResolver::new(&document);
    let schemes = security::schemes(&document, &mut reader);
    let schemas = schemas::documented(&document, &mut types, &mut reader);
    let resources = operations::resources(&document, &schemes, &mut types, &mut reader);
    let nodes = types.nodes();
    let (lost, types) = parallel::join(|| references::check(sources), || types.finish(&mut reader));
    // What is in use was reported by then.
    reader.problems.append(lost);
    let mut api = Api {
        title: document.info.title,
        version: document.info.version,
        description: document.info.description,
        servers: document
            .servers
            .into_iter()
            .map(operations::server)
            .collect(),
        schemes: schemes.into_iter().map(|(_, scheme)| scheme).collect(),
        resources,
        types,
        schemas,
        webhooks: document.webhooks,
    };
    parameters::inherit_from_types(&mut api);
    let rules = match ruled {
        true => rules::rules(&api, &nodes, sources, reader.version),
        false => Rules::default(),
    };
    Some((api, rules))
}
