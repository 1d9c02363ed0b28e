//! `command_line.rs` and the files below it: the table that the runtime makes a command line from;
//! and `main.rs`, the program.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::plan::{
    ActionPlan, BodyContent, BodyWay, CommandGroupPlan, CommandPlan, ContentPlan, CratePlan,
    CredentialKind, FlagKind, FlagPlan, FormPlan, GrantKind, PartKind, PartPlan, ResourcePlan,
    SchemePlan,
};
use super::super::print;
use super::syntax::{self, ident, number};
use super::{bodies, prose};

/// The file of the table.
pub(super) fn file(plan: &CratePlan) -> syn::Result<String> {
    let docs = [
        format!("The command line of the {}.", prose::line(&plan.title)),
        String::new(),
        "Only compiled with the feature `cli`; the program of this crate has nothing else."
            .to_owned(),
    ];
    let modules = plan.resources.iter().map(|resource| {
        let module = ident(&resource.module);
        let gate = syntax::gate(resource.feature.as_slice());
        quote!(#gate mod #module;)
    });
    let mut items = Vec::new();
    if !plan.resources.is_empty() {
        items.push(quote!(#(#modules)*));
    }
    items.push(table(plan));
    items.push(quote! {
        /// Does what the arguments of this process ask for.
        pub fn main() -> crate::runtime::cli::ExitCode { crate::runtime::cli::main(&PROGRAM) }
    });
    print::file(&super::head(plan, &docs), &[], items)
}

/// The file of the program.
pub(super) fn program(plan: &CratePlan) -> syn::Result<String> {
    let docs = [format!(
        "The command line of the {}; `--help` says what it can do.",
        prose::line(&plan.title)
    )];
    let library = ident(&plan.name.replace('-', "_"));
    let main = quote! {
        fn main() -> std::process::ExitCode { #library::command_line::main() }
    };
    print::file(&super::head(plan, &docs), &[], vec![main])
}

/// The environment variables of credentials, in Markdown.
pub(super) fn variables(plan: &CratePlan) -> Vec<String> {
    let schemes = plan
        .client
        .schemes
        .iter()
        .zip(&plan.command_line.credentials);
    let variables = schemes.map(|(scheme, (variable, _))| match scheme.kind {
        CredentialKind::Basic => format!("`{variable}_USER` and `{variable}_PASSWORD`"),
        _ => format!("`{variable}`"),
    });
    variables.collect()
}

/// The table of the program. Its file imports nothing, since the modules of resources in it may
/// have any name.
fn table(plan: &CratePlan) -> TokenStream {
    let cli = quote!(crate::runtime::cli);
    let commands = &plan.command_line;
    let (name, about, prefix) = (&commands.program, &commands.about, &commands.prefix);
    let schemes = plan.client.schemes.iter().zip(&commands.credentials);
    let credentials =
        schemes.map(|(scheme, (variable, about))| credential(&cli, scheme, variable, about));
    let servers = &commands.servers;
    let variables = commands.variables.iter().map(|it| flag(&cli, it));
    let settings = commands.settings.iter().map(|it| flag(&cli, it));
    let resources = plan.resources.iter().map(|resource| {
        let module = ident(&resource.module);
        let gate = syntax::gate(resource.feature.as_slice());
        quote!(#gate &#module::COMMANDS)
    });
    quote! {
        static PROGRAM: #cli::Program = #cli::Program {
            name: #name,
            version: env!("CARGO_PKG_VERSION"),
            about: #about,
            prefix: #prefix,
            api: &crate::client::API,
            credentials: &[#(#credentials),*],
            servers: &[#(#servers),*],
            variables: &[#(#variables),*],
            settings: &[#(#settings),*],
            resources: &[#(#resources),*],
        };
    }
}

fn credential(cli: &TokenStream, plan: &SchemePlan, variable: &str, about: &str) -> TokenStream {
    let url = |kind| {
        let mut grants = plan.grants.iter();
        grants
            .find(|grant| grant.kind == kind)
            .map(|grant| &grant.token_url)
    };
    let fields: Vec<TokenStream> = [
        Some(quote!(variable: #variable,)),
        (!about.is_empty()).then(|| quote!(about: #about,)),
        url(GrantKind::ClientCredentials).map(|url| quote!(client_credentials: Some(#url),)),
        url(GrantKind::RefreshToken).map(|url| quote!(refresh_token: Some(#url),)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let rest = (fields.len() < 4).then(|| quote!(..#cli::Credential::USUAL));
    quote!(#cli::Credential { #(#fields)* #rest })
}

/// The file of a resource.
pub(super) fn resource_file(
    plan: &CratePlan,
    resource: &ResourcePlan,
    group: &CommandGroupPlan,
) -> syn::Result<String> {
    let docs = [format!("The commands of {}.", prose::code(&resource.key))];
    let is_styled = |action: &ActionPlan| {
        let body = action.body.iter();
        let mut ways = body.flat_map(|body| [&body.usual].into_iter().chain(&body.others));
        ways.any(|way| match &way.content {
            BodyContent::Form { styles, .. } => !styles.is_empty(),
            BodyContent::Parts(Some(form)) => form.parts.iter().any(is_styled_part),
            _ => false,
        })
    };
    let imports = match resource.actions.iter().any(is_styled) {
        true => [quote!(crate::runtime::{self, cli})],
        false => [quote!(crate::runtime::cli)],
    };
    let (name, about) = (&group.name, &group.about);
    let actions = resource.actions.iter().zip(&group.actions);
    let actions = actions.map(|(action, command)| self::action(&resource.module, action, command));
    let table = quote! {
        pub(super) static COMMANDS: cli::Resource = cli::Resource {
            name: #name,
            about: #about,
            actions: &[#(#actions),*],
        };
    };
    print::file(&super::head(plan, &docs), &imports, vec![table])
}

fn action(module: &str, action: &ActionPlan, command: &CommandPlan) -> TokenStream {
    let (name, about) = (&command.name, &command.about);
    let (module, operation) = (ident(module), ident(&action.table));
    let flags = command.flags.iter().map(|it| flag(&quote!(cli), it));
    let body = body(action, command);
    let others = action.streams.iter().map(|stream| {
        let (media_type, accept) = (&stream.media_type, &stream.accept);
        let arrival = arrival(&stream.content);
        quote!(cli::Stream { media_type: #media_type, accept: #accept, arrival: #arrival })
    });
    let pages = action.pages.as_ref().map(|pages| {
        let items = &pages.paging.items;
        let table = ident(&pages.table);
        quote! {
            pages: Some(cli::PagesOf { items: &[#(#items),*], paging: &crate::#module::#table }),
        }
    });
    let streams = action.success.streams().then(|| {
        let arrival = arrival(&action.success);
        quote!(streams: Some(#arrival),)
    });
    let fields: Vec<TokenStream> = [
        action.deprecated.then(|| quote!(deprecated: true,)),
        (!command.flags.is_empty()).then(|| quote!(inputs: &[#(#flags),*],)),
        body.map(|body| quote!(body: Some(#body),)),
        streams,
        (!action.streams.is_empty()).then(|| quote!(others: &[#(#others),*],)),
        pages,
    ]
    .into_iter()
    .flatten()
    .collect();
    let rest = (fields.len() < 6).then(|| quote!(..cli::Action::USUAL));
    quote! {
        cli::Action {
            name: #name,
            about: #about,
            operation: &crate::#module::#operation,
            #(#fields)*
            #rest
        }
    }
}

/// How an answer is read that is not waited for.
fn arrival(content: &ContentPlan) -> TokenStream {
    match content {
        ContentPlan::Events(_) => quote!(cli::Arrival::Events),
        ContentPlan::Values(_) => quote!(cli::Arrival::Values),
        _ => quote!(cli::Arrival::Bytes),
    }
}

fn flag(cli: &TokenStream, plan: &FlagPlan) -> TokenStream {
    let (name, wire, about) = (&plan.flag, &plan.wire, &plan.about);
    let (at, kind) = (number(plan.at), ident(&format!("{:?}", plan.kind)));
    let choices = &plan.choices;
    let default = plan.default.iter();
    let fields: Vec<TokenStream> = [
        Some(quote!(flag: #name,)),
        (plan.at > 0).then(|| quote!(at: #at,)),
        (!plan.wire.is_empty()).then(|| quote!(wire: #wire,)),
        (!plan.about.is_empty()).then(|| quote!(about: #about,)),
        (plan.kind != FlagKind::Text).then(|| quote!(kind: #cli::Kind::#kind,)),
        (!plan.choices.is_empty()).then(|| quote!(choices: &[#(#choices),*],)),
        plan.many.then(|| quote!(many: true,)),
        plan.required.then(|| quote!(required: true,)),
        plan.deprecated.then(|| quote!(deprecated: true,)),
        plan.rare.then(|| quote!(rare: true,)),
        plan.default
            .is_some()
            .then(|| quote!(#(default: Some(#default),)*)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let rest = (fields.len() < 11).then(|| quote!(..#cli::Input::USUAL));
    quote!(#cli::Input { #(#fields)* #rest })
}

fn body(action: &ActionPlan, command: &CommandPlan) -> Option<TokenStream> {
    let plan = action.body.as_ref()?;
    let about = &command.body;
    let fields = command.fields.iter().map(|it| flag(&quote!(cli), it));
    let usual = way(&plan.usual, command.object, true);
    let others = plan.others.iter().map(|other| way(other, false, false));
    let ways = [usual].into_iter().chain(others);
    let fields: Vec<TokenStream> = [
        (!about.is_empty()).then(|| quote!(about: #about,)),
        plan.required.then(|| quote!(required: true,)),
        (!command.fields.is_empty()).then(|| quote!(fields: &[#(#fields),*],)),
        Some(quote!(ways: &[#(#ways),*],)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let rest = (fields.len() < 4).then(|| quote!(..cli::Body::USUAL));
    Some(quote!(cli::Body { #(#fields)* #rest }))
}

/// A way to send a body. Flags are of the usual one only, so that the parts of another are given
/// by name.
fn way(way: &BodyWay, object: bool, usual: bool) -> TokenStream {
    let media_type = &way.media_type;
    let content = match &way.content {
        BodyContent::Json(_) => quote!(Json { object: #object }),
        BodyContent::Lines(_) => quote!(Lines),
        BodyContent::Form { styles, .. } => {
            let styles = styles.iter().map(bodies::style);
            quote!(Form(&[#(#styles),*]))
        }
        BodyContent::Parts(form) => {
            let parts = form.iter().filter(|_| usual).flat_map(parts);
            quote!(Parts(&[#(#parts),*]))
        }
        BodyContent::Text | BodyContent::Bytes => quote!(Plain),
    };
    quote!(cli::Way { media_type: #media_type, content: cli::Content::#content })
}

fn parts(form: &FormPlan) -> impl Iterator<Item = TokenStream> {
    form.parts.iter().map(part)
}

fn is_styled_part(part: &PartPlan) -> bool {
    matches!(part.kind, PartKind::Styled(..))
}

fn part(plan: &PartPlan) -> TokenStream {
    let name = &plan.wire;
    let media_type = plan.media_type.iter();
    let style = match &plan.kind {
        PartKind::Styled(_, style) => Some(bodies::style(style)),
        _ => None,
    };
    let style = style.iter();
    let rest =
        (plan.media_type.is_none() || !is_styled_part(plan)).then(|| quote!(..cli::Part::USUAL));
    quote! {
        cli::Part {
            name: #name,
            #(media_type: Some(#media_type),)*
            #(style: Some(#style),)*
            #rest
        }
    }
}
