//! Invented operations: every place, style and media type.

use serde_json::{Map, Value, json};

use super::Inventor;
use super::words::{TEXTS, WORDS, header};

const MEDIA_TYPES: [&str; 12] = [
    "application/json",
    "application/json",
    "application/vnd.x+json",
    "text/plain",
    "application/xml",
    "application/octet-stream",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
    "text/event-stream",
    "application/x-ndjson",
    "image/png",
    "*/*",
];

const STATUSES: [&str; 9] = [
    "200", "201", "204", "2XX", "302", "400", "404", "4XX", "default",
];

impl Inventor {
    /// The paths, each with an operation or more.
    pub(super) fn paths(&mut self) -> Value {
        let mut paths: Map<String, Value> = Map::new();
        for number in 0..8 + self.below(30) {
            let (path, parameters) = self.path();
            let method = self.pick(&["get", "get", "post", "put", "patch", "delete", "head"]);
            let operation = self.operation(number, method, &parameters);
            let item = paths.entry(path).or_insert_with(|| json!({}));
            item[method] = operation;
        }
        Value::Object(paths)
    }

    /// A path, and what its parameters are called.
    fn path(&mut self) -> (String, Vec<String>) {
        let mut path = String::new();
        let mut parameters = Vec::new();
        for _ in 0..=self.below(4) {
            path.push('/');
            let word = self.word();
            let fits =
                !word.is_empty() && !word.contains(['/', ' ']) && !parameters.contains(&word);
            if fits && self.one_in(3) {
                path.push_str(self.pick(&["", "pre-"]));
                path.push_str(&format!("{{{word}}}"));
                path.push_str(self.pick(&["", ".json"]));
                parameters.push(word);
            } else {
                path.push_str(self.pick(&["pets", "a", "b", "orgs", "v1", "x:y"]));
            }
        }
        (path, parameters)
    }

    fn operation(&mut self, number: usize, method: &str, in_path: &[String]) -> Value {
        let mut parameters: Vec<Value> = Vec::new();
        for name in in_path {
            let style = self.pick(&["simple", "simple", "label", "matrix"]);
            let schema = self.schema(2);
            parameters.push(json!({
                "name": name, "in": "path", "required": true, "style": style, "schema": schema,
            }));
        }
        for _ in 0..self.below(7) {
            parameters.push(self.parameter());
        }
        let mut operation = json!({ "parameters": parameters, "responses": self.responses() });
        if !self.one_in(5) {
            let more = self.pick(&["", "."]);
            let number = if self.random.bool() {
                number.to_string()
            } else {
                String::new()
            };
            let id = format!("{}{more}{}{number}", self.word(), self.word());
            operation["operationId"] = json!(id);
        }
        if !self.one_in(5) {
            operation["tags"] = json!([self.pick(&WORDS)]);
        }
        if matches!(method, "post" | "put" | "patch") {
            let required = self.random.bool();
            operation["requestBody"] = json!({ "content": self.content(), "required": required });
        }
        if self.one_in(3) {
            operation["security"] = json!([{ self.pick(&["key", "bearer", "oauth"]): [] }]);
        }
        operation["description"] = json!(self.pick(&TEXTS));
        operation["deprecated"] = json!(self.one_in(10));
        operation
    }

    fn parameter(&mut self) -> Value {
        let place = self.pick(&["query", "query", "query", "header", "cookie"]);
        let word = self.word();
        let name = match place {
            "header" => header(&word),
            _ if word.is_empty() => "empty".to_owned(),
            _ => word,
        };
        let mut parameter = json!({ "name": name, "in": place, "required": self.one_in(3) });
        if self.one_in(6) {
            parameter["content"] = json!({ "application/json": { "schema": self.schema(2) } });
            return parameter;
        }
        parameter["schema"] = self.schema(1);
        if place == "query" && self.random.bool() {
            let styles = ["form", "spaceDelimited", "pipeDelimited", "deepObject"];
            parameter["style"] = json!(self.pick(&styles));
            parameter["explode"] = json!(self.random.bool());
        }
        parameter["allowReserved"] = json!(self.one_in(10));
        parameter
    }

    fn responses(&mut self) -> Value {
        let mut responses = Map::new();
        for _ in 0..self.below(5) {
            let mut response = json!({ "description": self.pick(&TEXTS) });
            if !self.one_in(5) {
                response["content"] = self.content();
            }
            if self.one_in(5) {
                let name = self.pick(&["Link", "ETag", "X-Total-Count", "Set-Cookie"]);
                response["headers"] = json!({ name: { "schema": self.schema(2) } });
            }
            responses.insert(self.pick(&STATUSES).to_owned(), response);
        }
        Value::Object(responses)
    }

    fn content(&mut self) -> Value {
        let mut content = Map::new();
        for _ in 0..=self.below(3) {
            let name = self.pick(&MEDIA_TYPES);
            let schema = match name {
                "multipart/form-data" | "application/x-www-form-urlencoded" => self.object(1),
                _ => self.schema(1),
            };
            content.insert(name.to_owned(), json!({ "schema": schema }));
        }
        Value::Object(content)
    }
}
