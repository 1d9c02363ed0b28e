//! Tuples: items by position, missing and further ones.

use serde::de::{Deserializer, SeqAccess};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{from_str, json, to_value};

use crate::runtime::codec;

/// A number, perhaps a text, then whole numbers.
#[derive(Clone, Debug, PartialEq)]
struct Row(f64, Option<String>, Vec<i64>);

impl codec::Blank for Row {
    fn blank() -> Self {
        Self(codec::blank(), codec::blank(), codec::blank())
    }
}

impl codec::Tuple for Row {
    const NAME: &'static str = "Row";
    const LEAST: usize = 1;

    fn fill<'de, A: SeqAccess<'de>>(
        &mut self,
        position: usize,
        items: &mut A,
    ) -> Result<bool, A::Error> {
        match position {
            0 => codec::next_item(items, &mut self.0),
            1 => codec::next_item(items, &mut self.1),
            _ => codec::next_of_rest(items, &mut self.2),
        }
    }
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::tuple(from)
    }
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut array = codec::array(to)?;
        array.required(&self.0)?;
        array.optional(&self.1)?;
        array.rest(&self.2)?;
        array.end()
    }
}

#[test]
fn a_tuple_is_read_by_position() {
    let row = |text: &str| from_str::<Row>(text);
    assert_eq!(row("[1]").unwrap(), Row(1.0, None, Vec::new()));
    let all = Row(1.5, Some("a".to_owned()), vec![2, 3]);
    assert_eq!(row(r#"[1.5,"a",2,3]"#).unwrap(), all);
    assert_eq!(to_value(&all).unwrap(), json!([1.5, "a", 2, 3]));
    let message = row("[]").unwrap_err().to_string();
    assert!(
        message.starts_with("invalid length 0, expected an array of 1 or more items (Row)"),
        "{message}"
    );
    assert!(row("{}").is_err());
    assert!(row(r#"["a"]"#).is_err());
}

#[test]
fn an_item_that_is_left_out_is_null_only_before_another() {
    let text = |row: Row| serde_json::to_string(&row).unwrap();
    assert_eq!(text(Row(1.5, None, Vec::new())), "[1.5]");
    assert_eq!(text(Row(1.5, None, vec![2])), "[1.5,null,2]");
}
