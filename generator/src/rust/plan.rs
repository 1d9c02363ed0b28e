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
    /// The enum of [`ContentPlan::Choice`].
    pub successes: Option<AnswersPlan>,
    /// Whether a redirect is what the description calls a success.
    pub redirects: bool,
    /// What the caller gets from a success, in words.
    pub success_docs: Option<String>,
    /// The media type to ask for.
    pub accept: Option<String>,
    /// The documented failures.
    pub errors: AnswersPlan,
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
    /// Whether it is written as JSON text (`content`).
    pub json: bool,
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
    /// The way in which it is sent most of the time.
    pub usual: BodyWay,
    /// Other ways: media types with a schema of their own.
    pub others: Vec<BodyWay>,
}

/// A way to send a body.
#[derive(Clone, Debug, Serialize)]
pub struct BodyWay {
    /// What the method ends in that sends it so: `csv`. Empty for the usual way.
    pub suffix: String,
    /// That method: `create_csv`. Empty for the usual way.
    pub method: String,
    /// The media type that is sent.
    pub media_type: String,
    /// What is sent.
    pub content: BodyContent,
}

/// What is sent as a body.
#[derive(Clone, Debug, Serialize)]
pub enum BodyContent {
    /// JSON of a type.
    Json(Ty),
    /// JSON values of a type, one after the other.
    Lines(Ty),
    /// The fields of a type, written as in a query.
    Form {
        /// The type.
        ty: Ty,
        /// The fields with a style of their own.
        styles: Vec<FieldStyle>,
    },
    /// Parts; of which kinds the description does not say if there is no plan.
    Parts(Option<FormPlan>),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// How a field of a form is written.
#[derive(Clone, Debug, Serialize)]
pub struct FieldStyle {
    /// Its name on the wire.
    pub field: String,
    /// The style, where it is not the usual one.
    pub style: Option<Style>,
    /// `explode`, where it is not the usual one of the style.
    pub explode: Option<bool>,
    /// Whether reserved characters are sent as they are.
    pub allow_reserved: bool,
}

/// A form in parts.
#[derive(Clone, Debug, Serialize)]
pub struct FormPlan {
    /// Its struct: `UploadForm`.
    pub name: String,
    /// What it is.
    pub docs: Option<String>,
    /// Its parts.
    pub parts: Vec<PartPlan>,
}

/// A part of a form.
#[derive(Clone, Debug, Serialize)]
pub struct PartPlan {
    /// Its name on the wire.
    pub wire: String,
    /// The argument or the setter.
    pub name: String,
    /// What it means.
    pub docs: Option<String>,
    /// Whether it is always there.
    pub required: bool,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// The media type, where the description names one.
    pub media_type: Option<String>,
    /// What it holds.
    pub kind: PartKind,
}

/// What a part holds.
#[derive(Clone, Debug, Serialize)]
pub enum PartKind {
    /// A file.
    File,
    /// Any number of files.
    Files,
    /// A value: text, or JSON if it has a structure.
    Value(Ty),
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
    /// Bytes as they arrive.
    Download,
    /// Server-sent events as they arrive.
    Events,
    /// JSON values of a type as they arrive.
    Values(Ty),
    /// One of several, by status and media type: the enum of this name.
    Choice(String),
}

impl ContentPlan {
    /// Whether it is read as it arrives.
    #[must_use]
    pub fn streams(&self) -> bool {
        matches!(self, Self::Download | Self::Events | Self::Values(_))
    }
}

/// The documented failures of an action, or its successes where they differ.
#[derive(Clone, Debug, Serialize)]
pub struct AnswersPlan {
    /// The enum: `GetError`, `GetOk`.
    pub name: String,
    /// The enum that says the same and was named first, if there is one.
    pub alias_of: Option<String>,
    /// The answers; of one status, those told apart by media type come first.
    pub variants: Vec<AnswerVariant>,
}

/// A documented answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerVariant {
    /// The variant: `NotFound`.
    pub name: String,
    /// The first and the last status it stands for; `None`: any other.
    pub statuses: Option<(u16, u16)>,
    /// The media type it stands for, where its status has others; `None`: any other.
    pub media_type: Option<String>,
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
    /// An open enum of whole numbers.
    WholeEnum(Vec<WholeVariant>),
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
    /// Its default, bounds and pattern.
    pub notes: Vec<Note>,
    /// Its whole type, `Option` or `Nullable` included.
    pub ty: Ty,
    /// Whether it is always there.
    pub required: bool,
    /// Whether a constructor asks for it, although it is not always there: only a caller writes
    /// it, and must.
    pub asked: bool,
    /// The only value it can have, where a constructor need not ask for it.
    pub constant: Option<String>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
}

/// A line of docs beside a description.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// What it says: `Default`.
    pub label: &'static str,
    /// The value, as code.
    pub value: String,
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

/// A variant of an enum of whole numbers.
#[derive(Clone, Debug, Serialize)]
pub struct WholeVariant {
    /// Its name.
    pub name: String,
    /// Its number on the wire.
    pub wire: i64,
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
