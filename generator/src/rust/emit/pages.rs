//! Pages of an action: the table of how they follow one another, and the methods that walk them.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::plan::{ActionPlan, ContentPlan, Holds, PageField, PagesPlan, Ty};
use super::syntax::{self, ident, number};
use crate::ir::NextPage;

/// The static table.
pub(super) fn table(plan: &PagesPlan) -> TokenStream {
    let name = ident(&plan.table);
    let paging = &plan.paging;
    let next = next(&paging.next);
    let items = reads_items(plan).then(|| said("items", &paging.items));
    let told = [
        ("more", &paging.more),
        ("total", &paging.total),
        ("pages", &paging.pages),
    ];
    let told = told
        .into_iter()
        .filter_map(|(method, keys)| Some(said(method, keys.as_ref()?)));
    let size = paging.size.iter().map(|size| {
        let parameter = number(size.parameter);
        let (default, most) = (optional(size.default), optional(size.most));
        quote!(.size(#parameter, #default, #most))
    });
    quote! {
        pub(crate) static #name: runtime::Paging = runtime::Paging::#next #items #(#told)* #(#size)*;
    }
}

fn next(next: &NextPage) -> TokenStream {
    match next {
        NextPage::Link { keys } => quote!(link(&[#(#keys),*])),
        NextPage::LinkHeader => quote!(link_header()),
        NextPage::Cursor { parameter, keys } => {
            let parameter = number(*parameter);
            quote!(cursor(#parameter, &[#(#keys),*]))
        }
        NextPage::LastItem { parameter, keys } => {
            let parameter = number(*parameter);
            quote!(last_item(#parameter, &[#(#keys),*]))
        }
        NextPage::Page { parameter, first } => {
            let (parameter, first) = (number(*parameter), whole(*first));
            quote!(page(#parameter, #first))
        }
        NextPage::Offset { parameter, first } => {
            let (parameter, first) = (number(*parameter), whole(*first));
            quote!(offset(#parameter, #first))
        }
    }
}

/// Whether the runtime has to look at the items of a page, which are not the page itself.
fn reads_items(plan: &PagesPlan) -> bool {
    let linked = matches!(
        plan.paging.next,
        NextPage::Link { .. } | NextPage::LinkHeader
    );
    !linked && !plan.paging.items.is_empty()
}

fn said(method: &str, keys: &[String]) -> TokenStream {
    let method = ident(method);
    quote!(.#method(&[#(#keys),*]))
}

fn whole(number: u64) -> proc_macro2::Literal {
    proc_macro2::Literal::u64_unsuffixed(number)
}

fn optional(number: Option<u64>) -> TokenStream {
    match number.map(whole) {
        Some(number) => quote!(Some(#number)),
        None => quote!(None),
    }
}

/// The methods that walk the pages and their items.
pub(super) fn walks(action: &ActionPlan, plan: &PagesPlan, module: &str) -> [TokenStream; 2] {
    let error = ident(&action.errors.name);
    let table = ident(&plan.table);
    let items = items_of(action, plan);
    let page = syntax::content(&action.success, Some(module));
    let decode = syntax::decoder(&action.success);
    let item = syntax::ty(&plan.item, Some(module));
    [
        quote! {
            /// All pages from this one on, as a stream: each is fetched when it is asked for.
            #[inline]
            pub fn pages(self) -> runtime::Pages<#page, #error> {
                self.call.pages(#decode, &#table)
            }
        },
        quote! {
            /// All items of all pages from this one on, as a stream.
            #[inline]
            pub fn items(self) -> runtime::Items<#item, #page, #error> {
                self.pages().items(|page| #items)
            }
        },
    ]
}

/// The items of a `page`, whichever success it is.
fn items_of(action: &ActionPlan, plan: &PagesPlan) -> TokenStream {
    let Some(variant) = &plan.variant else {
        let optional = matches!(&action.success, ContentPlan::Json(Ty::Option(_)));
        return items(quote!(page), optional, &plan.items);
    };
    let (successes, name) = (ident(&variant.successes), ident(&variant.name));
    let page = match variant.boxed && plan.items.is_empty() {
        true => quote!(*page),
        false => quote!(page),
    };
    let items = items(page, matches!(variant.page, Ty::Option(_)), &plan.items);
    quote! {
        match page {
            #successes::#name(page) => #items,
            _ => Vec::new(),
        }
    }
}

/// The items of a page; none if something on the way to them is not there.
fn items(page: TokenStream, mut optional: bool, way: &[PageField]) -> TokenStream {
    let mut value = page;
    for field in way {
        let name = ident(&field.name);
        let inner = match (optional, field.holds) {
            (false, Holds::Nullable) => quote!(#value.#name.value()),
            (false, _) => quote!(#value.#name),
            (true, Holds::Value) => quote!(#value.map(|it| it.#name)),
            (true, Holds::Option) => quote!(#value.and_then(|it| it.#name)),
            (true, Holds::Nullable) => quote!(#value.and_then(|it| it.#name.value())),
        };
        value = inner;
        optional |= field.holds != Holds::Value;
    }
    match optional {
        true => quote!(#value.unwrap_or_default()),
        false => value,
    }
}
