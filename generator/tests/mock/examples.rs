//! A request of an operation, made from its examples as a client would send it.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sdkwright::ir::{Api, MediaType, Operation, Parameter, PathPart, Place, SchemeKind, Style};
use sdkwright::mock::Request;
use sdkwright::passes::examples::{Direction, Examples};
use serde_json::Value;

/// The request, with all required parameters and the body; `None` where the description gives a
/// body that only its author could make: files and XML.
pub(crate) fn request(api: &Api, operation: &Operation) -> Option<Request> {
    let mut made = Made {
        examples: Examples::new(api),
        api,
        pairs: Vec::new(),
        headers: Vec::new(),
        cookies: Vec::new(),
    };
    let parameters = operation.parameters.iter();
    let required = parameters.filter(|each| each.required || fixed(operation, each));
    for parameter in required.filter(|each| each.place != Place::Path) {
        made.add(parameter);
    }
    made.add_credentials(operation);
    let path = operation.path_parts.iter().map(|part| match part {
        PathPart::Text(text) => text.clone(),
        PathPart::Parameter(name) => made.path_value(operation, name),
    });
    let path: String = path.collect();
    let body = match &operation.body {
        Some(body) => made.body(body.content.first()?)?,
        None => Vec::new(),
    };
    if !made.cookies.is_empty() {
        made.headers
            .push(("cookie".to_owned(), made.cookies.join("; ")));
    }
    Some(Request {
        method: operation.method.as_str().to_owned(),
        path,
        query: made.pairs.join("&"),
        headers: made.headers,
        body,
    })
}

/// Whether a parameter stands for what is fixed in the query of a path.
fn fixed(operation: &Operation, parameter: &Parameter) -> bool {
    let query = operation
        .path
        .split_once('?')
        .map_or("", |(_, query)| query);
    query
        .split('&')
        .any(|pair| pair.split('=').next() == Some(&parameter.name))
}

struct Made<'a> {
    api: &'a Api,
    examples: Examples<'a>,
    pairs: Vec<String>,
    headers: Vec<(String, String)>,
    cookies: Vec<String>,
}

fn escaped(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The members of a list or the keys and values of an object, in one text.
fn joined(value: &Value, sign: &str, escape: &dyn Fn(&str) -> String) -> String {
    let parts: Vec<String> = match value {
        Value::Array(items) => items.iter().map(|item| escape(&plain(item))).collect(),
        Value::Object(fields) => {
            let each = fields.iter();
            each.flat_map(|(key, value)| [escape(key), escape(&plain(value))])
                .collect()
        }
        other => vec![escape(&plain(other))],
    };
    parts.join(sign)
}

impl Made<'_> {
    fn value(&self, parameter: &Parameter) -> Value {
        let given = parameter
            .example
            .clone()
            .or_else(|| parameter.default.clone());
        given.unwrap_or_else(|| self.examples.whole(parameter.ty, Direction::Request))
    }

    fn path_value(&self, operation: &Operation, name: &str) -> String {
        let mut parameters = operation.parameters.iter();
        let own = parameters.find(|each| each.place == Place::Path && each.name == name);
        let value = own
            .map(|own| self.value(own))
            .unwrap_or_else(|| "value".into());
        let value = match &value {
            Value::String(text) if text.is_empty() => "empty".into(),
            Value::Null => "null".into(),
            _ => value,
        };
        joined(&value, ",", &escaped)
    }

    fn add(&mut self, parameter: &Parameter) {
        let value = self.value(parameter);
        let name = &parameter.name;
        if parameter.content.is_some() && parameter.place == Place::Query {
            self.pairs
                .push(format!("{}={}", escaped(name), escaped(&value.to_string())));
            return;
        }
        match parameter.place {
            Place::Query | Place::Querystring => self.add_query(parameter, &value),
            Place::Header => {
                let text = joined(&value, ",", &str::to_owned);
                self.headers.push((name.to_ascii_lowercase(), text));
            }
            Place::Cookie => self.cookies.push(format!("{name}={}", plain(&value))),
            Place::Path => {}
        }
    }

    fn add_query(&mut self, parameter: &Parameter, value: &Value) {
        let name = escaped(&parameter.name);
        let pairs = &mut self.pairs;
        match value {
            Value::Array(items) if parameter.explode => {
                pairs.extend(
                    items
                        .iter()
                        .map(|item| format!("{name}={}", escaped(&plain(item)))),
                );
            }
            Value::Object(fields) if parameter.style == Style::DeepObject => {
                let each = fields.iter();
                pairs.extend(each.map(|(key, value)| {
                    format!("{name}%5B{}%5D={}", escaped(key), escaped(&plain(value)))
                }));
            }
            Value::Object(fields) if parameter.explode => {
                let each = fields.iter();
                pairs.extend(
                    each.map(|(key, value)| format!("{}={}", escaped(key), escaped(&plain(value)))),
                );
            }
            value => {
                let sign = match parameter.style {
                    Style::SpaceDelimited => "%20",
                    Style::PipeDelimited => "%7C",
                    Style::TabDelimited => "%09",
                    _ => ",",
                };
                pairs.push(format!("{name}={}", joined(value, sign, &escaped)));
            }
        }
    }

    fn add_credentials(&mut self, operation: &Operation) {
        let Some(requirement) = operation.security.first() else {
            return;
        };
        for part in &requirement.parts {
            match &self.api.scheme(part.scheme).kind {
                SchemeKind::ApiKey {
                    place: Place::Query,
                    name,
                    prefix,
                } => {
                    self.pairs.push(format!(
                        "{}={}",
                        escaped(name),
                        escaped(&format!("{prefix}k"))
                    ));
                }
                SchemeKind::ApiKey {
                    place: Place::Cookie,
                    name,
                    ..
                } => {
                    self.cookies.push(format!("{name}=k"));
                }
                SchemeKind::ApiKey { name, prefix, .. } => {
                    self.headers
                        .push((name.to_ascii_lowercase(), format!("{prefix}k")));
                }
                SchemeKind::Basic => self.authorize("Basic"),
                SchemeKind::Http(name) => self.authorize(name),
                SchemeKind::MutualTls => {}
                _ => self.authorize("Bearer"),
            }
        }
    }

    fn authorize(&mut self, word: &str) {
        self.headers
            .push(("authorization".to_owned(), format!("{word} k")));
    }

    fn body(&mut self, content: &MediaType) -> Option<Vec<u8>> {
        let name = match content.name.contains('*') {
            true => "application/json".to_owned(),
            false => content.name.clone(),
        };
        let json = content.is_json() || content.name.contains('*');
        if !json && !content.is_form() {
            return None;
        }
        self.headers.push(("content-type".to_owned(), name));
        let given = content.examples.iter().find_map(|each| each.value.clone());
        let value = match (given, content.ty) {
            (Some(given), _) => given,
            (None, Some(ty)) => self.examples.whole(ty, Direction::Request),
            (None, None) => Value::Object(serde_json::Map::new()),
        };
        if json {
            return Some(value.to_string().into_bytes());
        }
        let fields = value.as_object()?;
        let pairs = fields.iter().flat_map(|(name, value)| {
            let values = match value {
                Value::Array(items) => items.clone(),
                other => vec![other.clone()],
            };
            let name = escaped(name);
            values
                .into_iter()
                .map(move |value| format!("{name}={}", escaped(&plain(&value))))
        });
        Some(pairs.collect::<Vec<_>>().join("&").into_bytes())
    }
}
