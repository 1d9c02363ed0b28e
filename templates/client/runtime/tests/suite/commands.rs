//! The command line, as far as it can be tried without a description: the feature `cli`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::runtime::cli::{Action, ExitCode, Program, Resource, main_with};
use crate::runtime::{Api, Operation};
use crate::server::{Reply, Server};

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
        actions: &[Action {
            name: "get",
            operation: &GET,
            ..Action::USUAL
        }],
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

/// Saves this answer; whether that succeeded.
fn save(reply: Reply, path: &Path) -> bool {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(Server::always(reply));
    let path = path.to_str().unwrap();
    let arguments = [
        "files",
        "files",
        "get",
        "--base-url",
        &server.url(),
        "--retries",
        "0",
        "--save",
        path,
    ];
    let status = main_with(&PROGRAM, &arguments.map(OsString::from));
    format!("{status:?}") == format!("{:?}", ExitCode::SUCCESS)
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
