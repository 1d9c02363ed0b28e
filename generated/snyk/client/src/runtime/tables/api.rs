//! The tables that describe the API as a whole: where it is and how it knows its callers.

use crate::runtime::tables::parameter::Parameter;
use crate::runtime::tables::server::Server;

/// What all operations of an API have in common.
#[derive(Clone, Copy, Debug)]
pub struct Api {
    /// The name of this crate, the first half of `User-Agent`.
    pub name: &'static str,
    /// The version of this crate, the second half of `User-Agent`.
    pub version: &'static str,
    /// Where the API is, the usual server first. Empty if the description names none.
    pub servers: &'static [Server],
    /// How calls may be authorized. Operations refer to these by position.
    pub schemes: &'static [Scheme],
    /// Parameters that are set once, on the client. Operations refer to these by position.
    pub parameters: &'static [Parameter],
    /// Response headers that carry the request's id, by the description. Well-known names are
    /// tried after these.
    pub request_id_headers: &'static [&'static str],
}

/// A way to authorize calls.
#[derive(Clone, Copy, Debug)]
pub struct Scheme {
    /// The name in the description.
    pub name: &'static str,
    /// Where the credential goes.
    pub kind: SchemeKind,
}

/// Where a credential goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SchemeKind {
    /// `Authorization: Bearer …` (RFC 6750)
    Bearer,
    /// `Authorization: Basic …` (RFC 7617), from a user name and a password.
    Basic,
    /// A header of its own.
    Header {
        /// The header's name.
        name: &'static str,
        /// What stands before the credential, such as `token `; often nothing.
        prefix: &'static str,
    },
    /// A query parameter.
    Query {
        /// The parameter's name.
        name: &'static str,
    },
    /// A cookie.
    Cookie {
        /// The cookie's name.
        name: &'static str,
    },
}
