//! From a call to a request that is ready to be sent, or the reason why it must not be.

use std::borrow::Cow;
use std::time::Duration;

use http::{HeaderMap, HeaderName, Method};
use url::Url;

use crate::runtime::credentials::chosen::Chosen;
use crate::runtime::delivery::client::Shared;
use crate::runtime::delivery::retry::RetryPolicy;
use crate::runtime::reading::failure::Failure;
use crate::runtime::tables::operation::Operation;
use crate::runtime::tables::parameter::Parameter;
use crate::runtime::tables::server::Server;
use crate::runtime::transport::body::Upload;
use crate::runtime::writing::call::Call;
use crate::runtime::writing::{request_headers, request_url};

/// A request that is ready to be sent.
pub(crate) struct Prepared {
    pub(crate) operation: &'static Operation,
    pub(crate) method: Method,
    /// The URL without credentials, which links to other pages are relative to.
    pub(crate) address: Url,
    /// The headers, with the credentials that need not be fetched.
    pub(crate) headers: HeaderMap,
    /// The headers that the call set itself, which go before credentials that are fetched.
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
pub(crate) fn prepare(call: &Call, page: Option<&Url>) -> Result<Prepared, Failure> {
    if let Some(problem) = &call.problem {
        return Err(Failure::request(problem.as_str()));
    }
    required(call)?;
    let method = Method::from_bytes(call.operation.method.as_bytes())
        .map_err(|_| no_method(call.operation.method))?;
    let address = match page {
        Some(page) => page.clone(),
        None => request_url::of(call, &*base_url(call).map_err(Failure::request)?)?,
    };
    let shared = &call.core.shared;
    let options = call.own_options();
    let credentials = Chosen::of(call)?;
    let mut headers = request_headers::of(call)?;
    credentials.put_into(shared, &mut headers)?;
    request_headers::put_own(call, &mut headers)?;
    Ok(Prepared {
        operation: call.operation,
        method,
        address,
        chosen: match options.headers.is_empty() {
            true => Vec::new(),
            false => request_headers::names(&options.headers),
        },
        headers,
        credentials,
        body: call.body.as_ref().map(|body| body.content.clone()),
        timeout: options.timeout.or(shared.timeout),
        limits_streams: options.timeout.is_some(),
        attempt_timeout: options.attempt_timeout.or(shared.attempt_timeout),
        limits_attempts: options.attempt_timeout.is_some(),
        retries: options.retries.unwrap_or(shared.retries),
        #[cfg(feature = "test-util")]
        origin: origin(call),
    })
}

#[cold]
fn no_method(name: &str) -> Failure {
    Failure::request(format!("`{name}` is not an HTTP method"))
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
#[inline]
pub(crate) fn base_url(call: &Call) -> Result<Cow<'_, Url>, String> {
    let shared = &call.core.shared;
    let own = call.operation.server.filter(|_| !shared.redirected);
    match (&call.own_options().base_url, own) {
        (Some(text), _) => request_url::base(text).map(Cow::Owned),
        (None, Some(server)) => of_server(server, shared).map(Cow::Owned),
        (None, None) => Ok(Cow::Borrowed(&shared.base_url)),
    }
}

/// The URL of an operation that has a server of its own. It may be relative to the client's.
#[cold]
fn of_server(server: Server, shared: &Shared) -> Result<Url, String> {
    let text = server.url(&shared.variables);
    if text.contains("://") {
        return request_url::base(&text);
    }
    let joined = shared.base_url.join(&text);
    let url = joined.map_err(|error| format!("the server `{text}` is not valid: {error}"))?;
    request_url::base(url.as_str())
}

fn required(call: &Call) -> Result<(), Failure> {
    for (index, parameter) in call.operation.parameters.iter().enumerate() {
        if parameter.required && call.value(index).is_none() {
            return Err(missing(parameter));
        }
    }
    Ok(())
}

#[cold]
fn missing(Parameter { name, place, .. }: &Parameter) -> Failure {
    let place = place.as_str();
    Failure::request(format!("{place} parameter `{name}` is required"))
}
