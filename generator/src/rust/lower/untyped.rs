//! Which types a crate has as `serde_json::Value`, and why, where their schemas say more.

use crate::formats::Formats;
use crate::ir::{Api, Shape, TypeId, Union};

use super::super::plan::Ty;
use super::Context;

/// A type that a crate has as any JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Untyped {
    /// The type.
    pub id: TypeId,
    /// Why it is so although its schema says more; `None` if it says nothing more.
    pub reason: Option<&'static str>,
    /// What could be done about it.
    pub help: &'static str,
}

/// What helps where a schema says too little.
pub const SAY_MORE: &str = "say what its values are: a `type`, `properties` or a reference";

/// All that are any JSON, or hold any JSON that is no type of its own, of what requests and
/// responses reach.
pub(in super::super) fn all(api: &Api) -> Vec<Untyped> {
    let formats = Formats::default();
    let context = Context::new(api, &formats);
    let reached = api
        .types
        .iter()
        .filter(|(id, _)| context.reach.reached(*id));
    let untyped = reached.filter_map(|(id, ty)| {
        let lost = context.lost(id);
        let lost = lost.or(ty.untyped.map(|reason| (reason, SAY_MORE)));
        let reason = lost.map(|(reason, _)| reason);
        let help = lost.map_or(SAY_MORE, |(_, help)| help);
        let is_json = context.spelled_type(id) == Ty::Json;
        let own = is_json
            && !context
                .names
                .get(id)
                .is_some_and(|_| super::names::is_defined(ty));
        (own || reason.is_some()).then_some(Untyped { id, reason, help })
    });
    untyped.collect()
}

impl Context<'_> {
    /// What the spelling of a type in Rust loses, and what helps.
    fn lost(&self, id: TypeId) -> Option<(&'static str, &'static str)> {
        let types = &self.api.types;
        match &types.get(id).shape {
            Shape::List(_) | Shape::Map(_) | Shape::Alias(_)
                if self.spelling.is_circular(id, id) =>
            {
                Some((
                    "it holds only itself, and has no name in Rust that could stand for it",
                    "write it among the components, and refer to it there",
                ))
            }
            Shape::Alias(_) if types.resolve(id) == id => {
                Some(("it is only a name for itself", SAY_MORE))
            }
            Shape::Union(union) => {
                let lost = union.variants.iter().any(|variant| {
                    self.choice.is_circular(id, *variant) && !self.adds_nothing(*variant, union)
                });
                lost.then_some((
                    "one of its choices leads back to it and is left out",
                    "let it have the choices of that one in its place",
                ))
            }
            _ => None,
        }
    }

    /// Whether each value of a variant is a value of another one.
    fn adds_nothing(&self, variant: TypeId, union: &Union) -> bool {
        let types = &self.api.types;
        let Shape::Union(inner) = &types.get(types.resolve(variant)).shape else {
            return false;
        };
        let known = |id: TypeId| {
            let mut variants = union.variants.iter();
            variants.any(|known| types.resolve(*known) == types.resolve(id))
        };
        let mut inner = inner.variants.iter();
        inner.all(|each| self.choice.is_circular(variant, *each) || known(*each))
    }
}
