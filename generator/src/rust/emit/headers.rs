//! The view of an action's documented response headers.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::plan::{
    ActionPlan, ContentPlan, HeaderForm, HeaderPlan, HeadersPlan, ResourcePlan, Ty,
};
use super::super::print::{block, doc_lines};
use super::prose;
use super::syntax::{self, ident};

/// The view, or its alias; nothing if no headers are documented.
pub(super) fn view(action: &ActionPlan, resource: &ResourcePlan) -> Vec<TokenStream> {
    let Some(plan) = &action.headers else {
        return Vec::new();
    };
    let name = ident(&plan.name);
    if let Some(twin) = &plan.alias_of {
        let twin = ident(twin);
        let docs = doc_lines(&[format!("The headers of {}.", prose::code(&action.name))]);
        return vec![quote!(#docs pub type #name<'a> = #twin<'a>;)];
    }
    let docs = doc_lines(&docs(plan, action, resource));
    let getters = plan.headers.iter();
    let getters = getters.map(|header| getter(header, &resource.module));
    let of = quote! {
        /// Reads the headers of an answer.
        #[inline]
        pub fn of(headers: &'a runtime::HeaderMap) -> Self { Self(runtime::Headers::new(headers)) }
    };
    let methods = [of].into_iter().chain(getters).collect();
    vec![
        quote! {
            #docs
            #[derive(Debug)]
            pub struct #name<'a>(runtime::Headers<'a>);
        },
        block(quote!(impl<'a> #name<'a>), methods),
    ]
}

/// What the view is and how one comes by it.
fn docs(plan: &HeadersPlan, action: &ActionPlan, resource: &ResourcePlan) -> Vec<String> {
    let mut of = vec![prose::code(&action.name)];
    of.extend(resource.actions.iter().filter_map(|other| {
        let alias = other.headers.as_ref()?.alias_of.as_deref();
        (alias == Some(plan.name.as_str())).then(|| prose::code(&other.name))
    }));
    let name = &plan.name;
    let request = &action.request;
    let success = match action.success.streams() {
        true => format!("Those of a success are read from what [`send`]({request}::send) gives:"),
        false => format!(
            "Those of a success stand beside the body in what [`send_with_meta`]({request}::send_with_meta) gives:"
        ),
    };
    let headers = match action.success {
        ContentPlan::Events(_) | ContentPlan::Values(_) => "response().headers()",
        _ => "headers()",
    };
    vec![
        format!("The documented response headers of {}.", of.join(", ")),
        String::new(),
        success,
        format!("`{name}::of(answer.{headers})`. Those of a failure are in its error:"),
        format!("`error.headers().map({name}::of)`. A header that is not there is `None`."),
    ]
}

fn getter(plan: &HeaderPlan, module: &str) -> TokenStream {
    let docs = doc_lines(&docs_of(plan));
    let deprecated = plan
        .deprecated
        .then(|| quote!(#[deprecated = "the API deprecates it"]));
    let name = ident(&plan.name);
    let ty = syntax::ty(&plan.ty, Some(module));
    let read = ident(match plan.form {
        HeaderForm::Simple => "value",
        HeaderForm::Exploded => "exploded",
        HeaderForm::Json => "json",
        HeaderForm::Timestamp => "timestamp",
    });
    let wire = &plan.wire;
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #name(&self) -> Result<Option<#ty>, runtime::HeaderError> { self.0.#read(#wire) }
    }
}

/// What it means, and which answers have it.
fn docs_of(plan: &HeaderPlan) -> Vec<String> {
    let mut lines = plan.docs.as_deref().map(prose::lines).unwrap_or_default();
    if !lines.is_empty() {
        lines.push(String::new());
    }
    let always = if plan.required { "; always there" } else { "" };
    let name = prose::code(&plan.wire);
    lines.push(format!("{name} of {}{always}.", plan.answers));
    lines
}

/// The types that the view of an action mentions.
pub(super) fn types(action: &ActionPlan) -> impl Iterator<Item = &Ty> {
    let views = action.headers.iter().filter(|plan| plan.alias_of.is_none());
    views
        .flat_map(|plan| &plan.headers)
        .map(|header| &header.ty)
}
