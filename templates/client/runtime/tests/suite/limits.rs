//! What the description says of bounds, lengths and patterns, held before a call is sent.

use serde_json::{Value, json};

use crate::runtime::codec::{Is, Kind, Rule};
use crate::runtime::limit::{BodyForm, Bound, Inside, Limit, Limited, LimitedBody, Limits};
use crate::runtime::{
    Api, ApiError, Call, Core, CoreBuilder, DecodeError, Error, Operation, Parameter, QUERY,
    RawResponse, Server, response,
};
use crate::transports::Canned;

static API: Api = Api {
    name: "bounded",
    version: "1",
    servers: &[Server::new("https://bounded.example")],
    schemes: &[],
    parameters: &[Parameter("shared", QUERY)],
    request_id_headers: &[],
};

static PARAMETERS: [Parameter; 2] = [
    Parameter("own", QUERY.default("fartoolongforit")),
    Parameter("shared", QUERY.from_client(0)),
];

/// No failure is documented.
#[derive(Debug)]
struct Undocumented;

impl ApiError for Undocumented {
    fn decode(_: &RawResponse) -> Result<Option<Self>, DecodeError> {
        Ok(None)
    }
}

/// An operation whose body and whose parameters follow the first entry of a table.
fn operation(types: &'static [Limited]) -> &'static Operation {
    let body = |media_type, form| LimitedBody {
        media_type,
        form,
        follows: 0,
    };
    let limits = Limits {
        types,
        parameters: &[(0, 0), (1, 0)],
        bodies: Box::leak(Box::new([
            body("application/json", BodyForm::Json),
            body("application/x-ndjson", BodyForm::Lines),
            body("application/json-seq", BodyForm::Lines),
            body("application/x-www-form-urlencoded", BodyForm::Fields),
        ])),
    };
    Box::leak(Box::new(Operation {
        id: "things.put",
        method: "PUT",
        parameters: &PARAMETERS,
        limits: Some(Box::leak(Box::new(limits))),
        ..Operation::USUAL
    }))
}

/// What is said of a call, and how many requests went out.
async fn outcome(
    builder: impl FnOnce(&mut CoreBuilder),
    types: &'static [Limited],
    fill: impl FnOnce(&mut Call),
) -> (Option<String>, usize) {
    let canned = Canned::default();
    let mut core = CoreBuilder::new(&API);
    core.transport(canned.clone());
    builder(&mut core);
    let core: Core = core.build().unwrap();
    let mut call = core.call(operation(types));
    fill(&mut call);
    let sent: Result<(), Error<Undocumented>> = call.send(response::empty).await;
    if let Err(error) = &sent {
        assert!(error.is_request(), "{error}");
    }
    let said = sent.err().map(|error| error.to_string());
    let asked = canned.asked.lock().unwrap().len();
    (said, asked)
}

/// What is said of a JSON body; nothing is sent if something is.
async fn said(types: &'static [Limited], body: &Value) -> Option<String> {
    let (said, sent) = outcome(|_| (), types, |call| call.body("application/json", body)).await;
    assert_eq!(sent, usize::from(said.is_none()), "{said:?}");
    let said = said?;
    Some(said["things.put: not sent: ".len()..].to_owned())
}

/// An entry of limits alone, kept for the time of the test.
fn only(limits: &[Limit]) -> &'static [Limited] {
    Box::leak(Box::new([Limited {
        limits: Box::leak(limits.to_vec().into_boxed_slice()),
        inside: Inside::Nothing,
    }]))
}

