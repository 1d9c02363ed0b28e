//! Records and string enums: the codec's rules, and that it reads as serde's derives read.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Value, from_str, json, to_string};

use crate::mini_client::types::{Invitation, OrgInvitePost, OrgInvitePostRole};
use crate::runtime::Nullable;
use crate::runtime::codec::{self, FieldVisitor, Record};

fn post(text: &str) -> OrgInvitePost {
    from_str(text).unwrap()
}

fn error(text: &str) -> String {
    from_str::<OrgInvitePost>(text).unwrap_err().to_string()
}

#[test]
fn fields_in_order_and_out_of_order_are_the_same() {
    let ordered = post(r#"{"email":"a@b","role":"edit","disallowTransfer":true,"note":"n"}"#);
    let mixed = post(r#"{"note":"n","disallowTransfer":true,"email":"a@b","role":"edit"}"#);
    assert_eq!(ordered, mixed);
    assert_eq!(ordered.email, "a@b");
    assert_eq!(ordered.role, OrgInvitePostRole::Edit);
    assert_eq!(ordered.disallow_transfer, Some(true));
    assert_eq!(ordered.note, Nullable::Value("n".to_owned()));
}

#[test]
fn a_key_with_escapes_is_the_same_key() {
    assert_eq!(post(r#"{"em\u0061il":"a","role":"x"}"#).email, "a");
}

#[test]
fn the_first_missing_field_is_named() {
    assert!(error(r#"{"role":"edit"}"#).starts_with("missing field `email`"));
    assert!(error(r#"{"email":"a"}"#).starts_with("missing field `role`"));
}

#[test]
fn the_last_of_two_equal_keys_wins() {
    assert_eq!(
        post(r#"{"email":"a","email":"b","role":"edit","email":"c"}"#).email,
        "c"
    );
}

#[test]
fn absent_null_and_value_are_three_things() {
    let note = |text: &str| post(&format!(r#"{{"email":"a","role":"edit"{text}}}"#)).note;
    assert_eq!(note(""), Nullable::Absent);
    assert_eq!(note(r#","note":null"#), Nullable::Null);
    assert_eq!(note(r#","note":"n""#), Nullable::Value("n".to_owned()));
    let text = |note| {
        let mut post = OrgInvitePost::new("a", OrgInvitePostRole::Admin);
        post.note = note;
        to_string(&post).unwrap()
    };
    assert_eq!(text(Nullable::Absent), r#"{"email":"a","role":"admin"}"#);
    assert_eq!(
        text(Nullable::Null),
        r#"{"email":"a","role":"admin","note":null}"#
    );
    assert_eq!(
        text("n".to_owned().into()),
        r#"{"email":"a","role":"admin","note":"n"}"#
    );
}

#[test]
fn nullable_converts_and_maps() {
    assert_eq!(Nullable::<u8>::from(None), Nullable::Null);
    assert_eq!(Nullable::<u8>::from(Some(1)), Nullable::Value(1));
    assert_eq!(Nullable::<u8>::default(), Nullable::Absent);
    assert_eq!(Nullable::Value(1).map(|it| it + 1).value(), Some(2));
    assert_eq!(
        Nullable::Value("a".to_owned())
            .as_ref()
            .value()
            .map(String::as_str),
        Some("a")
    );
    assert!(Nullable::<u8>::Absent.is_absent() && !Nullable::<u8>::Absent.is_null());
    assert!(Nullable::<u8>::Null.is_null() && Nullable::Value(1).is_value());
}

#[test]
fn null_in_an_optional_field_is_none() {
    let post = post(r#"{"email":"a","role":"edit","disallowTransfer":null}"#);
    assert_eq!(post.disallow_transfer, None);
}

#[test]
fn unknown_fields_are_kept_by_a_type_that_keeps_them() {
    let text = r#"{"email":"a","role":"edit","x":{"y":[1,2]},"z":null}"#;
    let post = post(text);
    assert_eq!(post.additional_properties["x"], json!({"y": [1, 2]}));
    assert_eq!(to_string(&post).unwrap(), text);
}

#[test]
fn unknown_fields_are_skipped_by_other_types() {
    let text = r#"{"new":[{"a":1}],"id":"1","more":{"deep":[]},"role":"edit","last":0}"#;
    let invitation: Invitation = from_str(text).unwrap();
    assert_eq!(
        (invitation.id.as_str(), invitation.invite_date),
        ("1", None)
    );
}

#[test]
fn what_is_no_object_is_refused_by_the_type_s_name() {
    assert!(
        error("5").starts_with("invalid type: integer `5`, expected an object (OrgInvitePost)")
    );
    assert!(error("[]").starts_with("invalid type: sequence, expected an object (OrgInvitePost)"));
    assert!(error("null").starts_with("invalid type: null, expected an object (OrgInvitePost)"));
}

#[test]
fn a_value_of_the_wrong_type_is_refused() {
    let text = r#"{"email":"a","role":7}"#;
    assert!(error(text).starts_with("invalid type: integer `7`, expected a string"));
}

#[test]
fn unknown_values_of_string_enums_survive() {
    let role: OrgInvitePostRole = from_str(r#""auditor""#).unwrap();
    assert_eq!(role, OrgInvitePostRole::Unrecognized("auditor".to_owned()));
    assert_eq!(to_string(&role).unwrap(), r#""auditor""#);
    assert_eq!(
        from_str::<OrgInvitePostRole>(r#""\u0065dit""#).unwrap(),
        OrgInvitePostRole::Edit
    );
}

#[test]
fn dates_are_read_and_written() {
    let text = r#"{"id":"1","role":"edit","inviteDate":"2016-05-13T04:00:00.000Z"}"#;
    let invitation: Invitation = from_str(text).unwrap();
    assert_eq!(
        invitation.invite_date.unwrap().to_string(),
        "2016-05-13T04:00:00Z"
    );
}

/// The twin of [`OrgInvitePost`] with serde's derives.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Derived {
    email: String,
    role: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    disallow_transfer: Option<bool>,
    #[serde(
        default,
        with = "double_option",
        skip_serializing_if = "Option::is_none"
    )]
    note: Option<Option<String>>,
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

/// What the derives need to tell absent from null.
mod double_option {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Option<String>>, D::Error> {
        Option::deserialize(from).map(Some)
    }

    pub(super) fn serialize<S: Serializer>(
        value: &Option<Option<String>>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_ref().and_then(Option::as_ref).serialize(to)
    }
}

/// A stream of numbers that are the same in every run (an xorshift generator).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }

    fn text(&mut self) -> String {
        let length = self.next(6);
        let chars = ['a', '"', '\\', '\n', 'é', '𝄞', '\u{1}', ' '];
        (0..length).map(|_| chars[self.next(8) as usize]).collect()
    }

    /// Members of an object, most of them a record's, in any order, some badly typed.
    fn object(&mut self) -> Value {
        let mut members = serde_json::Map::new();
        for _ in 0..self.next(8) {
            let key = match self.next(6) {
                0 | 1 => "email".to_owned(),
                2 | 3 => "role".to_owned(),
                4 => ["disallowTransfer", "note"][self.next(2) as usize].to_owned(),
                _ => self.text(),
            };
            let value = match self.next(12) {
                0 => Value::Null,
                1 => Value::Bool(true),
                2 => json!({"a": [1, {"b": null}]}),
                _ if key == "disallowTransfer" => Value::Bool(false),
                _ => Value::String(self.text()),
            };
            members.insert(key, value);
        }
        Value::Object(members)
    }
}

#[test]
fn it_reads_and_writes_what_derives_read_and_write() {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let (mut good, mut bad) = (0, 0);
    for _ in 0..5_000 {
        let object = numbers.object();
        let text = object.to_string();
        match (from_str::<OrgInvitePost>(&text), from_str::<Derived>(&text)) {
            (Ok(ours), Ok(derived)) => {
                good += 1;
                let ours_again = to_string(&ours).unwrap();
                assert_eq!(ours_again, to_string(&derived).unwrap(), "{text}");
                assert_eq!(post(&ours_again), ours, "{text}");
                assert_eq!(
                    serde_json::from_value::<OrgInvitePost>(object).unwrap(),
                    ours
                );
            }
            (Err(ours), Err(_)) => {
                bad += 1;
                assert!(!ours.to_string().is_empty());
            }
            (ours, derived) => panic!("{text}: {ours:?} but {derived:?}"),
        }
    }
    assert!(good > 500 && bad > 500, "{good} good, {bad} bad");
}

/// A record with more fields than one word has bits.
#[derive(Debug, PartialEq)]
struct Wide([u8; 200]);

const WIDE: [&str; 200] = {
    const TEXT: &str = concat!(
        "000102030405060708091011121314151617181920212223242526272829303132333435363738394041",
        "42434445464748495051525354555657585960616263646566676869707172737475767778798081828384",
        "858687888990919293949596979899"
    );
    let mut names = [""; 200];
    let mut index = 0;
    while index < 100 {
        let (_, from) = TEXT.split_at(index * 2);
        names[index] = from.split_at(2).0;
        // A name of its own for the second half: the text from here on.
        names[index + 100] = TEXT.split_at(TEXT.len() - index).1;
        index += 1;
    }
    names[100] = "none";
    names[101] = "one";
    names[102] = "two";
    names
};

/// The same names as a table has them.
const WIDE_FIELDS: &str = {
    const LENGTH: usize = {
        let (mut length, mut index) = (0, 0);
        while index < WIDE.len() {
            length += 1 + WIDE[index].len();
            index += 1;
        }
        length
    };
    const TEXT: [u8; LENGTH] = {
        let mut text = [b'/'; LENGTH];
        let (mut at, mut index) = (0, 0);
        while index < WIDE.len() {
            let name = WIDE[index].as_bytes();
            let mut from = 0;
            while from < name.len() {
                text[at + 1 + from] = name[from];
                from += 1;
            }
            at += 1 + name.len();
            index += 1;
        }
        text
    };
    match str::from_utf8(&TEXT) {
        Ok(text) => text,
        Err(_) => panic!("names are text"),
    }
};

impl Record for Wide {
    const TABLE: codec::Table = codec::Table {
        name: "Wide",
        fields: WIDE_FIELDS,
        required: 1 | 1 << 63,
        lists: 0,
    };

    const FAR: codec::Far = codec::Far {
        required: &[64, 127, 128, 199],
        lists: &[],
    };

    fn blank() -> Self {
        Self([0; 200])
    }

    fn visit<V: FieldVisitor>(&mut self, field: usize, visitor: &mut V) {
        visitor.value(&mut self.0[field]);
    }
}

impl<'de> Deserialize<'de> for Wide {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::record(from)
    }
}

#[test]
fn a_record_is_shown_as_a_derive_shows_it_with_the_names_of_the_wire() {
    let text = r#"{"id":"1","role":"admin","inviteDate":"2024-05-01T00:00:00Z"}"#;
    let full: Invitation = from_str(text).unwrap();
    let shown = r#"Invitation { id: "1", role: "admin", inviteDate: Some(2024-05-01T00:00:00Z) }"#;
    assert_eq!(format!("{full:?}"), shown);
    let bare: Invitation = from_str(r#"{"id":"","role":"chief"}"#).unwrap();
    let shown = "Invitation {\n    id: \"\",\n    role: \"chief\",\n    inviteDate: None,\n}";
    assert_eq!(format!("{bare:#?}"), shown);
}

/// A body whose `Debug` is what only requests hold has.
struct Sent(OrgInvitePost);

impl fmt::Debug for Sent {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        codec::debug_json(&self.0, "OrgInvitePost", to)
    }
}

#[test]
fn what_is_only_sent_is_shown_as_the_json_that_is_sent() {
    let sent = Sent(post(r#"{"email":"a@b","role":"edit","note":null}"#));
    let shown = r#"OrgInvitePost({"email":"a@b","role":"edit","note":null})"#;
    assert_eq!(format!("{sent:?}"), shown);
    let shown = "[\n    OrgInvitePost({\n      \"email\": \"a@b\",\n      \"role\": \"edit\",\n      \"note\": null\n    }),\n]";
    assert_eq!(format!("{:#?}", [sent]), shown);
}

#[test]
fn roles_are_the_same_if_their_texts_are() {
    let unknown = |text: &str| OrgInvitePostRole::Unrecognized(text.to_owned());
    assert_eq!(OrgInvitePostRole::Admin, unknown("admin"));
    assert_eq!(unknown("chief"), OrgInvitePostRole::from("chief"));
    assert_ne!(OrgInvitePostRole::Admin, OrgInvitePostRole::Edit);
    assert_ne!(OrgInvitePostRole::Admin, unknown("Admin"));
}

#[test]
fn a_key_that_differs_in_one_letter_is_another() {
    // Names of two letters, and of every length from three to twenty.
    for index in [42].into_iter().chain(101..=120) {
        for at in 0..WIDE[index].len() {
            let mut key = WIDE[index].to_owned();
            key.replace_range(at..=at, "x");
            let name = |other: usize| if other == index { &key } else { WIDE[other] };
            let member = |other| format!("{:?}:{}", name(other), other % 250);
            let text = (0..200).map(member).collect::<Vec<_>>().join(",");
            let wide: Wide = from_str(&format!("{{{text}}}")).unwrap();
            assert_eq!(wide.0[index], 0, "{key}");
            assert_eq!(wide.0[index + 1], (index + 1) as u8, "{key}");
        }
    }
}

#[test]
fn wide_records_know_what_is_missing() {
    let all = |without: Option<usize>| {
        let there = (0..200).filter(|index| Some(*index) != without);
        let member = |index| format!("{:?}:{}", WIDE[index], index % 250);
        format!("{{{}}}", there.map(member).collect::<Vec<_>>().join(","))
    };
    let wide: Wide = from_str(&all(None)).unwrap();
    assert!(
        wide.0
            .iter()
            .enumerate()
            .all(|(index, value)| index == usize::from(*value))
    );
    for required in [0, 63, 64, 127, 128, 199] {
        let error = from_str::<Wide>(&all(Some(required)))
            .unwrap_err()
            .to_string();
        let expected = format!("missing field `{}`", WIDE[required]);
        assert!(error.starts_with(&expected), "{error} but not {expected}");
    }
    assert!(from_str::<Wide>(&all(Some(65))).is_ok());
}
