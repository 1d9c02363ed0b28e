//! What a strict client says of answers that differ from the description.

use std::sync::{Arc, Mutex};

use serde::de::{Deserialize, Deserializer};

use crate::mini_client::instance_org_invites::{GET, GetError};
use crate::runtime;
use crate::runtime::codec::{self, FieldVisitor, Record, Table};
use crate::runtime::{Drift, DriftKind, response};
use crate::server::{Reply, Server};

/// An answer with every difference that there is.
const BODY: &str = r#"{
    "items": [
        {"id": "1", "role": "edit"},
        {"id": "2", "role": "owner", "extra": {"deep": [1]}}
    ],
    "links": {"next": 7, "self": "/"},
    "count": 2
}"#;

fn drift(path: &str, kind: DriftKind) -> (String, DriftKind) {
    (path.to_owned(), kind)
}

fn all(drifts: &[Drift]) -> Vec<(String, DriftKind)> {
    let drifts = drifts.iter();
    drifts.map(|it| (it.path.clone(), it.kind)).collect()
}

fn expected() -> Vec<(String, DriftKind)> {
    vec![
        drift("items[1].role", DriftKind::UnknownValue),
        drift("items[1].extra", DriftKind::UnknownField),
        drift("links.next", DriftKind::UnknownVariant),
        drift("links.self", DriftKind::UnknownField),
        drift("count", DriftKind::UnknownField),
    ]
}

#[tokio::test]
async fn a_strict_client_lists_every_difference() {
    let server = Server::always(Reply::json(BODY)).await;
    let client = server.builder().strict().build().unwrap();
    let call = client.instance_org_invites().get("i", "o");
    let error = call.send().await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(all(error.drifts()), expected());
    assert_eq!(
        error.to_string(),
        "instanceOrgInvites.get: 200 OK: the body does not fit: `items[1].role` is none of the \
         values listed; `items[1].extra` is not in the description; `links.next` is of none of \
         the types that it may have; `links.self` is not in the description; `count` is not in \
         the description"
    );
}

#[tokio::test]
async fn whoever_listens_is_told_and_the_call_goes_on() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let server = Server::always(Reply::json(BODY)).await;
    let notes = Arc::clone(&told);
    let listen = move |drifts: &[Drift]| notes.lock().unwrap().extend(all(drifts));
    let client = server.builder().on_drift(listen).build().unwrap();
    let call = client.instance_org_invites().get("i", "o");
    assert_eq!(call.send().await.unwrap().items.len(), 2);
    assert_eq!(*told.lock().unwrap(), expected());
}

#[tokio::test]
async fn a_required_list_may_be_missing_or_null() {
    for (body, kind) in [
        ("{}", DriftKind::MissingList),
        (r#"{"items":null}"#, DriftKind::NullList),
    ] {
        let server = Server::always(Reply::json(body)).await;
        let call = server.client().instance_org_invites().get("i", "o");
        assert!(call.send().await.unwrap().items.is_empty());
        let client = server.builder().strict().build().unwrap();
        let call = client.instance_org_invites().get("i", "o");
        let error = call.send().await.unwrap_err();
        assert_eq!(all(error.drifts()), [drift("items", kind)]);
    }
}

#[tokio::test]
async fn what_fits_is_no_difference_and_what_does_not_is_an_error_as_ever() {
    let fits = r#"{"items":[{"id":"1","role":"edit"}],"links":{"next":{"href":"/"}}}"#;
    let server = Server::always(Reply::json(fits)).await;
    let client = server.builder().strict().build().unwrap();
    let call = client.instance_org_invites().get("i", "o");
    assert_eq!(call.send().await.unwrap().items.len(), 1);
    let server = Server::always(Reply::json(r#"{"items":[{"id":1}],"new":0}"#)).await;
    let client = server.builder().strict().build().unwrap();
    let call = client.instance_org_invites().get("i", "o");
    let error = call.send().await.unwrap_err();
    assert_eq!(error.json_path(), Some("items[0].id"));
    assert!(error.drifts().is_empty());
}

/// A type with an integer, as the generator writes one.
#[derive(Debug, Default)]
struct Counted {
    count: i64,
}

impl Record for Counted {
    const TABLE: Table = Table {
        name: "Counted",
        fields: "/count",
        required: 0b1,
        lists: 0,
    };

    fn blank() -> Self {
        Self::default()
    }

    fn visit<V: FieldVisitor>(&mut self, _: usize, visitor: &mut V) {
        visitor.value(&mut self.count);
    }
}

impl<'de> Deserialize<'de> for Counted {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::record(from)
    }
}

#[tokio::test]
async fn a_whole_number_with_a_fraction_is_no_difference_and_hides_none() {
    let server = Server::always(Reply::json(r#"{"count": 2.0, "extra": 1}"#)).await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&told);
    let listen = move |drifts: &[Drift]| notes.lock().unwrap().extend(all(drifts));
    let client = server.builder().on_drift(listen).build().unwrap();
    let mut call = client.core.call(&GET);
    call.set(0, "i");
    call.set(1, "o");
    let counted: Result<Counted, runtime::Error<GetError>> = call.send(response::json).await;
    assert_eq!(counted.unwrap().count, 2);
    assert_eq!(
        *told.lock().unwrap(),
        [drift("extra", DriftKind::UnknownField)]
    );
}
