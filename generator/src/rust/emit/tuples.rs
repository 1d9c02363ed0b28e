//! Tuples, which are structs of items by position: the type and its codec.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::plan::{TuplePlan, Ty};
use super::super::print::{self, doc_lines};
use super::prose;
use super::syntax::{self, Derives, ident, number};

/// The struct called `name`; `docs` are its doc lines, `data` is what data derives.
pub(super) fn definition(
    name: &str,
    docs: &TokenStream,
    data: &Derives,
    tuple: &TuplePlan,
    here: Option<&str>,
) -> TokenStream {
    let name = ident(name);
    let items = tuple.items.iter().map(|item| {
        let docs = item
            .docs
            .as_ref()
            .map(|text| doc_lines(&prose::lines(text)));
        let ty = syntax::ty(&item.ty, here);
        quote!(#docs pub #ty,)
    });
    let rest_docs = doc_lines(&[match tuple.items[..] {
        [] => "Its items.".to_owned(),
        _ => "Those that follow.".to_owned(),
    }]);
    let rest = tuple.rest.iter().map(|rest| {
        let rest = syntax::ty(rest, here);
        quote!(#rest_docs pub Vec<#rest>,)
    });
    quote! {
        #docs
        #data
        pub struct #name(#(#items)* #(#rest)*);
    }
}

/// What the docs say of the length.
pub(super) fn length_docs(tuple: &TuplePlan) -> String {
    let (count, least) = (tuple.items.len(), tuple.least());
    if count == 0 {
        return "A list.".to_owned();
    }
    let items = match (count, least) {
        (1, 1) => "A list of one item".to_owned(),
        (1, _) => "A list of one item, which may be missing".to_owned(),
        (count, least) if least == count => format!("A list of {count} items, by position"),
        (count, 0) => format!("A list of up to {count} items, by position"),
        (count, least) => format!("A list of {least} to {count} items, by position"),
    };
    match &tuple.rest {
        Some(_) => format!("{items}, and any number of further ones."),
        None => format!("{items}; further ones are passed over."),
    }
}

/// How the struct at `path` is read.
pub(super) fn decoding(name: &str, path: &TokenStream, tuple: &TuplePlan) -> Vec<TokenStream> {
    let items = tuple.items.iter().map(|item| match &item.ty {
        Ty::Boxed(_) => quote!(Box::new(codec::blank())),
        _ if item.is_text_enum => quote!("".into()),
        _ => quote!(codec::blank()),
    });
    let blanks = items.chain(tuple.rest.iter().map(|_| quote!(Vec::new())));
    let least = number(tuple.least());
    let arms = (0..tuple.items.len()).map(|index| {
        let index = number(index);
        quote!(#index => codec::next_item(items, &mut self.#index),)
    });
    let last = number(tuple.items.len());
    let beyond = match tuple.rest {
        Some(_) => quote!(codec::next_of_rest(items, &mut self.#last)),
        None => quote!(codec::pass_over_item(items)),
    };
    let fill = match tuple.items[..] {
        [] => quote! {
            let _ = position;
            #beyond
        },
        _ => quote! {
            match position {
                #(#arms)*
                _ => #beyond,
            }
        },
    };
    let blank = print::blank_line();
    vec![
        quote! {
            impl codec::Blank for #path {
                #[inline]
                fn blank() -> Self { Self(#(#blanks),*) }
            }
        },
        quote! {
            impl codec::Tuple for #path {
                const NAME: &'static str = #name;
                const LEAST: usize = #least;
                #blank
                #[inline]
                fn fill<'de, A: SeqAccess<'de>>(
                    &mut self,
                    position: usize,
                    items: &mut A,
                ) -> Result<bool, A::Error> {
                    #fill
                }
            }
        },
    ]
}

/// The body that writes the struct.
pub(super) fn encoding(tuple: &TuplePlan) -> TokenStream {
    let items = tuple.items.iter().enumerate().map(|(index, item)| {
        let index = number(index);
        let write = if item.required {
            quote!(required)
        } else {
            quote!(optional)
        };
        quote!(array.#write(&self.#index)?;)
    });
    let last = number(tuple.items.len());
    let rest = tuple.rest.iter().map(|_| quote!(array.rest(&self.#last)?;));
    quote! {
        let mut array = codec::array(to)?;
        #(#items)*
        #(#rest)*
        array.end()
    }
}
