//! References over the network, to servers on the loopback interface.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

use snapbox::cmd::cargo_bin;
use tempfile::TempDir;

/// A server that answers with what a function says: the status line, headers and a body.
struct Server {
    host: String,
    asked: Arc<Mutex<Vec<String>>>,
}

type Answer = (String, Vec<u8>);

impl Server {
    #[expect(clippy::unwrap_used, reason = "a test without its server is lost")]
    fn start(answer: impl Fn(&str) -> Answer + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let stream = stream.unwrap();
                let path = path_of(&stream);
                seen.lock().unwrap().push(path.clone());
                let (head, body) = answer(&path);
                send(stream, &head, &body);
            }
        });
        Self { host, asked }
    }

    #[expect(clippy::unwrap_used, reason = "as above")]
    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

#[expect(clippy::unwrap_used, reason = "as above")]
fn path_of(stream: &TcpStream) -> String {
    let mut lines = BufReader::new(stream).lines().map(Result::unwrap);
    let first = lines.next().unwrap();
    lines.find(String::is_empty);
    first.split(' ').nth(1).unwrap().to_owned()
}

/// The other end may have heard enough.
fn send(mut stream: TcpStream, head: &str, body: &[u8]) {
    let length = body.len();
    let head = format!("HTTP/1.1 {head}content-length: {length}\r\nconnection: close\r\n\r\n");
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(body);
}

fn text(text: &str) -> Answer {
    ("200 OK\r\n".to_owned(), text.as_bytes().to_vec())
}

fn redirect(to: &str) -> Answer {
    (format!("302 Found\r\nlocation: {to}\r\n"), Vec::new())
}

/// A folder with a description that refers to this.
#[expect(clippy::unwrap_used, reason = "as above")]
fn referring_to(references: &[String]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let mut parameters = String::new();
    for (index, reference) in references.iter().enumerate() {
        parameters.push_str(&format!(
            "        - {{ name: p{index}, in: query, schema: {{ $ref: '{reference}' }} }}\n"
        ));
    }
    let description = format!(
        "openapi: 3.1.1\ninfo: {{ title: Pets, version: '1' }}\npaths:\n  /pets:\n    get:\n      \
         operationId: pets.list\n      parameters:\n{parameters}      responses: \
         {{ '204': {{ description: Done }} }}\n"
    );
    std::fs::write(folder.path().join("api.yaml"), description).unwrap();
    folder
}

