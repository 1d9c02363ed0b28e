//! The client: its server, its credentials, and the parameters that are set once on it.

use crate::ir::{Api, FlowKind, Place, Scheme, SchemeId, SchemeKind, Scope as ParameterScope};
use crate::naming::{Scope, snake, suffixed};

use super::super::plan::{ClientPlan, CredentialKind, GrantKind, GrantPlan, SchemePlan};
use super::{Context, operations, servers};

/// The methods that every builder of a client has.
const BUILDER: [&str; 16] = [
    "build",
    "base_url",
    "server",
    "timeout",
    "attempt_timeout",
    "connect_timeout",
    "retries",
    "largest_body",
    "header",
    "hook",
    "user_agent",
    "transport",
    "clock",
    "on_drift",
    "strict",
    "unchecked",
];

/// What an operation needs to know of the client.
pub(super) struct ClientNames {
    /// The position of each scheme among the credentials, if it is one.
    credentials: Vec<Option<usize>>,
    /// The parameters that are set once: name and place on the wire.
    shared: Vec<(String, Place)>,
}

impl ClientNames {
    /// Gathers schemes and shared parameters.
    pub(super) fn of(api: &Api) -> Self {
        let mut next = 0..;
        let credentials = api
            .schemes
            .iter()
            .map(|scheme| credential(&scheme.kind).and_then(|_| next.next()))
            .collect();
        let mut shared = Vec::new();
        for (_, _, operation) in api.operations() {
            for parameter in &operation.parameters {
                let key = (parameter.name.clone(), parameter.place);
                if parameter.scope == ParameterScope::Client && !shared.contains(&key) {
                    shared.push(key);
                }
            }
        }
        Self {
            credentials,
            shared,
        }
    }

    /// The position of a scheme among the credentials.
    pub(super) fn credential(&self, id: SchemeId) -> Option<usize> {
        self.credentials.get(id.0).copied().flatten()
    }

    /// The position of a parameter among those that are set once.
    pub(super) fn shared(&self, name: &str, place: Place) -> Option<usize> {
        self.shared
            .iter()
            .position(|(own, at)| own == name && *at == place)
    }
}

/// The plan of the client.
pub(super) fn plan(context: &Context<'_>) -> ClientPlan {
    let mut scope = Scope::with(&BUILDER);
    let schemes = context
        .api
        .schemes
        .iter()
        .filter_map(|each| scheme(each, &mut scope))
        .collect();
    let mut parameters = Vec::new();
    for (name, place) in &context.client.shared {
        let mut all = context
            .api
            .operations()
            .flat_map(|(_, _, operation)| &operation.parameters);
        if let Some(parameter) = all.find(|each| each.name == *name && each.place == *place) {
            let mut plan = operations::parameter(context, parameter, &mut scope);
            plan.from_client = None;
            parameters.push(plan);
        }
    }
    ClientPlan {
        servers: servers::servers(context.api),
        server_variables: servers::variables(context.api, &mut scope),
        schemes,
        parameters,
        request_id_headers: request_id_headers(context.api),
    }
}

fn scheme(scheme: &Scheme, scope: &mut Scope) -> Option<SchemePlan> {
    let kind = credential(&scheme.kind)?;
    let plain = snake(&scheme.key);
    let setter = scope.claim([&plain, &suffixed(&plain, "credential")]);
    let fetched = kind != CredentialKind::Basic;
    let provider = fetched.then(|| scope.claim([&suffixed(&setter, "provider")]));
    let grants = grants(scheme, &setter, scope);
    Some(SchemePlan {
        key: scheme.key.clone(),
        setter,
        docs: scheme.description.clone(),
        deprecated: scheme.deprecated,
        kind,
        said: scheme.kind.clone(),
        provider,
        grants,
    })
}

/// The setters that get tokens by the flows of a scheme, one of a kind.
fn grants(scheme: &Scheme, setter: &str, scope: &mut Scope) -> Vec<GrantPlan> {
    let mut grants: Vec<GrantPlan> = Vec::new();
    for flow in &scheme.flows {
        let (kind, suffix, url) = match flow.kind {
            FlowKind::ClientCredentials => (
                GrantKind::ClientCredentials,
                "client_credentials",
                &flow.token_url,
            ),
            FlowKind::Implicit => continue,
            _ => (
                GrantKind::RefreshToken,
                "refresh_token",
                flow.refresh_url
                    .as_ref()
                    .map_or(&flow.token_url, |_| &flow.refresh_url),
            ),
        };
        let Some(url) = url else { continue };
        if grants.iter().all(|other| other.kind != kind) {
            grants.push(GrantPlan {
                setter: scope.claim([&suffixed(setter, suffix)]),
                kind,
                token_url: url.clone(),
            });
        }
    }
    grants
}

/// What is sent for a scheme; `None` for client certificates, which the transport knows.
fn credential(kind: &SchemeKind) -> Option<CredentialKind> {
    Some(match kind {
        SchemeKind::Bearer | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => {
            CredentialKind::Bearer
        }
        SchemeKind::Basic => CredentialKind::Basic,
        SchemeKind::Http(scheme) => CredentialKind::Header {
            name: "authorization".to_owned(),
            prefix: format!("{scheme} "),
        },
        SchemeKind::ApiKey {
            place: Place::Query,
            name,
            ..
        } => CredentialKind::Query(name.clone()),
        SchemeKind::ApiKey {
            place: Place::Cookie,
            name,
            ..
        } => CredentialKind::Cookie(name.clone()),
        SchemeKind::ApiKey { name, prefix, .. } => CredentialKind::Header {
            name: name.to_ascii_lowercase(),
            prefix: prefix.clone(),
        },
        SchemeKind::MutualTls => return None,
    })
}

/// The documented response headers that name a request.
fn request_id_headers(api: &Api) -> Vec<String> {
    let mut headers: Vec<String> = Vec::new();
    for (_, _, operation) in api.operations() {
        for header in operation
            .responses
            .iter()
            .flat_map(|response| &response.headers)
        {
            let name = header.name.to_ascii_lowercase();
            if name.ends_with("request-id") && !headers.contains(&name) {
                headers.push(name);
            }
        }
    }
    headers
}
