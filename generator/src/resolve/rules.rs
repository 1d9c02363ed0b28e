//! The rules for values: the schemas that parameters, bodies, answers and headers are held
//! against.

use std::collections::HashSet;

use rustc_hash::FxHashMap;

use super::closed::close_around;
use crate::diagnostic::At;
use crate::ir::{Api, Rules, TypeId};
use crate::model::{Version, schema_rules};
use crate::source::{Node, Sources};

/// A schema whose rules are asked for.
struct Wanted<'d> {
    name: String,
    node: &'d Node,
    /// Without its choices.
    bare: bool,
}

/// The rules that the operations of an API lead to; `nodes` are the schemas of its types.
pub(super) fn rules<'d>(
    api: &Api,
    nodes: &FxHashMap<At, &'d Node>,
    sources: &'d Sources,
    version: Version,
) -> Rules {
    let mut rules = Rules::default();
    let mut asked = HashSet::new();
    let mut waiting: Vec<Wanted<'d>> = Vec::new();
    for at in roots(api) {
        let name = Rules::name(at);
        if let Some(&node) = nodes.get(&at)
            && asked.insert(name.clone())
        {
            let bare = false;
            waiting.push(Wanted { name, node, bare });
        }
    }
    while let Some(Wanted { name, node, bare }) = waiting.pop() {
        let mut refer = |reference: &Node| {
            let target = sources.resolve(reference.at, reference.as_str()?).ok()?;
            let bare = offers(target, node, sources);
            let mut name = Rules::name(target.at);
            if bare {
                name.push_str("-bare");
            }
            if asked.insert(name.clone()) {
                let name = name.clone();
                let node = target;
                waiting.push(Wanted { name, node, bare });
            }
            Some(format!("{}{name}", Rules::BELOW))
        };
        let mut schema = schema_rules(node, version, &mut refer);
        if let Some(keywords) = schema.as_object_mut().filter(|_| bare) {
            keywords.retain(|key, _| !["oneOf", "anyOf"].contains(&&**key));
        }
        rules.schemas.insert(name, schema);
    }
    close_around(&mut rules);
    rules
}

/// Whether a schema offers another one as a choice: then that one, where it refers back, does not
/// mean the choice but what else the schema says.
fn offers(schema: &Node, member: &Node, sources: &Sources) -> bool {
    let choices = ["oneOf", "anyOf"].into_iter();
    let lists = choices.filter_map(|key| schema.get(key)?.as_list());
    lists.flatten().any(|each| {
        let target = each.reference().and_then(|reference| {
            let target = sources.resolve(reference.at, reference.as_str()?);
            target.ok()
        });
        target.is_some_and(|target| target.at == member.at)
    })
}

/// The places of the schemas that values of an operation are held against.
fn roots(api: &Api) -> Vec<At> {
    let place = |ty: TypeId| api.types.get(ty).at;
    let mut roots = Vec::new();
    for (_, _, operation) in api.operations() {
        let body = operation.body.iter().flat_map(|body| &body.content);
        let answers = operation.responses.iter();
        let content = body.chain(answers.flat_map(|response| &response.content));
        roots.extend(content.filter_map(|content| content.ty).map(place));
        let parameters = operation.parameters.iter();
        roots.extend(parameters.map(|parameter| place(parameter.ty)));
        let headers = operation.responses.iter();
        let headers = headers.flat_map(|response| &response.headers);
        roots.extend(headers.map(|header| place(header.ty)));
    }
    roots
}
