//! The API as a whole: what the further pages of a format are printed from.

use std::collections::BTreeMap;

use serde::Serialize;

use super::book::{Page, SchemaBrief, UrlPart};
use super::detail::{self, Callback, Detail, Open};
use super::options::{Chapters, Options};
use super::schemas::Schemas;
use super::text::{Flavour, cell, code_span, link_target, link_text};
use super::words::{self, Name};
use crate::ir::{Api, Flow, FlowKind, Operation, Server, Status};

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
    pub(super) chapters: Vec<Chapter<'a>>,
    /// The ways to identify oneself.
    schemes: Vec<SchemeOf>,
    /// The statuses of errors.
    errors: Vec<Failure>,
    /// What the server sends on account of an action.
    callbacks: Vec<CalledBack>,
    /// What the server sends to whoever listens.
    webhooks: Vec<Callback>,
    /// The path of the page of schemas; empty: there is none.
    schemas_page: &'a str,
    /// The schemas in short, in order of key.
    schemas: Vec<SchemaBrief>,
}

/// The page of a resource.
#[derive(Debug, Serialize)]
pub(super) struct Chapter<'a> {
    /// Its path.
    pub(super) path: String,
    /// Where a link to it leads.
    target: String,
    /// Its id among the chapters.
    id: String,
    /// The page.
    page: HandedPage<'a>,
    /// Its text on one line.
    text: String,
    /// Its actions in short.
    pub(super) briefs: Vec<Brief>,
}

/// A page of a resource, as the pages of the whole API have it.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum HandedPage<'a> {
    /// All of it.
    Whole(&'a Page<'a>),
    /// It without its actions.
    Brief {
        /// As [`Page::api`].
        api: &'a str,
        /// As [`Page::name`].
        name: &'a Name,
        /// As [`Page::text`].
        text: &'a str,
        /// As [`Page::url`].
        url: &'a [UrlPart],
    },
}

impl<'a> HandedPage<'a> {
    fn new(page: &'a Page<'a>, chapters: Chapters) -> Self {
        match chapters {
            Chapters::Whole => Self::Whole(page),
            Chapters::Brief => Self::Brief {
                api: page.api,
                name: &page.name,
                text: &page.text,
                url: &page.url,
            },
        }
    }
}

/// An action, as a list has it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Brief {
    /// Its id on the page.
    pub(super) id: String,
    /// Its resource and its name.
    title: String,
    /// Its name.
    name: String,
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
struct SchemeOf {
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
    scopes: Vec<Scope>,
    /// Who asks for it.
    actions: Actions,
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
struct Scope {
    /// Its key, a cell.
    key: String,
    /// What it is called, a cell.
    text: String,
    actions: Actions,
}

/// Some actions, of which the first stand openly.
#[derive(Clone, Debug, Default, Serialize)]
struct Actions {
    shown: Vec<Brief>,
    folded: Vec<Brief>,
    /// How many there are.
    count: usize,
}

/// A status of errors.
#[derive(Debug, Serialize)]
struct Failure {
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
    actions: Actions,
}

/// The callbacks of an action.
#[derive(Debug, Serialize)]
struct CalledBack {
    action: Brief,
    callbacks: Vec<Callback>,
}

/// An operation on its page.
pub(super) struct Shown<'a> {
    /// The path of the page.
    pub(super) path: &'a str,
    /// The resource's name.
    pub(super) resource: &'a Name,
    /// The operation.
    pub(super) operation: &'a Operation,
    /// What the page says of it.
    pub(super) detail: &'a Detail,
    /// Its name.
    pub(super) name: &'a Name,
}

/// A page with its path and the operations that it shows, in the order of its actions.
pub(super) type Placed<'a> = (String, Page<'a>, Vec<&'a Operation>);

