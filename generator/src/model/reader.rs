//! Reading objects field by field, with a problem for each field that is not what it must be.

use crate::diagnostic::{At, Code, Problem, Problems, Severity};
use crate::source::{Key, Map, Node, Sources, Value};

use super::{Bodies, Version};

/// References that refer to references are followed this far.
const LONGEST_CHAIN: usize = 32;

/// What reading needs: the sources, the version, and where to report.
pub struct Reader<'d, 'p> {
    /// The loaded files.
    pub sources: &'d Sources,
    /// Where problems go.
    pub problems: &'p mut Problems,
    /// The version of the root document.
    pub version: Version,
    /// The request bodies of a 2.0 document.
    pub(super) bodies: &'d Bodies,
    /// The media types of the responses that are being read, in 2.0.
    pub(super) produced: Vec<&'d str>,
}

const NOT_FOUND: &str = "nothing is found under this reference";

/// What becomes of a part of a description that cannot be read.
pub(super) const LEFT_OUT: &str = "left out";

/// The fields of an object, with its name in the specification for messages.
#[derive(Clone, Copy)]
pub struct Fields<'d> {
    /// Where the object stands.
    pub at: At,
    /// Its fields.
    pub map: &'d Map,
    what: &'static str,
}

impl<'d> Fields<'d> {
    fn of(node: &'d Node, what: &'static str) -> Option<Self> {
        let at = node.at;
        let map = node.as_map()?;
        Some(Self { at, map, what })
    }
}

impl<'d, 'p> Reader<'d, 'p> {
    /// A reader over loaded files, with their request bodies if they speak 2.0.
    pub fn new(sources: &'d Sources, bodies: &'d Bodies, problems: &'p mut Problems) -> Self {
        Self {
            sources,
            problems,
            version: Version::V3_1,
            bodies,
            produced: Vec::new(),
        }
    }

