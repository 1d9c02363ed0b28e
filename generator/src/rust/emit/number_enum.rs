//! Open enums of numbers, whole ones and others: the type and its codec.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::super::plan::{ValueVariant, WholeVariant};
use super::super::print::{self, doc_lines};
use super::prose;
use super::syntax::ident;

/// An enum whose values are numbers of one Rust type.
pub(super) struct NumberEnum {
    /// The Rust type: `i64`.
    number: Ident,
    /// The runtime's trait: `Whole`.
    codec: Ident,
    /// The method that gives the number: `as_i64`.
    getter: Ident,
    /// Whether two values are the same or not, whatever they are.
    total: bool,
    variants: Vec<NumberVariant>,
}

struct NumberVariant {
    name: Ident,
    wire: TokenStream,
    docs: Vec<String>,
}

impl NumberEnum {
    /// An enum of whole numbers.
    pub(super) fn whole(variants: &[WholeVariant]) -> Self {
        let variants = variants.iter().map(|variant| {
            let literal = Literal::i64_unsuffixed(variant.wire);
            let wire = variant.wire.to_string();
            number_variant(&variant.name, quote!(#literal), &wire, &variant.docs)
        });
        Self {
            number: ident("i64"),
            codec: ident("Whole"),
            getter: ident("as_i64"),
            total: true,
            variants: variants.collect(),
        }
    }

    /// An enum of numbers, not all of them whole.
    pub(super) fn of_doubles(variants: &[ValueVariant]) -> Self {
        let variants = variants.iter().map(|variant| {
            let number = variant.wire.as_f64().unwrap_or_default();
            let literal = double(number);
            let wire = variant.wire.to_string();
            number_variant(&variant.name, literal, &wire, &variant.docs)
        });
        Self {
            number: ident("f64"),
            codec: ident("Number"),
            getter: ident("as_f64"),
            total: false,
            variants: variants.collect(),
        }
    }

    /// The enum called `name`; `docs` are its doc lines.
    pub(super) fn definition(&self, name: &str, docs: &TokenStream) -> TokenStream {
        let name = ident(name);
        let number = &self.number;
        let variants = self.variants.iter().map(|variant| {
            let docs = doc_lines(&variant.docs);
            let name = &variant.name;
            quote!(#docs #name,)
        });
        let derives = if self.total {
            quote!(Clone, Copy, Debug, PartialEq, Eq, Hash)
        } else {
            quote!(Clone, Copy, Debug, PartialEq)
        };
        quote! {
            #docs
            #[derive(#derives)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants)*
                /// A number that the description does not know, as it was sent.
                Unrecognized(#number),
            }
        }
    }

    /// The conversions of the enum at `path`, which both directions of the codec use.
    pub(super) fn conversions(&self, path: &TokenStream) -> Vec<TokenStream> {
        let Self {
            number,
            codec,
            getter,
            ..
        } = self;
        let names: Vec<_> = self.variants.iter().map(|variant| &variant.name).collect();
        let wires: Vec<_> = self.variants.iter().map(|variant| &variant.wire).collect();
        let blank = print::blank_line();
        vec![
            quote! {
                impl codec::#codec for #path {
                    #[inline]
                    fn of(number: #number) -> Self {
                        match number {
                            #(#wires => Self::#names,)*
                            _ => Self::Unrecognized(number),
                        }
                    }
                    #blank
                    #[inline]
                    fn number(&self) -> #number {
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
                    pub fn #getter(&self) -> #number { codec::#codec::number(self) }
                }
            },
            quote! {
                impl From<#number> for #path {
                    #[inline]
                    fn from(number: #number) -> Self { codec::#codec::of(number) }
                }
            },
            quote! {
                impl std::fmt::Display for #path {
                    #[inline]
                    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        self.#getter().fmt(to)
                    }
                }
            },
        ]
    }
}

fn number_variant(
    name: &str,
    wire: TokenStream,
    text: &str,
    docs: &Option<String>,
) -> NumberVariant {
    NumberVariant {
        name: ident(name),
        wire,
        docs: match docs {
            Some(text) => prose::lines(text),
            None => vec![format!("`{text}`")],
        },
    }
}

/// A double as an expression or a pattern.
fn double(number: f64) -> TokenStream {
    let literal = Literal::f64_unsuffixed(number.abs());
    if number < 0.0 {
        quote!(-#literal)
    } else {
        quote!(#literal)
    }
}
