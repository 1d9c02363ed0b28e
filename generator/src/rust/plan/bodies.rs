//! What requests and answers hold.

use serde::Serialize;

use super::Ty;
use crate::ir::Style;

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
    /// Statements that call the method; made when all else is planned, and empty where there is
    /// none.
    pub sample: String,
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
    /// A value in a style of its own.
    Styled(Ty, FieldStyle),
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
    Events(EventData),
    /// JSON values of a type as they arrive.
    Values(Ty),
    /// One of several, by status and media type: the enum of this name.
    Choice(String),
}

impl ContentPlan {
    /// Whether it is read as it arrives.
    #[must_use]
    pub fn streams(&self) -> bool {
        matches!(self, Self::Download | Self::Events(_) | Self::Values(_))
    }
}

/// What the data of an event is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum EventData {
    /// Text.
    Text,
    /// JSON of a type.
    Json(Ty),
    /// Text that stands for a value of a type.
    Plain(Ty),
    /// One of several, by the name of the event: the enum of this name.
    Kinds(String),
}

/// The kinds of event of an action.
#[derive(Clone, Debug, Serialize)]
pub struct EventsPlan {
    /// The enum: `WatchEvent`.
    pub name: String,
    /// The kinds; one of any name comes last.
    pub variants: Vec<EventVariant>,
}

/// A kind of event.
#[derive(Clone, Debug, Serialize)]
pub struct EventVariant {
    /// The variant: `Added`.
    pub name: String,
    /// The names that it has on the wire; empty: any other.
    pub wires: Vec<String>,
    /// What it means.
    pub docs: Option<String>,
    /// What its data is.
    pub data: EventData,
    /// Whether the data is kept in a box, because it is large.
    pub boxed: bool,
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
