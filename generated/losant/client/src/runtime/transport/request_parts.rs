//! A request before it is put together.

use http::{Extensions, HeaderMap, Method, Request, Uri};
use url::Url;

use crate::runtime::transport::TransportError;
use crate::runtime::transport::body::Body;

/// A request in its parts, as the client has it: its URL is parsed already. HTTP/1.1 and HTTP/2 are
/// alike in all of it.
///
/// ```
/// use std::time::Duration;
///
/// use losant_invites::runtime::transport::{Answer, RequestParts};
/// use losant_invites::runtime::{Body, Transport};
///
/// /// Sends what is for one host elsewhere.
/// #[derive(Debug)]
/// struct Moved<T>(T);
///
/// impl<T: Transport> Transport for Moved<T> {
///     fn send(&self, request: http::Request<Body>, timeout: Option<Duration>) -> Answer<'_> {
///         self.0.send(request, timeout)
///     }
///
///     fn send_parts(&self, mut parts: RequestParts, timeout: Option<Duration>) -> Answer<'_> {
///         if parts.url.host_str() == Some("old.example") {
///             let _ = parts.url.set_host(Some("new.example"));
///         }
///         self.0.send_parts(parts, timeout)
///     }
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct RequestParts {
    /// The method.
    pub method: Method,
    /// Where it goes.
    pub url: Url,
    /// The headers, without `Host`.
    pub headers: HeaderMap,
    /// What is sent.
    pub body: Body,
    /// What else is known of it, for transports that ask: fakes do.
    pub extensions: Extensions,
}

impl RequestParts {
    /// The request as HTTP libraries know it. It has its URL among its extensions, too, so that
    /// nobody behind needs to parse it.
    ///
    /// # Errors
    /// If the URL is none of the crate `http`: it is too long.
    pub fn into_request(self) -> Result<Request<Body>, TransportError> {
        let uri = Uri::try_from(self.url.as_str()).map_err(TransportError::interrupted)?;
        let mut request = Request::new(self.body);
        *request.method_mut() = self.method;
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers;
        *request.extensions_mut() = self.extensions;
        request.extensions_mut().insert(self.url);
        Ok(request)
    }
}
