//! Uses the client of the kitchen sink: `program URL`. It prints the requests that the server
//! must have seen.

#![deny(warnings)]

mod samples;

use std::collections::BTreeMap;
use std::error::Error;

use jiff::civil::date;
use kitchen_sink::sink::{
    AnswerError, AnswerOk, AskBody, G, GetProfileError, HeadersHeaders, PatchProfileOk, UploadForm,
    WatchEvent, WatchHeaders, WatchWord, XKind,
};
use kitchen_sink::styles::{Deep, DeepA};
use kitchen_sink::types::{
    Animal, Circle, Filter, FilterNested, Keywords, KeywordsType, Level, Mixed, Odd, OddChoice, Profile,
    Range, Rgb, Room, RoomContact, RoomContactObject, Row, Shape, Size, Tree, Values, ValuesEither,
};
use kitchen_sink::runtime::File;
use kitchen_sink::{Client, House, Nullable, RetryPolicy, Scheme, Server};
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::args().nth(1).ok_or("no URL")?;
    let client = Client::builder().basic("me", "pass word").base_url(&url);
    let client = client.retries(RetryPolicy::none());
    let client = client.build()?;
    three_states(&client).await?;
    unions()?;
    maps_dates_and_circles(&client).await?;
    failures(&client).await?;
    successes(&client).await?;
    forms(&client).await?;
    parameters(&client).await?;
    texts_and_bytes(&client).await?;
    values(&client).await?;
    limits(&client, &url).await?;
    typed_events(&client).await?;
    headers(&client).await?;
    names(&client).await?;
    styles(&client).await?;
    pieces(&client).await?;
    lists(&client).await?;
    animals(&client).await?;
    servers(&url).await?;
    let key = Client::builder().key("k&y").base_url(url).build()?;
    key.sink().ping().send().await?;
    println!("GET /ping?api%20key=k%26y");
    Ok(())
}

/// What goes over the wire for a value, and what becomes of it when it comes back.
fn there_and_back(profile: &Profile) -> Result<Value, Box<dyn Error>> {
    let wire = serde_json::to_value(profile)?;
    assert_eq!(&serde_json::from_value::<Profile>(wire.clone())?, profile);
    Ok(wire)
}

async fn three_states(client: &Client) -> Result<(), Box<dyn Error>> {
    let absent = Profile::new("n", None, "s3cret").id(1);
    let wire = json!({ "id": 1, "name": "n", "nickname": null, "secret": "s3cret" });
    assert_eq!(there_and_back(&absent)?, wire);
    let null = absent.clone().motto(None).born(Nullable::Null);
    let wire = json!({ "id": 1, "name": "n", "nickname": null, "secret": "s3cret", "motto": null, "born": null });
    assert_eq!(there_and_back(&null)?, wire);
    let value = absent.clone().motto("m".to_owned()).born(date(2000, 2, 29));
    assert_eq!(there_and_back(&value)?["motto"], "m");
    assert_eq!(there_and_back(&value)?["born"], "2000-02-29");
    for profile in [absent, null, value] {
        let back = client.sink().patch_profile(7, &profile).send().await?;
        assert_eq!(back, PatchProfileOk::Ok(Box::new(profile)));
        println!("PATCH /profiles/7");
    }
    let shown = json!({ "id": 1, "name": "n", "nickname": null });
    assert_eq!(serde_json::from_value::<Profile>(shown)?.secret, None);
    let missing = serde_json::from_value::<Profile>(json!({ "id": 1, "name": "n" }));
    assert!(missing.is_err(), "`nickname` may be null and must be there");
    Ok(())
}

