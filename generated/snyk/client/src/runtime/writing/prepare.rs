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

/// A call whose requests can be sent.
pub(crate) struct Prepared {
    pub(crate) call: Call,
    pub(crate) method: Method,
    /// The address of a further page, in place of the call's own.
    page: Option<Box<Url>>,
    /// The headers that the call set itself, which go before credentials that are fetched.
    pub(crate) chosen: Vec<HeaderName>,
    pub(crate) credentials: Chosen,
    #[cfg(feature = "test-util")]
    pub(crate) origin: crate::runtime::fake::seen::Origin,
}

/// A call that is ready to be sent.
pub(crate) struct Ready {
    pub(crate) request: Prepared,
    pub(crate) first: First,
}

/// What the first request is made of. Most calls are sent once, so it is given away with that request;
/// for another one it is written again.
pub(crate) struct First {
    /// The URL without credentials, which links to other pages are relative to.
    pub(crate) url: Url,
    /// The headers with the credentials that need not be fetched.
    pub(crate) headers: HeaderMap,
}

/// Prepares a call. `page` is the address of a further page, in place of the call's own.
pub(crate) fn prepare(call: Call, page: Option<Url>) -> Result<Ready, Failure> {
    if let Some(problem) = &call.problem {
        return Err(Failure::request(problem.as_str()));
    }
    required(&call)?;
    let method = Method::from_bytes(call.operation.method.as_bytes())
        .map_err(|_| no_method(call.operation.method))?;
    let url = match &page {
        Some(page) => page.clone(),
        None => own_address(&call)?,
    };
    let own = &call.own_options().headers;
    let chosen = match own.is_empty() {
        true => Vec::new(),
        false => request_headers::names(own),
    };
    let credentials = Chosen::of(&call)?;
    let headers = headers(&call, &credentials)?;
    Ok(Ready {
        request: Prepared {
            #[cfg(feature = "test-util")]
            origin: origin(&call),
            call,
            method,
            page: page.map(Box::new),
            chosen,
            credentials,
        },
        first: First { url, headers },
    })
}

/// The URL of a call that is no further page.
fn own_address(call: &Call) -> Result<Url, Failure> {
    let base = base_url(call).map_err(Failure::request)?;
    request_url::of(call, &base)
}

/// The headers of a request, with the credentials that need not be fetched.
fn headers(call: &Call, credentials: &Chosen) -> Result<HeaderMap, Failure> {
    let mut headers = request_headers::of(call)?;
    credentials.put_into(&call.core.shared, &mut headers)?;
    request_headers::put_own(call, &mut headers)?;
    Ok(headers)
}

impl Prepared {
    /// What the call shares with others.
    pub(crate) fn shared(&self) -> &Shared {
        &self.call.core.shared
    }

    /// What is called.
    pub(crate) fn operation(&self) -> &'static Operation {
        self.call.operation
    }

    /// The headers once more, with the credentials that need not be fetched.
    #[cold]
    pub(crate) fn headers(&self) -> Result<HeaderMap, Failure> {
        headers(&self.call, &self.credentials)
    }

    /// The URL once more, without credentials.
    #[cold]
    pub(crate) fn address(&self) -> Result<Url, Failure> {
        match &self.page {
            Some(page) => Ok(Url::clone(page)),
            None => own_address(&self.call),
        }
    }

    /// What is sent.
    pub(crate) fn body(&self) -> Option<&Upload> {
        self.call.body.as_ref().map(|body| &body.content)
    }

    /// How long the call may take with all its attempts.
    pub(crate) fn timeout(&self) -> Option<Duration> {
        self.call.own_options().timeout.or(self.shared().timeout)
    }

    /// How long an attempt may take.
    pub(crate) fn attempt_timeout(&self) -> Option<Duration> {
        let own = self.call.own_options().attempt_timeout;
        own.or(self.shared().attempt_timeout)
    }

    /// How often and how soon it is sent again.
    pub(crate) fn retries(&self) -> &RetryPolicy {
        let own = self.call.own_options().retries.as_ref();
        own.unwrap_or(&self.shared().retries)
    }
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
        Some((parameter.name(), value.value().into_owned()))
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
fn missing(Parameter(name, manner): &Parameter) -> Failure {
    let place = manner.place.as_str();
    Failure::request(format!("{place} parameter `{name}` is required"))
}
