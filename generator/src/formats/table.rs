//! Which formats there are, and what each can be held as.
//!
//! The usual choice stands first. It is one that costs no crate beyond those of every client, and
//! that no value is lost by which APIs are known to send: text that should be a UUID, a URL or a
//! duration and is none stays readable.

use super::{FormatType, Held, Wire};

/// What some formats of one JSON type can be held as.
pub(super) struct Row {
    pub(super) names: &'static [&'static str],
    pub(super) wire: Wire,
    /// Words and types, the usual first.
    pub(super) choices: &'static [(&'static str, Held)],
}

impl Row {
    pub(super) fn held_as(&self, word: &str) -> Option<Held> {
        let mut choices = self.choices.iter();
        choices
            .find(|(known, _)| *known == word)
            .map(|(_, held)| *held)
    }
}

/// The JSON type of a format that has only one, for schemas that say no `type`.
#[must_use]
pub fn wire_of(format: &str) -> Option<Wire> {
    let mut rows = TABLE.iter().filter(|row| row.names.contains(&format));
    let first = rows.next()?;
    rows.next().is_none().then_some(first.wire)
}

const fn row(
    names: &'static [&'static str],
    wire: Wire,
    choices: &'static [(&'static str, Held)],
) -> Row {
    Row {
        names,
        wire,
        choices,
    }
}

/// The formats that are known.
pub(super) const TABLE: &[Row] = &[
    row(
        &["int8", "int16", "int32", "uint8", "uint16"],
        Wire::Integer,
        &[("i32", Held::I32), ("i64", Held::I64)],
    ),
    row(
        &["int64"],
        Wire::Integer,
        &[("i64", Held::I64), ("u64", Held::U64)],
    ),
    row(
        &["uint32"],
        Wire::Integer,
        &[("u32", Held::U32), ("i64", Held::I64)],
    ),
    row(
        &["uint64"],
        Wire::Integer,
        &[("u64", Held::U64), ("i64", Held::I64)],
    ),
    row(
        &["float", "double"],
        Wire::Number,
        &[("f64", Held::F64), ("f32", Held::F32)],
    ),
    row(
        &["decimal"],
        Wire::Number,
        &[
            ("f64", Held::F64),
            ("rust_decimal", Held::Format(FormatType::DecimalNumber)),
        ],
    ),
    row(
        &["decimal"],
        Wire::String,
        &[
            ("string", Held::String),
            ("rust_decimal", Held::Format(FormatType::Decimal)),
        ],
    ),
    row(
        &["date-time"],
        Wire::String,
        &[
            ("jiff", Held::Timestamp),
            ("chrono", Held::Format(FormatType::ChronoTimestamp)),
            ("time", Held::Format(FormatType::TimeTimestamp)),
            ("string", Held::String),
        ],
    ),
    row(
        &["date"],
        Wire::String,
        &[
            ("jiff", Held::Date),
            ("chrono", Held::Format(FormatType::ChronoDate)),
            ("time", Held::Format(FormatType::TimeDate)),
            ("string", Held::String),
        ],
    ),
    row(
        &["time"],
        Wire::String,
        &[
            ("string", Held::String),
            ("jiff", Held::Format(FormatType::JiffTime)),
            ("chrono", Held::Format(FormatType::ChronoTime)),
            ("time", Held::Format(FormatType::TimeTime)),
        ],
    ),
    row(
        &["duration"],
        Wire::String,
        &[
            ("string", Held::String),
            ("jiff", Held::Format(FormatType::JiffDuration)),
        ],
    ),
    row(
        &["uuid"],
        Wire::String,
        &[
            ("string", Held::String),
            ("uuid", Held::Format(FormatType::Uuid)),
        ],
    ),
    row(
        &["byte"],
        Wire::String,
        &[
            ("bytes", Held::Format(FormatType::Base64)),
            ("string", Held::String),
        ],
    ),
    row(
        &["uri", "url"],
        Wire::String,
        &[
            ("string", Held::String),
            ("url", Held::Format(FormatType::Url)),
        ],
    ),
    row(
        &["ipv4"],
        Wire::String,
        &[
            ("string", Held::String),
            ("std", Held::Format(FormatType::Ipv4)),
        ],
    ),
    row(
        &["ipv6"],
        Wire::String,
        &[
            ("string", Held::String),
            ("std", Held::Format(FormatType::Ipv6)),
        ],
    ),
    row(
        &[
            "base64url",
            "binary",
            "email",
            "hostname",
            "idn-email",
            "idn-hostname",
            "iri",
            "iri-reference",
            "json-pointer",
            "password",
            "regex",
            "relative-json-pointer",
            "uri-reference",
            "uri-template",
        ],
        Wire::String,
        &[("string", Held::String)],
    ),
];

/// What any other format can be held as.
pub(super) const ANY_FORMAT: &[Row] = &[
    row(
        &[],
        Wire::Integer,
        &[
            ("i32", Held::I32),
            ("i64", Held::I64),
            ("u32", Held::U32),
            ("u64", Held::U64),
        ],
    ),
    row(
        &[],
        Wire::Number,
        &[
            ("f32", Held::F32),
            ("f64", Held::F64),
            ("rust_decimal", Held::Format(FormatType::DecimalNumber)),
        ],
    ),
    row(
        &[],
        Wire::String,
        &[
            ("string", Held::String),
            ("bytes", Held::Format(FormatType::Base64)),
            ("uuid", Held::Format(FormatType::Uuid)),
            ("rust_decimal", Held::Format(FormatType::Decimal)),
            ("url", Held::Format(FormatType::Url)),
        ],
    ),
];
