//! Rules that say which variant of a union a JSON value is.
//!
//! A rule looks at the JSON type, at the keys that an object must have and at fields with
//! constant values, such as a discriminator. Of the rules that hold, the one that says most wins:
//! first by constants, then by required keys, then by the narrower type, then by how many keys of
//! the object it knows.

use serde_json::Value;

use crate::runtime::codec::names::names;

/// A JSON type, as JSON Schema tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number without a fraction, as large as 64 bits hold.
    Integer,
    /// One that 32 bits hold.
    Int32,
    /// One that is not negative.
    Unsigned,
    /// Any number.
    Number,
    /// A string.
    String,
    /// A string that is a date (RFC 3339, `full-date`).
    Date,
    /// A string that is a moment (RFC 3339, `date-time`).
    Timestamp,
    /// An array.
    Array,
    /// An object.
    Object,
    /// Any of them.
    Any,
}

impl Kind {
    fn holds(self, value: &Value) -> bool {
        match self {
            Self::Null => value.is_null(),
            Self::Boolean => value.is_boolean(),
            Self::Integer => value.is_i64(),
            Self::Int32 => value.as_i64().is_some_and(|it| i32::try_from(it).is_ok()),
            Self::Unsigned => value.is_u64(),
            Self::Number => value.is_number(),
            Self::String => value.is_string(),
            Self::Date => parses::<jiff::civil::Date>(value),
            Self::Timestamp => parses::<jiff::Timestamp>(value),
            Self::Array => value.is_array(),
            Self::Object => value.is_object(),
            Self::Any => true,
        }
    }

    fn narrowness(self) -> usize {
        match self {
            Self::Any => 0,
            Self::Number | Self::String => 1,
            Self::Int32 => 3,
            _ => 2,
        }
    }
}

fn parses<T: std::str::FromStr>(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.parse::<T>().is_ok())
}

/// What a field must be.
#[derive(Clone, Copy, Debug)]
pub enum Is {
    /// This string.
    Text(&'static str),
    /// This number.
    Number(f64),
    /// This boolean.
    Flag(bool),
    /// Any of these.
    OneOf(&'static [Is]),
}

impl Is {
    pub(crate) fn holds(&self, value: &Value) -> bool {
        match self {
            Self::Text(text) => value.as_str() == Some(text),
            Self::Number(number) => value.as_f64() == Some(*number),
            Self::Flag(flag) => value.as_bool() == Some(*flag),
            Self::OneOf(all) => all.iter().any(|each| each.holds(value)),
        }
    }
}

/// When a value belongs to a variant.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    kind: Kind,
    required: &'static [&'static str],
    constants: &'static [(&'static str, Is)],
    /// The names of fields, as a table has them.
    known: &'static str,
    inside: Inside,
}

/// What a rule says besides the type and the fields.
#[derive(Clone, Copy, Debug)]
enum Inside {
    Nothing,
    Texts(&'static [&'static str]),
    Each(&'static Rule),
    Any(&'static [Rule]),
}

/// How much a rule says about a value: constants, required keys, narrowness, known keys.
type Weight = (usize, usize, usize, usize);

impl Rule {
    /// Every value of this JSON type.
    pub const fn of(kind: Kind) -> Self {
        Self {
            kind,
            required: &[],
            constants: &[],
            known: "",
            inside: Inside::Nothing,
        }
    }

    /// An object with these keys, and with these values in these fields.
    pub const fn object(
        required: &'static [&'static str],
        constants: &'static [(&'static str, Is)],
    ) -> Self {
        Self {
            required,
            constants,
            ..Self::of(Kind::Object)
        }
    }

    /// The same rule, which of two objects alike prefers the one with more of these keys: the fields of
    /// a table.
    #[must_use]
    pub const fn knowing(self, known: &'static str) -> Self {
        Self { known, ..self }
    }

    /// One of these strings.
    pub const fn texts(texts: &'static [&'static str]) -> Self {
        Self {
            inside: Inside::Texts(texts),
            ..Self::of(Kind::String)
        }
    }

    /// An array whose items all follow a rule.
    pub const fn items(rule: &'static Rule) -> Self {
        Self {
            inside: Inside::Each(rule),
            ..Self::of(Kind::Array)
        }
    }

    /// An object whose values all follow a rule.
    pub const fn values(rule: &'static Rule) -> Self {
        Self {
            inside: Inside::Each(rule),
            ..Self::of(Kind::Object)
        }
    }

    /// Whatever one of the rules of another union holds for.
    pub const fn union(rules: &'static [Rule]) -> Self {
        Self {
            inside: Inside::Any(rules),
            ..Self::of(Kind::Any)
        }
    }

    /// Every value.
    pub const fn any() -> Self {
        Self::of(Kind::Any)
    }

    /// How much this rule says about the value; `None` if it does not hold.
    fn weight(&self, value: &Value) -> Option<Weight> {
        let has = |key: &&str| value.get(*key).is_some();
        let is = |(key, is): &(&str, Is)| value.get(*key).is_some_and(|value| is.holds(value));
        let holds = self.kind.holds(value)
            && self.required.iter().all(has)
            && self.constants.iter().all(is);
        if !holds {
            return None;
        }
        let known = names(self.known).filter(has).count();
        let own = (
            self.constants.len(),
            self.required.len(),
            self.kind.narrowness(),
            known,
        );
        match self.inside {
            Inside::Nothing => Some(own),
            Inside::Texts(texts) => {
                let listed = value.as_str().is_some_and(|text| texts.contains(&text));
                listed.then_some((1, own.1, own.2, own.3))
            }
            Inside::Each(rule) => each(rule, value).map(|inside| inside.max(own)),
            Inside::Any(rules) => rules.iter().filter_map(|rule| rule.weight(value)).max(),
        }
    }
}

/// The least that a rule says about a part of an array or object; `None` if it fails for one.
fn each(rule: &Rule, value: &Value) -> Option<Weight> {
    let weigh = |part: &Value| rule.weight(part);
    let weights: Option<Vec<Weight>> = match value {
        Value::Array(items) => items.iter().map(weigh).collect(),
        Value::Object(values) => values.values().map(weigh).collect(),
        _ => None,
    };
    Some(weights?.into_iter().min().unwrap_or_default())
}

/// The positions of the rules that say most about the value; none if no rule holds.
pub(crate) fn best(rules: &[Rule], value: &Value) -> Vec<usize> {
    let mut chosen = Vec::new();
    let mut most = None;
    for (index, rule) in rules.iter().enumerate() {
        let weight = rule.weight(value);
        if weight > most {
            chosen.clear();
            most = weight;
        }
        if weight.is_some() && weight == most {
            chosen.push(index);
        }
    }
    chosen
}
