//! Links to the next page, in the header or in the body: which are followed, and where to.

use super::*;

#[tokio::test]
async fn the_link_header_is_followed_as_the_first_call_was_made() {
    let server = Server::start(|request| {
        let page = number(request, "page").unwrap_or(1);
        let host = request.header("host").unwrap();
        let link = format!(
            r#"<http://{host}/things?page=9>; rel="last", <http://{host}/things?page={}>; rel="next""#,
            page + 1
        );
        let head = [("content-type", "application/json"), ("link", &*link)];
        let head = if page < 3 { &head[..] } else { &head[..1] };
        Reply::new("200 OK", head, &Value::from(things(6, page * 2 - 2, 2)).to_string())
    })
    .await;
    let mut call = call(&server);
    call.set(3, "t1");
    call.set(2, "new");
    walks(&server, call, &HEADER, 6, 3).await;
    let arrived = server.arrived();
    let targets: Vec<_> = arrived.iter().map(|it| &*it.target).collect();
    assert_eq!(
        targets,
        ["/things?filter=new", "/things?page=2", "/things?page=3"]
    );
    for request in arrived {
        assert_eq!(request.header("authorization"), Some("Bearer secret"));
        assert_eq!(request.header("x-trace"), Some("t1"));
    }
}

/// Where the second call goes if the first answer has these lines of `Link`.
async fn second(lines: &'static [&'static str]) -> Option<String> {
    let server = Server::start(move |request| {
        let last = request.target.contains("p=2");
        let lines = lines.iter().filter(|_| !last).map(|line| ("Link", *line));
        Reply::new("200 OK", &lines.collect::<Vec<_>>(), "[]")
    })
    .await;
    let (_, error) = all(&mut call(&server).pages(response::json, &HEADER)).await;
    assert!(error.is_none(), "{lines:?}: {error:?}");
    server
        .arrived()
        .get(1)
        .map(|request| request.target.clone())
}

