//! All that a description says of an action: types with their fields laid open, every media
//! type, every example. Formats that want it say `detail: true`.
//!
//! An object that has no name of its own is laid open where it is used, as far as [`DEPTH`]; one
//! that has a name is a link to its schema, so that what contains itself ends there.

use serde::Serialize;

use super::content::preferred;
use super::js;
use super::parameters::{facts, visible};
use super::request::{address, is_elsewhere};
use super::schemas::Schemas;
use super::text::{Flavour, cell, code_span, handlebars};
use super::words;
use crate::ir::{
    self, Api, Direction, Field, MediaType, NamedExample, Operation, Place, Resource, Rest, Shape,
    Type, TypeId,
};
use crate::template::Shared;

/// How many objects, lists and maps within each other are laid open.
const DEPTH: usize = 4;
/// How many types of a choice are named before the rest are counted.
const CHOICES: usize = 12;
/// How many accepted values stand open.
const VALUES: usize = 8;

/// What there is to say of an action beyond the tables that all formats have.
#[derive(Debug, Serialize)]
pub(super) struct Detail {
    /// Its id on the page: `things.get`. Names only, so it stays as long as they do.
    pub(super) id: String,
    /// Its path, or its whole URL if it has a server of its own; code.
    pub(super) route: String,
    /// The same, a cell.
    pub(super) route_cell: String,
    /// `operationId`, if it is not what the action is called; code.
    pub(super) operation_id: String,
    /// The parameters, by place.
    pub(super) tables: Vec<Table>,
    /// The body in each of its media types.
    pub(super) bodies: Vec<Content>,
    /// What comes back, successes first.
    pub(super) responses: Vec<Answer>,
    /// What the server calls back.
    pub(super) callbacks: Vec<Callback>,
}

/// The parameters of a place.
#[derive(Debug, Serialize)]
pub(super) struct Table {
    /// What ends its id: `query`.
    pub(super) id: &'static str,
    /// `Query parameters`
    pub(super) title: &'static str,
    /// The parameters.
    pub(super) rows: Vec<Row>,
}

/// A parameter or a field.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    /// Its name, those of the objects around it before it: `owner.name`, `tags[].key`; code.
    pub(super) name: String,
    /// What its values are, with links; a cell.
    pub(super) kind: String,
    /// Whether it has to be there.
    pub(super) required: bool,
    /// Whether it should no longer be used.
    pub(super) deprecated: bool,
    /// Whether only the server writes it.
    pub(super) read_only: bool,
    /// Whether only the caller writes it.
    pub(super) write_only: bool,
    /// What it means, a cell.
    pub(super) text: String,
    /// Its default, a cell.
    pub(super) default: String,
    /// Its example, a cell.
    pub(super) example: String,
    /// Its pattern, a cell.
    pub(super) pattern: String,
    /// The accepted values, a cell each.
    pub(super) accepted: Vec<String>,
    /// Whether there are so many of them that they should be folded.
    pub(super) folded: bool,
}

/// Content in a media type.
#[derive(Debug, Serialize)]
pub(super) struct Content {
    /// The media type; code.
    pub(super) media: String,
    /// What it holds, with links; a cell.
    pub(super) kind: String,
    /// Its fields.
    fields: Part<Row>,
    /// Its examples.
    examples: Part<Example>,
}

/// A list, which may be that of a schema which many actions have.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Part<T> {
    /// It is not.
    Own(Vec<T>),
    /// It is.
    Shared(Shared),
}

/// An example.
#[derive(Debug, Serialize)]
pub(super) struct Example {
    /// What it is called, escaped for HTML.
    pub(super) name: String,
    /// The language of its fence.
    pub(super) language: &'static str,
    /// Its text, without what would end the fence.
    pub(super) text: String,
    /// The fence around it, which nothing in it closes.
    pub(super) fence: String,
}

/// A response.
#[derive(Debug, Serialize)]
pub(super) struct Answer {
    /// `404`
    pub(super) code: String,
    /// Whether it is a success.
    pub(super) success: bool,
    /// What it means, a cell.
    pub(super) text: String,
    /// What it holds, in each of its media types.
    pub(super) contents: Vec<Content>,
    /// Its headers.
    pub(super) headers: Vec<Row>,
    /// What follows the id of the action in its own.
    pub(super) id: String,
}

/// A request that the server makes.
#[derive(Debug, Serialize)]
pub(super) struct Callback {
    /// Its id on the page of callbacks.
    pub(super) id: String,
    /// What it is called; inline.
    pub(super) name: String,
    /// `POST`
    pub(super) method: String,
    /// Where it is sent; code, empty where whoever listens decides.
    pub(super) to: String,
    /// What it means, a block.
    pub(super) text: String,
    /// What it holds, with a link; a cell.
    pub(super) kind: String,
    /// Whether it should no longer be used.
    pub(super) deprecated: bool,
}

