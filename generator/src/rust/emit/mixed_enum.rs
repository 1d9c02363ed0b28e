//! Open enums of values of several kinds: the type and its codec.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::plan::ValueVariant;
use super::super::print::{self, doc_lines};
use super::prose;
use super::rules;
use super::syntax::{Derives, ident, number};

/// The enum called `name`; `docs` are its doc lines, `data` is what data derives.
pub(super) fn definition(
    name: &str,
    docs: &TokenStream,
    data: &Derives,
    variants: &[ValueVariant],
) -> TokenStream {
    let name = ident(name);
    let variants = variants.iter().map(|variant| {
        let docs = doc_lines(&match (&variant.docs, variant.wire.as_str()) {
            (Some(text), _) => prose::lines(text),
            (None, Some(text)) => vec![format!("The text {}.", prose::code(text))],
            (None, None) => vec![prose::code(&variant.wire.to_string())],
        });
        let name = ident(&variant.name);
        quote!(#docs #name,)
    });
    quote! {
        #docs
        #data
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that the description does not know, as it was sent.
            Unrecognized(serde_json::Value),
        }
    }
}

/// The conversions of the enum at `path`, which both directions of the codec use.
pub(super) fn conversions(path: &TokenStream, variants: &[ValueVariant]) -> Vec<TokenStream> {
    let names: Vec<_> = variants
        .iter()
        .map(|variant| ident(&variant.name))
        .collect();
    let positions: Vec<_> = (0..variants.len()).map(number).collect();
    let values = variants
        .iter()
        .map(|variant| rules::is_value(&variant.wire));
    let blank = print::blank_line();
    vec![
        quote! {
            impl codec::Mixed for #path {
                const VALUES: &'static [codec::Is] = &[#(#values),*];
                #blank
                #[inline]
                fn at(position: usize, value: serde_json::Value) -> Self {
                    match position {
                        #(#positions => Self::#names,)*
                        _ => Self::Unrecognized(value),
                    }
                }
                #blank
                #[inline]
                fn known(&self) -> Result<usize, &serde_json::Value> {
                    Ok(match self {
                        #(Self::#names => #positions,)*
                        Self::Unrecognized(value) => return Err(value),
                    })
                }
            }
        },
        quote! {
            impl From<serde_json::Value> for #path {
                #[inline]
                fn from(value: serde_json::Value) -> Self { codec::mixed_of(value) }
            }
        },
    ]
}
