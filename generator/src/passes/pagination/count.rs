//! How many items a page has.

use serde_json::{Number, Value};

use crate::ir::{Operation, PageSize, Types};

/// What a description says of the parameter that asks for so many items.
pub(super) fn size(operation: &Operation, parameter: usize, types: &Types) -> PageSize {
    let said = &operation.parameters[parameter];
    let ty = types.get(types.resolve(said.ty));
    let default = said.default.as_ref();
    let default = default.and_then(|value| value.as_u64().or_else(|| text(value)));
    let most = ty.constraints.maximum.as_ref().and_then(Number::as_u64);
    PageSize {
        parameter,
        default: default.filter(|size| *size > 0),
        // The most that an integer holds is what generators of descriptions write for no bound.
        most: most.filter(|size| (1..i32::MAX.unsigned_abs().into()).contains(size)),
    }
}

fn text(value: &Value) -> Option<u64> {
    value.as_str()?.parse().ok()
}