/// Lays types open.
#[derive(Clone, Copy)]
pub(super) struct Open<'a> {
    /// The API.
    pub(super) api: &'a Api,
    /// Where schemas are documented.
    pub(super) schemas: &'a Schemas<'a>,
    /// Where the values travel; `None`: what travels either way is shown.
    pub(super) direction: Option<Direction>,
}

/// The id of an action.
pub(super) fn id(resource: &Resource, operation: &Operation) -> String {
    format!(
        "{}.{}",
        words::id(&resource.key),
        words::id(&operation.action)
    )
}

/// What there is to say of an action.
pub(super) fn detail(
    api: &Api,
    schemas: &Schemas<'_>,
    resource: &Resource,
    operation: &Operation,
    format: &str,
) -> Detail {
    let open = Open {
        api,
        schemas,
        direction: None,
    };
    let named = format!("{}.{}", resource.key, operation.action);
    let route = code_span(&match is_elsewhere(api, operation) {
        true => address(api, operation),
        false => operation.path.clone(),
    });
    let other_id = operation
        .id
        .as_ref()
        .filter(|id| **id != named && **id != operation.action);
    Detail {
        id: id(resource, operation),
        route_cell: cell(&route),
        route,
        operation_id: other_id.map(|id| code_span(id)).unwrap_or_default(),
        tables: open.tables(operation, format),
        bodies: open.bodies(operation),
        responses: open.answers(operation),
        callbacks: operation
            .callbacks
            .iter()
            .map(|callback| self::callback(schemas, &id(resource, operation), callback))
            .collect(),
    }
}

/// A callback of an action, or a webhook.
pub(super) fn callback(schemas: &Schemas<'_>, of: &str, callback: &ir::Callback) -> Callback {
    let link = callback
        .schema
        .as_ref()
        .and_then(|key| schemas.cell_to(key));
    let text = [&callback.summary, &callback.description];
    let text: Vec<&str> = text.into_iter().flatten().map(String::as_str).collect();
    Callback {
        id: format!(
            "{of}.{}.{}",
            words::id(&callback.name),
            callback.method.to_lowercase()
        ),
        name: cell(&code_span(&callback.name)),
        method: callback.method.clone(),
        to: code_span(&callback.expression),
        text: Flavour::Safe.block(&text.join("\n\n")),
        kind: link.unwrap_or_default().to_owned(),
        deprecated: callback.deprecated,
    }
}

