//! Which credentials a call goes with, and how those at hand get into its headers.

use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};
use secrecy::ExposeSecret;

use crate::runtime::credentials::credential::{Placed, Source};
use crate::runtime::delivery::client::Shared;
use crate::runtime::reading::failure::Failure;
use crate::runtime::tables::api::SchemeKind;
use crate::runtime::writing::call::Call;
use crate::runtime::writing::request_headers::put;

/// The credentials that a call goes with. Those of the client stay where they are: there is nothing
/// to copy for a call that has none of its own.
pub(crate) struct Chosen {
    /// The positions of their schemes.
    schemes: &'static [usize],
    /// What the call has of its own, with the positions of the schemes.
    own: Vec<(usize, Source)>,
}

impl Chosen {
    /// The credentials of the first alternative of which every one is set, on the call or on the
    /// client; none if there is no such alternative. One with a credential of the call itself goes
    /// before all others.
    pub(crate) fn of(call: &Call) -> Result<Self, Failure> {
        let mut chosen = Self {
            schemes: &[],
            own: Vec::new(),
        };
        if call.own_options().anonymous {
            return Ok(chosen);
        }
        if !call.own_options().credentials.is_empty() {
            chosen.own = own(call).map_err(Failure::request)?;
        }
        let set = |scheme: &usize| chosen.source(&call.core.shared, *scheme).is_some();
        let complete =
            |alternative: &&&[usize]| !alternative.is_empty() && alternative.iter().all(set);
        let alternatives = || call.operation.security.iter().filter(complete);
        let own = |scheme: &usize| chosen.own.iter().any(|(at, _)| at == scheme);
        let first = match chosen.own.is_empty() {
            true => None,
            false => alternatives().find(|alternative| alternative.iter().any(own)),
        };
        let first = first.or_else(|| alternatives().next());
        chosen.schemes = first.copied().unwrap_or_default();
        Ok(chosen)
    }

    /// Each of them, with the position of its scheme and where it goes.
    pub(crate) fn all<'a>(
        &'a self,
        shared: &'a Shared,
    ) -> impl Iterator<Item = (usize, SchemeKind, &'a Source)> {
        self.schemes.iter().filter_map(|scheme| {
            let kind = shared.api.schemes.get(*scheme)?.kind;
            Some((*scheme, kind, self.source(shared, *scheme)?))
        })
    }

    /// Puts those that are at hand into headers.
    pub(crate) fn put_into(&self, shared: &Shared, headers: &mut HeaderMap) -> Result<(), Failure> {
        for (_, _, source) in self.all(shared) {
            if let Source::Ready(placed) = source {
                put_into(headers, placed)?;
            }
        }
        Ok(())
    }

    fn source<'a>(&'a self, shared: &'a Shared, scheme: usize) -> Option<&'a Source> {
        match self.own.iter().find(|(at, _)| *at == scheme) {
            Some((_, source)) => Some(source),
            None => shared.credentials.get(scheme)?.as_ref(),
        }
    }
}

/// The credentials of this call alone, with the positions of their schemes.
#[cold]
fn own(call: &Call) -> Result<Vec<(usize, Source)>, String> {
    let schemes = call.core.shared.api.schemes;
    let mut own = Vec::new();
    for (name, credential) in &call.own_options().credentials {
        let at = schemes.iter().position(|scheme| scheme.name == name);
        let found = at.and_then(|at| Some((at, schemes.get(at)?)));
        let (at, scheme) =
            found.ok_or_else(|| format!("the API has no security scheme `{name}`"))?;
        let source = Source::of(credential, scheme.kind)
            .map_err(|why| format!("credential `{name}` {why}"))?;
        own.push((at, source));
    }
    Ok(own)
}

/// Puts a credential into headers, in place of what stood there; a cookie joins the others.
pub(crate) fn put_into(headers: &mut HeaderMap, placed: &Placed) -> Result<(), Failure> {
    match placed {
        Placed::Header(name, value) => put(headers, name.clone(), value.clone()),
        Placed::Cookie(pair) => {
            let cookies = joined(headers.get(COOKIE), pair.expose_secret())?;
            put(headers, COOKIE, cookies);
        }
        Placed::Query(..) => {}
    }
    Ok(())
}

/// RFC 6265, section 4.2.1.
#[cold]
fn joined(cookies: Option<&HeaderValue>, pair: &str) -> Result<HeaderValue, Failure> {
    let mut bytes = cookies.map_or_else(Vec::new, |cookies| {
        let mut bytes = cookies.as_bytes().to_vec();
        bytes.extend_from_slice(b"; ");
        bytes
    });
    bytes.extend_from_slice(pair.as_bytes());
    let mut cookies = HeaderValue::from_bytes(&bytes)
        .map_err(|_| Failure::request("the cookies have characters that a header cannot carry"))?;
    cookies.set_sensitive(true);
    Ok(cookies)
}
