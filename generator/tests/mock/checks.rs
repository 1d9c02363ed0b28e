//! Each check of a request, with what it says.

use serde_json::{Value, json};

use crate::shop::{ask, get, header, json, messages, mock, request, with};

/// What is said of a query.
fn query(query: &str) -> Vec<String> {
    messages(&get(&format!("GET /items?{query}")))
}

#[test]
fn values_of_a_query_are_read_by_their_styles() {
    for good in [
        "limit=5",
        "tags=a&tags=b",
        "ids=1,2,3",
        "ids=1%2C2",
        "sizes=1%7C2.5",
        "sizes=1|2",
        "filter[color]=red&filter[price][min]=5",
        "from=1&to=2",
        "where=%7B%22a%22%3A1%7D",
        "sort=up",
        "since=2024-02-29",
    ] {
        assert_eq!(query(good), [""; 0], "{good}");
    }
}

#[test]
fn brackets_without_end_are_read() {
    let line = format!("filter[price]{}=1", "[a]".repeat(50_000));
    assert_eq!(query(&line), [""; 0]);
    let line = format!("filter{}=1", "[a]".repeat(50_000));
    assert_eq!(
        query(&line),
        ["`/a` of the query parameter `filter` is not described, and nothing else is allowed here"]
    );
}

#[test]
fn wrong_values_of_a_query_are_told() {
    for (wrong, message) in [
        (
            "limit=x",
            "the query parameter `limit` must be an integer, not the string `x`",
        ),
        (
            "limit=+5",
            "the query parameter `limit` must be an integer, not the string ` 5`",
        ),
        (
            "limit=1.5",
            "the query parameter `limit` must be an integer, not `1.5`",
        ),
        (
            "limit=",
            "the query parameter `limit` must be an integer, not the string ``",
        ),
        (
            "limit=0",
            "the query parameter `limit` must be at least 1, and is 0",
        ),
        (
            "limit=51",
            "the query parameter `limit` must be at most 50, and is 51",
        ),
        (
            "limit=1&limit=2",
            "the query parameter `limit` has one value, and was sent 2 times",
        ),
        (
            "tags=abcde",
            "`/0` of the query parameter `tags` has 5 characters, the most is 4",
        ),
        (
            "tags=a&tags=b&tags=c&tags=d",
            "the query parameter `tags` has 4 items, the most is 3",
        ),
        (
            "ids=1,x",
            "`/1` of the query parameter `ids` must be an integer, not the string `x`",
        ),
        (
            "sizes=1|x",
            "`/1` of the query parameter `sizes` must be a number, not the string `x`",
        ),
        (
            "filter[price][min]=x",
            "`/price/min` of the query parameter `filter` must be a number, not the string `x`",
        ),
        (
            "filter[size]=1",
            "`/size` of the query parameter `filter` is not described, and nothing else is \
             allowed here",
        ),
        (
            "from=x",
            "`/from` of the query parameter `page` must be an integer, not the string `x`",
        ),
        (
            "where=%7B%7D",
            "`/a` of the query parameter `where` is required and missing",
        ),
        (
            "where=x",
            "the query parameter `where` must be JSON: expected value at line 1 column 1",
        ),
        (
            "sort=left",
            "the query parameter `sort` must be one of `up`, `down`, not `left`",
        ),
    ] {
        assert_eq!(query(wrong), [message], "{wrong}");
    }
}

