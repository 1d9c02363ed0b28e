//! A list's name → the name of one of its members.

/// `applicationRoles` → `applicationRole`; a word that is no plain English plural gets `Item`.
#[must_use]
pub fn singular(name: &str) -> String {
    let lower = name.to_lowercase();
    if let Some(stem) = name.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    for ending in ["sses", "shes", "ches", "xes", "zes"] {
        if lower.ends_with(ending) {
            return name[..name.len() - 2].to_owned();
        }
    }
    let plain = lower.ends_with('s') && !["ss", "us", "is"].iter().any(|end| lower.ends_with(end));
    if plain && name.len() > 1 {
        name[..name.len() - 1].to_owned()
    } else {
        format!("{name} item")
    }
}
