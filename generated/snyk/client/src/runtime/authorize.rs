//! Putting credentials into a request, anew for each attempt.

use std::sync::Arc;
use std::time::Duration;

use http::header::COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::client::Shared;
use super::clock::Alarm;
use super::credential::{self, Placed, Source};
use super::failure::Failure;
use super::prepare::Prepared;
use super::request_url;
use super::token::{TokenContext, TokenError, TokenProvider};

/// A request's URL and headers with its credentials in them.
pub(super) struct Authorized {
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    fetched: Vec<(Arc<dyn TokenProvider>, SecretString)>,
    /// The parameters of the query that are credentials.
    #[cfg(feature = "test-util")]
    pub(super) secrets: Vec<String>,
}

impl Authorized {
    /// Tells those who fetched the tokens that the server refused them; whether any of them can
    /// get another.
    pub(super) fn refused(&self) -> bool {
        let mut others = false;
        for (provider, token) in &self.fetched {
            others |= provider.refused(token);
        }
        others
    }
}

/// Adds the credentials of a request. Those that are fetched may take their time.
pub(super) async fn authorize(
    shared: &Shared,
    request: &Prepared,
    timeout: Option<Duration>,
) -> Result<Authorized, Failure> {
    let mut authorized = Authorized {
        url: request.address.clone(),
        headers: request.headers.clone(),
        fetched: Vec::new(),
        #[cfg(feature = "test-util")]
        secrets: Vec::new(),
    };
    for (kind, source) in &request.credentials {
        match source {
            Source::Ready(placed) => authorized.place(request, placed)?,
            Source::Provider(provider) => {
                let context = TokenContext {
                    transport: shared.transport.as_ref(),
                    clock: shared.clock.as_ref(),
                    base_url: shared.base_url.as_str(),
                    timeout,
                };
                let mut alarm = Alarm::new(shared.clock.as_ref(), timeout);
                let token = alarm.guard(provider.token(context)).await;
                let token = token.unwrap_or_else(|_| Err(too_late()));
                let token = token.map_err(Failure::credential)?;
                let placed = credential::token_for(*kind, &token)
                    .map_err(|why| Failure::request(format!("the token that was fetched {why}")))?;
                authorized.place(request, &placed)?;
                authorized.fetched.push((Arc::clone(provider), token));
            }
        }
    }
    Ok(authorized)
}

impl Authorized {
    /// Adds a credential, unless the call has a header of its own in that place.
    fn place(&mut self, request: &Prepared, placed: &Placed) -> Result<(), Failure> {
        let taken = |name: &HeaderName| request.chosen.contains(name);
        match placed {
            Placed::Header(name, _) if taken(name) => {}
            Placed::Header(name, value) => {
                self.headers.insert(name, value.clone());
            }
            Placed::Query(name, value) => {
                #[cfg(feature = "test-util")]
                self.secrets.push(name.clone());
                self.url = request_url::with_query(&self.url, name, value.expose_secret());
            }
            Placed::Cookie(_) if taken(&COOKIE) => {}
            Placed::Cookie(pair) => {
                let cookies = joined(self.headers.get(COOKIE), pair.expose_secret());
                let mut cookies = cookies.ok_or_else(|| {
                    Failure::request("the cookies have characters that a header cannot carry")
                })?;
                cookies.set_sensitive(true);
                self.headers.insert(COOKIE, cookies);
            }
        }
        Ok(())
    }
}

fn too_late() -> TokenError {
    TokenError::new("no token came in time").transient()
}

/// RFC 6265, section 4.2.1.
fn joined(cookies: Option<&HeaderValue>, pair: &str) -> Option<HeaderValue> {
    let mut bytes = cookies.map_or_else(Vec::new, |cookies| {
        let mut bytes = cookies.as_bytes().to_vec();
        bytes.extend_from_slice(b"; ");
        bytes
    });
    bytes.extend_from_slice(pair.as_bytes());
    HeaderValue::from_bytes(&bytes).ok()
}
