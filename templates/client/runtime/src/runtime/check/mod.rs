//! Holding a call against the limits of its operation before it is sent.
//!
//! One walk over the JSON that would be sent, beside the table of limits; it does not depend on
//! any type, so there is one of it. What is said of a value never contains it, only its place and
//! its size: it may be a secret.

mod decimal;
pub mod limit;
mod pattern;

use std::collections::HashSet;

use serde_json::Value;

use crate::runtime::check::limit::{BodyForm, Inside, Limited, Limits};
use crate::runtime::codec::rule::{self, Rule};
use crate::runtime::delivery::builder::CoreBuilder;
use crate::runtime::writing::call::{Call, Layer, Payload};

/// Keys are shown up to this length.
const LONGEST_KEY: usize = 64;

/// Checks a call; the first value that breaks a limit is the error.
pub(crate) fn of(call: &Call) -> Result<(), String> {
    let Some(limits) = call.operation.limits else {
        return Ok(());
    };
    if call.core.shared.unchecked {
        return Ok(());
    }
    for (position, follows) in limits.parameters {
        let parameter = call.operation.parameters.get(*position);
        let (Some(parameter), Some((layer, value))) = (parameter, call.value(*position)) else {
            continue;
        };
        // A default of the description is its own business.
        if layer != Layer::Default {
            let place = parameter.place.as_str();
            let name = || format!("{place} parameter `{}`", parameter.name());
            limits.check(*follows, &value.value(), name)?;
        }
    }
    match &call.body {
        Some(payload) => body(limits, payload, call.form.as_ref()),
        None => Ok(()),
    }
}

fn body(limits: &Limits, payload: &Payload, form: Option<&Value>) -> Result<(), String> {
    let same = |media_type: &str| media_type == payload.media_type;
    let Some(limited) = limits.bodies.iter().find(|body| same(body.media_type)) else {
        return Ok(());
    };
    // Streams have nothing that could be checked: they are bytes by the description, too.
    let bytes = payload.content.as_bytes().map(|bytes| &bytes[..]);
    let bytes = bytes.unwrap_or_default();
    match limited.form {
        BodyForm::Json => {
            let value = parse(bytes)?;
            limits.check(limited.follows, &value, || "the body".to_owned())
        }
        BodyForm::Lines => {
            let lines = bytes.split(|byte| *byte == b'\n');
            let lines = lines.filter(|line| !line.is_empty());
            for (index, line) in lines.enumerate() {
                let value = parse(line.strip_prefix(b"\x1e").unwrap_or(line))?;
                let name = || format!("value {index} of the body");
                limits.check(limited.follows, &value, name)?;
            }
            Ok(())
        }
        BodyForm::Fields => match form {
            Some(value) => limits.check(limited.follows, value, || "the body".to_owned()),
            None => Ok(()),
        },
    }
}

/// A body as a value. What was written as JSON is JSON; only its depth can stand in the way.
fn parse(bytes: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(bytes).map_err(|error| format!("the body cannot be checked: {error}"))
}

impl Call {
    #[cfg(feature = "forms")]
    /// Keeps the value of a form, from whose text it could not be read again.
    pub(crate) fn keep_form(&mut self, value: &Result<Value, String>) {
        if self.operation.limits.is_some() {
            self.form = value.as_ref().ok().cloned();
        }
    }
}

impl CoreBuilder {
    /// Sends calls as they are, whatever the description says of bounds, lengths and patterns.
    ///
    /// A pattern that repeats what is itself repeated, such as `^(a+)+$`, can take a time that
    /// doubles with each character of a text that does not fit. It passes before the call begins,
    /// so no limit of time ends it. Where a description has such a pattern and the text is a
    /// stranger's, this is the way out.
    pub fn unchecked(&mut self) {
        self.unchecked = true;
    }
}

