//! The book: pages with every word decided, for templates to print.
//!
//! All text is made safe for the place that its field names: a *cell* of a table, a *block*
//! between blank lines, or inline *code*. An empty text means that there is nothing to print.

use serde::Serialize;

use super::detail::{Detail, Row};
use super::words::Name;

/// A page: a resource with its actions.
#[derive(Debug, Serialize)]
pub(super) struct Page<'a> {
    /// The name of the API without what means something in YAML: `Losant API`.
    pub(super) api: &'a str,
    /// The resource.
    pub(super) name: Name,
    /// Its description, a block.
    pub(super) text: String,
    /// The URL that all actions have in common, in whole segments.
    pub(super) url: Vec<UrlPart>,
    /// The actions, in the order of the format; never none.
    pub(super) actions: Vec<Action>,
}

/// A piece of a URL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct UrlPart {
    /// The text, or the parameter's name in capitals.
    pub(super) text: String,
    /// Whether it is a parameter.
    pub(super) parameter: bool,
}

/// An action.
#[derive(Debug, Serialize)]
pub(super) struct Action {
    /// Its name.
    pub(super) name: Name,
    /// The anchor of its heading on the page.
    pub(super) anchor: String,
    /// Its key as an attribute of HTML.
    pub(super) mark: String,
    /// Its summary and its description, a block.
    pub(super) text: String,
    /// Whether it should no longer be used.
    pub(super) deprecated: bool,
    /// `GET`
    pub(super) method: String,
    /// Where it is sent, parameters in capitals.
    pub(super) url: Vec<UrlPart>,
    /// Where it is sent, as the description writes it; code.
    pub(super) address: String,
    /// Who may call it.
    pub(super) security: Security,
    /// Everything that a caller hands over, in the order of the SDK's tables.
    pub(super) parameters: Vec<Parameter>,
    /// The names of the required ones among them, in the same order.
    pub(super) required: Vec<Name>,
    /// The names of those that a sample has: the required ones, and in formats that want it, a body
    /// that may be left out.
    pub(super) sampled: Vec<Name>,
    /// The parameters in the path.
    pub(super) path: Vec<Parameter>,
    /// The parameters in the query.
    pub(super) query: Vec<Parameter>,
    /// The parameters in headers.
    pub(super) headers: Vec<Parameter>,
    /// The parameters in the `Cookie` header.
    pub(super) cookies: Vec<Parameter>,
    /// The request body.
    pub(super) body: Option<Body>,
    /// The documented successes, by status.
    pub(super) successes: Vec<Response>,
    /// The other responses, by status.
    pub(super) errors: Vec<Response>,
    /// The headers of all responses.
    pub(super) answer_headers: Vec<AnswerHeader>,
    /// Further ways to send the body in Rust, if the client has it.
    pub(super) ways: Vec<Way>,
    /// What a success streams, if it does.
    pub(super) stream: Option<Stream>,
    /// The first success's content as JSON, if it has some.
    pub(super) answer: String,
    /// Whether the first success has no content at all.
    pub(super) no_content: bool,
    /// How it is called with curl.
    pub(super) curl: Curl,
    /// How it is called in Rust, if the client has it.
    pub(super) rust: String,
    /// Everything else that there is to say, in formats that show it.
    pub(super) detail: Option<Detail>,
}

/// Who may call an action.
#[derive(Debug, Serialize)]
pub(super) struct Security {
    /// `none`, `optional` or `required`
    pub(super) token: &'static str,
    /// Which scopes are needed: `none`, `one`, `any`, `all`, or `sets`: any, but some only
    /// together.
    pub(super) needs: &'static str,
    /// The scopes as a list in a sentence.
    pub(super) scopes: String,
    /// The same one by one, with what they are called.
    pub(super) permissions: Vec<String>,
    /// The ways to identify oneself, any one of which is enough.
    pub(super) schemes: Vec<Scheme>,
    /// What the first of these ways sends in headers.
    pub(super) headers: Vec<Credential>,
}

