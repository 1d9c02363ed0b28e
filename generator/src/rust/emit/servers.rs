//! The servers of an API: the choice between them, and the variables of their URLs.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::plan::{CratePlan, ServerChoice, ServerPlan, ServerVariablePlan};
use super::super::print::doc_lines;
use super::prose;
use super::syntax::{ident, number};

/// A server as an entry of a table.
pub(super) fn server(plan: &ServerPlan) -> TokenStream {
    let url = &plan.url;
    let variables = plan
        .variables
        .iter()
        .map(|(name, default)| quote!((#name, #default)));
    let variables = (!plan.variables.is_empty()).then(|| quote!(.variables(&[#(#variables),*])));
    quote!(runtime::Server::new(#url) #variables)
}

/// The names of the enums that the root of the crate exports.
pub(super) fn exported(plan: &CratePlan) -> Vec<&str> {
    let choices = plan.client.server_variables.iter();
    let choices = choices.filter_map(|variable| Some(&*variable.choice.as_ref()?.name));
    let several = several(plan).then_some("Server");
    several.into_iter().chain(choices).collect()
}

fn several(plan: &CratePlan) -> bool {
    plan.client.servers.len() > 1
}

/// The enums.
pub(super) fn choices(plan: &CratePlan) -> Vec<TokenStream> {
    let mut items = Vec::new();
    if several(plan) {
        items.push(choice_of_servers(plan));
    }
    for variable in &plan.client.server_variables {
        let choice = variable.choice.iter();
        items.extend(choice.flat_map(|choice| choice_of_values(variable, choice)));
    }
    items
}

fn choice_of_servers(plan: &CratePlan) -> TokenStream {
    let mut lines = vec![format!(
        "The servers of {}; [`ClientBuilder::server`] takes one.",
        prose::line(&plan.api())
    )];
    lines.extend(sample(plan));
    let docs = doc_lines(&lines);
    let servers = || plan.client.servers.iter();
    let variants = servers().enumerate().map(|(index, server)| {
        let name = ident(&server.variant);
        let url = prose::code(&server.url);
        let docs = match &server.docs {
            Some(text) => {
                let mut lines = prose::lines(text);
                lines.extend([String::new(), format!("{url}.")]);
                lines
            }
            None => vec![format!("{url}.")],
        };
        let docs = doc_lines(&docs);
        let default = (index == 0).then(|| quote!(#[default]));
        quote!(#docs #default #name,)
    });
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Server { #(#variants)* }
    }
}

/// How a server is chosen: one with variables, if there is one.
fn sample(plan: &CratePlan) -> Vec<String> {
    let mut servers = plan.client.servers.iter().rev();
    let variable = servers.find(|server| !server.variables.is_empty());
    let Some(server) = variable.or(plan.client.servers.last()) else {
        return Vec::new();
    };
    let of_server = |variable: &&ServerVariablePlan| {
        let mut names = server.variables.iter();
        names.any(|(name, _)| *name == variable.wire)
    };
    let mut names = vec!["Client", "Server"];
    let mut settings = vec![format!(".server(Server::{})", server.variant)];
    for variable in plan.client.server_variables.iter().filter(of_server) {
        let setter = &variable.setter;
        let usual = variable.choice.as_ref().and_then(|choice| {
            let mut variants = choice.variants.iter();
            Some((
                &choice.name,
                &variants.find(|each| each.wire == variable.default)?.name,
            ))
        });
        if let Some((choice, variant)) = usual {
            names.push(choice);
            settings.push(format!(".{setter}({choice}::{variant})"));
        } else if variable.choice.is_none() {
            settings.push(format!(".{setter}({:?})", variable.default));
        }
    }
    names.sort_unstable();
    let crate_name = plan.name.replace('-', "_");
    settings.push(".build()?;".to_owned());
    let begin = [
        String::new(),
        "```no_run".to_owned(),
        format!("use {crate_name}::{{{}}};", names.join(", ")),
        String::new(),
        "let client = Client::builder()".to_owned(),
    ];
    let settings = settings.iter().map(|setting| format!("    {setting}"));
    let end = [
        format!("# Ok::<(), {crate_name}::BuildError>(())"),
        "```".to_owned(),
    ];
    begin.into_iter().chain(settings).chain(end).collect()
}

fn choice_of_values(variable: &ServerVariablePlan, choice: &ServerChoice) -> [TokenStream; 2] {
    let name = ident(&choice.name);
    let wire = prose::code(&variable.wire);
    let docs = doc_lines(&[format!("What {wire} can be in the URL of a server.")]);
    let variants = choice.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let docs = doc_lines(&[format!("{}.", prose::code(&variant.wire))]);
        quote!(#docs #name,)
    });
    let texts = choice.variants.iter().map(|variant| {
        let (name, text) = (ident(&variant.name), &variant.wire);
        quote!(Self::#name => #text,)
    });
    [
        quote! {
            #docs
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name { #(#variants)* }
        },
        quote! {
            impl #name {
                /// As it stands in the URL.
                #[inline]
                #[must_use]
                pub fn as_str(self) -> &'static str {
                    match self { #(#texts)* }
                }
            }
        },
    ]
}

/// The setters of the builder.
pub(super) fn setters(plan: &CratePlan) -> Vec<TokenStream> {
    let mut setters = Vec::new();
    if several(plan) {
        setters.push(server_setter(plan));
    }
    setters.extend(plan.client.server_variables.iter().map(variable_setter));
    setters
}

fn server_setter(plan: &CratePlan) -> TokenStream {
    let usual = plan.client.servers.first();
    let usual = usual
        .map(|server| server.variant.as_str())
        .unwrap_or_default();
    let docs = doc_lines(&[format!(
        "Talks to this server; [`Server::{usual}`] unless set. A base URL goes before it."
    )]);
    let arms = plan
        .client
        .servers
        .iter()
        .enumerate()
        .map(|(index, server)| {
            let (name, index) = (ident(&server.variant), number(index));
            quote!(Server::#name => #index,)
        });
    quote! {
        #docs
        #[inline]
        pub fn server(mut self, server: Server) -> Self {
            self.core.server(match server { #(#arms)* });
            self
        }
    }
}

fn variable_setter(plan: &ServerVariablePlan) -> TokenStream {
    let mut lines = match &plan.docs {
        Some(text) => prose::lines(text),
        None => vec![format!("Sets {}.", prose::code(&plan.wire))],
    };
    lines.push(String::new());
    lines.push(format!(
        "It is part of the URL of the server; {} unless set.",
        prose::code(&plan.default)
    ));
    let docs = doc_lines(&lines);
    let name = ident(&plan.setter);
    let wire = &plan.wire;
    let (taken, value) = match &plan.choice {
        Some(choice) => {
            let ty = ident(&choice.name);
            (quote!(#name: #ty), quote!(#name.as_str()))
        }
        None => (quote!(#name: impl Into<String>), quote!(#name)),
    };
    quote! {
        #docs
        #[inline]
        pub fn #name(mut self, #taken) -> Self {
            self.core.variable(#wire, #value);
            self
        }
    }
}
