//! An `Api` of a description, as the commands make it.

use sdkwright::diagnostic::{Problems, Style, human};
use sdkwright::ir::Api;
use sdkwright::pipeline;
use sdkwright::source::Sources;

/// The API of a description in YAML; warnings are fine, errors are not.
pub(crate) fn api(yaml: &str) -> Api {
    let mut problems = Problems::new();
    let sources = Sources::from_text("openapi.yaml", yaml.to_owned(), &mut problems);
    let sources = sources.expect("the text can be read");
    let api = pipeline::api(&sources, &mut problems);
    let said: Vec<String> = problems
        .sorted()
        .iter()
        .map(|problem| human(problem, &sources, Style::Plain))
        .collect();
    api.unwrap_or_else(|| panic!("{}", said.join("\n")))
}
