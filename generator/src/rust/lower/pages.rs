//! Actions that answer in pages: their tables, and the way from a page to its items.
//!
//! The way is read from the plans of the types, because these know what a field is called and
//! whether it may be missing.

use std::collections::BTreeMap;

use crate::ir::Resource;

use super::super::plan::{
    ActionPlan, ContentPlan, Holds, Named, PageField, PageVariant, PagesPlan, RecordPlan, Ty,
    TypeKind, TypePlan,
};

/// The types of each module, as far as they have not been handed out.
type Defined = BTreeMap<Option<String>, Vec<TypePlan>>;

/// Gives the actions of a resource their pages.
pub(super) fn plan(resource: &Resource, defined: &Defined, actions: &mut [ActionPlan]) {
    let tables: Vec<String> = actions.iter().map(|action| action.table.clone()).collect();
    for (action, operation) in actions.iter_mut().zip(&resource.operations) {
        let Some(paging) = &operation.pagination else {
            continue;
        };
        let variant = variant(action);
        let page = match (&action.success, &variant) {
            (ContentPlan::Json(page), _) => page,
            (_, Some(variant)) => &variant.page,
            _ => continue,
        };
        let mut table = format!("{}_PAGES", action.table);
        while tables.contains(&table) {
            table.push_str("_TABLE");
        }
        let way = way(defined, page, &paging.items);
        action.pages = way.map(|(items, item)| PagesPlan {
            table,
            variant: variant.clone(),
            paging: paging.clone(),
            items,
            item,
        });
    }
}

/// The one success that can be a page, if the others hold nothing.
fn variant(action: &ActionPlan) -> Option<PageVariant> {
    let successes = action.successes.as_ref()?;
    let mut holding = successes.variants.iter();
    let mut holding = holding
        .by_ref()
        .filter(|each| each.content != ContentPlan::Empty);
    match (holding.next(), holding.next()) {
        (Some(only), None) => match &only.content {
            ContentPlan::Json(page) => Some(PageVariant {
                successes: successes.name.clone(),
                name: only.name.clone(),
                page: page.clone(),
                boxed: only.boxed,
            }),
            _ => None,
        },
        _ => None,
    }
}

/// The fields that these keys lead through, and the type of an item of the list at their end.
fn way(defined: &Defined, page: &Ty, keys: &[String]) -> Option<(Vec<PageField>, Ty)> {
    let mut fields = Vec::new();
    let mut at = page;
    for key in keys {
        let Shown::Record(record) = shown(defined, at)? else {
            return None;
        };
        let field = record.fields.iter().find(|field| field.wire == *key)?;
        fields.push(PageField {
            name: field.name.clone(),
            holds: holds(&field.ty),
        });
        at = &field.ty;
    }
    match shown(defined, at)? {
        Shown::List(item) => Some((fields, item.clone())),
        Shown::Record(_) => None,
    }
}

/// What a type of a field is.
fn holds(ty: &Ty) -> Holds {
    match ty {
        Ty::Option(_) => Holds::Option,
        Ty::Nullable(_) => Holds::Nullable,
        _ => Holds::Value,
    }
}

/// What is behind a type, its names and its being optional left aside.
enum Shown<'a> {
    Record(&'a RecordPlan),
    List(&'a Ty),
}

fn shown<'a>(defined: &'a Defined, ty: &'a Ty) -> Option<Shown<'a>> {
    match ty {
        Ty::Option(ty) | Ty::Nullable(ty) | Ty::Boxed(ty) => shown(defined, ty),
        Ty::List(item) => Some(Shown::List(item)),
        Ty::Named(named) => match &definition(defined, named)?.kind {
            TypeKind::Record(record) => Some(Shown::Record(record)),
            TypeKind::Alias(ty) => shown(defined, ty),
            _ => None,
        },
        _ => None,
    }
}

fn definition<'a>(defined: &'a Defined, named: &Named) -> Option<&'a TypePlan> {
    let mut module = defined.get(&named.module)?.iter();
    module.find(|plan| plan.name == named.name)
}