#[tokio::test]
async fn each_limit_holds_for_its_kind_of_value_and_says_what_it_is() {
    use Limit::*;
    let whole = Bound::Whole;
    for (limit, good, bad, message) in [
        (
            Minimum(whole(3)),
            json!(3),
            json!(2),
            "is less than the minimum of 3",
        ),
        (
            Maximum(whole(3)),
            json!(3.0),
            json!(3.5),
            "is more than the maximum of 3",
        ),
        (
            Maximum(whole(9_007_199_254_740_993)),
            json!(9_007_199_254_740_993_i64),
            json!(9_007_199_254_740_994_i64),
            "is more than the maximum of 9007199254740993",
        ),
        (
            Minimum(whole(-1)),
            json!(u64::MAX),
            json!(i64::MIN),
            "is less than the minimum of -1",
        ),
        (
            ExclusiveMinimum(Bound::Real(0.5)),
            json!(1),
            json!(0.5),
            "is not more than 0.5 (exclusiveMinimum)",
        ),
        (
            ExclusiveMaximum(whole(2)),
            json!(1.999),
            json!(2),
            "is not less than 2 (exclusiveMaximum)",
        ),
        (
            MultipleOf(Bound::Real(0.1)),
            json!(0.3),
            json!(0.35),
            "is no multiple of 0.1 (multipleOf)",
        ),
        (
            MultipleOf(Bound::Real(0.01)),
            json!(19.99),
            json!(19.995),
            "is no multiple of 0.01 (multipleOf)",
        ),
        (
            MultipleOf(whole(5)),
            json!(-10.0),
            json!(11),
            "is no multiple of 5 (multipleOf)",
        ),
        (
            MultipleOf(whole(3)),
            json!(3e300),
            json!(1),
            "is no multiple of 3 (multipleOf)",
        ),
        (
            MinLength(2),
            json!("äö"),
            json!("ä"),
            "has 1 character, the least is 2 (minLength)",
        ),
        (
            MaxLength(2),
            json!("👍🏽"),
            json!("abc"),
            "has 3 characters, the most is 2 (maxLength)",
        ),
        (
            Pattern("^(?!root)[a-z]+$"),
            json!("rot"),
            json!("rooted"),
            "has 6 characters, which does not fit the pattern `^(?!root)[a-z]+$`",
        ),
        (
            Pattern(r"^\p{Lu}\-x"),
            json!("p{Lu}-x"),
            json!("Äx"),
            r"has 2 characters, which does not fit the pattern `^\p{Lu}\-x`",
        ),
        (
            Pattern(r"^\p{Lu}$"),
            json!("Ä"),
            json!("ä"),
            r"has 1 character, which does not fit the pattern `^\p{Lu}$`",
        ),
        (
            MinItems(1),
            json!([1]),
            json!([]),
            "has 0 items, the least is 1 (minItems)",
        ),
        (
            MaxItems(1),
            json!([1]),
            json!([1, 2]),
            "has 2 items, the most is 1 (maxItems)",
        ),
        (
            UniqueItems,
            json!([1, "1", [1], {"a": 1}]),
            json!([{"a": 1, "b": [2.0]}, 0, {"b": [2], "a": 1.0}]),
            "has 3 items, of which 0 and 2 are equal (uniqueItems)",
        ),
        (
            MinProperties(1),
            json!({"a": 1}),
            json!({}),
            "has 0 properties, the least is 1 (minProperties)",
        ),
        (
            MaxProperties(1),
            json!({}),
            json!({"a": 1, "b": 2}),
            "has 2 properties, the most is 1 (maxProperties)",
        ),
    ] {
        let types = only(&[limit]);
        assert_eq!(said(types, &good).await, None, "{limit:?} {good}");
        let expected = format!("the body {message}");
        assert_eq!(said(types, &bad).await, Some(expected), "{limit:?} {bad}");
        let others = [
            json!(null),
            json!(true),
            json!("text"),
            json!([[]]),
            json!({"k": {}}),
        ];
        for other in others
            .iter()
            .filter(|other| std::mem::discriminant(*other) != std::mem::discriminant(&bad))
        {
            assert_eq!(said(types, other).await, None, "{limit:?} {other}");
        }
    }
}

#[tokio::test]
async fn a_pattern_that_is_none_is_passed_over() {
    assert_eq!(said(only(&[Limit::Pattern("(")]), &json!("x")).await, None);
}

/// A tree of names with marks of any key, and a choice.
static TREE: [Limited; 4] = [
    Limited {
        limits: &[],
        inside: Inside::Fields(&[("name", 1), ("children", 2), ("marks", 3)]),
    },
    Limited {
        limits: &[Limit::MaxLength(3)],
        inside: Inside::Nothing,
    },
    Limited {
        limits: &[Limit::MaxItems(2)],
        inside: Inside::Items(0),
    },
    Limited {
        limits: &[],
        inside: Inside::Values(1, &[("free", None), ("tree", Some(0))]),
    },
];

#[tokio::test]
async fn the_place_leads_into_the_body() {
    let good = json!({"name": "abc", "children": [{"name": "x"}, {"other": "long enough"}]});
    assert_eq!(said(&TREE, &good).await, None);
    let bad = json!({"children": [{}, {"children": [{"name": "secret"}]}]});
    let place =
        "`/children/1/children/0/name` of the body has 6 characters, the most is 3 (maxLength)";
    assert_eq!(said(&TREE, &bad).await.unwrap(), place);
    let marks = json!({"marks": {"free": "long enough", "a/b~c": "long"}});
    let place = "`/marks/a~1b~0c` of the body has 4 characters, the most is 3 (maxLength)";
    assert_eq!(said(&TREE, &marks).await.unwrap(), place);
    let long = json!({"marks": {"tree": {"marks": {"k".repeat(100): "long"}}}});
    let key = "k".repeat(64);
    let shown = said(&TREE, &long).await.unwrap();
    assert!(
        shown.starts_with(&format!("`/marks/tree/marks/{key}…` of")),
        "{shown}"
    );
}

