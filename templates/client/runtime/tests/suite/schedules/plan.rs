//! What the caller does in a schedule: one call, with everything that can be set.

use std::time::Duration;

use bytes::Bytes;
use fastrand::Rng;

use crate::runtime::{
    Api, CallOptions, Operation, PATH, Parameter, RetryPolicy, Scheme, SchemeKind, Server, Upload,
};

pub(super) static API: Api = Api {
    name: "schedules",
    version: "1",
    servers: &[Server::new("https://api.example")],
    schemes: &[
        Scheme {
            name: "token",
            kind: SchemeKind::Bearer,
        },
        Scheme {
            name: "key",
            kind: SchemeKind::Query { name: "key" },
        },
    ],
    parameters: &[],
    request_id_headers: &[],
};

const USUAL: Operation = Operation {
    id: "calls.make",
    path: "/calls/{0}",
    parameters: &[Parameter("id", PATH)],
    accept: "application/json",
    security: &[&[0, 1], &[0]],
    ..Operation::USUAL
};

/// Methods, and whether each may be repeated.
static OPERATIONS: [(Operation, bool); 7] = [
    (with("GET"), true),
    (with("GET"), true),
    (with("PUT"), true),
    (with("DELETE"), true),
    (with("QUERY"), true),
    (with("POST"), false),
    (with("PATCH"), false),
];

const fn with(method: &'static str) -> Operation {
    Operation { method, ..USUAL }
}

/// What is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    Nothing,
    Bytes,
    Again,
    Once,
}

/// The pieces of every body.
pub(super) const PIECES: [&str; 3] = ["one, ", "two, ", "three"];

/// A call.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) operation: &'static Operation,
    pub(super) id: usize,
    /// Whether it may be sent again.
    pub(super) safe: bool,
    pub(super) key: bool,
    pub(super) content: Content,
    pub(super) timeout: Option<Duration>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) attempts: u32,
    pub(super) base: Duration,
    pub(super) cap: Duration,
    pub(super) longest_wait: Duration,
    /// When it begins.
    pub(super) start: Duration,
    /// After which time the caller drops it.
    pub(super) patience: Option<Duration>,
    /// Whether the body is read as it arrives.
    pub(super) streaming: bool,
}

fn millis(random: &mut Rng, most: u64) -> Duration {
    Duration::from_millis(random.u64(0..=most))
}

fn maybe<T>(random: &mut Rng, chance: f64, make: impl FnOnce(&mut Rng) -> T) -> Option<T> {
    (random.f64() < chance).then(|| make(random))
}

impl Plan {
    pub(super) fn random(random: &mut Rng, id: usize) -> Self {
        let (operation, safe) = &OPERATIONS[random.usize(0..OPERATIONS.len())];
        let key = random.u8(0..4) == 0;
        let bodies = [Content::Bytes, Content::Again, Content::Once];
        Self {
            operation,
            id,
            safe: *safe || key,
            key,
            content: match operation.method {
                "GET" | "DELETE" => Content::Nothing,
                _ => bodies[random.usize(0..3)],
            },
            timeout: maybe(random, 0.7, |random| millis(random, 60_000)),
            attempt_timeout: maybe(random, 0.5, |random| millis(random, 10_000)),
            attempts: random.u32(1..=5),
            base: millis(random, 2_000),
            cap: millis(random, 10_000),
            longest_wait: millis(random, 30_000),
            start: millis(random, 20_000),
            patience: maybe(random, 0.1, |random| millis(random, 5_000)),
            streaming: random.u8(0..4) == 0,
        }
    }

    /// Whether it ends even if the server is silent.
    pub(super) fn ends(&self) -> bool {
        self.timeout.is_some() || self.attempt_timeout.is_some()
    }

    pub(super) fn options(&self) -> CallOptions {
        let policy = RetryPolicy::new().attempts(self.attempts).base(self.base);
        let policy = policy.cap(self.cap).longest_wait(self.longest_wait);
        let options = CallOptions::new().retries(policy);
        let options = options.timeout(self.timeout.unwrap_or(Duration::MAX));
        let options = match self.attempt_timeout {
            Some(limit) => options.attempt_timeout(limit),
            None => options,
        };
        match self.key {
            true => options.idempotency_key(format!("key-{}", self.id)),
            false => options,
        }
    }

    pub(super) fn upload(&self) -> Option<Upload> {
        let pieces = || {
            let pieces = PIECES.map(|piece| Ok(Bytes::from(piece)));
            futures_util::stream::iter(pieces)
        };
        Some(match self.content {
            Content::Nothing => return None,
            Content::Bytes => Upload::from(PIECES.concat()),
            Content::Again => Upload::stream(move || Box::pin(pieces())),
            Content::Once => Upload::once(Box::pin(pieces())).length(15),
        })
    }
}