fn unions() -> Result<(), Box<dyn Error>> {
    let shape = |wire: Value| serde_json::from_value::<Shape>(wire);
    let circle = json!({ "kind": "circle", "radius": 2.0 });
    assert_eq!(shape(circle.clone())?, Shape::Circle(Circle::new(2.0)));
    assert_eq!(serde_json::to_value(shape(circle)?)?["kind"], "circle");
    let square = shape(json!({ "kind": "square", "side": 1 }))?;
    assert!(matches!(square, Shape::Square(_)));
    let list = shape(json!([1, [2]]))?;
    let inner = Shape::List(vec![Shape::Integer(2)]);
    assert_eq!(list, Shape::List(vec![Shape::Integer(1), inner]));
    let new = json!({ "kind": "triangle", "sides": [3, 4, 5] });
    assert_eq!(shape(new.clone())?, Shape::Unrecognized(new.clone()));
    assert_eq!(serde_json::to_value(shape(new.clone())?)?, new);
    let bad = shape(json!({ "kind": "circle", "radius": "wide" }));
    let said = bad.expect_err("a circle with a bad radius").to_string();
    assert!(said.contains("radius"), "{said}");
    let odd = |wire: Value| serde_json::from_value::<Odd>(wire);
    assert_eq!(odd(json!("a"))?, Odd::Choice(OddChoice::A));
    assert!(matches!(odd(json!(2))?, Odd::Level(Level::Value2)));
    assert!(matches!(odd(json!(true))?, Odd::Boolean(true)));
    assert!(matches!(odd(json!({ "x": 1 }))?, Odd::Any(_)));
    Ok(())
}

async fn maps_dates_and_circles(client: &Client) -> Result<(), Box<dyn Error>> {
    let labels = BTreeMap::from([("b".to_owned(), "2".to_owned())]);
    let counts = BTreeMap::from([("x".to_owned(), None), ("y".to_owned(), Some(1))]);
    let profile = Profile::new("n", Some("k".to_owned()), "s3cret")
        .id(1)
        .labels(labels)
        .counts(counts)
        .seen("2026-01-31T12:00:00Z".parse()?)
        .level(9.into())
        .anything(json!([null]))
        .favourite(Shape::Integer(3));
    let wire = there_and_back(&profile)?;
    assert_eq!(wire["labels"], json!({ "b": "2" }));
    assert_eq!(wire["counts"], json!({ "x": null, "y": 1 }));
    assert_eq!(wire["seen"], "2026-01-31T12:00:00Z");
    assert_eq!((&wire["favourite"], &wire["level"]), (&json!(3), &json!(9)));
    let leaf = Tree::new("leaf").left(Tree::new("l"));
    let named = BTreeMap::from([("leaf".to_owned(), leaf.clone())]);
    let tree = Tree::new("root").children(vec![leaf]).by_name(named);
    assert_eq!(client.sink().put_tree(&tree).send().await?, tree);
    println!("PUT /tree");
    Ok(())
}

async fn failures(client: &Client) -> Result<(), Box<dyn Error>> {
    let sink = client.sink();
    let error = sink.get_profile(404).send().await.expect_err("404");
    assert_eq!(error.api(), Some(&GetProfileError::NotFound));
    let error = sink.get_profile(409).send().await.expect_err("409");
    let Some(GetProfileError::ClientError(fault)) = error.api() else {
        panic!("{error:?}");
    };
    assert_eq!(fault.message, "no");
    assert_eq!(fault.additional_properties["code"], 7);
    let error = sink.get_profile(500).send().await.expect_err("500");
    assert_eq!(
        error.api(),
        Some(&GetProfileError::Other("broken".to_owned()))
    );
    println!("GET /profiles/404\nGET /profiles/409\nGET /profiles/500");
    Ok(())
}

async fn successes(client: &Client) -> Result<(), Box<dyn Error>> {
    let sink = client.sink();
    let tree = AnswerOk::Ok(Tree::new("t"));
    assert_eq!(sink.answer(200).send().await?, tree);
    let csv = AnswerOk::OkCsv("a,b".to_owned());
    let meta = sink.answer(299).send_with_meta().await?;
    assert_eq!(meta.status().as_u16(), 299);
    assert_eq!(meta.into_body(), tree, "the only content for what is not documented");
    assert_eq!(sink.answer(2000).send().await?, csv);
    assert_eq!(sink.answer(202).send().await?, AnswerOk::Accepted);
    assert_eq!(sink.answer(205).send().await?, AnswerOk::Accepted);
    let error = sink.answer(304).send().await.expect_err("304");
    assert_eq!(error.api(), Some(&AnswerError::NotModified));
    println!("GET /answers/200\nGET /answers/299\nGET /answers/2000\nGET /answers/202");
    println!("GET /answers/205\nGET /answers/304");
    assert_eq!(sink.maybe(204).send().await?, None);
    assert_eq!(sink.maybe(200).send().await?, Some(Tree::new("t")));
    let moved = sink.move_(302).send_with_meta().await?;
    assert_eq!(moved.headers()["location"], "/there");
    println!("PUT /answers/204\nPUT /answers/200\nPOST /answers/302");
    Ok(())
}

