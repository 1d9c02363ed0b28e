//! The enum of an action's server-sent events, where they are of several kinds.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::plan::{ActionPlan, ContentPlan, EventData, EventVariant, EventsPlan, Ty};
use super::super::print::doc_lines;
use super::prose;
use super::syntax::{self, Derives, ident};

/// The enum and its decoder; nothing if the events are all of one kind.
pub(super) fn kinds(action: &ActionPlan, module: &str, data: &Derives) -> Vec<TokenStream> {
    let Some(plan) = &action.events else {
        return Vec::new();
    };
    let name = ident(&plan.name);
    let docs = doc_lines(&[format!(
        "The data of the events of {}, by the name of the event.",
        prose::code(&action.name)
    )]);
    let variants = plan.variants.iter().map(|each| variant(each, module));
    let rest = (!takes_all(plan)).then(|| {
        quote! {
            /// The data of any other event, as it came.
            Unrecognized(String),
        }
    });
    vec![
        quote! {
            #docs
            #data
            #[non_exhaustive]
            pub enum #name { #(#variants)* #rest }
        },
        decoder(plan),
    ]
}

/// Whether some kind is what all other events are.
fn takes_all(plan: &EventsPlan) -> bool {
    plan.variants.iter().any(|each| each.wires.is_empty())
}

fn variant(variant: &EventVariant, module: &str) -> TokenStream {
    let wires: Vec<String> = variant.wires.iter().map(|wire| prose::code(wire)).collect();
    let wires = match wires.is_empty() {
        true => "Any other event".to_owned(),
        false => wires.join(", "),
    };
    let text = variant.docs.as_deref().unwrap_or_default();
    let mut lines = prose::labelled(&format!("{wires}:"), text);
    if lines.is_empty() {
        lines.push(format!("{wires}."));
    }
    let docs = doc_lines(&lines);
    let name = ident(&variant.name);
    let data = syntax::event_data(&variant.data, Some(module)).unwrap_or(quote!(String));
    let data = match variant.boxed {
        true => quote!(Box<#data>),
        false => data,
    };
    quote!(#docs #name(#data),)
}

fn decoder(plan: &EventsPlan) -> TokenStream {
    let name = ident(&plan.name);
    let arms = plan.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let value = match variant.data {
            EventData::Json(_) => quote!(event.json()?),
            EventData::Plain(_) => quote!(event.plain()?),
            EventData::Text | EventData::Kinds(_) => quote!(event.data.clone()),
        };
        let value = match variant.boxed {
            true => quote!(Box::new(#value)),
            false => value,
        };
        let wires = &variant.wires;
        match wires.is_empty() {
            true => quote!(_ => Self::#name(#value),),
            false => quote!(#(#wires)|* => Self::#name(#value),),
        }
    });
    let rest = (!takes_all(plan)).then(|| quote!(_ => Self::Unrecognized(event.data.clone()),));
    quote! {
        impl #name {
            #[inline]
            fn decode(event: &runtime::Event) -> Result<Self, runtime::DecodeError> {
                Ok(match event.event.as_str() { #(#arms)* #rest })
            }
        }
    }
}

/// The types that the events of an action mention.
pub(super) fn types(action: &ActionPlan) -> impl Iterator<Item = &Ty> {
    let variants = action.events.iter().flat_map(|plan| &plan.variants);
    let data = variants.map(|variant| &variant.data);
    let only = match &action.success {
        ContentPlan::Events(data) => Some(data),
        _ => None,
    };
    let streams = action
        .streams
        .iter()
        .filter_map(|stream| match &stream.content {
            ContentPlan::Events(data) => Some(data),
            _ => None,
        });
    data.chain(only)
        .chain(streams)
        .filter_map(|data| match data {
            EventData::Json(ty) | EventData::Plain(ty) => Some(ty),
            EventData::Text | EventData::Kinds(_) => None,
        })
}
