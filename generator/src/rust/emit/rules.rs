//! The rules by which a union is read, as constant tables.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::super::plan::{Named, ObjectRule, Rule};
use super::syntax::{self, ident};

/// A rule as a constant expression.
pub(super) fn rule(rule: &Rule) -> TokenStream {
    match rule {
        Rule::Kind(kind) => {
            let kind = ident(kind);
            quote!(codec::Rule::of(codec::Kind::#kind))
        }
        Rule::Texts(texts) => quote!(codec::Rule::texts(&[#(#texts),*])),
        Rule::Object(rule) => object(rule),
        Rule::Items(inner) => {
            let inner = self::rule(inner);
            quote!(codec::Rule::items(&#inner))
        }
        Rule::Values(inner) => {
            let inner = self::rule(inner);
            quote!(codec::Rule::values(&#inner))
        }
        Rule::Union(named) => {
            let path = path(named);
            quote!(codec::Rule::union(<#path as codec::Union>::RULES))
        }
        Rule::Any => quote!(codec::Rule::any()),
    }
}

/// The type by its whole path: not every file of the codec imports `types`.
fn path(named: &Named) -> TokenStream {
    match named.module {
        None => {
            let name = ident(&named.name);
            quote!(crate::types::#name)
        }
        Some(_) => syntax::path(named, Some("")),
    }
}

fn object(rule: &ObjectRule) -> TokenStream {
    let required = &rule.required;
    let constants = rule.constants.iter().map(|(key, values)| {
        let is = is(values);
        quote!((#key, #is))
    });
    let known = rule.known.iter().map(|named| {
        let path = path(named);
        quote!(.knowing(<#path as codec::Record>::TABLE.fields))
    });
    quote!(codec::Rule::object(&[#(#required),*], &[#(#constants),*]) #(#known)*)
}

/// What a field with this value is.
pub(super) fn is_value(value: &Value) -> TokenStream {
    match value {
        Value::String(text) => quote!(codec::Is::Text(#text)),
        Value::Bool(flag) => quote!(codec::Is::Flag(#flag)),
        other => {
            let number = Literal::f64_suffixed(other.as_f64().unwrap_or_default());
            quote!(codec::Is::Number(#number))
        }
    }
}

fn is(values: &[Value]) -> TokenStream {
    match values {
        [only] => is_value(only),
        several => {
            let each = several.iter().map(is_value);
            quote!(codec::Is::OneOf(&[#(#each),*]))
        }
    }
}
