//! One small case for each rule: a few lines of OpenAPI, and the part of the page they make.

use sdkwright::diagnostic::Problems;
use sdkwright::docs;
use sdkwright::ir::{Api, OperationId, RustAction, RustActions};

use crate::build::api;
use crate::links;
use crate::pages::{page, pages};
use crate::seeds;

/// The components that the cases share.
const COMPONENTS: &str = r##"
openapi: 3.1.1
info: { title: Thing API, version: "1" }
servers: [{ url: "https://api.example.com" }]
components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
  schemas:
    thing: { title: Thing, type: object, properties: { name: { type: string, example: it's } } }
    tagFilter: { title: Tag Filter, type: array, items: { type: object }, example: [{ key: Floor, value: 2 }] }
    error: { title: Error, type: object }
"##;

/// An API of one path `/things` with the operations given, and the components.
fn things(operations: &str) -> Api {
    things_at("/things", operations)
}

/// The same with another path.
fn things_at(path: &str, operations: &str) -> Api {
    let operations = indented(operations);
    api(&format!("{COMPONENTS}paths:\n  {path}:\n{operations}"))
}

/// Operations as they stand below a path.
fn indented(operations: &str) -> String {
    let lines = operations.trim_matches('\n').lines();
    lines.map(|line| format!("    {line}\n")).collect()
}

/// A page from the line that begins with `from` to the one before the line that begins with `to`.
fn part(page: &str, from: &str, to: &str) -> String {
    let lines = page.lines().skip_while(|line| !line.starts_with(from));
    let mut lines = lines.peekable();
    let first = lines
        .next()
        .unwrap_or_else(|| panic!("no {from} in {page}"));
    let rest = lines.take_while(|line| !line.starts_with(to));
    let part: Vec<&str> = std::iter::once(first).chain(rest).collect();
    part.join("\n").trim_end().to_owned()
}

const STREAM: &str = r##"
get:
  operationId: things.stream
  summary: Streams things
  responses:
    "200":
      description: A stream of things
      content:
        text/event-stream:
          schema:
            oneOf:
              - { type: object, description: A new thing, properties: { event: { const: added }, data: { $ref: "#/components/schemas/thing" } } }
              - { type: object, description: Nothing new, properties: { event: { const: idle } } }
"##;

#[test]
fn a_stream_is_in_rest_with_its_events() {
    let page = page(&things(STREAM), "rest", "things.md");
    insta::assert_snapshot!(part(&page, "### Curl", "### Error"));
}

#[test]
fn a_page_of_streams_alone_is_not_written() {
    for format in ["js-callback", "js-await", "ruby", "rust"] {
        let tree = pages(&things(STREAM), format);
        assert!(tree.get("things.md").is_none(), "{format}");
        assert!(tree.get("_schemas.md").is_some(), "{format}");
    }
}

#[test]
fn no_page_begins_with_a_hyphen() {
    let operation = "get: { operationId: list-all, tags: [/connectors], responses: { '204': { description: All } } }";
    for format in [
        "js-callback",
        "js-await",
        "ruby",
        "rest",
        "reference",
        "rust",
        "site",
    ] {
        let tree = pages(&things(operation), format);
        assert!(tree.get("connectors.md").is_some(), "{format}");
    }
}

const FORM: &str = r##"
post:
  operationId: things.upload
  summary: Uploads a thing
  parameters:
    - { name: dry, in: query, description: Only try, schema: { type: boolean, default: false }, example: true }
  requestBody:
    required: true
    content:
      multipart/form-data:
        schema:
          type: object
          required: [file]
          properties:
            file: { type: string, format: binary, description: The thing itself }
            label: { type: string, description: What to call it, example: lamp }
  responses: { "204": { description: Done } }
"##;

#[test]
fn the_parts_of_a_form_are_parameters() {
    let page = page(&things(FORM), "js-await", "things.md");
    insta::assert_snapshot!(part(&page, "## Upload", "#### Error"));
}

#[test]
fn the_parts_of_a_form_in_rest() {
    let page = page(&things(FORM), "rest", "things.md");
    insta::assert_snapshot!(part(&page, "### Request Body", "### Successful"));
}

#[test]
fn no_parameters_and_no_credentials() {
    let operation =
        r#"get: { operationId: things.get, responses: { "200": { description: Yes } } }"#;
    let page = page(&things(operation), "js-callback", "things.md");
    insta::assert_snapshot!(part(&page, "## Get", "#### Error"));
}

#[test]
fn samples_in_ruby_for_none_one_and_more_required_parameters() {
    let parameter =
        |name: &str| format!("{{ name: {name}, in: query, required: true, schema: {{}} }}");
    let operation = |method: &str, parameters: &[&str]| {
        let list: Vec<String> = parameters.iter().map(|name| parameter(name)).collect();
        format!(
            "{method}: {{ operationId: bigThings.{method}Them, parameters: [{}] }}\n",
            list.join(", ")
        )
    };
    let operations = operation("get", &[])
        + &operation("patch", &["applicationId"])
        + &operation("post", &["applicationId", "x-odd"])
        + "put: { operationId: bigThings.2fa }\n";
    let page = page(&things(&operations), "ruby", "bigThings.md");
    let samples: Vec<&str> = page
        .split("```")
        .filter(|text| text.starts_with("ruby"))
        .collect();
    insta::assert_snapshot!(samples.join(""));
}

#[test]
fn values_in_cells() {
    let operation = r##"
get:
  operationId: things.get
  parameters:
    - { name: list, in: query, description: "A 'list' of <b>", schema: { type: array, items: { type: string } }, example: [gps, "a'ws"] }
    - { name: since, in: query, description: Since when, schema: { type: number, default: -2592000000 }, example: 1465790400000 }
    - { name: huge, in: query, description: Huge, schema: { type: number, default: 1.0e+21 }, example: 0.1 }
    - { name: zero, in: query, description: Zero, schema: { type: integer, default: 0 }, example: 3.0 }
    - { name: free, in: query, schema: {} }
    - { name: pipe, in: query, description: "a | b\nc\n\nd", schema: { type: string, enum: ["x|y"] }, example: "x|y" }
    - { name: tagFilter, in: query, description: Tags to filter by, content: { application/json: { schema: { $ref: "#/components/schemas/tagFilter" } } } }
    - { name: old, in: query, deprecated: true, description: "Deprecated: use new.", schema: { type: string } }
"##;
    let things = things(operation);
    let sdk = page(&things, "ruby", "things.md");
    let rest = page(&things, "rest", "things.md");
    insta::assert_snapshot!(part(&sdk, "| Name", "####") + "\n\n" + &part(&rest, "| Name", "###"));
}

#[test]
fn the_body_stands_after_the_path_or_where_it_says() {
    let rows = |position: &str| {
        let operation = format!(
            r##"
post:
  operationId: things.post
  x-codegen-request-body-name: thing
  parameters:
    - {{ name: losantdomain, in: header, schema: {{ type: string }} }}
    - {{ name: a, in: query, schema: {{ type: string }} }}
    - {{ name: hidden, in: query, x-internal: true, schema: {{ type: string }} }}
    - {{ name: b, in: query, schema: {{ type: string }} }}
    - {{ name: id, in: path, required: true, schema: {{ type: string }} }}
  requestBody: {{ {position} content: {{ application/json: {{ schema: {{ $ref: "#/components/schemas/thing" }} }} }} }}
"##
        );
        let page = page(&things_at("/things/{id}", &operation), "ruby", "things.md");
        let table = part(&page, "| Name", "####");
        let names = table
            .lines()
            .skip(2)
            .map(|row| row.split(" | ").next().unwrap()[2..].to_owned());
        names.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(rows(""), "id thing a b losantdomain");
    assert_eq!(rows("x-position: 1,"), "thing id a b losantdomain");
    assert_eq!(rows("x-position: 3,"), "id a thing b losantdomain");
    assert_eq!(rows("x-position: 9,"), "id a b thing losantdomain");
}

#[test]
fn scopes_in_words() {
    let sentences = |security: &str| {
        let operation = format!("get: {{ operationId: things.get, security: {security} }}");
        let api = things(&operation);
        let sdk = page(&api, "ruby", "things.md");
        let rest = page(&api, "rest", "things.md");
        let sdk = part(&sdk, "#### Authentication", "####");
        let rest = part(&rest, "### Authentication", "###");
        format!("{security}\n{sdk}\n{rest}\n")
    };
    let cases = [
        "[]",
        "[{ bearer: [] }]",
        "[{ bearer: [one.only] }]",
        "[{ bearer: [all.User] }, { bearer: ['me.*'] }]",
        "[{ bearer: [a, b] }]",
        "[{ bearer: [a, b] }, { bearer: [c] }]",
        "[{}, { bearer: [a] }]",
    ];
    insta::assert_snapshot!(cases.map(sentences).join("\n"));
}

#[test]
fn deprecated_and_without_text_and_with_two_texts() {
    let operations = r#"
get: { operationId: things.get, deprecated: true, summary: Gets things }
put: { operationId: things.put }
post: { operationId: things.post, summary: Adds a thing, description: "It's *there* at once.\n\n# Not a heading\n\n[nor](./a-link)" }
"#;
    let text = |page: &str, title: &str, to: &str| part(page, title, to);
    let api = things(operations);
    let mut shown = Vec::new();
    for (format, to) in [("ruby", "```"), ("rest", "###"), ("reference", "###")] {
        let page = page(&api, format, "things.md");
        for title in ["## Get", "## Put", "## Post"] {
            shown.push(text(&page, title, to));
        }
    }
    insta::assert_snapshot!(shown.join("\n\n"));
}

#[test]
fn no_page_has_two_blank_lines_in_a_row() {
    let bare = things("get: { operationId: things.get }");
    let apis = [
        bare,
        things(STREAM),
        things(FORM),
        seeds::api("losant"),
        seeds::api("snyk"),
    ];
    for api in &apis {
        for (format, _) in docs::formats() {
            for (path, text) in pages(api, &format).iter() {
                assert!(!text.contains("\n\n\n"), "{format}/{path}:\n{text}");
                assert!(
                    text.ends_with('\n') && !text.ends_with("\n\n"),
                    "{format}/{path}"
                );
            }
        }
    }
}

#[test]
fn responses_are_sorted_and_typed() {
    let operation = r##"
get:
  operationId: things.get
  responses:
    default: { description: Else, content: { application/json: { schema: { $ref: "#/components/schemas/error" } } } }
    "404": { description: It's gone }
    4XX: { description: Wrong }
    "204": { description: Nothing }
    "200": { description: Inline, content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/thing" } } } } }
"##;
    let page = page(&things(operation), "js-callback", "things.md");
    insta::assert_snapshot!(part(&page, "#### Successful", "<br/>"));
}

#[test]
fn a_curl_line_with_everything() {
    let operation = r##"
post:
  operationId: things.post
  security: [{ bearer: [a] }]
  parameters:
    - { name: email, in: query, required: true, schema: { type: string }, example: example@example.com }
    - { name: tagFilter, in: query, required: true, schema: { $ref: "#/components/schemas/tagFilter" } }
    - { name: X-Version, in: header, required: true, description: Which version, schema: { type: string, default: "1" }, example: "2" }
  requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/thing" } } } }
"##;
    let page = page(&things(operation), "rest", "things.md");
    insta::assert_snapshot!(part(&page, "### Request Headers", "### Successful"));
}

#[test]
fn a_curl_line_is_what_the_server_reads() {
    let operation = r##"
get:
  operationId: things.get
  security: [{}]
  parameters:
    - { name: "page[size]", in: query, required: true, schema: { type: integer, default: 2 } }
    - { name: tags, in: query, required: true, schema: { type: array, items: { enum: [red, green] } } }
    - { name: ids, in: query, required: true, explode: false, schema: { $ref: "#/components/schemas/ids" } }
    - { name: where, in: query, required: true, content: { application/json: { schema: { type: object }, example: { a: 1 } } } }
    - { name: X-List, in: header, required: true, schema: { type: array, items: {} }, example: [a, 2] }
    - { name: X-Map, in: header, required: true, schema: { type: object }, example: { a: 1, b: 2 } }
    - { name: X-Pairs, in: header, required: true, explode: true, schema: { type: object }, example: { a: 1, b: 2 } }
    - { name: both, in: cookie, required: true, schema: { type: array, items: {} }, example: [a, b] }
"##;
    let ids = "    ids: { type: array, items: { type: integer }, example: [1, 2] }\n";
    let document = format!(
        "{COMPONENTS}{ids}paths:\n  /things:\n{}",
        indented(operation)
    );
    let page = page(&api(&document), "site", "things.md");
    insta::assert_snapshot!(part(&page, "curl", "```"));
}

#[test]
fn a_sentence_goes_on_with_the_name_of_the_api() {
    let said = |title: &str| {
        let document = COMPONENTS.replace("Thing API", title);
        let operation = "get: { operationId: things.get }";
        let document = format!("{document}paths:\n  /things:\n{}", indented(operation));
        let page = page(&api(&document), "rest", "things.md");
        let sentence = page.split("resource of the ").nth(1);
        sentence.and_then(|text| text.split(". ").next().map(str::to_owned))
    };
    for (title, expected) in [
        ("Thing", "Thing API"),
        ("The Thing API", "Thing API"),
        ("the API", "API"),
        ("Thing API v2", "Thing API v2"),
        ("Thing-Api", "Thing-Api"),
        ("Thing APIs", "Thing APIs"),
        ("Rapid Things", "Rapid Things API"),
        ("The", "The API"),
    ] {
        assert_eq!(said(title).as_deref(), Some(expected));
    }
}

#[test]
fn a_body_that_need_not_be_sent_is_not_in_the_curl_line() {
    let operation = r##"
post:
  operationId: things.post
  requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/thing" } } } }
"##;
    let page = page(&things(operation), "rest", "things.md");
    assert!(page.contains("valid body for this request"));
    assert!(!page.contains(" -d "));
}

#[test]
fn rust_pages_have_the_samples_and_names_of_the_client() {
    let operation = "get: { operationId: things.get, parameters: [{ name: sortField, in: query, schema: { type: string } }] }";
    let id = OperationId {
        resource: 0,
        operation: 0,
    };
    let action = RustAction {
        sample: "let things = client.things().get().send().await?;\n".to_owned(),
        names: [("sortField".to_owned(), "sort_field".to_owned())].into(),
    };
    let mut problems = Problems::new();
    let rust = RustActions::from([(id, action)]);
    let tree = docs::render(&things(operation), "rust", &rust, &mut problems).unwrap();
    insta::assert_snapshot!(part(
        tree.get("things.md").unwrap(),
        "## Get",
        "#### Successful"
    ));
}

#[test]
fn an_unknown_format_is_a_problem() {
    let mut problems = Problems::new();
    let tree = docs::render(&things(FORM), "latex", &RustActions::new(), &mut problems);
    assert!(tree.is_none());
    let problem = problems.sorted()[0].clone();
    assert_eq!(problem.message, "there is no documentation format `latex`");
    assert!(problem.help.unwrap().contains("js-await, js-callback"));
}

#[test]
fn formats_are_described() {
    let formats = docs::formats();
    let names: Vec<&str> = formats.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "js-await",
            "js-callback",
            "reference",
            "rest",
            "ruby",
            "rust",
            "site"
        ]
    );
    assert!(formats.iter().all(|(_, about)| !about.is_empty()));
}

#[test]
fn a_page_that_would_overwrite_another_is_numbered() {
    let operations = "get: { operationId: fooBar.get }\npost: { operationId: schemas.post }";
    let mut problems = Problems::new();
    let tree = docs::render(
        &things(operations),
        "rest",
        &RustActions::new(),
        &mut problems,
    )
    .unwrap();
    let paths: Vec<&str> = tree.iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["foo-bar.md", "schemas-2.md", "schemas.md"]);
    assert_eq!(problems.sorted().len(), 1);
    assert!(problems.sorted()[0].message.contains("`schemas-2.md`"));
}

#[test]
fn schemas_of_odd_titles_are_found() {
    let odd = r##"
openapi: 3.1.1
info: { title: "Odd: API", version: "1" }
paths: { /a: { get: { operationId: a.get, responses: { "200": { description: A, content: { application/json: { schema: { $ref: "#/components/schemas/b" } } } } } } } }
components:
  schemas:
    a: { title: Data Table Row Insert/Update, type: object, properties: { next: { $ref: "#/components/schemas/b" } } }
    b: { title: Schema, type: object }
    c: { title: Schema, type: object }
    d: { title: "a [b](c) | <d>", type: object }
    apiToken: { type: object }
"##;
    let api = api(odd);
    for (format, _) in docs::formats() {
        assert_eq!(
            links::dead(pages(&api, &format).iter()),
            [""; 0],
            "{format}"
        );
    }
    let schemas = page(&api, "ruby", "_schemas.md");
    let shown: Vec<&str> = schemas
        .lines()
        .filter(|line| line.starts_with("*  ") || line.starts_with("## "))
        .collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn every_link_of_every_format_lands() {
    for name in ["losant", "snyk"] {
        for (format, _) in docs::formats() {
            let tree = pages(&seeds::api(name), &format);
            assert!(tree.len() > 1, "{name} {format}");
            assert_eq!(links::dead(tree.iter()), [""; 0], "{name} {format}");
        }
    }
}

#[test]
fn the_page_of_schemas_is_the_same_in_all_sdks() {
    let page = |format| page(&seeds::api("losant"), format, "_schemas.md");
    assert_eq!(page("js-await"), page("ruby"));
    assert_eq!(page("js-callback"), page("ruby"));
    let schemas = page("ruby");
    let start: String = schemas.chars().take(760).collect();
    insta::assert_snapshot!(start);
}

#[test]
fn the_page_of_schemas_in_rest() {
    let page = page(&seeds::api("losant"), "rest", "schemas.md");
    insta::assert_snapshot!(part(&page, "---", "## Organization Invitation"));
}

#[test]
fn schema_files_hold_the_whole_schema_and_lead_to_each_other() {
    let tree = pages(&seeds::api("losant"), "js-await");
    insta::assert_snapshot!(tree.get("../lib/schemas/orgInviteCollection.json").unwrap());
    assert!(
        pages(&seeds::api("losant"), "ruby")
            .iter()
            .all(|(path, _)| path.ends_with(".md"))
    );
}

/// A thousand pages in far less than this even without optimization; it would take many times as
/// long if the work for a page grew with the number of pages or types.
#[test]
fn a_thousand_pages_are_soon_there() {
    let mut paths = String::new();
    for number in 0..1_000 {
        paths.push_str(&format!(
            "  /things{number}: {{ get: {{ operationId: things{number}.get, parameters: [{{ name: a, in: query, schema: {{ type: string }} }}], responses: {{ '200': {{ description: A, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/thing' }} }} }} }} }} }} }}\n"
        ));
    }
    let api = api(&format!("{COMPONENTS}paths:\n{paths}"));
    let start = std::time::Instant::now();
    let tree = pages(&api, "rest");
    let elapsed = start.elapsed();
    assert_eq!(tree.len(), 1_001);
    println!("{elapsed:?}");
    assert!(elapsed < std::time::Duration::from_secs(20), "{elapsed:?}");
}

#[test]
fn schema_files_that_differ_in_case_only_are_numbered() {
    let api = api(
        "openapi: 3.1.1\ninfo: { title: Case API, version: '1' }\ncomponents:\n  schemas:\n    \
         Flag: { title: Flag, type: boolean }\n    flag: { title: Small Flag, type: boolean }\n\
         paths:\n  /flags:\n    get:\n      operationId: flags.get\n      responses:\n        \
         '200': { description: one, content: { application/json: { schema: { $ref: '#/components/schemas/flag' } } } }\n",
    );
    let tree = pages(&api, "js-await");
    assert!(tree.get("../lib/schemas/Flag.json").is_some());
    assert!(tree.get("../lib/schemas/flag-2.json").is_some());
    let page = tree.get("flags.md").unwrap();
    assert!(
        page.contains("[Small Flag](../lib/schemas/flag-2.json)"),
        "{page}"
    );
}
