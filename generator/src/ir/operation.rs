//! One request that a caller can make, and what can come back.

use serde::Serialize;
use serde_json::Value;

use super::{Pagination, Requirement, SaidPagination, Server, TypeId};
use crate::diagnostic::At;

/// An operation.
#[derive(Clone, Debug, Serialize)]
pub struct Operation {
    /// Its place.
    pub at: At,
    /// Its key within the resource as the description spells it: `resendInvite`.
    pub action: String,
    /// `operationId`, as written.
    pub id: Option<String>,
    /// `tags`, as written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The HTTP method.
    pub method: Method,
    /// The path template, as written: `/orgs/{org_id}/invites`.
    pub path: String,
    /// The same, taken apart.
    pub path_parts: Vec<PathPart>,
    /// `summary`
    pub summary: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// All parameters: those of the path item, then its own; within each in declared order.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The documented responses, in source order.
    pub responses: Vec<Response>,
    /// The ways to be allowed to call it, any one of which is enough. Empty: no credentials.
    pub security: Vec<Requirement>,
    /// The server of this operation where it differs from the API's.
    pub server: Option<Server>,
    /// What the description says of its pages.
    #[serde(skip_serializing_if = "SaidPagination::is_nothing")]
    pub said_pagination: SaidPagination,
    /// How to get from a page of results to the next.
    pub pagination: Option<Pagination>,
    /// What the server sends on account of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub callbacks: Vec<Callback>,
}

/// A request that the server makes: a callback of an operation, or a webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Callback {
    /// What it is called.
    pub name: String,
    /// Where it is sent (a runtime expression); empty for a webhook.
    pub expression: String,
    /// The method, as it is sent.
    pub method: String,
    /// `summary`
    pub summary: Option<String>,
    /// `description`, as CommonMark.
    pub description: Option<String>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// The key of the component that its body is.
    pub schema: Option<String>,
}

/// The methods of HTTP: those that OpenAPI has a field for, and any other (3.2, 4.8.9: Path Item
/// Object).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// GET
    Get,
    /// PUT
    Put,
    /// POST
    Post,
    /// DELETE
    Delete,
    /// OPTIONS
    Options,
    /// HEAD
    Head,
    /// PATCH
    Patch,
    /// TRACE
    Trace,
    /// QUERY
    Query,
    /// Any other, as it is sent.
    Other(Box<str>),
}

impl Serialize for Method {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A piece of a path template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum PathPart {
    /// Text to send as it is.
    Text(String),
    /// The value of the path parameter of this name.
    Parameter(String),
}

/// A parameter outside of the body.
#[derive(Clone, Debug, Serialize)]
pub struct Parameter {
    /// Its place.
    pub at: At,
    /// Its name on the wire.
    pub name: String,
    /// Where it is sent.
    pub place: Place,
    /// Whether a call cannot go without it.
    pub required: bool,
    /// What it means, as CommonMark.
    pub description: Option<String>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// Its type; a component's own id if its schema is a reference.
    pub ty: TypeId,
    /// How a list or an object is written.
    pub style: Style,
    /// Whether each member of a list or an object is written on its own.
    pub explode: bool,
    /// Whether reserved characters are sent as they are.
    pub allow_reserved: bool,
    /// The media type in which the value is written, for a parameter with `content`.
    pub content: Option<String>,
    /// How the fields of a whole query are written, where the description says so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub encoding: Vec<Encoding>,
    /// An example: the parameter's own, else its schema's.
    pub example: Option<Value>,
    /// The default of its schema.
    pub default: Option<Value>,
    /// Which docs show it.
    pub visibility: Visibility,
    /// Whether it is set for each call or once on the client.
    pub scope: Scope,
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// In the path.
    Path,
    /// After the question mark.
    Query,
    /// As a header.
    Header,
    /// In the `Cookie` header.
    Cookie,
    /// It is all that follows the question mark.
    Querystring,
}

/// How a value becomes text (OpenAPI 3.1, 4.8.12.3: Style Values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Style {
    /// `a,b`
    Simple,
    /// `.a.b`
    Label,
    /// `;name=a,b`
    Matrix,
    /// `name=a&name=b`
    Form,
    /// `name=a%20b`
    SpaceDelimited,
    /// `name=a|b`
    PipeDelimited,
    /// `name=a%09b`, a way of 2.0
    TabDelimited,
    /// `name[key]=a`
    DeepObject,
    /// `name=a; name=b`, with nothing encoded
    Cookie,
}