/// A way to identify oneself.
#[derive(Debug, Serialize)]
pub(super) struct Scheme {
    /// What is sent, in words; inline.
    pub(super) sends: String,
    /// Its description, a cell.
    pub(super) text: String,
}

/// A header that identifies the caller.
#[derive(Debug, Serialize)]
pub(super) struct Credential {
    /// The header's name, a cell.
    pub(super) name: String,
    /// What it holds, a cell.
    pub(super) text: String,
}

/// Something that a caller hands over.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Parameter {
    /// Its name.
    pub(super) name: Name,
    /// Its name in the language of the format, a cell.
    pub(super) label: String,
    /// Whether a call cannot go without it.
    pub(super) required: bool,
    /// Its type: a word, or a link to the schema; a cell.
    #[serde(rename = "type")]
    pub(super) ty: String,
    /// Its schema, if that has a name.
    pub(super) schema: Option<Link>,
    /// The schema of its members, if it is a list without a name, and they have one.
    pub(super) items: Option<Link>,
    /// What it means, with the accepted values; a cell.
    pub(super) description: String,
    /// The same, ended by a full stop if there is any text.
    pub(super) sentence: String,
    /// Its default, a cell.
    pub(super) default: String,
    /// Its example, or a link to it, or what the format has for nothing; a cell.
    pub(super) example: String,
    /// Its example as a URL has it, not encoded; a cell.
    pub(super) assignment: String,
    /// What it means, without the accepted values; a block within a list.
    pub(super) text: String,
    /// Type, format and bounds: `integer · int32 · min: 10`; code.
    pub(super) facts: String,
    /// The accepted values, code each.
    pub(super) accepted: Vec<String>,
    /// Its default; code.
    pub(super) default_code: String,
    /// Its example; code.
    pub(super) example_code: String,
    /// Its pattern; code.
    pub(super) pattern: String,
    /// Whether it should no longer be used.
    pub(super) deprecated: bool,
}

/// A link to a schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Link {
    /// The schema's title, as the text of a link.
    pub(super) title: String,
    /// Where its documentation is.
    pub(super) target: String,
    /// Where its example is.
    pub(super) example: String,
}

/// A request body.
#[derive(Debug, Serialize)]
pub(super) struct Body {
    /// `json`, `lines` (of JSON), `multipart`, `form` (written like a query) or `other`
    pub(super) kind: &'static str,
    /// Its media type; code.
    pub(super) media: String,
    /// Its description, a block.
    pub(super) text: String,
    /// Whether a call cannot go without it.
    pub(super) required: bool,
    /// Its schema, or that of each line, if that has a name.
    pub(super) schema: Option<Link>,
    /// The schema of its members, if it is a list without a name, and they have one.
    pub(super) items: Option<Link>,
    /// An example as JSON, indented.
    pub(super) example: String,
    /// The parts of a form, the fields of a schema without a name.
    pub(super) parts: Vec<Parameter>,
    /// The same in further media types; they have no others of their own.
    pub(super) others: Vec<Body>,
}

/// A documented response.
#[derive(Debug, Serialize)]
pub(super) struct Response {
    /// `404`
    pub(super) code: String,
    /// A link to the schema, else what there is, else what the format has for nothing; a cell.
    #[serde(rename = "type")]
    pub(super) ty: String,
    /// What it means, a cell.
    pub(super) description: String,
    /// What it means, a block within a list.
    pub(super) text: String,
    /// The media types that it may have; code, with the schema if that has a name.
    pub(super) media: Vec<Media>,
}

/// A header that answers may have.
#[derive(Debug, Serialize)]
pub(super) struct AnswerHeader {
    /// What it is.
    pub(super) header: Parameter,
    /// The statuses that have it, or `all`; a cell.
    pub(super) codes: String,
}

