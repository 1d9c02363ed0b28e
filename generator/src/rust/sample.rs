//! A sample of each action: statements that call it with the examples of the description.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::emit::syntax::ident;
use super::literal::{KnownTypes, Literals, Text};
use super::plan::{
    ActionPlan, Argument, BodyContent, BodyWay, ContentPlan, CratePlan, CredentialKind, FormPlan,
    ParameterPlan, PartKind, PartPlan, ResourcePlan, Ty,
};
use super::print;
use crate::formats::FormatType;
use crate::ir::{self, Api, MediaType, Operation, RustAction, RustActions, Shape, TypeId};
use crate::parallel;
use crate::passes::examples::{Direction, Examples};

/// What a sample is made from.
struct Samples<'a> {
    api: &'a Api,
    plan: &'a CratePlan,
    literals: Literals<'a>,
    examples: &'a Examples<'a>,
}

/// An action, as the API and the plan have it.
struct Subject<'a> {
    resource: &'a ResourcePlan,
    action: &'a ActionPlan,
    operation: &'a Operation,
}

/// The whole of a first call: the plainest `GET`, else the plainest action of all.
pub(super) fn first_call(api: &Api, plan: &CratePlan) -> Option<String> {
    let plainest = |subject: &Subject<'_>| {
        let action = subject.action;
        (action.http_method != "GET", action.arguments.len())
    };
    let subject = subjects(api, plan).min_by_key(plainest)?;
    let (known, examples) = (KnownTypes::of(plan), Examples::new(api));
    let samples = Samples::of(api, plan, &known, &examples);
    Some(samples.first_call(&subject.action.sample))
}

/// The samples of an action: of its method, and of the methods for further media types.
struct Made {
    usual: String,
    others: Vec<String>,
}

/// Gives each action of the plan its samples.
pub(super) fn add(api: &Api, plan: &mut CratePlan) {
    let made = samples(api, plan);
    let actions = plan.resources.iter_mut();
    let actions = actions.flat_map(|resource| &mut resource.actions);
    for (action, made) in actions.zip(made) {
        action.sample = made.usual;
        let ways = action.body.iter_mut().flat_map(|body| &mut body.others);
        for (way, sample) in ways.zip(made.others) {
            way.sample = sample;
        }
    }
}

/// The samples of all actions, in their order.
fn samples(api: &Api, plan: &CratePlan) -> Vec<Made> {
    let (known, examples) = (KnownTypes::of(plan), Examples::new(api));
    let subjects: Vec<Subject<'_>> = subjects(api, plan).collect();
    parallel::map(&subjects, |subject| {
        let sample = |method: &str, way: Option<&BodyWay>| {
            Samples::of(api, plan, &known, &examples).sample(subject, method, way)
        };
        let action = subject.action;
        let body = action.body.as_ref();
        // A body that is no argument has a setter for each way, and one method.
        let others = body.filter(|body| body.required).into_iter();
        Made {
            usual: sample(&action.method, body.map(|body| &body.usual)),
            others: others
                .flat_map(|body| &body.others)
                .map(|way| sample(&way.method, Some(way)))
                .collect(),
        }
    })
}

/// What the docs need to know of the crate: of each action its sample, and what things are called.
pub(super) fn actions(plan: &CratePlan) -> RustActions {
    let actions = plan.resources.iter().flat_map(|each| &each.actions);
    let actions = actions.map(|action| {
        let known = RustAction {
            sample: action.sample.clone(),
            names: names(action),
        };
        (action.id, known)
    });
    actions.collect()
}

fn subjects<'a>(api: &'a Api, plan: &'a CratePlan) -> impl Iterator<Item = Subject<'a>> {
    plan.resources.iter().flat_map(move |resource| {
        resource.actions.iter().map(move |action| Subject {
            resource,
            action,
            operation: &api.resources[action.id.resource].operations[action.id.operation],
        })
    })
}

/// What the parameters and the ways to send a body are called, by what they are called in requests.
fn names(action: &ActionPlan) -> BTreeMap<String, String> {
    let parameters = action.parameters.iter();
    let mut names: BTreeMap<String, String> = parameters
        .map(|each| (each.wire.clone(), each.name.clone()))
        .collect();
    if let Some(body) = &action.body {
        names.insert(body.wire.clone(), body.name.clone());
        for way in &body.others {
            let method = || way.method.clone();
            names.entry(way.media_type.clone()).or_insert_with(method);
        }
    }
    names
}

impl<'a> Samples<'a> {
    fn of(
        api: &'a Api,
        plan: &'a CratePlan,
        known: &'a KnownTypes<'a>,
        examples: &'a Examples<'a>,
    ) -> Self {
        Self {
            api,
            plan,
            literals: Literals::over(known),
            examples,
        }
    }