#[test]
fn headers_cookies_and_paths_are_checked() {
    for (line, headers, message) in [
        (
            "GET /items",
            ("x-trace", "xyz"),
            "the header `X-Trace` must match the pattern `^[a-f]+$`, and is `xyz`",
        ),
        (
            "GET /items",
            ("x-sizes", "1, 2, z"),
            "`/2` of the header `X-Sizes` must be an integer, not the string `z`",
        ),
        (
            "GET /items",
            ("cookie", "a=b; seen=maybe"),
            "the cookie `seen` must be true or false, not the string `maybe`",
        ),
        (
            "GET /items/x%20y",
            ("accept", "*/*"),
            "the path parameter `id` must be an integer, not the string `x y`",
        ),
        (
            "GET /maps/.1.x/;tiles=x,1",
            ("accept", "*/*"),
            "`/1` of the path parameter `area` must be an integer, not the string `x`",
        ),
        (
            "GET /maps/.1.2/;tiles=x,z",
            ("accept", "*/*"),
            "`/x` of the path parameter `tiles` must be an integer, not the string `z`",
        ),
    ] {
        let answer = ask(&with(line, &[headers], ""));
        assert_eq!(messages(&answer), [message]);
        assert_eq!(answer.reply.status, 400);
    }
    let good = [
        ("x-trace", "abc"),
        ("x-sizes", "1,2"),
        ("cookie", "seen=true"),
    ];
    assert_eq!(messages(&ask(&with("GET /items", &good, ""))), [""; 0]);
    assert_eq!(messages(&get("GET /maps/.1.2/;tiles=x,1")), [""; 0]);
}

#[test]
fn what_is_only_a_hint_is_refused_by_a_strict_server_alone() {
    for (line, message) in [
        (
            "GET /items?sord=up",
            "(warning) the query parameter `sord` is not described; did you mean `sort`?",
        ),
        (
            "GET /items?since=yesterday",
            "(warning) the query parameter `since` should be a `date`, and is `yesterday`",
        ),
    ] {
        let answer = get(line);
        assert_eq!(
            (answer.reply.status, messages(&answer)),
            (200, vec![message.to_owned()])
        );
        let strict = mock().strict(true).answer(&request(line));
        assert_eq!(strict.reply.status, 400, "{line}");
        assert_eq!(
            json(&strict)["detail"],
            message.trim_start_matches("(warning) ")
        );
    }
    let strict = mock().strict(true).answer(&request("GET /items?limit=5"));
    assert_eq!(strict.reply.status, 200);
}

const JSON: (&str, &str) = ("content-type", "application/json; charset=utf-8");

fn body(value: &Value) -> Vec<String> {
    messages(&ask(&with("POST /items", &[JSON], &value.to_string())))
}

#[test]
fn bodies_of_json_are_held_against_their_schema() {
    let good = json!({ "name": "Cup", "secret": "s" });
    assert_eq!(
        body(&good),
        [""; 0],
        "what only the server writes is not required"
    );
    for (field, value, message) in [
        (
            "name",
            json!("C"),
            "`/name` of the body has 1 character, the least is 2",
        ),
        (
            "name",
            json!("Cups and jugs"),
            "`/name` of the body has 13 characters, the most is 10",
        ),
        (
            "name",
            json!(null),
            "`/name` of the body must be a string, not null",
        ),
        (
            "price",
            json!(0),
            "`/price` of the body must be more than 0, and is 0",
        ),
        (
            "price",
            json!(0.3),
            "`/price` of the body must be a multiple of 0.5, and is 0.3",
        ),
        (
            "kind",
            json!("other"),
            "`/kind` of the body must be `thing`, not `other`",
        ),
        (
            "odd",
            json!("x"),
            "`/odd` of the body is what the description forbids by `not`",
        ),
        (
            "parts",
            json!([good, good]),
            "`/parts` of the body has an item twice, and all must differ",
        ),
        (
            "parts",
            json!([{ "name": "Cup", "secret": 3 }]),
            "`/parts/0/secret` of the body must be a string, not `3`",
        ),
        (
            "size",
            json!("X"),
            "`/size` of the body must match the pattern `^[SML]$`, and is `X`",
        ),
        (
            "size",
            json!([]),
            "`/size` of the body fits none of the 2 schemas it may have; by the nearest it must \
             be an integer, not an array",
        ),
        (
            "ways",
            json!({}),
            "`/ways` of the body fits none of the 2 schemas it may have; by the nearest `/by` is \
             required and missing",
        ),
        (
            "born",
            json!("today"),
            "(warning) `/born` of the body should be a `date`, and is `today`",
        ),
        (
            "more",
            json!(1),
            "`/more` of the body is not described, and nothing else is allowed here",
        ),
    ] {
        let mut whole = good.clone();
        whole[field] = value;
        assert_eq!(body(&whole), [message]);
    }
    let mut null = good;
    null["price"] = Value::Null;
    assert_eq!(body(&null), [""; 0]);
    assert_eq!(
        body(&json!({ "name": "Cup" })),
        ["`/secret` of the body is required and missing"]
    );
    assert_eq!(
        body(&json!([])),
        ["the body must be an object, not an array"]
    );
}

