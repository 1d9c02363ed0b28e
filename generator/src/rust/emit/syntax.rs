//! Rust types and names as tokens.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use super::super::plan::{ContentPlan, CratePlan, EventData, Named, Ty};
use crate::formats::FormatType;

/// A name as an identifier.
pub(in super::super) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// The name of a parameter as an identifier. clippy takes some words for placeholders that were
/// forgotten (`disallowed_names`), wherever a value is called so; fields and functions may be.
pub(in super::super) fn binding(name: &str) -> Ident {
    match name {
        "foo" | "baz" | "quux" => ident(&format!("{name}_")),
        _ => ident(name),
    }
}

/// The attribute of what any one of these features needs; nothing if there are none.
pub(in super::super) fn gate(features: &[String]) -> Option<TokenStream> {
    match features {
        [] => None,
        [only] => Some(quote!(#[cfg(feature = #only)])),
        many => Some(quote!(#[cfg(any(#(feature = #many),*))])),
    }
}

/// The feature of a large crate with which data can be compared.
pub(super) const COMPARISON: &str = "partial-eq";

/// What structs and enums of data derive.
///
/// In a crate of features, whose users compile hundreds of types to use some, `==` on all of them is
/// a tenth of the time that compiling takes, or more; there it is a feature of its own.
pub(super) struct Derives {
    compares_by_feature: bool,
}

impl Derives {
    pub(super) fn of(plan: &CratePlan) -> Self {
        let compares_by_feature = plan.has_features();
        Self {
            compares_by_feature,
        }
    }

    /// These, and `PartialEq`: what a type derives some of whose implementations are in the codec.
    pub(super) fn with(&self, derived: &[&str]) -> TokenStream {
        let names = derived.iter().map(|name| ident(name));
        if !self.compares_by_feature {
            return quote!(#[derive(#(#names,)* PartialEq)]);
        }
        let always = (!derived.is_empty()).then(|| quote!(#[derive(#(#names),*)]));
        quote! {
            #always
            #[cfg_attr(feature = #COMPARISON, derive(PartialEq))]
        }
    }
}

impl ToTokens for Derives {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.with(&["Clone", "Debug"]));
    }
}

/// A whole number without a suffix.
pub(in super::super) fn number(value: usize) -> proc_macro2::Literal {
    proc_macro2::Literal::usize_unsuffixed(value)
}

/// A type as it is written in the module `here` (`None`: in `types`).
pub(in super::super) fn ty(ty: &Ty, here: Option<&str>) -> TokenStream {
    let of = |inner: &Ty| self::ty(inner, here);
    match ty {
        Ty::Bool => quote!(bool),
        Ty::I32 => quote!(i32),
        Ty::I64 => quote!(i64),
        Ty::U32 => quote!(u32),
        Ty::U64 => quote!(u64),
        Ty::F32 => quote!(f32),
        Ty::F64 => quote!(f64),
        Ty::String => quote!(String),
        Ty::Timestamp => quote!(jiff::Timestamp),
        Ty::Date => quote!(jiff::civil::Date),
        Ty::Format(ty) => format_type(*ty),
        Ty::Json => quote!(serde_json::Value),
        Ty::Named(named) => path(named, here),
        Ty::List(inner) => {
            let inner = of(inner);
            quote!(Vec<#inner>)
        }
        Ty::Map(inner) => {
            let inner = of(inner);
            quote!(BTreeMap<String, #inner>)
        }
        Ty::Option(inner) => {
            let inner = of(inner);
            quote!(Option<#inner>)
        }
        Ty::Nullable(inner) => {
            let inner = of(inner);
            quote!(Nullable<#inner>)
        }
        Ty::Boxed(inner) => {
            let inner = of(inner);
            quote!(Box<#inner>)
        }
    }
}

/// A type that holds the values of a format.
fn format_type(ty: FormatType) -> TokenStream {
    match ty {
        FormatType::Base64 => quote!(crate::runtime::Base64),
        FormatType::JiffTime => quote!(jiff::civil::Time),
        FormatType::JiffDuration => quote!(crate::runtime::formats::jiff::Duration),
        FormatType::ChronoTimestamp => quote!(chrono::DateTime<chrono::Utc>),
        FormatType::ChronoDate => quote!(chrono::NaiveDate),
        FormatType::ChronoTime => quote!(chrono::NaiveTime),
        FormatType::TimeTimestamp => quote!(crate::runtime::formats::time::DateTime),
        FormatType::TimeDate => quote!(crate::runtime::formats::time::Date),
        FormatType::TimeTime => quote!(crate::runtime::formats::time::Time),
        FormatType::Uuid => quote!(uuid::Uuid),
        FormatType::Decimal => quote!(rust_decimal::Decimal),
        FormatType::DecimalNumber => quote!(crate::runtime::formats::rust_decimal::Number),
        FormatType::Url => quote!(url::Url),
        FormatType::Ipv4 => quote!(std::net::Ipv4Addr),
        FormatType::Ipv6 => quote!(std::net::Ipv6Addr),
    }
}

/// A type of the crate, as it is written in the module `here`.
pub(in super::super) fn path(named: &Named, here: Option<&str>) -> TokenStream {
    let name = ident(&named.name);
    match named.module.as_deref() {
        module if module == here => quote!(#name),
        None => quote!(types::#name),
        Some(module) => {
            let module = ident(module);
            quote!(crate::#module::#name)
        }
    }
}

/// What a caller gets from a body.
pub(in super::super) fn content(content: &ContentPlan, here: Option<&str>) -> TokenStream {
    match content {
        ContentPlan::Empty => quote!(()),
        ContentPlan::Json(json) => ty(json, here),
        ContentPlan::Text => quote!(String),
        ContentPlan::Bytes => quote!(bytes::Bytes),
        ContentPlan::Download => quote!(runtime::Download),
        ContentPlan::Events(data) => match event_data(data, here) {
            Some(data) => quote!(runtime::Events<#data>),
            None => quote!(runtime::Events),
        },
        ContentPlan::Values(value) => {
            let value = ty(value, here);
            quote!(runtime::Values<#value>)
        }
        ContentPlan::Choice(name) => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

/// The type of an event's data; `None` if it is text.
pub(in super::super) fn event_data(data: &EventData, here: Option<&str>) -> Option<TokenStream> {
    match data {
        EventData::Text => None,
        EventData::Json(data) | EventData::Plain(data) => Some(ty(data, here)),
        EventData::Kinds(name) => {
            let name = ident(name);
            Some(quote!(#name))
        }
    }
}

/// Whether a body is decoded by [`response::json`](decoder), for which the runtime has shorter ways.
pub(in super::super) fn is_json(content: &ContentPlan) -> bool {
    matches!(content, ContentPlan::Json(ty) if !matches!(ty, Ty::Option(_)))
}

/// The runtime's function that decodes a body, or that reads it as it arrives.
pub(in super::super) fn decoder(content: &ContentPlan) -> TokenStream {
    match content {
        ContentPlan::Empty => quote!(response::empty),
        ContentPlan::Json(Ty::Option(_)) => quote!(response::optional),
        ContentPlan::Json(_) => quote!(response::json),
        ContentPlan::Text => quote!(response::text),
        ContentPlan::Bytes => quote!(response::bytes),
        ContentPlan::Download => quote!(runtime::download::download),
        ContentPlan::Events(data) => match data {
            EventData::Text => quote!(runtime::Events::of),
            EventData::Json(_) => quote!(runtime::Events::json),
            EventData::Plain(_) => quote!(runtime::Events::plain),
            EventData::Kinds(name) => {
                let name = ident(name);
                quote!(|download| runtime::Events::with(download, #name::decode))
            }
        },
        ContentPlan::Values(_) => quote!(runtime::Values::of),
        ContentPlan::Choice(name) => {
            let name = ident(name);
            quote!(#name::decode)
        }
    }
}

/// A parameter of a function and the expression that makes the value of it: texts are taken
/// as anything that becomes a `String`, bytes as anything that becomes bytes.
pub(in super::super) fn taken(
    name: &Ident,
    wanted: &Ty,
    here: Option<&str>,
) -> (TokenStream, TokenStream) {
    match wanted {
        Ty::String => (quote!(#name: impl Into<String>), quote!(#name.into())),
        Ty::Format(FormatType::Base64) => {
            let bytes = ty(wanted, here);
            (quote!(#name: impl Into<#bytes>), quote!(#name.into()))
        }
        Ty::Boxed(inner) => {
            let inner = ty(inner, here);
            (quote!(#name: #inner), quote!(Box::new(#name)))
        }
        other => {
            let ty = ty(other, here);
            (quote!(#name: #ty), quote!(#name))
        }
    }
}
