//! Where calls go: operations may have servers of their own.

use crate::runtime::{Api, Core, CoreBuilder, Operation, RawResponse, response};
use crate::transports::Canned;

static API: Api = Api {
    name: "servers",
    version: "1",
    base_url: "https://api.example.com/v1",
    schemes: &[],
    parameters: &[],
    request_id_headers: &[],
};

static ELSEWHERE: Operation = Operation {
    base_url: Some("https://uploads.example.com/u"),
    ..Operation::USUAL
};

static NEAR: Operation = Operation {
    base_url: Some("/v2"),
    ..Operation::USUAL
};

/// No error is documented.
#[derive(Debug)]
enum NoError {}

impl crate::runtime::ApiError for NoError {
    fn decode(_: &RawResponse) -> Result<Option<Self>, crate::runtime::DecodeError> {
        Ok(None)
    }
}

fn core(base_url: Option<&str>) -> (Core, Canned) {
    let canned = Canned::default();
    let mut builder = CoreBuilder::new(&API);
    builder.transport(canned.clone());
    if let Some(url) = base_url {
        builder.base_url(url);
    }
    (builder.build().unwrap(), canned)
}

async fn asked(base_url: Option<&str>, operation: &'static Operation) -> String {
    let (core, canned) = core(base_url);
    let sending = core.call(operation).send::<_, NoError>(response::bytes);
    sending.await.unwrap();
    let (request, _) = canned.asked.lock().unwrap().remove(0);
    request.uri().to_string()
}

#[tokio::test]
async fn an_operation_has_a_server_of_its_own_unless_the_client_was_told() {
    assert_eq!(
        asked(None, &ELSEWHERE).await,
        "https://uploads.example.com/u/"
    );
    assert_eq!(asked(None, &NEAR).await, "https://api.example.com/v2/");
    let told = Some("http://localhost/x");
    assert_eq!(asked(told, &ELSEWHERE).await, "http://localhost/x/");
    assert_eq!(asked(told, &NEAR).await, "http://localhost/x/");
}

#[test]
fn a_server_without_a_host_asks_for_one() {
    static RELATIVE: Api = Api {
        base_url: "/api/v3",
        ..API
    };
    let error = CoreBuilder::new(&RELATIVE).build().unwrap_err().to_string();
    assert!(error.contains("`https://host/api/v3`"), "{error}");
    let mut builder = CoreBuilder::new(&RELATIVE);
    builder.base_url("http://localhost/api/v3");
    assert!(builder.build().is_ok());
}
