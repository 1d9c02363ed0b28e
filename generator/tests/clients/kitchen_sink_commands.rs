//! The command line of the kitchen sink: bodies of every kind, files, and answers that arrive bit
//! by bit.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use tokio::task::JoinHandle;

use crate::server::{Request, Server};
use crate::throwaway::{Throwaway, assert_good};

/// Runs commands of the built crate against its server.
pub(crate) struct Commands<'a> {
    pub(crate) made: &'a Throwaway,
    pub(crate) server: &'a Server,
}

impl Commands<'_> {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.made.command_line("kitchen-sink");
        command
            .env("KITCHEN_SINK_BASE_URL", self.server.url())
            .env("KITCHEN_SINK_BASIC_USER", "me")
            .env("KITCHEN_SINK_BASIC_PASSWORD", "pass word")
            .args(arguments);
        command
    }

    fn run(&self, arguments: &[&str], input: &'static [u8]) -> JoinHandle<Output> {
        self.run_with(&[], arguments, input)
    }

    /// Runs a command with further variables in its environment.
    pub(crate) fn run_with(
        &self,
        variables: &[(&str, &str)],
        arguments: &[&str],
        input: &'static [u8],
    ) -> JoinHandle<Output> {
        let mut command = self.command(arguments);
        command.envs(variables.iter().copied());
        let work = move || {
            let mut child = command
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("a program");
            let mut stdin = child.stdin.take().expect("its input");
            // It may have ended without reading.
            let _ = stdin.write_all(input);
            drop(stdin);
            child.wait_with_output().expect("its output")
        };
        tokio::task::spawn_blocking(work)
    }

    /// What a command that goes well prints.
    fn printed(
        &self,
        arguments: &[&str],
        input: &'static [u8],
    ) -> impl Future<Output = String> + use<> {
        let running = self.run(arguments, input);
        let what = arguments.join(" ");
        async move {
            let output = running.await.expect("no panic");
            assert_good(&what, &output);
            String::from_utf8(output.stdout).expect("text")
        }
    }

    /// What a command that is wrong says.
    async fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments, b"").await.expect("no panic");
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        String::from_utf8(output.stderr).expect("text")
    }

    fn last(&self) -> Request {
        self.server.seen().pop().expect("a request")
    }

    /// All that the sink can do.
    pub(crate) async fn behave(&self) {
        self.forms().await;
        self.bodies().await;
        self.what_arrives_bit_by_bit().await;
    }

    async fn forms(&self) {
        let sent = self.printed(
            &[
                "sink",
                "form",
                "--name",
                "a b",
                "--min",
                "-1",
                "--list",
                "x",
                "--list",
                "y",
                "--nested",
                r#"{"a":"&"}"#,
            ],
            b"",
        );
        let form = "name=a%20b&min=-1&list=x&list=y&nested%5Ba%5D=%26";
        assert_eq!(sent.await, form);
        let basic = Some("Basic bWU6cGFzcyB3b3Jk");
        assert_eq!(self.last().header("authorization"), basic);
        let whole = r#"{"name":"n","min":2}"#;
        let sent = self.printed(&["sink", "form", "--body", whole, "--name", "m"], b"");
        assert_eq!(sent.await, "name=m&min=2");

        let file = self.made.file("cat.png", "PNG");
        let sent = self.printed(
            &[
                "sink",
                "upload",
                "--file",
                &format!("@{file}"),
                "--filter",
                r#"{"name":"n"}"#,
                "--level",
                "3",
                "--more",
                &file,
                "--more",
                "@-",
                "--names",
                "p",
                "--names",
                "q",
            ],
            b"stdin",
        );
        let sent = sent.await;
        let parts: Vec<&str> = sent
            .split("\r\n")
            .filter(|line| !line.starts_with("--sdk-"))
            .collect();
        let disposition = "Content-Disposition: form-data; name=";
        let expected = [
            &format!("{disposition}\"file\"; filename=\"cat.png\""),
            "Content-Type: image/png",
            "",
            "PNG",
            &format!("{disposition}\"filter\""),
            "Content-Type: application/json",
            "",
            r#"{"name":"n"}"#,
            &format!("{disposition}\"level\""),
            "",
            "3",
            &format!("{disposition}\"more\"; filename=\"cat.png\""),
            "Content-Type: application/octet-stream",
            "",
            "PNG",
            &format!("{disposition}\"more\"; filename=\"stdin\""),
            "Content-Type: application/octet-stream",
            "",
            "stdin",
            &format!("{disposition}\"names\""),
            "",
            "p",
            &format!("{disposition}\"names\""),
            "",
            "q",
            "",
        ];
        assert_eq!(parts, expected);
        let said = self.refused(&["sink", "upload", "--filter", "{}"]).await;
        assert!(said.contains("--file <FILE>"), "{said}");
        let gone = [
            "sink",
            "upload",
            "--filter",
            "{}",
            "--file",
            "@no/such/file",
        ];
        let said = self.refused(&gone).await;
        assert!(
            said.starts_with("error: `no/such/file` cannot be read: "),
            "{said}"
        );
    }

    async fn bodies(&self) {
        let lines = [
            "sink",
            "lines",
            "--content-type",
            "application/x-ndjson",
            "--body",
            "-",
        ];
        let sent = self.printed(&lines, b"{\"min\":1}\n{\"min\":2}");
        assert_eq!(sent.await, "{\"min\":1}\n{\"min\":2}\n");
        assert_eq!(
            self.last().header("content-type"),
            Some("application/x-ndjson")
        );
        let sent = self.printed(&["sink", "lines", "--min", "5"], b"").await;
        assert_eq!(sent, "{\n  \"min\": 5\n}\n");
        let said = self.refused(&[&lines[..4], &["--min", "5"]].concat()).await;
        assert!(said.contains("`--min` does not go with"), "{said}");
        let said = self.refused(&["sink", "lines", "--body", "{"]).await;
        assert!(
            said.starts_with("error: `--body` is no application/json: "),
            "{said}"
        );
        let said = self
            .refused(&["sink", "form", "--body", "[]", "--min", "1"])
            .await;
        assert!(said.contains("`--body` is no object"), "{said}");
        let said = self.refused(&["sink", "form", "--min", "1.5"]).await;
        assert!(said.contains("this is no whole number"), "{said}");
        let said = self.refused(&["sink", "put-tree"]).await;
        assert!(said.contains("--name <TEXT>"), "{said}");

        let sent = self.printed(&["sink", "echo-text", "--body", "hello"], b"");
        assert_eq!(sent.await, "hello");
        let file = self.made.file("bytes", "\u{0}\u{1}");
        let sent = self.printed(&["sink", "echo-bytes", "--body", &format!("@{file}")], b"");
        assert_eq!(sent.await, "\u{0}\u{1}");
        assert_eq!(self.last().header("content-length"), Some("2"));
        assert_eq!(self.printed(&["sink", "echo-bytes"], b"").await, "");
    }

    async fn what_arrives_bit_by_bit(&self) {
        let events = self.printed(&["sink", "watch"], b"").await;
        let expected = [
            r#"{"event":"grown","data":{"name":"g"}}"#,
            r#"{"event":"word","data":"no"}"#,
            r#"{"event":"grown","data":{}}"#,
            r#"{"event":"at-last","data":"2026-01-31","id":"9"}"#,
            r#"{"event":"new","data":"[DONE]","id":"9"}"#,
        ];
        assert_eq!(events.lines().collect::<Vec<_>>(), expected);
        let raw = self
            .printed(&["sink", "watch", "--output", "raw"], b"")
            .await;
        assert!(raw.starts_with("event: grown\ndata: {"), "{raw}");
        let data = self
            .printed(&["sink", "watch", "--query", "/data"], b"")
            .await;
        assert_eq!(data.lines().next(), Some(r#"{"name":"g"}"#));
        let trees = self
            .printed(&["sink", "trees", "--query", "/name"], b"")
            .await;
        assert_eq!(trees, "\"a\"\n1\n\"c\"\n");
        let whole = self.printed(&["sink", "ask"], b"").await;
        assert_eq!(whole, "{\n  \"name\": \"whole\"\n}\n");
        let pieces = self
            .printed(&["sink", "ask", "--stream", "--body-stream"], b"")
            .await;
        assert_eq!(
            pieces,
            "{\"event\":\"message\",\"data\":{\"name\":\"piece\"}}\n"
        );
        let events = "text/event-stream, application/json;q=0.5";
        assert_eq!(self.last().header("accept"), Some(events));
    }
}
