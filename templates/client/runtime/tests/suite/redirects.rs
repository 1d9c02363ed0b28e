//! Redirects are followed where that is safe; what says who the caller is stays at home.

use crate::calls::NoError;
use crate::mini_client::Client;
use crate::mini_client::types::{OrgInvitePost, OrgInvitePostRole};
use crate::runtime::{
    Api, Attempt, CallOptions, CoreBuilder, HeaderMap, Hook, Operation, Scheme, SchemeKind,
    response,
};
use crate::server::{Arrived, Reply, Server};
use crate::sim::{Head, SimClock, SimServer};

const EMPTY: &str = r#"{"items":[]}"#;

#[tokio::test]
async fn a_get_follows_to_the_same_origin_with_its_credentials() {
    for status in ["301 x", "302 x", "303 x", "307 x", "308 x"] {
        let server = Server::start(move |request| match request.target.as_str() {
            "/new?a=b" => Reply::json(EMPTY),
            _ => Reply::redirect(status, "/new?a=b"),
        })
        .await;
        let client = server.builder().access_token("secret").build().unwrap();
        client
            .instance_org_invites()
            .get("i", "o")
            .send()
            .await
            .unwrap();
        let arrived = server.arrived();
        assert_eq!(arrived.len(), 2, "{status}");
        assert_eq!(arrived[1].header("authorization"), Some("Bearer secret"));
        assert_eq!(arrived[1].header("accept-version"), Some("^1.28.3"));
    }
}

#[tokio::test]
async fn another_origin_learns_nothing_of_the_caller() {
    let other = Server::always(Reply::json(EMPTY)).await;
    let target = other.url() + "/steal";
    let server = Server::always(Reply::redirect("302 Found", &target)).await;
    let client = server
        .builder()
        .api_key("secret")
        .cookie_key("secret")
        .build()
        .unwrap();
    let options = CallOptions::new().header("x-own", "secret");
    client
        .instance_org_invites()
        .get("i", "o")
        .losantdomain("secret")
        .options(options)
        .send()
        .await
        .unwrap();
    assert_eq!(server.arrived().len(), 1);
    let arrived = other.arrived();
    let [request] = arrived.as_slice() else {
        panic!("{arrived:?}");
    };
    assert_eq!(request.target, "/steal");
    assert_eq!(request.header("accept"), Some("application/json"));
    for name in [
        "x-api-key",
        "cookie",
        "authorization",
        "x-own",
        "losantdomain",
    ] {
        assert_eq!(request.header(name), None, "{name}");
    }
    assert!(!format!("{request:?}").contains("secret"));
}

#[tokio::test]
async fn a_credential_stays_at_home_in_whatever_header_it_is() {
    static API: Api = Api {
        name: "agents",
        version: "1",
        servers: &[],
        schemes: &[Scheme {
            name: "agent",
            kind: SchemeKind::Header {
                name: "User-Agent",
                prefix: "",
            },
        }],
        parameters: &[],
        request_id_headers: &[],
    };
    static GET: Operation = Operation {
        id: "get",
        method: "GET",
        path: "",
        parameters: &[],
        accept: "text/plain",
        security: &[&[0]],
        ..Operation::USUAL
    };
    let other = Server::always(Reply::json("{}")).await;
    let server = Server::always(Reply::redirect("302 Found", &other.url())).await;
    let mut builder = CoreBuilder::new(&API);
    builder.base_url(server.url());
    builder.credential(0, "secret");
    let call = builder.build().unwrap().call(&GET);
    call.send::<_, NoError>(response::empty).await.unwrap();
    assert_eq!(server.only().header("user-agent"), Some("secret"));
    assert_eq!(other.only().header("user-agent"), None);
    assert_eq!(other.only().header("accept"), Some("text/plain"));
}

#[tokio::test]
async fn a_post_is_not_sent_twice() {
    let server = Server::always(Reply::redirect("307 Temporary Redirect", "/new")).await;
    let invite = OrgInvitePost::new("a@b", OrgInvitePostRole::Edit);
    let call = server
        .client()
        .instance_org_invites()
        .post("i", "o", invite);
    assert_eq!(call.send().await.unwrap_err().status().unwrap(), 307);
    assert_eq!(server.arrived().len(), 1);
}

#[tokio::test]
async fn redirects_that_do_not_end_are_given_up() {
    let server = Server::always(Reply::redirect("302 Found", "/again")).await;
    let error = server
        .client()
        .instance_org_invites()
        .get("i", "o")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_undocumented_status());
    assert_eq!(server.arrived().len(), 11);
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_an_answer() {
    for reply in [
        Reply::new("302 Found", &[], ""),
        Reply::redirect("302 Found", "http://["),
    ] {
        let server = Server::always(reply).await;
        let error = server
            .client()
            .instance_org_invites()
            .get("i", "o")
            .send()
            .await
            .unwrap_err();
        assert_eq!(error.status().unwrap(), 302);
    }
}

#[tokio::test]
async fn a_user_name_in_a_redirect_does_not_replace_the_credential() {
    let (send, receive) = std::sync::mpsc::channel::<String>();
    let receive = std::sync::Mutex::new(receive);
    let server = Server::start(move |request| match request.target.as_str() {
        "/new" => Reply::json(EMPTY),
        _ => Reply::redirect("302 x", &receive.lock().unwrap().recv().unwrap()),
    })
    .await;
    send.send(server.url().replace("http://", "http://me:pw@") + "/new")
        .unwrap();
    let client = server.builder().access_token("secret").build().unwrap();
    client
        .instance_org_invites()
        .get("i", "o")
        .send()
        .await
        .unwrap();
    assert_eq!(
        server.arrived()[1].header("authorization"),
        Some("Bearer secret")
    );
}