async fn forms(client: &Client) -> Result<(), Box<dyn Error>> {
    let sink = client.sink();
    let filter = Filter::new()
        .name("a b&c")
        .list(vec!["x".to_owned(), "y".to_owned()])
        .nested(FilterNested::new().a("1"));
    let sent = sink.form(&filter).send().await?;
    assert_eq!(sent, "list=x&list=y&name=a%20b%26c&nested%5Ba%5D=1");
    let form = UploadForm::new(vec![1, 2], Filter::new().min(1))
        .level(3)
        .more(vec![File::new("a").name("a\".txt").media_type("text/plain"), File::new("b")])
        .names(vec!["n".to_owned(), "m".to_owned()]);
    let sent = sink.upload(form).send().await?;
    let (boundary, rest) = sent.split_once("\r\n").ok_or("no boundary")?;
    let parts: Vec<_> = rest.split(boundary).collect();
    let begin = "Content-Disposition: form-data; name=";
    assert_eq!(
        parts,
        [
            format!("{begin}\"file\"; filename=\"file\"\r\nContent-Type: image/png\r\n\r\n\u{1}\u{2}\r\n"),
            format!("\r\n{begin}\"filter\"\r\nContent-Type: application/json\r\n\r\n{{\"min\":1}}\r\n"),
            format!("\r\n{begin}\"level\"\r\n\r\n3\r\n"),
            format!("\r\n{begin}\"more\"; filename=\"a%22.txt\"\r\nContent-Type: text/plain\r\n\r\na\r\n"),
            format!("\r\n{begin}\"more\"; filename=\"file\"\r\nContent-Type: application/octet-stream\r\n\r\nb\r\n"),
            format!("\r\n{begin}\"names\"\r\n\r\nn\r\n"),
            format!("\r\n{begin}\"names\"\r\n\r\nm\r\n"),
            "--\r\n".to_owned(),
        ]
    );
    let lines = [Filter::new().min(1), Filter::new()];
    assert_eq!(sink.lines_ndjson(&lines).send().await?, "{\"min\":1}\n{}\n");
    assert_eq!(sink.lines(&lines[1]).send().await?, "{}");
    println!("POST /forms\nPUT /forms\nPATCH /forms\nPATCH /forms");
    Ok(())
}

async fn parameters(client: &Client) -> Result<(), Box<dyn Error>> {
    let filter = Filter::new().name("a b").min(1).level(Level::Value3);
    let search = client
        .sink()
        .search(Level::Value2)
        .ids(vec![1, 2])
        .tags(vec!["a".to_owned(), "b,c".to_owned()])
        .piped(vec!["d".to_owned(), "e".to_owned()])
        .filter(filter)
        .where_(Filter::new().min(2))
        .kinds(vec!["k".to_owned(), "l".to_owned()])
        .since(date(2026, 1, 31))
        .x_trace(vec!["t1".to_owned(), "t2".to_owned()])
        .session("s1")
        .type_("t")
        .self_("s")
        .send_query("q")
        .minus_1(-1);
    let found = search.send().await?;
    let new = Shape::Unrecognized(json!("new"));
    assert_eq!(
        found,
        [Shape::Circle(Circle::new(1.5)), Shape::Integer(7), new]
    );
    println!(
        "GET /search?ids=1&ids=2&tags=a,b%2Cc&piped=d%7Ce&filter%5Blevel%5D=3\
         &filter%5Bmin%5D=1&filter%5Bname%5D=a%20b&where=%7B%22min%22%3A2%7D\
         &kinds%5B%5D=k&kinds%5B%5D=l&since=2026-01-31&type=t&self=s&send=q&-1=-1"
    );
    let many = client.sink().many(
        "a/b",
        2,
        0.5,
        true,
        "2026-01-31T12:00:00Z".parse()?,
        date(2026, 1, 31),
        G::Two,
        vec!["x".to_owned(), "y".to_owned()],
        "\u{fc}",
        "j",
    );
    let error = many.send().await.expect_err("the answer is empty");
    assert!(error.is_decode(), "{error:?}");
    println!("GET /many/a%2Fb/2/0.5/true/2026-01-31T12%3A00%3A00Z/2026-01-31/two/x,y/%C3%BC?j=j");
    Ok(())
}

