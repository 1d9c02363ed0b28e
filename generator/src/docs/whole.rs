//! The API as a whole: what the further pages of a format are printed from.
//!
//! Of the pages of resources it has what was kept when they were printed; all of them at a time
//! are many times the API.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::book::{Page, SchemaBrief, UrlPart};
use super::detail::{self, Callback, Detail, Open};
use super::options::{Extent, Options};
use super::places::Place;
use super::schemas::Schemas;
use super::text::{Flavour, cell, code_span, link_target, link_text};
use super::words::{self, Name};
use crate::ir::{Api, Flow, FlowKind, Operation, Server, Status};
use crate::template::Shared;

/// How many actions are listed openly where one thing is had by many.
const LISTED: usize = 6;

/// An API with all its pages.
#[derive(Debug, Serialize)]
pub(super) struct Whole<'a> {
    /// As [`Page::api`], as the text of a link.
    api: String,
    /// `info.version`; inline.
    pub(super) version: String,
    /// What it is, a block.
    pub(super) text: String,
    /// Where it can be reached.
    servers: Vec<Address>,
    /// The pages of resources.
    chapters: Vec<Chapter<'a>>,
    /// The ways to identify oneself.
    schemes: Vec<SchemeOf<'a>>,
    /// The statuses of errors.
    errors: Vec<Failure<'a>>,
    /// What the server sends on account of an action.
    callbacks: Vec<CalledBack<'a>>,
    /// What the server sends to whoever listens.
    webhooks: Vec<Callback>,
    /// The path of the page of schemas; empty: there is none.
    schemas_page: &'a str,
    /// The schemas in short, in order of key.
    schemas: Vec<SchemaBrief>,
}

/// The page of a resource.
#[derive(Debug, Serialize)]
struct Chapter<'a> {
    /// Its path.
    path: &'a str,
    /// Where a link to it leads.
    target: String,
    /// Its id among the chapters.
    id: String,
    /// The page.
    page: &'a Kept<'a>,
    /// Its text on one line.
    text: String,
    /// Its actions in short.
    briefs: &'a [Shown<'a>],
}

/// What is left of a page when it is printed.
pub(super) struct Printed<'a> {
    /// Its place.
    pub(super) place: &'a Place<'a>,
    /// As much of the page as the format has in its chapters.
    page: Kept<'a>,
    /// Its actions; in formats that show details.
    pub(super) actions: Vec<Shown<'a>>,
}

/// A page of a resource, as the pages of the whole API have it.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Kept<'a> {
    /// All of it.
    Whole(Page<'a>),
    /// It without its actions.
    Brief {
        /// As [`Page::api`].
        api: &'a str,
        /// As [`Page::name`].
        name: Name,
        /// As [`Page::text`].
        text: String,
        /// As [`Page::url`].
        url: Vec<UrlPart>,
    },
}

/// An operation on its page. Templates are handed its brief, once made ready for all lists that
/// it is in.
#[derive(Debug)]
pub(super) struct Shown<'a> {
    /// The operation.
    pub(super) operation: &'a Operation,
    /// The action that it is there.
    pub(super) brief: Brief,
    ready: Option<Shared>,
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.ready {
            Some(ready) => ready.serialize(serializer),
            None => self.brief.serialize(serializer),
        }
    }
}

impl<'a> Printed<'a> {
    /// What is kept of the page at a place.
    pub(super) fn new(place: &'a Place<'a>, page: Page<'a>, chapters: Extent) -> Self {
        let actions = page.actions.iter().zip(&place.operations);
        let actions = actions.filter_map(|(action, &(_, operation))| {
            let detail = action.detail.as_ref()?;
            let brief = brief(&place.path, &page.name, operation, &action.name, detail);
            Some(Shown {
                operation,
                ready: Shared::new(&brief),
                brief,
            })
        });
        Self {
            place,
            actions: actions.collect(),
            page: Kept::new(page, chapters),
        }
    }
}

impl<'a> Kept<'a> {
    fn new(page: Page<'a>, chapters: Extent) -> Self {
        match chapters {
            Extent::Whole => Self::Whole(page),
            Extent::Brief => Self::Brief {
                api: page.api,
                name: page.name,
                text: page.text,
                url: page.url,
            },
        }
    }

