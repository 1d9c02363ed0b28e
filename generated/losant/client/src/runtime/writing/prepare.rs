//! From a call to a request that is ready to be sent, or the reason why it must not be.

use std::borrow::Cow;
use std::time::Duration;

use http::{HeaderName, Method};
use url::Url;

use crate::runtime::credentials::chosen::Chosen;
use crate::runtime::delivery::retry::RetryPolicy;
use crate::runtime::reading::failure::Failure;
use crate::runtime::tables::operation::Operation;
use crate::runtime::transport::body::Upload;
use crate::runtime::writing::call::Call;
use crate::runtime::writing::request_headers::{self, Lines};
use crate::runtime::writing::request_url;

/// A request that is ready to be sent. It travels in a box, since a future that holds it is moved.
pub(crate) struct Prepared {
    pub(crate) operation: &'static Operation,
    pub(crate) method: Method,
    /// The URL without credentials, which links to other pages are relative to.
    pub(crate) address: Url,
    /// The headers without credentials.
    pub(crate) headers: Lines,
    /// The headers that the call set itself, which go before credentials.
    pub(crate) chosen: Vec<HeaderName>,
    pub(crate) credentials: Chosen,
    pub(crate) body: Option<Upload>,
    pub(crate) timeout: Option<Duration>,
    /// Whether the time is also that of a body that is read as it arrives: only if the call says
    /// so, since streams may well go on for hours.
    pub(crate) limits_streams: bool,
    pub(crate) attempt_timeout: Option<Duration>,
    /// Whether the call itself says so, too.
    pub(crate) limits_attempts: bool,
    pub(crate) retries: RetryPolicy,
    #[cfg(feature = "test-util")]
    pub(crate) origin: crate::runtime::fake::seen::Origin,
}

/// Prepares a call. `page` is the address of a further page, in place of the call's own.
pub(crate) fn prepare(call: &Call, page: Option<&Url>) -> Result<Box<Prepared>, Failure> {
    checked(call, page).map_err(Failure::request)
}

fn checked(call: &Call, page: Option<&Url>) -> Result<Box<Prepared>, String> {
    if let Some(problem) = &call.problem {
        return Err(problem.clone());
    }
    required(call)?;
    let method = Method::from_bytes(call.operation.method.as_bytes())
        .map_err(|_| format!("`{}` is not an HTTP method", call.operation.method))?;
    let address = match page {
        Some(page) => page.clone(),
        None => request_url::of(call, base_url(call)?.as_ref())?,
    };
    let shared = &call.core.shared;
    let options = call.own_options();
    let headers = request_headers::of(call)?;
    Ok(Box::new(Prepared {
        operation: call.operation,
        method,
        address,
        chosen: request_headers::names(&options.headers),
        headers,
        credentials: Chosen::of(call)?,
        body: call.body.as_ref().map(|body| body.content.clone()),
        timeout: options.timeout.or(shared.timeout),
        limits_streams: options.timeout.is_some(),
        attempt_timeout: options.attempt_timeout.or(shared.attempt_timeout),
        limits_attempts: options.attempt_timeout.is_some(),
        retries: options.retries.unwrap_or(shared.retries),
        #[cfg(feature = "test-util")]
        origin: origin(call),
    }))
}

/// What a fake needs to know of a call.
#[cfg(feature = "test-util")]
fn origin(call: &Call) -> crate::runtime::fake::seen::Origin {
    let parameters = call.operation.parameters.iter().enumerate();
    let values = parameters.filter_map(|(index, parameter)| {
        let (_, value) = call.value(index)?;
        Some((parameter.name, value.value().into_owned()))
    });
    crate::runtime::fake::seen::Origin {
        operation: call.operation,
        values: values.collect(),
    }
}

/// Where the call goes: the base URL of its options, of the client as it was told, of the
/// operation, of the API.
pub(crate) fn base_url(call: &Call) -> Result<Cow<'_, Url>, String> {
    let shared = &call.core.shared;
    let own = call.operation.server.filter(|_| !shared.redirected);
    let own = own.map(|server| server.url(&shared.variables));
    match (&call.own_options().base_url, own) {
        (Some(text), _) => request_url::base(text).map(Cow::Owned),
        (None, Some(text)) if text.contains("://") => request_url::base(&text).map(Cow::Owned),
        (None, Some(text)) => {
            let joined = shared.base_url.join(&text);
            let url =
                joined.map_err(|error| format!("the server `{text}` is not valid: {error}"))?;
            request_url::base(url.as_str()).map(Cow::Owned)
        }
        (None, None) => Ok(Cow::Borrowed(&shared.base_url)),
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
