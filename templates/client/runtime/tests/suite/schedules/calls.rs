//! Schedules of calls: one or some, side by side, through one client.

use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fastrand::Rng;
use futures_util::future::{Either, join_all, select};
use http::HeaderMap;
use serde_json::Value;

use super::fates::{Access, Servers};
use super::judge;
use super::plan::{API, Plan};
use crate::calls::NoError;
use crate::runtime::{
    Attempt, Clock, Core, CoreBuilder, Hook, OAuth2, Outcome, download, response,
};
use crate::sim::{SimClock, SimServer};

/// What a hook saw.
#[derive(Clone, Debug)]
pub(super) enum Noted {
    Request,
    Answer,
    Retry(Duration),
}

/// When, of which path, of which attempt, and what.
type Note = (Duration, String, u32, Noted);

/// Notes what it sees.
#[derive(Clone, Debug)]
pub(super) struct Notes {
    clock: SimClock,
    pub(super) all: Arc<Mutex<Vec<Note>>>,
}

impl Notes {
    fn note(&self, attempt: &Attempt<'_>, noted: Noted) {
        let time = self.clock.now();
        let entry = (time, attempt.path.to_owned(), attempt.number, noted);
        self.all.lock().unwrap().push(entry);
    }
}

impl Hook for Notes {
    fn before_request(&self, attempt: &Attempt<'_>, headers: &mut HeaderMap) {
        headers.insert("x-hook", http::HeaderValue::from_static("here"));
        self.note(attempt, Noted::Request);
    }

    fn after_response(&self, attempt: &Attempt<'_>, _: Outcome<'_>) {
        self.note(attempt, Noted::Answer);
    }

    fn before_retry(&self, attempt: &Attempt<'_>, pause: Duration) {
        self.note(attempt, Noted::Retry(pause));
    }
}

/// How a call ended for the caller.
#[derive(Clone, Debug)]
pub(super) struct Ended {
    pub(super) began: Duration,
    pub(super) ended: Duration,
    /// Nothing if it was dropped.
    pub(super) result: Option<Result<Value, String>>,
    /// How often it says that it was sent; nothing if its body was read as it arrived.
    pub(super) attempts: Option<u32>,
}

/// A world with a client in it.
pub(super) struct World {
    pub(super) clock: SimClock,
    pub(super) server: SimServer,
    pub(super) notes: Notes,
    pub(super) access: Access,
    core: Core,
}

impl World {
    fn new(random: &mut Rng, plans: &[Plan], faults: f64) -> Self {
        let clock = SimClock::default();
        let kinds = [
            Access::Open,
            Access::Fixed,
            Access::ClientCredentials,
            Access::RefreshToken,
        ];
        let access = kinds[random.usize(0..kinds.len())];
        let mut servers = Servers {
            clock: clock.clone(),
            random: random.fork(),
            faults,
            silence: plans.iter().all(Plan::ends),
            access,
        };
        let server = SimServer::new(&clock, move |request, seen| servers.decide(request, seen));
        let notes = Notes {
            clock: clock.clone(),
            all: Arc::default(),
        };
        let mut builder = CoreBuilder::new(&API);
        builder.clock(clock.clone());
        builder.transport(server.clone());
        builder.hook(notes.clone());
        builder.largest_body(50);
        let url = "https://tokens.example/token";
        match access {
            Access::Open => {}
            Access::Fixed => {
                builder.credential(0, "fixed");
                builder.credential(1, "secret");
            }
            Access::ClientCredentials => {
                builder.credential_provider(0, OAuth2::client_credentials(url, "id", "secret"));
            }
            Access::RefreshToken => {
                builder.credential_provider(0, OAuth2::refresh_token(url, "id", "r-first"));
            }
        }
        Self {
            core: builder.build().unwrap(),
            clock,
            server,
            notes,
            access,
        }
    }

    /// Makes a call, unless the caller loses patience.
    async fn make(&self, plan: &Plan) -> Ended {
        self.clock.wait(plan.start).await;
        let began = self.clock.now();
        let call = Box::pin(self.call(plan));
        let (result, attempts) = match plan.patience {
            None => call.await,
            Some(patience) => match select(call, self.clock.wait(patience)).await {
                Either::Left((ended, _)) => ended,
                Either::Right(_) => (None, None),
            },
        };
        Ended {
            began,
            ended: self.clock.now(),
            result,
            attempts,
        }
    }

    fn call(
        &self,
        plan: &Plan,
    ) -> impl Future<Output = (Option<Result<Value, String>>, Option<u32>)> + use<> {
        let mut call = self.core.call(plan.operation);
        call.set(0, &plan.id);
        call.options(plan.options());
        if let Some(upload) = plan.upload() {
            call.body_bytes("text/plain", upload);
        }
        let streaming = plan.streaming;
        async move {
            if !streaming {
                let sending = call.send_with_meta::<Value, NoError>(response::json);
                return match sending.await {
                    Ok(meta) => {
                        let attempts = meta.attempts();
                        (Some(Ok(meta.into_body())), Some(attempts))
                    }
                    Err(error) => (Some(Err(error.to_string())), Some(error.attempts())),
                };
            }
            let opened = call.open::<_, NoError>(download::download).await;
            match opened {
                Err(error) => (Some(Err(error.to_string())), Some(error.attempts())),
                Ok(download) => {
                    let body = download.bytes().await.map_err(|error| error.to_string());
                    let value = body
                        .and_then(|it| serde_json::from_slice(&it).map_err(|it| it.to_string()));
                    (Some(value), None)
                }
            }
        }
    }
}

/// Some calls side by side.
pub(super) fn run(mut random: Rng) {
    let count = [1, 1, 1, 2, 5][random.usize(0..5)];
    let plans: Vec<Plan> = (0..count).map(|id| Plan::random(&mut random, id)).collect();
    let faults = random.f64();
    let world = World::new(&mut random, &plans, faults);
    let calls = plans.iter().map(|plan| world.make(plan));
    let ended = world.clock.clone().run(join_all(calls));
    judge::calls(&world, &plans, &ended);
    judge::nothing_is_left(world);
}

/// Many calls one after the other, most of which fail: more than the budget allows to repeat.
pub(super) fn run_many(mut random: Rng) {
    let plans = (0..150).map(|id| Plan {
        attempts: 5,
        ..Plan::random(&mut random, id)
    });
    let plans: Vec<Plan> = plans.collect();
    let world = World::new(&mut random, &plans, 0.95);
    let calls = async {
        let mut ended = Vec::new();
        for plan in &plans {
            ended.push(world.make(plan).await);
        }
        ended
    };
    let ended = world.clock.clone().run(calls);
    judge::calls(&world, &plans, &ended);
    judge::nothing_is_left(world);
}

impl World {
    /// Lets go of the client.
    pub(super) fn leave(self) -> (SimClock, SimServer) {
        (self.clock, self.server)
    }
}
