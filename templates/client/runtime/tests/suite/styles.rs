//! The table "Style Examples" of the OpenAPI Specification 3.2, row by row, and its margins.

use crate::runtime::writing::style::{header, pairs, path, plain_pairs};
use crate::runtime::writing::whole_query::whole_query;
use crate::runtime::{COOKIE, HEADER, PATH, Parameter, QUERY, QUERYSTRING, Style};
use serde_json::{Value, json};

fn values() -> [Value; 4] {
    [
        json!(""),
        json!("blue"),
        json!(["blue", "black", "brown"]),
        json!({"R": 100, "G": 200, "B": 150}),
    ]
}

fn paths(style: Style, explode: bool) -> [String; 4] {
    let parameter = Parameter("color", PATH.style(style).explode(explode));
    values().map(|value| path(&parameter, &value).unwrap())
}

fn queries(style: Style, explode: bool) -> [String; 4] {
    let parameter = Parameter("color", QUERY.style(style).explode(explode));
    values().map(|value| pairs(&parameter, &value).join("&"))
}

#[test]
fn matrix() {
    assert_eq!(
        paths(Style::Matrix, false),
        [
            ";color",
            ";color=blue",
            ";color=blue,black,brown",
            ";color=R,100,G,200,B,150"
        ]
    );
    assert_eq!(
        paths(Style::Matrix, true),
        [
            ";color",
            ";color=blue",
            ";color=blue;color=black;color=brown",
            ";R=100;G=200;B=150"
        ]
    );
}

