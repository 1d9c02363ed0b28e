//! Which operation a request means.

use serde_json::json;

use crate::shop::{ask, get, header, json, messages, text, with};

fn operation(line: &str) -> Option<String> {
    get(line).operation
}

#[test]
fn the_most_concrete_path_wins() {
    for (line, expected) in [
        ("GET /items", "items.list"),
        ("GET /items/7", "items.get"),
        ("GET /items/latest", "items.latest"),
        ("GET /items/l%61test", "items.latest"),
        ("GET /items/7.json", "items.file"),
        ("DELETE /items/7", "items.remove"),
        ("DELETE /items/latest", "items.remove"),
        ("HEAD /items", "items.list"),
        ("GET /rpc?Action=Start", "rpc.start"),
        ("GET /rpc?Action=Stop", "rpc.stop"),
    ] {
        assert_eq!(operation(line).as_deref(), Some(expected), "{line}");
    }
}

#[test]
fn a_wrong_request_means_the_operation_whose_constants_it_has() {
    let request = with("POST /call", &[("X-Target", "Stop")], "");
    let answer = ask(&request);
    assert_eq!(answer.operation.as_deref(), Some("call.stop"));
    assert_eq!(
        messages(&answer),
        [
            "the header `X-Reason` is required and missing",
            "the header `X-Delay` is required and missing",
        ]
    );
}

#[test]
fn paths_of_servers_may_stand_before_a_path() {
    for line in [
        "GET /v1/items/7",
        "GET /live/api/items/7",
        "GET /test/api/items/7",
        "GET /shop/v0/items/7",
    ] {
        assert_eq!(operation(line).as_deref(), Some("items.get"), "{line}");
    }
    assert_eq!(operation("GET /v2/items/7"), None);
}

#[test]
fn a_path_that_is_not_there_is_told_what_is_near() {
    let answer = get("GET /v1/item/7");
    assert_eq!(answer.reply.status, 404);
    assert_eq!(
        header(&answer, "content-type"),
        Some("application/problem+json")
    );
    let body = json(&answer);
    assert_eq!(body["title"], "No such path");
    assert_eq!(
        body["detail"],
        "no path that is described fits `/v1/item/7`; near to it are `/items/{id}`, \
         `/items`, `/items/latest`"
    );
    let nowhere = get("GET /a/b/c/d/e/f");
    assert_eq!(
        messages(&nowhere),
        ["no path that is described fits `/a/b/c/d/e/f`"]
    );
    for line in ["GET /items/", "GET //items", "GET /items/7/8", "GET *"] {
        assert_eq!(get(line).reply.status, 404, "{line}");
    }
}

#[test]
fn a_method_that_is_not_there_is_told_which_are() {
    let answer = get("PUT /items/7");
    assert_eq!(answer.reply.status, 405);
    assert_eq!(header(&answer, "allow"), Some("DELETE, GET, HEAD, OPTIONS"));
    assert_eq!(
        messages(&answer),
        ["`/items/7` has no `PUT`; it has DELETE, GET, HEAD, OPTIONS"]
    );
    let options = get("OPTIONS /items/7");
    assert_eq!((options.reply.status, text(&options)), (204, ""));
    assert_eq!(
        header(&options, "allow"),
        Some("DELETE, GET, HEAD, OPTIONS")
    );
    assert_eq!(json!(options.problems), json!([]));
}
