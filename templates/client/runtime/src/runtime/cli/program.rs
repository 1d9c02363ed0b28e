//! The table that a command line is made from. The generated crate has one; the functions of the
//! modules beside this one read it.

use crate::runtime::pages::paging::Paging;
use crate::runtime::tables::api::Api;
use crate::runtime::tables::operation::Operation;
use crate::runtime::tables::parameter::Parameter;

/// A command line.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// The command.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// What it is.
    pub about: &'static str,
    /// What its environment variables begin with.
    pub prefix: &'static str,
    /// The API.
    pub api: &'static Api,
    /// Where each credential of [`Api::schemes`] is read from, in the same order.
    pub credentials: &'static [Credential],
    /// What the servers of [`Api::servers`] are called, in the same order; empty if there is no
    /// choice.
    pub servers: &'static [&'static str],
    /// The variables in the URLs of servers.
    pub variables: &'static [Input],
    /// The parameters of [`Api::parameters`].
    pub settings: &'static [Input],
    /// The resources.
    pub resources: &'static [&'static Resource],
}

/// Where a credential is read from: environment variables, never the command line, which other
/// users of the machine can read.
#[derive(Clone, Copy, Debug)]
pub struct Credential {
    /// The variable, or what its variables begin with.
    pub variable: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Where a client's id and secret are exchanged for tokens.
    pub client_credentials: Option<&'static str>,
    /// Where a refresh token is exchanged for tokens.
    pub refresh_token: Option<&'static str>,
}

/// A resource: a command with its actions below it.
#[derive(Clone, Copy, Debug)]
pub struct Resource {
    /// The command.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Its actions.
    pub actions: &'static [Action],
}

/// An action: a command that makes one call.
#[derive(Clone, Copy, Debug)]
pub struct Action {
    /// The command.
    pub name: &'static str,
    /// What it does.
    pub about: &'static str,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// What is called.
    pub operation: &'static Operation,
    /// The flags of its parameters.
    pub inputs: &'static [Input],
    /// What it sends.
    pub body: Option<Body>,
    /// How a success is read that is not waited for.
    pub streams: Option<Arrival>,
    /// What else a success can be, each to be asked for and read as it arrives.
    pub others: &'static [Stream],
    /// How its pages are walked, if it has some.
    pub pages: Option<PagesOf>,
}

/// A flag and where its value goes.
#[derive(Clone, Copy, Debug)]
pub struct Input {
    /// The flag, without the dashes.
    pub flag: &'static str,
    /// The position of a parameter in its table.
    pub at: usize,
    /// The name on the wire of a field, a part or a variable.
    pub wire: &'static str,
    /// What it means.
    pub about: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// The values that the description lists; empty: any.
    pub choices: &'static [&'static str],
    /// Whether it is a list, for which the flag is given several times.
    pub many: bool,
    /// Whether a call cannot do without it.
    pub required: bool,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// Whether it is rarely of use, and only the long help shows it.
    pub rare: bool,
    /// What stands for it unless it is given.
    pub default: Option<&'static str>,
}

/// What the value of a flag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`; the flag alone is `true`.
    Boolean,
    /// JSON.
    Json,
    /// JSON, or text if it is none.
    Any,
    /// The path of a file.
    File,
}

/// What an action sends.
#[derive(Clone, Copy, Debug)]
pub struct Body {
    /// What it is.
    pub about: &'static str,
    /// Whether a call cannot go without it.
    pub required: bool,
    /// The flags of its fields or parts, as far as the first of its ways has some.
    pub fields: &'static [Input],
    /// The ways in which it can be sent, the usual one first.
    pub ways: &'static [Way],
}

/// A way in which a body can be sent.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// The media type.
    pub media_type: &'static str,
    /// How it is written.
    pub content: Content,
}

/// How a body is written.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// As JSON. The flag `body` is required of those that are no objects.
    Json {
        /// Whether it is an object.
        object: bool,
    },
    /// As JSON values, each on a line.
    Lines,
    /// As the fields of a form; these have a style of their own.
    Form(&'static [Parameter]),
    /// As parts; these are known. If none is, the flag `part` gives them.
    Parts(&'static [Part]),
    /// As it is.
    Plain,
}

/// How a part of a form is written.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Its name on the wire.
    pub name: &'static str,
    /// Its media type, where the description names one.
    pub media_type: Option<&'static str>,
    /// Its style, where it has one of its own.
    pub style: Option<Parameter>,
}

/// A success that is asked for and read as it arrives.
#[derive(Clone, Copy, Debug)]
pub struct Stream {
    /// The media type.
    pub media_type: &'static str,
    /// What to ask for.
    pub accept: &'static str,
    /// How it is read.
    pub arrival: Arrival,
}

/// What arrives bit by bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Server-sent events.
    Events,
    /// JSON values, each on a line.
    Values,
    /// Bytes.
    Bytes,
}

/// How pages are walked.
#[derive(Clone, Copy, Debug)]
pub struct PagesOf {
    /// The keys that lead to the items.
    pub items: &'static [&'static str],
    /// How they follow one another.
    pub paging: &'static Paging,
}

impl Credential {
    /// What most credentials are: a token.
    pub const USUAL: Self = Self {
        variable: "",
        about: "",
        client_credentials: None,
        refresh_token: None,
    };
}

impl Action {
    /// What most actions have; tables say what differs.
    pub const USUAL: Self = Self {
        name: "",
        about: "",
        deprecated: false,
        operation: &Operation::USUAL,
        inputs: &[],
        body: None,
        streams: None,
        others: &[],
        pages: None,
    };
}

impl Input {
    /// What most flags have; tables say what differs.
    pub const USUAL: Self = Self {
        flag: "",
        at: 0,
        wire: "",
        about: "",
        kind: Kind::Text,
        choices: &[],
        many: false,
        required: false,
        deprecated: false,
        rare: false,
        default: None,
    };
}

impl Body {
    /// What most bodies have; tables say what differs.
    pub const USUAL: Self = Self {
        about: "",
        required: false,
        fields: &[],
        ways: &[],
    };
}

impl Part {
    /// What most parts have; tables say what differs.
    pub const USUAL: Self = Self {
        name: "",
        media_type: None,
        style: None,
    };
}
