//! The table that describes one operation.

use crate::runtime::reading::response::RawResponse;
use crate::runtime::tables::parameter::Parameter;
use crate::runtime::tables::server::Server;

/// One operation of the API.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// The name in the description, such as `invites.get`; error messages begin with it.
    pub id: &'static str,
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path below the base URL: `/orgs/{0}/invites` has the value of the first parameter where `{0}`
    /// is. One text takes the compiler less than a list of its segments.
    pub path: &'static str,
    /// The parameters. Calls and paths refer to these by position.
    pub parameters: &'static [Parameter],
    /// The media types that the answer may have, as the value of `Accept`.
    pub accept: &'static str,
    /// Alternatives, each a combination of positions in [`Api::schemes`](crate::runtime::Api::schemes).
    /// The first of which every credential is set is used; if there is none, the call goes
    /// without.
    pub security: &'static [&'static [usize]],
    /// The server of this operation, if it is not that of the API; relative to the client's if it
    /// has no host. A client that is told its server sends everything there.
    pub server: Option<Server>,
    /// Whether a redirect that is not followed is a success: some actions do nothing but say
    /// where something is.
    pub redirects: bool,
    #[cfg(feature = "check-values")]
    /// What the description allows of its values beyond their types.
    pub limits: Option<&'static crate::runtime::check::limit::Limits>,
}

impl Operation {
    /// What most operations have; tables say what differs.
    pub const USUAL: Self = Self {
        id: "",
        method: "GET",
        path: "",
        parameters: &[],
        accept: "*/*",
        security: &[],
        server: None,
        redirects: false,
        #[cfg(feature = "check-values")]
        limits: None,
    };

    /// The pieces of the path. What is no number is the position of no parameter.
    pub(crate) fn segments(&self) -> impl Iterator<Item = Segment> {
        let pieces = self.path.split(['{', '}']).enumerate();
        pieces.map(|(at, piece)| match at % 2 {
            0 => Segment::Text(piece),
            _ => Segment::Parameter(piece.parse().unwrap_or(usize::MAX)),
        })
    }

    /// Whether this answer is a success: every 2xx, and every 3xx where the operation says so.
    pub(crate) fn succeeds(&self, answer: &RawResponse) -> bool {
        let status = answer.status_code();
        status.is_success() || (self.redirects && status.is_redirection())
    }
}

/// A piece of a path.
#[derive(Clone, Copy)]
pub(crate) enum Segment {
    /// Text as it stands, slashes included.
    Text(&'static str),
    /// The value of the parameter at this position.
    Parameter(usize),
}
