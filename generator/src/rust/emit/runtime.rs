//! The hand-written part of every client, copied file by file. What only some crates need is left
//! out of the others: the modules of formats that nothing is held as, and the checks.

use super::super::plan::CratePlan;
use super::gated;
use crate::formats;
use crate::output::Tree;
use crate::template;

/// Where the runtime is embedded.
const RUNTIME: &str = "client/runtime/src/";

/// Copies the runtime; `lib.rs` becomes the module's own file, everything else keeps its name. The
/// examples in its docs name the crate that they are in.
pub(super) fn copy(plan: &CratePlan, tree: &mut Tree) {
    let spare = formats::MODULES.iter();
    let spare = spare.filter(|module| !plan.formats.contains(*module));
    let spare: Vec<String> = spare.map(|module| format!("format_{module}")).collect();
    let checks = !plan.limits.is_empty();
    let root = template::file(&format!("{RUNTIME}lib.rs")).filter(|_| !checks);
    let mut left_out = root.map(|root| gated::files(&root)).unwrap_or_default();
    left_out.extend(spare.iter().map(|module| format!("{module}.rs")));
    let own = format!("{}::runtime::", plan.name.replace('-', "_"));
    for (path, text) in template::files_under(RUNTIME) {
        let name = path.strip_prefix(RUNTIME).unwrap_or(&*path);
        if left_out.iter().any(|file| file == name) {
            continue;
        }
        let text = match checks {
            true => text,
            false => gated::without(&text).into(),
        };
        let text = text.replace("sdkwright_runtime::", &own);
        match name {
            "lib.rs" => tree.insert("src/runtime/mod.rs", without_modules(&text, &spare)),
            name => tree.insert(format!("src/runtime/{name}"), text),
        }
    }
}

fn without_modules(text: &str, spare: &[String]) -> String {
    let declares = |line: &str| {
        spare
            .iter()
            .any(|module| line == format!("pub mod {module};"))
    };
    let lines = text.lines().filter(|line| !declares(line));
    lines.flat_map(|line| [line, "\n"]).collect()
}
