//! What the servers of a schedule do: the API, another host that it redirects to, and the one that
//! hands out tokens.

use std::time::Duration;

use fastrand::Rng;
use http::Request;
use http::header::AUTHORIZATION;

use crate::runtime::Body;
use crate::sim::{EPOCH, End, Fate, Head, Seen, SimClock};

/// How the client knows itself to the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    Open,
    Fixed,
    ClientCredentials,
    RefreshToken,
}

/// The servers.
pub(super) struct Servers {
    pub(super) clock: SimClock,
    pub(super) random: Rng,
    /// How likely a fault is.
    pub(super) faults: f64,
    /// Whether something may never end.
    pub(super) silence: bool,
    pub(super) access: Access,
}

/// What goes to hosts that the caller did not name.
const OPEN: [&str; 4] = ["accept", "accept-language", "range", "user-agent"];

impl Servers {
    pub(super) fn decide(&mut self, request: &Request<Body>, seen: &[Seen]) -> Fate {
        match request.uri().host().unwrap() {
            "tokens.example" => self.token(seen),
            "other.example" => {
                let mut names = request.headers().keys();
                assert!(names.all(|name| OPEN.contains(&name.as_str())));
                assert_eq!(request.uri().query(), None);
                assert_eq!(request.body().length(), Some(0));
                self.content(request)
            }
            _ => match self.is_welcome(request, seen) {
                true => self.content(request),
                false => Head::new(401).after(self.pause(500)).whole(),
            },
        }
    }

    fn pause(&mut self, most: u64) -> Duration {
        Duration::from_millis(self.random.u64(0..=most))
    }

    /// Whether the credential is there and good.
    fn is_welcome(&self, request: &Request<Body>, seen: &[Seen]) -> bool {
        let token = request.headers().get(AUTHORIZATION);
        let token = token.map(|value| value.to_str().unwrap());
        match self.access {
            Access::Open => {
                assert_eq!(token, None);
                true
            }
            Access::Fixed => {
                assert_eq!(token, Some("Bearer fixed"));
                assert_eq!(request.uri().query(), Some("key=secret"));
                true
            }
            Access::ClientCredentials | Access::RefreshToken => {
                let at: usize = token.unwrap()["Bearer t".len()..].parse().unwrap();
                let Fate::Answer(head, _) = &seen[at].fate else {
                    panic!("the token {at} was never handed out");
                };
                let life = head.headers.iter().find(|(name, _)| *name == "x-life");
                let life = Duration::from_secs(life.unwrap().1.parse().unwrap());
                self.clock.time() < seen[at].at + life
            }
        }
    }

    fn token(&mut self, seen: &[Seen]) -> Fate {
        let host = |seen: &&Seen| seen.uri.host() == Some("tokens.example");
        assert!(!seen.iter().filter(host).any(|seen| seen.open));
        if self.random.f64() < self.faults / 2.0 {
            return match self.random.u8(0..7) {
                0 => Fate::Refused,
                1 => Fate::Interrupted(1),
                2 => Fate::Silence,
                3 => Fate::Answer(Head::new(200).piece("{\"access"), End::Broken),
                4 => Head::new(400).piece(r#"{"error":"invalid_grant"}"#).whole(),
                5 => Head::new(503).header("retry-after", "2").whole(),
                _ => Head::new(200).piece("<html>").whole(),
            };
        }
        let (at, life) = (seen.len(), self.random.u32(1..200));
        let body =
            format!(r#"{{"access_token":"t{at}","expires_in":{life},"refresh_token":"r{at}"}}"#);
        let head = Head::new(200).header("x-life", life.to_string());
        head.after(self.pause(3_000)).piece(body).whole()
    }

    /// An answer for somebody who is welcome.
    fn content(&mut self, request: &Request<Body>) -> Fate {
        let id = request.uri().path().rsplit('/').next().unwrap();
        let after = self.pause(1_000);
        if self.random.f64() < self.faults {
            return self.fault(id, after);
        }
        let mut head = Head::new(200).after(after);
        let (first, rest) = ("{\"id\":", format!("{id}}}"));
        match self.random.u8(0..3) {
            0 => head = head.piece(format!("{first}{rest}")),
            1 => head = head.piece(first).piece(rest),
            _ => {
                head = head.piece(first).piece("").piece(rest);
                head.pace = self.pause(2_000);
            }
        }
        head.whole()
    }

    fn fault(&mut self, id: &str, after: Duration) -> Fate {
        let head = |status| Head::new(status).after(after);
        match self.random.u8(0..16) {
            0 => Fate::Refused,
            1 => Fate::Interrupted(self.random.usize(0..4)),
            2 if self.silence => Fate::Silence,
            3 if self.silence => Fate::Answer(head(200).piece("{"), End::Silence),
            4 => Fate::Answer(head(200).piece("{\"id\""), End::Broken),
            5 => head(408).whole(),
            6 => head(500).piece("<html>").whole(),
            7 => head(401).whole(),
            8 => head(404).whole(),
            9 => head(200).piece("<html>").whole(),
            10 => self.redirect(head(302), format!("/hops/{id}")),
            11 => self.redirect(head(307), format!("https://other.example/hops/{id}")),
            12 => self.redirect(head(302), format!("http://other.example/hops/{id}")),
            13 => head(200).piece("{").piece("x".repeat(100)).whole(),
            _ => self.wait(after),
        }
    }

    fn redirect(&mut self, head: Head, to: String) -> Fate {
        head.header("location", to).whole()
    }

    /// Asks for some patience, in one form or the other. What it asks for is noted in `x-asked`.
    fn wait(&mut self, after: Duration) -> Fate {
        let status = *self.random.choice(&[429, 503]).unwrap();
        let head = Head::new(status).after(after);
        let wait = Duration::from_secs(self.random.u64(0..20));
        let asked = |head: Head| head.header("x-asked", wait.as_secs().to_string());
        let date = |time: Duration| httpdate::fmt_http_date(std::time::UNIX_EPOCH + time);
        // The server's clock is behind.
        let now = EPOCH - Duration::from_secs(3_600) + self.clock.time();
        match self.random.u8(0..4) {
            0 => head.whole(),
            1 => asked(head.header("retry-after", wait.as_secs().to_string())).whole(),
            2 => head.header("retry-after", "soon").whole(),
            _ => {
                let head = head.header("date", date(now));
                asked(head.header("retry-after", date(now + wait))).whole()
            }
        }
    }
}
