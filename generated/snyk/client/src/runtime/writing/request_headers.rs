//! The headers of a request, in layers: each goes before those above it.
//!
//! 1. `accept`, `user-agent` and the body's `content-type`,
//! 2. defaults of header parameters,
//! 3. headers set on the client,
//! 4. header parameters set on the client,
//! 5. header parameters set on the call,
//! 6. cookies,
//! 7. credentials that are at hand,
//! 8. headers set on the call.
//!
//! Credentials that are fetched come between the last two as well, for each attempt anew: see
//! `authorize`.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::runtime::delivery::retry;
use crate::runtime::reading::failure::Failure;
use crate::runtime::tables::api::Api;
use crate::runtime::tables::parameter::{Place, Style};
use crate::runtime::writing::call::{Call, Layer};
use crate::runtime::writing::said::Said;
use crate::runtime::writing::style;

/// Adds a header in place of any other of that name. It is a page of code, which is worth having
/// once.
#[inline(never)]
pub(crate) fn put(map: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    map.insert(name, value);
}

/// The headers of a call up to its cookies.
pub(crate) fn of(call: &Call) -> Result<HeaderMap, Failure> {
    let mut headers = own(call)?;
    let above = parameters(call, Layer::Default, &mut headers)?;
    for (name, value) in &call.core.shared.headers {
        put(&mut headers, name.clone(), value.clone());
    }
    if above {
        parameters(call, Layer::Client, &mut headers)?;
        parameters(call, Layer::Call, &mut headers)?;
    }
    if let Some(cookies) = cookies(call)? {
        put(&mut headers, COOKIE, cookies);
    }
    Ok(headers)
}

/// Adds the headers that were set on the call, in place of all others.
pub(crate) fn put_own(call: &Call, headers: &mut HeaderMap) -> Result<(), Failure> {
    for (name, value) in &call.own_options().headers {
        let (name, value) = line(name, value).map_err(Failure::request)?;
        put(headers, name, value);
    }
    Ok(())
}

/// The names of headers that a user gave.
pub(crate) fn names(headers: &[(String, String)]) -> Vec<HeaderName> {
    let mut names = Vec::with_capacity(headers.len());
    for (name, _) in headers {
        names.extend(HeaderName::try_from(name.as_str()).ok());
    }
    names
}

/// A header that a user gave. It may well be a secret: the message does not repeat the value, and
/// the value is marked as sensitive.
pub(crate) fn line(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let name = HeaderName::try_from(name).map_err(|_| {
        let shown = format!("{name:?}");
        let shown = shown.get(1..shown.len() - 1).unwrap_or_default();
        format!("`{shown}` is not a name that a header can have")
    })?;
    let mut value = header_value("header", name.as_str(), value)?;
    value.set_sensitive(true);
    Ok((name, value))
}

#[inline(never)]
fn header_value(what: &str, name: &str, value: &str) -> Result<HeaderValue, String> {
    HeaderValue::from_str(value).map_err(|_| cannot_carry(what, name))
}

/// Who sends the calls: this crate.
pub(crate) fn user_agent(api: &Api) -> Result<HeaderValue, String> {
    let agent = format!("{}/{}", api.name, api.version);
    header_value("header", "user-agent", &agent)
}

/// A name that never changes. It is not copied if it is written as HTTP/2 has it.
fn fixed_name(name: &'static str) -> Option<HeaderName> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    match !name.is_empty() && name.bytes().all(plain) {
        true => Some(HeaderName::from_static(name)),
        false => HeaderName::try_from(name).ok(),
    }
}

/// A value that never changes. It is not copied if it is plain text.
fn fixed_value(what: &str, name: &str, value: &'static str) -> Result<HeaderValue, Failure> {
    HeaderValue::from_maybe_shared(Bytes::from_static(value.as_bytes()))
        .map_err(|_| Failure::request(cannot_carry(what, name)))
}

#[cold]
fn cannot_carry(what: &str, name: &str) -> String {
    format!("{what} `{name}` has characters that a header cannot carry, such as a line break")
}

/// What the runtime itself has to say.
fn own(call: &Call) -> Result<HeaderMap, Failure> {
    let accept = match call.accept.unwrap_or(call.operation.accept) {
        "" => "*/*",
        accept => accept,
    };
    let mut headers = HeaderMap::new();
    put(
        &mut headers,
        ACCEPT,
        fixed_value("header", "accept", accept)?,
    );
    put(
        &mut headers,
        USER_AGENT,
        call.core.shared.user_agent.clone(),
    );
    if let Some(body) = &call.body {
        let media_type = header_value("header", "content-type", &body.media_type);
        put(
            &mut headers,
            CONTENT_TYPE,
            media_type.map_err(Failure::request)?,
        );
        // Of what is in memory, the transport knows the length by itself.
        let streamed = body.content.as_bytes().is_none();
        if let Some(length) = body.content.known_length().filter(|_| streamed) {
            put(&mut headers, CONTENT_LENGTH, HeaderValue::from(length));
        }
    }
    Ok(headers)
}

/// Adds the header parameters that were set on this layer; whether there are some of another.
#[inline(never)]
fn parameters(call: &Call, layer: Layer, headers: &mut HeaderMap) -> Result<bool, Failure> {
    let mut others = false;
    for (parameter, set_on, value) in call.values_in(|place| place == Place::Header) {
        if set_on != layer {
            others = true;
            continue;
        }
        let mut value = match value {
            Said::Text(text) if parameter.style == Style::Simple => {
                fixed_value("header parameter", parameter.name(), text)?
            }
            value => match style::header(parameter, &value.value()) {
                Some(text) => header_value("header parameter", parameter.name(), &text)
                    .map_err(Failure::request)?,
                None => continue,
            },
        };
        let name = fixed_name(parameter.sent_as.unwrap_or(parameter.name()))
            .ok_or_else(|| bad_name(parameter.name()))?;
        // Whoever knows the key can claim to have sent the call.
        value.set_sensitive(name.as_str() == retry::KEY);
        put(headers, name, value);
    }
    Ok(others)
}

#[cold]
fn bad_name(name: &str) -> Failure {
    Failure::request(format!("header parameter `{name}` has a bad name"))
}

/// The `Cookie` header (RFC 6265, section 4.2.1) of cookie parameters.
fn cookies(call: &Call) -> Result<Option<HeaderValue>, Failure> {
    let mut pairs = Vec::new();
    for (parameter, _, value) in call.values_in(|place| place == Place::Cookie) {
        pairs.extend(style::pairs(parameter, &value.value()));
    }
    if pairs.is_empty() {
        return Ok(None);
    }
    let value = header_value("header", "cookie", &style::joined(&pairs, "; "));
    let mut value = value.map_err(Failure::request)?;
    value.set_sensitive(true);
    Ok(Some(value))
}