async fn texts_and_bytes(client: &Client) -> Result<(), Box<dyn Error>> {
    let sink = client.sink();
    assert_eq!(sink.echo_text("\u{fc}\n").send().await?, "\u{fc}\n");
    let bytes = vec![0, 159, 146, 150];
    let back = sink.echo_bytes().body(bytes.clone()).send().await?;
    assert_eq!(back.status().as_u16(), 200);
    assert_eq!(back.bytes().await?, bytes);
    println!("POST /text\nPOST /bytes");
    let mut events = sink.events().send().await?;
    let first = events.next().await.ok_or("no event")??;
    assert_eq!((&*first.event, &*first.data), ("message", "a\nb"));
    let second = events.next().await.ok_or("no second event")??;
    assert_eq!((&*second.event, &*second.id), ("leaf", "7"));
    assert_eq!(second.json::<Tree>()?, Tree::new("l"));
    assert!(events.next().await.is_none(), "the last is not complete");
    let mut trees = sink.trees().send().await?;
    assert_eq!(trees.next().await.ok_or("no tree")??, Tree::new("a"));
    assert!(trees.next().await.ok_or("no second tree")?.is_err());
    assert_eq!(trees.next().await.ok_or("no third tree")??, Tree::new("c"));
    assert!(trees.next().await.is_none());
    println!("GET /events\nGET /trees");
    Ok(())
}

async fn values(client: &Client) -> Result<(), Box<dyn Error>> {
    let id = "4a72d1db-b465-4764-99e1-ecedad03b06a";
    let row = Row("a".to_owned(), Some(Box::new(Row("b".to_owned(), None, vec![]))), vec![7]);
    let body = Values::new(
        b"\xfb\xff",
        id.parse()?,
        "https://example.com/a?b".parse()?,
        vec![Size::Minus0_5, Size::Unrecognized(3.25)],
        vec![Some(Mixed::Auto), None, Some(Mixed::Value1), Some(Mixed::FalseText), Some(Mixed::False)],
        Range(1, 9),
    );
    let body = body
        .more(vec![vec![0].into()])
        .patch(Some(b"x".into()))
        .count(u64::MAX)
        .small(u32::MAX)
        .single(0.1)
        .price("19.9".parse()?)
        .amount("0.10".parse()?)
        .at("2026-01-31T12:00:00Z".parse()?)
        .hour("12:30:00".parse()?)
        .length(Some("P1DT12H".parse()?))
        .address("192.0.2.1".parse()?)
        .addresses(BTreeMap::from([("a".to_owned(), "::1".parse()?)]))
        .row(row.clone())
        .either(ValuesEither::Text(id.parse()?));
    let wire = json!({
        "data": "+/8=", "id": id, "link": "https://example.com/a?b", "more": ["AA=="], "patch": "eA==",
        "count": u64::MAX, "small": u32::MAX, "single": 0.1_f32, "price": 19.9, "amount": "0.10",
        "at": "2026-01-31T12:00:00Z", "hour": "12:30:00", "length": "P1DT12H",
        "address": "192.0.2.1", "addresses": { "a": "::1" },
        "sizes": [-0.5, 3.25], "levels": ["auto", null, 1, "false", false],
        "range": [1, 9], "row": ["a", ["b"], 7], "either": id,
    });
    assert_eq!(serde_json::to_value(&body)?, wire);
    let call = client.sink().put_values(id.parse()?, Range(1, 9), &body, b"\xfb\xff", Mixed::Value0_5);
    let call = call.at("2026-01-31T12:00:00Z".parse()?).price("1.5".parse()?).row(row);
    assert_eq!(call.size(Size::Value2_5).send().await?, body);
    println!(
        "PUT /values/{id}/1,9?digest=%2B%2F8%3D&level=0.5&at=2026-01-31T12%3A00%3A00Z&price=1.5\
         &row=a&row=%5B%22b%22%5D&row=7"
    );
    let read = |text: &str| serde_json::from_str::<Range>(text);
    assert_eq!(read("[1,2,3,4]")?, Range(1, 2));
    let short = read("[1]").expect_err("one is missing").to_string();
    assert!(short.contains("an array of 2 or more items (Range)"), "{short}");
    Ok(())
}

