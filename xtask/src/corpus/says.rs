//! What commands say about themselves: the messages of `sdkwright` and of cargo, a JSON object a
//! line, reduced to a first error and warnings by kind.

use std::collections::BTreeMap;

use serde::Deserialize;

/// How many warnings there were of each kind.
pub(crate) type Kinds = BTreeMap<String, usize>;

/// What one command said.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// The first error, on one line.
    pub(super) error: Option<String>,
    /// The first warning, on one line.
    pub(super) warning: Option<String>,
    /// The warnings by their codes.
    pub(super) warnings: Kinds,
}

/// A problem of `sdkwright`.
#[derive(Deserialize)]
struct Problem {
    severity: String,
    code: String,
    message: String,
}

/// A message of cargo; others than the compiler's have no `message`.
#[derive(Deserialize)]
struct CargoLine {
    message: Option<CompilerMessage>,
}

#[derive(Deserialize)]
struct CompilerMessage {
    level: String,
    message: String,
    code: Option<CompilerCode>,
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct CompilerCode {
    code: String,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: usize,
    is_primary: bool,
}

/// What `sdkwright --message-format json` wrote to standard error.
pub(super) fn sdkwright(stderr: &str) -> Said {
    let mut said = Said::default();
    for line in stderr.lines() {
        match serde_json::from_str::<Problem>(line) {
            Ok(problem) if problem.severity == "error" => {
                said.error_is(|| format!("{}: {}", problem.code, one_line(&problem.message)))
            }
            Ok(problem) => {
                let text = || format!("{}: {}", problem.code, one_line(&problem.message));
                said.warning.get_or_insert_with(text);
                *said.warnings.entry(problem.code.clone()).or_default() += 1;
            }
            // What is no problem of ours is the last word of a process that broke.
            Err(_) if line.contains("panicked at") || line.contains("overflow") => {
                said.error_is(|| line.trim().to_owned());
            }
            Err(_) => {}
        }
    }
    said
}

/// What `cargo --message-format json` wrote to standard output.
pub(super) fn cargo(stdout: &str) -> Said {
    let mut said = Said::default();
    for line in stdout.lines() {
        let Ok(CargoLine {
            message: Some(message),
        }) = serde_json::from_str(line)
        else {
            continue;
        };
        // Sums such as "3 warnings emitted" have no place.
        let Some(span) = message.spans.iter().find(|span| span.is_primary) else {
            if message.level == "error" && !message.message.starts_with("aborting due to") {
                said.error_is(|| one_line(&message.message));
            }
            continue;
        };
        let code = message.code.as_ref().map_or("none", |code| &code.code);
        let place = format!("{}:{}", span.file_name, span.line_start);
        let text = format!("{code}: {} ({place})", one_line(&message.message));
        match message.level.as_str() {
            "warning" => {
                *said.warnings.entry(code.to_owned()).or_default() += 1;
                said.warning.get_or_insert(text);
            }
            level if level.starts_with("error") => said.error_is(|| text),
            _ => {}
        }
    }
    said
}

impl Said {
    fn error_is(&mut self, text: impl FnOnce() -> String) {
        self.error.get_or_insert_with(text);
    }
}

/// A text without line breaks.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_of_sdkwright() {
        let stderr = r#"{"severity":"warning","code":"one","message":"a\nb"}
{"severity":"error","code":"two","message":"c"}
{"severity":"error","code":"three","message":"d"}
{"severity":"warning","code":"one","message":"e"}"#;
        let said = sdkwright(stderr);
        assert_eq!(said.error.as_deref(), Some("two: c"));
        assert_eq!(said.warning.as_deref(), Some("one: a b"));
        assert_eq!(said.warnings, Kinds::from([("one".to_owned(), 2)]));
    }

    #[test]
    fn a_panic_is_an_error() {
        let said = sdkwright("\nthread 'main' (1) panicked at src/x.rs:3:4:\nindex");
        assert_eq!(
            said.error.as_deref(),
            Some("thread 'main' (1) panicked at src/x.rs:3:4:")
        );
    }

    #[test]
    fn messages_of_cargo() {
        let stdout = r#"{"reason":"compiler-artifact"}
{"reason":"compiler-message","message":{"level":"warning","message":"unused","code":{"code":"dead_code"},"spans":[{"file_name":"src/a.rs","line_start":7,"is_primary":true}]}}
{"reason":"compiler-message","message":{"level":"warning","message":"1 warning emitted","code":null,"spans":[]}}
{"reason":"compiler-message","message":{"level":"error","message":"no such type","code":{"code":"E0412"},"spans":[{"file_name":"src/b.rs","line_start":1,"is_primary":true}]}}"#;
        let said = cargo(stdout);
        assert_eq!(
            said.warning.as_deref(),
            Some("dead_code: unused (src/a.rs:7)")
        );
        assert_eq!(
            said.error.as_deref(),
            Some("E0412: no such type (src/b.rs:1)")
        );
        assert_eq!(said.warnings, Kinds::from([("dead_code".to_owned(), 1)]));
    }
}
