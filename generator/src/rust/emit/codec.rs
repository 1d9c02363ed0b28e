//! `codec.rs`: how types are written and read.
//!
//! No derives: tables, and short matches over the runtime's one codec, which compile many times
//! faster and run as fast. Each type has only the direction in which it travels.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::plan::{
    CratePlan, Named, ResourcePlan, Ty, TypeGroup, TypeKind, TypePlan, UnionVariant,
};
use super::super::print::{self, Item};
use super::mixed_enum;
use super::number_enum::NumberEnum;
use super::record_codec;
use super::rules;
use super::syntax::{self, ident, number};
use super::{text_codec, tuples};

/// The codec of the types that belong to no single resource.
pub(super) fn file(plan: &CratePlan) -> syn::Result<String> {
    let docs = ["How the types are written as JSON and read from it.".to_owned()];
    let modules = modules(plan);
    let modules = (!modules.is_empty()).then(|| Item::Syntax(quote!(#(#modules)*)));
    let common = plan
        .types
        .first()
        .map(|common| &common.types[..])
        .unwrap_or_default();
    let implementations = common.iter().flat_map(|ty| implementation(ty, None));
    print::file(
        &super::head(plan, &docs),
        &imports(common, true),
        modules.into_iter().chain(implementations),
    )
}

/// The modules of groups of types and of resources that have a codec.
fn modules(plan: &CratePlan) -> Vec<TokenStream> {
    let of_groups = plan
        .types
        .iter()
        .filter(|group| super::has_codec(&group.types));
    let of_groups = of_groups.filter_map(|group| {
        let module = ident(&group_module(group.module.as_deref()?));
        let gate = syntax::gate(&group.features);
        Some(quote!(#gate mod #module;))
    });
    let of_resources = plan
        .resources
        .iter()
        .filter(|each| super::has_codec(&each.types));
    let of_resources = of_resources.map(|resource| {
        let module = ident(&resource.module);
        let gate = syntax::gate(resource.feature.as_slice());
        quote!(#gate mod #module;)
    });
    of_groups.chain(of_resources).collect()
}

/// The module of the codec of a group of types.
pub(super) fn group_module(group: &str) -> String {
    format!("types_{group}")
}

/// The codec of a group of types.
pub(super) fn group_file(plan: &CratePlan, group: &TypeGroup) -> syn::Result<String> {
    let module = group.module.as_deref().unwrap_or_default();
    let docs = [format!(
        "How the types of `types::{module}` are written and read."
    )];
    let items = group.types.iter().flat_map(|ty| implementation(ty, None));
    print::file(
        &super::head(plan, &docs),
        &imports(&group.types, true),
        items,
    )
}

/// The codec of the types of one resource.
pub(super) fn resource_file(plan: &CratePlan, resource: &ResourcePlan) -> syn::Result<String> {
    let docs = [format!(
        "How the types of `{}` are written and read.",
        resource.module
    )];
    let module = Some(resource.module.as_str());
    let items = resource
        .types
        .iter()
        .flat_map(|ty| implementation(ty, module));
    print::file(
        &super::head(plan, &docs),
        &imports(&resource.types, false),
        items,
    )
}

/// What the implementations of these types mention.
fn imports(types: &[TypePlan], of_types: bool) -> Vec<TokenStream> {
    let mut imports = Vec::new();
    let defined: Vec<&TypePlan> = types
        .iter()
        .filter(|ty| !matches!(ty.kind, TypeKind::Alias(_)))
        .collect();
    if defined.is_empty() {
        return imports;
    }
    let keeps_rest =
        |ty: &TypePlan| matches!(&ty.kind, TypeKind::Record(record) if record.rest.is_some());
    let encodes = defined.iter().any(|ty| ty.encode);
    let decodes = defined.iter().any(|ty| ty.decode);
    if decodes {
        let map_access = defined
            .iter()
            .any(|ty| ty.decode && keeps_rest(ty))
            .then(|| quote!(MapAccess,));
        let seq_access = defined
            .iter()
            .any(|ty| ty.decode && matches!(ty.kind, TypeKind::Tuple(_)))
            .then(|| quote!(SeqAccess,));
        imports.push(quote!(serde::de::{Deserialize, Deserializer, #map_access #seq_access}));
    }
    if encodes {
        imports.push(quote!(serde::ser::{Serialize, Serializer}));
    }
    // A union or a text enum that is only written needs nothing of the codec.
    let needs_none =
        |ty: &TypePlan| !ty.decode && matches!(ty.kind, TypeKind::Union(_) | TypeKind::Enum(_));
    if !defined.iter().all(|ty| needs_none(ty)) {
        imports.push(quote!(crate::runtime::codec));
    }
    if of_types {
        imports.push(quote!(crate::types));
    }
    imports
}

fn implementation(plan: &TypePlan, module: Option<&str>) -> Vec<Item> {
    // The codec stands beside the modules, in none of them.
    let path = match module {
        Some(module) => format!("crate::{module}::{}", plan.name),
        None => format!("types::{}", plan.name),
    };
    match &plan.kind {
        TypeKind::Record(record) => record_codec::items(plan, record, &path),
        TypeKind::Enum(variants) => text_codec::items(plan, variants, &path),
        _ => {
            let items = syntax_of(plan, module).into_iter();
            items.map(Item::Syntax).collect()
        }
    }
}

fn syntax_of(plan: &TypePlan, module: Option<&str>) -> Vec<TokenStream> {
    let named = Named {
        module: module.map(str::to_owned),
        name: plan.name.clone(),
    };
    let path = syntax::path(&named, Some(""));
    match &plan.kind {
        TypeKind::Alias(_) | TypeKind::Record(_) | TypeKind::Enum(_) => Vec::new(),
        TypeKind::WholeEnum(variants) => {
            let mut items = NumberEnum::whole(variants).conversions(&path);
            if plan.decode {
                items.push(blank_unrecognized(&path, &quote!(0)));
                items.push(deserialize(&path, &quote!(codec::whole(from))));
            }
            if plan.encode {
                items.push(serialize(&path, &quote!(codec::write_whole(self, to))));
            }
            items
        }
        TypeKind::NumberEnum(variants) => {
            let mut items = NumberEnum::of_doubles(variants).conversions(&path);
            if plan.decode {
                items.push(blank_unrecognized(&path, &quote!(0.0)));
                items.push(deserialize(&path, &quote!(codec::number(from))));
            }
            if plan.encode {
                items.push(serialize(&path, &quote!(codec::write_number(self, to))));
            }
            items
        }
        TypeKind::MixedEnum(variants) => {
            let mut items = mixed_enum::conversions(&path, variants);
            if plan.decode {
                items.push(blank_unrecognized(&path, &quote!(serde_json::Value::Null)));
                items.push(deserialize(&path, &quote!(codec::mixed(from))));
            }
            if plan.encode {
                items.push(serialize(&path, &quote!(codec::write_mixed(self, to))));
            }
            items
        }
        TypeKind::Tuple(tuple) => {
            let mut items = Vec::new();
            if plan.decode {
                items.extend(tuples::decoding(&plan.name, &path, tuple));
                items.push(deserialize(&path, &quote!(codec::tuple(from))));
            }
            if plan.encode {
                items.push(serialize(&path, &tuples::encoding(tuple)));
            }
            items
        }
        TypeKind::Union(variants) => union(plan, variants, &path),
    }
}

fn blank_unrecognized(path: &TokenStream, value: &TokenStream) -> TokenStream {
    quote! {
        impl codec::Blank for #path {
            #[inline]
            fn blank() -> Self { Self::Unrecognized(#value) }
        }
    }
}

fn union(plan: &TypePlan, variants: &[UnionVariant], path: &TokenStream) -> Vec<TokenStream> {
    let mut items = Vec::new();
    if plan.decode {
        let rules = variants.iter().map(|variant| rules::rule(&variant.rule));
        let arms = variants.iter().enumerate().map(|(index, variant)| {
            let index = number(index);
            let name = ident(&variant.name);
            match variant.ty {
                Ty::Boxed(_) => quote!(#index => codec::boxed_variant(value, Self::#name),),
                _ => quote!(#index => codec::variant(value, Self::#name),),
            }
        });
        items.push(blank_unrecognized(path, &quote!(serde_json::Value::Null)));
        let blank = print::blank_line();
        items.push(quote! {
            impl codec::Union for #path {
                const RULES: &'static [codec::Rule] = &[#(#rules),*];
                #blank
                #[inline]
                fn build(variant: usize, value: serde_json::Value) -> serde_json::Result<Self> {
                    match variant {
                        #(#arms)*
                        _ => Ok(Self::Unrecognized(value)),
                    }
                }
            }
        });
        items.push(deserialize(path, &quote!(codec::union(from))));
    }
    if plan.encode {
        let arms = variants.iter().map(written);
        items.push(serialize(
            path,
            &quote! {
                match self {
                    #(#arms)*
                    Self::Unrecognized(value) => value.serialize(to),
                }
            },
        ));
    }
    items
}

/// The arm that writes a variant of a union.
fn written(variant: &UnionVariant) -> TokenStream {
    let name = ident(&variant.name);
    match &variant.tag {
        Some((property, tag)) => {
            quote!(Self::#name(value) => codec::write_tagged(value, #property, #tag, to),)
        }
        None => quote!(Self::#name(value) => value.serialize(to),),
    }
}

fn deserialize(path: &TokenStream, body: &TokenStream) -> TokenStream {
    quote! {
        impl<'de> Deserialize<'de> for #path {
            #[inline]
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> { #body }
        }
    }
}

fn serialize(path: &TokenStream, body: &TokenStream) -> TokenStream {
    quote! {
        impl Serialize for #path {
            #[inline]
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> { #body }
        }
    }
}
