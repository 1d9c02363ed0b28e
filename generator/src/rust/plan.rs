//! The crate with every name, path, type and direction decided.

use serde::Serialize;

use crate::ir::{OperationId, Style};

/// A client crate.
#[derive(Clone, Debug, Serialize)]
pub struct CratePlan {
    /// The crate's name: `losant-invites`.
    pub name: String,
    /// The crate's version.
    pub version: String,
    /// The crate's licence, if it is known.
    pub license: Option<String>,
    /// The API's title.
    pub title: String,
    /// The API's version.
    pub api_version: String,
    /// What the API is.
    pub docs: Option<String>,
    /// The description, for the first line of each file.
    pub source: String,
    /// The client and its settings.
    pub client: ClientPlan,
    /// The types that belong to no single resource; the group of `types` itself first.
    pub types: Vec<TypeGroup>,
    /// A module for each resource.
    pub resources: Vec<ResourcePlan>,
    /// A first call, whole: making a client and using it.
    pub first_call: Option<String>,
}

/// The client and its settings.
#[derive(Clone, Debug, Serialize)]
pub struct ClientPlan {
    /// The server to talk to unless told otherwise.
    pub base_url: Option<String>,
    /// The credentials, in the order of the API's schemes.
    pub schemes: Vec<SchemePlan>,
    /// The parameters that are set once.
    pub parameters: Vec<ParameterPlan>,
    /// Headers that name a request.
    pub request_id_headers: Vec<String>,
}

/// A credential.
#[derive(Clone, Debug, Serialize)]
pub struct SchemePlan {
    /// Its key in the description.
    pub key: String,
    /// The setter: `access_token`.
    pub setter: String,
    /// What it is.
    pub docs: Option<String>,
    /// What is sent.
    pub kind: CredentialKind,
}

/// What a credential sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum CredentialKind {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization: Basic …`, of a user name and a password.
    Basic,
    /// A header, with text before the secret.
    Header {
        /// Its name.
        name: String,
        /// Before the secret.
        prefix: String,
    },
    /// A query parameter.
    Query(String),
    /// A cookie.
    Cookie(String),
}

/// Types that stand in one file.
#[derive(Clone, Debug, Serialize)]
pub struct TypeGroup {
    /// The module below `types`; `None`: `types` itself.
    pub module: Option<String>,
    /// The features any one of which needs them; empty: they are always compiled.
    pub features: Vec<String>,
    /// The types, in order of name.
    pub types: Vec<TypePlan>,
}

/// The module of a resource.
#[derive(Clone, Debug, Serialize)]
pub struct ResourcePlan {
    /// The resource's key.
    pub key: String,
    /// The module, and the client's method that leads to it.
    pub module: String,
    /// The feature that it is compiled with; `None`: always.
    pub feature: Option<String>,
    /// The struct that holds the actions.
    pub handle: String,
    /// What the resource is.
    pub docs: Option<String>,
    /// The actions, in source order.
    pub actions: Vec<ActionPlan>,
    /// Types that only this resource uses.
    pub types: Vec<TypePlan>,
}

/// An action.
#[derive(Clone, Debug, Serialize)]
pub struct ActionPlan {
    /// The operation.
    pub id: OperationId,
    /// `instanceOrgInvite.resendInvite`, for messages.
    pub name: String,
    /// The method: `resend_invite`.
    pub method: String,
    /// The request's struct: `ResendInvite`.
    pub request: String,
    /// The static table: `RESEND_INVITE`.
    pub table: String,
    /// `GET`
    pub http_method: &'static str,
    /// The path template as written, for docs.
    pub path: String,
    /// The path, taken apart.
    pub segments: Vec<SegmentPlan>,
    /// What it does.
    pub docs: Option<String>,
    /// Who may call it: what docs say of scopes.
    pub scopes: Vec<Vec<String>>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// All parameters; positions are the numbers in the table.
    pub parameters: Vec<ParameterPlan>,
    /// The request body.
    pub body: Option<BodyPlan>,
    /// The required values in the order of the arguments.
    pub arguments: Vec<Argument>,
    /// Alternatives of combinations of credentials.
    pub security: Vec<Vec<usize>>,
    /// A server of its own.
    pub base_url: Option<String>,
    /// What a success holds.
    pub success: ContentPlan,
    /// What the caller gets from a success, in words.
    pub success_docs: Option<String>,
    /// The media type to ask for.
    pub accept: Option<String>,
    /// The documented failures.
    pub errors: ErrorPlan,
    /// How to walk its pages.
    pub pages: Option<PagesPlan>,
    /// Statements that call it, with a `client` in scope.
    pub sample: String,
}

/// A piece of a path.
#[derive(Clone, Debug, Serialize)]
pub enum SegmentPlan {
    /// Text.
    Text(String),
    /// The parameter at this position.
    Parameter(usize),
}

/// A required value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Argument {
    /// The parameter at this position.
    Parameter(usize),
    /// The body.
    Body,
}

/// A parameter.
#[derive(Clone, Debug, Serialize)]
pub struct ParameterPlan {
    /// Its name on the wire.
    pub wire: String,
    /// The argument or the setter.
    pub name: String,
    /// What it means.
    pub docs: Option<String>,
    /// `path`, `query`, `header` or `cookie`.
    pub place: &'static str,
    /// Whether a call cannot go without it.
    pub required: bool,
    /// Its type.
    pub ty: Ty,
    /// The style, where it is not the usual one of the place.
    pub style: Option<Style>,
    /// `explode`, where it is not the usual one of the style.
    pub explode: Option<bool>,
    /// Whether reserved characters are sent as they are.
    pub allow_reserved: bool,
    /// The text that is sent unless a caller says otherwise.
    pub default: Option<String>,
    /// The position among the client's parameters.
    pub from_client: Option<usize>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
}

