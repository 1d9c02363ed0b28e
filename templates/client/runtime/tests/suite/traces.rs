//! Spans, by OpenTelemetry's conventions for HTTP clients.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::calls::NoError;
use crate::recorder::Recorder;
use crate::runtime::{
    Api, CoreBuilder, Error, OAuth2, Operation, RetryPolicy, Scheme, SchemeKind, response,
};
use crate::sim::{End, Fate, Head, SimClock, SimServer};

static API: Api = Api {
    name: "traces",
    version: "1",
    servers: &[],
    schemes: &[Scheme {
        name: "token",
        kind: SchemeKind::Query { name: "key" },
    }],
    parameters: &[],
    request_id_headers: &[],
};

static GET: Operation = Operation {
    id: "things.get",
    security: &[&[0]],
    ..Operation::USUAL
};

static COPY: Operation = Operation {
    id: "things.copy",
    method: "COPY",
    ..GET
};

/// Makes a call whose requests have these fates.
fn trace(
    operation: &'static Operation,
    url: &str,
    fates: Vec<Fate>,
) -> (Recorder, Result<(), Error<NoError>>) {
    let (recorder, guard) = Recorder::listen();
    let clock = SimClock::default();
    let server = SimServer::new(&clock, move |_, seen| fates[seen.len()].clone());
    let mut builder = CoreBuilder::new(&API);
    builder.base_url(url);
    builder.clock(clock.clone());
    builder.transport(server);
    builder.credential(0, "secret");
    builder.retries(RetryPolicy::new().base(Duration::ZERO));
    builder.attempt_timeout(Duration::from_secs(1));
    let core = builder.build().unwrap();
    let result = clock.run(core.call(operation).send(response::empty));
    drop(guard);
    for name in ["call", "attempt"] {
        assert!(
            recorder.spans(name).iter().all(|span| span.closed),
            "{name}"
        );
    }
    (recorder, result)
}

fn fields(pairs: &[(&'static str, &str)]) -> BTreeMap<&'static str, String> {
    pairs
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect()
}

#[test]
fn a_call_that_goes_well() {
    let fates = vec![Head::new(200).whole()];
    let (recorder, result) = trace(&GET, "https://api.example/v1", fates);
    result.unwrap();
    let [call] = recorder.spans("call").try_into().unwrap();
    let expected = [
        ("otel.name", "things.get"),
        ("otel.kind", "internal"),
        ("http.response.status_code", "200"),
    ];
    assert_eq!(call.fields, fields(&expected));
    let [attempt] = recorder.spans("attempt").try_into().unwrap();
    let expected = [
        ("otel.name", "GET"),
        ("otel.kind", "client"),
        ("http.request.method", "GET"),
        ("http.response.status_code", "200"),
        ("server.address", "api.example"),
        ("server.port", "443"),
        ("url.full", "https://api.example/v1/"),
    ];
    assert_eq!(attempt.fields, fields(&expected));
}

#[test]
fn every_request_is_a_span_that_says_how_it_went() {
    let fates = vec![
        Fate::Refused,
        Head::new(302)
            .header("location", "https://other.example:8443/new")
            .whole(),
        Head::new(503).whole(),
        Fate::Answer(Head::new(200).piece("{"), End::Broken),
    ];
    let (recorder, result) = trace(&GET, "http://[::1]:8080", fates);
    assert!(result.unwrap_err().is_body());
    let spans = recorder.spans("attempt");
    let of = |name| -> Vec<&str> {
        let fields = spans.iter().map(|span| span.fields.get(name));
        fields
            .map(|field| field.map_or("-", String::as_str))
            .collect()
    };
    assert_eq!(of("http.request.resend_count"), ["-", "1", "2", "3"]);
    assert_eq!(of("http.response.status_code"), ["-", "302", "503", "200"]);
    assert_eq!(of("error.type"), ["connect", "-", "503", "body"]);
    assert_eq!(of("otel.status_code"), ["ERROR", "-", "ERROR", "ERROR"]);
    let addresses = ["::1", "::1", "other.example", "::1"];
    assert_eq!(of("server.address"), addresses);
    assert_eq!(of("server.port"), ["8080", "8080", "8443", "8080"]);
    let [call] = recorder.spans("call").try_into().unwrap();
    assert_eq!(call.fields["error.type"], "body");
    assert_eq!(call.fields["otel.status_code"], "ERROR");
    assert!(!recorder.text().contains("secret"));
}

#[test]
fn errors_have_words() {
    let again = || Head::new(302).header("location", "/again").whole();
    let huge = Head::new(404).header("content-length", "999999999999");
    let huge = Fate::Answer(huge, End::Silence);
    let cases = [
        (vec![Head::new(404).whole()], "404"),
        (vec![huge], "too_large"),
        (vec![Fate::Silence, Fate::Silence, Fate::Silence], "timeout"),
        (vec![Fate::Interrupted(0); 3], "interrupted"),
        (vec![again(); 11], "too_many_redirects"),
    ];
    for (fates, expected) in cases {
        let (recorder, result) = trace(&GET, "https://api.example", fates);
        result.unwrap_err();
        let last = recorder.spans("attempt").pop().unwrap();
        assert_eq!(last.fields["error.type"], expected);
        assert_eq!(last.fields["otel.status_code"], "ERROR");
    }
}

#[test]
fn a_method_of_one_s_own_is_other() {
    let fates = vec![Head::new(204).whole()];
    let (recorder, _) = trace(&COPY, "https://api.example", fates);
    let [attempt] = recorder.spans("attempt").try_into().unwrap();
    assert_eq!(attempt.fields["otel.name"], "HTTP");
    assert_eq!(attempt.fields["http.request.method"], "_OTHER");
    assert_eq!(attempt.fields["http.request.method_original"], "COPY");
}

#[test]
fn a_call_that_is_not_sent_says_so() {
    let (recorder, guard) = Recorder::listen();
    let clock = SimClock::default();
    let server = SimServer::new(&clock, |_, _| Head::new(400).whole());
    let mut builder = CoreBuilder::new(&API);
    builder.base_url("https://api.example");
    builder.clock(clock.clone());
    builder.transport(server);
    builder.credential_provider(0, OAuth2::client_credentials("/token", "id", "secret"));
    let call = builder.build().unwrap().call(&GET);
    let result = clock.run(call.send::<(), NoError>(response::empty));
    assert!(result.unwrap_err().is_credential());
    drop(guard);
    let [call] = recorder.spans("call").try_into().unwrap();
    assert_eq!(call.fields["error.type"], "credential");
    assert!(recorder.spans("attempt").is_empty());
    assert!(!recorder.text().contains("secret"));
}
