//! Resources, their actions, and the parameters of these.

use serde::Serialize;

use super::{
    ActionLimits, AnswersPlan, BodyPlan, ContentPlan, EventsPlan, FieldStyle, HeadersPlan, Note,
    PagesPlan, ServerPlan, Ty, TypePlan,
};
use crate::ir::{Need, OperationId, Style};

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
    /// The request's type: `ResendInvite`.
    pub request: String,
    /// The static table: `RESEND_INVITE`.
    pub table: String,
    /// `GET`
    pub http_method: String,
    /// The path template as written, for docs.
    pub path: String,
    /// The path, taken apart.
    pub segments: Vec<SegmentPlan>,
    /// What it does.
    pub docs: Option<String>,
    /// Statements that call it, imports first; made when all else is planned.
    pub sample: String,
    /// Who may call it, for docs; nothing is said where the API knows no credentials.
    pub access: Option<AccessPlan>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// All parameters; positions are the numbers in the table.
    pub parameters: Vec<ParameterPlan>,
    /// The request body.
    pub body: Option<BodyPlan>,
    /// What its parameters and bodies are held against, where calls are checked.
    pub limits: Option<ActionLimits>,
    /// The required values in the order of the arguments.
    pub arguments: Vec<Argument>,
    /// Alternatives of combinations of credentials.
    pub security: Vec<Vec<usize>>,
    /// A server of its own.
    pub server: Option<ServerPlan>,
    /// What a success holds.
    pub success: ContentPlan,
    /// The enum of [`ContentPlan::Choice`].
    pub successes: Option<AnswersPlan>,
    /// The enum of its events, if they are of several kinds.
    pub events: Option<EventsPlan>,
    /// Whether a redirect is what the description calls a success.
    pub redirects: bool,
    /// What the caller gets from a success, in words.
    pub success_docs: Option<String>,
    /// The media type to ask for.
    pub accept: Option<String>,
    /// What else a success can be, each to be asked for and read as it arrives.
    pub streams: Vec<StreamPlan>,
    /// The documented failures.
    pub errors: AnswersPlan,
    /// The documented headers of its answers, if there are any.
    pub headers: Option<HeadersPlan>,
    /// How to walk its pages.
    pub pages: Option<PagesPlan>,
}

impl ActionPlan {
    /// The parameters that are no arguments, with their positions.
    pub fn optional(&self) -> impl Iterator<Item = (usize, &ParameterPlan)> {
        let given = |index: usize| self.arguments.contains(&Argument::Parameter(index));
        let parameters = self.parameters.iter().enumerate();
        parameters.filter(move |(index, _)| !given(*index))
    }

    /// Whether its request has nothing of its own: no value to set, no other way to be sent.
    pub fn is_plain(&self) -> bool {
        let body_given = self.body.is_none() || self.arguments.contains(&Argument::Body);
        let one_way = self.streams.is_empty() && !self.success.streams() && self.pages.is_none();
        body_given && one_way && self.optional().next().is_none()
    }
}

/// Who may call an action.
#[derive(Clone, Debug, Serialize)]
pub struct AccessPlan {
    /// Whether a call has to say who calls.
    pub need: Need,
    /// The ways to say it, any one of which is enough.
    pub ways: Vec<WayPlan>,
}

/// A way to say who calls.
#[derive(Clone, Debug, Serialize)]
pub struct WayPlan {
    /// The schemes, all of which are needed: the key of each, and its position among the client's
    /// credentials; a client certificate is none of these.
    pub schemes: Vec<(String, Option<usize>)>,
    /// The sets of scopes, any one of which is enough; empty if none is needed.
    pub scopes: Vec<Vec<String>>,
}

/// A way to read a success as it arrives, beside the usual one.
#[derive(Clone, Debug, Serialize)]
pub struct StreamPlan {
    /// The method: `send_events`.
    pub method: String,
    /// The media type.
    pub media_type: String,
    /// What to ask for.
    pub accept: String,
    /// What a caller gets.
    pub content: ContentPlan,
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
    /// Whether it is written as it is: a whole query that is neither JSON nor a form.
    pub text: bool,
    /// The fields of a whole query that have a style of their own.
    pub fields: Vec<FieldStyle>,
    /// `explode`, where it is not the usual one of the style.
    pub explode: Option<bool>,
    /// Whether reserved characters are sent as they are.
    pub allow_reserved: bool,
    /// The text that is sent unless a caller says otherwise.
    pub default: Option<String>,
    /// What the server takes for it unless it is sent, as text.
    pub documented_default: Option<String>,
    /// The values that the description knows, if it lists them.
    pub accepted: Vec<String>,
    /// What else its values must be.
    pub notes: Vec<Note>,
    /// The position among the client's parameters.
    pub from_client: Option<usize>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
}
