//! The command lines of the clients, run as a user runs them: what they send is what the library
//! sends, what they print is what came, and what they say when it went wrong helps.

use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use losant_invites::instance_org_invites as invites;
use losant_invites::types::{OrgInvitePost, OrgRoleInfo, ResourceAccess, ResourceRole, Role};
use serde_json::{Value, json};
use snapbox::file;

use crate::callers;
use crate::server::{Answer, Reply, Server};
use crate::throwaway::{assert_good, built_with_command_line, without_environment};

const LOSANT: [&str; 4] = ["--instance-id", "i1", "--org-id", "o1"];

/// A command line without anything of the caller's environment but what every program needs.
fn command(name: &'static str) -> Command {
    static LOSANT: OnceLock<std::path::PathBuf> = OnceLock::new();
    static SNYK: OnceLock<std::path::PathBuf> = OnceLock::new();
    let built = if name == "losant-invites" {
        &LOSANT
    } else {
        &SNYK
    };
    let program = built.get_or_init(|| built_with_command_line(name));
    without_environment(program)
}

/// The command line of Losant's client that talks to a server.
fn losant(server: &Server) -> Command {
    let mut command = command("losant-invites");
    command
        .env("LOSANT_INVITES_ACCESS_TOKEN", callers::TOKEN)
        .env("LOSANT_INVITES_BASE_URL", server.url());
    command
}

fn snyk(server: &Server) -> Command {
    let mut command = command("snyk-invites");
    command
        .env("SNYK_INVITES_API_TOKEN", callers::TOKEN)
        .env("SNYK_INVITES_VERSION", "2024-10-15")
        .env("SNYK_INVITES_BASE_URL", format!("{}/rest", server.url()));
    command
}

/// Runs a command to its end, with this on its standard input.
async fn run(mut command: Command, input: &'static str) -> Output {
    let work = move || {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a program");
        let mut stdin = child.stdin.take().expect("its input");
        // It may have ended without reading.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        child.wait_with_output().expect("its output")
    };
    let output = tokio::task::spawn_blocking(work).await;
    output.expect("no panic")
}

/// Runs a command that must go well, and what it prints.
async fn printed(command: Command, input: &'static str) -> String {
    let output = run(command, input).await;
    assert_good("the command line", &output);
    String::from_utf8(output.stdout).expect("text")
}

/// Runs a command that must fail: its status and what it says.
async fn failed(command: Command) -> (Option<i32>, String) {
    let output = run(command, "").await;
    assert!(output.stdout.is_empty(), "{output:?}");
    let said = String::from_utf8(output.stderr).expect("text");
    (output.status.code(), said)
}

