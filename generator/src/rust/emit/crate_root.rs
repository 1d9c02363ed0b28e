//! `lib.rs`: what the crate is, a first call, and its modules.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::plan::CratePlan;
use super::super::print;
use super::syntax::{self, ident};
use super::{prose, servers};

/// The file of the crate's root.
pub(super) fn file(plan: &CratePlan) -> syn::Result<String> {
    let modules = plan.resources.iter().map(|resource| {
        let module = ident(&resource.module);
        let gate = syntax::gate(resource.feature.as_slice());
        quote!(#gate pub mod #module;)
    });
    let runtime = plan.runtime.is_none().then(|| {
        quote!(
            pub mod runtime;
        )
    });
    let modules: TokenStream = quote! {
        mod client;
        mod codec;
        #[cfg(feature = "cli")]
        pub mod command_line;
        #(#modules)*
        #runtime
        pub mod types;
    };
    let mut exported = vec!["Client", "ClientBuilder"];
    exported.extend(servers::exported(plan));
    exported.sort_unstable();
    let exported = exported.into_iter().map(ident);
    let shared = plan.runtime.as_ref().map(|shared| {
        let name = ident(&shared.name.replace('-', "_"));
        quote!(pub use ::#name::runtime;)
    });
    let exports = quote! {
        #shared
        pub use crate::client::{#(#exported),*};
        pub use crate::runtime::{
            BuildError, CallOptions, Error, Nullable, RetryPolicy, SecretString, Transport,
            WithMeta,
        };
    };
    print::file(&super::head(plan, &docs(plan)), &[], vec![modules, exports])
}

fn docs(plan: &CratePlan) -> Vec<String> {
    let mut docs = vec![format!(
        "A client of {}, version {}.",
        prose::line(&plan.api()),
        prose::line(&plan.api_version)
    )];
    if let Some(text) = &plan.docs {
        docs.push(String::new());
        docs.extend(prose::lines(text));
    }
    if let Some(call) = &plan.first_call {
        docs.push(String::new());
        docs.extend(prose::run(
            "# async fn example() -> Result<(), Box<dyn std::error::Error>> {",
            call,
        ));
    }
    docs.push(String::new());
    docs.push(
        "Each resource is a module and a method of [`Client`]; each action is a method of it that"
            .to_owned(),
    );
    docs.push(
        "takes what is required, returns a request with a setter for each optional value, and"
            .to_owned(),
    );
    docs.push("is sent with `send().await`. What can go wrong is an [`Error`].".to_owned());
    if plan.has_features() {
        docs.push(String::new());
        docs.extend(FEATURES.lines().map(str::to_owned));
    }
    if !plan.limits.is_empty() {
        docs.push(String::new());
        docs.extend(CHECKS.lines().map(str::to_owned));
    }
    docs
}

/// What the docs of a crate say about its features.
const FEATURES: &str = "\
Each resource is a feature with just what it needs. All are on by default; a program that uses few of
them is compiled faster if it turns the default features off and names those.";

/// What the docs of a crate that checks say about it.
const CHECKS: &str = "\
A call that breaks a bound, a length or a pattern of the description fails before anything is
sent: [`Error::is_request`] holds, and the message names the place and the rule, not the value.
[`ClientBuilder::unchecked`] sends calls as they are; without the feature `check-values`, which is on by
default, none of it is compiled.";
