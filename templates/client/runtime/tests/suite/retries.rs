//! Retries one by one, on a clock that is not real; the schedules try them all together.

use std::time::Duration;

use crate::calls::NoError;
use crate::mini_client::Client;
use crate::runtime::{Api, CallOptions, CoreBuilder, Operation, RetryPolicy, Server, response};
use crate::sim::{EPOCH, End, Fate, Head, SimClock, SimServer};

const EMPTY: &str = r#"{"items":[]}"#;

/// How a call went: when it was over, how often it was sent, and its error.
struct Gone {
    after: Duration,
    sent: usize,
    said: u32,
    error: Option<String>,
}

/// A GET of which the first request has this fate, and all others go well.
fn first(fate: Fate, options: CallOptions) -> Gone {
    let clock = SimClock::default();
    let server = SimServer::new(&clock, move |_, seen| match seen.len() {
        0 => fate.clone(),
        _ => Head::new(200).piece(EMPTY).whole(),
    });
    let client = Client::builder().clock(clock.clone());
    let client = client.transport(server.clone()).build().unwrap();
    let get = client.instance_org_invites().get("i", "o").options(options);
    let (said, error) = match clock.run(get.send_with_meta()) {
        Ok(meta) => (meta.attempts(), None),
        Err(error) => (error.attempts(), Some(error.to_string())),
    };
    Gone {
        after: clock.time(),
        sent: server.seen().len(),
        said,
        error,
    }
}

fn quick() -> CallOptions {
    CallOptions::new().retries(RetryPolicy::new().base(Duration::ZERO))
}

/// The first request is given away when it is sent, so that another one is written anew.
#[test]
fn what_is_sent_again_is_what_was_sent() {
    let base = || Client::builder().base_url("https://api.example/v1");
    let builders = [base(), base().api_key("k").query_key("a b&c")];
    for builder in builders {
        let clock = SimClock::default();
        let server = SimServer::new(&clock, |_, seen| match seen.len() {
            0 => Head::new(503).whole(),
            1 => Fate::Refused,
            _ => Head::new(200).piece(EMPTY).whole(),
        });
        let builder = builder.clock(clock.clone()).transport(server.clone());
        let client = builder.build().unwrap();
        let get = client.instance_org_invites().get("a/b", "\u{fc}");
        let get = get.sort_field("role").options(quick());
        clock.run(get.send()).unwrap();
        let [sent, again, last] = server.seen().try_into().unwrap();
        assert!(sent.uri.path().contains("/a%2Fb/"), "{}", sent.uri);
        assert!(sent.uri.query().unwrap().contains("role"), "{}", sent.uri);
        assert_eq!((&again.uri, &again.headers), (&sent.uri, &sent.headers));
        assert_eq!((&last.uri, &last.headers), (&sent.uri, &sent.headers));
    }
}

#[test]
fn every_passing_failure_is_tried_again() {
    let mut fates = vec![
        Fate::Refused,
        Fate::Interrupted(0),
        Fate::Answer(Head::new(200).piece("{"), End::Broken),
        Fate::Answer(Head::new(404).piece("{"), End::Broken),
    ];
    fates.extend([408, 429, 500, 502, 503, 504].map(|status| Head::new(status).whole()));
    for fate in fates {
        let gone = first(fate.clone(), quick());
        assert_eq!((gone.sent, gone.said, gone.error), (2, 2, None), "{fate:?}");
    }
}

#[test]
fn all_else_is_not() {
    let mut fates = vec![
        Head::new(200).piece("<html>").whole(),
        Head::new(302).header("location", "ftp://a").whole(),
    ];
    fates.extend([400, 401, 403, 404, 409, 422].map(|status| Head::new(status).whole()));
    for fate in fates {
        let gone = first(fate.clone(), quick());
        assert_eq!((gone.sent, gone.said), (1, 1), "{fate:?}");
        assert!(gone.error.is_some());
    }
}

#[test]
fn an_attempt_that_takes_too_long_is_followed_by_another() {
    let silences = [
        Fate::Silence,
        Fate::Answer(Head::new(200).piece("{"), End::Silence),
    ];
    for fate in silences {
        let options = quick().attempt_timeout(Duration::from_secs(3));
        let gone = first(fate, options);
        assert_eq!((gone.sent, gone.error), (2, None));
        assert_eq!(gone.after, Duration::from_secs(3));
    }
}

#[test]
fn a_body_that_trickles_in_ends_in_time() {
    let mut head = Head::new(200);
    head.pieces = vec![String::new(); 100];
    head.pace = Duration::from_secs(1);
    let options = quick().timeout(Duration::from_secs(5));
    let gone = first(Fate::Answer(head, End::Silence), options);
    assert_eq!((gone.sent, gone.after), (1, Duration::from_secs(5)));
    assert!(gone.error.unwrap().contains("the time was up"));
}

#[test]
fn patience_is_asked_for_in_seconds_or_by_a_date() {
    let date = |time: Duration| httpdate::fmt_http_date(std::time::UNIX_EPOCH + time);
    // The server's clock is a day ahead.
    let day = EPOCH + Duration::from_secs(86_400);
    let wait = Duration::from_secs(9);
    let head = || Head::new(503);
    let cases = [
        head().header("retry-after", "9"),
        // Some servers write fractions.
        head().header("retry-after", "9.000"),
        head()
            .header("retry-after", date(day + wait))
            .header("date", date(day)),
        head().header("retry-after", date(EPOCH + wait)),
    ];
    for head in cases {
        let gone = first(head.whole(), quick());
        assert_eq!((gone.sent, gone.after), (2, wait));
    }
    let passed = head().header("retry-after", date(EPOCH - wait)).whole();
    assert_eq!(first(passed, quick()).after, Duration::ZERO);
}

