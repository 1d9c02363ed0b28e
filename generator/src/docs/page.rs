//! A resource → a page with every word decided.

use std::collections::HashSet;

use super::action::action;
use super::book::Page;
use super::detail::detail;
use super::options::{Options, Rust};
use super::parameters::Rows;
use super::places::Place;
use super::request;
use super::schemas::{Schemas, free_anchor};
use super::words::Name;
use crate::ir::{Api, OperationId, RustActions};

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
    /// The page of a resource.
    pub(super) fn page(&self, place: &Place<'a>) -> Page<'a> {
        let resource = place.resource;
        let mut taken = HashSet::new();
        let names = (self.options.rust == Rust::Names).then_some(());
        let actions: Vec<_> = place
            .operations
            .iter()
            .map(|&(operation_place, operation)| {
                let id = OperationId {
                    resource: place.index,
                    operation: operation_place,
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
        Page {
            api: self.title,
            name: Name::new(&resource.key),
            text: self.options.text.block(text),
            url: request::common(&urls),
            actions,
        }
    }
}

/// The API's title as a sentence goes on with it: with the word "API" somewhere and no "The" before
/// it, on one line, without what means something in a line of YAML.
pub(super) fn api_name(api: &Api) -> String {
    let title: String = api
        .title
        .chars()
        .filter(|c| !matches!(c, ':' | '#' | '<' | '>'))
        .collect();
    let words: Vec<&str> = title.split_whitespace().collect();
    let words = match &words[..] {
        [first, rest @ ..] if !rest.is_empty() && first.eq_ignore_ascii_case("the") => rest,
        all => all,
    };
    let is_api = |word: &&str| {
        let mut parts = word.split(|c: char| !c.is_alphanumeric());
        parts.any(|part| part.eq_ignore_ascii_case("api") || part.eq_ignore_ascii_case("apis"))
    };
    let title = words.join(" ");
    if title.is_empty() {
        "API".to_owned()
    } else if title.ends_with("API") || words.iter().any(is_api) {
        title
    } else {
        format!("{title} API")
    }
}
