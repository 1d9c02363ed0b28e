//! The command line, as far as it can be tried without a description: the feature `cli`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::runtime::cli::{
    Action, Arrival, Body, Content, ExitCode, PagesOf, Program, Resource, Way, main_with,
};
use crate::runtime::{Api, Operation, Paging};
use crate::server::{Arrived, Reply, Server};

static API: Api = Api {
    name: "files",
    version: "1.0.0",
    servers: &[],
    schemes: &[],
    parameters: &[],
    request_id_headers: &[],
};

static GET: Operation = Operation {
    id: "files.get",
    ..Operation::USUAL
};

static PUT: Operation = Operation {
    id: "files.put",
    method: "PUT",
    ..Operation::USUAL
};

static PROGRAM: Program = Program {
    name: "files",
    version: "1.0.0",
    about: "",
    prefix: "SDKWRIGHT_RUNTIME_TEST",
    api: &API,
    credentials: &[],
    servers: &[],
    variables: &[],
    settings: &[],
    resources: &[&Resource {
        name: "files",
        about: "",
        actions: &[
            Action {
                name: "get",
                operation: &GET,
                ..Action::USUAL
            },
            Action {
                name: "watch",
                operation: &GET,
                streams: Some(Arrival::Values),
                ..Action::USUAL
            },
            Action {
                name: "list",
                operation: &GET,
                pages: Some(PagesOf {
                    items: &[],
                    paging: &Paging::link_header(),
                }),
                ..Action::USUAL
            },
            Action {
                name: "describe",
                operation: &PUT,
                body: Some(Body {
                    required: true,
                    ways: &[Way {
                        media_type: "application/json",
                        content: Content::Json { object: true },
                    }],
                    ..Body::USUAL
                }),
                ..Action::USUAL
            },
            Action {
                name: "put",
                operation: &PUT,
                body: Some(Body {
                    required: true,
                    ways: &[Way {
                        media_type: "text/plain",
                        content: Content::Plain,
                    }],
                    ..Body::USUAL
                }),
                ..Action::USUAL
            },
        ],
    }],
};

/// An empty folder that is removed in the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("{name}-{}", std::process::id());
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn names(&self) -> Vec<String> {
        let files = std::fs::read_dir(&self.0).unwrap();
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs an action where everything is answered so: what arrived, and whether it succeeded.
fn run(reply: Reply, arguments: &[&str]) -> (Vec<Arrived>, bool) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(Server::always(reply));
    let url = server.url();
    let mut all = vec!["files", "files"];
    all.extend(arguments);
    all.extend(["--base-url", &url]);
    let all: Vec<_> = all.into_iter().map(OsString::from).collect();
    let status = main_with(&PROGRAM, &all);
    let succeeded = format!("{status:?}") == format!("{:?}", ExitCode::SUCCESS);
    (server.arrived(), succeeded)
}

/// Saves this answer; whether that succeeded.
fn save(reply: Reply, path: &Path) -> bool {
    let path = path.to_str().unwrap();
    run(reply, &["get", "--retries", "0", "--save", path]).1
}

fn broken() -> Reply {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nnew";
    Reply::Bytes(head.as_bytes().to_vec())
}

#[test]
fn a_file_keeps_what_it_has_until_all_of_the_answer_has_come() {
    let folder = Folder::new("saved");
    let path = folder.0.join("a file");
    let refusal = || Reply::new("404 Not Found", &[], "no");
    for reply in [refusal(), broken(), Reply::Close] {
        assert!(!save(reply, &path));
        assert!(folder.names().is_empty());
    }
    std::fs::write(&path, "what was there before").unwrap();
    for reply in [refusal(), broken(), Reply::Close] {
        assert!(!save(reply, &path));
        let kept = std::fs::read_to_string(&path).unwrap();
        assert_eq!(kept, "what was there before");
        assert_eq!(folder.names(), ["a file"]);
    }
    assert!(save(Reply::json("new"), &path));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
    assert_eq!(folder.names(), ["a file"]);
}

#[cfg(unix)]
#[test]
fn a_file_stays_what_it_is_when_an_answer_is_saved_in_it() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new("kept");
    let (file, link) = (folder.0.join("file"), folder.0.join("link"));
    std::fs::write(&file, "old").unwrap();
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    assert!(save(Reply::json("new"), &link));
    assert!(link.is_symlink());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "new");
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // What is no file is written to as it is.
    assert!(save(Reply::json("new"), Path::new("/dev/null")));
    assert!(!Path::new("/dev/null").is_file());
    assert!(!save(Reply::json("new"), &folder.0));
    assert_eq!(folder.names(), ["file", "link"]);
}

#[test]
fn a_limit_of_time_is_that_of_all_that_arrives() {
    let folder = Folder::new("late");
    let path = folder.0.join("file");
    let path = path.to_str().unwrap();
    for arguments in [&["watch"][..], &["get", "--save", path]] {
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n1\n".to_vec();
        let reply = Reply::Stall(head, Duration::from_secs(60));
        let began = Instant::now();
        let arguments = [arguments, &["--timeout", "300ms"]].concat();
        assert!(!run(reply, &arguments).1);
        assert!(began.elapsed() < Duration::from_secs(30), "{arguments:?}");
    }
    assert!(folder.names().is_empty());
}

#[cfg(unix)]
#[test]
fn what_can_be_read_once_is_sent_once() {
    use std::io::Write;
    use std::os::fd::AsRawFd;

    let busy = || Reply::new("503 Service Unavailable", &[("retry-after", "0")], "");
    let (pipe, mut end) = std::io::pipe().unwrap();
    end.write_all(b"all there is").unwrap();
    drop(end);
    let path = format!("@/dev/fd/{}", pipe.as_raw_fd());
    let (arrived, succeeded) = run(busy(), &["put", "--body", &path]);
    assert!(!succeeded);
    assert_eq!(arrived.len(), 1, "{arrived:?}");
    // A file is read anew.
    let folder = Folder::new("sent");
    let path = folder.0.join("file");
    std::fs::write(&path, "all there is").unwrap();
    let path = format!("@{}", path.to_str().unwrap());
    let (arrived, _) = run(busy(), &["put", "--body", &path]);
    let bodies: Vec<_> = arrived.iter().map(|it| it.body.as_str()).collect();
    assert_eq!(bodies, ["all there is"; 3]);
}

#[test]
fn a_mark_of_byte_order_before_a_file_of_json_is_passed_over() {
    let folder = Folder::new("marked");
    let path = folder.0.join("file");
    std::fs::write(&path, "\u{feff}{\"a\": 1}").unwrap();
    let path = format!("@{}", path.to_str().unwrap());
    let (arrived, succeeded) = run(Reply::json("{}"), &["describe", "--body", &path]);
    assert!(succeeded);
    assert_eq!(arrived[0].body, r#"{"a":1}"#);
}

#[test]
fn not_only_the_first_of_all_pages_is_saved() {
    let folder = Folder::new("pages");
    let path = folder.0.join("file");
    let path = path.to_str().unwrap();
    assert!(run(Reply::json("[]"), &["list", "--save", path]).1);
    assert!(run(Reply::json("[]"), &["list", "--all"]).1);
    let (arrived, succeeded) = run(Reply::json("[]"), &["list", "--all", "--save", path]);
    assert!(!succeeded && arrived.is_empty());
}
