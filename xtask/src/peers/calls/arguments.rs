//! The arguments of the calls of a file of cases, for the programs that make them through generated
//! clients: `PROGRAM URL TOKEN CASES`. It is no part of the workspace.

use std::error::Error;

use serde_json::{Map, Value};

pub(super) type Failure = Box<dyn Error + Send + Sync>;

/// The arguments of a call. What is asked for is taken out, so that what is left was forgotten.
pub(super) struct Arguments(pub(super) Map<String, Value>);

impl Arguments {
    pub(super) fn flag(&mut self, name: &str) -> Option<bool> {
        self.0.remove(name).and_then(|value| value.as_bool())
    }

    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        self.0
            .remove(name)
            .as_ref()
            .and_then(Value::as_str)
            .map(str::to_owned)
    }

    pub(super) fn required(&mut self, name: &str) -> Result<String, Failure> {
        self.text(name)
            .ok_or_else(|| format!("no argument `{name}`").into())
    }

    pub(super) fn object(&mut self, name: &str) -> Result<Self, Failure> {
        match self.0.remove(name) {
            Some(Value::Object(map)) => Ok(Self(map)),
            _ => Err(format!("no object `{name}`").into()),
        }
    }

    pub(super) fn end(self) -> Result<(), Failure> {
        match self.0.keys().next() {
            Some(name) => Err(format!("nothing is done with the argument `{name}`").into()),
            None => Ok(()),
        }
    }
}

/// Gives a call the setters that were asked for.
macro_rules! set {
    ($call:ident, $($setter:ident: $value:expr;)*) => {
        $(if let Some(value) = $value { $call = $call.$setter(value); })*
    };
}

/// The parameters that all calls have.
macro_rules! set_common {
    ($call:ident, $arguments:ident) => {
        set! { $call,
            losantdomain: $arguments.text("losantdomain");
            actions: $arguments.flag("_actions");
            links: $arguments.flag("_links");
            embedded: $arguments.flag("_embedded");
        }
    };
}

/// Makes every call of the file that the command line names, at the server that it names.
pub(super) fn every<C>(
    client: impl FnOnce(&str, &str) -> Result<C, Failure>,
    call: impl Fn(&C, &str, Arguments) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, token, cases] = &arguments[..] else {
        return Err("usage: PROGRAM URL TOKEN CASES".into());
    };
    let client = client(url, token)?;
    let cases: Vec<Map<String, Value>> = serde_json::from_str(&std::fs::read_to_string(cases)?)?;
    for case in cases {
        let mut case = Arguments(case);
        let operation = case.required("operation")?;
        call(&client, &operation, case.object("arguments")?)
            .map_err(|error| format!("{operation}: {error}"))?;
    }
    Ok(())
}
