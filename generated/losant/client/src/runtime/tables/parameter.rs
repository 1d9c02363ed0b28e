//! The table that describes one parameter: where it goes and how its value is written.
//!
//! The terms are those of the OpenAPI Specification 3.2, section "Parameter Object". Most parameters of
//! a place are alike in all but their names, so that tables name one of a few constants.

use std::ops::Deref;

use serde_json::Value;

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
    /// Into the `Cookie` header.
    Cookie,
    /// It is the whole query.
    Querystring,
}

impl Place {
    /// The word for messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Querystring => "query string",
        }
    }
}

/// How lists and objects are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `blue,black`: paths and headers.
    Simple,
    /// `.blue,black`: paths.
    Label,
    /// `;color=blue,black`: paths.
    Matrix,
    /// `color=blue&color=black`: queries and cookies.
    Form,
    /// `color=blue%20black`: queries.
    SpaceDelimited,
    /// `color=blue%7Cblack`: queries.
    PipeDelimited,
    /// `color=blue%09black`: a way of Swagger 2.0.
    TabDelimited,
    /// `color=blue; color=black`, with nothing encoded: cookies.
    Cookie,
    /// The value as plain text: whole queries.
    Text,
    /// `color%5BR%5D=100`: queries.
    DeepObject,
    /// The value as JSON text, for parameters described by `content` instead of `schema`.
    Json,
}

/// The name of a parameter on the wire, and all else of it. Most tables have many, so an entry is made
/// without a call, which takes the compiler less.
#[derive(Clone, Copy, Debug)]
pub struct Parameter(pub &'static str, pub Manner);

impl Parameter {
    /// The name on the wire.
    pub const fn name(&self) -> &'static str {
        self.0
    }
}

impl Deref for Parameter {
    type Target = Manner;

    #[inline]
    fn deref(&self) -> &Manner {
        &self.1
    }
}

/// All of a parameter but its name.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// The name of a header as it is sent, in lower case, where it is written in another way. Names of
    /// headers know no case (RFC 9110, section 5.1), and one that is ready need not be made for each
    /// call.
    pub sent_as: Option<&'static str>,
    /// Where it goes.
    pub place: Place,
    /// Whether a call cannot do without it.
    pub required: bool,
    /// The text that is sent if nobody sets a value.
    pub default: Option<&'static str>,
    /// How lists and objects are written.
    pub style: Style,
    /// Whether the elements of lists and objects are written one by one; by style if not given.
    pub explode: Option<bool>,
    /// Whether characters that RFC 3986 reserves stay as they are in the value.
    pub allow_reserved: bool,
    /// The position in [`Api::parameters`](crate::runtime::Api::parameters) of the parameter whose value
    /// is used unless the call sets one.
    pub client: Option<usize>,
    /// The fields of a [`Place::Querystring`] that have a style of their own.
    pub fields: &'static [Parameter],
    /// What writes a [`Place::Querystring`]. It stands in the table so that a program without such
    /// a parameter does without the code.
    pub whole: Option<WholeQuery>,
}

/// Writes the value of a parameter as a query; `None` if there is nothing to write.
pub type WholeQuery = fn(&Parameter, &Value) -> Result<Option<String>, String>;

/// A parameter in the path.
pub const PATH: Manner = Manner::of(Place::Path);

/// A parameter in the query.
pub const QUERY: Manner = Manner::of(Place::Query);

/// A parameter in a header.
pub const HEADER: Manner = Manner::of(Place::Header);

/// A parameter in the `Cookie` header.
pub const COOKIE: Manner = Manner::of(Place::Cookie);

impl Manner {
    /// The usual style of a place. A parameter is optional, except in paths.
    pub(crate) const fn of(place: Place) -> Self {
        let style = match place {
            Place::Path | Place::Header => Style::Simple,
            Place::Query | Place::Cookie | Place::Querystring => Style::Form,
        };
        Self {
            sent_as: None,
            place,
            required: matches!(place, Place::Path),
            default: None,
            style,
            explode: None,
            allow_reserved: false,
            client: None,
            fields: &[],
            whole: None,
        }
    }

    /// The same header, with its name in lower case.
    pub const fn sent_as(mut self, name: &'static str) -> Self {
        self.sent_as = Some(name);
        self
    }

    /// The same, but a call cannot do without it.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same, sending this text if nobody sets a value. The text is one string value: in a
    /// path or query it is percent-encoded like any other.
    pub const fn default(mut self, text: &'static str) -> Self {
        self.default = Some(text);
        self
    }

    /// The same in another style.
    pub const fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// The same, with or without elements one by one.
    pub const fn explode(mut self, explode: bool) -> Self {
        self.explode = Some(explode);
        self
    }

    /// The same, with reserved characters left as they are, as far as its place allows them.
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// The same, with the client's parameter at this position standing in for a value that the
    /// call does not set.
    pub const fn from_client(mut self, parameter: usize) -> Self {
        self.client = Some(parameter);
        self
    }

    /// The same, with these fields in a style of their own.
    pub const fn fields(mut self, fields: &'static [Parameter]) -> Self {
        self.fields = fields;
        self
    }

    /// The same, as the whole query that this writes.
    pub(crate) const fn written_by(mut self, whole: WholeQuery) -> Self {
        self.whole = Some(whole);
        self
    }

    /// Whether elements are written one by one: as given, else true for [`Style::Form`] and
    /// [`Style::Cookie`] only.
    pub const fn explodes(&self) -> bool {
        match self.explode {
            Some(explode) => explode,
            None => matches!(self.style, Style::Form | Style::Cookie),
        }
    }
}