#[test]
fn too_much_patience_is_not_had() {
    let head = || Head::new(429).header("retry-after", "31");
    let gone = first(head().whole(), quick());
    assert_eq!((gone.sent, gone.after), (1, Duration::ZERO));
    let longer = RetryPolicy::new().longest_wait(Duration::from_secs(31));
    let gone = first(head().whole(), CallOptions::new().retries(longer));
    assert_eq!((gone.sent, gone.error), (2, None));
    let in_vain = CallOptions::new()
        .retries(longer)
        .timeout(Duration::from_secs(31));
    let gone = first(head().whole(), in_vain);
    assert_eq!((gone.sent, gone.after), (1, Duration::ZERO));
}

#[test]
fn patience_beyond_all_numbers_is_not_had() {
    for seconds in [
        "18446744073709551615",
        "99999999999999999999999",
        "99999999999999999999999.5",
    ] {
        let head = Head::new(503).header("retry-after", seconds);
        let gone = first(head.whole(), CallOptions::new());
        assert_eq!((gone.sent, gone.after), (1, Duration::ZERO), "{seconds}");
    }
    // What is no number asks for nothing.
    for text in ["99999999999999999999999x", "-1", "", ".", "1.2.3", "1.5e9"] {
        let head = Head::new(503).header("retry-after", text);
        assert_eq!(first(head.whole(), quick()).sent, 2, "{text}");
    }
}

#[test]
fn no_time_is_no_attempt() {
    let gone = first(Fate::Refused, quick().timeout(Duration::ZERO));
    assert_eq!((gone.sent, gone.said), (0, 0));
    assert!(gone.error.unwrap().contains("the time was up"));
}

#[test]
fn times_without_end_are_no_limits() {
    let policy = RetryPolicy::new().base(Duration::MAX).cap(Duration::MAX);
    let options = CallOptions::new()
        .retries(policy.longest_wait(Duration::MAX))
        .timeout(Duration::MAX)
        .attempt_timeout(Duration::MAX);
    let gone = first(Fate::Refused, options);
    assert_eq!((gone.sent, gone.error), (2, None));
}

#[test]
fn pauses_are_random_parts_of_what_doubles() {
    let clock = SimClock::default();
    let server = SimServer::new(&clock, |_, _| Head::new(503).whole());
    let client = Client::builder().clock(clock.clone());
    let client = client.transport(server.clone()).build().unwrap();
    let policy = RetryPolicy::new().attempts(6).base(Duration::from_secs(1));
    let policy = policy.cap(Duration::from_secs(6));
    let mut longest = [Duration::ZERO; 5];
    fastrand::seed(1);
    for _ in 0..15 {
        let before = server.seen().len();
        let options = CallOptions::new().retries(policy).timeout(Duration::MAX);
        let get = client.instance_org_invites().get("i", "o");
        clock.run(get.options(options).send()).unwrap_err();
        let times: Vec<Duration> = server.seen()[before..].iter().map(|it| it.at).collect();
        for (at, pair) in times.windows(2).enumerate() {
            longest[at] = longest[at].max(pair[1] - pair[0]);
        }
    }
    // A part of all of them, and now and then nearly all of it.
    for (longest, limit) in longest.into_iter().zip([1, 2, 4, 6, 6]) {
        let limit = Duration::from_secs(limit);
        assert!(
            longest <= limit && longest > limit / 2,
            "{longest:?} of {limit:?}"
        );
    }
}

#[test]
fn no_pause_stays_no_pause() {
    let clock = SimClock::default();
    let server = SimServer::new(&clock, |_, _| Head::new(503).whole());
    let client = Client::builder().clock(clock.clone());
    let client = client.transport(server.clone()).build().unwrap();
    let policy = RetryPolicy::new().attempts(40).base(Duration::ZERO);
    let options = CallOptions::new().retries(policy).timeout(Duration::MAX);
    let get = client.instance_org_invites().get("i", "o");
    clock.run(get.options(options).send()).unwrap_err();
    assert_eq!((server.seen().len(), clock.time()), (40, Duration::ZERO));
}

static API: Api = Api {
    name: "retries",
    version: "1",
    servers: &[Server::new("https://api.example")],
    schemes: &[],
    parameters: &[],
    request_id_headers: &[],
};

static POST: Operation = Operation {
    method: "POST",
    ..Operation::USUAL
};

#[test]
fn an_empty_key_is_no_key() {
    for (key, sent) in [("", 1), (" ", 1), ("k", 2)] {
        let clock = SimClock::default();
        let server = SimServer::new(&clock, |_, seen| match seen.len() {
            0 => Head::new(503).whole(),
            _ => Head::new(200).whole(),
        });
        let mut core = CoreBuilder::new(&API);
        core.clock(clock.clone());
        core.transport(server.clone());
        let mut post = core.build().unwrap().call(&POST);
        post.options(quick().idempotency_key(key));
        let outcome = clock.run(post.send::<_, NoError>(response::empty));
        assert_eq!(outcome.is_ok(), sent == 2);
        assert_eq!(server.seen().len(), sent, "{key:?}");
    }
}
