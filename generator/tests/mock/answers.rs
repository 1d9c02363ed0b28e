//! What is answered: status, media type, example.

use serde_json::{Value, json};

use crate::shop::{ask, get, header, json, messages, text, with};

fn asked(line: &str, name: &str, value: &str) -> sdkwright::mock::Exchange {
    ask(&with(line, &[(name, value)], ""))
}

#[test]
fn the_lowest_success_is_answered_with_its_first_example() {
    let answer = get("GET /items");
    assert_eq!(answer.reply.status, 200);
    assert_eq!(header(&answer, "content-type"), Some("application/json"));
    assert_eq!(
        json(&answer),
        json!([{ "id": 1, "name": "Cup" }, { "id": 2, "name": "Jug" }])
    );
    assert_eq!(
        header(&answer, "x-total"),
        Some("7"),
        "made, as it is always there"
    );
    assert_eq!(header(&answer, "x-page"), Some("3"), "its example");
    assert_eq!(header(&answer, "x-other"), None, "nothing is known of it");
    assert_eq!(get("GET /items").reply, answer.reply, "the same again");
}

#[test]
fn what_has_no_example_is_made_from_its_schema() {
    let made = json(&get("GET /items/7"));
    assert_eq!(made["id"], 1);
    assert_eq!(made["name"], "string");
    assert_eq!(made["secret"], Value::Null, "only callers write it");
    assert_eq!(made["born"], "2024-05-13");
    let error = json(&asked("GET /items", "prefer", "status=429"));
    assert_eq!(error, json!({ "message": "string", "code": "E-111" }));
}

#[test]
fn the_media_type_is_negotiated() {
    for (accept, media) in [
        ("text/csv", "text/csv"),
        ("text/*", "text/csv"),
        ("*/*", "application/json"),
        ("text/csv;q=0.1, application/json;q=0.5", "application/json"),
        ("application/*;q=0.2, text/csv;q=0.1", "application/json"),
        ("application/json;q=0, */*", "text/csv"),
    ] {
        let answer = asked("GET /items", "accept", accept);
        assert_eq!(header(&answer, "content-type"), Some(media), "{accept}");
    }
    assert_eq!(
        text(&asked("GET /items", "accept", "text/csv")),
        "id,name\n1,Cup\n"
    );
    let xml = asked("GET /items", "accept", "application/xml");
    let start = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<item><id>1</id><name>string</name>";
    assert!(text(&xml).starts_with(start), "{}", text(&xml));
    let none = asked("GET /items", "accept", "image/png");
    assert_eq!(none.reply.status, 406);
    assert_eq!(
        json(&none)["detail"],
        "the answer can be `application/json` or `text/csv` or `application/xml`, and `Accept` \
         is `image/png`"
    );
}

#[test]
fn another_documented_answer_can_be_preferred() {
    for (prefer, status) in [
        ("status=429", 429),
        ("code=429", 429),
        ("respond-async, status=503", 503),
        ("status=\"500\"", 500),
    ] {
        assert_eq!(
            asked("GET /items", "prefer", prefer).reply.status,
            status,
            "{prefer}"
        );
    }
    let broken = asked("GET /items", "prefer", "status=503");
    assert_eq!(json(&broken), json!({ "message": "broken" }));
    let none = asked("GET /items", "prefer", "example=none");
    assert_eq!(json(&none), json!([]));
    for (prefer, detail) in [
        (
            "status=404",
            "the status `404` is not documented here; those that are: 200, 429, 5XX",
        ),
        (
            "status=x",
            "the status `x` is not documented here; those that are: 200, 429, 5XX",
        ),
        (
            "example=noen",
            "the answer 200 has no example `noen`; did you mean `none`?",
        ),
        (
            "example=q",
            "the answer 200 has no example `q`; it has two, none",
        ),
    ] {
        let refused = asked("GET /items", "prefer", prefer);
        assert_eq!(refused.reply.status, 400);
        assert_eq!(json(&refused)["detail"], detail);
    }
    // A failure comes in the media type that it has.
    let refused = ask(&with(
        "GET /items",
        &[("prefer", "status=500"), ("accept", "text/csv")],
        "",
    ));
    assert_eq!(header(&refused, "content-type"), Some("application/json"));
}

#[test]
fn no_content_is_no_content() {
    let answer = get("DELETE /items/7");
    assert_eq!((answer.reply.status, text(&answer)), (204, ""));
    assert_eq!(answer.reply.headers, []);
    assert_eq!(messages(&answer), [""; 0]);
}

#[test]
fn streams_have_a_few_items() {
    let events = asked("GET /feed", "accept", "text/event-stream");
    assert_eq!(header(&events, "content-type"), Some("text/event-stream"));
    let all: Vec<&str> = text(&events).split_terminator("\n\n").collect();
    let [sold, gone] = all[..] else {
        panic!("{all:?}");
    };
    let data = sold.strip_prefix("event: sold\ndata: ").unwrap();
    let data: Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["name"], "string");
    assert_eq!(gone, "event: gone\ndata: string");

    let lines = asked("GET /feed", "accept", "application/x-ndjson");
    let items: Vec<Value> = text(&lines)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(items.len(), 2);
    assert_eq!(items[0]["id"], 1);
    let records = asked("GET /feed", "accept", "application/json-seq");
    assert_eq!(text(&records).matches('\u{1e}').count(), 2);
}

#[test]
fn bytes_are_those_of_their_example() {
    let picture = get("GET /picture");
    assert_eq!(header(&picture, "content-type"), Some("image/png"));
    assert_eq!(picture.reply.body, b"not really");
}
