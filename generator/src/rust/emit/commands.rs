//! `command_line.rs` and the files below it: the table that the runtime makes a command line from;
//! and `main.rs`, the program.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::layout::{Record, Value};
use super::super::plan::{
    ActionPlan, BodyContent, BodyWay, CommandGroupPlan, CommandPlan, ContentPlan, CratePlan,
    CredentialKind, FlagKind, FlagPlan, GrantKind, PartKind, PartPlan, ResourcePlan, SchemePlan,
};
use super::super::print::{self, Item};
use super::syntax::{self, ident};
use super::{bodies, prose};

/// The file of the table.
pub(super) fn file(plan: &CratePlan) -> syn::Result<String> {
    let docs = [
        format!("The command line of {}.", prose::line(&plan.api())),
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
    items.push(table(plan)?);
    items.push(quote! {
        /// Does what the arguments of this process ask for.
        pub fn main() -> crate::runtime::cli::ExitCode { crate::runtime::cli::main(&PROGRAM) }
    });
    print::file(&super::head(plan, &docs), &[], items)
}

/// The file of the program.
pub(super) fn program(plan: &CratePlan) -> syn::Result<String> {
    let docs = [format!(
        "The command line of {}; `--help` says what it can do.",
        prose::line(&plan.api())
    )];
    let library = ident(&plan.name.replace('-', "_"));
    // Imported, because rustfmt does not know where to break a call with a name that is too long.
    let imports = [quote!(#library::command_line)];
    let main = quote! {
        fn main() -> std::process::ExitCode { command_line::main() }
    };
    print::file(&super::head(plan, &docs), &imports, vec![main])
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

/// Where the types of tables are, as the file of a resource has them.
const CLI: &str = "cli";

/// The same in the file of the program, which imports nothing, since the modules of resources in
/// it may have any name.
const FROM_ROOT: &str = "crate::runtime::cli";

/// The table of the program.
fn table(plan: &CratePlan) -> syn::Result<TokenStream> {
    let cli = quote!(crate::runtime::cli);
    let commands = &plan.command_line;
    let (name, about, prefix) = (&commands.program, &commands.about, &commands.prefix);
    let schemes = plan.client.schemes.iter().zip(&commands.credentials);
    let credentials =
        schemes.map(|(scheme, (variable, about))| credential(&cli, scheme, variable, about));
    let servers = &commands.servers;
    let flags = |plans: &[FlagPlan]| -> syn::Result<Vec<TokenStream>> {
        let flags = plans.iter().map(|plan| flag(FROM_ROOT, plan).tokens());
        flags.collect()
    };
    let (variables, settings) = (flags(&commands.variables)?, flags(&commands.settings)?);
    let resources = plan.resources.iter().map(|resource| {
        let module = ident(&resource.module);
        let gate = syntax::gate(resource.feature.as_slice());
        quote!(#gate &#module::COMMANDS)
    });
    Ok(quote! {
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
    })
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
    let styled = resource.actions.iter().any(is_styled);
    let imports = match styled {
        true => [quote!(crate::runtime::{self, cli})],
        false => [quote!(crate::runtime::cli)],
    };
    let actions = resource.actions.iter().zip(&group.actions);
    let actions = actions.map(|(action, command)| self::action(&resource.module, action, command));
    let table = whole(
        "Resource",
        vec![
            ("name", Value::text(&group.name)),
            ("about", Value::text(&group.about)),
            ("actions", Value::List(actions.collect())),
        ],
    );
    let table = table.item("pub(super) static COMMANDS: cli::Resource");
    let item = match styled {
        // A style is a chain of calls, and no table has rules for those.
        true => Item::Syntax(table.parse()?),
        false => Item::Text(table),
    };
    print::file(&super::head(plan, &docs), &imports, [item])
}

/// Whether styles stand in the table of an action: those of a form, and of the parts that have flags.
fn is_styled(action: &ActionPlan) -> bool {
    let is_form = |way: &BodyWay| match &way.content {
        BodyContent::Form { styles, .. } => !styles.is_empty(),
        _ => false,
    };
    let parts = |way: &BodyWay| match &way.content {
        BodyContent::Parts(Some(form)) => form.parts.iter().any(is_styled_part),
        _ => false,
    };
    action.body.as_ref().is_some_and(|body| {
        is_form(&body.usual) || parts(&body.usual) || body.others.iter().any(is_form)
    })
}

/// A struct literal with all of its fields.
fn whole(name: &str, fields: Vec<(&'static str, Value)>) -> Value {
    Value::Record(Record {
        path: format!("{CLI}::{name}"),
        fields: fields.into_iter().map(owned).collect(),
        rest: None,
    })
}

/// A struct literal with what is not as usual, of so many fields that it has.
fn unusual<const ALL: usize>(
    cli: &str,
    name: &str,
    fields: [Option<(&'static str, Value)>; ALL],
) -> Value {
    let fields: Vec<_> = fields.into_iter().flatten().map(owned).collect();
    let path = format!("{cli}::{name}");
    let rest = (fields.len() < ALL).then(|| format!("{path}::USUAL"));
    Value::Record(Record { path, fields, rest })
}

fn owned((name, value): (&'static str, Value)) -> (String, Option<Value>) {
    (name.to_owned(), Some(value))
}

fn flags(plans: &[FlagPlan]) -> Value {
    Value::List(plans.iter().map(|plan| flag(CLI, plan)).collect())
}

fn yes() -> Value {
    Value::Word("true".to_owned())
}

fn action(module: &str, action: &ActionPlan, command: &CommandPlan) -> Value {
    let operation = format!("&crate::{}::{}", ident(module), ident(&action.table));
    let others = action.streams.iter().map(|stream| {
        whole(
            "Stream",
            vec![
                ("media_type", Value::text(&stream.media_type)),
                ("accept", Value::text(&stream.accept)),
                ("arrival", arrival(&stream.content)),
            ],
        )
    });
    let pages = action.pages.as_ref().map(|pages| {
        let table = format!("&crate::{}::{}", ident(module), ident(&pages.table));
        let pages = vec![
            ("items", Value::texts(&pages.paging.items)),
            ("paging", Value::Word(table)),
        ];
        Value::some(whole("PagesOf", pages))
    });
    let streams = action.success.streams();
    let fields = [
        Some(("name", Value::text(&command.name))),
        Some(("about", Value::text(&command.about))),
        Some(("operation", Value::Word(operation))),
        action.deprecated.then(|| ("deprecated", yes())),
        (!command.flags.is_empty()).then(|| ("inputs", flags(&command.flags))),
        body(action, command).map(|body| ("body", Value::some(body))),
        streams.then(|| ("streams", Value::some(arrival(&action.success)))),
        (!action.streams.is_empty()).then(|| ("others", Value::List(others.collect()))),
        pages.map(|pages| ("pages", pages)),
    ];
    unusual(CLI, "Action", fields)
}

/// How an answer is read that is not waited for.
fn arrival(content: &ContentPlan) -> Value {
    let arrival = match content {
        ContentPlan::Events(_) => "Events",
        ContentPlan::Values(_) => "Values",
        _ => "Bytes",
    };
    Value::Word(format!("{CLI}::Arrival::{arrival}"))
}

fn flag(cli: &str, plan: &FlagPlan) -> Value {
    let kind = || Value::Word(format!("{cli}::Kind::{:?}", plan.kind));
    let default = plan.default.as_deref().map(Value::text).map(Value::some);
    let fields = [
        Some(("flag", Value::text(&plan.flag))),
        (plan.at > 0).then(|| ("at", Value::Word(plan.at.to_string()))),
        (!plan.wire.is_empty()).then(|| ("wire", Value::text(&plan.wire))),
        (!plan.about.is_empty()).then(|| ("about", Value::text(&plan.about))),
        (plan.kind != FlagKind::Text).then(|| ("kind", kind())),
        (!plan.choices.is_empty()).then(|| ("choices", Value::texts(&plan.choices))),
        plan.many.then(|| ("many", yes())),
        plan.required.then(|| ("required", yes())),
        plan.deprecated.then(|| ("deprecated", yes())),
        plan.rare.then(|| ("rare", yes())),
        default.map(|default| ("default", default)),
    ];
    unusual(cli, "Input", fields)
}

fn body(action: &ActionPlan, command: &CommandPlan) -> Option<Value> {
    let plan = action.body.as_ref()?;
    let usual = way(&plan.usual, command.object, true);
    let others = plan.others.iter().map(|other| way(other, false, false));
    let ways = [usual].into_iter().chain(others).collect();
    let fields = [
        (!command.body.is_empty()).then(|| ("about", Value::text(&command.body))),
        plan.required.then(|| ("required", yes())),
        (!command.fields.is_empty()).then(|| ("fields", flags(&command.fields))),
        Some(("ways", Value::List(ways))),
    ];
    Some(unusual(CLI, "Body", fields))
}

/// A way to send a body. Flags are of the usual one only, so that the parts of another are given
/// by name.
fn way(way: &BodyWay, object: bool, usual: bool) -> Value {
    let content = match &way.content {
        BodyContent::Json(_) => {
            let object = Value::Word(object.to_string());
            whole("Content::Json", vec![("object", object)])
        }
        BodyContent::Lines(_) => Value::Word("cli::Content::Lines".to_owned()),
        BodyContent::Form { styles, .. } => {
            let styles = styles
                .iter()
                .map(|style| Value::Syntax(bodies::style(style)));
            Value::Call(
                "cli::Content::Form".to_owned(),
                vec![Value::List(styles.collect())],
            )
        }
        BodyContent::Parts(form) => {
            let form = form.iter().filter(|_| usual);
            let parts = form.flat_map(|form| &form.parts).map(part).collect();
            Value::Call("cli::Content::Parts".to_owned(), vec![Value::List(parts)])
        }
        BodyContent::Text | BodyContent::Bytes => Value::Word("cli::Content::Plain".to_owned()),
    };
    let media_type = Value::text(&way.media_type);
    whole(
        "Way",
        vec![("media_type", media_type), ("content", content)],
    )
}

fn is_styled_part(part: &PartPlan) -> bool {
    matches!(part.kind, PartKind::Styled(..))
}

fn part(plan: &PartPlan) -> Value {
    let style = match &plan.kind {
        PartKind::Styled(_, style) => Some(Value::Syntax(bodies::style(style))),
        _ => None,
    };
    let media_type = plan.media_type.as_deref().map(Value::text);
    let fields = [
        Some(("name", Value::text(&plan.wire))),
        media_type.map(|media_type| ("media_type", Value::some(media_type))),
        style.map(|style| ("style", Value::some(style))),
    ];
    unusual(CLI, "Part", fields)
}