impl Style {
    /// Whether each member of a list or an object is written on its own unless something else is
    /// said.
    #[must_use]
    pub fn explodes(self) -> bool {
        matches!(self, Self::Form | Self::Cookie)
    }
}

/// Which docs show a parameter (`x-internal`); a client always has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Visibility {
    /// All of them.
    #[default]
    Public,
    /// None; a client sends its default unless told otherwise.
    Internal,
    /// All but these formats.
    HiddenIn(Vec<String>),
}

impl Visibility {
    /// Whether the docs of `format` show it.
    #[must_use]
    pub fn shown_in(&self, format: &str) -> bool {
        match self {
            Self::Public => true,
            Self::Internal => false,
            Self::HiddenIn(formats) => !formats.iter().any(|hidden| hidden == format),
        }
    }
}

/// Who sets a parameter (`x-ms-parameter-location`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Each call.
    #[default]
    Call,
    /// The client, once; a call can set another value.
    Client,
}

/// A request body.
#[derive(Clone, Debug, Serialize)]
pub struct Body {
    /// Its place.
    pub at: At,
    /// Its key among the components, if the operation refers to it there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub component: Option<String>,
    /// Its name as a parameter (`x-codegen-request-body-name`), else `body`.
    pub name: String,
    /// Where it stands, from 1, in the list path + query + body (`x-position`).
    pub position: Option<usize>,
    /// What it is, as CommonMark.
    pub description: Option<String>,
    /// Whether a call cannot go without it.
    pub required: bool,
    /// The media types it may have, in source order; never empty.
    pub content: Vec<MediaType>,
}

/// Content in one media type.
#[derive(Clone, Debug, Serialize)]
pub struct MediaType {
    /// Its place.
    pub at: At,
    /// The media type (RFC 6838): `application/json`; or a range of them (RFC 9110, 12.5.1).
    pub name: String,
    /// The one of a range that a client writes and reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stands_for: Option<&'static str>,
    /// What the content is, if the description says.
    pub ty: Option<TypeId>,
    /// Whether that is each item of a sequence, rather than the whole (`itemSchema`).
    pub of_items: bool,
    /// The kinds of event of a stream; empty if it is none, or if they are not described.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<EventKind>,
    /// How the fields of a form are written, where the description says so.
    pub encoding: Vec<Encoding>,
    /// An example: the media type's own, else its schema's.
    pub example: Option<Value>,
    /// The media type's own examples, in source order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<NamedExample>,
}

/// One of the examples of a media type.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NamedExample {
    /// Its name; `None` for the only one of `example`.
    pub name: Option<String>,
    /// Its value; `None` if only its text is there.
    pub value: Option<Value>,
    /// How the value is written (`serializedValue`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A kind of server-sent event.
#[derive(Clone, Debug, Serialize)]
pub struct EventKind {
    /// The values of its field `event`; empty: any.
    pub names: Vec<String>,
    /// What it means, as CommonMark.
    pub description: Option<String>,
    /// What its data is; `None`: text of which nothing is said.
    pub data: Option<TypeId>,
    /// Whether the data is JSON, rather than text that stands for itself.
    pub json: bool,
}

/// How a field of a form is written.
#[derive(Clone, Debug, Serialize)]
pub struct Encoding {
    /// The field.
    pub field: String,
    /// The media type of a part.
    pub content_type: Option<String>,
    /// How a list or an object is written.
    pub style: Option<Style>,
    /// Whether each member of a list or an object is written on its own.
    pub explode: Option<bool>,
    /// Whether reserved characters are sent as they are.
    pub allow_reserved: bool,
}

/// A documented response.
#[derive(Clone, Debug, Serialize)]
pub struct Response {
    /// Its place.
    pub at: At,
    /// Its key among the components, if the operation refers to it there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub component: Option<String>,
    /// The status or statuses it stands for.
    pub status: Status,
    /// What it means, as CommonMark.
    pub description: String,
    /// Its headers, in source order.
    pub headers: Vec<Header>,
    /// The media types it may have; empty: no content.
    pub content: Vec<MediaType>,
}

/// The status of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Status {
    /// `404`
    Code(u16),
    /// `4XX`, as 4
    Range(u8),
    /// `default`: every status that is not named.
    Default,
}

