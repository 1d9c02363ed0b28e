//! The API's official JavaScript client, as the samples run it (`xtask/samples/javascript`).
//!
//! What is published of it is older than the API that is documented. Actions that it has run as they
//! are; to those that it has not, one of its own shape is added, whose request the client's `request`
//! sends. The script says of each call which of the two it was.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sdkwright::ir::{Api, Operation, Parameter, Place, Visibility};
use serde_json::{Value, json};

use crate::samples::tools;

/// The client, installed.
pub(super) struct JavaScript {
    program: PathBuf,
}

/// Whose an action is that was called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// The client's.
    Own,
    /// Ours, added to the client in its own shape.
    Added,
}

impl JavaScript {
    /// Installs the client, unless it is there.
    ///
    /// # Errors
    ///
    /// When there is no Node or no npm, or the package cannot be had; with what to do about it.
    pub(super) fn install() -> Result<Self, String> {
        Ok(Self {
            program: tools::javascript()?.join("calls.mjs"),
        })
    }

    /// The command that makes all calls at an API, but for its arguments. What the API has is
    /// written into `folder`.
    pub(super) fn command(&self, folder: &Path, api: &Api) -> Result<Command, String> {
        let list = folder.join("actions.json");
        fs::write(&list, actions(api).to_string()).map_err(|error| error.to_string())?;
        let mut command = Command::new("node");
        command.arg(&self.program).arg(list);
        Ok(command)
    }
}

/// What the script said of each call, and the client's name and version.
///
/// # Errors
///
/// When it said nothing of some.
pub(super) fn said(stdout: &str, calls: usize) -> Result<(String, Vec<Whose>), String> {
    let lines: Vec<&str> = stdout.lines().collect();
    if lines.len() != calls {
        return Err(format!(
            "the script speaks of {} calls of {calls}",
            lines.len()
        ));
    }
    let whose = lines
        .iter()
        .map(|line| match line.ends_with(", action added") {
            true => Whose::Added,
            false => Whose::Own,
        });
    let name = lines.first().copied().unwrap_or_default();
    let name = name.split(',').next().unwrap_or_default();
    Ok((name.to_owned(), whose.collect()))
}

/// The actions of an API, as the script reads them: those of the docs' list, and beyond that what
/// the official clients send by themselves.
fn actions(api: &Api) -> Value {
    let actions = api.operations().map(|(_, resource, operation)| {
        json!({
            "id": format!("{}.{}", resource.key, operation.action),
            "resource": resource.key,
            "action": operation.action,
            "title": operation.action,
            "method": operation.method.as_str(),
            "path": operation.path,
            "parameters": operation.parameters.iter().map(parameter).collect::<Vec<_>>(),
            "body": operation.body.as_ref().map(|body| json!({
                "name": body.name,
                "mediaTypes": body.content.iter().map(|media| &media.name).collect::<Vec<_>>(),
            })),
            "authorized": !operation.security.is_empty(),
            "version": version(operation),
        })
    });
    json!({ "actions": actions.collect::<Vec<_>>() })
}

/// A parameter. Of those that docs do not show, the official clients send the defaults.
fn parameter(parameter: &Parameter) -> Value {
    let is_hidden = parameter.visibility == Visibility::Internal;
    let default = parameter.default.as_ref();
    json!({
        "name": parameter.name,
        "in": parameter.place,
        "default": default.filter(|_| is_hidden && parameter.place == Place::Query),
    })
}

/// The version of the API that is asked for.
fn version(operation: &Operation) -> Option<&Value> {
    let mut parameters = operation.parameters.iter();
    let version = parameters.find(|parameter| parameter.name == "Accept-Version");
    version.and_then(|version| version.default.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::peers::cases;

    #[test]
    fn what_the_script_says_is_told_apart() {
        let said = said("losant-rest 2.8.1\nlosant-rest 2.8.1, action added\n", 2).unwrap();
        assert_eq!(said.0, "losant-rest 2.8.1");
        assert_eq!(said.1, [Whose::Own, Whose::Added]);
        assert!(super::said("losant-rest 2.8.1\n", 2).is_err());
    }

    #[test]
    fn an_action_has_the_defaults_that_are_sent() {
        let description = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/losant/openapi.yaml");
        let actions = actions(&cases::api(description).unwrap());
        let mut actions = actions["actions"].as_array().unwrap().iter();
        let list = actions.find(|each| each["id"] == "instanceOrgInvites.get");
        let list = list.unwrap();
        assert_eq!(list["version"], "^1.28.3");
        assert_eq!(list["authorized"], true);
        let of = |name: &str| {
            let mut parameters = list["parameters"].as_array().unwrap().iter();
            parameters.find(|each| each["name"] == name).unwrap()["default"].clone()
        };
        assert_eq!(of("_links"), true);
        assert_eq!(of("sortField"), Value::Null);
    }
}