#[test]
fn what_is_wrong_has_a_place_and_a_rule() {
    let wrong = json!({ "name": "C", "secret": "s" }).to_string();
    let answer = ask(&with("POST /items?x=1", &[JSON], &wrong));
    let expected = json!({
        "title": "The request does not fit the description",
        "status": 400,
        "detail": "`/name` of the body has 1 character, the least is 2",
        "problems": [{
            "in": "body",
            "pointer": "/name",
            "rule": "minLength",
            "message": "`/name` of the body has 1 character, the least is 2",
        }],
    });
    assert_eq!(json(&answer), expected);
    assert_eq!(
        header(&answer, "content-type"),
        Some("application/problem+json")
    );
    let answer = get("GET /items?limit=0&filter[price][min]=x");
    let problems = &json(&answer)["problems"];
    assert_eq!(problems[0]["name"], "limit");
    assert_eq!(problems[0]["in"], "query");
    assert_eq!(problems[1]["pointer"], "/price/min");
    let detail = "the query parameter `limit` must be at least 1, and is 0, and 1 more";
    assert_eq!(json(&answer)["detail"], detail);
}

#[test]
fn bodies_are_there_and_of_a_described_media_type() {
    let names = "`application/json` or `application/x-www-form-urlencoded` or \
                 `multipart/form-data` or `application/x-ndjson` or `text/plain`";
    let missing = format!("a body is required and missing; send {names}");
    assert_eq!(messages(&get("POST /items")), [missing]);
    let other = ask(&with("POST /items", &[("content-type", "image/png")], "x"));
    assert_eq!(
        messages(&other),
        [format!("the body cannot be `image/png`, but {names}")]
    );
    let none = ask(&with("POST /items", &[], "x"));
    let message = format!("the header `Content-Type` is missing; the body can be {names}");
    assert_eq!(messages(&none), [message]);
    let broken = ask(&with("POST /items", &[JSON], "{\"name\": "));
    let message = "the body is no JSON: EOF while parsing a value at line 1 column 9";
    assert_eq!(messages(&broken), [message]);
    let deep = "[".repeat(100_000);
    assert_eq!(ask(&with("POST /items", &[JSON], &deep)).reply.status, 400);
    let unasked = ask(&with("GET /items", &[JSON], "{}"));
    assert_eq!(
        messages(&unasked),
        ["(warning) a body was sent, and none is described"]
    );
}

#[test]
fn forms_lines_and_texts_are_checked() {
    let of = |media: &str, body: &str| {
        messages(&ask(&with("POST /items", &[("content-type", media)], body)))
    };
    let form = "application/x-www-form-urlencoded";
    assert_eq!(of(form, "name=A+cup&secret=%25&price=1.5&size=3"), [""; 0]);
    assert_eq!(
        of(form, "name=Cup&price=x"),
        [
            "`/secret` of the body is required and missing",
            "`/price` of the body must be null or a number, not the string `x`",
        ]
    );
    let lines = "application/x-ndjson";
    assert_eq!(of(lines, "{\"name\":\"Cup\",\"secret\":\"\"}\n\n"), [""; 0]);
    assert_eq!(
        of(
            lines,
            "{\"name\":\"Cup\",\"secret\":\"\"}\n{\"name\":1,\"secret\":\"\"}\nx\n"
        ),
        [
            "`/name` of item 2 of the body must be a string, not `1`",
            "item 3 of the body is no JSON: expected value at line 1 column 1",
        ]
    );
    assert_eq!(of("text/plain", "abc"), [""; 0]);
    assert_eq!(
        of("text/plain", "abcdef"),
        ["the body has 6 characters, the most is 5"]
    );
}