/// A response header.
#[derive(Clone, Debug, Serialize)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// What it means, as CommonMark.
    pub description: Option<String>,
    /// Whether every response has it.
    pub required: bool,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// Its type.
    pub ty: TypeId,
    /// Whether the members of an object are written as `name=value`.
    pub explode: bool,
    /// The media type in which the value is written, for a header with `content`.
    pub content: Option<String>,
    /// An example.
    pub example: Option<Value>,
}

impl Method {
    /// As it is sent: `GET`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
            Self::Query => "QUERY",
            Self::Other(other) => other,
        }
    }
}

impl Status {
    /// Whether it is documented among the successes: 1xx to 3xx.
    #[must_use]
    pub fn is_success(self) -> bool {
        match self {
            Self::Code(code) => code < 400,
            Self::Range(hundreds) => hundreds < 4,
            Self::Default => false,
        }
    }
}

impl Status {
    /// Whether it is 2xx: a success in the sense of HTTP.
    #[must_use]
    pub fn is_ok(self) -> bool {
        self.hundreds() == Some(2)
    }

    /// Whether it is 3xx.
    #[must_use]
    pub fn is_redirect(self) -> bool {
        self.hundreds() == Some(3)
    }

    fn hundreds(self) -> Option<u16> {
        match self {
            Self::Code(code) => Some(code / 100),
            Self::Range(hundreds) => Some(hundreds.into()),
            Self::Default => None,
        }
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(hundreds) => write!(f, "{hundreds}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

impl MediaType {
    /// Whether it is JSON: `application/json` or any `+json` (RFC 6839, 3.1).
    #[must_use]
    pub fn is_json(&self) -> bool {
        let essence = self.essence();
        essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
    }

    /// Whether it is text: `text/…` or XML (RFC 7303).
    #[must_use]
    pub fn is_text(&self) -> bool {
        let essence = self.essence();
        essence.starts_with("text/") || essence == "application/xml" || essence.ends_with("+xml")
    }

    /// Whether it is a stream of server-sent events.
    #[must_use]
    pub fn is_event_stream(&self) -> bool {
        self.essence() == "text/event-stream"
    }

    /// Whether it is a sequence of JSON values: lines, or records (RFC 7464).
    #[must_use]
    pub fn is_json_lines(&self) -> bool {
        matches!(
            &*self.essence(),
            "application/x-ndjson"
                | "application/ndjson"
                | "application/jsonl"
                | "application/x-jsonl"
                | "application/json-seq"
        )
    }

    /// Whether it is a form written like a query (WHATWG URL, 5).
    #[must_use]
    pub fn is_form(&self) -> bool {
        self.essence() == "application/x-www-form-urlencoded"
    }

    /// Whether it is a form in parts (RFC 7578).
    #[must_use]
    pub fn is_multipart_form(&self) -> bool {
        self.essence() == "multipart/form-data"
    }

    /// Whether it is bytes that nobody reads as they are: neither JSON nor text, events or a form.
    #[must_use]
    pub fn is_file(&self) -> bool {
        let written = self.is_json() || self.is_json_lines() || self.is_text();
        !written && !self.is_form() && !self.is_multipart_form() && !self.name.starts_with("*/")
    }

    /// Whether it is a range of media types: `*/*`.
    #[must_use]
    pub fn is_range(&self) -> bool {
        self.name.contains('*')
    }

    /// The media type in which it is sent; still a range if nothing says which of them.
    #[must_use]
    pub fn sent_name(&self) -> &str {
        self.stands_for.unwrap_or(&self.name)
    }

    /// The media type that a client asks for: JSON where it reads JSON, and any of a range where
    /// it takes what comes.
    #[must_use]
    pub fn asked_name(&self) -> &str {
        match self.is_json() {
            true => self.sent_name(),
            false => &self.name,
        }
    }

    /// The media type without its parameters, in lower case.
    #[must_use]
    pub fn essence(&self) -> String {
        let essence = self.sent_name().split(';').next().unwrap_or_default();
        essence.trim().to_ascii_lowercase()
    }
}

impl Operation {
    /// The text that docs print: `summary`, else `description`.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.summary.as_deref().or(self.description.as_deref())
    }

    /// Whether a success is a stream of server-sent events.
    #[must_use]
    pub fn is_event_stream(&self) -> bool {
        self.responses
            .iter()
            .filter(|response| response.status.is_success())
            .any(|response| response.content.iter().any(MediaType::is_event_stream))
    }
}
