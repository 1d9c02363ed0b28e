//! What must hold of every schedule, whatever happened in it.

use std::time::Duration;

use serde_json::json;

use super::calls::{Ended, Noted, World};
use super::fates::Access;
use super::plan::{Content, PIECES, Plan};
use crate::sim::{End, Fate, Seen};

/// How often a client may repeat requests before any call has gone well, and how many calls that
/// go well allow one more.
const BUDGET: usize = 100;
const PRICE: usize = 5;

/// Judges calls by what the server saw, what a hook saw and what the caller got.
pub(super) fn calls(world: &World, plans: &[Plan], ended: &[Ended]) {
    let seen = world.server.seen();
    let mut repeated = 0;
    for (plan, ended) in plans.iter().zip(ended) {
        let of_call = |seen: &&Seen| {
            let path = seen.uri.path();
            let here =
                path == format!("/calls/{}", plan.id) || path == format!("/hops/{}", plan.id);
            here && seen.uri.host() != Some("tokens.example")
        };
        let sent: Vec<&Seen> = seen.iter().filter(of_call).collect();
        let call = Judged {
            world,
            plan,
            ended,
            sent,
        };
        call.judge();
        repeated += call.pauses().len();
    }
    // At the most, every call has gone well.
    assert!(
        repeated <= BUDGET + plans.len() / PRICE,
        "{repeated} retries"
    );
    tokens(world, &seen);
}

/// One call.
struct Judged<'a> {
    world: &'a World,
    plan: &'a Plan,
    ended: &'a Ended,
    /// What was sent for it, redirects included.
    sent: Vec<&'a Seen>,
}

impl Judged<'_> {
    fn judge(&self) {
        self.in_time();
        self.sent_safely();
        self.bodies_are_whole();
        self.nothing_after_the_end();
        self.result_is_the_last_answer();
        self.attempts_are_counted();
        self.pauses_are_right();
        self.gives_up_for_a_reason();
    }

    /// The requests that begin an attempt.
    fn attempts(&self) -> Vec<&Seen> {
        let first = |seen: &&&Seen| seen.uri.path().starts_with("/calls/");
        self.sent.iter().filter(first).copied().collect()
    }

    /// The pauses, each with when it began and after which attempt.
    fn pauses(&self) -> Vec<(Duration, u32, Duration)> {
        let path = format!("/calls/{}", self.plan.id);
        let notes = self.world.notes.all.lock().unwrap();
        let pauses = notes
            .iter()
            .filter_map(|(at, of, number, noted)| match noted {
                Noted::Retry(pause) if *of == path => Some((*at, *number, *pause)),
                _ => None,
            });
        pauses.collect()
    }

    fn deadline(&self) -> Option<Duration> {
        self.plan.timeout.map(|limit| self.ended.began + limit)
    }

    fn in_time(&self) {
        if let Some(deadline) = self.deadline() {
            assert!(self.ended.ended <= deadline, "{self:?}");
            assert!(self.sent.iter().all(|seen| seen.at < deadline), "{self:?}");
            let over = |(at, _, pause): &(Duration, u32, Duration)| *at + *pause >= deadline;
            assert!(!self.pauses().iter().any(over), "{self:?}");
        }
        let last = self.attempts().last().map(|seen| seen.at);
        if let (Some(limit), Some(last)) = (self.plan.attempt_timeout, last)
            && self.ended.result.is_some()
            && !self.is_of_tokens()
        {
            assert!(self.ended.ended <= last + limit, "{self:?}");
        }
    }

    fn is_of_tokens(&self) -> bool {
        matches!(
            self.world.access,
            Access::ClientCredentials | Access::RefreshToken
        )
    }

    /// What must not happen twice is sent again only if the server said that it did nothing.
    fn sent_safely(&self) {
        let attempts = self.attempts();
        if !self.plan.safe {
            let repeated = attempts.len().saturating_sub(1);
            assert!(
                attempts
                    .iter()
                    .take(repeated)
                    .all(|seen| status(seen) == Some(401))
            );
            assert!(repeated <= usize::from(self.is_of_tokens()), "{self:?}");
        }
        if self.plan.content == Content::Once {
            assert!(attempts.len() <= 1, "{self:?}");
        }
        let renewed = usize::from(self.is_of_tokens());
        assert!(
            attempts.len() <= self.plan.attempts as usize + renewed,
            "{self:?}"
        );
        for seen in &attempts {
            assert_eq!(seen.method.as_str(), self.plan.operation.method);
            let key = seen.headers.get("idempotency-key");
            assert_eq!(key.is_some(), self.plan.key);
            assert_eq!(seen.headers["x-hook"], "here");
        }
    }

    /// Each body begins at its beginning, and is whole where the server waited for it.
    fn bodies_are_whole(&self) {
        let whole = match self.plan.content {
            Content::Nothing => String::new(),
            _ => PIECES.concat(),
        };
        for seen in self.attempts() {
            assert!(whole.as_bytes().starts_with(&seen.body), "{self:?}");
            if seen.delivered.is_some() {
                assert_eq!(seen.body, whole.as_bytes(), "{self:?}");
            }
        }
    }

    /// An answer that settles the matter is the last.
    fn nothing_after_the_end(&self) {
        let before = self.sent.len().saturating_sub(1);
        for seen in self.sent.iter().take(before) {
            let settled = matches!(status(seen), Some(200 | 404)) && seen.delivered.is_some();
            assert!(!settled, "{self:?}");
        }
    }

    fn result_is_the_last_answer(&self) {
        let Some(result) = &self.ended.result else {
            return;
        };
        let last = self.sent.last();
        let good = last.is_some_and(|seen| seen.delivered.is_some() && is_good(seen));
        assert_eq!(result.is_ok(), good, "{self:?}");
        if let Ok(value) = result {
            assert_eq!(*value, json!({"id": self.plan.id}));
        }
    }

    fn attempts_are_counted(&self) {
        let attempts = self.attempts();
        if let Some(said) = self.ended.attempts {
            assert_eq!(said as usize, attempts.len(), "{self:?}");
        }
        let path = format!("/calls/{}", self.plan.id);
        let notes = self.world.notes.all.lock().unwrap();
        let numbers = notes.iter().filter_map(|(_, of, number, noted)| {
            (*of == path && matches!(noted, Noted::Request)).then_some(*number as usize)
        });
        let expected: Vec<usize> = (1..=attempts.len()).collect();
        assert_eq!(numbers.collect::<Vec<_>>(), expected, "{self:?}");
        let hop = format!("/hops/{}", self.plan.id);
        let count = |kind: fn(&Noted) -> bool| {
            let of = notes.iter().filter(|(_, of, ..)| *of == path || *of == hop);
            of.filter(|(.., noted)| kind(noted)).count()
        };
        let requests = count(|noted| matches!(noted, Noted::Request));
        assert_eq!(requests, self.sent.len(), "{self:?}");
        if self.ended.result.is_some() {
            let answers = count(|noted| matches!(noted, Noted::Answer));
            assert_eq!(requests, answers, "{self:?}");
        }
    }

    /// A pause is as long as the server asks for, and no longer than that or the longest.
    fn pauses_are_right(&self) {
        // Where tokens are fetched, it may be their server that asks.
        if self.is_of_tokens() {
            return;
        }
        for (at, (began, _, pause)) in self.pauses().into_iter().enumerate() {
            let before = self.sent.iter().rev().find(|seen| seen.at <= began);
            let asked = before.and_then(|seen| asked(seen)).unwrap_or_default();
            let doubled = self.plan.base * 2_u32.pow(u32::try_from(at).unwrap());
            let longest = doubled.min(self.plan.cap);
            assert!(asked <= self.plan.longest_wait, "{self:?}");
            assert!(asked <= pause, "{self:?}");
            assert!(pause <= longest.max(asked), "{self:?}");
        }
    }

    /// What may be over next time is tried as often as it was allowed, if there is time for it.
    fn gives_up_for_a_reason(&self) {
        let attempts = self.attempts();
        let (Some(Err(_)), Some(last)) = (&self.ended.result, self.sent.last()) else {
            return;
        };
        let patient = asked(last).unwrap_or_default() <= self.plan.longest_wait;
        let resendable = self.plan.safe && self.plan.content != Content::Once;
        let free = self.plan.timeout.is_none() && !self.is_of_tokens() && !self.plan.streaming;
        if free && resendable && patient && passes(last) && self.plan.id < 20 {
            assert_eq!(attempts.len(), self.plan.attempts as usize, "{self:?}");
        }
    }
}

