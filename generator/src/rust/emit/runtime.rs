//! The hand-written part of every client, copied file by file. What only some crates need is left
//! out of the others.

use super::super::plan::CratePlan;
use super::gated;
use super::parts::Parts;
use crate::output::Tree;
use crate::template;

/// Where the runtime is embedded.
const RUNTIME: &str = "client/runtime/src/runtime/";

/// Copies the runtime. The examples in its docs name the crate that they are in.
pub(super) fn copy(plan: &CratePlan, tree: &mut Tree) {
    let parts = Parts::of(plan);
    let own = format!("{}::runtime::", plan.name.replace('-', "_"));
    let files = template::files_under(RUNTIME).map(|(path, text)| {
        let name = path.strip_prefix(RUNTIME).unwrap_or(&*path).to_owned();
        let kept = gated::text(&text, &parts);
        (name, text, kept)
    });
    let files: Vec<_> = files.collect();
    let mut left_out = Vec::new();
    for (name, before, after) in &files {
        let Some(folder) = name.strip_suffix("mod.rs") else {
            continue;
        };
        let kept = gated::modules(after);
        let gone = gated::modules(before).into_iter();
        left_out.extend(
            gone.filter(|module| !kept.contains(module))
                .map(|module| format!("{folder}{module}")),
        );
    }
    let is_left_out = |name: &str| {
        left_out.iter().any(|module| {
            let rest = name.strip_prefix(module.as_str());
            rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        })
    };
    for (name, _, text) in files.iter().filter(|(name, ..)| !is_left_out(name)) {
        let text = text.replace("sdkwright_runtime::", &own);
        tree.insert(format!("src/runtime/{name}"), text);
    }
}