async fn limits(client: &Client, url: &str) -> Result<(), Box<dyn Error>> {
    let sink = client.sink();
    let hall = Room::new("Hällo").share(0.3).secret("12345678");
    let signs = |text: &str| BTreeMap::from([("a/b".to_owned(), text.to_owned())]);
    let with = |contact: RoomContact| hall.clone().contact(contact);
    let object = |number| RoomContact::Object(RoomContactObject::new(number));
    for good in [
        hall.clone().signs(signs("abc")).rooms(vec![hall.clone(); 2]),
        with(RoomContact::Text("a@b".to_owned())),
        with(object(999)),
    ] {
        sink.limited(9, &good).doors(vec!["A".to_owned(), "B".to_owned()]).send().await?;
        println!("PUT /limited/9?doors=A&doors=B");
    }
    let inner = Room::new("Hall").secret("hunter2");
    for (bad, said) in [
        (Room::new(""), "`/name` of the body has 0 characters, the least is 1 (minLength)"),
        (
            Room::new("Cell"),
            "`/name` of the body has 4 characters, which does not fit the pattern `^(?!Cell)`",
        ),
        (
            hall.clone().rooms(vec![hall.clone(), inner]),
            "`/rooms/1/secret` of the body has 7 characters, the least is 8 (minLength)",
        ),
        (hall.clone().rooms(vec![]), "`/rooms` of the body has 0 items, the least is 1 (minItems)"),
        (
            hall.clone().signs(signs("long")),
            "`/signs/a~1b` of the body has 4 characters, the most is 3 (maxLength)",
        ),
        (hall.clone().share(0.35), "`/share` of the body is no multiple of 0.1 (multipleOf)"),
        (hall.clone().share(1.0), "`/share` of the body is not less than 1 (exclusiveMaximum)"),
        (with(object(1000)), "`/contact/number` of the body is more than the maximum of 999"),
        (
            with(RoomContact::Text("a".to_owned())),
            "`/contact` of the body has 1 character, which does not fit the pattern `@`",
        ),
    ] {
        let error = sink.limited(1, &bad).send().await.expect_err(said);
        assert!(error.is_request());
        assert_eq!(error.to_string(), format!("sink.limited: not sent: {said}"));
        assert!(!format!("{error:?}").contains("hunter2"));
    }
    let error = sink.limited(-2, &hall).send().await.expect_err("a floor too low");
    let said = "sink.limited: not sent: path parameter `floor` is less than the minimum of -1";
    assert_eq!(error.to_string(), said);
    let twice = vec!["A".to_owned(), "B".to_owned(), "A".to_owned()];
    let error = sink.limited(1, &hall).doors(twice).send().await.expect_err("doors alike");
    let said = "query parameter `doors` has 3 items, of which 0 and 2 are equal (uniqueItems)";
    assert!(error.to_string().ends_with(said), "{error}");
    let client = Client::builder().unchecked().base_url(url).build()?;
    client.sink().limited(10, &Room::new("")).send().await?;
    println!("PUT /limited/10");
    Ok(())
}

async fn styles(client: &Client) -> Result<(), Box<dyn Error>> {
    let rgb = Rgb::new().r(100).g(200);
    let list = || vec!["blue".to_owned(), "a/b".to_owned()];
    let deep = Deep::new()
        .a(DeepA::new().b(1))
        .c(vec!["x".to_owned(), "y".to_owned()]);
    let crumbs = || vec!["a b".to_owned(), "c;d".to_owned()];
    let all = client.styles().all(
        rgb.clone(),
        rgb.clone(),
        list(),
        rgb.clone(),
        list(),
        list(),
        "a/b;c=%41,d?",
    );
    all.empty("")
        .form(rgb.clone())
        .forms(rgb.clone())
        .space(list())
        .pipe(rgb.clone())
        .deep(deep)
        .ids(vec![1, 2])
        .raw("a/b?c=d&e#")
        .x_rgb(rgb.clone())
        .x_rgbs(rgb)
        .crumbs(crumbs())
        .crumb(crumbs())
        .send()
        .await?;
    println!(
        "GET /styles/G,200,R,100/G=200,R=100/.blue,a%2Fb/.G=200.R=100/;matrix=blue,a%2Fb\
         /;matrices=blue;matrices=a%2Fb/a%2Fb;c=%41,d%3F?empty=&G=200&R=100&forms=G,200,R,100\
         &space=blue%20a%2Fb&pipe=G%7C200%7CR%7C100&deep%5Ba%5D%5Bb%5D=1&deep%5Bc%5D%5B0%5D=x\
         &deep%5Bc%5D%5B1%5D=y&ids%5B%5D=1&ids%5B%5D=2&raw=a/b?c=d&e%23"
    );
    let whole = Filter::new()
        .name("a&b")
        .list(vec!["x".to_owned(), "y".to_owned()])
        .nested(FilterNested::new().a("1"));
    let copy = client.styles().copy("1", "2", "3", "4", "5", "6", "7");
    copy.whole(whole).send().await?;
    println!("COPY /styles/1/2/3/4/5/6/7?list=x,y&name=a%26b&nested%5Ba%5D=1");
    Ok(())
}