impl Limits {
    fn check(
        &self,
        follows: usize,
        value: &Value,
        name: impl Fn() -> String,
    ) -> Result<(), String> {
        let mut walk = Walk {
            types: self.types,
            steps: Vec::new(),
            bad: HashSet::new(),
        };
        walk.value(follows, value).map_err(|broken| {
            let Broken { place, said } = broken;
            match &*place {
                "" => format!("{} {said}", name()),
                place => format!("`{place}` of {} {said}", name()),
            }
        })
    }
}

/// What a value may be, and the position of what it follows then.
type Choice = (Rule, Option<usize>);

/// A limit that a value breaks: where, as a JSON pointer (RFC 6901), and how.
#[derive(Default)]
struct Broken {
    place: String,
    said: String,
}

/// A walk into a value, with the way to where it is.
struct Walk<'a> {
    types: &'static [Limited],
    steps: Vec<Step<'a>>,
    /// The values that none of these choices fits. What is within several choices is come to once
    /// for each way through them.
    bad: HashSet<(*const Value, *const Choice)>,
}

/// A step into a value.
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> Walk<'a> {
    fn value(&mut self, follows: usize, value: &'a Value) -> Result<(), Broken> {
        let Some(limited) = self.types.get(follows) else {
            return Ok(());
        };
        if let Some(said) = limited.limits.iter().find_map(|limit| limit.broken(value)) {
            let place = self.place();
            return Err(Broken { place, said });
        }
        match (limited.inside, value) {
            (Inside::Items(follows), Value::Array(items)) => {
                let mut items = items.iter().enumerate();
                items.try_for_each(|(index, item)| self.step(Step::Index(index), follows, item))
            }
            (Inside::Fields(fields), Value::Object(values)) => {
                fields.iter().try_for_each(|(name, follows)| {
                    let value = values.get_key_value(*name);
                    value.map_or(Ok(()), |(key, value)| {
                        self.step(Step::Key(key), *follows, value)
                    })
                })
            }
            (Inside::Values(all, except), Value::Object(values)) => {
                values.iter().try_for_each(|(key, value)| {
                    let named = except.iter().find(|(name, _)| name == key);
                    match named.map_or(Some(all), |(_, follows)| *follows) {
                        Some(follows) => self.step(Step::Key(key), follows, value),
                        None => Ok(()),
                    }
                })
            }
            (Inside::OneOf(variants), value) => self.one_of(variants, value),
            _ => Ok(()),
        }
    }

    fn step(&mut self, step: Step<'a>, follows: usize, value: &'a Value) -> Result<(), Broken> {
        self.steps.push(step);
        let checked = self.value(follows, value);
        self.steps.pop();
        checked
    }

    /// A value is good if it is good as any one of the variants that it may be.
    fn one_of(&mut self, variants: &[Choice], value: &'a Value) -> Result<(), Broken> {
        let here = (std::ptr::from_ref(value), variants.as_ptr());
        if self.bad.contains(&here) {
            // Who came this way first has said what is wrong.
            return Err(Broken::default());
        }
        let mut first = None;
        for (rule, follows) in variants {
            if rule::best(std::slice::from_ref(rule), value).is_empty() {
                continue;
            }
            match follows.map(|follows| self.value(follows, value)) {
                None | Some(Ok(())) => return Ok(()),
                Some(Err(broken)) => {
                    first.get_or_insert(broken);
                }
            }
        }
        match first {
            None => Ok(()),
            Some(broken) => {
                self.bad.insert(here);
                Err(broken)
            }
        }
    }

    fn place(&self) -> String {
        let mut place = String::new();
        for step in &self.steps {
            place.push('/');
            match step {
                Step::Key(key) => {
                    let shown: String = key.chars().take(LONGEST_KEY).collect();
                    place.push_str(&shown.replace('~', "~0").replace('/', "~1"));
                    place.push_str(if shown.len() < key.len() { "…" } else { "" });
                }
                Step::Index(index) => place.push_str(&index.to_string()),
            }
        }
        place.replace(char::is_control, "\u{fffd}")
    }
}
