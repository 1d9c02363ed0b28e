//! From a call to a request that is ready to be sent, or the reason why it must not be.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method};
use secrecy::ExposeSecret;
use url::Url;

use super::call::Call;
use super::credential::Placed;
use super::failure::Failure;
use super::request_headers;
use super::request_url;

/// A request that is ready to be sent.
pub(super) struct Prepared {
    pub(super) method: Method,
    /// The URL without credentials, which links to other pages are relative to.
    pub(super) address: Url,
    /// The URL as it is sent.
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) timeout: Option<Duration>,
}

/// Prepares a call. `page` is the address of a further page, in place of the call's own.
pub(super) fn prepare(call: &Call, page: Option<&Url>) -> Result<Prepared, Failure> {
    checked(call, page).map_err(Failure::request)
}

fn checked(call: &Call, page: Option<&Url>) -> Result<Prepared, String> {
    if let Some(problem) = &call.problem {
        return Err(problem.clone());
    }
    required(call)?;
    let method = Method::from_bytes(call.operation.method.as_bytes())
        .map_err(|_| format!("`{}` is not an HTTP method", call.operation.method))?;
    let address = match page {
        Some(page) => page.clone(),
        None => request_url::of(call, &base_url(call)?)?,
    };
    let credentials = credentials(call);
    let url = credentials
        .iter()
        .fold(address.clone(), |url, credential| match credential {
            Placed::Query(name, value) => {
                request_url::with_query(&url, name, value.expose_secret())
            }
            _ => url,
        });
    Ok(Prepared {
        method,
        address,
        url,
        headers: request_headers::of(call, &credentials)?,
        body: call
            .body
            .as_ref()
            .map(|body| body.bytes.clone())
            .unwrap_or_default(),
        timeout: call.options.timeout.or(call.core.shared.timeout),
    })
}

/// Where the call goes: the base URL of its options, of the client as it was told, of the
/// operation, of the API.
pub(super) fn base_url(call: &Call) -> Result<Url, String> {
    let shared = &call.core.shared;
    let own = call.operation.server.filter(|_| !shared.redirected);
    let own = own.map(|server| server.url(&shared.variables));
    match (&call.options.base_url, own) {
        (Some(text), _) => request_url::base(text),
        (None, Some(text)) if text.contains("://") => request_url::base(&text),
        (None, Some(text)) => {
            let joined = shared.base_url.join(&text);
            let url =
                joined.map_err(|error| format!("the server `{text}` is not valid: {error}"))?;
            request_url::base(url.as_str())
        }
        (None, None) => Ok(shared.base_url.clone()),
    }
}

fn required(call: &Call) -> Result<(), String> {
    for (index, parameter) in call.operation.parameters.iter().enumerate() {
        if parameter.required && call.value(index).is_none() {
            let place = parameter.place.as_str();
            return Err(format!(
                "{place} parameter `{}` is required",
                parameter.name
            ));
        }
    }
    Ok(())
}

/// The credentials of the first alternative of which every one is set; none if there is no such
/// alternative.
fn credentials(call: &Call) -> Vec<&Placed> {
    let set = &call.core.shared.credentials;
    let complete = |alternative: &&[usize]| -> Option<Vec<&Placed>> {
        alternative
            .iter()
            .map(|scheme| set.get(*scheme)?.as_ref())
            .collect()
    };
    let named = call
        .operation
        .security
        .iter()
        .filter(|alternative| !alternative.is_empty());
    named.filter_map(complete).next().unwrap_or_default()
}