async fn pieces(client: &Client) -> Result<(), Box<dyn Error>> {
    let ask = |stream| client.sink().ask(&AskBody::new().stream(stream));
    assert_eq!(ask(false).send().await?, Tree::new("whole"));
    let mut events = ask(true).send_events().await?;
    let event = events.next().await.ok_or("no event")??;
    assert_eq!(event.data, Tree::new("piece"));
    assert!(events.next().await.is_none());
    let error = ask(false).send_events().await.expect_err("it came whole");
    assert!(error.is_decode(), "{error:?}");
    assert!(error.to_string().contains("`application/json`"), "{error}");
    println!("POST /chats\nPOST /chats\nPOST /chats");
    Ok(())
}

async fn animals(client: &Client) -> Result<(), Box<dyn Error>> {
    let there_and_back = |wire: Value| async move {
        let animal: Animal = serde_json::from_value(wire)?;
        let back = client.sink().animals().body(&animal).send().await?;
        assert_eq!(back, animal);
        Ok::<_, Box<dyn Error>>(back)
    };
    let bird = there_and_back(json!({ "kind": "bird", "wings": 2 })).await?;
    assert!(matches!(bird, Animal::Bird(_)), "{bird:?}");
    for kind in [json!("yeti"), Value::Null] {
        let beast = serde_json::from_value::<Animal>(json!({ "kind": kind, "legs": 2 }));
        assert!(matches!(beast, Ok(Animal::Beast(_))), "{beast:?}");
    }
    let beast = there_and_back(json!({ "legs": 4 })).await?;
    assert!(matches!(beast, Animal::Beast(_)), "{beast:?}");
    println!("QUERY /animals\nQUERY /animals");
    Ok(())
}

async fn lists(client: &Client) -> Result<(), Box<dyn Error>> {
    let mut found = Vec::new();
    let mut items = client.lists().by_cursor().items();
    while let Some(item) = items.next().await {
        found.push(item?);
    }
    assert_eq!(found, [0, 1, 2]);
    println!("GET /lists/cursor\nGET /lists/cursor?cursor=b\nGET /lists/cursor?cursor=c");

    let request = client.lists().by_page().per_page(2);
    let mut pages = request.clone().pages();
    assert_eq!(pages.next().await.ok_or("no page")??, [0, 1]);
    pages.next().await.ok_or("no error")?.expect_err("it fails once");
    let stored = pages.cursor().ok_or("no cursor")?.to_string();
    assert_eq!(stored, "page:2");
    let mut items = request.items().resume(&stored.parse()?);
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item?);
    }
    assert_eq!(found, [2, 3, 4]);
    println!("GET /lists/page?per_page=2\nGET /lists/page?page=2&per_page=2");
    println!("GET /lists/page?page=2&per_page=2\nGET /lists/page?page=3&per_page=2");

    let mut items = client.lists().by_offset().items();
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item?);
    }
    assert_eq!(found, [0, 1, 2]);
    println!("GET /lists/offset\nGET /lists/offset?from=2");

    let mut pages = client.lists().by_header().pages();
    assert_eq!(pages.next().await.ok_or("no page")??, Some(vec![0, 1]));
    assert_eq!(pages.next().await.ok_or("no page")??, None);
    assert!(pages.next().await.is_none());
    println!("GET /lists/header\nGET /lists/header?at=2");
    Ok(())
}

