//! What a token server granted, read from its answer.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use crate::runtime::credentials::token::TokenError;
use crate::runtime::reading::json_text::unmarked;

/// How long before its end a token is given up, unless its whole life is short.
const MARGIN: Duration = Duration::from_secs(30);

/// A token, and until when it is good.
pub(crate) struct Held {
    pub(crate) token: SecretString,
    /// From when on another one is fetched.
    pub(crate) until: Option<Duration>,
    pub(crate) ends: Option<Duration>,
}

/// What the token server granted (RFC 6749, section 5.1).
pub(crate) struct Granted {
    pub(crate) token: SecretString,
    life: Option<Duration>,
    pub(crate) refresh_token: Option<SecretString>,
}

impl Granted {
    /// What an answer says.
    ///
    /// # Errors
    /// If it grants no token that can be used.
    pub(crate) fn read(body: &[u8]) -> Result<Self, TokenError> {
        let value: Value = serde_json::from_slice(unmarked(body)).map_err(|_| {
            TokenError::new("the token server answered with something else than JSON")
        })?;
        let text = |name: &str| {
            let text = value.get(name)?.as_str().filter(|text| !text.is_empty());
            text.map(SecretString::from)
        };
        let token = text("access_token")
            .ok_or_else(|| TokenError::new("the token server's answer has no `access_token`"))?;
        if !token
            .expose_secret()
            .bytes()
            .all(|byte| matches!(byte, b' '..=b'~'))
        {
            let why = "the token server's `access_token` has characters that no token may have";
            return Err(TokenError::new(why));
        }
        if !is_bearer(value.get("token_type")) {
            let why = "the token server's answer has a `token_type` that is not `bearer`";
            return Err(TokenError::new(why));
        }
        Ok(Self {
            token,
            life: value.get("expires_in").and_then(seconds),
            refresh_token: text("refresh_token"),
        })
    }

    /// The token with the times that count from when it was asked for.
    pub(crate) fn held(self, began: Duration) -> Held {
        let ends = self.life.and_then(|life| began.checked_add(life));
        let margin = self.life.map(|life| MARGIN.min(life / 4));
        let until = ends.zip(margin);
        Held {
            token: self.token,
            until: until.map(|(ends, margin)| ends.saturating_sub(margin)),
            ends,
        }
    }
}

/// Whether a token is sent as it is. One of another type must not be used by whoever does not know
/// what it takes (RFC 6749, section 7.1); many servers do not say the type, or say `BearerToken`.
fn is_bearer(token_type: Option<&Value>) -> bool {
    match token_type {
        None | Some(Value::Null) => true,
        Some(said) => {
            let begin = said.as_str().and_then(|it| it.get(.."bearer".len()));
            begin.is_some_and(|it| it.eq_ignore_ascii_case("bearer"))
        }
    }
}

/// A number of seconds; some servers write it as text or with a fraction.
fn seconds(value: &Value) -> Option<Duration> {
    let text = value.as_str().and_then(|text| text.trim().parse().ok());
    let seconds = value.as_f64().or(text)?;
    Duration::try_from_secs_f64(seconds).ok()
}
