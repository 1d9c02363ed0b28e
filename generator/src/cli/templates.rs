//! `--templates`: the folder of a user's templates, for commands that read no `sdkwright.yaml`.

use std::path::PathBuf;

use crate::diagnostic::Problems;
use crate::docs;
use crate::template::Templates;

use super::Reporter;

/// The folder of a user's templates.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Own {
    /// A folder of templates that stand in place of built-in ones, or are formats of their own
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
}

/// The templates of a command.
pub(super) enum Loaded {
    BuiltIn(&'static Templates),
    Own(Box<Templates>),
}

impl Own {
    /// The templates, held against what is printed with them; `None` if something is wrong, which
    /// is told.
    pub(super) fn load(&self, reporter: &Reporter) -> Option<Loaded> {
        let Some(folder) = &self.templates else {
            return Some(Loaded::BuiltIn(Templates::built_in()));
        };
        let mut problems = Problems::new();
        let templates = Templates::with_own(folder, &mut problems);
        if !problems.has_errors() {
            docs::check(&templates, &mut problems);
        }
        let failed = reporter.problems(&problems, &templates);
        (!failed).then(|| Loaded::Own(Box::new(templates)))
    }
}

impl std::ops::Deref for Loaded {
    type Target = Templates;

    fn deref(&self) -> &Templates {
        match self {
            Self::BuiltIn(templates) => templates,
            Self::Own(templates) => templates,
        }
    }
}

/// The formats that can be asked for: with those of the folder that the command line names, so
/// that help lists them. If that cannot be read, those that are built in; `None` then, since more
/// may be meant.
pub(super) fn formats() -> Option<Vec<(String, String)>> {
    let Some(folder) = named(std::env::args_os()) else {
        return Some(docs::formats());
    };
    let mut problems = Problems::new();
    let templates = Templates::with_own(&folder, &mut problems);
    (!problems.has_errors()).then(|| docs::formats_with(&templates))
}

fn named(arguments: impl Iterator<Item = std::ffi::OsString>) -> Option<PathBuf> {
    let mut arguments = arguments.map(|each| each.to_string_lossy().into_owned());
    while let Some(argument) = arguments.next() {
        if argument == "--templates" {
            return arguments.next().map(PathBuf::from);
        }
        if let Some(folder) = argument.strip_prefix("--templates=") {
            return Some(PathBuf::from(folder));
        }
    }
    None
}
