//! The embedded files.
//!
//! Everything that the generator prints or copies: `docs/**`, and of `client/**` the templates
//! and the runtime's sources, not what a build leaves behind.

use std::borrow::Cow;

use rust_embed::RustEmbed;

/// The folder `templates/` at the top of the repository.
#[derive(RustEmbed)]
#[folder = "../templates/"]
#[include = "docs/**"]
#[include = "client/**"]
#[exclude = "**/target/**"]
#[exclude = "**/Cargo.lock"]
#[exclude = "**/.*"]
struct Templates;

/// The templates of crates; the rest of `client/` is code.
pub(super) const OF_CRATES: [&str; 6] = [
    "client/Cargo.toml.tera",
    "client/README.md.tera",
    "client/_dependencies.toml.tera",
    "client/_package.toml.tera",
    "client/runtime/Cargo.toml.tera",
    "client/runtime/README.md.tera",
];

/// The text of a file by its path below `templates/`, with `/` between folders:
/// `client/runtime/src/lib.rs`. `None` if there is no such file or it is not UTF-8.
#[must_use]
pub fn file(path: &str) -> Option<Cow<'static, str>> {
    text(Templates::get(path)?.data)
}

/// Every file below a folder such as `client/runtime/src/runtime/`, in order of path: its whole path
/// below `templates/`, and its text.
pub fn files_under(folder: &str) -> impl Iterator<Item = (Cow<'static, str>, Cow<'static, str>)> {
    let mut paths: Vec<_> = Templates::iter()
        .filter(|path| path.starts_with(folder))
        .collect();
    paths.sort();
    paths.into_iter().filter_map(|path| {
        let text = file(&path)?;
        Some((path, text))
    })
}

fn text(bytes: Cow<'static, [u8]>) -> Option<Cow<'static, str>> {
    match bytes {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_by_its_path() {
        let text = file("client/runtime/src/lib.rs").unwrap();
        assert!(text.starts_with("//!"), "{text}");
        assert!(file("client/runtime/src/nothing.rs").is_none());
        assert!(file("../Cargo.toml").is_none());
    }

    #[test]
    fn a_folder_is_listed_in_order() {
        let paths: Vec<_> = files_under("client/runtime/src/")
            .map(|(path, _)| path)
            .collect();
        assert!(paths.contains(&"client/runtime/src/lib.rs".into()));
        assert!(paths.is_sorted());
    }

    #[test]
    fn what_a_build_leaves_behind_is_not_embedded() {
        assert!(
            Templates::iter().all(|path| !path.contains("target/") && !path.ends_with(".lock"))
        );
    }
}