    fn name(&self) -> &Name {
        match self {
            Self::Whole(page) => &page.name,
            Self::Brief { name, .. } => name,
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Whole(page) => &page.text,
            Self::Brief { text, .. } => text,
        }
    }
}

/// An action, as a list has it.
#[derive(Debug, Serialize)]
pub(super) struct Brief {
    /// Its id on the page.
    pub(super) id: String,
    /// Its resource and its name.
    title: String,
    /// Its name.
    pub(super) name: String,
    /// Where a link to it leads.
    pub(super) target: String,
    /// `GET`
    method: String,
    /// Its path; code.
    route: String,
    /// The first of what is said of it, a cell.
    text: String,
    /// Whether it should no longer be used.
    deprecated: bool,
}

/// A server.
#[derive(Debug, Serialize)]
struct Address {
    /// Its URL with variables in braces; code.
    url: String,
    /// What it is called, a cell.
    name: String,
    /// What it is for, a cell.
    text: String,
    /// Its variables.
    variables: Vec<Variable>,
}

/// A variable of a URL.
#[derive(Debug, Serialize)]
struct Variable {
    name: String,
    text: String,
    default: String,
    values: Vec<String>,
}

/// A way to identify oneself.
#[derive(Debug, Serialize)]
struct SchemeOf<'a> {
    /// Its id.
    id: String,
    /// Its key; inline.
    title: String,
    /// What is sent, in words.
    sends: String,
    /// Its description, a block.
    text: String,
    /// Whether it should no longer be used.
    deprecated: bool,
    /// How tokens are had.
    flows: Vec<FlowOf>,
    /// Its scopes.
    scopes: Vec<Scope<'a>>,
    /// Who asks for it.
    actions: Actions<'a>,
}

/// A way to get a token.
#[derive(Debug, Serialize)]
struct FlowOf {
    kind: &'static str,
    /// What each URL is for, and the URL as code.
    urls: Vec<(&'static str, String)>,
}

/// A scope, and who asks for it.
#[derive(Debug, Serialize)]
struct Scope<'a> {
    /// Its key, a cell.
    key: String,
    /// What it is called, a cell.
    text: String,
    actions: Actions<'a>,
}

/// Some actions, of which the first stand openly.
#[derive(Debug, Serialize)]
struct Actions<'a> {
    shown: Vec<&'a Shown<'a>>,
    folded: Vec<&'a Shown<'a>>,
    /// How many there are.
    count: usize,
}

/// A status of errors.
#[derive(Debug, Serialize)]
struct Failure<'a> {
    /// Its id.
    id: String,
    /// `404`
    code: String,
    /// What it means by HTTP.
    phrase: &'static str,
    /// What actions say of it, a cell each.
    texts: Vec<String>,
    /// What it holds, with links; a cell each.
    bodies: Vec<String>,
    actions: Actions<'a>,
}

/// The callbacks of an action.
#[derive(Debug, Serialize)]
struct CalledBack<'a> {
    action: &'a Shown<'a>,
    callbacks: Vec<Callback>,
}

/// The API with its pages.
pub(super) fn whole<'a>(
    api: &'a Api,
    title: &'a str,
    schemas: &'a Schemas<'a>,
    options: &'a Options,
    pages: &'a [Printed<'a>],
) -> Whole<'a> {
    let shown: Vec<&Shown<'_>> = pages.iter().flat_map(|page| &page.actions).collect();
    let documented = !api.schemas.is_empty();
    Whole {
        api: link_text(title),
        version: Flavour::Safe.cell(&api.version),
        text: Flavour::Safe.block(api.description.as_deref().unwrap_or_default()),
        servers: api.servers.iter().map(address).collect(),
        chapters: pages.iter().map(chapter).collect(),
        schemes: schemes(api, &shown),
        errors: errors(api, schemas, &shown),
        callbacks: callbacks(&shown, schemas),
        webhooks: api
            .webhooks
            .iter()
            .map(|webhook| detail::callback(schemas, "webhook", webhook))
            .collect(),
        schemas_page: if documented { &options.schemas } else { "" },
        schemas: schemas.briefs(),
    }
}

