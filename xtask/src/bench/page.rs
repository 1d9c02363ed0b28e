//! `docs/performance.md`: the machine, the commands, and a table of what was measured.

use std::fmt::Write;
use std::fs;
use std::process::Command;

use super::Row;
use super::decode::Decoding;
use super::parts::Parts;
use super::tools::OURS;
use crate::figures::{memory, time};
use crate::measure::Cost;

/// What was measured.
pub(super) struct Run<'a> {
    pub(super) rows: &'a [Row],
    /// Of GitHub's crate, unless the run is quick.
    pub(super) parts: Option<&'a Parts>,
    pub(super) decoding: &'a Result<Decoding, String>,
    /// The generators that are not installed.
    pub(super) missing: &'a [&'a str],
    pub(super) rounds: usize,
    pub(super) quick: bool,
}

pub(super) fn markdown(run: &Run<'_>) -> String {
    let Run {
        rows,
        decoding,
        missing,
        rounds,
        quick,
        ..
    } = *run;
    let mut page = String::from("# What it costs\n\n![Times as bars](performance.svg)\n\n");
    let option = if quick { " --quick" } else { "" };
    let _ = writeln!(
        page,
        "`cargo xtask bench{option}` made this page on {}. Each figure is the median of {rounds}; \
         compare the rows of one run, not two runs.\n",
        today()
    );
    let _ = writeln!(page, "{}\n", machine());
    page.push_str(
        "| description | size | generator | generate | processor | memory | `cargo check` | processor | memory |\n\
         | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for row in rows {
        let size = row.bytes.div_ceil(1024);
        let _ = write!(page, "| {} | {size} KB | {} |", row.subject, row.tool);
        match &row.generate {
            Ok(cost) => {
                let _ = write!(page, " {} |", figures(cost));
            }
            Err(_) => page.push_str(" fails | | |"),
        }
        match &row.check {
            Some(Ok(cost)) => {
                let _ = writeln!(page, " {} |", figures(cost));
            }
            Some(Err(_)) => page.push_str(" fails | | |\n"),
            None => page.push_str(" | | |\n"),
        }
    }
    growth(&mut page, rows);
    if let Some(found) = run.parts {
        parts(&mut page, found);
    }
    let _ = match decoding {
        Ok(Decoding { emitted, derived }) => writeln!(
            page,
            "\nDecoding a list of 10 MB takes the emitted codec {:.2} times as long as serde's \
             derives: {} and {}.",
            emitted / derived,
            time(*emitted),
            time(*derived)
        ),
        Err(error) => writeln!(page, "\nDecoding: {error}"),
    };
    failures(&mut page, rows);
    if !missing.is_empty() {
        let _ = writeln!(
            page,
            "\nNot installed, so not measured: {}.",
            missing.join(", ")
        );
    }
    page.push_str(METHOD);
    page
}

const METHOD: &str = "
## How it is measured

* *Generate* is the whole process, into an empty folder, formatting and writing included.
* *`cargo check`* is the crate alone: its dependencies are built, incremental compilation is off,
  its root file is newer than what was made of it.
* *`sdkwright --runtime`*: the runtime is a crate that clients share (`client --runtime DIR`), and so one
  of their dependencies. Without it each client has a copy, which is compiled with it.
* *Processor* is processor time, of children too; it suffers less from what else is running.
* *Memory* is the largest resident set of the process or of one of its children.
* *Synthetic* descriptions have one shape: 16, 160 and 1,600 operations.
* Others' crates of 1,600 operations are not compiled: some take a quarter of an hour. What takes
  others more than half a minute is measured once.
* openapi-to-rust writes a module; the crate around it has the dependencies that it asks for.
* Microsoft Graph beta is only generated. It and GitHub are measured once `cargo xtask corpus` has fetched them.
";

fn figures(cost: &Cost) -> String {
    format!(
        "{} | {} | {}",
        time(cost.seconds),
        time(cost.processor_seconds),
        memory(cost.megabytes)
    )
}

/// How much dearer each synthetic description is than the one of a tenth of its size.
fn growth(page: &mut String, rows: &[Row]) {
    let ours: Vec<&Row> = rows
        .iter()
        .filter(|row| row.tool == OURS && row.subject.starts_with("synthetic"))
        .collect();
    for pair in ours.windows(2) {
        let (Ok(small), Ok(large)) = (&pair[0].generate, &pair[1].generate) else {
            continue;
        };
        let _ = write!(
            page,
            "\nFrom {} to {}, generating takes {:.1} times as long",
            pair[0].subject,
            pair[1].subject,
            large.seconds / small.seconds
        );
        if let (Some(Ok(small)), Some(Ok(large))) = (&pair[0].check, &pair[1].check) {
            let _ = write!(
                page,
                ", checking {:.1} times",
                large.seconds / small.seconds
            );
        }
        page.push_str(".\n");
    }
}

