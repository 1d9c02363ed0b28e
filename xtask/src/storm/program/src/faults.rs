//! What the server does to a request, and how often: the weather changes every few seconds, so
//! that there are storms of one kind, mixtures, and calm in which the client can recover.

use std::time::Duration;

/// What is done to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing: a good answer.
    Nothing,
    /// The connection is reset before anything is said.
    Reset,
    /// The connection is closed before anything is said.
    Close,
    /// Nothing is said until long after the caller has gone.
    Stall,
    /// Head and half of the body, then nothing.
    StallInBody,
    /// A good answer, a few bytes at a time: some are done in time, some are not.
    SlowBytes,
    /// `content-length` is too large, and the connection ends with the body.
    LengthTooLarge,
    /// `content-length` is too small: what is left over is no answer.
    LengthTooSmall,
    /// JSON that breaks off, in an answer that is whole.
    TruncatedJson,
    /// A chunk of a size that is no number.
    BrokenChunks,
    /// Bytes that are no HTTP.
    Garbage,
    /// HTML with the status 200, as login pages have it.
    Html,
    /// 429 with a `Retry-After` of seconds that fit, or do not.
    TooMany,
    /// 500 without a word.
    Internal,
    /// 503 with HTML, then the connection is closed.
    Unavailable,
    /// 404, as the description has it.
    NotFound,
    /// A redirect to the good answer.
    Redirect,
    /// A redirect to itself, without an end.
    RedirectLoop,
    /// A good answer, then the connection is closed though it said it would stay.
    CloseAfter,
}

use Fault::*;

/// A kind of weather: how likely each fault is, in parts of all; the rest is good answers.
pub(crate) struct Weather {
    parts: &'static [(Fault, u32)],
    good: u32,
}

/// How long a kind of weather lasts.
pub(crate) const SPELL: Duration = Duration::from_secs(3);

const WEATHERS: [Weather; 6] = [
    // Mixed.
    Weather {
        good: 55,
        parts: &[
            (Reset, 3),
            (Close, 3),
            (Stall, 1),
            (StallInBody, 1),
            (SlowBytes, 4),
            (LengthTooLarge, 3),
            (LengthTooSmall, 3),
            (TruncatedJson, 3),
            (BrokenChunks, 2),
            (Garbage, 2),
            (Html, 2),
            (TooMany, 4),
            (Internal, 4),
            (Unavailable, 3),
            (NotFound, 3),
            (Redirect, 3),
            (RedirectLoop, 1),
            (CloseAfter, 4),
        ],
    },
    // Calm.
    Weather {
        good: 99,
        parts: &[(CloseAfter, 1)],
    },
    // Too many requests.
    Weather {
        good: 20,
        parts: &[(TooMany, 80)],
    },
    // Broken connections.
    Weather {
        good: 40,
        parts: &[
            (Reset, 25),
            (Close, 15),
            (LengthTooLarge, 10),
            (CloseAfter, 10),
        ],
    },
    // Slow.
    Weather {
        good: 40,
        parts: &[(Stall, 10), (StallInBody, 10), (SlowBytes, 40)],
    },
    // Nonsense.
    Weather {
        good: 40,
        parts: &[
            (Garbage, 15),
            (Html, 10),
            (TruncatedJson, 15),
            (BrokenChunks, 10),
            (LengthTooSmall, 10),
        ],
    },
];

impl Weather {
    /// The weather at a time since the start. Every other spell is calm.
    pub(crate) fn at(elapsed: Duration) -> &'static Self {
        let spell = (elapsed.as_secs() / SPELL.as_secs()) as usize;
        let stormy = [0, 2, 3, 4, 5];
        match spell % 2 {
            0 => &WEATHERS[stormy[spell / 2 % stormy.len()]],
            _ => &WEATHERS[1],
        }
    }

    /// What is done to the next request.
    pub(crate) fn fault(&self, random: &mut fastrand::Rng) -> Fault {
        let all = self.good + self.parts.iter().map(|part| part.1).sum::<u32>();
        let mut left = random.u32(..all);
        for (fault, part) in self.parts {
            match left.checked_sub(*part) {
                Some(rest) => left = rest,
                None => return *fault,
            }
        }
        Fault::Nothing
    }
}
