//! What a client refuses to be built with.

use std::error::Error;

use serde::{Serialize, Serializer};

use crate::mini_client::{Client, ClientBuilder};
use crate::runtime::{Api, CoreBuilder, HEADER, Parameter};

fn refused(set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> String {
    set(Client::builder()).build().unwrap_err().to_string()
}

#[test]
fn a_client_with_defaults_is_built() {
    let client = Client::builder().build().unwrap();
    assert!(format!("{client:?}").contains("https://api.losant.com"));
}

#[test]
fn base_urls_are_checked() {
    let cases = [
        ("", "there is no base URL"),
        ("api.example.com", "the base URL is not valid"),
        ("ftp://example.com", "must begin with https:// or http://"),
        (
            "https://me:hunter2@example.com",
            "must not hold a user name or a password",
        ),
        (
            "https://example.com/?a=b",
            "must not have a query or a fragment",
        ),
        (
            "https://example.com/#x",
            "must not have a query or a fragment",
        ),
    ];
    for (url, expected) in cases {
        let message = refused(|client| client.base_url(url));
        assert!(message.contains(expected), "{url}: {message}");
        assert!(!message.contains("hunter2"));
    }
}

#[test]
fn credentials_are_checked_and_not_repeated() {
    let message = refused(|client| client.access_token("hunter2\n"));
    assert_eq!(
        message,
        "credential `accessToken` has characters that a header cannot carry, such as a line break"
    );
    assert_eq!(
        refused(|client| client.api_key("")),
        "credential `apiKey` is empty"
    );
    assert_eq!(
        refused(|client| client.login("a:b", "hunter2")),
        "credential `login` has a colon in its user name"
    );
}

#[test]
fn headers_are_checked() {
    let message = refused(|client| client.header("x-a", "hunter2\n"));
    assert!(
        message.contains("`x-a`") && !message.contains("hunter2"),
        "{message}"
    );
    assert!(refused(|client| client.header("x\na", "b")).contains("`x\\na` is not a name"));
}

static NEEDY: Api = Api {
    name: "needy",
    version: "1",
    servers: &[],
    schemes: &[],
    parameters: &[Parameter("tenant", HEADER.required())],
    request_id_headers: &[],
};

#[test]
fn a_required_parameter_is_named() {
    let error = CoreBuilder::new(&NEEDY).build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "parameter `tenant` is required: set it on the client"
    );
    assert!(error.source().is_none());
    let mut builder = CoreBuilder::new(&NEEDY);
    builder.parameter(0, "acme");
    let error = builder.clone().build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "there is no base URL: set one on the client"
    );
    builder.base_url("https://example.com/v1");
    assert_eq!(
        builder.build().unwrap().base_url(),
        "https://example.com/v1"
    );
}

/// A value that cannot be written.
struct Unwritable;

impl Serialize for Unwritable {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("out of ink"))
    }
}

#[test]
fn values_that_cannot_be_written_and_positions_that_do_not_exist_are_reported() {
    let mut builder = CoreBuilder::new(&NEEDY);
    builder.parameter(0, &Unwritable);
    let message = builder.build().unwrap_err().to_string();
    assert_eq!(message, "parameter `tenant` cannot be written: out of ink");
    let mut builder = CoreBuilder::new(&NEEDY);
    builder.parameter(7, "x");
    assert!(
        builder
            .build()
            .unwrap_err()
            .to_string()
            .contains("no client parameter number 7")
    );
    let mut builder = CoreBuilder::new(&NEEDY);
    builder.credential(7, "x");
    assert!(
        builder
            .build()
            .unwrap_err()
            .to_string()
            .contains("no security scheme number 7")
    );
}