/// The API with its pages.
pub(super) fn whole<'a>(
    api: &'a Api,
    title: &'a str,
    schemas: &'a Schemas<'a>,
    options: &'a Options,
    pages: &'a [Placed<'a>],
) -> Whole<'a> {
    let shown: Vec<Shown<'_>> = pages.iter().flat_map(shown).collect();
    let briefs: Vec<(&Operation, Brief)> = shown
        .iter()
        .map(|shown| (shown.operation, brief(shown)))
        .collect();
    let documented = !api.schemas.is_empty();
    Whole {
        api: link_text(title),
        version: Flavour::Safe.cell(&api.version),
        text: Flavour::Safe.block(api.description.as_deref().unwrap_or_default()),
        servers: api.servers.iter().map(address).collect(),
        chapters: pages
            .iter()
            .map(|placed| chapter(placed, options.chapters))
            .collect(),
        schemes: schemes(api, &briefs),
        errors: errors(api, schemas, &briefs),
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

fn shown<'a>((path, page, operations): &'a Placed<'a>) -> Vec<Shown<'a>> {
    let actions = page.actions.iter().zip(operations);
    let shown = actions.filter_map(|(action, operation)| {
        Some(Shown {
            path,
            resource: &page.name,
            operation,
            detail: action.detail.as_ref()?,
            name: &action.name,
        })
    });
    shown.collect()
}

fn chapter<'a>(placed: &'a Placed<'a>, chapters: Chapters) -> Chapter<'a> {
    let (path, page, _) = placed;
    Chapter {
        path: path.clone(),
        target: link_target(path),
        id: words::id(&page.name.key),
        text: first_line(&page.text),
        briefs: shown(placed).iter().map(brief).collect(),
        page: HandedPage::new(page, chapters),
    }
}

fn brief(shown: &Shown<'_>) -> Brief {
    let said = shown.operation.text().unwrap_or_default();
    let first = said.trim().split("\n\n").next().unwrap_or_default();
    Brief {
        id: shown.detail.id.clone(),
        title: format!("{}: {}", shown.resource.title, shown.name.title),
        name: shown.name.title.clone(),
        target: link_target(&format!("{}#{}", shown.path, shown.detail.id)),
        method: shown.operation.method.as_str().to_owned(),
        route: Flavour::Safe.value(&shown.operation.path),
        text: Flavour::Safe.cell(first),
        deprecated: shown.operation.deprecated,
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

fn actions(all: Vec<Brief>) -> Actions {
    let count = all.len();
    let mut shown = all;
    let folded = shown.split_off(LISTED.min(count));
    Actions {
        shown,
        folded,
        count,
    }
}

fn schemes(api: &Api, briefs: &[(&Operation, Brief)]) -> Vec<SchemeOf> {
    let who = |asks: &dyn Fn(&crate::ir::RequirementPart) -> bool| {
        let asking = briefs.iter().filter(|(operation, _)| {
            let mut parts = operation.security.iter().flat_map(|each| &each.parts);
            parts.any(asks)
        });
        actions(asking.map(|(_, brief)| brief.clone()).collect())
    };
    let schemes = api.schemes.iter().enumerate().map(|(place, scheme)| {
        let mut known: Vec<(String, String)> = scheme.scopes.clone();
        // Scopes that actions ask for, and nobody lists.
        for (operation, _) in briefs {
            let parts = operation.security.iter().flat_map(|each| &each.parts);
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
struct Found {
    texts: Vec<String>,
    bodies: Vec<String>,
    who: Vec<Brief>,
}

impl Found {
    fn add(&mut self, text: String, to: impl Fn(&mut Self) -> &mut Vec<String>) {
        let known = to(self);
        if !text.is_empty() && !known.contains(&text) {
            known.push(text);
        }
    }
}

/// The errors of all actions, by status.
fn errors(api: &Api, schemas: &Schemas<'_>, briefs: &[(&Operation, Brief)]) -> Vec<Failure> {
    let open = Open {
        api,
        schemas,
        of_requests: false,
    };
    let mut by_status: BTreeMap<Status, Found> = BTreeMap::new();
    for (operation, brief) in briefs {
        for response in operation
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
            found.who.push(brief.clone());
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

fn callbacks(shown: &[Shown<'_>], schemas: &Schemas<'_>) -> Vec<CalledBack> {
    let having = shown
        .iter()
        .filter(|each| !each.operation.callbacks.is_empty());
    let callbacks = having.map(|each| {
        let callbacks = each.operation.callbacks.iter();
        CalledBack {
            action: brief(each),
            callbacks: callbacks
                .map(|callback| detail::callback(schemas, &each.detail.id, callback))
                .collect(),
        }
    });
    callbacks.collect()
}
