//! What the docs of an action say of who may call it: which credentials, and with which scopes.

use super::super::plan::{AccessPlan, ClientPlan, WayPlan};
use super::prose;
use crate::ir::Need;

/// The lines of a paragraph, or of a sentence and a list of the ways to say who calls.
pub(super) fn of_action(access: &AccessPlan, client: &ClientPlan) -> Vec<String> {
    let ways: Vec<String> = access.ways.iter().map(|each| way(each, client)).collect();
    match (access.need, ways.as_slice()) {
        (Need::Nothing, _) | (_, []) => vec!["No credentials are needed.".to_owned()],
        (Need::Required, [way]) => {
            let many = access.ways.iter().any(|way| way.schemes.len() > 1);
            let credentials = if many { "credentials" } else { "credential" };
            vec![format!("Needs the {credentials} {way}.")]
        }
        (Need::Optional, [way]) => {
            vec![format!(
                "Credentials may be sent, but are not needed: {way}."
            )]
        }
        (Need::Required, ways) => list("Needs one of these credentials:", ways),
        (Need::Optional, ways) => list(
            "Credentials may be sent, but are not needed. Any one of these will do:",
            ways,
        ),
    }
}

fn list(begin: &str, ways: &[String]) -> Vec<String> {
    let mut lines = vec![begin.to_owned(), String::new()];
    lines.extend(ways.iter().map(|way| format!("* {way}")));
    lines
}

/// The credentials of a way, as links to what sets them, and their scopes.
fn way(way: &WayPlan, client: &ClientPlan) -> String {
    let schemes = way.schemes.iter().map(|(key, position)| {
        let key = prose::code(key);
        match position.and_then(|position| client.schemes.get(position)) {
            Some(scheme) => format!("[{key}](crate::ClientBuilder::{})", scheme.setter),
            None => format!(
                "{key}, a client certificate of the [transport](crate::ClientBuilder::transport)"
            ),
        }
    });
    let schemes: Vec<String> = schemes.collect();
    format!("{}{}", schemes.join(" and "), scopes(&way.scopes))
}

fn scopes(sets: &[Vec<String>]) -> String {
    let joined = |set: &Vec<String>, by: &str| {
        let scopes: Vec<String> = set.iter().map(|scope| prose::code(scope)).collect();
        scopes.join(by)
    };
    let any = |by: &str| {
        let sets: Vec<String> = sets.iter().map(|set| joined(set, by)).collect();
        sets.join(", ")
    };
    match sets {
        [] => String::new(),
        [set] if set.len() == 1 => format!(" with the scope {}", any("")),
        [set] => format!(" with the scopes {}", joined(set, " and ")),
        sets if sets.iter().all(|set| set.len() == 1) => {
            format!(" with one of the scopes {}", any(""))
        }
        _ => format!(
            " with one of these scopes, where those joined by a plus are needed together: {}",
            any(" + ")
        ),
    }
}
