//! How a caller identifies itself, and what it must be allowed to do.

use serde::Serialize;

use super::Place;

/// A security scheme, by its index in [`Api::schemes`](super::Api::schemes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SchemeId(pub usize);

/// A way for a caller to identify itself.
#[derive(Clone, Debug, Serialize)]
pub struct Scheme {
    /// Its key among the components.
    pub key: String,
    /// What it is, as CommonMark.
    pub description: Option<String>,
    /// What is sent.
    pub kind: SchemeKind,
    /// What a scope or permission is called: its key and its title, in source order (the
    /// `scopes` of OAuth2 flows, `x-scopes` of any scheme).
    pub scopes: Vec<(String, String)>,
    /// How tokens of OAuth 2.0 are had, in source order.
    pub flows: Vec<Flow>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
}

/// A way to get a token of OAuth 2.0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Flow {
    /// Which way.
    pub kind: FlowKind,
    /// Where a person agrees.
    pub authorization_url: Option<String>,
    /// Where tokens are handed out; without a host, relative to the server.
    pub token_url: Option<String>,
    /// Where tokens are renewed, if not there.
    pub refresh_url: Option<String>,
}

/// The ways to get a token of OAuth 2.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum FlowKind {
    /// RFC 6749, section 4.2.
    Implicit,
    /// RFC 6749, section 4.3.
    Password,
    /// RFC 6749, section 4.4.
    ClientCredentials,
    /// RFC 6749, section 4.1.
    AuthorizationCode,
    /// RFC 8628.
    DeviceAuthorization,
}

/// What a scheme sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum SchemeKind {
    /// `Authorization: Bearer …` (RFC 6750)
    Bearer,
    /// `Authorization: Basic …` (RFC 7617)
    Basic,
    /// Another HTTP authentication scheme, by its registered name.
    Http(String),
    /// A key on its own.
    ApiKey {
        /// Where it is sent.
        place: Place,
        /// The name of the header, query parameter or cookie.
        name: String,
        /// Text before the key (`x-prefix`): `token `.
        prefix: String,
    },
    /// OAuth 2.0 (RFC 6749); the access token is sent as a bearer token.
    OAuth2,
    /// OpenID Connect; the token is sent as a bearer token.
    OpenIdConnect,
    /// A client certificate.
    MutualTls,
}

impl SchemeKind {
    /// What is sent, in words; `code` writes a name as code.
    pub fn sends(&self, code: impl Fn(&str) -> String) -> String {
        let header = code("Authorization");
        match self {
            Self::Bearer => format!("Bearer token in the header {header}"),
            Self::OAuth2 => {
                format!("OAuth 2.0 access token, as a bearer token in the header {header}")
            }
            Self::OpenIdConnect => {
                format!("OpenID Connect token, as a bearer token in the header {header}")
            }
            Self::Basic => "User name and password (HTTP Basic)".to_owned(),
            Self::Http(scheme) => {
                format!(
                    "HTTP authentication {} in the header {header}",
                    code(scheme)
                )
            }
            Self::ApiKey {
                place,
                name,
                prefix,
            } => {
                let name = code(name);
                let place = match place {
                    Place::Header | Place::Path => "header",
                    Place::Query | Place::Querystring => "query parameter",
                    Place::Cookie => "cookie",
                };
                match prefix.trim() {
                    "" => format!("API key in the {place} {name}"),
                    prefix => {
                        let prefix = code(prefix);
                        format!("API key in the {place} {name}, prepended with {prefix}")
                    }
                }
            }
            Self::MutualTls => "Client certificate (mutual TLS)".to_owned(),
        }
    }
}

/// One way to be allowed to call: all of its parts are needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Requirement {
    /// The parts; empty: no credentials needed.
    pub parts: Vec<RequirementPart>,
}

/// A scheme, with the scopes that are all needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequirementPart {
    /// The scheme.
    pub scheme: SchemeId,
    /// The scopes, in source order.
    pub scopes: Vec<String>,
}