/// Whether the last two requests are the same, byte for byte.
#[track_caller]
fn assert_twins(server: &Server) {
    let seen = server.seen();
    let [.., library, command] = &seen[..] else {
        panic!("two requests: {seen:?}");
    };
    assert_eq!(format!("{library:#?}"), format!("{command:#?}"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_sends_what_the_library_sends() {
    let server = Server::always(Answer::new(500, "")).await;
    let (one, all) = {
        let client = callers::losant(&server);
        (client.instance_org_invite(), client.instance_org_invites())
    };
    let base = ["--retries", "0"];
    let command = |resource, action| {
        let mut command = losant(&server);
        command.args([resource, action]).args(LOSANT).args(base);
        command
    };

    let call = all
        .get("i1", "o1")
        .sort_field(invites::SortField::InviteDate)
        .filter("-my * instance&x=1+ü")
        .links(false)
        .actions(true)
        .losantdomain("call.example");
    call.send().await.expect_err("500");
    let mut get = command("instance-org-invites", "get");
    get.args([
        "--sort-field",
        "inviteDate",
        "--filter=-my * instance&x=1+ü",
    ]);
    get.args([
        "--links",
        "false",
        "--actions",
        "--losantdomain",
        "call.example",
    ]);
    assert_eq!(run(get, "").await.status.code(), Some(1));
    assert_twins(&server);

    let role = ResourceRole::new("r1", ResourceAccess::View);
    let body = OrgInvitePost::new("b@example.com", Role::None)
        .application_roles(vec![role.clone(), role])
        .disallow_transfer(true);
    all.post("i1", "o1", &body).send().await.expect_err("500");
    let mut post = command("instance-org-invites", "post");
    post.args([
        "--email",
        "b@example.com",
        "--role",
        "none",
        "--disallow-transfer",
    ]);
    for _ in 0..2 {
        post.args([
            "--application-roles",
            r#"{"resourceId":"r1","role":"view"}"#,
        ]);
    }
    run(post, "").await;
    assert_twins(&server);
    // The same from standard input, with one field in place of another.
    let mut post = command("instance-org-invites", "post");
    post.args(["--body", "-", "--email", "b@example.com"]);
    let role = r#"{"resourceId":"r1","role":"view"}"#;
    let text = format!(
        r#"{{"email":"a","role":"none","applicationRoles":[{role},{role}],"disallowTransfer":true}}"#
    );
    run(post, text.leak()).await;
    assert_twins(&server);

    let nothing = OrgRoleInfo::new();
    let call = one.resend_invite("i1", "o1", "v1", &nothing);
    call.send().await.expect_err("500");
    let mut resend = command("instance-org-invite", "resend-invite");
    resend.args(["--invite-id", "v1"]);
    run(resend, "").await;
    assert_twins(&server);

    one.delete("i1", "o1", "v1").send().await.expect_err("500");
    let mut delete = command("instance-org-invite", "delete");
    delete.args(["--invite-id", "v1"]);
    run(delete, "").await;
    assert_twins(&server);
    assert_eq!(server.seen().len(), 9);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parameters_of_the_client_are_flags_of_every_command() {
    let server = Server::always(Answer::new(204, "")).await;
    let invites = callers::snyk(&server).invites();
    let call = invites.delete_org_invitation(
        "3fa85f64-5717-4562-b3fc-2c963f66afa6",
        "3fa85f64-5717-4562-b3fc-2c963f66afa7",
    );
    call.send().await.expect("204");
    let ids = [
        "--org-id",
        "3fa85f64-5717-4562-b3fc-2c963f66afa6",
        "--invite-id",
        "3fa85f64-5717-4562-b3fc-2c963f66afa7",
    ];
    let mut delete = snyk(&server);
    delete.args(["invites", "delete-org-invitation"]).args(ids);
    assert_eq!(printed(delete, "").await, "");
    assert_twins(&server);
    let mut delete = snyk(&server);
    delete.args([
        "--version",
        "2020-01-01",
        "invites",
        "delete-org-invitation",
    ]);
    printed(
        {
            delete.args(ids);
            delete
        },
        "",
    )
    .await;
    let seen = server.seen();
    let last = seen.last().expect("a request");
    assert_eq!(last.query, "version=2020-01-01");
    let mut delete = snyk(&server);
    delete.env_remove("SNYK_INVITES_VERSION");
    delete.args(["invites", "delete-org-invitation"]).args(ids);
    let (status, said) = failed(delete).await;
    assert_eq!(status, Some(2));
    let wanted = "error: `--version` is needed: give it, or set SNYK_INVITES_VERSION in the \
                  environment\n";
    assert_eq!(said, wanted);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_are_json_or_tables_or_as_they_came() {
    let body = r#"{"items":[{"id":"1","email":"a\u001b[2J@b","roles":[],"n":0.1},
        {"id":"22","n":18446744073709551615,"of":{"by":"c"}}],"count":2}"#;
    let answer = Answer::new(200, body).header("content-type", "application/json");
    let server = Server::always(answer).await;
    let get = |more: &[&str]| {
        let mut get = losant(&server);
        get.args(["instance-org-invites", "get"])
            .args(LOSANT)
            .args(more);
        printed(get, "")
    };
    let json = get(&[]).await;
    assert!(
        json.starts_with("{\n  \"items\": [\n    {\n      \"id\": \"1\""),
        "{json}"
    );
    let value: Value = serde_json::from_str(body).expect("JSON");
    assert_eq!(serde_json::from_str::<Value>(&json).expect("JSON"), value);
    assert_eq!(get(&["--output", "raw"]).await, body);
    assert_eq!(get(&["--query", "/items/1/id"]).await, "\"22\"\n");
    let table = "count  2\n\nitems:\nid  email    n\n1   a\u{fffd}[2J@b  0.1\n\
                 22           18446744073709551615\n";
    assert_eq!(get(&["--output", "table"]).await, table);
    let chosen = get(&["--columns", "n,of.by"]).await;
    assert_eq!(
        chosen,
        "n                     of.by\n0.1\n18446744073709551615  c\n"
    );
    let list = get(&["--query", "/items", "--columns", "id"]).await;
    assert_eq!(list, "id\n1\n22\n");

    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("saved-by-a-command");
    let path = path.to_str().expect("a path");
    assert_eq!(get(&["--save", path]).await, "");
    assert_eq!(std::fs::read_to_string(path).expect("a file"), body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn items_of_all_pages_are_one_list() {
    let server = Server::start(|request| {
        let next = if request.query.contains("page=2") {
            Value::Null
        } else {
            json!("/orgs/x?page=2")
        };
        let id = if next.is_null() { "b" } else { "a" };
        Answer::json(
            200,
            &json!({ "data": [{ "id": id, "type": "t" }], "links": { "next": next } }),
        )
    })
    .await;
    let list = |more: &[&str]| {
        let mut list = snyk(&server);
        list.args(["invites", "list-org-invitation", "--org-id"]);
        list.arg("3fa85f64-5717-4562-b3fc-2c963f66afa6").args(more);
        printed(list, "")
    };
    let json = list(&["--all"]).await;
    let expected = "[\n  {\n    \"id\": \"a\",\n    \"type\": \"t\"\n  },\n  {\n    \"id\": \"b\",\n    \"type\": \"t\"\n  }\n]\n";
    assert_eq!(json, expected);
    let table = list(&["--all", "--output", "table"]).await;
    assert_eq!(table, "id  type\na   t\nb   t\n");
    assert_eq!(
        list(&["--all", "--query", "/id", "--output", "raw"]).await,
        "a\nb\n"
    );
    let first = list(&["--output", "raw", "--query", "/data"]).await;
    assert_eq!(first, "[{\"id\":\"a\",\"type\":\"t\"}]\n");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn failures_have_a_status_and_say_why() {
    let server = Server::start(|request| match request.path.rsplit('/').next() {
        Some("v404") => Answer::json(404, &json!({ "type": "NotFound", "message": "no\u{1b}[m" }))
            .header("x-request-id", "r-1")
            .into(),
        Some("v401") => Answer::new(401, "").into(),
        Some("late") => Reply::Silence(Duration::from_secs(5)),
        _ => Reply::NoHead,
    })
    .await;
    let get = |id: &str, more: &[&str]| {
        let mut get = losant(&server);
        get.args(["instance-org-invite", "get", "--invite-id", id]);
        get.args(LOSANT).args(["--retries", "0"]).args(more);
        failed(get)
    };
    let (status, said) = get("v404", &[]).await;
    assert_eq!(status, Some(1));
    let wanted = "error: instanceOrgInvite.get: 404 Not Found: no [m\n  request id: r-1\n";
    assert_eq!(said, wanted);
    let (status, said) = get("v401", &[]).await;
    assert_eq!(status, Some(1));
    assert!(
        said.contains("look at LOSANT_INVITES_ACCESS_TOKEN"),
        "{said}"
    );
    let (status, said) = get("late", &["--timeout", "100ms"]).await;
    assert_eq!(status, Some(3), "{said}");
    assert_eq!(get("none", &[]).await.0, Some(3));
    let (status, said) = get("v404", &["--base-url", "http://127.0.0.1:1"]).await;
    assert_eq!(status, Some(3), "{said}");
    let (status, said) = get("v404", &["--verbose"]).await;
    assert_eq!(status, Some(1));
    let first = format!(
        "GET {}/instances/i1/orgs/o1/invites/v404: 404 Not Found (",
        server.url()
    );
    assert!(said.starts_with(&first), "{said}");
    assert!(!said.contains(callers::TOKEN), "{said}");

    // None of these is sent.
    let sent = server.seen().len();
    assert_eq!(get("..", &[]).await.0, Some(2));
    let wrong = [
        ["--losantdomain", "a\nb"],
        ["--header", "no header"],
        ["--timeout", "soon"],
        ["--query", "items"],
        ["--save", "/no/such/folder/file"],
    ];
    for wrong in wrong {
        let (status, said) = get("v1", &wrong).await;
        assert_eq!(status, Some(2), "{said}");
    }
    assert_eq!(server.seen().len(), sent);
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn output_that_nobody_takes_is_told_or_no_matter() {
    let server = Server::always(Answer::new(200, "no line's end")).await;
    let ended = |output: &'static [&'static str], stdout: Stdio, stderr: Stdio| {
        let mut get = losant(&server);
        get.args(["instance-org-invites", "get"]).args(LOSANT);
        get.args(output).stdout(stdout).stderr(stderr);
        let work = move || get.status().expect("a program").code();
        tokio::task::spawn_blocking(work)
    };
    // A disk that is full.
    for output in [&["--output", "raw"][..], &[]] {
        let full = std::fs::File::create("/dev/full").expect("a device");
        let code = ended(output, full.into(), Stdio::null()).await;
        assert_eq!(code.expect("no panic"), Some(1), "{output:?}");
    }
    // Somebody who wants no more of it.
    let gone = || Stdio::from(std::io::pipe().expect("a pipe").1);
    let code = ended(&[], gone(), Stdio::null()).await;
    assert_eq!(code.expect("no panic"), Some(0));
    let code = ended(&["--verbose"], Stdio::null(), gone()).await;
    assert_eq!(code.expect("no panic"), Some(0));
    let code = ended(&["--timeout", "0s"], Stdio::null(), gone()).await;
    assert_eq!(code.expect("no panic"), Some(3));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_variable_that_is_empty_is_not_set() {
    let mut get = command("losant-invites");
    get.env("LOSANT_INVITES_BASE_URL", "");
    get.env("LOSANT_INVITES_LOSANTDOMAIN", "");
    get.env("LOSANT_INVITES_ACCESS_TOKEN", callers::TOKEN);
    get.args(["instance-org-invites", "get", "--timeout", "0s"]);
    get.args(LOSANT);
    let (status, said) = failed(get).await;
    assert_eq!(status, Some(3), "{said}");
    assert!(said.contains("https://api.losant.com"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_missing_credential_is_named() {
    let server = Server::always(Answer::new(200, "{}")).await;
    let mut get = losant(&server);
    get.env("LOSANT_INVITES_ACCESS_TOKEN", "");
    get.args(["instance-org-invites", "get"]).args(LOSANT);
    let (status, said) = failed(get).await;
    assert_eq!(status, Some(2));
    let wanted = "error: instanceOrgInvites.get: no credential: set LOSANT_INVITES_ACCESS_TOKEN in \
                  the environment\n";
    assert_eq!(said, wanted);
    assert!(server.seen().is_empty());
    let mut get = losant(&server);
    get.env_remove("LOSANT_INVITES_ACCESS_TOKEN");
    get.args(["instance-org-invites", "get"]).args(LOSANT);
    get.args(["--header", "Authorization: Bearer own"]);
    printed(get, "").await;
    assert_eq!(server.only().header("authorization"), Some("Bearer own"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_words_get_a_suggestion() {
    let server = Server::always(Answer::new(200, "{}")).await;
    let says = |arguments: &'static [&'static str]| {
        let mut command = losant(&server);
        command.args(arguments);
        failed(command)
    };
    let (status, said) = says(&["instance-org-invite", "resend"]).await;
    assert_eq!(status, Some(2));
    assert!(said.contains("'resend-invite'"), "{said}");
    let (_, said) = says(&["instance-org-invitations"]).await;
    assert!(said.contains("similar subcommand"), "{said}");
    let (status, said) = says(&["instance-org-invites", "get", "--sort-field", "rol"]).await;
    assert_eq!(status, Some(2));
    assert!(
        said.contains("[possible values: email, role, inviteDate]"),
        "{said}"
    );
    let (status, said) = says(&["instance-org-invites", "post", "--instance-id", "i"]).await;
    assert_eq!(status, Some(2));
    for flag in ["--org-id", "--email", "--role"] {
        assert!(said.contains(flag), "{said}");
    }
    let (_, said) = says(&["instance-org-invites", "get", "--access-token", "x"]).await;
    assert!(
        said.contains("unexpected argument '--access-token'"),
        "{said}"
    );
    assert!(server.seen().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn help_is_good_to_read() {
    let help = |name, arguments: &'static [&'static str]| {
        let mut command = command(name);
        command.args(arguments);
        printed(command, "")
    };
    let of = |text: String| snapbox::Data::text(text);
    let root = help("losant-invites", &["-h"]).await;
    snapbox::assert_data_eq!(of(root), file!["command_line/losant.txt"]);
    let action = help("losant-invites", &["instance-org-invites", "post", "-h"]).await;
    snapbox::assert_data_eq!(of(action), file!["command_line/losant-post.txt"]);
    let action = help("losant-invites", &["help", "instance-org-invites", "get"]).await;
    snapbox::assert_data_eq!(of(action), file!["command_line/losant-get.txt"]);
    let resource = help("snyk-invites", &["invites", "-h"]).await;
    snapbox::assert_data_eq!(of(resource), file!["command_line/snyk-invites.txt"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn completions_are_scripts() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let mut command = command("losant-invites");
        command.args(["completions", shell]);
        let script = printed(command, "").await;
        for word in ["resend-invite", "sort-field", "completions"] {
            assert!(script.contains(word), "{shell}: no {word}");
        }
        let mut check = Command::new(shell);
        check.arg("-n");
        let is_there = Command::new(shell).arg("--version").output().is_ok();
        if is_there && ["bash", "zsh", "fish"].contains(&shell) {
            assert_eq!(printed(check, script.leak()).await, "");
        }
    }
}