    /// A reader of the same description that reports elsewhere.
    pub fn apart<'q>(&self, problems: &'q mut Problems) -> Reader<'d, 'q> {
        Reader {
            version: self.version,
            ..Reader::new(self.sources, self.bodies, problems)
        }
    }

    /// The object at `node`; `what` names it in problems ("parameter"). Anything else is left out.
    pub fn fields(&mut self, node: &'d Node, what: &'static str) -> Option<Fields<'d>> {
        let fields = Fields::of(node, what);
        if fields.is_none() {
            let problem = wrong_type(node, what, "an object");
            self.problems
                .report(problem.label(format!("{}, {LEFT_OUT}", kind(node))));
        }
        fields
    }

    /// The object at `node`, without which there is no API.
    pub fn needed_fields(&mut self, node: &'d Node, what: &'static str) -> Option<Fields<'d>> {
        let fields = Fields::of(node, what);
        if fields.is_none() {
            self.report_error(wrong_type(node, what, "an object").label(kind(node)));
        }
        fields
    }

    fn report_error(&mut self, mut problem: Problem) {
        problem.severity = Severity::Error;
        self.problems.report(problem);
    }

    /// The fields of a schema. Anything but an object says nothing, and is worth a warning: any
    /// value stands for it.
    pub(super) fn schema_fields(&mut self, node: &'d Node) -> Option<Fields<'d>> {
        let fields = Fields::of(node, "schema");
        if fields.is_none() {
            self.problems.report(
                wrong_type(node, "schema", "an object")
                    .label(format!("{}, read as any value", kind(node)))
                    .help("write `{}` for a schema that allows every value"),
            );
        }
        fields
    }

    /// The text of `$ref` in a schema, or of `$dynamicRef`, and where it stands; anything but a
    /// string is passed over.
    pub fn reference(&mut self, fields: Fields<'d>) -> Option<(&'d str, At)> {
        let named = |key| fields.map.get(key).map(|node| (key, node));
        let (key, node) = named("$ref").or_else(|| named("$dynamicRef"))?;
        if node.as_str().is_none() {
            self.wrong_field_type(node, key, "a string");
        }
        Some((node.as_str()?, node.at))
    }

    /// The node that `node` stands for: itself, or what its `$ref` names.
    pub fn follow(&mut self, node: &'d Node) -> Option<&'d Node> {
        let mut node = node;
        for _ in 0..LONGEST_CHAIN {
            let Some(reference) = node.reference() else {
                return Some(node);
            };
            let Some(text) = reference.as_str() else {
                let problem = wrong_type(reference, "`$ref`", "a string");
                let label = format!("{}, {LEFT_OUT}", kind(reference));
                self.problems.report(problem.label(label));
                return None;
            };
            node = self.target_object(reference.at, text)?;
        }
        self.problems.report(
            Problem::warning("circular-ref", "these references lead only to each other")
                .at(node.at)
                .label(LEFT_OUT)
                .help("let one of them hold the object itself"),
        );
        None
    }

    /// What stands for a whole field: the node itself, or what it refers to if it is nothing but a
    /// reference. The specification has no such references (`paths: { $ref: paths.yaml }`), but who
    /// keeps a description in many files likes them, and nothing else can be meant.
    pub fn whole(&mut self, node: &'d Node) -> Option<&'d Node> {
        let map = node.as_map().filter(|map| map.len() == 1);
        let reference = map.and_then(|map| map.get("$ref"));
        match reference.and_then(Node::as_str) {
            Some(_) => self.follow(node),
            None => Some(node),
        }
    }

    /// The node that the reference `text`, written at `at`, names. An object that is not found is
    /// left out; where its file is not found, it is likely that more of the description is missing
    /// than was meant to be.
    fn target_object(&mut self, at: At, text: &str) -> Option<&'d Node> {
        let error = match self.sources.resolve(at, text) {
            Ok(node) => return Some(node),
            Err(error) => error,
        };
        let mut problem = error.problem(at);
        if error.is_within_file() {
            problem.severity = Severity::Warning;
            problem = problem.label(format!("nothing is found under this reference: {LEFT_OUT}"));
        } else {
            problem = problem.label(NOT_FOUND);
        }
        self.problems.report(problem);
        None
    }

    /// The schema that the reference `text`, written at `at`, names. One that is not found can
    /// be worked with: any value stands for it. One that is refused cannot.
    pub fn target(&mut self, at: At, text: &str) -> Option<&'d Node> {
        self.resolved(at, text)
            .map_err(|mut problem| {
                if problem.code == Code("unresolved-ref") {
                    problem.severity = Severity::Warning;
                }
                self.problems.report(problem);
            })
            .ok()
    }

    fn resolved(&self, at: At, text: &str) -> Result<&'d Node, Problem> {
        self.sources.resolve(at, text).map_err(|error| {
            let problem = error.problem(at);
            problem.label(NOT_FOUND)
        })
    }

    /// A required text; when it is missing, reports this and `instead`, what is done then.
    pub fn required_text(
        &mut self,
        fields: Fields<'d>,
        key: &str,
        instead: &str,
    ) -> Option<&'d str> {
        let text = self.text(fields, key);
        if text.is_none() && fields.map.get(key).is_none() {
            self.missing(fields, key, instead);
        }
        text
    }

    /// Reports that a required field is missing, and what is done instead.
    pub fn missing(&mut self, fields: Fields<'d>, key: &str, instead: &str) {
        let subject = subject(fields.what);
        self.problems.report(
            Problem::warning("missing-field", format!("{subject} has no `{key}`"))
                .at(fields.at)
                .label(instead)
                .help(format!("add `{key}`; the specification requires it")),
        );
    }

    /// The text of a scalar field: strings, but also versions that look like numbers.
    pub fn text(&mut self, fields: Fields<'d>, key: &str) -> Option<&'d str> {
        let node = fields.map.get(key)?;
        if matches!(node.value, Value::Null) {
            return None;
        }
        let text = node.as_text();
        if text.is_none() {
            self.wrong_field_type(node, key, "a string");
        }
        text
    }

    /// The text of a field for people: none if it is empty.
    pub fn prose(&mut self, fields: Fields<'d>, key: &str) -> Option<String> {
        let text = self.text(fields, key)?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A boolean field, `default` if it is not there.
    pub fn flag(&mut self, fields: Fields<'d>, key: &str, default: bool) -> bool {
        let Some(node) = fields.map.get(key) else {
            return default;
        };
        node.as_bool().unwrap_or_else(|| {
            self.wrong_field_type(node, key, "`true` or `false`");
            default
        })
    }

    /// The members of a field that is a list; none if it is not there.
    pub fn list(&mut self, fields: Fields<'d>, key: &str) -> &'d [Node] {
        let node = fields.map.get(key).and_then(|node| self.whole(node));
        match node {
            None => &[],
            Some(node) => node.as_list().unwrap_or_else(|| {
                self.wrong_field_type(node, key, "a list");
                &[]
            }),
        }
    }

    /// The members of `security`, if it is there. Anything but a list is an error: passed over,
    /// it would make a call that needs credentials one that needs none.
    pub fn security(&mut self, fields: Fields<'d>) -> Option<&'d [Node]> {
        let node = fields.get("security")?;
        if node.as_list().is_none() {
            let problem = wrong_type(node, "`security`", "a list").label(kind(node));
            self.report_error(problem.help("write `- name: []` for each way to be let in"));
        }
        node.as_list()
    }

    /// The entries of a field that is an object; none if it is not there.
    pub fn entries(&mut self, fields: Fields<'d>, key: &str) -> Vec<(&'d Key, &'d Node)> {
        let node = fields.map.get(key).and_then(|node| self.whole(node));
        match node.map(|node| (node, node.as_map())) {
            None => Vec::new(),
            Some((_, Some(map))) => map.iter().collect(),
            Some((node, None)) => {
                self.wrong_field_type(node, key, "an object");
                Vec::new()
            }
        }
    }

    /// A whole number that is not negative.
    pub fn count(&mut self, fields: Fields<'d>, key: &str) -> Option<u64> {
        let node = fields.map.get(key)?;
        let whole = match &node.value {
            Value::Number(number) => number.as_i128().or_else(|| {
                // `10.0` is whole as well.
                let real = number.as_f64()?;
                (real.fract() == 0.0 && real.abs() < 1e15).then_some(real as i128)
            }),
            _ => None,
        };
        let count = whole.and_then(|whole| u64::try_from(whole).ok());
        if count.is_none() {
            self.wrong_field_type(node, key, "a whole number");
        }
        count
    }

    /// A number.
    pub fn number(&mut self, fields: Fields<'d>, key: &str) -> Option<serde_json::Number> {
        let node = fields.map.get(key)?;
        if let serde_json::Value::Number(number) = node.to_json() {
            return Some(number);
        }
        self.wrong_field_type(node, key, "a number");
        None
    }

    /// Reports a field that is not what it must be, and is passed over.
    pub(super) fn wrong_field_type(&mut self, node: &Node, key: &str, wanted: &str) {
        self.problems.report(
            Problem::warning("wrong-type", format!("`{key}` must be {wanted}"))
                .at(node.at)
                .label(format!("{}, passed over", kind(node))),
        );
    }
}

/// That something is not what it must be; `what` names it.
fn wrong_type(node: &Node, what: &str, wanted: &str) -> Problem {
    let subject = subject(what);
    Problem::warning("wrong-type", format!("{subject} must be {wanted}")).at(node.at)
}

/// What stands where something else must be; in the words of YAML and of the specification.
fn kind(node: &Node) -> &'static str {
    match &node.value {
        Value::Null => "nothing is said here",
        Value::List(_) => "a list",
        _ => node.phrase(),
    }
}

/// What a problem speaks of: `this parameter`; a field by its key alone.
fn subject(what: &str) -> String {
    if what.starts_with('`') {
        what.to_owned()
    } else {
        format!("this {what}")
    }
}

impl<'d> Fields<'d> {
    /// The fields of a schema that says nothing.
    pub(super) fn empty(at: At, map: &'d Map) -> Self {
        Self {
            at,
            map,
            what: "schema",
        }
    }

    /// The place of a field; of the whole object if the field is not there.
    #[must_use]
    pub fn at(&self, key: &str) -> At {
        self.get(key).map_or(self.at, |node| node.at)
    }

    /// The node of a field.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'d Node> {
        self.map.get(key)
    }
}
