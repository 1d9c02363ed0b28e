//! Values of formats: what they are on the wire, and what is said of those that are no such.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, from_value, json, to_value};

use crate::runtime::Base64;
use crate::runtime::codec::{Blank, blank};
use crate::runtime::formats::jiff::Duration;
use crate::runtime::formats::rust_decimal::Number;
use crate::runtime::formats::time;

/// Reads a value, and writes it as `written`.
fn both<T: DeserializeOwned + Serialize + Debug>(read: Value, written: Value) -> T {
    let value: T = from_value(read).unwrap();
    assert_eq!(to_value(&value).unwrap(), written);
    value
}

/// Reads a value, and writes the same.
fn same<T: DeserializeOwned + Serialize + Debug>(value: Value) -> T {
    both(value.clone(), value)
}

fn error<T: DeserializeOwned + Debug>(value: Value) -> String {
    from_value::<T>(value).unwrap_err().to_string()
}

#[test]
fn bytes_are_base64() {
    let bytes: Base64 = same(json!("+/8BAg=="));
    assert_eq!(bytes, Base64::from(b"\xfb\xff\x01\x02"));
    assert_eq!(&bytes[..2], b"\xfb\xff");
    assert_eq!(bytes.clone().into_vec(), Vec::from(bytes));
    for text in ["-_8BAg==", "+/8BAg", "-_8BAg", "+/8B\r\nAg==\n"] {
        both::<Base64>(json!(text), json!("+/8BAg=="));
    }
    same::<Base64>(json!(""));
    assert_eq!(format!("{:?}", Base64::from(b"Hello")), "Base64(SGVsbG8=)");
    assert!(error::<Base64>(json!("a%b")).starts_with("not base64: "));
    assert!(error::<Base64>(json!(1)).contains("expected base64 text"));
    assert!("*".parse::<Base64>().is_err());
}

#[test]
fn moments_of_every_crate_are_the_same_text() {
    let text = json!("2026-01-31T12:00:00Z");
    let jiff: jiff::Timestamp = same(text.clone());
    let chrono: chrono::DateTime<chrono::Utc> = same(text.clone());
    let time: time::DateTime = same(text);
    assert_eq!(jiff.as_second(), chrono.timestamp());
    assert_eq!(jiff.as_second(), time.unix_timestamp());
    both::<chrono::DateTime<chrono::Utc>>(
        json!("2026-01-31T12:00:00.5+02:00"),
        json!("2026-01-31T10:00:00.500Z"),
    );
    same::<time::DateTime>(json!("2026-01-31T12:00:00.5+02:00"));
    assert!(error::<time::DateTime>(json!("2026-01-31")).starts_with("not a moment: "));
}

#[test]
fn a_moment_that_has_no_text_on_the_wire_is_an_error_and_no_panic() {
    let day = |year| ::time::Date::from_calendar_date(year, ::time::Month::March, 15).unwrap();
    let early = time::DateTime(day(-44).midnight().assume_utc());
    assert!(to_value(early).is_err());
    assert!(serde_json::to_string(&early).is_err());
    assert_eq!(early.to_string(), early.0.to_string());
    // Amsterdam, until 1937.
    let offset = ::time::UtcOffset::from_hms(0, 19, 32).unwrap();
    let noon = ::time::Time::from_hms(12, 0, 0).unwrap();
    let late = time::DateTime(day(1937).with_time(noon).assume_offset(offset));
    assert_eq!(to_value(late).unwrap(), json!("1937-03-15T11:40:28Z"));
    assert_eq!(late.to_string(), "1937-03-15T11:40:28Z");
}

#[test]
fn days_and_times_of_day_too() {
    let day = json!("2026-01-31");
    same::<jiff::civil::Date>(day.clone());
    same::<chrono::NaiveDate>(day.clone());
    let date: time::Date = same(day);
    assert_eq!(::time::Date::from(date).ordinal(), 31);
    let noon = json!("12:30:00");
    same::<jiff::civil::Time>(noon.clone());
    same::<chrono::NaiveTime>(noon.clone());
    let time: time::Time = same(noon);
    assert_eq!(time.hour(), 12);
    same::<time::Time>(json!("12:30:00.25"));
    assert!(error::<time::Time>(json!("noon")).starts_with("not a time of day: "));
    assert!(error::<time::Date>(json!("today")).starts_with("not a day: "));
}

#[test]
fn durations_keep_their_units() {
    let duration: Duration = same(json!("P1DT12H"));
    assert_eq!(duration.get_days(), 1);
    assert_eq!(duration, "P1DT12H".parse().unwrap());
    assert_ne!(duration, "PT36H".parse().unwrap());
    assert!(from_value::<Duration>(json!("soon")).is_err());
}

#[test]
fn decimals_are_text_or_numbers() {
    let price: rust_decimal::Decimal = same(json!("19.90"));
    assert_eq!(price.scale(), 2);
    let number: Number = same(json!(19.9));
    assert_eq!(number, Number("19.9".parse().unwrap()));
    same::<Number>(json!(-7));
    same::<Number>(json!(0.1));
    both::<Number>(json!("1.50"), json!(1.5));
    assert!(from_value::<Number>(json!(1e300)).is_err());
    assert!(error::<Number>(json!(true)).contains("expected a decimal number"));
}

#[test]
fn others_are_read_and_written_by_themselves() {
    same::<uuid::Uuid>(json!("4a72d1db-b465-4764-99e1-ecedad03b06a"));
    same::<url::Url>(json!("https://example.com/a?b"));
    same::<std::net::Ipv4Addr>(json!("192.0.2.1"));
    same::<std::net::Ipv6Addr>(json!("2001:db8::1"));
}

#[test]
fn every_one_has_a_blank_value() {
    fn text<T: Blank + ToString>() -> String {
        blank::<T>().to_string()
    }
    assert_eq!(text::<Base64>(), "");
    assert_eq!(text::<url::Url>(), "data:,");
    assert!(blank::<uuid::Uuid>().is_nil());
    assert_eq!(text::<rust_decimal::Decimal>(), "0");
    assert_eq!(text::<Number>(), "0");
    assert_eq!(blank::<Duration>(), Duration::default());
    assert_eq!(text::<chrono::NaiveDate>(), "1970-01-01");
    assert_eq!(text::<chrono::NaiveTime>(), "00:00:00");
    assert_eq!(blank::<chrono::DateTime<chrono::Utc>>().timestamp(), 0);
    assert_eq!(blank::<time::DateTime>().unix_timestamp(), 0);
    assert_eq!(text::<time::Time>(), "00:00:00");
    assert_eq!(*blank::<time::Date>(), ::time::Date::MIN);
    assert_eq!(text::<std::net::Ipv4Addr>(), "0.0.0.0");
    assert_eq!(text::<std::net::Ipv6Addr>(), "::");
}