#[expect(clippy::unwrap_used, reason = "as above")]
fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(cargo_bin!("sdkwright"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const COMMON: &str = "Size: { type: string, enum: [small, large] }\n\
                      Owner: { $ref: 'parts/owner.yaml#/Owner' }\n";

#[test]
fn a_host_is_asked_only_if_it_is_allowed() {
    let server = Server::start(|path| match path {
        "/v1/common.yaml" => text(COMMON),
        "/v1/parts/owner.yaml" => {
            text("Owner: { type: object, properties: { size: { $ref: '../common.yaml#/Size' } } }")
        }
        other => panic!("{other}"),
    });
    let host = &server.host;
    let folder = referring_to(&[
        format!("http://{host}/v1/common.yaml#/Size"),
        format!("http://{host}/v1/common.yaml#/Owner"),
    ]);
    let refused = run(folder.path(), &["lint", "api.yaml"]);
    assert_eq!(refused.status.code(), Some(1));
    let help = format!("allow its host with `--network {host}`");
    assert!(told(&refused).contains(&help), "{}", told(&refused));
    assert!(server.asked().is_empty());

    let lint = run(folder.path(), &["lint", "api.yaml", "--network", host]);
    assert_eq!((told(&lint).as_str(), lint.status.code()), ("", Some(0)));
    // Each file once, whoever refers to it.
    assert_eq!(server.asked(), ["/v1/common.yaml", "/v1/parts/owner.yaml"]);
    let plan = run(
        folder.path(),
        &["inspect", "api.yaml", "--stage", "ir", "--network", host],
    );
    let plan = String::from_utf8_lossy(&plan.stdout).into_owned();
    assert!(
        plan.contains("\"small\"") && plan.contains("\"size\""),
        "{plan}"
    );
}

#[test]
fn the_configuration_allows_hosts_of_one_api() {
    let server = Server::start(|_| text("Size: { type: string }"));
    let host = &server.host;
    let folder = referring_to(&[format!("http://{host}/common.yaml#/Size")]);
    let config = |network: &str| {
        let text = format!(
            "apis:\n  pets:\n    description: api.yaml\n    client: {{ name: pets }}\n{network}"
        );
        std::fs::write(folder.path().join("sdkwright.yaml"), text).unwrap();
        run(folder.path(), &["generate"])
    };
    assert_eq!(config("").status.code(), Some(1));
    assert!(server.asked().is_empty());
    let made = config(&format!("    network: ['{host}']\n"));
    assert_eq!(made.status.code(), Some(0), "{}", told(&made));
    assert!(
        folder
            .path()
            .join("generated/pets/client/Cargo.toml")
            .is_file()
    );
}

#[test]
fn what_goes_wrong_is_told_where_the_reference_stands() {
    let server = Server::start(|path| match path {
        "/bad.yaml" => text("x: [1, 2\n"),
        "/latin.yaml" => ("200 OK\r\n".to_owned(), b"x: \xE9".to_vec()),
        "/round" => redirect("/round"),
        "/away" => redirect("https://elsewhere.example/x.yaml"),
        "/there" => redirect("/good.yaml"),
        "/good.yaml" => text("x: { type: string }\ny: { $ref: '#/z' }\n"),
        "/large" => ("200 OK\r\n".to_owned(), vec![b' '; (64 << 20) + 1]),
        _ => ("404 Not Found\r\n".to_owned(), Vec::new()),
    });
    let host = &server.host;
    let at = |path: &str| format!("http://{host}{path}");
    let folder = referring_to(&[
        at("/none.yaml#/x"),
        at("/latin.yaml#/x"),
        at("/round"),
        at("/away"),
        at("/there#/x"),
        at("/there#/y"),
        at("/large"),
        "http://insecure.example/x.yaml".to_owned(),
        "https://me:hunter2@insecure.example/x.yaml".to_owned(),
        at("/bad.yaml#/x"),
    ]);
    let allowed = ["--network", host, "--network", "insecure.example"];
    let first = run(
        folder.path(),
        &[&["lint", "api.yaml"], &allowed[..]].concat(),
    );
    // A file that cannot be read stops everything.
    let bad = told(&first);
    let place = format!("--> http://{host}/bad.yaml:");
    assert!(
        bad.contains("error[syntax]") && bad.contains(&place),
        "{bad}"
    );

    let path = folder.path().join("api.yaml");
    let description = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, description.replace("/bad.yaml", "/none.yaml")).unwrap();
    let second = run(
        folder.path(),
        &[&["lint", "api.yaml"], &allowed[..]].concat(),
    );
    let told = told(&second).replace(host, "HOST:PORT");
    insta::assert_snapshot!(told);
}

#[test]
fn a_description_is_fetched_from_where_it_is_named() {
    let description = "openapi: 3.1.1\ninfo: { title: Pets, version: '1' }\nservers: [{ url: ./v1 }]\n\
                       paths:\n  /pets: { $ref: 'parts/pets.yaml' }\n";
    let server = Server::start(move |path| match path {
        "/docs/api.yaml" => text(description),
        "/docs/parts/pets.yaml" => {
            text("get: { operationId: pets.list, responses: { '204': { description: Done } } }")
        }
        other => panic!("{other}"),
    });
    let folder = TempDir::new().unwrap();
    let url = format!("http://{}/docs/api.yaml", server.host);
    let made = run(folder.path(), &["client", &url, "--out", "client"]);
    assert_eq!(made.status.code(), Some(0), "{}", told(&made));
    let client = std::fs::read_to_string(folder.path().join("client/src/client.rs")).unwrap();
    let base = format!("http://{}/docs/v1", server.host);
    assert!(client.contains(&base), "{client}");
    assert!(client.contains("from api.yaml;"), "{client}");
    let lost = run(folder.path(), &["lint", "http://insecure.example/api.yaml"]);
    assert_eq!(lost.status.code(), Some(1));
    assert!(
        told(&lost).contains("not fetched over https"),
        "{}",
        told(&lost)
    );
}