#[tokio::test]
async fn the_next_link_is_found_among_others() {
    let good: [&[&str]; 8] = [
        &["<?p=2>;rel=next"],
        &["< ?p=2 > ; REL = NeXT"],
        &[r#"<?p=2>; title="a, <b>; \"c\""; rel="last next""#],
        &["</first>; rel=first;;,<?p=2>; rel=\"x\tnext\""],
        &["</a,b;c>; rel=prev, <?p=2>; crossorigin; rel=next"],
        &["</a>, <?p=2>; rel=next; rel=prev"],
        &["</a>; rel=prev", "<?p=2>; rel=next"],
        &["<?p=2>; rel=next", "<?p=3>; rel=next"],
    ];
    for lines in good {
        assert_eq!(
            second(lines).await.as_deref(),
            Some("/things?p=2"),
            "{lines:?}"
        );
    }
    let none: [&[&str]; 9] = [
        &[],
        &["?p=2; rel=next"],
        &["<?p=2; rel=next"],
        &["<?p=2>; rel=nextpage"],
        &["<?p=2>; rel=prev; rel=next"],
        &[r#"<?p=2>; title="rel=next""#],
        &[r#"<?p=2>; title="rel=next"#],
        &[r##"<?p=2>; rel=next; anchor="#part""##],
        &["<?p=2>; rel"],
    ];
    for lines in none {
        assert_eq!(second(lines).await, None, "{lines:?}");
    }
}

#[tokio::test]
async fn what_is_not_ascii_in_a_link_header_hides_no_link() {
    let cases: [(&[u8], &str); 3] = [
        ("<?p=2>; title=\"Résumé\"; rel=next".as_bytes(), "?p=2"),
        (b"</a>; title=\"R\xe9\", <?p=2>; rel=next", "?p=2"),
        ("<?q=é&p=2>; rel=next".as_bytes(), "?q=%C3%A9&p=2"),
    ];
    for (line, query) in cases {
        let reply = |link: &[u8]| {
            let head = b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\nlink: ";
            Reply::Bytes([&head[..], link, b"\r\n\r\n[]"].concat())
        };
        let (first, last) = (reply(line), reply(b""));
        let server = Server::start(move |request| match request.target.contains("p=2") {
            true => last.clone(),
            false => first.clone(),
        })
        .await;
        walks(&server, call(&server), &HEADER, 0, 2).await;
        assert_eq!(server.arrived()[1].target, format!("/things{query}"));
    }
}

#[tokio::test]
async fn a_link_is_relative_to_where_the_page_was_found() {
    let server = Server::start(|request| match request.target.split('?').next() {
        Some("/things") => Reply::redirect("301 Moved", "/v1/items/"),
        Some("/v1/items/") => Reply::json(r#"{"data":[{"id":0}],"next":"2"}"#),
        _ => Reply::json(r#"{"data":[{"id":1}]}"#),
    })
    .await;
    walks(&server, call(&server), &LINK, 2, 3).await;
    assert_eq!(server.arrived()[2].target, "/v1/items/2");
    // The key of the call is in no link, be it relative to a URL that has it.
    let mut builder = CoreBuilder::new(&API);
    builder.base_url(server.url());
    builder.credential(1, "secret");
    let core = builder.build().unwrap();
    let mut pages: Walk = core.call(&LIST).pages(response::json, &LINK);
    assert!(pages.next().await.unwrap().is_ok());
    assert_eq!(pages.cursor().unwrap().to_string(), "link:/v1/items/2");
}

#[tokio::test]
async fn links_of_a_page_that_was_found_elsewhere_lead_home_or_nowhere() {
    let (send, receive) = std::sync::mpsc::channel::<String>();
    let receive = std::sync::Mutex::new(receive);
    let other = Server::start(move |_| {
        let next = receive.lock().unwrap().recv().unwrap();
        Reply::json(&json!({ "data": [{ "id": 0 }], "next": next }).to_string())
    })
    .await;
    let location = other.url() + "/things";
    let server = Server::start(move |request| match request.target.as_str() {
        "/things" => Reply::redirect("302 Found", &location),
        _ => Reply::json(r#"{"data":[{"id":1}]}"#),
    })
    .await;
    send.send(server.url() + "/things?at=2").unwrap();
    walks(&server, call(&server), &LINK, 2, 2).await;
    for link in ["?at=2", "/things?at=2", "2"] {
        send.send(link.to_owned()).unwrap();
        let (found, message) = breaks(call(&server), &LINK).await;
        assert_eq!(found, [0]);
        let expected = format!("the link to it is not a URL of {}", server.url());
        assert!(message.ends_with(&expected), "{message}");
    }
    assert_eq!(other.arrived().len(), 4, "once for each walk");
}

#[tokio::test]
async fn a_walk_does_not_go_round_by_way_of_redirects() {
    let server = Server::start(|request| match request.target.as_str() {
        "/things" => Reply::redirect("301 Moved", "/items"),
        _ => Reply::json(r#"{"data":[{"id":0}],"next":"/things"}"#),
    })
    .await;
    let (found, message) = breaks(call(&server), &LINK).await;
    assert_eq!(found, [0]);
    assert!(message.ends_with("was there before"), "{message}");
}

#[tokio::test]
async fn a_mark_of_byte_order_does_not_end_a_walk() {
    let server = Server::start(|request| {
        let next = request.target == "/things";
        let page = json!({ "data": [], "next": next.then_some("?at=2") });
        Reply::json(&format!("\u{feff}{page}"))
    })
    .await;
    walks(&server, call(&server), &LINK, 0, 2).await;
}

#[tokio::test]
async fn a_link_header_to_another_origin_is_refused() {
    let other = Server::always(Reply::json("[]")).await;
    let link = format!("<{}/things>; rel=next", other.url());
    let server = Server::always(Reply::new("200 OK", &[("link", &link)], r#"[{"id":7}]"#)).await;
    let mut pages: Walk = call(&server).pages(response::json, &HEADER);
    let (found, error) = all(&mut pages).await;
    assert_eq!(found, [7]);
    let error = error.unwrap();
    assert!(error.is_next_link());
    let message = format!("the link to it is not a URL of {}", server.url());
    assert!(error.to_string().ends_with(&message), "{error}");
    assert_eq!(pages.cursor(), None, "nobody knows where the next page is");
    assert!(other.arrived().is_empty());
}

#[tokio::test]
async fn a_link_that_is_false_is_none() {
    let server = Server::always(Reply::json(r#"{"data":[],"next":false}"#)).await;
    walks(&server, call(&server), &LINK, 0, 1).await;
}
