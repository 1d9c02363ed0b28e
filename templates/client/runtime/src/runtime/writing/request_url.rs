//! The URL of a request: base URL, path, query.
//!
//! A path parameter must stay within its segment. It is percent-encoded, and a value that would
//! be empty, `.` or `..` there is refused, because URLs with such segments mean another resource
//! (RFC 3986, section 5.2.4). So do those whose dots are percent-encoded (section 6.2.2.2), which
//! only a parameter that may hold reserved characters can write.

use url::{ParseError, Position, Url};

use crate::runtime::reading::failure::Failure;
use crate::runtime::tables::operation::Segment;
use crate::runtime::tables::parameter::{Parameter, Place};
use crate::runtime::writing::call::Call;
use crate::runtime::writing::escape;
use crate::runtime::writing::said::Said;
use crate::runtime::writing::style;

/// Checks a base URL. The message does not repeat it, for it may hold a password.
pub(crate) fn base(text: &str) -> Result<Url, String> {
    if text.is_empty() {
        return Err("there is no base URL: set one on the client".to_owned());
    }
    let url = Url::parse(text).map_err(|error| format!("the base URL is not valid: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("the base URL must begin with https:// or http://".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the base URL must not hold a user name or a password".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("the base URL must not have a query or a fragment".to_owned());
    }
    Ok(url)
}

/// As many blanks as an origin is long that is not unusually long.
const ROOM: &str = "                                                                ";

/// The URL of a call, without credentials.
pub(crate) fn of(call: &Call, base: &Url) -> Result<Url, Failure> {
    let mut text = String::with_capacity(2 * base.as_str().len() + 160);
    text.push_str(base.path().trim_end_matches('/'));
    push_path(call, &mut text)?;
    push_query(call, &mut text)?;
    // What is read as seen from the base URL need not be told its host, unless it looks like one.
    let url = match text.starts_with("//") {
        true => Url::parse(&format!("{}{text}", &base[..Position::BeforePath])),
        false => {
            // The parser takes as much memory as its text is long, and blanks away. These make it
            // enough for the origin, too.
            let origin = base[..Position::BeforePath].len();
            text.push_str(ROOM.get(..origin).unwrap_or(ROOM));
            base.join(&text)
        }
    };
    url.map_err(not_valid)
}

#[cold]
fn not_valid(error: ParseError) -> Failure {
    Failure::request(format!("the URL is not valid: {error}"))
}

fn push_path(call: &Call, url: &mut String) -> Result<(), Failure> {
    let base = url.len();
    if !call.operation.path.starts_with('/') {
        url.push('/');
    }
    for segment in call.operation.segments() {
        match segment {
            Segment::Text(text) => escape::push_path_text(url, text),
            Segment::Parameter(index) => push_path_value(call, index, url)?,
        }
    }
    let path = url.get(base..).unwrap_or_default();
    // Most paths have no segment that begins like one of these.
    let dotted = |pair: &[u8]| matches!(pair, [b'/', b'.' | b'%']);
    if path.as_bytes().windows(2).any(dotted) && path.split('/').any(leads_elsewhere) {
        return Err(Failure::request(
            "the path would have a segment that is `.` or `..`",
        ));
    }
    Ok(())
}

fn push_query(call: &Call, url: &mut String) -> Result<(), Failure> {
    let base = url.len();
    url.push('?');
    let in_query = |place| matches!(place, Place::Query | Place::Querystring);
    for (parameter, _, value) in call.values_in(in_query) {
        match parameter.place {
            Place::Querystring => push_whole(url, base + 1, parameter, value)?,
            _ => style::push_pairs(url, base + 1, parameter, value),
        }
    }
    if url.len() == base + 1 {
        url.truncate(base);
    }
    Ok(())
}

/// Adds a parameter that is a whole query. Few operations have one.
#[cold]
fn push_whole(
    url: &mut String,
    from: usize,
    parameter: &Parameter,
    value: Said<'_>,
) -> Result<(), Failure> {
    let name = parameter.name();
    let write = parameter.whole.ok_or_else(|| {
        Failure::request(format!(
            "`{name}` does not say how a whole query is written"
        ))
    })?;
    let whole = write(parameter, &value.value());
    let whole = whole.map_err(|error| Failure::request(format!("`{name}`: {error}")))?;
    if let Some(pair) = whole {
        style::push_pair(url, from, &pair);
    }
    Ok(())
}

fn push_path_value(call: &Call, index: usize, url: &mut String) -> Result<(), Failure> {
    let parameter = call.operation.parameters.get(index);
    let parameter = parameter.ok_or_else(|| no_parameter(index))?;
    let begin = url.len();
    if let Some((_, value)) = call.value(index) {
        style::push_path(url, parameter, value);
    }
    match url.get(begin..).unwrap_or_default() {
        "" => Err(bad_segment(parameter, "is empty")),
        text if leads_elsewhere(text) => {
            let why = "would be `.` or `..` and lead elsewhere";
            Err(bad_segment(parameter, why))
        }
        _ => Ok(()),
    }
}

#[cold]
fn no_parameter(index: usize) -> Failure {
    Failure::request(format!("the path names no parameter {index}"))
}

#[cold]
fn bad_segment(Parameter(name, _): &Parameter, why: &str) -> Failure {
    Failure::request(format!("path parameter `{name}` {why}"))
}

/// Whether a segment is `.` or `..`, percent-encoded or not.
fn leads_elsewhere(segment: &str) -> bool {
    let mut rest = segment.as_bytes();
    let mut dots = 0;
    while let [b'.', after @ ..] | [b'%', b'2', b'e' | b'E', after @ ..] = rest {
        rest = after;
        dots += 1;
    }
    rest.is_empty() && matches!(dots, 1 | 2)
}

/// The same URL with a query parameter, given encoded, in place of any other of that name.
pub(crate) fn with_query(url: &Url, name: &str, value: &str) -> Url {
    let mut query = String::new();
    for pair in url.query().unwrap_or_default().split('&') {
        if !pair.is_empty() && pair.split('=').next() != Some(name) {
            query.push_str(pair);
            query.push('&');
        }
    }
    query.push_str(name);
    query.push('=');
    query.push_str(value);
    let mut url = url.clone();
    url.set_query(Some(&query));
    url
}

/// The scheme, and the host with its port, which are safe to show. A default port is in no URL.
pub(crate) fn origin(url: &Url) -> (&str, &str) {
    (
        url.scheme(),
        &url[Position::BeforeHost..Position::AfterPort],
    )
}

/// Where a link leads, seen from the URL of the response that has it; `None` if that is no URL of
/// HTTP. A user name, password or fragment in it is dropped.
pub(crate) fn link(from: &Url, link: &str) -> Option<Url> {
    let mut url = from.join(link).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    url.set_fragment(None);
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    Some(url)
}
