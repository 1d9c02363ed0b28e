//! `types.rs`: plain structs and enums, which users open and read.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::super::plan::{
    CratePlan, FieldPlan, Named, RecordPlan, Ty, TypeGroup, TypeKind, TypePlan, UnionVariant,
    VariantPlan,
};
use super::super::print::{self, block, doc_lines};
use super::mixed_enum;
use super::number_enum::NumberEnum;
use super::prose;
use super::record_codec;
use super::syntax::{self, Derives, binding, ident};
use super::tuples;

/// More arguments than this are too many, says clippy.
pub(super) const MANY_ARGUMENTS: usize = 7;

/// `types.rs` itself: what is always compiled, and the modules of the rest.
pub(super) fn file(plan: &CratePlan) -> syn::Result<String> {
    let mut docs = vec![
        format!("The types that {} speaks.", prose::line(&plan.api())),
        String::new(),
        "Plain data: how it is written, read, copied and shown stands in `codec`. Enums keep values"
            .to_owned(),
        "that they do not know, and structs pass over fields that they do not know.".to_owned(),
    ];
    if plan.has_features() {
        docs.push(format!(
            "They compare with `==` with the feature `{}`.",
            syntax::COMPARISON
        ));
    }
    let data = Derives::of(plan);
    let Some((common, groups)) = plan.types.split_first() else {
        return print::file(&super::head(plan, &docs), &[], Vec::<TokenStream>::new());
    };
    let mut modules = Vec::new();
    if !groups.is_empty() {
        let declared = groups.iter().map(group_module);
        let exports = groups.iter().map(group_export);
        modules.push(quote!(#(#declared)*));
        modules.push(quote!(#(#exports)*));
    }
    let definitions = common
        .types
        .iter()
        .flat_map(|ty| definition(ty, &data, None));
    print::file(
        &super::head(plan, &docs),
        &imports(&common.types),
        modules.into_iter().chain(definitions),
    )
}

fn group_module(group: &TypeGroup) -> Option<TokenStream> {
    let module = ident(group.module.as_deref()?);
    let gate = syntax::gate(&group.features);
    Some(quote!(#gate mod #module;))
}

fn group_export(group: &TypeGroup) -> Option<TokenStream> {
    let module = ident(group.module.as_deref()?);
    let gate = syntax::gate(&group.features);
    let names = group.types.iter().map(|ty| ident(&ty.name));
    Some(quote!(#gate pub use #module::{#(#names),*};))
}

/// The file of a group of types: seen from outside as if they stood in `types`.
pub(super) fn group_file(plan: &CratePlan, group: &TypeGroup) -> syn::Result<String> {
    let features: Vec<String> = group
        .features
        .iter()
        .map(|name| format!("`{name}`"))
        .collect();
    let docs = [format!("Types of the features {}.", features.join(", "))];
    let own: BTreeSet<&str> = group.types.iter().map(|ty| ty.name.as_str()).collect();
    let mut others = BTreeSet::new();
    for ty in &group.types {
        for_each_type(ty, &mut |ty| {
            if let Ty::Named(named) = ty
                && !own.contains(named.name.as_str())
            {
                others.insert(named.name.clone());
            }
        });
    }
    let mut imports = imports(&group.types);
    if !others.is_empty() {
        let others = others.iter().map(|name| ident(name));
        imports.push(quote!(super::{#(#others),*}));
    }
    let data = Derives::of(plan);
    let items = group
        .types
        .iter()
        .flat_map(|ty| definition(ty, &data, None));
    print::file(&super::head(plan, &docs), &imports, items)
}

fn imports(types: &[TypePlan]) -> Vec<TokenStream> {
    let mut imports = Vec::new();
    if uses_map(types) {
        imports.push(quote!(std::collections::BTreeMap));
    }
    if uses_nullable(types) {
        imports.push(quote!(crate::runtime::Nullable));
    }
    imports
}

/// Calls `see` with each type that a definition mentions, nested ones too.
fn for_each_type(plan: &TypePlan, see: &mut dyn FnMut(&Ty)) {
    let mut note = |ty: &Ty| super::walk(ty, see);
    match &plan.kind {
        TypeKind::Alias(ty) => note(ty),
        TypeKind::Record(record) => {
            record.fields.iter().for_each(|field| note(&field.ty));
            if let Some((_, values)) = &record.rest {
                note(values);
            }
        }
        TypeKind::Tuple(tuple) => tuple.types().for_each(note),
        TypeKind::Enum(_)
        | TypeKind::WholeEnum(_)
        | TypeKind::NumberEnum(_)
        | TypeKind::MixedEnum(_) => {}
        TypeKind::Union(variants) => variants.iter().for_each(|variant| note(&variant.ty)),
    }
}

/// Whether a definition among these mentions a map.
pub(super) fn uses_map(types: &[TypePlan]) -> bool {
    any_mentions(types, &|ty| matches!(ty, Ty::Map(_)))
        || types
            .iter()
            .any(|ty| matches!(&ty.kind, TypeKind::Record(record) if record.rest.is_some()))
}

/// Whether a definition among these mentions a value that may be absent or null.
pub(super) fn uses_nullable(types: &[TypePlan]) -> bool {
    any_mentions(types, &|ty| matches!(ty, Ty::Nullable(_)))
}

fn any_mentions(types: &[TypePlan], is: &dyn Fn(&Ty) -> bool) -> bool {
    let mut found = false;
    for plan in types {
        for_each_type(plan, &mut |ty| found |= is(ty));
    }
    found
}

/// The items that define a type in the module `here`; `data` is what data derives.
pub(super) fn definition(plan: &TypePlan, data: &Derives, here: Option<&str>) -> Vec<TokenStream> {
    let name = ident(&plan.name);
    let docs = type_docs(plan, here);
    match &plan.kind {
        TypeKind::Alias(ty) => {
            let ty = syntax::ty(ty, here);
            vec![quote!(#docs pub type #name = #ty;)]
        }
        TypeKind::Record(record) => {
            let mut items = vec![record_struct(plan, record, data, here)];
            if plan.encode {
                items.extend(constructor(plan, record, here));
            }
            items
        }
        TypeKind::Enum(variants) => vec![text_enum(plan, variants, here)],
        TypeKind::WholeEnum(variants) => {
            vec![NumberEnum::whole(variants).definition(&plan.name, &docs)]
        }
        TypeKind::NumberEnum(variants) => {
            vec![NumberEnum::of_doubles(variants).definition(&plan.name, &docs)]
        }
        TypeKind::MixedEnum(variants) => {
            vec![mixed_enum::definition(&plan.name, &docs, data, variants)]
        }
        TypeKind::Tuple(tuple) => {
            vec![tuples::definition(&plan.name, &docs, data, tuple, here)]
        }
        TypeKind::Union(variants) => vec![union_enum(plan, variants, data, here)],
    }
}

/// The sentence of an alias without a text of its own.
fn same_as(named: &Named, here: Option<&str>) -> String {
    // Modules of resources name the other types by theirs.
    let module = match (&named.module, here) {
        (None, Some(_)) => "types::",
        _ => "",
    };
    format!("The same as [`{module}{}`].", named.name)
}

fn type_docs(plan: &TypePlan, here: Option<&str>) -> TokenStream {
    let mut lines = match &plan.docs {
        Some(text) => prose::lines(text),
        None => match &plan.kind {
            TypeKind::Alias(Ty::Named(named)) => vec![same_as(named, here)],
            TypeKind::Alias(_) => vec!["A value of the API.".to_owned()],
            TypeKind::Record(_) => vec!["An object of the API.".to_owned()],
            TypeKind::Tuple(_) => Vec::new(),
            TypeKind::Enum(_)
            | TypeKind::WholeEnum(_)
            | TypeKind::NumberEnum(_)
            | TypeKind::MixedEnum(_) => {
                vec!["One of some values; the API may add to them.".to_owned()]
            }
            TypeKind::Union(_) => vec!["One of several types of values.".to_owned()],
        },
    };
    if let TypeKind::Tuple(tuple) = &plan.kind {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(tuples::length_docs(tuple));
    }
    if plan.deprecated {
        lines.push(String::new());
        lines.push("Deprecated by the API.".to_owned());
    }
    doc_lines(&lines)
}

fn record_struct(
    plan: &TypePlan,
    record: &RecordPlan,
    data: &Derives,
    here: Option<&str>,
) -> TokenStream {
    let name = ident(&plan.name);
    let docs = type_docs(plan, here);
    let mut derived = Vec::new();
    if !record_codec::copies_itself(record) {
        derived.push("Clone");
    }
    if !record_codec::shows_itself(plan, record) {
        derived.push("Debug");
    }
    let derives = data.with(&derived);
    let fields = record.fields.iter().map(|field| {
        let docs = doc_lines(&field_docs(field));
        let name = ident(&field.name);
        let ty = syntax::ty(&field.ty, here);
        quote!(#docs pub #name: #ty,)
    });
    let rest = record.rest.iter().map(|(name, values)| {
        let name = ident(name);
        let values = syntax::ty(values, here);
        quote! {
            /// Everything else, by key.
            pub #name: BTreeMap<String, #values>,
        }
    });
    quote! {
        #docs
        #derives
        #[non_exhaustive]
        pub struct #name { #(#fields)* #(#rest)* }
    }
}

fn field_docs(field: &FieldPlan) -> Vec<String> {
    let mut lines = match &field.docs {
        Some(text) => prose::lines(text),
        None => vec![prose::code(&field.wire)],
    };
    for note in &field.notes {
        lines.push(String::new());
        lines.push(format!("{}: {}", note.label, prose::code(&note.value)));
    }
    if field.deprecated {
        lines.push(String::new());
        lines.push("Deprecated by the API.".to_owned());
    }
    lines
}

/// `new` with what is required, and a setter for each field that is not.
fn constructor(plan: &TypePlan, record: &RecordPlan, here: Option<&str>) -> Vec<TokenStream> {
    let name = ident(&plan.name);
    let mut taken = Vec::new();
    let mut values = Vec::new();
    let mut setters = Vec::new();
    for field in &record.fields {
        let field_name = ident(&field.name);
        if field.asked
            && let Ty::Option(inner) = &field.ty
        {
            let (parameter, value) = syntax::taken(&binding(&field.name), inner, here);
            taken.push(parameter);
            values.push(quote!(#field_name: Some(#value)));
            continue;
        }
        if !field.required {
            setters.push(setter(field, here));
            let empty = match field.ty {
                Ty::Nullable(_) => quote!(Nullable::Absent),
                _ => quote!(None),
            };
            values.push(quote!(#field_name: #empty));
            continue;
        }
        if let (Some(constant), Ty::Named(named)) = (&field.constant, &field.ty) {
            let path = syntax::path(named, here);
            let constant = ident(constant);
            values.push(quote!(#field_name: #path::#constant));
            continue;
        }
        let (parameter, value) = syntax::taken(&binding(&field.name), &field.ty, here);
        taken.push(parameter);
        values.push(if value.to_string() == field.name {
            value
        } else {
            quote!(#field_name: #value)
        });
    }
    if let Some((rest, _)) = &record.rest {
        let rest = ident(rest);
        values.push(quote!(#rest: BTreeMap::new()));
    }
    let doc = if taken.is_empty() {
        " With nothing set."
    } else {
        " With what is required, and nothing else."
    };
    let expect = too_many(taken.len());
    let like_type = (plan.name == "New").then(
        || quote!(#[expect(clippy::self_named_constructors, reason = "the name is the API's")]),
    );
    let new = quote! {
        #[doc = #doc]
        #expect
        #like_type
        #[inline]
        #[must_use]
        pub fn new(#(#taken),*) -> Self { Self { #(#values),* } }
    };
    let methods = [new].into_iter().chain(setters).collect();
    let mut items = vec![block(quote!(impl #name), methods)];
    if taken.is_empty() {
        items.push(quote! {
            impl Default for #name {
                #[inline]
                fn default() -> Self { Self::new() }
            }
        });
    }
    items
}

/// Tells clippy that a long list of arguments is the API's doing.
pub(super) fn too_many(arguments: usize) -> Option<TokenStream> {
    (arguments > MANY_ARGUMENTS).then(
        || quote!(#[expect(clippy::too_many_arguments, reason = "the API requires them all")]),
    )
}

/// Tells clippy that a setter is called like an operator's method because the API has that name.
pub(super) fn like_operator(name: &str) -> Option<TokenStream> {
    const OPERATORS: [&str; 10] = [
        "add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub",
    ];
    OPERATORS.contains(&name).then(
        || quote!(#[expect(clippy::should_implement_trait, reason = "the name is the API's")]),
    )
}

fn setter(field: &FieldPlan, here: Option<&str>) -> TokenStream {
    let name = ident(&field.name);
    let taken = binding(&field.name);
    let doc = doc_lines(&[format!("Sets [`{0}`](Self::{0}).", field.name)]);
    let (parameter, value) = match &field.ty {
        Ty::Nullable(inner) => {
            let inner = syntax::ty(inner, here);
            (
                quote!(#taken: impl Into<Nullable<#inner>>),
                quote!(#taken.into()),
            )
        }
        Ty::Option(inner) => {
            let (parameter, value) = syntax::taken(&taken, inner, here);
            (parameter, quote!(Some(#value)))
        }
        other => syntax::taken(&taken, other, here),
    };
    let expect = like_operator(&field.name);
    quote! {
        #doc
        #expect
        #[inline]
        #[must_use]
        pub fn #name(mut self, #parameter) -> Self {
            self.#name = #value;
            self
        }
    }
}

fn text_enum(plan: &TypePlan, variants: &[VariantPlan], here: Option<&str>) -> TokenStream {
    let name = ident(&plan.name);
    let docs = type_docs(plan, here);
    let variants = variants.iter().map(|variant| {
        let docs = doc_lines(&match &variant.docs {
            Some(text) => prose::lines(text),
            None => vec![wire_doc(&variant.wire)],
        });
        let name = ident(&variant.name);
        quote!(#docs #name,)
    });
    quote! {
        #docs
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that the description does not know, as it was sent.
            Unrecognized(String),
        }
    }
}

fn wire_doc(wire: &str) -> String {
    let plain = !wire.is_empty() && !wire.contains('`') && wire.trim() == wire;
    if plain && !wire.contains(prose::is_unprintable) {
        format!("`{wire}`")
    } else {
        format!("The text {:?}.", wire.replace('`', "'"))
    }
}

fn union_enum(
    plan: &TypePlan,
    variants: &[UnionVariant],
    data: &Derives,
    here: Option<&str>,
) -> TokenStream {
    let name = ident(&plan.name);
    let docs = type_docs(plan, here);
    let variants = variants.iter().map(|variant| {
        let docs = doc_lines(&[rule_doc(variant)]);
        let name = ident(&variant.name);
        let ty = syntax::ty(&variant.ty, here);
        quote!(#docs #name(#ty),)
    });
    quote! {
        #docs
        #data
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that fits none of the types, as it was sent.
            Unrecognized(serde_json::Value),
        }
    }
}

fn rule_doc(variant: &UnionVariant) -> String {
    use super::super::plan::Rule;
    match &variant.rule {
        Rule::Kind("Integer" | "Int32" | "Unsigned") => "A whole number.".to_owned(),
        Rule::Kind("Array") | Rule::Items(_) => "A list.".to_owned(),
        Rule::Kind("Object") | Rule::Values(_) | Rule::Object(_) => "An object.".to_owned(),
        Rule::Kind("Timestamp") => "A moment.".to_owned(),
        Rule::Kind(kind) => format!("A {}.", kind.to_lowercase()),
        Rule::Texts(_) => "One of some texts.".to_owned(),
        Rule::Union(_) => "One of several types of values.".to_owned(),
        Rule::Any => "Any value.".to_owned(),
    }
}