fn chapter<'a>(printed: &'a Printed<'a>) -> Chapter<'a> {
    Chapter {
        path: &printed.place.path,
        target: link_target(&printed.place.path),
        id: words::id(&printed.page.name().key),
        text: first_line(printed.page.text()),
        briefs: &printed.actions,
        page: &printed.page,
    }
}

fn brief(
    path: &str,
    resource: &Name,
    operation: &Operation,
    name: &Name,
    detail: &Detail,
) -> Brief {
    let said = operation.text().unwrap_or_default();
    let first = said.trim().split("\n\n").next().unwrap_or_default();
    Brief {
        id: detail.id.clone(),
        title: format!("{}: {}", resource.title, name.title),
        name: name.title.clone(),
        target: link_target(&format!("{path}#{}", detail.id)),
        method: operation.method.as_str().to_owned(),
        route: Flavour::Safe.value(&operation.path),
        text: Flavour::Safe.cell(first),
        deprecated: operation.deprecated,
    }
}

/// The first paragraph of a block as one line.
fn first_line(block: &str) -> String {
    let first = block.split("\n\n").next().unwrap_or_default();
    cell(first)
}

fn address(server: &Server) -> Address {
    let text = |text: &Option<String>| Flavour::Safe.cell(text.as_deref().unwrap_or_default());
    let variables = server.variables.iter().map(|variable| Variable {
        name: Flavour::Safe.value(&variable.name),
        text: text(&variable.description),
        default: Flavour::Safe.value(&variable.default),
        values: variable
            .values
            .iter()
            .map(|each| Flavour::Safe.value(each))
            .collect(),
    });
    Address {
        url: code_span(&server.template),
        name: text(&server.name),
        text: text(&server.description),
        variables: variables.collect(),
    }
}

fn actions<'a>(all: Vec<&'a Shown<'a>>) -> Actions<'a> {
    let count = all.len();
    let mut shown = all;
    let folded = shown.split_off(LISTED.min(count));
    Actions {
        shown,
        folded,
        count,
    }
}

fn schemes<'a>(api: &Api, all: &[&'a Shown<'a>]) -> Vec<SchemeOf<'a>> {
    let who = |asks: &dyn Fn(&crate::ir::RequirementPart) -> bool| {
        let asking = all.iter().filter(|shown| {
            let mut parts = shown.operation.security.iter();
            parts.any(|each| each.parts.iter().any(asks))
        });
        actions(asking.copied().collect())
    };
    let schemes = api.schemes.iter().enumerate().map(|(place, scheme)| {
        let mut known: Vec<(String, String)> = scheme.scopes.clone();
        // Scopes that actions ask for, and nobody lists.
        for shown in all {
            let security = shown.operation.security.iter();
            let parts = security.flat_map(|each| &each.parts);
            for scope in parts
                .filter(|part| part.scheme.0 == place)
                .flat_map(|part| &part.scopes)
            {
                if !known.iter().any(|(key, _)| key == scope) {
                    known.push((scope.clone(), String::new()));
                }
            }
        }
        SchemeOf {
            id: format!("scheme.{}", words::id(&scheme.key)),
            title: Flavour::Safe.cell(&scheme.key),
            sends: scheme.kind.sends(code_span),
            text: Flavour::Safe.block(scheme.description.as_deref().unwrap_or_default()),
            deprecated: scheme.deprecated,
            flows: scheme.flows.iter().map(flow).collect(),
            scopes: known
                .iter()
                .map(|(key, text)| Scope {
                    key: Flavour::Safe.value(key),
                    text: Flavour::Safe.cell(text),
                    actions: who(&|part| part.scheme.0 == place && part.scopes.contains(key)),
                })
                .collect(),
            actions: who(&|part| part.scheme.0 == place),
        }
    });
    schemes.collect()
}

