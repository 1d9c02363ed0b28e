//! A sample of each action: statements that call it with the examples of the description.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::emit::syntax::ident;
use super::literal::{Literals, Text};
use super::plan::{
    ActionPlan, Argument, BodyContent, ContentPlan, CratePlan, CredentialKind, ResourcePlan, Ty,
};
use super::print;
use crate::formats::FormatType;
use crate::ir::{Api, Operation, RustAction, RustActions};

/// Writes the sample of each action, and the first call of the crate.
pub(super) fn write(api: &Api, plan: &mut CratePlan) {
    let literals = Literals::of(plan);
    let mut samples = Vec::new();
    for resource in &plan.resources {
        for action in &resource.actions {
            let operation = &api.resources[action.id.resource].operations[action.id.operation];
            samples.push(sample(api, plan, resource, action, operation, &literals));
        }
    }
    let first = first_call(api, plan, &samples);
    plan.first_call = first;
    let actions = plan
        .resources
        .iter_mut()
        .flat_map(|resource| &mut resource.actions);
    for (action, sample) in actions.zip(samples) {
        action.sample = sample;
    }
}

/// What the docs need to know of the crate.
pub(super) fn actions(plan: &CratePlan) -> RustActions {
    let all = plan.resources.iter().flat_map(|resource| &resource.actions);
    all.map(|action| {
        let parameters = action.parameters.iter();
        let mut names: std::collections::BTreeMap<String, String> = parameters
            .map(|each| (each.wire.clone(), each.name.clone()))
            .collect();
        if let Some(body) = &action.body {
            names.insert(body.wire.clone(), body.name.clone());
        }
        (
            action.id,
            RustAction {
                sample: action.sample.clone(),
                names,
            },
        )
    })
    .collect()
}

