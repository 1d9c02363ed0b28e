//! Open enums of whole numbers: the type and its codec.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::plan::{TypePlan, WholeVariant};
use super::super::print::{self, doc_lines};
use super::prose;
use super::syntax::ident;

/// The enum; `docs` are its doc lines.
pub(super) fn definition(
    plan: &TypePlan,
    docs: &TokenStream,
    variants: &[WholeVariant],
) -> TokenStream {
    let name = ident(&plan.name);
    let variants = variants.iter().map(|variant| {
        let docs = doc_lines(&match &variant.docs {
            Some(text) => prose::lines(text),
            None => vec![format!("`{}`", variant.wire)],
        });
        let name = ident(&variant.name);
        quote!(#docs #name,)
    });
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A number that the description does not know, as it was sent.
            Unrecognized(i64),
        }
    }
}

/// The conversions of the enum at `path`, which both directions of the codec use.
pub(super) fn conversions(path: &TokenStream, variants: &[WholeVariant]) -> Vec<TokenStream> {
    let names: Vec<_> = variants
        .iter()
        .map(|variant| ident(&variant.name))
        .collect();
    let wires: Vec<_> = variants
        .iter()
        .map(|variant| Literal::i64_unsuffixed(variant.wire))
        .collect();
    let blank = print::blank_line();
    vec![
        quote! {
            impl codec::Whole for #path {
                #[inline]
                fn of(number: i64) -> Self {
                    match number {
                        #(#wires => Self::#names,)*
                        _ => Self::Unrecognized(number),
                    }
                }
                #blank
                #[inline]
                fn number(&self) -> i64 {
                    match self {
                        #(Self::#names => #wires,)*
                        Self::Unrecognized(number) => *number,
                    }
                }
            }
        },
        quote! {
            impl #path {
                /// The number as it is sent.
                #[inline]
                #[must_use]
                pub fn as_i64(&self) -> i64 { codec::Whole::number(self) }
            }
        },
        quote! {
            impl From<i64> for #path {
                #[inline]
                fn from(number: i64) -> Self { codec::Whole::of(number) }
            }
        },
        quote! {
            impl std::fmt::Display for #path {
                #[inline]
                fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    self.as_i64().fmt(to)
                }
            }
        },
    ]
}