    /// The statements that call an action by a method that takes its body in this way, imports
    /// first.
    fn sample(&self, subject: &Subject<'_>, method: &str, way: Option<&BodyWay>) -> String {
        let call = self.call(subject, method, way);
        let action = subject.action;
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
        let imports = self.imports(&text);
        if imports.is_empty() {
            text
        } else {
            format!("{imports}\n{text}")
        }
    }

    /// `client.resource().action(required values)`, and a body that may be left out, if there is
    /// something to show: few descriptions say that it may not be.
    fn call(&self, subject: &Subject<'_>, method: &str, way: Option<&BodyWay>) -> TokenStream {
        let Subject {
            resource,
            action,
            operation,
        } = subject;
        let arguments = action.arguments.iter().map(|argument| match argument {
            Argument::Parameter(index) => {
                self.parameter(&action.parameters[*index], &operation.parameters[*index])
            }
            Argument::Body => match (&action.body, way) {
                (Some(body), Some(way)) => self.body(subject, &body.name, way),
                _ => quote!(()),
            },
        });
        let module = ident(&resource.module);
        let method = ident(method);
        let set = way.and_then(|way| self.optional_body(subject, way));
        quote!(client.#module().#method(#(#arguments),*) #set)
    }

    /// The setter of a body that may be left out: of JSON that says something, and of a form that
    /// has to have parts.
    fn optional_body(&self, subject: &Subject<'_>, way: &BodyWay) -> Option<TokenStream> {
        let body = subject.action.body.as_ref();
        let body = body.filter(|body| !body.required)?;
        let shown = match &way.content {
            BodyContent::Json(ty) => {
                let media = media(subject, way)?;
                let says = self.example(media).is_some_and(|each| !is_blank(&each));
                says && self.literal(ty, media).is_some()
            }
            BodyContent::Parts(Some(form)) => form.parts.iter().any(|part| part.required),
            _ => false,
        };
        if !shown {
            return None;
        }
        let setter = ident(&body.name);
        let value = self.body(subject, &body.name, way);
        Some(quote!(.#setter(#value)))
    }

    /// What content holds as an expression: of its example, or of a value that is made, since what a
    /// description gives for an example need not fit its type.
    fn literal(&self, ty: &Ty, media: &MediaType) -> Option<TokenStream> {
        let of = |value: &Value| self.literals.value(ty, value, Text::Owned);
        let said = self.example(media).and_then(|example| of(&example));
        said.or_else(|| of(&self.examples.plain(media.ty?)))
    }

    /// What content holds: what the description says, else what must be there, else the first that
    /// may be.
    fn example(&self, media: &MediaType) -> Option<Value> {
        if let Some(own) = &media.example {
            return Some(own.clone());
        }
        let brief = self.examples.brief(media.ty?);
        if !is_blank(&brief) {
            return Some(brief);
        }
        Some(match self.examples.whole(media.ty?, Direction::Request) {
            Value::Object(fields) => Value::Object(fields.into_iter().take(1).collect()),
            whole => whole,
        })
    }

    fn parameter(&self, plan: &ParameterPlan, parameter: &ir::Parameter) -> TokenStream {
        let said = parameter.example.as_ref().or(parameter.default.as_ref());
        let format = self.api.types.get(parameter.ty).format.as_deref();
        let value = said.cloned();
        let value = value.or_else(|| placeholder(&plan.ty, &plan.name, format));
        let value = value.unwrap_or_else(|| self.examples.brief(parameter.ty));
        let value = self.literals.value(&plan.ty, &value, Text::Borrowed);
        value.unwrap_or_else(|| unknown(&plan.name))
    }

    /// The argument of a body that is sent in this way.
    fn body(&self, subject: &Subject<'_>, name: &str, way: &BodyWay) -> TokenStream {
        let media = media(subject, way);
        let example = media.and_then(|media| self.example(media));
        let value = |ty: &Ty| self.literal(ty, media?);
        match &way.content {
            BodyContent::Json(Ty::Option(ty)) => {
                let value = value(ty).unwrap_or_else(|| unknown(name));
                quote!(Some(&#value))
            }
            BodyContent::Json(ty) | BodyContent::Form { ty, .. } => {
                let value = value(ty).unwrap_or_else(|| unknown(name));
                quote!(&#value)
            }
            BodyContent::Lines(ty) => {
                let list = Ty::List(Box::new(ty.clone()));
                let lines = match &example {
                    Some(Value::Array(lines)) => Value::Array(lines.clone()),
                    Some(line) => Value::Array(vec![line.clone()]),
                    None => Value::Null,
                };
                let value = self.literals.value(&list, &lines, Text::Owned);
                let value = value.unwrap_or_else(|| unknown(name));
                quote!(&#value)
            }
            BodyContent::Parts(Some(form)) => self.form(subject, form, media),
            BodyContent::Text => match example {
                Some(Value::String(text)) => quote!(#text),
                _ => quote!(std::fs::read_to_string("path/to/body")?),
            },
            BodyContent::Bytes => quote!(std::fs::read("path/to/body")?),
            // Nothing is known of its parts.
            BodyContent::Parts(None) => {
                let form = self.literals.path(Some("runtime"), "Form");
                quote!(#form::new())
            }
        }
    }

    /// A form of the parts that must be there; of the first if none must.
    fn form(
        &self,
        subject: &Subject<'_>,
        plan: &FormPlan,
        media: Option<&MediaType>,
    ) -> TokenStream {
        let types = &self.api.types;
        let record = media.and_then(|media| match &types.get(types.resolve(media.ty?)).shape {
            Shape::Record(record) => Some(record),
            _ => None,
        });
        let value = |part: &PartPlan| {
            let fields = record.iter().flat_map(|record| &record.fields);
            let ty = fields.clone().find(|field| field.name == part.wire)?.ty;
            Some(self.part(part, ty))
        };
        let value = |part: &PartPlan| value(part).unwrap_or_else(|| unknown(&part.name));
        let (required, optional): (Vec<_>, Vec<_>) =
            plan.parts.iter().partition(|part| part.required);
        let none = required.is_empty();
        let arguments = required.into_iter().map(value);
        let added = optional.into_iter().filter(|part| !part.deprecated);
        let added = added.take(usize::from(none));
        let added = added.map(|part| {
            let setter = ident(&part.name);
            let value = value(part);
            quote!(.#setter(#value))
        });
        let form = self
            .literals
            .path(Some(&subject.resource.module), &plan.name);
        quote!(#form::new(#(#arguments),*) #(#added)*)
    }

    fn part(&self, part: &PartPlan, ty: TypeId) -> TokenStream {
        let path = format!("path/to/{}", part.wire.replace(['/', '\\', '[', ']'], ""));
        match &part.kind {
            PartKind::File => quote!(std::fs::read(#path)?),
            PartKind::Files => {
                let file = self.literals.path(Some("runtime"), "File");
                quote!(vec![#file::new(std::fs::read(#path)?)])
            }
            PartKind::Value(plan) | PartKind::Styled(plan, _) => {
                let format = self.api.types.get(ty).format.as_deref();
                let given = self.api.types.get(ty).example.clone();
                let value = given.or_else(|| placeholder(plan, &part.name, format));
                let value = value.unwrap_or_else(|| self.examples.brief(ty));
                let value = self.literals.value(plan, &value, Text::Borrowed);
                value.unwrap_or_else(|| unknown(&part.name))
            }
        }
    }

    /// `use` lines for the modules whose types a text mentions.
    fn imports(&self, text: &str) -> String {
        let crate_name = self.plan.name.replace('-', "_");
        let mut lines = String::new();
        for module in self.literals.modules() {
            if text.contains(&format!("{module}::")) {
                lines.push_str(&format!("use {crate_name}::{module};\n"));
            }
        }
        lines
    }

    /// The same with a client made before.
    fn first_call(&self, sample: &str) -> String {
        let (api, plan) = (self.api, self.plan);
        let crate_name = plan.name.replace('-', "_");
        let mut settings = String::new();
        for parameter in plan.client.parameters.iter().filter(|each| each.required) {
            let mut said = api
                .operations()
                .flat_map(|(_, _, operation)| &operation.parameters);
            let said = said.find(|each| each.name == parameter.wire);
            let said = said.and_then(|each| each.example.clone().or_else(|| each.default.clone()));
            let value = said.or_else(|| placeholder(&parameter.ty, &parameter.name, None));
            let value = value.unwrap_or_default();
            let literal = self.literals.value(&parameter.ty, &value, Text::Borrowed);
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
            _ => (String::new(), sample),
        };
        format!(
            "use {crate_name}::Client;{imports}\n\nlet client = Client::builder(){}{settings}\n    .build()?;\n{call}",
            credential.unwrap_or_default(),
        )
    }
}

/// The content that is sent in this way; the media type of a range is another than its name.
fn media<'a>(subject: &Subject<'a>, way: &BodyWay) -> Option<&'a MediaType> {
    let content = || subject.operation.body.iter().flat_map(|body| &body.content);
    let named = content().find(|media| media.name == way.media_type);
    named.or_else(|| content().find(|media| media.sent_name() == way.media_type))
}

/// Whether a value says nothing.
fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(fields) => fields.is_empty(),
        Value::Array(members) => members.is_empty(),
        _ => false,
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
                let event = event?;
                println!("{event:#?}");
            }
        },
        ContentPlan::Values(_) => quote! {
            let mut values = #call.send().await?;
            while let Some(value) = values.next().await {
                let value = value?;
                println!("{value:#?}");
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

/// A value that the reader has to bring along.
fn unknown(name: &str) -> TokenStream {
    let name = ident(&format!("my_{}", name.trim_matches('_')));
    quote!(#name)
}

/// A value of a plain type for which the description has no example.
pub(super) fn placeholder(ty: &Ty, name: &str, format: Option<&str>) -> Option<Value> {
    Some(match ty {
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
        _ => return None,
    })
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
