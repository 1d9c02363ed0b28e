//! What a validator found, in words.
//!
//! Each phrase is the end of a sentence that begins with the value: "the query parameter `limit`"
//! "must be an integer, not a string".

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use serde_json::Value;

use super::judge::Finding;

/// Longer texts of values are cut.
const SHOWN: usize = 60;

/// What an error says: one finding for each property that is one too many, one for all else.
pub(super) fn findings(error: &ValidationError<'_>) -> Vec<Finding> {
    let here = error.instance_path().to_string();
    let finding = |pointer: String, phrase: String| Finding {
        pointer,
        rule: error.kind().keyword().to_owned(),
        phrase,
        warning: false,
    };
    match error.kind() {
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            let each = unexpected.iter();
            each.map(|name| {
                let phrase = "is not described, and nothing else is allowed here".to_owned();
                finding(format!("{here}/{}", escaped(name)), phrase)
            })
            .collect()
        }
        Kind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            let pointer = format!("{here}/{}", escaped(name));
            vec![finding(pointer, "is required and missing".to_owned())]
        }
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => nearest(error, context),
        _ => vec![finding(here, phrase(error))],
    }
}

/// A name as a part of a JSON pointer (RFC 6901).
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Of several schemas none of which fits: what is wrong by the only one that could have been
/// meant, else by the nearest.
fn nearest(error: &ValidationError<'_>, context: &[Vec<ValidationError<'static>>]) -> Vec<Finding> {
    let here = error.instance_path();
    let of_other_type = |branch: &[ValidationError<'static>]| {
        branch.iter().any(|error| {
            let rule = error.kind().keyword();
            ["type", "enum", "const"].contains(&rule) && error.instance_path() == here
        })
    };
    let mut meant: Vec<&[ValidationError<'static>]> = context.iter().map(|each| &**each).collect();
    meant.retain(|branch| !branch.is_empty() && !of_other_type(branch));
    if let [only] = meant[..] {
        return only.iter().flat_map(findings).collect();
    }
    let all: Vec<&[ValidationError<'static>]> = context.iter().map(|each| &**each).collect();
    let among = if meant.is_empty() { all } else { meant };
    let nearest = among.into_iter().min_by_key(|branch| branch.len());
    let detail = nearest.and_then(|branch| branch.iter().flat_map(findings).next());
    let count = context.len();
    let mut phrase = format!("fits none of the {count} schemas it may have");
    if let Some(detail) = detail {
        let inside = detail.pointer.strip_prefix(&here.to_string());
        let subject = match inside.unwrap_or_default() {
            "" => "it".to_owned(),
            pointer => format!("`{pointer}`"),
        };
        phrase = format!("{phrase}; by the nearest {subject} {}", detail.phrase);
    }
    vec![Finding {
        pointer: here.to_string(),
        rule: error.kind().keyword().to_owned(),
        phrase,
        warning: false,
    }]
}

fn phrase(error: &ValidationError<'_>) -> String {
    let value = error.instance();
    match error.kind() {
        Kind::Type { kind } => format!("must be {}, not {}", types(kind), kind_of(value)),
        Kind::Enum { options } => {
            let options = options.as_array().cloned().unwrap_or_default();
            let shown: Vec<String> = options.iter().take(12).map(shown).collect();
            let more = match options.len().saturating_sub(shown.len()) {
                0 => String::new(),
                more => format!(" or one of {more} more"),
            };
            format!(
                "must be one of {}{more}, not {}",
                shown.join(", "),
                self::shown(value)
            )
        }
        Kind::Constant { expected_value } => {
            format!("must be {}, not {}", shown(expected_value), shown(value))
        }
        Kind::Minimum { limit } => format!("must be at least {limit}, and is {value}"),
        Kind::Maximum { limit } => format!("must be at most {limit}, and is {value}"),
        Kind::ExclusiveMinimum { limit } => format!("must be more than {limit}, and is {value}"),
        Kind::ExclusiveMaximum { limit } => format!("must be less than {limit}, and is {value}"),
        Kind::MultipleOf { multiple_of } => {
            format!("must be a multiple of {multiple_of}, and is {value}")
        }
        Kind::MinLength { limit } => {
            format!(
                "has {}, the least is {limit}",
                counted(length(value), "character")
            )
        }
        Kind::MaxLength { limit } => {
            format!(
                "has {}, the most is {limit}",
                counted(length(value), "character")
            )
        }
        Kind::Pattern { pattern } => {
            format!(
                "must match the pattern `{pattern}`, and is {}",
                shown(value)
            )
        }
        Kind::Format { format } => format!("should be a `{format}`, and is {}", shown(value)),
        Kind::MinItems { limit } => {
            format!("has {}, the least is {limit}", counted(size(value), "item"))
        }
        Kind::MaxItems { limit } => {
            format!("has {}, the most is {limit}", counted(size(value), "item"))
        }
        Kind::AdditionalItems { limit } => {
            format!("has {}, the most is {limit}", counted(size(value), "item"))
        }
        Kind::UniqueItems => "has an item twice, and all must differ".to_owned(),
        Kind::Contains => "has no item of the kind that it must contain".to_owned(),
        Kind::MinProperties { limit } => {
            format!("has {} properties, the least is {limit}", size(value))
        }
        Kind::MaxProperties { limit } => {
            format!("has {} properties, the most is {limit}", size(value))
        }
        Kind::OneOfMultipleValid { .. } => {
            "fits more than one of the schemas of which it must fit exactly one".to_owned()
        }
        Kind::Not { .. } => "is what the description forbids by `not`".to_owned(),
        Kind::FalseSchema => "must not be there".to_owned(),
        Kind::PropertyNames { error } => {
            format!("has a key that is not allowed: it {}", phrase(error))
        }
        Kind::UnevaluatedItems { .. } => "has items that are not described".to_owned(),
        _ => format!("is wrong: {error}"),
    }
}

fn types(kind: &TypeKind) -> String {
    let words: Vec<String> = match kind {
        TypeKind::Single(one) => vec![one.to_string()],
        TypeKind::Multiple(set) => set.iter().map(|each| each.to_string()).collect(),
    };
    let words: Vec<&str> = words.iter().map(|word| with_article(word)).collect();
    words.join(" or ")
}

fn with_article(word: &str) -> &str {
    match word {
        "string" => "a string",
        "number" => "a number",
        "integer" => "an integer",
        "boolean" => "true or false",
        "array" => "an array",
        "object" => "an object",
        other => other,
    }
}

/// What a value is, with what it is if that is short.
fn kind_of(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::String(_) => format!("the string {}", shown(value)),
        _ => shown(value),
    }
}

/// A value as it is shown, cut if it is long.
fn shown(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut cut: String = text.chars().take(SHOWN).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    format!("`{cut}`")
}

fn length(value: &Value) -> usize {
    value.as_str().map_or(0, |text| text.chars().count())
}

fn size(value: &Value) -> usize {
    match value {
        Value::Array(list) => list.len(),
        Value::Object(map) => map.len(),
        _ => 0,
    }
}

fn counted(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}