static CHOICE: [Limited; 4] = [
    Limited {
        limits: &[],
        inside: Inside::OneOf(&[
            (Rule::of(Kind::String), Some(1)),
            (Rule::object(&["id"], &[("kind", Is::Text("a"))]), Some(2)),
            (Rule::object(&["id"], &[]), Some(3)),
            (Rule::of(Kind::Array), None),
        ]),
    },
    Limited {
        limits: &[Limit::MaxLength(3)],
        inside: Inside::Nothing,
    },
    Limited {
        limits: &[],
        inside: Inside::Fields(&[("id", 1)]),
    },
    Limited {
        limits: &[Limit::MaxProperties(1)],
        inside: Inside::Nothing,
    },
];

#[tokio::test]
async fn a_choice_is_good_if_one_of_those_it_may_be_is() {
    let good = [
        json!("abc"),
        json!(["long enough"]),
        json!({"kind": "a", "id": "abc"}),
        json!({"id": "long enough"}),
        json!({"no": "id", "at": "all"}),
        json!(7),
    ];
    for good in good {
        assert_eq!(said(&CHOICE, &good).await, None, "{good}");
    }
    let text = said(&CHOICE, &json!("abcd")).await.unwrap();
    assert_eq!(text, "the body has 4 characters, the most is 3 (maxLength)");
    let object = said(&CHOICE, &json!({"kind": "a", "id": "abcd"}))
        .await
        .unwrap();
    assert_eq!(
        object,
        "`/id` of the body has 4 characters, the most is 3 (maxLength)"
    );
}

static NESTED: [Limited; 4] = [
    Limited {
        limits: &[],
        inside: Inside::OneOf(&[
            (Rule::of(Kind::Object), Some(1)),
            (Rule::of(Kind::Object), Some(2)),
        ]),
    },
    Limited {
        limits: &[],
        inside: Inside::Fields(&[("inner", 0), ("name", 3)]),
    },
    Limited {
        limits: &[],
        inside: Inside::Fields(&[("name", 3), ("inner", 0)]),
    },
    Limited {
        limits: &[Limit::MaxLength(3)],
        inside: Inside::Nothing,
    },
];

#[tokio::test]
async fn choices_within_choices_do_not_take_twice_the_time_each() {
    let mut body = json!({ "name": "abcd" });
    for _ in 0..40 {
        body = json!({ "inner": body });
    }
    let said = said(&NESTED, &body).await.unwrap();
    let place = "/inner".repeat(40);
    let expected =
        format!("`{place}/name` of the body has 4 characters, the most is 3 (maxLength)");
    assert_eq!(said, expected);
}

#[tokio::test]
async fn every_way_to_write_a_body_is_checked() {
    let good = json!({"name": "abc"});
    let bad = json!({"name": "abcd"});
    for media_type in ["application/x-ndjson", "application/json-seq"] {
        let lines = |call: &mut Call| call.body_lines(media_type, &[&good, &bad]);
        let (said, sent) = outcome(|_| (), &TREE, lines).await;
        let expected = "things.put: not sent: `/name` of value 1 of the body has 4 characters, the most is 3 (maxLength)";
        assert_eq!((said.as_deref(), sent), (Some(expected), 0));
    }
    let form = |call: &mut Call| call.body_form("application/x-www-form-urlencoded", &bad, &[]);
    let (said, _) = outcome(|_| (), &TREE, form).await;
    assert!(
        said.unwrap()
            .contains("`/name` of the body has 4 characters")
    );
    let other = |call: &mut Call| call.body("application/merge-patch+json", &bad);
    assert_eq!(outcome(|_| (), &TREE, other).await, (None, 1));
}

#[tokio::test]
async fn parameters_are_checked_whoever_set_them_but_defaults_are_not() {
    let types = || only(&[Limit::MaxLength(3)]);
    assert_eq!(outcome(|_| (), types(), |_| ()).await, (None, 1));
    let (said, sent) = outcome(|_| (), types(), |call| call.set(0, "secret")).await;
    let expected =
        "things.put: not sent: query parameter `own` has 6 characters, the most is 3 (maxLength)";
    assert_eq!((said.as_deref(), sent), (Some(expected), 0));
    let shared = |core: &mut CoreBuilder| core.parameter(0, "secret");
    let (said, _) = outcome(shared, types(), |_| ()).await;
    assert!(
        said.unwrap()
            .contains("query parameter `shared` has 6 characters")
    );
}

#[tokio::test]
async fn a_client_can_be_told_not_to_check() {
    let fill = |call: &mut Call| call.body("application/json", &json!({"name": "abcd"}));
    assert_eq!(
        outcome(CoreBuilder::unchecked, &TREE, fill).await,
        (None, 1)
    );
}