#[test]
fn label() {
    assert_eq!(
        paths(Style::Label, false),
        [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"]
    );
    assert_eq!(
        paths(Style::Label, true),
        [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"]
    );
}

#[test]
fn simple() {
    let unexploded = ["", "blue", "blue,black,brown", "R,100,G,200,B,150"];
    let exploded = ["", "blue", "blue,black,brown", "R=100,G=200,B=150"];
    assert_eq!(paths(Style::Simple, false), unexploded);
    assert_eq!(paths(Style::Simple, true), exploded);
    let headers = |explode| {
        let parameter = Parameter("color", HEADER.explode(explode));
        values().map(|value| header(&parameter, &value).unwrap())
    };
    assert_eq!(headers(false), unexploded);
    assert_eq!(headers(true), exploded);
}

#[test]
fn form() {
    let unexploded = [
        "color=",
        "color=blue",
        "color=blue,black,brown",
        "color=R,100,G,200,B,150",
    ];
    let exploded = [
        "color=",
        "color=blue",
        "color=blue&color=black&color=brown",
        "R=100&G=200&B=150",
    ];
    assert_eq!(queries(Style::Form, false), unexploded);
    assert_eq!(queries(Style::Form, true), exploded);
    let cookies = |parameter: Parameter| values().map(|it| pairs(&parameter, &it).join("&"));
    assert_eq!(cookies(Parameter("color", COOKIE)), exploded);
    assert_eq!(
        cookies(Parameter("color", COOKIE.explode(false))),
        unexploded
    );
    let default = Parameter("color", QUERY);
    assert_eq!(pairs(&default, &json!(["a", "b"])), ["color=a", "color=b"]);
}

#[test]
fn delimited() {
    let [_, _, array, object] = queries(Style::SpaceDelimited, false);
    assert_eq!(array, "color=blue%20black%20brown");
    assert_eq!(object, "color=R%20100%20G%20200%20B%20150");
    let [_, _, array, object] = queries(Style::PipeDelimited, false);
    assert_eq!(array, "color=blue%7Cblack%7Cbrown");
    assert_eq!(object, "color=R%7C100%7CG%7C200%7CB%7C150");
    let [_, _, array, _] = queries(Style::PipeDelimited, true);
    assert_eq!(array, "color=blue&color=black&color=brown");
    let default = Parameter("color", QUERY.style(Style::SpaceDelimited));
    assert_eq!(pairs(&default, &json!([1, 2])), ["color=1%202"]);
}

#[test]
fn deep_object() {
    let [empty, string, array, object] = queries(Style::DeepObject, true);
    assert_eq!(object, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150");
    // The table has no rows for these.
    assert_eq!([empty.as_str(), string.as_str()], ["color=", "color=blue"]);
    assert_eq!(
        array,
        "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown"
    );
    let parameter = Parameter("f", QUERY.style(Style::DeepObject));
    let nested = json!({"a": {"b": 1, "c": [2, null, {"x": 3}]}, "d e": null, "f": "&"});
    assert_eq!(
        pairs(&parameter, &nested),
        [
            "f%5Ba%5D%5Bb%5D=1",
            "f%5Ba%5D%5Bc%5D%5B0%5D=2",
            "f%5Ba%5D%5Bc%5D%5B1%5D%5Bx%5D=3",
            "f%5Bf%5D=%26"
        ]
    );
}

#[test]
fn cookies() {
    let cookies = |explode| {
        let in_manner = |explode| Parameter("color", COOKIE.style(Style::Cookie).explode(explode));
        values().map(|value| pairs(&in_manner(explode), &value).join("; "))
    };
    assert_eq!(
        cookies(false),
        [
            "color=",
            "color=blue",
            "color=blue,black,brown",
            "color=R,100,G,200,B,150"
        ]
    );
    let exploded = [
        "color=",
        "color=blue",
        "color=blue; color=black; color=brown",
        "R=100; G=200; B=150",
    ];
    assert_eq!(cookies(true), exploded);
    let usual = Parameter("c", COOKIE.style(Style::Cookie));
    assert_eq!(pairs(&usual, &json!(["a", "b"])), ["c=a", "c=b"]);
    // Nothing is encoded but what would end the cookie or the header.
    assert_eq!(
        pairs(&usual, &json!("a=\"b c\",d/%20;é\n")),
        ["c=a=\"b c\",d/%20%3B%C3%A9%0A"]
    );
    let form = Parameter("c", COOKIE.allow_reserved());
    assert_eq!(pairs(&form, &json!("a/b=c;d,e")), ["c=a/b=c%3Bd%2Ce"]);
}

#[test]
fn the_delimiters_of_swagger_2_hold_in_every_place() {
    let value = json!(["a b", "c"]);
    for (style, in_url, in_header) in [
        (Style::Simple, "a%20b,c", "a b,c"),
        (Style::SpaceDelimited, "a%20b%20c", "a b c"),
        (Style::TabDelimited, "a%20b%09c", "a b\tc"),
        (Style::PipeDelimited, "a%20b%7Cc", "a b|c"),
    ] {
        let of = |parameter: Parameter| {
            Parameter(parameter.name(), parameter.style(style).explode(false))
        };
        assert_eq!(path(&of(Parameter("p", PATH)), &value).unwrap(), in_url);
        let query = pairs(&of(Parameter("q", QUERY)), &value);
        assert_eq!(query, [format!("q={in_url}")]);
        let sent = header(&of(Parameter("h", HEADER)), &value).unwrap();
        assert_eq!(sent, in_header);
        // In a part of a form nothing is encoded.
        let part = plain_pairs(&of(Parameter("q", QUERY)), &value);
        assert_eq!(part, [("q".to_owned(), in_header.to_owned())]);
    }
}

#[test]
fn names_with_brackets_repeat_for_each_item() {
    let ids = Parameter("ids[]", QUERY);
    assert_eq!(pairs(&ids, &json!([1, 2])), ["ids%5B%5D=1", "ids%5B%5D=2"]);
}

#[test]
fn a_whole_query_is_a_form_json_or_text() {
    static NESTED: [Parameter; 1] = [Parameter("n", QUERY.style(Style::DeepObject))];
    let query = |parameter: Parameter, value: Value| whole_query(&parameter, &value).unwrap();
    let form = Parameter("q", QUERYSTRING);
    let value = json!({"a b": ["x", "y"], "n": {"k": 1}, "none": null});
    assert_eq!(
        query(Parameter("q", form.fields(&NESTED)), value).unwrap(),
        "a%20b=x&a%20b=y&n%5Bk%5D=1"
    );
    assert_eq!(query(form, json!({})), None);
    assert_eq!(query(form, json!(null)), None);
    assert!(whole_query(&form, &json!([1])).is_err());
    let as_json = Parameter("q", form.style(Style::Json));
    assert_eq!(
        query(as_json, json!({"a": 1})).unwrap(),
        "%7B%22a%22%3A1%7D"
    );
    let text = Parameter("q", form.style(Style::Text));
    assert_eq!(
        query(text, json!("$.a[?(@.b==1)] #")).unwrap(),
        "$.a%5B?(@.b==1)%5D%20%23"
    );
}

#[test]
fn json_text() {
    let value = json!({"a": [1, "b c"]});
    let query = Parameter("q", QUERY.style(Style::Json));
    assert_eq!(
        pairs(&query, &value),
        ["q=%7B%22a%22%3A%5B1%2C%22b%20c%22%5D%7D"]
    );
    let in_header = Parameter("q", HEADER.style(Style::Json));
    assert_eq!(header(&in_header, &value).unwrap(), r#"{"a":[1,"b c"]}"#);
    let in_path = Parameter("q", PATH.style(Style::Json));
    assert_eq!(path(&in_path, &json!([1])).unwrap(), "%5B1%5D");
}

#[test]
fn what_is_not_unreserved_is_encoded() {
    let text = "-._~ %/?#[]@!$&'()*+,;=\"<>\\^`{|}é𝄞\n";
    let expected = concat!(
        "-._~%20%25%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%22%3C%3E%5C%5E%60%7B%7C",
        "%7D%C3%A9%F0%9D%84%9E%0A"
    );
    assert_eq!(path(&Parameter("p", PATH), &json!(text)).unwrap(), expected);
    assert_eq!(
        pairs(&Parameter("q", QUERY), &json!(text)),
        [format!("q={expected}")]
    );
    assert_eq!(
        pairs(&Parameter("a&b", QUERY), &json!({"c=d": "e"})),
        ["c%3Dd=e"]
    );
    assert_eq!(pairs(&Parameter("a&b", QUERY), &json!(1)), ["a%26b=1"]);
    assert_eq!(
        header(&Parameter("h", HEADER), &json!("a/b c,d")).unwrap(),
        "a/b c,d"
    );
}

#[test]
fn reserved_characters_stay_where_that_is_asked_for() {
    let parameter = Parameter("q", QUERY.allow_reserved());
    let text = json!(":/?#[]@!$&'()*+,;= %41%4 é");
    assert_eq!(
        pairs(&parameter, &text),
        ["q=:/?%23%5B%5D@!$&'()*+,;=%20%41%254%20%C3%A9"]
    );
    // What would end a segment of a path is encoded there.
    assert_eq!(
        path(&Parameter("p", PATH.allow_reserved()), &text).unwrap(),
        ":%2F%3F%23%5B%5D@!$&'()*+,;=%20%41%254%20%C3%A9"
    );
}

#[test]
fn json_that_is_empty_is_written() {
    for value in [json!([]), json!({}), json!([null]), json!({"a": null})] {
        let text = value.to_string();
        let as_json =
            |parameter: Parameter| Parameter(parameter.name(), parameter.style(Style::Json));
        assert_eq!(
            header(&as_json(Parameter("p", HEADER)), &value),
            Some(text.clone())
        );
        assert_eq!(
            plain_pairs(&as_json(Parameter("p", QUERY)), &value),
            [("p".to_owned(), text)]
        );
        assert!(path(&as_json(Parameter("p", PATH)), &value).is_some());
    }
    let query = Parameter("p", QUERY.style(Style::Json));
    assert_eq!(pairs(&query, &json!({})), ["p=%7B%7D"]);
    assert_eq!(pairs(&query, &json!(null)), [""; 0]);
}

#[test]
fn nothing_is_written_for_nothing() {
    for value in [
        json!(null),
        json!([]),
        json!({}),
        json!([null]),
        json!({"a": null}),
    ] {
        assert_eq!(path(&Parameter("p", PATH), &value), None, "{value}");
        assert_eq!(header(&Parameter("p", HEADER), &value), None, "{value}");
        assert_eq!(pairs(&Parameter("p", QUERY), &value), [""; 0], "{value}");
    }
    assert_eq!(
        pairs(&Parameter("p", QUERY), &json!([null, 1, true, "x", 1.5])).len(),
        4
    );
}
