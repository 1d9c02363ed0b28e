//! Enums of numbers, and of values of several kinds.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, from_str, json, to_value};

use crate::runtime::codec::{self, Is};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Size {
    Half,
    Whole,
    Unrecognized(f64),
}

impl codec::Number for Size {
    fn of(number: f64) -> Self {
        match number {
            0.5 => Self::Half,
            1.0 => Self::Whole,
            _ => Self::Unrecognized(number),
        }
    }

    fn number(&self) -> f64 {
        match self {
            Self::Half => 0.5,
            Self::Whole => 1.0,
            Self::Unrecognized(number) => *number,
        }
    }
}

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::number(from)
    }
}

impl Serialize for Size {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        codec::write_number(self, to)
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Level {
    Auto,
    One,
    Off,
    Unrecognized(Value),
}

impl codec::Mixed for Level {
    const VALUES: &'static [Is] = &[Is::Text("auto"), Is::Number(1.0), Is::Flag(false)];

    fn at(position: usize, value: Value) -> Self {
        match position {
            0 => Self::Auto,
            1 => Self::One,
            2 => Self::Off,
            _ => Self::Unrecognized(value),
        }
    }

    fn known(&self) -> Result<usize, &Value> {
        Ok(match self {
            Self::Auto => 0,
            Self::One => 1,
            Self::Off => 2,
            Self::Unrecognized(value) => return Err(value),
        })
    }
}

impl<'de> Deserialize<'de> for Level {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::mixed(from)
    }
}

impl Serialize for Level {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        codec::write_mixed(self, to)
    }
}

#[test]
fn numbers_keep_what_they_do_not_know() {
    let sizes: Vec<Size> = from_str("[0.5, 1, 1.0, 2.25]").unwrap();
    let expected = [
        Size::Half,
        Size::Whole,
        Size::Whole,
        Size::Unrecognized(2.25),
    ];
    assert_eq!(sizes, expected);
    assert_eq!(to_value(&sizes).unwrap(), json!([0.5, 1, 1, 2.25]));
    assert!(from_str::<Size>("\"1\"").is_err());
}

#[test]
fn values_of_several_kinds_keep_what_they_do_not_know() {
    let text = r#"["auto",1,false,"1",true,null,[2]]"#;
    let levels: Vec<Level> = from_str(text).unwrap();
    assert_eq!(levels[..3], [Level::Auto, Level::One, Level::Off]);
    assert_eq!(levels[3], Level::Unrecognized(json!("1")));
    assert_eq!(serde_json::to_string(&levels).unwrap(), text);
}
