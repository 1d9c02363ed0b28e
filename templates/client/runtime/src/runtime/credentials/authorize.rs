//! Putting credentials into a request; those that are fetched, anew for each attempt.

use std::sync::Arc;

use http::header::COOKIE;
use http::{HeaderMap, HeaderName};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::runtime::credentials::chosen::put_into;
use crate::runtime::credentials::credential::{self, Placed, Source};
use crate::runtime::credentials::token::{TokenContext, TokenError, TokenProvider};
use crate::runtime::delivery::client::Shared;
use crate::runtime::delivery::clock::Alarm;
use crate::runtime::reading::failure::Failure;
use crate::runtime::tables::api::{Scheme, SchemeKind};
use crate::runtime::writing::prepare::Prepared;
use crate::runtime::writing::request_url;

/// A request with all its credentials at hand.
pub(crate) struct Authorized<'a> {
    shared: &'a Shared,
    request: &'a Prepared,
    fetched: Vec<Fetched<'a>>,
}

/// A token that was fetched, and its place.
struct Fetched<'a> {
    /// The position of its scheme.
    at: usize,
    placed: Placed,
    provider: &'a Arc<dyn TokenProvider>,
    token: SecretString,
}

impl<'a> Authorized<'a> {
    /// The request with the credentials that are at hand; `None` if some must be fetched first.
    pub(crate) fn at_once(shared: &'a Shared, request: &'a Prepared) -> Option<Self> {
        let mut sources = request.credentials.all(shared);
        let ready = sources.all(|(_, _, source)| matches!(source, Source::Ready(_)));
        ready.then_some(Self {
            shared,
            request,
            fetched: Vec::new(),
        })
    }
}

/// Gets the credentials of a request. Those that are fetched may take their time, until the alarm
/// rings.
pub(crate) async fn authorize<'a>(
    shared: &'a Shared,
    request: &'a Prepared,
    alarm: &mut Alarm,
) -> Result<Authorized<'a>, Failure> {
    let mut fetched = Vec::new();
    for (at, kind, source) in request.credentials.all(shared) {
        let Source::Provider(provider) = source else {
            continue;
        };
        let context = TokenContext {
            transport: &shared.transport,
            clock: shared.clock.as_ref(),
            base_url: shared.base_url.as_str(),
            timeout: alarm.left(shared.clock.as_ref()),
        };
        let token = alarm.guard(provider.token(context)).await;
        let token = token.unwrap_or_else(|_| Err(too_late()));
        let token = token.map_err(Failure::credential)?;
        let placed = credential::token_for(kind, &token)
            .map_err(|why| Failure::request(format!("the token that was fetched {why}")))?;
        fetched.push(Fetched {
            at,
            placed,
            provider,
            token,
        });
    }
    Ok(Authorized {
        shared,
        request,
        fetched,
    })
}

impl<'a> Authorized<'a> {
    /// Tells those who fetched the tokens that the server refused them; whether any of them can
    /// get another.
    pub(crate) fn refused(&self) -> bool {
        let mut others = false;
        for fetched in &self.fetched {
            others |= fetched.provider.refused(&fetched.token);
        }
        others
    }

    /// The request's headers with its credentials; those that are ready, if they still are. A header
    /// that the call set itself stays.
    pub(crate) fn headers(&self, ready: Option<HeaderMap>) -> Result<HeaderMap, Failure> {
        let headers = match ready {
            Some(headers) => headers,
            None => self.request.headers()?,
        };
        match self.fetched.is_empty() {
            true => Ok(headers),
            false => self.with_fetched(headers),
        }
    }

    #[cold]
    fn with_fetched(&self, mut headers: HeaderMap) -> Result<HeaderMap, Failure> {
        for Fetched { placed, .. } in &self.fetched {
            let taken = match placed {
                Placed::Header(name, _) => self.request.chosen.contains(name),
                Placed::Cookie(_) => self.request.chosen.contains(&COOKIE),
                Placed::Query(..) => true,
            };
            if !taken {
                put_into(&mut headers, placed)?;
            }
        }
        Ok(headers)
    }

    /// Whether a header of this name holds a credential.
    pub(crate) fn is_in(&self, name: &HeaderName) -> bool {
        let is_it = |placed: &Placed| matches!(placed, Placed::Header(other, _) if other == name);
        self.placed().any(is_it)
    }

    /// This URL with the credentials that go into the query; `None` if there are none.
    pub(crate) fn with_query(&self, url: &Url) -> Option<Url> {
        let mut schemes = self.shared.api.schemes.iter();
        let in_query = |scheme: &Scheme| matches!(scheme.kind, SchemeKind::Query { .. });
        schemes.any(in_query).then(|| self.in_url(url)).flatten()
    }

    #[cold]
    fn in_url(&self, url: &Url) -> Option<Url> {
        let mut with: Option<Url> = None;
        for placed in self.placed() {
            if let Placed::Query(name, value) = placed {
                let url = with.as_ref().unwrap_or(url);
                with = Some(request_url::with_query(url, name, value.expose_secret()));
            }
        }
        with
    }

    /// The parameters of the query that are credentials.
    #[cfg(feature = "test-util")]
    pub(crate) fn in_query(&self) -> impl Iterator<Item = &str> {
        self.placed().filter_map(|placed| match placed {
            Placed::Query(name, _) => Some(name.as_str()),
            Placed::Header(..) | Placed::Cookie(_) => None,
        })
    }

    fn placed(&self) -> impl Iterator<Item = &Placed> {
        let credentials = self.request.credentials.all(self.shared);
        credentials.filter_map(|(at, _, source)| match source {
            Source::Ready(placed) => Some(placed),
            Source::Provider(_) => {
                let fetched = self.fetched.iter().find(|it| it.at == at);
                fetched.map(|it| &it.placed)
            }
        })
    }
}

fn too_late() -> TokenError {
    TokenError::new("no token came in time").transient()
}
