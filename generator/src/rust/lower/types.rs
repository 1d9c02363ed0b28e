//! Types of the API → Rust types, and the plans of those that the crate defines.

use std::collections::{BTreeMap, BTreeSet};

use crate::formats::{Held, Wire};
use crate::ir::{MediaType, Record, Rest, Shape, Tuple, Type, TypeId};
use crate::naming::{Scope, snake, suffixed};
use crate::parallel;

use super::super::plan::{
    ContentPlan, FieldPlan, ItemPlan, Named, RecordPlan, TuplePlan, Ty, TypeKind, TypePlan,
};
use super::enums::{self, EnumKind};
use super::{Context, notes};

/// The plans of the defined types by module, each in order of name.
pub(super) fn plans(context: &Context<'_>) -> BTreeMap<Option<String>, Vec<TypePlan>> {
    let defined = context.names.sorted();
    let made = parallel::map(&defined, |(named, id)| context.type_plan(named, *id));
    let mut plans: BTreeMap<Option<String>, Vec<TypePlan>> = BTreeMap::new();
    for ((named, _), plan) in defined.into_iter().zip(made) {
        plans.entry(named.module.clone()).or_default().push(plan);
    }
    plans
}

/// The modules of the runtime that the types need which values of formats are held as.
pub(super) fn modules(context: &Context<'_>) -> BTreeSet<&'static str> {
    let reached = context.api.types.iter();
    let reached = reached.filter(|(id, _)| context.reach.reached(*id));
    let held = reached.filter_map(|(id, _)| match context.spelled_type(id) {
        Ty::Format(ty) => ty.module(),
        _ => None,
    });
    held.collect()
}

impl Context<'_> {
    /// The Rust type of a value, `null` included.
    pub(super) fn value_type(&self, id: TypeId) -> Ty {
        let ty = self.present_type(id);
        if self.is_nullable(id) && ty != Ty::Json {
            Ty::Option(Box::new(ty))
        } else {
            ty
        }
    }

    /// What a body in the best of these media types holds.
    pub(super) fn content(&self, content: &[MediaType]) -> ContentPlan {
        let Some(media) = best(content) else {
            return ContentPlan::Empty;
        };
        if media.is_json() {
            return ContentPlan::Json(media.ty.map_or(Ty::Json, |ty| self.value_type(ty)));
        }
        if !media.is_text() {
            return ContentPlan::Bytes;
        }
        // A number or a flag is the same text as in JSON.
        match media.ty.filter(|ty| self.is_number_or_flag(*ty)) {
            Some(ty) if media.essence() == "text/plain" => ContentPlan::Json(self.value_type(ty)),
            _ => ContentPlan::Text,
        }
    }

    fn is_number_or_flag(&self, id: TypeId) -> bool {
        let ty = self.api.types.get(self.api.types.resolve(id));
        matches!(ty.shape, Shape::Integer | Shape::Number | Shape::Boolean)
    }

    fn is_nullable(&self, id: TypeId) -> bool {
        let ty = self.api.types.get(id);
        match ty.shape {
            _ if ty.nullable => true,
            Shape::Alias(_) => {
                let target = self.api.types.resolve(id);
                target != id && self.api.types.get(target).nullable
            }
            _ => false,
        }
    }

    /// The Rust type of a value that is not `null`.
    pub(super) fn present_type(&self, id: TypeId) -> Ty {
        if let Some(named) = self.names.defined(id) {
            return Ty::Named(named.clone());
        }
        self.spelled_type(id)
    }

    /// The same, with the type's own name left aside.
    pub(super) fn spelled_type(&self, id: TypeId) -> Ty {
        let ty = self.api.types.get(id);
        match &ty.shape {
            _ if self.spelling.is_circular(id, id) => Ty::Json,
            Shape::Boolean => Ty::Bool,
            Shape::Integer => self.held(ty, Wire::Integer),
            Shape::Number => self.held(ty, Wire::Number),
            Shape::String => self.held(ty, Wire::String),
            Shape::Enum(values) => EnumKind::of(values).spelled(),
            Shape::List(item) => Ty::List(Box::new(self.value_type(*item))),
            Shape::Map(value) => Ty::Map(Box::new(self.value_type(*value))),
            Shape::Alias(target) if self.api.types.resolve(id) != id => self.present_type(*target),
            Shape::Any | Shape::Alias(_) | Shape::Record(_) | Shape::Union(_) | Shape::Tuple(_) => {
                Ty::Json
            }
        }
    }

    /// What the values of a format are held as, unless the bounds of a number say that it is more.
    fn held(&self, ty: &Type, wire: Wire) -> Ty {
        match self.formats.held(ty.format.as_deref(), wire) {
            Held::I32 if is_within::<i32>(ty) => Ty::I32,
            Held::U32 if is_within::<u32>(ty) => Ty::U32,
            Held::U64 if is_within::<u64>(ty) => Ty::U64,
            Held::I64 if is_unsigned(ty) => Ty::U64,
            Held::I32 | Held::I64 | Held::U32 | Held::U64 => Ty::I64,
            Held::F32 => Ty::F32,
            Held::F64 => Ty::F64,
            Held::String => Ty::String,
            Held::Timestamp => Ty::Timestamp,
            Held::Date => Ty::Date,
            Held::Format(ty) => Ty::Format(ty),
        }
    }

    fn type_plan(&self, named: &Named, id: TypeId) -> TypePlan {
        let ty = self.api.types.get(id);
        let twin = self.names.defined(id).filter(|defined| *defined != named);
        let kind = match twin {
            Some(twin) => TypeKind::Alias(Ty::Named(twin.clone())),
            None => self.kind(id, ty),
        };
        TypePlan {
            name: named.name.clone(),
            docs: docs(ty),
            origin: ty.key.clone().unwrap_or_default(),
            deprecated: ty.deprecated,
            kind,
            encode: self.any_twin(id, |id| self.reach.encode(id)),
            decode: self.any_twin(id, |id| self.reach.decode(id)),
        }
    }

    /// Whether something holds for the type or for a twin that it stands for.
    fn any_twin(&self, id: TypeId, holds: impl Fn(TypeId) -> bool) -> bool {
        holds(id) || self.names.stands_for(id).iter().any(|twin| holds(*twin))
    }

    fn kind(&self, id: TypeId, ty: &Type) -> TypeKind {
        match &ty.shape {
            Shape::Record(record) => TypeKind::Record(self.record(id, record)),
            Shape::Enum(values) => match EnumKind::of(values) {
                EnumKind::Text => TypeKind::Enum(enums::variants(values)),
                EnumKind::Whole => TypeKind::WholeEnum(enums::whole_variants(values)),
                EnumKind::Number => TypeKind::NumberEnum(enums::value_variants(values)),
                EnumKind::Mixed => TypeKind::MixedEnum(enums::value_variants(values)),
                EnumKind::Boolean | EnumKind::Other => TypeKind::Alias(self.spelled_type(id)),
            },
            Shape::Tuple(tuple) => TypeKind::Tuple(self.tuple(id, tuple)),
            Shape::Union(union) => TypeKind::Union(self.union(id, union)),
            _ => TypeKind::Alias(self.spelled_type(id)),
        }
    }

    fn record(&self, id: TypeId, record: &Record) -> RecordPlan {
        let encode = self.any_twin(id, |id| self.reach.encode(id));
        let decode = self.any_twin(id, |id| self.reach.decode(id));
        // A field has a setter of its name, beside the constructor.
        let mut scope = Scope::with(&["new", "clone"]);
        let fields = record.fields.iter();
        let fields = fields
            .map(|field| {
                let circular = self.recursion.is_circular(id, field.ty);
                let mut ty = self.present_type(field.ty);
                if circular {
                    ty = Ty::Boxed(Box::new(ty));
                }
                let nullable = self.is_nullable(field.ty);
                // A value that must hold itself cannot exist: what is required in a circle of
                // nothing but required fields is optional in the end.
                let always = field.required && !self.endless.is_circular(id, field.ty);
                // What only one side writes is not there when the other side does.
                let one_sided = (field.read_only && encode) || (field.write_only && decode);
                let required = always && !one_sided;
                let asked = always && field.write_only && encode && decode && !nullable;
                let inner = Box::new(ty);
                let ty = match (required, nullable) {
                    (true, false) => *inner,
                    (false, true) => Ty::Nullable(inner),
                    _ => Ty::Option(inner),
                };
                let name = snake(&field.name);
                FieldPlan {
                    wire: field.name.clone(),
                    name: scope.claim([&name, &suffixed(&name, "value")]),
                    docs: field.description.clone(),
                    notes: notes::of(self.api.types.get(field.ty)),
                    constant: required.then(|| self.constant(field.ty)).flatten(),
                    is_text_enum: matches!(ty, Ty::Named(_)) && self.is_text_enum(field.ty),
                    is_copy: self.is_copy(&ty, field.ty),
                    ty,
                    keeps_null: !required && !nullable && self.takes_null(field.ty),
                    required,
                    asked: asked && !field.read_only,
                    deprecated: field.deprecated,
                }
            })
            .collect();
        let rest = match record.rest {
            Rest::Typed(values) => Some((
                scope.claim(["additional_properties"]),
                self.value_type(values),
            )),
            Rest::Ignored | Rest::Closed => None,
        };
        RecordPlan { fields, rest }
    }

    /// Whether `null` is a value of the Rust type itself: of any JSON, and of a choice that it is
    /// one of.
    fn takes_null(&self, id: TypeId) -> bool {
        match &self.api.types.get(self.api.types.resolve(id)).shape {
            Shape::Union(union) => union.variants.iter().any(|variant| {
                let inner = self.api.types.resolve(*variant);
                self.present_type(inner) == Ty::Json
            }),
            _ => self.present_type(id) == Ty::Json,
        }
    }

    /// Whether a type is an enum of texts.
    fn is_text_enum(&self, id: TypeId) -> bool {
        match &self.api.types.get(self.api.types.resolve(id)).shape {
            Shape::Enum(values) => EnumKind::of(values) == EnumKind::Text,
            _ => false,
        }
    }

    /// Whether a value of a type, which is made of the schema, is `Copy`.
    fn is_copy(&self, ty: &Ty, id: TypeId) -> bool {
        match ty {
            Ty::Option(inner) | Ty::Nullable(inner) => self.is_copy(inner, id),
            Ty::Named(_) => self.is_named_copy(self.api.types.resolve(id)),
            ty => ty.is_copy(),
        }
    }

    /// The same of a type of the crate: enums of numbers are, and other names of what is.
    fn is_named_copy(&self, id: TypeId) -> bool {
        match &self.api.types.get(id).shape {
            Shape::Enum(values) => match EnumKind::of(values) {
                EnumKind::Whole | EnumKind::Number | EnumKind::Boolean => true,
                EnumKind::Text | EnumKind::Mixed | EnumKind::Other => false,
            },
            Shape::Record(_) | Shape::Union(_) | Shape::Tuple(_) => false,
            _ => self.spelled_type(id).is_copy(),
        }
    }

    /// The variant of an enum that has only one.
    fn constant(&self, id: TypeId) -> Option<String> {
        let ty = self.api.types.get(self.api.types.resolve(id));
        match &ty.shape {
            Shape::Enum(values) if !ty.nullable => enums::only(values),
            _ => None,
        }
    }

    /// A list of items by position; those that need not be there, or would hold the tuple itself
    /// without end, are optional.
    fn tuple(&self, id: TypeId, tuple: &Tuple) -> TuplePlan {
        let items = tuple.items.iter().enumerate();
        let items = items.map(|(index, item)| {
            let circular = self.recursion.is_circular(id, *item);
            let mut ty = self.present_type(*item);
            if circular {
                ty = Ty::Boxed(Box::new(ty));
            }
            let required = index < tuple.required && !self.endless.is_circular(id, *item);
            if !required || (self.is_nullable(*item) && ty != Ty::Json) {
                ty = Ty::Option(Box::new(ty));
            }
            ItemPlan {
                docs: docs(self.api.types.get(*item)),
                is_text_enum: matches!(ty, Ty::Named(_)) && self.is_text_enum(*item),
                ty,
                required,
            }
        });
        TuplePlan {
            items: items.collect(),
            rest: tuple.rest.map(|rest| self.value_type(rest)),
        }
    }
}

