//! The first lines of implementations that are written as text.

use super::space::{LINE, width};

/// The head of an implementation of a trait for a type, up to its opening brace. The trait is written with
/// its `impl`: `impl<'de> Deserialize<'de>`.
pub(in super::super) fn of_trait(name: &str, path: &str) -> String {
    let line = format!("{name} for {path} {{");
    match width(&line) <= LINE {
        true => line + "\n",
        false => format!("{name}\n    for {path}\n{{\n"),
    }
}

/// The head of the implementation of what a type has itself.
pub(in super::super) fn of_type(path: &str) -> String {
    let line = format!("impl {path} {{");
    match width(&line) <= LINE {
        true => line + "\n",
        false => format!("impl\n    {path}\n{{\n"),
    }
}

/// An implementation of a trait that asks for nothing. rustfmt does not count its closing brace.
pub(in super::super) fn marker(name: &str, path: &str) -> String {
    let line = format!("{name} for {path} {{");
    match width(&line) <= LINE {
        true => line + "}\n",
        false => of_trait(name, path) + "}\n",
    }
}
