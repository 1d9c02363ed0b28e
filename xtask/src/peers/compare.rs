//! Two requests, field by field: what differs, but for what may.

use std::collections::BTreeSet;

use serde_json::Value;

use super::recorder::Request;

/// The headers that may differ, and why. All others have to be the same.
const MAY_DIFFER: [(&str, &str); 4] = [
    ("user-agent", "each client names itself"),
    (
        "accept-encoding",
        "what the HTTP library can unpack; the body is the same in the end",
    ),
    (
        "connection",
        "HTTP/1.1 keeps connections unless told otherwise, so `keep-alive` says nothing",
    ),
    (
        "content-length",
        "the spaces of JSON; and 0 where DELETE has no body, which RFC 9110 leaves open",
    ),
];

/// A difference between the requests of a call.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// What differs: `method`, `header accept`, and so on.
    pub(super) field: String,
    /// What the official client sent.
    pub(super) official: String,
    /// What the generated client sent.
    pub(super) generated: String,
}

/// All differences that matter. Secrets are compared, too, and told.
pub(super) fn differences(official: &Request, generated: &Request) -> Vec<Difference> {
    let mut found = Differences(Vec::new());
    let (path, query) = split(&official.target);
    let (own_path, own_query) = split(&generated.target);
    found.hold("method", Some(&official.method), Some(&generated.method));
    found.hold("path", Some(path), Some(own_path));
    found.hold_query(query, own_query);
    found.hold_headers(official, generated);
    found.hold_body(official, generated);
    found.0
}

struct Differences(Vec<Difference>);

impl Differences {
    fn hold(&mut self, field: &str, official: Option<&str>, generated: Option<&str>) {
        if official != generated {
            let told = |value: Option<&str>| value.unwrap_or("(nothing)").to_owned();
            self.0.push(Difference {
                field: field.to_owned(),
                official: told(official),
                generated: told(generated),
            });
        }
    }

    /// The pairs in any order, and decoded: a space is `+` for one and `%20` for another.
    fn hold_query(&mut self, official: &str, generated: &str) {
        let (official, generated) = (pairs(official), pairs(generated));
        let names: BTreeSet<&str> = official
            .iter()
            .chain(&generated)
            .map(|pair| &*pair.0)
            .collect();
        for name in names {
            let (official, generated) = (joined(&official, name), joined(&generated, name));
            let field = format!("query parameter {name}");
            self.hold(&field, official.as_deref(), generated.as_deref());
        }
    }

    fn hold_headers(&mut self, official: &Request, generated: &Request) {
        let both = official.headers.iter().chain(&generated.headers);
        let names: BTreeSet<&str> = both.map(|(name, _)| &**name).collect();
        for name in names {
            if MAY_DIFFER.iter().any(|(known, _)| *known == name) {
                continue;
            }
            let official = joined(&official.headers, name);
            let generated = joined(&generated.headers, name);
            let field = format!("header {name}");
            self.hold(&field, official.as_deref(), generated.as_deref());
        }
    }

    /// As JSON, where both are: spaces and the order of keys mean nothing.
    fn hold_body(&mut self, official: &Request, generated: &Request) {
        let json = |request: &Request| serde_json::from_slice::<Value>(&request.body).ok();
        if let (Some(official), Some(generated)) = (json(official), json(generated))
            && official == generated
        {
            return;
        }
        let text = |request: &Request| String::from_utf8_lossy(&request.body).into_owned();
        self.hold("body", Some(&text(official)), Some(&text(generated)));
    }
}

fn split(target: &str) -> (&str, &str) {
    target.split_once('?').unwrap_or((target, ""))
}

/// All values of a name, in their order.
fn joined(pairs: &[(String, String)], name: &str) -> Option<String> {
    let of_it = pairs.iter().filter(|pair| pair.0 == name);
    let values: Vec<&str> = of_it.map(|pair| &*pair.1).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

fn pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let halves = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    halves
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

fn decoded(text: &str) -> String {
    let spaced = text.replace('+', " ");
    percent_encoding::percent_decode_str(&spaced)
        .decode_utf8_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(target: &str, headers: &[(&str, &str)], body: &str) -> Request {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Request {
            method: "GET".to_owned(),
            target: target.to_owned(),
            headers: headers.iter().map(owned).collect(),
            body: body.as_bytes().to_vec(),
        }
    }

    fn fields(official: &Request, generated: &Request) -> Vec<String> {
        let differences = differences(official, generated);
        differences.into_iter().map(|one| one.field).collect()
    }

    #[test]
    fn order_escapes_and_spaces_mean_nothing() {
        let official = request(
            "/a?x=1&y=a+b%2A",
            &[("user-agent", "one")],
            r#"{"a": 1, "b": 2}"#,
        );
        let generated = request(
            "/a?y=a%20b*&x=1",
            &[("user-agent", "two")],
            r#"{"b":2,"a":1}"#,
        );
        assert!(fields(&official, &generated).is_empty());
    }

    #[test]
    fn everything_else_is_told() {
        let official = request("/a?x=1&x=2", &[("accept", "a"), ("b", "c")], r#"{"a":1}"#);
        let mut generated = request("/b?x=2&x=1&y", &[("accept", "b")], r#"{"a":2}"#);
        generated.method = "POST".to_owned();
        assert_eq!(
            fields(&official, &generated),
            [
                "method",
                "path",
                "query parameter x",
                "query parameter y",
                "header accept",
                "header b",
                "body"
            ]
        );
    }

    #[test]
    fn no_body_is_not_an_empty_object() {
        let (none, empty) = (request("/", &[], ""), request("/", &[], "{}"));
        assert_eq!(fields(&none, &empty), ["body"]);
    }
}
