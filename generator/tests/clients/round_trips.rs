//! What a schema allows comes back as it was: values made from the types of every case, of the
//! specifications and of the kitchen sink are read and written by the code that is emitted for
//! them.
//!
//! The code runs in a program of its own, which is told a type and a value a line. A value that
//! does not come back is made as small as it can be, and shown with its type. The seed is fixed,
//! so that a run is like the one before; `PROPTEST_CASES` asks for more values of each type.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use sdkwright::diagnostic::Problems;
use sdkwright::formats::Formats;
use sdkwright::pipeline::{self, ClientOptions, Package};
use sdkwright::rust;
use serde_json::{Value, json};

use crate::instances::Instances;
use crate::merged::{Merged, merged};
use crate::throwaway::Throwaway;

/// Values of each type, unless the environment asks for more.
const VALUES: u32 = 40;

/// How many levels of records and lists a value may have.
const DEPTH: usize = 4;

/// The program around the table of types.
const PROGRAM: &str = "
use serde::Serialize;
use serde::de::DeserializeOwned;

type RoundTrip = fn(&str) -> Result<String, serde_json::Error>;

fn there_and_back<T: DeserializeOwned + Serialize>(text: &str) -> Result<String, serde_json::Error> {
    serde_json::to_string(&serde_json::from_str::<T>(text)?)
}

fn main() {
    for line in std::io::stdin().lines() {
        let line = line.expect(\"a line\");
        let (index, text) = line.split_once(' ').expect(\"a type and a value\");
        let round_trip = TYPES[index.parse::<usize>().expect(\"a number\")];
        match round_trip(text) {
            Ok(back) => println!(\"{back}\"),
            Err(error) => println!(\"! {error}\"),
        }
    }
}
";

/// Writes the crate of all types and the program that uses it, and builds both. Gives out the
/// program and the position of each component in its table.
fn build(merged: &Merged) -> (Throwaway, HashMap<String, usize>) {
    let options = ClientOptions {
        name: "all-types".to_owned(),
        version: "0.1.0".to_owned(),
        license: None,
        package: Package::default(),
        formats: Formats::default(),
        description: "all of them".to_owned(),
        checks: false,
        runtime: None,
    };
    let mut problems = Problems::new();
    let tree = pipeline::client(&merged.api, &options, &mut problems);
    let tree = tree.unwrap_or_else(|| panic!("{:#?}", problems.sorted()));
    let dependencies = [
        &Throwaway::dependency("all-types", Path::new("src/all-types")),
        "serde = \"1\"\nserde_json = { version = \"1\", features = [\"preserve_order\", \"float_roundtrip\"] }\n",
    ];
    let made = Throwaway::new("sdkwright-round-trips", &dependencies.concat());
    for (path, text) in tree.iter() {
        made.write(&format!("src/all-types/{path}"), text);
    }
    let plan = serde_json::to_value(rust::plan(&merged.api, &options)).expect("a plan");
    let mut positions = HashMap::new();
    let mut table = String::new();
    let groups = plan["types"].as_array().expect("groups");
    for group in groups {
        let module = group["module"].as_str().map(|module| format!("{module}::"));
        let module = module.unwrap_or_default();
        for ty in group["types"].as_array().expect("types") {
            let (name, key) = (&ty["name"], ty["origin"].as_str().expect("a key"));
            let name = name.as_str().expect("a name");
            if key.is_empty() || key == "Everything" {
                continue;
            }
            positions.insert(key.to_owned(), positions.len());
            writeln!(
                table,
                "    there_and_back::<all_types::types::{module}{name}>,"
            )
            .expect("a text that grows");
        }
    }
    let table = format!("static TYPES: &[RoundTrip] = &[\n{table}];\n");
    made.write("src/main.rs", &format!("{}\n{table}", PROGRAM.trim_start()));
    made.cargo(&["build"]);
    (made, positions)
}

/// The running program.
struct Program {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Program {
    fn start(made: &Throwaway) -> Self {
        let mut command = made.program();
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the program");
        let to = child.stdin.take().expect("its input");
        let from = BufReader::new(child.stdout.take().expect("its output"));
        Self { child, to, from }
    }

    /// What becomes of a value of a type; `Err` says why it cannot be read.
    fn there_and_back(&mut self, position: usize, value: &Value) -> Result<Value, String> {
        writeln!(self.to, "{position} {value}").expect("a program that listens");
        let mut line = String::new();
        self.from
            .read_line(&mut line)
            .expect("a program that answers");
        match line.strip_prefix("! ") {
            Some(error) => Err(error.trim_end().to_owned()),
            None => serde_json::from_str(&line).map_err(|error| format!("{error} in {line:?}")),
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A value whose numbers are written alike: in JSON, `1` and `1.0` are the same number.
fn plain(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(entries) => {
            let entries = entries.iter();
            entries
                .map(|(key, value)| (key.clone(), plain(value)))
                .collect()
        }
        Value::Number(number) if number.is_i64() || number.is_u64() => value.clone(),
        Value::Number(number) => match number.as_f64() {
            Some(real) if real.fract() == 0.0 && real.abs() < 1e15 => json!(real as i64),
            _ => value.clone(),
        },
        _ => value.clone(),
    }
}

#[test]
fn values_come_back_as_they_were() {
    let merged = merged();
    let (made, positions) = build(&merged);
    let program = RefCell::new(Program::start(&made));
    let instances = Instances::of(&merged.api.types);
    let asked = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    let config = Config {
        cases: asked.unwrap_or(VALUES),
        failure_persistence: None,
        ..Config::default()
    };
    let mut wrong = String::new();
    let mut tried = 0;
    for (key, id) in &merged.roots {
        let Some(position) = positions.get(key) else {
            wrong.push_str(&format!("{key} is no type of the crate\n"));
            continue;
        };
        tried += 1;
        let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        let mut runner = TestRunner::new_with_rng(config.clone(), rng);
        let outcome = runner.run(&instances.values(*id, DEPTH), |(sent, left)| {
            let back = program.borrow_mut().there_and_back(*position, &sent);
            match back {
                Ok(back) if plain(&back) == plain(&left) => Ok(()),
                Ok(back) => Err(TestCaseError::fail(format!("became {back}"))),
                Err(error) => Err(TestCaseError::fail(format!("was refused: {error}"))),
            }
        });
        if let Err(TestError::Fail(reason, (sent, left))) = outcome {
            wrong.push_str(&format!("{key}: {sent}\n  {reason}\n  not {left}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(tried > 150, "only {tried} types were tried");
}