async fn servers(url: &str) -> Result<(), Box<dyn Error>> {
    let host = url.strip_prefix("http://").ok_or("no host")?;
    let house = || Client::builder().server(Server::House);
    let client = house().scheme(Scheme::Http).host(host).house(House::New).build()?;
    client.sink().ping().send().await.expect_err("it is not there");
    println!("GET /new/ping");
    let error = Client::builder().house(House::New).build().expect_err("no house");
    assert!(error.to_string().contains("has no `house`"), "{error}");
    Ok(())
}

async fn typed_events(client: &Client) -> Result<(), Box<dyn Error>> {
    let mut events = client.sink().watch().send().await?;
    let time = WatchHeaders::of(events.response().headers()).x_server_time()?;
    assert_eq!(time, Some("2026-01-31T12:00:00Z".parse()?));
    let grown = events.next().await.ok_or("no event")??;
    assert_eq!(grown.event, "grown");
    assert_eq!(grown.data, WatchEvent::Grown(Tree::new("g")));
    let word = events.next().await.ok_or("no word")??;
    assert_eq!(word.data, WatchEvent::Word(WatchWord::No));
    let bad = events.next().await.ok_or("no tree without a name")?;
    let said = bad.expect_err("a name is required").to_string();
    assert!(said.contains("missing field `name`"), "{said}");
    let last = events.next().await.ok_or("no last event")??;
    assert_eq!(last.data, WatchEvent::AtLast(date(2026, 1, 31)));
    assert_eq!(last.id, "9");
    let new = events.next().await.ok_or("no event of another kind")??;
    assert_eq!(new.data, WatchEvent::Unrecognized("[DONE]".to_owned()));
    assert!(events.next().await.is_none());
    println!("GET /watch");

    let tree = Tree::new("t");
    let mut trees = client.sink().chat(Some(&tree)).send().await?;
    for name in ["a", "b"] {
        assert_eq!(trees.next().await.ok_or("no tree")??.data, Tree::new(name));
    }
    assert!(trees.next().await.is_none(), "the word is the end");
    assert!(trees.next().await.is_none(), "whatever comes after it");
    let mut texts = client.sink().chat(None).send().await?.raw();
    assert_eq!(texts.next().await.ok_or("no text")??.data, "{\"name\":\"a\"}");
    println!("POST /chat\nPOST /chat");
    Ok(())
}

async fn headers(client: &Client) -> Result<(), Box<dyn Error>> {
    let answer = client.sink().headers(204).send_with_meta().await?;
    let headers = HeadersHeaders::of(answer.headers());
    let link = headers.link()?;
    assert_eq!(link.as_deref(), Some("</a>; rel=next, </b>; rel=last"));
    assert_eq!(headers.x_count()?, Some(7));
    let ash = XKind::Unrecognized("ash".to_owned());
    assert_eq!(headers.x_kinds()?, Some(vec![XKind::Oak, ash]));
    let limits = headers.x_limits()?.ok_or("no limits")?;
    assert_eq!(limits.rate, Some(0.5));
    assert_eq!(headers.x_filter()?, Some(Filter::new().min(1)));
    assert_eq!(headers.x_day()?, Some(date(2026, 1, 31)));
    assert_eq!(headers.last_modified()?, Some("2026-01-31T12:00:00Z".parse()?));
    assert_eq!(headers.from_now()?, None);
    assert_eq!(headers.of_header()?.as_deref(), Some("all"));
    let error = client.sink().headers(429).send().await.expect_err("429");
    let headers = error.headers().map(HeadersHeaders::of).ok_or("no answer")?;
    assert_eq!(headers.x_count()?, None);
    let said = headers.retry_after().expect_err("no number").to_string();
    assert!(said.contains("Retry-After") && said.contains("soon"), "{said}");
    println!("GET /headers/204\nGET /headers/429");
    Ok(())
}

async fn names(client: &Client) -> Result<(), Box<dyn Error>> {
    let body = Keywords::new(KeywordsType::Minus1, "t", "s")
        .crate_("c")
        .mul(2);
    let wire = json!({ "type": "-1", "type_": "t", "Self": "s", "crate": "c", "mul": 2 });
    assert_eq!(serde_json::to_value(&body)?, wire);
    let call = client.type_().match_(&body, "f", "a", "o");
    assert_eq!(call.gen_("g").is_new(true).send().await?, body);
    println!("POST /keywords?fn=f&gen=g&call=a&is_new=true&core=o");
    Ok(())
}