impl std::fmt::Debug for Judged<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(out, "{:#?}\n{:#?}", self.plan, self.ended)?;
        for seen in &self.sent {
            writeln!(
                out,
                "{:?} {} {} {:?}",
                seen.at, seen.method, seen.uri, seen.fate
            )?;
        }
        write!(out, "{:?}", self.pauses())
    }
}

/// The status, if the client saw it.
fn status(seen: &Seen) -> Option<u16> {
    match &seen.fate {
        Fate::Answer(head, _) if seen.answered => Some(head.status),
        _ => None,
    }
}

fn is_good(seen: &Seen) -> bool {
    let Fate::Answer(head, End::Whole) = &seen.fate else {
        return false;
    };
    head.status == 200 && head.pieces.concat().starts_with("{\"id\"")
}

/// Whether it may be different next time.
fn passes(seen: &Seen) -> bool {
    match &seen.fate {
        Fate::Answer(..) if !seen.answered => true,
        Fate::Refused | Fate::Interrupted(_) | Fate::Silence => true,
        Fate::Answer(head, End::Whole) => matches!(head.status, 408 | 429 | 500..=599),
        Fate::Answer(..) => true,
    }
}

/// How long the server wants to be left alone, if the client saw that.
fn asked(seen: &Seen) -> Option<Duration> {
    let Fate::Answer(head, _) = &seen.fate else {
        return None;
    };
    if !seen.answered {
        return None;
    }
    let asked = head.headers.iter().find(|(name, _)| *name == "x-asked")?;
    Some(Duration::from_secs(asked.1.parse().unwrap()))
}

/// Each request for a token holds the refresh token that came last.
fn tokens(world: &World, seen: &[Seen]) {
    let mut current = "r-first".to_owned();
    for (at, seen) in seen.iter().enumerate() {
        if seen.uri.host() != Some("tokens.example") || seen.body.is_empty() {
            continue;
        }
        let body = String::from_utf8(seen.body.clone()).unwrap();
        match world.access {
            Access::RefreshToken => assert_eq!(
                body,
                format!("grant_type=refresh_token&refresh_token={current}&client_id=id")
            ),
            _ => assert_eq!(body, "grant_type=client_credentials"),
        }
        let granted =
            matches!(&seen.fate, Fate::Answer(head, _) if head.pieces.concat().ends_with('}'));
        if seen.delivered.is_some() && status(seen) == Some(200) && granted {
            current = format!("r{at}");
        }
    }
}

/// Once the client is gone, nothing waits and no request is open.
pub(super) fn nothing_is_left(world: World) {
    let (clock, server) = world.leave();
    assert_eq!(clock.sleepers(), 0);
    assert!(!server.seen().iter().any(|seen| seen.open));
}