/// What users of a part of GitHub's crate compile.
fn parts(page: &mut String, parts: &Parts) {
    let largest = [
        ("", &parts.largest),
        (" and a shared runtime", &parts.largest_sharing),
    ];
    for (how, largest) in largest {
        let _ = match largest {
            Ok((resource, cost)) => writeln!(
                page,
                "\nGitHub with the feature `{resource}` alone{how}: `cargo check` takes {}, {} of \
                 processor, {}.",
                time(cost.seconds),
                time(cost.processor_seconds),
                memory(cost.megabytes)
            ),
            Err(error) => writeln!(page, "\nGitHub with one feature{how}: {error}"),
        };
    }
    let release = [
        ("all of GitHub's crate", &parts.program),
        (
            "all of GitHub's crate with a shared runtime",
            &parts.program_sharing,
        ),
        (
            "GitHub's crate with the features that its README names for it",
            &parts.with_its_features,
        ),
    ];
    for (what, program) in release {
        let _ = match program {
            Ok(program) => writeln!(
                page,
                "\nA release build of a program with one operation and of {what} takes {}; the \
                 program has {:.2} MB.",
                time(program.build.seconds),
                megabytes(program.bytes)
            ),
            Err(error) => writeln!(page, "\nA program with one operation and {what}: {error}"),
        };
    }
}

#[expect(clippy::cast_precision_loss, reason = "two digits are shown")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn failures(page: &mut String, rows: &[Row]) {
    for row in rows {
        let checked = row.check.as_ref().and_then(|check| check.as_ref().err());
        if let Some(error) = row.generate.as_ref().err().or(checked) {
            let _ = writeln!(page, "\n{} on {}: {error}", row.tool, row.subject);
        }
    }
}

/// The day, in UTC.
fn today() -> String {
    said("date", &["-u", "+%F"]).unwrap_or_else(|| "an unknown day".to_owned())
}

/// The processor, its cores, the memory and the compiler.
fn machine() -> String {
    let model =
        proc_line("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let memory = proc_line("/proc/meminfo", "MemTotal").unwrap_or_else(|| "unknown".to_owned());
    let rustc = said("rustc", &["--version"]).unwrap_or_else(|| "unknown rustc".to_owned());
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default().to_owned();
    format!(
        "{model}, {cores} cores, memory {memory}, {rustc}, {}; load at the end {load}.",
        std::env::consts::OS
    )
}

fn proc_line(file: &str, key: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(key))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn said(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::parts::Program;

    fn row(subject: &str, seconds: f64) -> Row {
        let cost = Cost {
            seconds,
            ..Cost::default()
        };
        Row {
            subject: subject.to_owned(),
            bytes: 2048,
            tool: "sdkwright",
            generate: Ok(cost),
            check: Some(Err("E1: no".to_owned())),
        }
    }

    #[test]
    fn the_page_tells_growth_and_failures() {
        let rows = [row("synthetic ×1", 0.1), row("synthetic ×10", 0.8)];
        let decoding = Ok(Decoding {
            emitted: 0.03,
            derived: 0.02,
        });
        let parts = Parts {
            largest: Ok(("repos".to_owned(), Cost::default())),
            largest_sharing: Err("no such crate".to_owned()),
            program: Err("no linker".to_owned()),
            program_sharing: Err("no runtime".to_owned()),
            with_its_features: Ok(Program {
                build: Cost::default(),
                bytes: 2_500_000,
            }),
        };
        let page = markdown(&Run {
            rows: &rows,
            parts: Some(&parts),
            decoding: &decoding,
            missing: &["oas3-gen"],
            rounds: 5,
            quick: false,
        });
        assert!(
            page.contains("| synthetic ×1 | 2 KB | sdkwright | 100 ms | 0 ms | 0 MB | fails | | |"),
            "{page}"
        );
        assert!(
            page.contains("generating takes 8.0 times as long.\n"),
            "{page}"
        );
        assert!(page.contains("feature `repos` alone: `cargo"), "{page}");
        assert!(
            page.contains("one feature and a shared runtime: no such crate"),
            "{page}"
        );
        assert!(
            page.contains("one operation and all of GitHub's crate: no linker"),
            "{page}"
        );
        assert!(
            page.contains("crate with a shared runtime: no runtime"),
            "{page}"
        );
        assert!(page.contains("the program has 2.50 MB"), "{page}");
        assert!(page.contains("codec 1.50 times as long"), "{page}");
        assert!(page.contains("sdkwright on synthetic ×1: E1: no"), "{page}");
        assert!(
            page.contains("Not installed, so not measured: oas3-gen."),
            "{page}"
        );
    }
}
