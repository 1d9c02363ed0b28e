//! Redirects: which are followed, and what goes along.

use std::borrow::Cow;

use http::header::{ACCEPT, ACCEPT_LANGUAGE, LOCATION, RANGE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use percent_encoding::{AsciiSet, percent_encode};
use url::{Url, form_urlencoded};

use crate::runtime::credentials::authorize::Authorized;
use crate::runtime::reading::failure::Failure;
use crate::runtime::reading::response::RawResponse;
use crate::runtime::transport::body::Upload;
use crate::runtime::writing::prepare::{First, Prepared};
use crate::runtime::writing::request_headers::put;
use crate::runtime::writing::request_url::{self, origin};

/// The most redirects that one attempt follows.
pub(crate) const MOST: u32 = 10;

/// What may be said to an origin that the caller did not name: nothing of who the caller is.
const OPEN: [HeaderName; 4] = [ACCEPT, ACCEPT_LANGUAGE, RANGE, USER_AGENT];

/// Where a request goes next.
pub(crate) struct Hop {
    /// The URL, unless it is that of the call's first request, which is given away with it. It is in
    /// a box because few requests have one.
    other: Option<Box<Url>>,
    /// Whether it never left the origin that its credentials are for.
    home: bool,
}

impl Hop {
    /// The first one of an attempt.
    pub(crate) fn first(
        request: &Prepared,
        authorized: &Authorized<'_>,
        first: Option<&First>,
    ) -> Result<Self, Failure> {
        let other = match first {
            Some(First { url, .. }) => authorized.with_query(url),
            None => Some(again(request, authorized)?),
        };
        Ok(Self {
            other: other.map(Box::new),
            home: true,
        })
    }

    /// Where it goes, credentials included.
    #[cold]
    pub(crate) fn url(&self, request: &Prepared) -> Cow<'_, Url> {
        match &self.other {
            Some(other) => Cow::Borrowed(other),
            None => {
                // It could be written when it was sent, and so it can now.
                let base = |_| request.shared().base_url.clone();
                Cow::Owned(request.address().unwrap_or_else(base))
            }
        }
    }

    /// Where it goes, credentials included, to be given away: `own` is the URL of the first request,
    /// as long as that was not sent.
    pub(crate) fn taken(&self, request: &Prepared, own: Option<Url>) -> Result<Url, Failure> {
        match (&self.other, own) {
            (Some(other), _) => Ok(Url::clone(other)),
            (None, Some(own)) => Ok(own),
            (None, None) => request.address(),
        }
    }

    /// Keeps a copy of the URL, for those who ask for it more than once.
    #[cold]
    pub(crate) fn keep(&mut self, url: &Url) {
        self.other.get_or_insert_with(|| Box::new(url.clone()));
    }

    /// Whether it never left the origin that its credentials are for.
    pub(crate) fn is_home(&self) -> bool {
        self.home
    }

    /// Follows a redirect. Parameters that are credentials, by their names, do not leave home even
    /// if the server repeats them.
    pub(crate) fn go(
        &mut self,
        to: Url,
        request: &Prepared,
        authorized: &Authorized<'_>,
        is_credential: impl Fn(&str) -> bool,
    ) {
        self.home &= origin(&to) == origin(&self.url(request));
        let to = match self.home {
            true => authorized.with_query(&to).unwrap_or(to),
            false => without(to, is_credential),
        };
        self.other = Some(Box::new(to));
    }

    /// The headers for it, before hooks see them.
    pub(crate) fn headers(
        &self,
        request: &Prepared,
        authorized: &Authorized<'_>,
        ready: Option<HeaderMap>,
    ) -> Result<HeaderMap, Failure> {
        match self.home {
            true => authorized.headers(ready),
            false => Ok(open(&request.headers()?, authorized)),
        }
    }

    /// The headers for it, once hooks have seen them.
    pub(crate) fn checked(&self, headers: HeaderMap, authorized: &Authorized<'_>) -> HeaderMap {
        match self.home {
            true => headers,
            false => open(&headers, authorized),
        }
    }
}

/// The URL of another attempt, credentials included.
#[cold]
fn again(request: &Prepared, authorized: &Authorized<'_>) -> Result<Url, Failure> {
    let url = request.address()?;
    Ok(authorized.with_query(&url).unwrap_or(url))
}

/// Those of the headers that may leave home. A credential in one of them may not.
#[cold]
fn open(headers: &HeaderMap, authorized: &Authorized<'_>) -> HeaderMap {
    let mut kept = HeaderMap::new();
    for name in OPEN {
        match headers.get(&name) {
            Some(value) if !authorized.is_in(&name) => put(&mut kept, name, value.clone()),
            _ => {}
        }
    }
    kept
}

/// Where a redirect leads, if it may be followed: the method is safe to repeat, and the way does
/// not leave TLS. An operation that only says where something is does not go to other hosts for
/// it, and a body goes to no other host at all.
#[inline]
pub(crate) fn target(request: &Prepared, hop: &Hop, head: &RawResponse) -> Option<Url> {
    let moved = head.status_code().is_redirection();
    let from = || hop.url(request);
    moved.then(|| moved_to(request, &from(), head)).flatten()
}

#[cold]
fn moved_to(request: &Prepared, from: &Url, head: &RawResponse) -> Option<Url> {
    let safe = matches!(request.method, Method::GET | Method::HEAD);
    let moved = matches!(
        head.status_code(),
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    if !safe || !moved {
        return None;
    }
    let location = head.headers().get(LOCATION)?;
    let to = request_url::link(from, &reference(location))?;
    let may = match origin(&to) == origin(from) {
        true => request.body().is_none_or(Upload::is_left),
        false => {
            let secure = from.scheme() == "http" || to.scheme() == "https";
            secure && request.body().is_none() && !request.operation().redirects
        }
    };
    may.then_some(to)
}

/// A reference to a URL in a header. Bytes that are not ASCII (RFC 9110, section 5.5) are written as
/// URLs write them, whatever they are the text of.
pub(crate) fn reference(value: &HeaderValue) -> Cow<'_, str> {
    percent_encode(value.as_bytes(), &AsciiSet::EMPTY).into()
}

/// The same URL without those parameters of its query.
pub(crate) fn without(mut url: Url, is_it: impl Fn(&str) -> bool) -> Url {
    let is_other = |pair: &&str| {
        let name = form_urlencoded::parse(pair.as_bytes()).next();
        !is_it(&name.unwrap_or_default().0)
    };
    let query = url.query().unwrap_or_default();
    let others: Vec<&str> = query.split('&').filter(is_other).collect();
    let others = others.join("&");
    if others.len() < query.len() {
        url.set_query(Some(others.as_str()).filter(|others| !others.is_empty()));
    }
    url
}
