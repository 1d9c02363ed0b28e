//! A resource → a page with every word decided.

use std::collections::HashSet;

use super::action::action;
use super::book::Page;
use super::detail::detail;
use super::options::{Options, Order, Rust, Streams};
use super::parameters::Rows;
use super::request;
use super::schemas::{Schemas, code_units, file_stem, free_anchor};
use super::words::Name;
use crate::ir::{Api, Operation, OperationId, Resource, RustActions};

/// What all pages of a format have in common.
pub(super) struct Pages<'a> {
    /// The API.
    pub(super) api: &'a Api,
    /// The format's name.
    pub(super) format: &'a str,
    /// Its options.
    pub(super) options: &'a Options,
    /// Where schemas are documented.
    pub(super) schemas: &'a Schemas<'a>,
    /// The Rust client, where the format is about it.
    pub(super) rust: Option<&'a RustActions>,
    /// What [`api_name`] gives.
    pub(super) title: &'a str,
}

impl<'a> Pages<'a> {
    /// The page of a resource; `None` if it has nothing to show.
    pub(super) fn page(&self, index: usize, resource: &'a Resource) -> Option<Page<'a>> {
        let operations = self.shown(resource);
        if operations.is_empty() {
            return None;
        }
        let mut taken = HashSet::new();
        let names = (self.options.rust == Rust::Names).then_some(());
        let actions: Vec<_> = operations
            .into_iter()
            .map(|(place, operation)| {
                let id = OperationId {
                    resource: index,
                    operation: place,
                };
                let rust = self.rust.and_then(|rust| rust.get(&id));
                let rows = Rows {
                    api: self.api,
                    options: self.options,
                    schemas: self.schemas,
                    names: names.and(rust).map(|rust| &rust.names),
                };
                let mut action = action(&rows, operation, self.format, rust);
                action.anchor = free_anchor(&action.anchor, &mut taken);
                action.detail = self
                    .options
                    .detail
                    .then(|| detail(self.api, self.schemas, resource, operation, self.format));
                action
            })
            .collect();
        let urls: Vec<_> = actions.iter().map(|action| action.url.clone()).collect();
        let text = resource.description.as_deref().unwrap_or_default();
        Some(Page {
            api: self.title,
            name: Name::new(&resource.key),
            text: self.options.text.block(text),
            url: request::common(&urls),
            actions,
        })
    }

    /// The path of a page.
    pub(super) fn path(&self, page: &Page<'_>) -> String {
        let key = file_stem(&page.name.key);
        let path = self.options.page.replace("{key}", &key);
        path.replace("{kebab}", &page.name.kebab)
    }

    /// The operations to show with their places in the description, in the format's order.
    pub(super) fn shown(&self, resource: &'a Resource) -> Vec<(usize, &'a Operation)> {
        let mut shown: Vec<_> = resource
            .operations
            .iter()
            .enumerate()
            .filter(|(_, operation)| {
                self.options.streams == Streams::Shown || !operation.is_event_stream()
            })
            .collect();
        if self.options.order == Order::ByKey {
            shown.sort_by_key(|(_, operation)| code_units(&operation.action));
        }
        shown
    }
}

/// The API's title with the word "API" in its last place, on one line, without what means
/// something in a line of YAML.
pub(super) fn api_name(api: &Api) -> String {
    let title: String = api
        .title
        .chars()
        .filter(|c| !matches!(c, ':' | '#' | '<' | '>'))
        .collect();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        "API".to_owned()
    } else if title.ends_with("API") {
        title
    } else {
        format!("{title} API")
    }
}
