//! The types that an API speaks: an arena of nodes that refer to each other by id.

use serde::Serialize;
use serde_json::Value;

use super::Constraints;
use crate::diagnostic::At;

/// A type, by its place in [`Types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct TypeId(pub u32);

/// All types of an API.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Types {
    #[expect(
        clippy::vec_box,
        reason = "a type is large, and there are many: a list that grows is moved"
    )]
    list: Vec<Box<Type>>,
}

/// One schema.
#[derive(Clone, Debug, Serialize)]
pub struct Type {
    /// Its place.
    pub at: At,
    /// Its key among the components; `None` for an inline schema.
    pub key: Option<String>,
    /// What code calls it, where the description says so (`x-sdkwright-name`).
    pub code_name: Option<String>,
    /// The key of the component that it is a form of: a member of a union together with what
    /// the union says of all its members.
    pub form_of: Option<String>,
    /// Why it is any JSON although its schema says more.
    pub untyped: Option<&'static str>,
    /// `title`
    pub title: Option<String>,
    /// `description`, as CommonMark.
    pub description: Option<String>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// Whether `null` is one of its values.
    pub nullable: bool,
    /// The words of the schema's `type`, as written, without `null`. Empty if it has none.
    pub words: Vec<TypeWord>,
    /// `format`, as written.
    pub format: Option<String>,
    /// Bounds, lengths and pattern.
    pub constraints: Constraints,
    /// `default`
    pub default: Option<Value>,
    /// The first example, if it has one.
    pub example: Option<Value>,
    /// `contentMediaType`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// What its texts are when they are read as JSON (`contentSchema`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<TypeId>,
    /// What its values are, `null` apart.
    pub shape: Shape,
}

/// A word of `type`, `null` apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TypeWord {
    /// `string`
    String,
    /// `number`
    Number,
    /// `integer`
    Integer,
    /// `boolean`
    Boolean,
    /// `array`
    Array,
    /// `object`
    Object,
}

/// What the values of a type are.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Shape {
    /// Any JSON.
    Any,
    /// `true` and `false`
    Boolean,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Number,
    /// Text; the type's `format` says more.
    String,
    /// One of some values. An API may add to them, so a client keeps what it does not know.
    Enum(Vec<EnumValue>),
    /// A list.
    List(TypeId),
    /// A list whose items have a type each.
    Tuple(Tuple),
    /// Any keys, values of one type.
    Map(TypeId),
    /// An object of known fields.
    Record(Record),
    /// One of several types.
    Union(Union),
    /// Another name for a type.
    Alias(TypeId),
}

/// A list whose items have a type each, by position.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tuple {
    /// The types of the first items.
    pub items: Vec<TypeId>,
    /// How many of them are always there.
    pub required: usize,
    /// The type of those that follow, where the description speaks of them.
    pub rest: Option<TypeId>,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EnumValue {
    /// The value: a string most of the time.
    pub value: Value,
    /// A name for it, where the description gives one (`x-enum-varnames`).
    pub name: Option<String>,
    /// What it means (`x-enum-descriptions`).
    pub description: Option<String>,
}

/// An object of known fields.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Record {
    /// The fields, in source order.
    pub fields: Vec<Field>,
    /// What else an object may hold.
    pub rest: Rest,
}

/// What an object may hold besides its known fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Rest {
    /// Nothing that the description speaks of; what comes is passed over.
    Ignored,
    /// Nothing, says the description (`additionalProperties: false`); what comes is passed over.
    Closed,
    /// Values of this type, kept.
    Typed(TypeId),
}

/// A field of an object.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    /// Its place.
    pub at: At,
    /// Its name on the wire.
    pub name: String,
    /// Its type.
    pub ty: TypeId,
    /// Whether it is always there.
    pub required: bool,
    /// What it means: said beside a reference, else by the type itself.
    pub description: Option<String>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// Whether only the server writes it.
    pub read_only: bool,
    /// Whether only the caller writes it.
    pub write_only: bool,
    /// Whether what its type says holds only under a condition (`then`, `dependentSchemas`).
    pub conditional: bool,
}

/// Where a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the caller to the server: without what only the server writes.
    Request,
    /// Back: without what only the caller writes.
    Answer,
}

impl Direction {
    /// Whether a field travels so.
    #[must_use]
    pub fn has(self, field: &Field) -> bool {
        match self {
            Self::Request => !field.read_only,
            Self::Answer => !field.write_only,
        }
    }
}

/// One of several types.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Union {
    /// The types, in source order.
    pub variants: Vec<TypeId>,
    /// The field that tells them apart, with its values.
    pub discriminator: Option<(String, Vec<(String, TypeId)>)>,
    /// The variant of an object whose discriminator says nothing that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<TypeId>,
}

impl Tuple {
    /// The types of all items.
    pub fn parts(&self) -> impl Iterator<Item = TypeId> {
        self.items.iter().copied().chain(self.rest)
    }
}

impl Types {
    /// Adds a type.
    pub fn push(&mut self, ty: Type) -> TypeId {
        let id = TypeId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.list.push(Box::new(ty));
        id
    }

    /// The type of an id.
    #[must_use]
    pub fn get(&self, id: TypeId) -> &Type {
        &self.list[id.0 as usize]
    }

    /// The type of an id, to change it.
    pub fn get_mut(&mut self, id: TypeId) -> &mut Type {
        &mut self.list[id.0 as usize]
    }

    /// Every type with its id, in order of their making.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (TypeId, &Type)> {
        let types = self.list.iter().enumerate();
        types.map(|(index, ty)| (TypeId(u32::try_from(index).unwrap_or(u32::MAX)), &**ty))
    }

    /// The type that an id stands for once aliases are followed.
    #[must_use]
    pub fn resolve(&self, id: TypeId) -> TypeId {
        let mut id = id;
        // Aliases in a circle lead nowhere; stop after as many steps as there are types.
        for _ in 0..self.list.len() {
            match self.get(id).shape {
                Shape::Alias(target) => id = target,
                _ => break,
            }
        }
        id
    }

    /// Whether what is sent in this media type is a file: a text that is binary or has a media type
    /// beyond text, or parts itself, which the caller puts together.
    #[must_use]
    pub fn is_file(&self, id: TypeId, media_type: Option<&str>) -> bool {
        let ty = self.get(self.resolve(id));
        let media_type = media_type.or(ty.unencoded()).unwrap_or("text/plain");
        if media_type.starts_with("multipart/") {
            return true;
        }
        let written = media_type.starts_with("text/") || media_type.contains("json");
        match ty.shape {
            Shape::String => ty.format.as_deref() == Some("binary") || !written,
            Shape::Any => !written,
            _ => false,
        }
    }
}

impl Type {
    /// `contentMediaType`, unless the content is encoded as text.
    #[must_use]
    pub fn unencoded(&self) -> Option<&str> {
        let encoded = matches!(self.format.as_deref(), Some("byte" | "base64url"));
        self.media_type.as_deref().filter(|_| !encoded)
    }

    /// A type that says nothing: any JSON.
    #[must_use]
    pub fn blank(at: At) -> Self {
        Self {
            at,
            key: None,
            code_name: None,
            form_of: None,
            untyped: None,
            title: None,
            description: None,
            deprecated: false,
            nullable: false,
            words: Vec::new(),
            format: None,
            constraints: Constraints::default(),
            default: None,
            example: None,
            media_type: None,
            content: None,
            shape: Shape::Any,
        }
    }
}

impl TypeWord {
    /// The word of `type`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}