#[tokio::test]
async fn a_key_in_the_query_stays_over_a_redirect_at_home() {
    let server = Server::start(|request| match request.target.as_str() {
        target if target.starts_with("/new") => Reply::json(EMPTY),
        _ => Reply::redirect("302 x", "/new?page=2"),
    })
    .await;
    let client = server.builder().query_key("secret").build().unwrap();
    let get = client.instance_org_invites().get("i", "o");
    get.send().await.unwrap();
    assert_eq!(server.arrived()[1].target, "/new?page=2&api%20key=secret");
}

/// Signs every request.
#[derive(Debug)]
struct Signs;

impl Hook for Signs {
    fn before_request(&self, _: &Attempt<'_>, headers: &mut HeaderMap) {
        headers.append("x-signature", "secret".parse().unwrap());
    }
}

#[tokio::test]
async fn what_a_hook_adds_is_added_once_and_stays_at_home() {
    let other = Server::always(Reply::json(EMPTY)).await;
    let target = other.url();
    let server = Server::start(move |request| match request.target.as_str() {
        "/new" => Reply::redirect("302 x", &target),
        _ => Reply::redirect("302 x", "/new"),
    })
    .await;
    let client = server.builder().hook(Signs).build().unwrap();
    let get = client.instance_org_invites().get("i", "o");
    get.send().await.unwrap();
    let signatures = |arrived: &Arrived| {
        let all = arrived.headers.iter();
        all.filter(|(name, _)| name == "x-signature").count()
    };
    let at_home: Vec<usize> = server.arrived().iter().map(signatures).collect();
    assert_eq!(at_home, [1, 1]);
    assert_eq!(signatures(&other.only()), 0);
}

#[tokio::test]
async fn who_left_home_does_not_get_its_credentials_back() {
    let (send, receive) = std::sync::mpsc::channel::<String>();
    let receive = std::sync::Mutex::new(receive);
    let other = Server::start(move |_| {
        let home = receive.lock().unwrap().recv().unwrap();
        Reply::redirect("302 x", &(home + "/back"))
    })
    .await;
    let target = other.url();
    let server = Server::start(move |request| match request.target.as_str() {
        "/back" => Reply::json(EMPTY),
        _ => Reply::redirect("302 x", &target),
    })
    .await;
    send.send(server.url()).unwrap();
    let client = server.builder().access_token("secret").build().unwrap();
    let get = client.instance_org_invites().get("i", "o");
    get.send().await.unwrap();
    assert_eq!(server.arrived()[1].header("authorization"), None);
}

#[test]
fn a_redirect_does_not_leave_tls() {
    let clock = SimClock::default();
    let server = SimServer::new(&clock, |request, _| {
        match request.uri().scheme_str() == Some("https") {
            true => Head::new(302)
                .header("location", "http://api.example/plain")
                .whole(),
            false => Head::new(200).piece(EMPTY).whole(),
        }
    });
    let client = Client::builder().base_url("https://api.example");
    let client = client.transport(server.clone()).clock(clock.clone());
    let client = client.build().unwrap();
    let get = client.instance_org_invites().get("i", "o");
    let error = clock.run(get.send()).unwrap_err();
    assert!(error.is_undocumented_status());
    assert_eq!(error.status().unwrap(), 302);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_key_that_a_redirect_repeats_does_not_leave_home() {
    let cases = [
        ("/x?page=2&api%20key=QSECRET", "/x?page=2"),
        ("/x?api+key=QSECRET&page=2&api%20key=other", "/x?page=2"),
        ("/x?api%20key=QSECRET", "/x"),
        ("/x?api%20keys=1&q=a%26b+c", "/x?api%20keys=1&q=a%26b+c"),
    ];
    for (target, expected) in cases {
        let other = Server::always(Reply::json(EMPTY)).await;
        let location = other.url() + target;
        let server = Server::always(Reply::redirect("302 Found", &location)).await;
        let client = server.builder().query_key("QSECRET").build().unwrap();
        let get = client.instance_org_invites().get("i", "o");
        get.send().await.unwrap();
        assert!(server.only().target.ends_with("api%20key=QSECRET"));
        assert_eq!(other.only().target, expected);
    }
}

#[tokio::test]
async fn a_redirect_may_have_bytes_that_are_not_ascii() {
    let cases: [(&[u8], &str); 3] = [
        (b"/caf\xc3\xa9?q=\xc3\xa9", "/caf%C3%A9?q=%C3%A9"),
        (b"/caf\xe9", "/caf%E9"),
        (b"/caf%C3%A9", "/caf%C3%A9"),
    ];
    for (location, target) in cases {
        let head = b"HTTP/1.1 302 x\r\nconnection: close\r\ncontent-length: 0\r\nlocation: ";
        let redirect = [&head[..], location, b"\r\n\r\n"].concat();
        let server = Server::start(move |request| match request.target.starts_with("/caf") {
            true => Reply::json(EMPTY),
            false => Reply::Bytes(redirect.clone()),
        })
        .await;
        let get = server.client().instance_org_invites().get("i", "o");
        get.send().await.unwrap();
        assert_eq!(server.arrived()[1].target, target);
    }
}