#[test]
fn parts_of_a_form_are_checked() {
    let part = |head: &str, body: &str| {
        format!("--b\r\nContent-Disposition: form-data; name={head}\r\n\r\n{body}\r\n")
    };
    let of = |parts: &[String]| {
        let body = parts.concat() + "--b--\r\n";
        let header = ("content-type", "multipart/form-data; boundary=\"b\"");
        messages(&ask(&with("POST /items", &[header], &body)))
    };
    let picture = part(
        "\"picture\"; filename=\"a.png\"\r\nContent-Type: image/png",
        "\u{1}--c\r\n",
    );
    let count = part("\"count\"", "3");
    assert_eq!(of(&[picture.clone(), count.clone()]), [""; 0]);
    assert_eq!(
        of(&[count]),
        ["`/picture` of the body is required and missing"]
    );
    let wrong = [
        picture,
        part("\"count\"", "many"),
        part("\"labels\"", "one"),
        part("\"labels\"", "2"),
        part("\"details\"\r\nContent-Type: application/json", "{}"),
    ];
    assert_eq!(
        of(&wrong),
        [
            "`/count` of the body must be an integer, not the string `many`",
            "`/labels/1` of the body has 1 character, the least is 2",
            "`/details/a` of the body is required and missing",
        ]
    );
    for (header, body, message) in [
        (
            "multipart/form-data",
            "x",
            "the body has no `boundary` in its Content-Type",
        ),
        (
            "multipart/form-data; boundary=b",
            "x",
            "the body has no part that begins at its boundary",
        ),
        (
            "multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"count\"\r\n\r\n3",
            "the body ends without its closing boundary",
        ),
        (
            "multipart/form-data; boundary=b",
            "--b",
            "the body ends inside of a part",
        ),
    ] {
        let answer = ask(&with("POST /items", &[("content-type", header)], body));
        assert_eq!(messages(&answer), [message]);
    }
}

#[test]
fn credentials_must_be_there() {
    let answer = get("GET /secret");
    assert_eq!(answer.reply.status, 401);
    assert_eq!(
        json(&answer),
        json!({ "message": "who?" }),
        "the documented 401"
    );
    let challenge = "ApiKey realm=\"mock\", Bearer realm=\"mock\"";
    assert_eq!(header(&answer, "www-authenticate"), Some(challenge));
    assert_eq!(
        messages(&answer),
        ["`key` asks for the header `X-Key`, which is missing"]
    );
    for (line, name, value) in [
        ("GET /secret", "x-key", "k"),
        ("GET /secret?api_key=k", "authorization", "bearer t"),
        ("GET /secret", "cookie", "a=b; session=s"),
        ("GET /basic", "authorization", "Basic YTpi"),
    ] {
        let answer = ask(&with(line, &[(name, value)], ""));
        assert_eq!(
            (answer.reply.status, messages(&answer)),
            (200, Vec::new()),
            "{line} {name}"
        );
    }
    for (headers, message) in [
        (
            vec![],
            "`basic` asks for the header `Authorization: Basic …`, which is missing",
        ),
        (
            vec![("authorization", "Bearer t")],
            "`basic` asks for the header `Authorization: Basic …`, and something else was sent",
        ),
        (
            vec![("authorization", "Basic ")],
            "`basic` asks for the header `Authorization: Basic …`, and nothing follows the word",
        ),
    ] {
        let answer = ask(&with("GET /basic", &headers, ""));
        assert_eq!(
            (answer.reply.status, messages(&answer)),
            (401, vec![message.to_owned()])
        );
        assert_eq!(json(&answer)["title"], "Credentials are missing");
    }
    let half = ask(&with("GET /secret", &[("authorization", "Bearer t")], ""));
    assert_eq!(half.reply.status, 401);
}