/// A request body.
#[derive(Clone, Debug, Serialize)]
pub struct BodyPlan {
    /// The argument or the setter.
    pub name: String,
    /// Its name in the description.
    pub wire: String,
    /// What it is.
    pub docs: Option<String>,
    /// Whether a call cannot go without it.
    pub required: bool,
    /// The media type that is sent.
    pub media_type: String,
    /// What is sent.
    pub content: ContentPlan,
}

/// What a body holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum ContentPlan {
    /// Nothing.
    Empty,
    /// JSON of a type.
    Json(Ty),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// The documented failures of an action.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorPlan {
    /// The enum: `GetError`.
    pub name: String,
    /// The enum that says the same and was named first, if there is one.
    pub alias_of: Option<String>,
    /// The failures.
    pub variants: Vec<ErrorVariant>,
}

/// A documented failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorVariant {
    /// The variant: `NotFound`.
    pub name: String,
    /// The first and the last status it stands for; `None`: any other.
    pub statuses: Option<(u16, u16)>,
    /// What it means.
    pub docs: Option<String>,
    /// What it holds.
    pub content: ContentPlan,
    /// Whether the content is kept in a box, because it is large.
    pub boxed: bool,
}

/// How to walk the pages of an action.
#[derive(Clone, Debug, Serialize)]
pub struct PagesPlan {
    /// The field that holds the items.
    pub items: String,
    /// Whether that field is optional.
    pub optional: bool,
    /// The type of an item.
    pub item: Ty,
    /// The path to the next link.
    pub link: Vec<String>,
}

/// A type that the crate defines.
#[derive(Clone, Debug, Serialize)]
pub struct TypePlan {
    /// Its name.
    pub name: String,
    /// What it is.
    pub docs: Option<String>,
    /// The schema it comes from, in words: its key or its place.
    pub origin: String,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// What it is made of.
    pub kind: TypeKind,
    /// Whether a request can hold it.
    pub encode: bool,
    /// Whether a response can hold it.
    pub decode: bool,
}

/// What a defined type is made of.
#[derive(Clone, Debug, Serialize)]
pub enum TypeKind {
    /// Another name.
    Alias(Ty),
    /// A struct.
    Record(RecordPlan),
    /// An open enum of strings.
    Enum(Vec<VariantPlan>),
    /// One of several types.
    Union(Vec<UnionVariant>),
}

/// A struct.
#[derive(Clone, Debug, Serialize)]
pub struct RecordPlan {
    /// The fields.
    pub fields: Vec<FieldPlan>,
    /// The field of everything else, with the type of its values.
    pub rest: Option<(String, Ty)>,
}

/// A field of a struct.
#[derive(Clone, Debug, Serialize)]
pub struct FieldPlan {
    /// Its name on the wire.
    pub wire: String,
    /// Its name.
    pub name: String,
    /// What it means.
    pub docs: Option<String>,
    /// Its whole type, `Option` or `Nullable` included.
    pub ty: Ty,
    /// Whether it is always there.
    pub required: bool,
    /// The only value it can have, where a constructor need not ask for it.
    pub constant: Option<String>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
}

/// A variant of an enum of strings.
#[derive(Clone, Debug, Serialize)]
pub struct VariantPlan {
    /// Its name.
    pub name: String,
    /// Its text on the wire.
    pub wire: String,
    /// What it means.
    pub docs: Option<String>,
}

/// A variant of a union.
#[derive(Clone, Debug, Serialize)]
pub struct UnionVariant {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub ty: Ty,
    /// When a value belongs to it.
    pub rule: Rule,
}

/// When a value belongs to a variant.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Rule {
    /// Any value of a JSON type: `String`, `Array`, …
    Kind(&'static str),
    /// One of these texts.
    Texts(Vec<String>),
    /// An object.
    Object(ObjectRule),
    /// A list whose items follow a rule.
    Items(Box<Rule>),
    /// An object whose values follow a rule.
    Values(Box<Rule>),
    /// Whatever this union of the crate knows.
    Union(Named),
    /// Any value.
    Any,
}

/// When an object belongs to a variant.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ObjectRule {
    /// Keys that must be there.
    pub required: Vec<String>,
    /// Keys and the values that they may have.
    pub constants: Vec<(String, Vec<serde_json::Value>)>,
    /// The record that an object belongs to if it has more of its keys than of another's.
    pub known: Option<Named>,
}

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Ty {
    /// `bool`
    Bool,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `f64`
    F64,
    /// `String`
    String,
    /// `jiff::Timestamp`
    Timestamp,
    /// `jiff::civil::Date`
    Date,
    /// `serde_json::Value`
    Json,
    /// A type of the crate.
    Named(Named),
    /// `Vec<T>`
    List(Box<Ty>),
    /// `BTreeMap<String, T>`
    Map(Box<Ty>),
    /// `Option<T>`
    Option(Box<Ty>),
    /// `Nullable<T>`: absent, null or a value.
    Nullable(Box<Ty>),
    /// `Box<T>`
    Boxed(Box<Ty>),
}

/// A type of the crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Named {
    /// The module of the resource it belongs to; `None`: `types`.
    pub module: Option<String>,
    /// Its name.
    pub name: String,
}