/// Whether the bounds of a whole number are values of a Rust type.
fn is_within<T: TryFrom<i128>>(ty: &Type) -> bool {
    let bounds = [&ty.constraints.minimum, &ty.constraints.maximum];
    bounds.into_iter().flatten().all(|bound| {
        let whole = bound.as_i128();
        whole.is_some_and(|whole| T::try_from(whole).is_ok())
    })
}

/// Whether a whole number may be more than `i64` holds, and is not said to be less than zero.
fn is_unsigned(ty: &Type) -> bool {
    !is_within::<i64>(ty) && is_within::<u64>(ty)
}

/// The media type that a client speaks best: JSON, then text, then whatever comes first. One that
/// is named goes before a range that it stands in.
pub(super) fn best(content: &[MediaType]) -> Option<&MediaType> {
    let json = || content.iter().filter(|media| media.is_json());
    let named = json().find(|media| !media.is_range());
    let json = named.or_else(|| json().next());
    let form = || {
        content
            .iter()
            .find(|media| media.is_form() || media.is_multipart_form())
    };
    let text = || content.iter().find(|media| media.is_text());
    json.or_else(form).or_else(text).or_else(|| content.first())
}

fn docs(ty: &Type) -> Option<String> {
    match (&ty.title, &ty.description) {
        (Some(title), Some(description)) if title != description => {
            Some(format!("{title}: {description}"))
        }
        (title, description) => description.clone().or_else(|| title.clone()),
    }
}
