//! What a crate gives the tests of its users: an expectation of each action, and the examples of
//! the description to answer it with. Only the feature `test-util` compiles it.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::plan::{ActionPlan, ContentPlan, CratePlan, ResourcePlan};
use super::super::print::{self, Item, doc_lines};
use super::prose;
use super::syntax::{self, ident};

/// The feature.
pub(super) const FEATURE: &str = "test-util";

/// The module of a resource that holds its fakes.
pub(super) const MODULE: &str = "fakes";

/// The constant of a resource's fakes that holds the examples.
const EXAMPLES: &str = "EXAMPLES";

/// The file of a resource's fakes.
pub(super) fn file(plan: &CratePlan, resource: &ResourcePlan) -> syn::Result<String> {
    let docs = [format!(
        "Expectations of the actions of {}, for tests.",
        prose::code(&resource.key)
    )];
    let examples = format!(
        "/// What the description has as examples of their answers.
static {EXAMPLES}: &str = include_str!(\"{MODULE}.json\");
"
    );
    let actions = resource.actions.iter();
    let fakes = actions.map(|action| Item::Syntax(fake(action, &resource.module)));
    let items = std::iter::once(Item::Text(examples)).chain(fakes);
    print::file(&super::head(plan, &docs), &[quote!(super::*)], items)
}

fn fake(action: &ActionPlan, module: &str) -> TokenStream {
    let name = ident(&action.method);
    let (table, examples) = (ident(&action.table), ident(EXAMPLES));
    let table = match &*action.table {
        // Of two of the same name, the one that is imported must say where from.
        EXAMPLES => quote!(super::#table),
        _ => quote!(#table),
    };
    let success = syntax::content(&action.success, Some(module));
    let error = ident(&action.errors.name);
    let decode = syntax::decoder(&action.success);
    let decode = match &action.success {
        success if success.streams() => quote!(None),
        ContentPlan::Choice(_) => quote!(Some(#decode)),
        // The module of the actions need not import the runtime's decoders.
        _ => quote!(Some(runtime::#decode)),
    };
    let docs = doc_lines(&[format!(
        "A call of {} as a [`Fake`](runtime::Fake) expects it.",
        prose::code(&action.name)
    )]);
    quote! {
        #docs
        pub fn #name() -> runtime::Expected<#success, #error> {
            runtime::Expected::new(&#table, #decode, #examples)
        }
    }
}
