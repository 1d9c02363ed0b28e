//! The types that the crate defines.

use serde::Serialize;

use crate::formats::FormatType;

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
    /// An open enum of numbers.
    NumberEnum(Vec<ValueVariant>),
    /// An open enum of values of several kinds.
    MixedEnum(Vec<ValueVariant>),
    /// A struct of items by position.
    Tuple(TuplePlan),
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

impl TuplePlan {
    /// How many items must be there.
    #[must_use]
    pub fn least(&self) -> usize {
        let last = self.items.iter().rposition(|item| item.required);
        last.map_or(0, |last| last + 1)
    }

    /// The types of all items.
    pub fn types(&self) -> impl Iterator<Item = &Ty> {
        self.items.iter().map(|item| &item.ty).chain(&self.rest)
    }
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
    /// Whether its type is an enum of texts, which can be made of any text.
    pub is_text_enum: bool,
    /// Whether its type is `Copy`.
    pub is_copy: bool,
    /// Whether `null` is a value of its type, so that it is kept apart from an absent field.
    pub keeps_null: bool,
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

/// A variant of an enum of numbers, or of values of several kinds.
#[derive(Clone, Debug, Serialize)]
pub struct ValueVariant {
    /// Its name.
    pub name: String,
    /// Its value on the wire: a text, a number, or `true` or `false`.
    pub wire: serde_json::Value,
    /// What it means.
    pub docs: Option<String>,
}

/// A struct of items by position.
#[derive(Clone, Debug, Serialize)]
pub struct TuplePlan {
    /// The items.
    pub items: Vec<ItemPlan>,
    /// The type of those that follow; without one they are passed over.
    pub rest: Option<Ty>,
}

/// An item of a tuple.
#[derive(Clone, Debug, Serialize)]
pub struct ItemPlan {
    /// What it means.
    pub docs: Option<String>,
    /// Its whole type, `Option` included.
    pub ty: Ty,
    /// Whether its type is an enum of texts, which can be made of any text.
    pub is_text_enum: bool,
    /// Whether it is always there.
    pub required: bool,
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
    /// The discriminator and its value, where the type need not have it.
    pub tag: Option<(String, String)>,
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
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `f32`
    F32,
    /// `f64`
    F64,
    /// `String`
    String,
    /// `jiff::Timestamp`
    Timestamp,
    /// `jiff::civil::Date`
    Date,
    /// Another type that holds the values of a format.
    Format(FormatType),
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

impl Ty {
    /// Whether it is `Copy`, as far as it says so itself: what a name stands for is not looked at.
    #[must_use]
    pub fn is_copy(&self) -> bool {
        match self {
            Self::Bool | Self::I32 | Self::I64 | Self::U32 | Self::U64 | Self::F32 | Self::F64 => {
                true
            }
            Self::Timestamp | Self::Date => true,
            Self::Format(ty) => ty.is_copy(),
            Self::Option(inner) | Self::Nullable(inner) => inner.is_copy(),
            Self::String | Self::Json | Self::Named(_) => false,
            Self::List(_) | Self::Map(_) | Self::Boxed(_) => false,
        }
    }
}

/// A type of the crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Named {
    /// The module of the resource it belongs to; `None`: `types`.
    pub module: Option<String>,
    /// Its name.
    pub name: String,
}
