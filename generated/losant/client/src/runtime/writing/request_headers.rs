//! The headers of a request, in layers: each goes before those above it.
//!
//! 1. `accept`, `user-agent` and the body's `content-type`,
//! 2. defaults of header parameters,
//! 3. headers set on the client,
//! 4. header parameters set on the client,
//! 5. header parameters set on the call,
//! 6. cookies,
//! 7. headers set on the call.
//!
//! Credentials come between the last two, for each attempt anew: see `authorize`.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::runtime::tables::api::Api;
use crate::runtime::tables::parameter::{Place, Style};
use crate::runtime::writing::call::{Call, Layer};
use crate::runtime::writing::said::Said;
use crate::runtime::writing::style;

/// The headers of a call, without credentials.
pub(crate) fn of(call: &Call) -> Result<HeaderMap, String> {
    let mut headers = own(call)?;
    parameters(call, Layer::Default, &mut headers)?;
    for (name, value) in &call.core.shared.headers {
        headers.insert(name, value.clone());
    }
    parameters(call, Layer::Client, &mut headers)?;
    parameters(call, Layer::Call, &mut headers)?;
    if let Some(cookies) = cookies(call)? {
        headers.insert(COOKIE, cookies);
    }
    for (name, value) in &call.options.headers {
        insert(&mut headers, name, value)?;
    }
    Ok(headers)
}

/// The names of headers that a user gave.
pub(crate) fn names(headers: &[(String, String)]) -> Vec<HeaderName> {
    let names = headers.iter();
    names
        .filter_map(|(name, _)| HeaderName::try_from(name.as_str()).ok())
        .collect()
}

/// Adds a header that a user gave, in place of any other of that name. It may well be a secret:
/// the message does not repeat the value, and the value is marked as sensitive.
pub(crate) fn insert(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), String> {
    let name = HeaderName::try_from(name).map_err(|_| {
        format!(
            "`{}` is not a name that a header can have",
            name.escape_debug()
        )
    })?;
    let mut value = header_value("header", name.as_str(), value)?;
    value.set_sensitive(true);
    headers.insert(name, value);
    Ok(())
}

fn header_value(what: &str, name: &str, value: &str) -> Result<HeaderValue, String> {
    HeaderValue::from_str(value).map_err(|_| {
        format!("{what} `{name}` has characters that a header cannot carry, such as a line break")
    })
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
fn fixed_value(what: &str, name: &str, value: &'static str) -> Result<HeaderValue, String> {
    HeaderValue::from_maybe_shared(Bytes::from_static(value.as_bytes())).map_err(|_| {
        format!("{what} `{name}` has characters that a header cannot carry, such as a line break")
    })
}

/// What the runtime itself has to say.
fn own(call: &Call) -> Result<HeaderMap, String> {
    let accept = match call.accept.unwrap_or(call.operation.accept) {
        "" => "*/*",
        accept => accept,
    };
    let mut headers = HeaderMap::with_capacity(8);
    headers.insert(ACCEPT, fixed_value("header", "accept", accept)?);
    headers.insert(USER_AGENT, call.core.shared.user_agent.clone());
    if let Some(body) = &call.body {
        headers.insert(
            CONTENT_TYPE,
            header_value("header", "content-type", &body.media_type)?,
        );
        // Of what is in memory, the transport knows the length by itself.
        let streamed = body.content.as_bytes().is_none();
        if let Some(length) = body.content.known_length().filter(|_| streamed) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
        }
    }
    Ok(headers)
}

/// Adds the header parameters that were set on this layer.
fn parameters(call: &Call, layer: Layer, headers: &mut HeaderMap) -> Result<(), String> {
    for (parameter, set_on, value) in call.values() {
        if parameter.place != Place::Header || set_on != layer {
            continue;
        }
        let mut value = match value {
            Said::Text(text) if parameter.style == Style::Simple => {
                fixed_value("header parameter", parameter.name, text)?
            }
            value => match style::header(parameter, &value.value()) {
                Some(text) => header_value("header parameter", parameter.name, &text)?,
                None => continue,
            },
        };
        let name = fixed_name(parameter.name)
            .ok_or_else(|| format!("header parameter `{}` has a bad name", parameter.name))?;
        // Whoever knows the key can claim to have sent the call.
        value.set_sensitive(name.as_str() == "idempotency-key");
        headers.insert(name, value);
    }
    Ok(())
}

/// The `Cookie` header (RFC 6265, section 4.2.1) of cookie parameters.
fn cookies(call: &Call) -> Result<Option<HeaderValue>, String> {
    let in_cookies = call
        .values()
        .filter(|(parameter, ..)| parameter.place == Place::Cookie);
    let pairs: Vec<String> = in_cookies
        .flat_map(|(parameter, _, value)| style::pairs(parameter, &value.value()))
        .collect();
    if pairs.is_empty() {
        return Ok(None);
    }
    let mut value = header_value("header", "cookie", &pairs.join("; "))?;
    value.set_sensitive(true);
    Ok(Some(value))
}
