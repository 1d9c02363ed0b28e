//! How large a value is, roughly, on a 64-bit machine: large payloads of enums go into boxes.

use crate::formats::FormatType;
use crate::ir::{Shape, TypeId};

use super::super::plan::{ContentPlan, Ty};
use super::Context;

/// The bytes of a payload.
pub(super) fn of_content(context: &Context<'_>, content: &ContentPlan) -> usize {
    match content {
        ContentPlan::Empty
        | ContentPlan::Choice(_)
        | ContentPlan::Download
        | ContentPlan::Events(_)
        | ContentPlan::Values(_) => 0,
        ContentPlan::Json(ty) => of(context, ty),
        ContentPlan::Text => 24,
        ContentPlan::Bytes => 32,
    }
}

/// The bytes of a value.
pub(super) fn of(context: &Context<'_>, ty: &Ty) -> usize {
    match ty {
        Ty::Bool => 1,
        Ty::I32 | Ty::U32 | Ty::F32 | Ty::Date => 4,
        Ty::I64 | Ty::U64 | Ty::F64 | Ty::Boxed(_) => 8,
        Ty::Timestamp => 16,
        Ty::String | Ty::List(_) | Ty::Map(_) => 24,
        Ty::Format(FormatType::Url) => 88,
        Ty::Format(FormatType::JiffDuration) => 64,
        Ty::Format(_) => 24,
        Ty::Json => 72,
        Ty::Option(inner) | Ty::Nullable(inner) => of(context, inner) + 8,
        Ty::Named(named) => {
            let id = context.names.owner(named);
            id.map_or(24, |id| of_type(context, id, 0))
        }
    }
}

/// Deeper than this no type is measured; what is left counts as large.
const DEEPEST: usize = 12;

fn of_type(context: &Context<'_>, id: TypeId, depth: usize) -> usize {
    if depth > DEEPEST {
        return 256;
    }
    let deeper = |part: TypeId| of_type(context, part, depth + 1);
    match &context.api.types.get(id).shape {
        Shape::Any => 72,
        Shape::Boolean => 1,
        Shape::Integer | Shape::Number | Shape::String => of(context, &context.spelled_type(id)),
        Shape::Enum(_) | Shape::List(_) | Shape::Map(_) => 24,
        Shape::Alias(target) => deeper(*target),
        Shape::Union(union) => {
            union
                .variants
                .iter()
                .map(|variant| deeper(*variant).min(LARGEST))
                .max()
                .unwrap_or(0)
                + 8
        }
        Shape::Tuple(tuple) => {
            let sizes = tuple.items.iter().map(|item| {
                if context.recursion.is_circular(id, *item) {
                    8
                } else {
                    deeper(*item) + 8
                }
            });
            at_least(sizes)
        }
        Shape::Record(record) => {
            let sizes = record.fields.iter().map(|field| {
                if context.recursion.is_circular(id, field.ty) {
                    8
                } else {
                    deeper(field.ty) + 8
                }
            });
            at_least(sizes)
        }
    }
}

/// The sum of the sizes of some parts, or less once it is large anyway: who holds much would else
/// be measured again by all who hold it.
fn at_least(sizes: impl Iterator<Item = usize>) -> usize {
    let mut total = 24;
    for size in sizes {
        total += size;
        if total > LARGEST {
            break;
        }
    }
    total
}

/// A variant of a union larger than this is kept in a box.
pub(super) const LARGEST: usize = 192;