impl Open<'_> {
    fn tables(&self, operation: &Operation, format: &str) -> Vec<Table> {
        let places = [
            ("path", "Path parameters", vec![Place::Path]),
            (
                "query",
                "Query parameters",
                vec![Place::Query, Place::Querystring],
            ),
            ("headers", "Header parameters", vec![Place::Header]),
            ("cookies", "Cookie parameters", vec![Place::Cookie]),
        ];
        let tables = places.into_iter().map(|(id, title, places)| {
            let rows = places
                .into_iter()
                .flat_map(|place| visible(operation, format, place));
            Table {
                id,
                title,
                rows: rows
                    .flat_map(|each| self.travelling(Direction::Request).parameter(each))
                    .collect(),
            }
        });
        tables.filter(|table| !table.rows.is_empty()).collect()
    }

    fn travelling(self, direction: Direction) -> Self {
        Self {
            direction: Some(direction),
            ..self
        }
    }

    /// A parameter, and the fields of its value if that is an object without a name.
    fn parameter(&self, parameter: &ir::Parameter) -> Vec<Row> {
        let mut row = self.row(&parameter.name, parameter.ty);
        let node = self.node(parameter.ty);
        let text = parameter.description.as_deref().unwrap_or_default();
        row.text = Flavour::Safe.cell(if text.is_empty() {
            node.description.as_deref().unwrap_or_default()
        } else {
            text
        });
        row.required = parameter.required;
        row.deprecated = parameter.deprecated || node.deprecated;
        let value = |value: &Option<serde_json::Value>| {
            let shown = value.as_ref().map(js::display).unwrap_or_default();
            Flavour::Safe.value(&shown)
        };
        row.default = value(&parameter.default);
        row.example = value(&parameter.example);
        let mut rows = vec![row];
        self.within(&parameter.name, parameter.ty, 1, &mut rows);
        rows
    }

    fn bodies(&self, operation: &Operation) -> Vec<Content> {
        let Some(body) = &operation.body else {
            return Vec::new();
        };
        let first = preferred(&body.content);
        let mut contents: Vec<&MediaType> = first.into_iter().collect();
        contents.extend(
            body.content
                .iter()
                .filter(|other| Some(other.at) != first.map(|each| each.at)),
        );
        contents
            .into_iter()
            .map(|each| self.content(each, Direction::Request))
            .collect()
    }

    /// Content of a media type.
    fn content(&self, content: &MediaType, direction: Direction) -> Content {
        let open = self.travelling(direction);
        let kind = match content.ty {
            Some(ty) if content.of_items => format!("sequence of {}", self.kind(ty)),
            Some(ty) => self.kind(ty),
            None if content.is_file() => "file".to_owned(),
            None => String::new(),
        };
        Content {
            media: code_span(&content.name),
            kind,
            fields: match content.ty {
                Some(ty) => open.fields(ty, direction),
                None => Part::Own(Vec::new()),
            },
            examples: self.examples(content, direction),
        }
    }

    /// The media type's own examples, else its schema's.
    fn examples(&self, content: &MediaType, direction: Direction) -> Part<Example> {
        let own: Vec<Example> = content.examples.iter().filter_map(named).collect();
        if !own.is_empty() || !(content.is_json() || content.is_text()) {
            return Part::Own(own);
        }
        let json = |value: &serde_json::Value| {
            let text = js::pretty_json(value);
            vec![example("Example", true, text)]
        };
        if content.is_json()
            && content.example.is_none()
            && let Some(ty) = content.ty
            && let Some(printed) = self.schemas.printed_example(ty, direction, json)
        {
            return Part::Shared(printed);
        }
        let of_schema = |ty| self.schemas.example(ty, direction);
        let of_schema = || content.ty.and_then(of_schema);
        Part::Own(match content.example.as_ref().or_else(of_schema) {
            Some(value) if content.is_json() => json(value),
            Some(serde_json::Value::String(text)) => vec![example("Example", false, text.clone())],
            _ => own,
        })
    }

    fn answers(&self, operation: &Operation) -> Vec<Answer> {
        let mut responses: Vec<&ir::Response> = operation.responses.iter().collect();
        responses.sort_by_key(|response| (!response.status.is_success(), response.status));
        let answers = responses.into_iter().map(|response| Answer {
            code: response.status.to_string(),
            success: response.status.is_success(),
            text: Flavour::Safe.cell(&response.description),
            contents: response
                .content
                .iter()
                .map(|each| self.content(each, Direction::Answer))
                .collect(),
            headers: response
                .headers
                .iter()
                .map(|each| self.header(each))
                .collect(),
            id: response.status.to_string().to_lowercase(),
        });
        answers.collect()
    }

    fn header(&self, header: &ir::Header) -> Row {
        let mut row = self.row(&header.name, header.ty);
        row.text = Flavour::Safe.cell(header.description.as_deref().unwrap_or_default());
        row.required = header.required;
        row.deprecated |= header.deprecated;
        row
    }

    fn fields(&self, ty: TypeId, direction: Direction) -> Part<Row> {
        let rows = || self.rows(ty);
        let shared = self.schemas.fields(ty, direction, rows);
        shared.map_or_else(|| Part::Own(rows()), Part::Shared)
    }

    /// The fields of an object, or of the objects that a list holds.
    pub(super) fn rows(&self, ty: TypeId) -> Vec<Row> {
        let mut rows = Vec::new();
        self.open("", ty, 0, &mut rows);
        rows
    }

    fn open(&self, prefix: &str, ty: TypeId, depth: usize, rows: &mut Vec<Row>) {
        match &self.node(ty).shape {
            Shape::Record(record) if depth < DEPTH => {
                let fields = record.fields.iter();
                for field in fields.filter(|each| self.direction.is_none_or(|way| way.has(each))) {
                    self.field(prefix, field, depth, rows);
                }
                if let Rest::Typed(ty) = record.rest {
                    let mut row = self.row(&joined(prefix, "*"), ty);
                    row.text = "Any other name".to_owned();
                    rows.push(row);
                }
            }
            Shape::List(item) if depth < DEPTH && self.schemas.link(*item).is_none() => {
                self.open(&format!("{prefix}[]"), *item, depth + 1, rows);
            }
            Shape::Map(value) if depth < DEPTH && self.schemas.link(*value).is_none() => {
                self.open(&joined(prefix, "*"), *value, depth + 1, rows);
            }
            _ => {}
        }
    }

    /// The fields of what has no name, below the row of what holds it.
    fn within(&self, prefix: &str, ty: TypeId, depth: usize, rows: &mut Vec<Row>) {
        if self.schemas.link(ty).is_none() {
            self.open(prefix, ty, depth, rows);
        }
    }

    fn field(&self, prefix: &str, field: &Field, depth: usize, rows: &mut Vec<Row>) {
        let name = joined(prefix, &field.name);
        let node = self.api.types.get(field.ty);
        let mut row = self.row(&name, field.ty);
        let text = field.description.as_deref().or(node.description.as_deref());
        row.text = Flavour::Safe.cell(text.unwrap_or_default());
        row.required = field.required;
        row.deprecated |= field.deprecated;
        row.read_only = field.read_only;
        row.write_only = field.write_only;
        rows.push(row);
        self.within(&name, field.ty, depth + 1, rows);
    }

    /// A row with what the type alone says.
    fn row(&self, name: &str, ty: TypeId) -> Row {
        let node = self.node(ty);
        let linked = self.schemas.link(ty).is_some();
        let values: Vec<String> = match &node.shape {
            Shape::Enum(values) if !linked => values
                .iter()
                .map(|each| Flavour::Safe.value(&js::display(&each.value)))
                .collect(),
            _ => Vec::new(),
        };
        let own = |value: &Option<serde_json::Value>| match value {
            Some(value) if !linked => Flavour::Safe.value(&js::display(value)),
            _ => String::new(),
        };
        Row {
            name: Flavour::Safe.value(name),
            kind: self.kind(ty),
            required: false,
            deprecated: node.deprecated,
            read_only: false,
            write_only: false,
            text: String::new(),
            default: own(&node.default),
            example: own(&node.example),
            pattern: match node.constraints.pattern.as_deref() {
                Some(pattern) if !linked => Flavour::Safe.value(pattern),
                _ => String::new(),
            },
            folded: values.len() > VALUES,
            accepted: values,
        }
    }

    /// What the values of a type are, in words and links; a cell.
    pub(super) fn kind(&self, ty: TypeId) -> String {
        self.kind_at(ty, 0)
    }

    fn kind_at(&self, ty: TypeId, depth: usize) -> String {
        match self.schemas.cell(ty) {
            Some(link) => format!("{link}{}", self.or_null(ty)),
            None => self.written_out(ty, depth),
        }
    }

    fn or_null(&self, ty: TypeId) -> &'static str {
        match self.api.types.get(ty).nullable {
            true => " or null",
            false => "",
        }
    }

    /// What the values of a schema are, on its own page, where a link would lead nowhere else.
    pub(super) fn own_kind(&self, ty: TypeId) -> String {
        self.written_out(ty, 0)
    }

    fn written_out(&self, ty: TypeId, depth: usize) -> String {
        let node = self.node(ty);
        let inner = |ty: TypeId| match depth < DEPTH {
            true => self.kind_at(ty, depth + 1),
            false => "…".to_owned(),
        };
        let said = match &node.shape {
            Shape::List(item) => format!("list of {}", inner(*item)),
            Shape::Map(value) => format!("map of {}", inner(*value)),
            Shape::Tuple(tuple) => {
                let parts: Vec<String> = tuple.items.iter().map(|&item| inner(item)).collect();
                format!("list of {}", parts.join(", then "))
            }
            Shape::Union(union) => {
                let mut parts: Vec<String> = Vec::new();
                for variant in &union.variants {
                    let part = inner(*variant);
                    if !parts.contains(&part) {
                        parts.push(part);
                    }
                }
                let more = parts.len().saturating_sub(CHOICES);
                parts.truncate(CHOICES);
                let more = if more > 0 {
                    format!(" or one of {more} more")
                } else {
                    String::new()
                };
                parts.join(" or ") + &more
            }
            _ => self.plain(node),
        };
        format!("{said}{}", self.or_null(ty))
    }

    /// A type of no parts: `integer · int32 · min: 10`.
    fn plain(&self, node: &Type) -> String {
        let said = match facts(node, false) {
            said if !said.is_empty() => said,
            _ if matches!(node.shape, Shape::Record(_)) => "object".to_owned(),
            _ => "any".to_owned(),
        };
        Flavour::Safe.cell(&said)
    }

    fn node(&self, ty: TypeId) -> &Type {
        self.api.types.get(self.api.types.resolve(ty))
    }
}

fn joined(prefix: &str, name: &str) -> String {
    if prefix.is_empty() {
        name.to_owned()
    } else {
        format!("{prefix}.{name}")
    }
}

fn named(said: &NamedExample) -> Option<Example> {
    let name = said.name.as_deref().unwrap_or("Example");
    if let Some(text) = &said.text {
        return Some(example(name, false, text.clone()));
    }
    Some(match said.value.as_ref()? {
        serde_json::Value::String(text) => example(name, false, text.clone()),
        value => example(name, true, js::pretty_json(value)),
    })
}

fn example(name: &str, json: bool, text: String) -> Example {
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    Example {
        name: handlebars(name),
        language: if json { "json" } else { "text" },
        fence: "`".repeat(longest.max(2) + 1),
        text,
    }
}
