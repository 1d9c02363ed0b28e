//! What a module of a resource imports: only what it names, since a warning for each of the rest would
//! reach the users of the crate.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::plan::{ActionPlan, AnswerVariant, ContentPlan, ResourcePlan, Ty, TypeKind};
use super::syntax::{self, ident};
use super::types::{uses_map, uses_nullable};
use super::{bodies, events, headers, mentions};

/// The paths to import.
pub(super) fn of(resource: &ResourcePlan) -> Vec<TokenStream> {
    let mut imports = Vec::new();
    if uses_map(&resource.types) || any_type(resource, &|ty| matches!(ty, Ty::Map(_))) {
        imports.push(quote!(std::collections::BTreeMap));
    }
    let mut runtime = Vec::new();
    if uses_nullable(&resource.types) {
        runtime.push(ident("Nullable"));
    }
    if resource.actions.iter().any(names_decoder) {
        runtime.push(ident("response"));
    }
    imports.push(match runtime.is_empty() {
        true => quote!(crate::runtime),
        false => quote!(crate::runtime::{self, #(#runtime),*}),
    });
    let in_types = |ty: &Ty| matches!(ty, Ty::Named(named) if named.module.is_none());
    if any_type(resource, &in_types) {
        imports.push(quote!(crate::types));
    }
    imports
}

/// Whether one of the runtime's decoders is named for an action, and not left to a method for JSON.
fn names_decoder(action: &ActionPlan) -> bool {
    let decodes = |each: &&AnswerVariant| each.content != ContentPlan::Empty;
    let by_name = |each: &&AnswerVariant| each.boxed || !syntax::is_json(&each.content);
    let mut failures = action.errors.variants.iter().filter(decodes);
    let mut successes = action.successes.iter().flat_map(|plan| &plan.variants);
    let success = match &action.success {
        ContentPlan::Choice(_) => false,
        success if success.streams() => false,
        success => action.pages.is_some() || !syntax::is_json(success),
    };
    success || failures.any(|each| by_name(&each)) || successes.any(|each| decodes(&each))
}

/// Whether a type that the module mentions satisfies `is`.
fn any_type(resource: &ResourcePlan, is: &dyn Fn(&Ty) -> bool) -> bool {
    let of = |content: &ContentPlan| matches!(content, ContentPlan::Json(ty) | ContentPlan::Values(ty) if mentions(ty, is));
    let in_action = |action: &ActionPlan| {
        of(&action.success)
            || action.streams.iter().any(|stream| of(&stream.content))
            || bodies::types(action).any(|ty| mentions(ty, is))
            || action
                .parameters
                .iter()
                .any(|parameter| mentions(&parameter.ty, is))
            || headers::types(action).any(|ty| mentions(ty, is))
            || events::types(action).any(|ty| mentions(ty, is))
            || action
                .pages
                .as_ref()
                .is_some_and(|pages| mentions(&pages.item, is))
            || [Some(&action.errors), action.successes.as_ref()]
                .into_iter()
                .flatten()
                .filter(|answers| answers.alias_of.is_none())
                .flat_map(|answers| &answers.variants)
                .any(|variant| of(&variant.content))
    };
    resource.actions.iter().any(in_action)
        || resource.types.iter().any(|ty| match &ty.kind {
            TypeKind::Alias(ty) => mentions(ty, is),
            TypeKind::Record(record) => {
                record.fields.iter().any(|field| mentions(&field.ty, is))
                    || record.rest.as_ref().is_some_and(|(_, ty)| mentions(ty, is))
            }
            TypeKind::Tuple(tuple) => tuple.types().any(|ty| mentions(ty, is)),
            TypeKind::Enum(_)
            | TypeKind::WholeEnum(_)
            | TypeKind::NumberEnum(_)
            | TypeKind::MixedEnum(_) => false,
            TypeKind::Union(variants) => variants.iter().any(|each| mentions(&each.ty, is)),
        })
}
