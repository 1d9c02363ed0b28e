//! Where calls go: operations may have servers of their own.

use crate::runtime::{Api, Core, CoreBuilder, Operation, RawResponse, Server, response};
use crate::transports::Canned;

static API: Api = Api {
    name: "servers",
    version: "1",
    servers: &[Server::new("https://api.example.com/v1")],
    schemes: &[],
    parameters: &[],
    request_id_headers: &[],
};

static ELSEWHERE: Operation = Operation {
    server: Some(Server::new("https://uploads.example.com/u")),
    ..Operation::USUAL
};

static NEAR: Operation = Operation {
    server: Some(Server::new("/v2")),
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

static REGIONS: Api = Api {
    servers: &[
        Server::new("https://api.example.com"),
        Server::new("https://{region}.example.com:{port}/v1")
            .variables(&[("region", "eu"), ("port", "443")]),
    ],
    ..API
};

static REGIONAL: Operation = Operation {
    server: Some(Server::new("https://{region}.files.example.com").variables(&[("region", "eu")])),
    ..Operation::USUAL
};

#[tokio::test]
async fn a_server_is_chosen_and_its_variables_are_set() {
    let client = |set: fn(&mut CoreBuilder)| {
        let mut builder = CoreBuilder::new(&REGIONS);
        set(&mut builder);
        builder.transport(Canned::default());
        builder.build()
    };
    let url = |set| client(set).unwrap().base_url().to_owned();
    assert_eq!(url(|_| {}), "https://api.example.com/");
    assert_eq!(url(|it| it.server(1)), "https://eu.example.com/v1");
    let set = |it: &mut CoreBuilder| {
        it.variable("port", "8443");
        it.variable("region", "eu");
        it.variable("region", "us");
        it.server(1);
    };
    assert_eq!(url(set), "https://us.example.com:8443/v1");
    let error = client(|it| it.variable("region", "us")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the server `https://api.example.com` has no `region`: choose another server, or do not \
         set it"
    );
    let bad = |it: &mut CoreBuilder| {
        it.server(1);
        it.variable("region", "me:hunter2@eu");
    };
    let error = client(bad).unwrap_err().to_string();
    assert!(
        error.contains("password") && !error.contains("hunter2"),
        "{error}"
    );

    // The value of a variable that is a part of the host cannot lead to another one.
    for elsewhere in ["evil.example/", "evil.example\\", "evil.example/?x="] {
        let mut builder = CoreBuilder::new(&REGIONS);
        builder.transport(Canned::default());
        builder.server(1);
        builder.variable("region", elsewhere);
        let error = builder.build().unwrap_err().to_string();
        assert!(error.contains("base URL is not valid"), "{error}");
    }
    let whole = Server::new("{all}/v1").variables(&[("all", "https://{host}")]);
    let all = [("all", "https://a.example/b".to_owned())];
    assert_eq!(whole.url(&all), "https://a.example/b/v1");
    let path = Server::new("https://{host}/v1").variables(&[("host", "a.example")]);
    let host = [("host", "b.example/c".to_owned())];
    assert_eq!(path.url(&host), "https://b.example/c/v1");

    let canned = Canned::default();
    let mut builder = CoreBuilder::new(&REGIONS);
    builder.transport(canned.clone());
    set(&mut builder);
    let core = builder.build().unwrap();
    let sending = core.call(&REGIONAL).send::<_, NoError>(response::bytes);
    sending.await.unwrap();
    let (request, _) = canned.asked.lock().unwrap().remove(0);
    assert_eq!(request.uri(), "https://us.files.example.com/");
}

#[test]
fn a_server_without_a_host_asks_for_one() {
    static RELATIVE: Api = Api {
        servers: &[Server::new("/api/v3")],
        ..API
    };
    let error = CoreBuilder::new(&RELATIVE).build().unwrap_err().to_string();
    assert!(error.contains("`https://host/api/v3`"), "{error}");
    let mut builder = CoreBuilder::new(&RELATIVE);
    builder.base_url("http://localhost/api/v3");
    assert!(builder.build().is_ok());
}