/// A further way to send a body.
#[derive(Debug, Serialize)]
pub(super) struct Way {
    /// The method or setter of the client; code.
    pub(super) method: String,
    /// The media type; code.
    pub(super) media: String,
}

/// A media type of a response.
#[derive(Debug, Serialize)]
pub(super) struct Media {
    /// Its name; code.
    pub(super) name: String,
    /// Its schema, if that has a name.
    pub(super) schema: Option<Link>,
    /// Whether it is a list of that schema.
    pub(super) is_list: bool,
    /// What it is where no schema is named: `string · binary`; code.
    pub(super) facts: String,
}

/// A stream of server-sent events.
#[derive(Debug, Serialize)]
pub(super) struct Stream {
    /// What it streams, a block.
    pub(super) text: String,
    /// Its events, in order of the description.
    pub(super) events: Vec<Event>,
}

/// A kind of event.
#[derive(Debug, Serialize)]
pub(super) struct Event {
    /// Its name, a cell.
    pub(super) name: String,
    /// A link to the schema of its data, a word, or `undefined`; a cell.
    #[serde(rename = "type")]
    pub(super) ty: String,
    /// What it means, a cell.
    pub(super) description: String,
}

/// The arguments of a call with curl, each safe for a shell.
#[derive(Debug, Serialize)]
pub(super) struct Curl {
    /// The headers, `Name: value`, safe between single quotes.
    pub(super) headers: Vec<String>,
    /// The body, if it is required, and where to put an answer that is a file; whole arguments.
    pub(super) arguments: Vec<String>,
    /// The URL with the required query parameters.
    pub(super) url: String,
}

/// The page of schemas.
#[derive(Debug, Serialize)]
pub(super) struct SchemasPage<'a> {
    /// As [`Page::api`].
    pub(super) api: &'a str,
    /// The schemas, in order of key.
    pub(super) schemas: Listed,
}

/// The schemas of a list, as much of them as the format wants.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Listed {
    /// All that there is to say of them.
    Whole(Vec<Schema>),
    /// Their names, and where there is more.
    Brief(Vec<SchemaBrief>),
}

/// The page of one schema, in formats that have such pages.
#[derive(Debug, Serialize)]
pub(super) struct SchemaPage<'a> {
    /// As [`Page::api`].
    pub(super) api: &'a str,
    /// The path of the page of all schemas.
    pub(super) schemas_page: &'a str,
    /// The schema.
    pub(super) schema: Schema,
}

/// A schema, as a list has it.
#[derive(Debug, Serialize)]
pub(super) struct SchemaBrief {
    /// As [`Schema::id`].
    pub(super) id: String,
    /// As [`Schema::link`].
    pub(super) link: String,
    /// As [`Schema::page`].
    pub(super) page: String,
    /// As [`Schema::summary`].
    pub(super) summary: String,
    /// As [`Schema::deprecated`].
    pub(super) deprecated: bool,
}

/// A schema.
#[derive(Debug, Serialize)]
pub(super) struct Schema {
    /// Its title, as a heading.
    pub(super) title: String,
    /// Its title, as the text of a link.
    pub(super) link: String,
    /// The link to it on its page.
    pub(super) target: String,
    /// Where that leads, as an attribute of HTML.
    pub(super) anchor: String,
    /// Whether the heading alone does not make that anchor.
    pub(super) marked: bool,
    /// The link to its own page, in formats in which it has one.
    pub(super) page: String,
    /// The first of what is said of it, a cell.
    pub(super) summary: String,
    /// Its description, a block.
    pub(super) text: String,
    /// The JSON Schema, indented JSON.
    pub(super) definition: String,
    /// Its example, indented JSON.
    pub(super) example: String,
    /// Its id, from its key.
    pub(super) id: String,
    /// What its values are where it is no object, a cell; in formats that show details.
    pub(super) kind: String,
    /// Its fields, laid open; in formats that show details.
    pub(super) fields: Vec<Row>,
    /// Whether it should no longer be used.
    pub(super) deprecated: bool,
}
