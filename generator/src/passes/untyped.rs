//! Which types are any JSON although their schemas say more.

use crate::diagnostic::{Problem, Problems};
use crate::ir::Api;

/// Reports every such type, with the reason; those whose schemas say nothing are no such.
pub fn report_untyped(api: &Api, problems: &mut Problems) {
    for (_, ty) in api.types.iter() {
        if let Some(reason) = ty.untyped {
            problems.report(
                Problem::warning("untyped", "this schema is read as any JSON")
                    .at(ty.at)
                    .label(reason)
                    .help("say what its values are: a `type`, `properties` or a reference"),
            );
        }
    }
}