fn sample(
    api: &Api,
    plan: &CratePlan,
    resource: &ResourcePlan,
    action: &ActionPlan,
    operation: &Operation,
    literals: &Literals<'_>,
) -> String {
    let call = call(api, resource, action, operation, literals);
    let statements = if let Some(pages) = &action.pages {
        let item = ident(&item_name(&pages.item));
        let print = format!("{{{item}:#?}}");
        quote! {
            let mut items = #call.items();
            while let Some(#item) = items.next().await {
                let #item = #item?;
                println!(#print);
            }
        }
    } else if let Some(statements) = stream(&action.success, &call) {
        statements
    } else if action.success == ContentPlan::Empty {
        quote!(#call.send().await?;)
    } else {
        quote! {
            let result = #call.send().await?;
            println!("{result:#?}");
        }
    };
    let text = print::statements(statements).unwrap_or_default();
    let imports = imports(plan, &text);
    if imports.is_empty() {
        text
    } else {
        format!("{imports}\n{text}")
    }
}

/// Statements that read an answer as it arrives.
fn stream(success: &ContentPlan, call: &TokenStream) -> Option<TokenStream> {
    Some(match success {
        ContentPlan::Download => quote! {
            let bytes = #call.send().await?.bytes().await?;
            println!("{} bytes", bytes.len());
        },
        ContentPlan::Events(_) => quote! {
            let mut events = #call.send().await?;
            while let Some(event) = events.next().await {
                println!("{:#?}", event?);
            }
        },
        ContentPlan::Values(_) => quote! {
            let mut values = #call.send().await?;
            while let Some(value) = values.next().await {
                println!("{:#?}", value?);
            }
        },
        _ => return None,
    })
}

/// What one of the items is called.
fn item_name(ty: &Ty) -> String {
    match ty {
        Ty::Named(named) => crate::naming::snake(&named.name),
        _ => "item".to_owned(),
    }
}

/// `client.resource().action(required values)`
fn call(
    api: &Api,
    resource: &ResourcePlan,
    action: &ActionPlan,
    operation: &Operation,
    literals: &Literals<'_>,
) -> TokenStream {
    let arguments = action.arguments.iter().map(|argument| match argument {
        Argument::Parameter(index) => {
            let plan = &action.parameters[*index];
            let parameter = &operation.parameters[*index];
            let said = parameter
                .example
                .as_ref()
                .or(parameter.default.as_ref())
                .cloned();
            let format = api.types.get(parameter.ty).format.as_deref();
            let value = said.unwrap_or_else(|| placeholder(&plan.ty, &plan.name, format));
            let value = literals.value(&plan.ty, &value, Text::Borrowed);
            value.unwrap_or_else(|| unknown(&plan.name))
        }
        Argument::Body => body(action, operation, literals),
    });
    let module = ident(&resource.module);
    let method = ident(&action.method);
    quote!(client.#module().#method(#(#arguments),*))
}

fn body(action: &ActionPlan, operation: &Operation, literals: &Literals<'_>) -> TokenStream {
    let Some(plan) = &action.body else {
        return quote!(());
    };
    let media = operation.body.iter().flat_map(|body| &body.content);
    let example = media.filter_map(|media| media.example.as_ref()).next();
    match (&plan.usual.content, example) {
        (BodyContent::Json(Ty::Option(ty)), example) => {
            let value = example.and_then(|example| literals.value(ty, example, Text::Owned));
            let value = value.unwrap_or_else(|| unknown(&plan.name));
            quote!(Some(&#value))
        }
        (BodyContent::Json(ty) | BodyContent::Form { ty, .. }, Some(example)) => {
            let value = literals.value(ty, example, Text::Owned);
            let value = value.unwrap_or_else(|| unknown(&plan.name));
            quote!(&#value)
        }
        (BodyContent::Json(_) | BodyContent::Form { .. } | BodyContent::Lines(_), _) => {
            let name = unknown(&plan.name);
            quote!(&#name)
        }
        (BodyContent::Text | BodyContent::Bytes, Some(Value::String(text))) => quote!(#text),
        _ => unknown(&plan.name),
    }
}

/// A value that the reader has to bring along.
fn unknown(name: &str) -> TokenStream {
    let name = ident(&format!("my_{}", name.trim_matches('_')));
    quote!(#name)
}

/// A value of a type for which the description has no example.
fn placeholder(ty: &Ty, name: &str, format: Option<&str>) -> Value {
    match ty {
        Ty::Bool => Value::Bool(true),
        Ty::I32 | Ty::I64 | Ty::U32 | Ty::U64 | Ty::F32 | Ty::F64 => 1.into(),
        Ty::Format(ty) => example_of(*ty).into(),
        Ty::Timestamp => MOMENT.into(),
        Ty::Date => DAY.into(),
        Ty::String => match format {
            Some("uuid") => UUID.into(),
            Some("email") => "user@example.com".into(),
            Some("uri" | "url") => URL.into(),
            _ => name.into(),
        },
        _ => Value::Null,
    }
}

/// A text that a type of a format can be read from; of bytes, what they are in base64.
fn example_of(ty: FormatType) -> &'static str {
    match ty {
        FormatType::Base64 => "ZXhhbXBsZQ==",
        FormatType::ChronoTimestamp | FormatType::TimeTimestamp => MOMENT,
        FormatType::ChronoDate | FormatType::TimeDate => DAY,
        FormatType::JiffTime | FormatType::ChronoTime | FormatType::TimeTime => "12:00:00",
        FormatType::JiffDuration => "PT1H",
        FormatType::Uuid => UUID,
        FormatType::Decimal | FormatType::DecimalNumber => "1.5",
        FormatType::Url => URL,
        FormatType::Ipv4 => "192.0.2.1",
        FormatType::Ipv6 => "2001:db8::1",
    }
}

const MOMENT: &str = "2026-01-31T12:00:00Z";
const DAY: &str = "2026-01-31";
const UUID: &str = "4a72d1db-b465-4764-99e1-ecedad03b06a";
const URL: &str = "https://example.com";

/// `use` lines for the modules of types that a text mentions.
fn imports(plan: &CratePlan, text: &str) -> String {
    let crate_name = plan.name.replace('-', "_");
    let resources = plan.resources.iter().map(|resource| &*resource.module);
    let modules: BTreeSet<&str> = resources.chain(["types"]).collect();
    let mut lines = String::new();
    for module in modules.into_iter().filter(|module| is_path(text, module)) {
        lines.push_str(&format!("use {crate_name}::{module};\n"));
    }
    lines
}

/// Whether a path in the text begins with a module.
fn is_path(text: &str, module: &str) -> bool {
    text.match_indices(&format!("{module}::")).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        !before.is_some_and(|letter| letter.is_alphanumeric() || "_:#".contains(letter))
    })
}

/// The whole of a first call: the plainest `GET`, else the plainest action of all.
fn first_call(api: &Api, plan: &CratePlan, samples: &[String]) -> Option<String> {
    let all = plan
        .resources
        .iter()
        .flat_map(|resource| &resource.actions)
        .zip(samples);
    let (_, sample) =
        all.min_by_key(|(action, _)| (action.http_method != "GET", action.arguments.len()))?;
    let crate_name = plan.name.replace('-', "_");
    let mut settings = String::new();
    for parameter in plan.client.parameters.iter().filter(|each| each.required) {
        let mut said = api
            .operations()
            .flat_map(|(_, _, operation)| &operation.parameters);
        let said = said.find(|each| each.name == parameter.wire);
        let said = said.and_then(|each| each.example.clone().or_else(|| each.default.clone()));
        let value = said.unwrap_or_else(|| placeholder(&parameter.ty, &parameter.name, None));
        let literal = Literals::of(plan).value(&parameter.ty, &value, Text::Borrowed);
        let literal = literal.unwrap_or_else(|| unknown(&parameter.name));
        settings.push_str(&format!("\n    .{}({literal})", parameter.name));
    }
    let kept = plan.client.schemes.iter().find(|scheme| !scheme.deprecated);
    let credential = kept.map(|scheme| match scheme.kind {
        CredentialKind::Basic => format!(
            "\n    .{}(\"user\", std::env::var(\"API_PASSWORD\")?)",
            scheme.setter
        ),
        _ => format!("\n    .{}(std::env::var(\"API_TOKEN\")?)", scheme.setter),
    });
    let (imports, call) = match sample.split_once("\n\n") {
        Some((imports, call)) if imports.starts_with("use ") => (format!("\n{imports}"), call),
        _ => (String::new(), sample.as_str()),
    };
    Some(format!(
        "use {crate_name}::Client;{imports}\n\nlet client = Client::builder(){}{settings}\n    .build()?;\n{call}",
        credential.unwrap_or_default(),
    ))
}
