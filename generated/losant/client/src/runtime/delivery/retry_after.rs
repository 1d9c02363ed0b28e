//! How long a server wants to be left alone: `Retry-After` in both of its forms (RFC 9110, section
//! 10.2.3).

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// The wait that the headers of an answer ask for; `None` if they do not, or not in a form that is
/// known. A date counts from the server's own `Date`, or from `unix_time` if it has none: the
/// clocks of servers and clients differ.
pub(crate) fn of(headers: &HeaderMap, unix_time: Duration) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit()) {
        // More seconds than can be counted are all there are.
        return Some(text.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    if let Some(wait) = fraction(text) {
        return Some(wait);
    }
    let until = unix(text)?;
    let date = headers.get(DATE).and_then(|date| date.to_str().ok());
    let now = date.and_then(unix).unwrap_or(unix_time);
    Some(until.saturating_sub(now))
}

/// A number of seconds with a fraction, as some servers write it: to the millisecond. (Reading it as a
/// floating-point number would bring the tables for that into each program.)
fn fraction(text: &str) -> Option<Duration> {
    let (whole, fraction) = text.split_once('.')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || text.len() == 1 {
        return None;
    }
    let seconds = match whole {
        "" => Duration::ZERO,
        whole => whole.parse().map_or(Duration::MAX, Duration::from_secs),
    };
    let places = fraction.bytes().zip([100, 10, 1]);
    let millis = places.map(|(digit, worth)| u64::from(digit - b'0') * worth);
    Some(seconds.saturating_add(Duration::from_millis(millis.sum())))
}

fn unix(date: &str) -> Option<Duration> {
    let moment = httpdate::parse_http_date(date).ok()?;
    moment.duration_since(SystemTime::UNIX_EPOCH).ok()
}
