//! The names of a record's fields in one text: which key is which of them.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess};
use serde_json::{from_str, json};

use crate::runtime::codec::{self, FieldVisitor, Record};

/// A record that keeps the value of each field under the field's number, and all else under its key.
macro_rules! record {
    ($name:ident, $fields:literal) => {
        #[derive(Clone, Debug, Default, PartialEq)]
        struct $name {
            fields: BTreeMap<usize, String>,
            rest: BTreeMap<String, String>,
        }

        impl Record for $name {
            const TABLE: codec::Table = codec::Table {
                name: stringify!($name),
                fields: $fields,
                required: 0,
                lists: 0,
            };

            fn blank() -> Self {
                Self::default()
            }

            fn visit<V: FieldVisitor>(&mut self, field: usize, to: &mut V) {
                to.value(self.fields.entry(field).or_default());
            }

            fn rest<'de, A: MapAccess<'de>>(
                &mut self,
                key: &str,
                map: &mut A,
            ) -> Result<(), A::Error> {
                codec::next_entry(map, key, &mut self.rest)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                codec::record(from)
            }
        }

        impl $name {
            /// The number of each of these keys, in this order; `None` if it is no field.
            fn found(keys: &[&str]) -> Vec<Option<usize>> {
                let members = keys.iter().enumerate();
                let members = members.map(|(at, key)| format!("{}:\"{at}\"", json!(key)));
                let text = format!("{{{}}}", members.collect::<Vec<_>>().join(","));
                let read: Self = from_str(&text).unwrap();
                let number = |at: usize| {
                    let is_it = |(_, value): &(_, &String)| **value == at.to_string();
                    read.fields.iter().find(is_it).map(|(number, _)| *number)
                };
                let kept = |at: usize| read.rest.get(keys[at]) == Some(&at.to_string());
                let numbers = (0..keys.len()).map(|at| {
                    assert_eq!(number(at).is_none(), kept(at), "{}", keys[at]);
                    number(at)
                });
                numbers.collect()
            }
        }
    };
}

record!(
    Usual,
    "/id/node_id/name/a_name_of_more_than_sixteen_bytes/x"
);
record!(Slashes, "|a/b|c d|");
record!(Accents, "éaéaàébb");
record!(Empty, "//x");
record!(Nothing, "");
record!(Pairs, "/id/node_id/x/y/first_part/second_part");

#[test]
fn names_are_found_in_any_order() {
    let long = "a_name_of_more_than_sixteen_bytes";
    let in_order = Usual::found(&["id", "node_id", "name", long, "x"]);
    assert_eq!(in_order, [0, 1, 2, 3, 4].map(Some));
    let mixed = Usual::found(&["x", "id", long, "no", "name", "node_id"]);
    let expected = [Some(4), Some(0), Some(3), None, Some(2), Some(1)];
    assert_eq!(mixed, expected);
}

#[test]
fn what_stands_between_names_is_said_by_the_first_character() {
    assert_eq!(
        Slashes::found(&["a/b", "", "c d", "|"]),
        [Some(0), Some(2), Some(1), None]
    );
    let found = Accents::found(&["bb", "a", "é", "b", "aà"]);
    assert_eq!(found, [Some(2), Some(0), None, None, Some(1)]);
    assert_eq!(Accents::found(&["aà", "a"]), [Some(1), Some(0)]);
    assert_eq!(Empty::found(&["x", "", "/"]), [Some(1), Some(0), None]);
    assert_eq!(Nothing::found(&["", "x", "/"]), [None, None, None]);
}

#[test]
fn a_key_that_is_two_names_or_a_part_of_one_is_no_name() {
    let wrong = [
        "id/node_id",
        "id/",
        "i",
        "/id",
        "",
        "/",
        "x/y",
        "y/first_part",
        "first_part/second_part",
        "second_part/",
        "node",
        "node_id/x",
    ];
    for key in wrong {
        for (number, before) in ["id", "node_id", "x", "y", "first_part"]
            .into_iter()
            .enumerate()
        {
            assert_eq!(Pairs::found(&[key, before]), [None, Some(number)], "{key}");
            assert_eq!(Pairs::found(&[before, key]), [Some(number), None], "{key}");
        }
    }
}