fn flow(flow: &Flow) -> FlowOf {
    let urls = [
        ("Authorization URL", &flow.authorization_url),
        ("Token URL", &flow.token_url),
        ("Refresh URL", &flow.refresh_url),
    ];
    let urls = urls
        .into_iter()
        .filter_map(|(what, url)| Some((what, code_span(url.as_ref()?))));
    FlowOf {
        kind: match flow.kind {
            FlowKind::Implicit => "Implicit",
            FlowKind::Password => "Password",
            FlowKind::ClientCredentials => "Client credentials",
            FlowKind::AuthorizationCode => "Authorization code",
            FlowKind::DeviceAuthorization => "Device authorization",
        },
        urls: urls.collect(),
    }
}

/// What actions say of a status, each thing once.
#[derive(Default)]
struct Found<'a> {
    texts: Vec<String>,
    bodies: Vec<String>,
    who: Vec<&'a Shown<'a>>,
}

impl Found<'_> {
    fn add(&mut self, text: String, to: impl Fn(&mut Self) -> &mut Vec<String>) {
        let known = to(self);
        if !text.is_empty() && !known.contains(&text) {
            known.push(text);
        }
    }
}

/// The errors of all actions, by status.
fn errors<'a>(api: &Api, schemas: &Schemas<'_>, all: &[&'a Shown<'a>]) -> Vec<Failure<'a>> {
    let open = Open {
        api,
        schemas,
        direction: None,
    };
    let mut by_status: BTreeMap<Status, Found<'_>> = BTreeMap::new();
    for shown in all {
        for response in shown
            .operation
            .responses
            .iter()
            .filter(|each| !each.status.is_success())
        {
            let found = by_status.entry(response.status).or_default();
            found.add(Flavour::Safe.cell(&response.description), |found| {
                &mut found.texts
            });
            for ty in response.content.iter().filter_map(|content| content.ty) {
                found.add(open.kind(ty), |found| &mut found.bodies);
            }
            found.who.push(shown);
        }
    }
    let failures = by_status.into_iter().map(|(status, found)| Failure {
        id: format!("status.{}", status.to_string().to_lowercase()),
        code: status.to_string(),
        phrase: phrase(status),
        texts: found.texts,
        bodies: found.bodies,
        actions: actions(found.who),
    });
    failures.collect()
}

/// What a status means (RFC 9110, 15; RFC 6585).
fn phrase(status: Status) -> &'static str {
    match status {
        Status::Code(400) => "Bad Request",
        Status::Code(401) => "Unauthorized",
        Status::Code(402) => "Payment Required",
        Status::Code(403) => "Forbidden",
        Status::Code(404) => "Not Found",
        Status::Code(405) => "Method Not Allowed",
        Status::Code(406) => "Not Acceptable",
        Status::Code(408) => "Request Timeout",
        Status::Code(409) => "Conflict",
        Status::Code(410) => "Gone",
        Status::Code(412) => "Precondition Failed",
        Status::Code(413) => "Content Too Large",
        Status::Code(415) => "Unsupported Media Type",
        Status::Code(422) => "Unprocessable Content",
        Status::Code(423) => "Locked",
        Status::Code(428) => "Precondition Required",
        Status::Code(429) => "Too Many Requests",
        Status::Code(500) => "Internal Server Error",
        Status::Code(501) => "Not Implemented",
        Status::Code(502) => "Bad Gateway",
        Status::Code(503) => "Service Unavailable",
        Status::Code(504) => "Gateway Timeout",
        Status::Range(4) => "Any error of the caller",
        Status::Range(5) => "Any error of the server",
        Status::Default => "Any other answer",
        _ => "",
    }
}

fn callbacks<'a>(all: &[&'a Shown<'a>], schemas: &Schemas<'_>) -> Vec<CalledBack<'a>> {
    let having = all
        .iter()
        .filter(|each| !each.operation.callbacks.is_empty());
    let callbacks = having.map(|each| {
        let callbacks = each.operation.callbacks.iter();
        CalledBack {
            action: each,
            callbacks: callbacks
                .map(|callback| detail::callback(schemas, &each.brief.id, callback))
                .collect(),
        }
    });
    callbacks.collect()
}
