//! What a body or a response is shown as where there is room for one media type.

use super::parameters::Rows;
use crate::ir::{Direction, MediaType};

/// The content that is documented where only one can be: JSON if there is some, else the first.
pub(super) fn preferred(content: &[MediaType]) -> Option<&MediaType> {
    let json = content.iter().find(|each| each.is_json());
    json.or_else(|| content.first())
}

/// The example of content that travels so: the media type's own, else its schema's.
pub(super) fn example<'a>(
    rows: &'a Rows<'_>,
    content: &'a MediaType,
    direction: Direction,
) -> Option<&'a serde_json::Value> {
    let own = content.example.as_ref();
    let of_schema = |ty| rows.schemas.example(ty, direction);
    own.or_else(|| content.ty.and_then(of_schema))
}
