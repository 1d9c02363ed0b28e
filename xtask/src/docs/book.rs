//! The pages of all APIs → the folder of a book, as mdBook reads it.
//!
//! What the book looks like is in `templates/site`: its settings, its front page, its theme.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sdkwright::cli::{MessageFormat, Reporter};
use sdkwright::config::{self, ApiConfig, CrateName};
use sdkwright::diagnostic::Problems;
use sdkwright::pipeline::{ClientOptions, Network, Package, Selection};
use serde_json::{Value, json};

use super::pages;

/// How many bytes the pages of schemas of an API may have to be searched: the index of more would
/// be more than a reader should have to fetch. Their names are found in the list of all, then.
const SEARCHED: usize = 1_000_000;

/// An API that the site documents.
#[derive(Clone)]
pub(crate) struct Source {
    /// The name of its folder.
    pub(crate) name: String,
    /// Its description.
    pub(crate) description: PathBuf,
    /// What its configuration says beyond that.
    pub(crate) config: Option<ApiConfig>,
}

/// The APIs of `sdkwright.yaml`.
///
/// # Errors
///
/// When it cannot be read.
pub(crate) fn configured() -> Result<Vec<Source>, String> {
    let mut problems = Problems::new();
    let (file, loaded) = config::load(None, &mut problems);
    let failed = Reporter::auto(MessageFormat::Human).problems(&problems, &file);
    let loaded = loaded.filter(|_| !failed);
    let (config, folder) = loaded.ok_or("sdkwright.yaml cannot be read")?;
    let source = |(name, api): (config::ApiName, ApiConfig)| Source {
        name: name.as_str().to_owned(),
        description: match api.is_fetched() {
            true => api.description.clone(),
            false => folder.join(&api.description),
        },
        config: Some(api),
    };
    Ok(config.apis.into_iter().map(source).collect())
}

/// Writes the book of these APIs into an empty folder.
///
/// # Errors
///
/// When a description has errors, or a file cannot be read or written.
pub(super) fn write(apis: &[Source], work: &Path, version: Option<&str>) -> Result<(), String> {
    if work.exists() {
        fs::remove_dir_all(work).map_err(|error| told(work, &error))?;
    }
    let source = work.join("src");
    let mut indexes = Vec::new();
    let mut unsearched = Vec::new();
    let mut summary = "# Summary\n\n[All APIs](index.md)\n\n".to_owned();
    let mut machines = String::new();
    for api in apis {
        let tree = tree(api)?;
        let folder = source.join(&api.name);
        let of_schemas = || tree.iter().filter(|(path, _)| is_of_schema(path));
        if of_schemas().map(|(_, text)| text.len()).sum::<usize>() > SEARCHED {
            unsearched.extend(of_schemas().map(|(path, _)| format!("{}/{path}", api.name)));
        }
        for (path, text) in tree.iter() {
            match path {
                "SUMMARY.md" => summary += &below(&api.name, without_title(text)),
                "llms.txt" => machines += &below(&api.name, &lowered(text)),
                _ => put(&folder.join(path), text)?,
            }
        }
        summary += "\n";
        let file = format!("{}/openapi.{}", api.name, extension(api));
        machines += &format!("- [Description]({file}): the OpenAPI description itself\n\n");
        description(api, &folder)?;
        let index: Value = serde_json::from_str(tree.get("actions.json").unwrap_or("null"))
            .map_err(|error| format!("actions.json of {}: {error}", api.name))?;
        indexes.push((api, index));
    }
    summary += "[Changes](changelog.md)\n";
    put(&source.join("SUMMARY.md"), &summary)?;
    let changes = Path::new("CHANGELOG.md");
    let changes = fs::read_to_string(changes).map_err(|error| told(changes, &error))?;
    put(&source.join("changelog.md"), &changes)?;
    let mut context = context(&indexes, version);
    context.insert("unsearched", &unsearched);
    for (template, path) in [
        ("index.md.tera", "src/index.md"),
        ("book.toml.tera", "book.toml"),
        ("theme/head.hbs.tera", "theme/head.hbs"),
        ("theme/header.hbs.tera", "theme/header.hbs"),
    ] {
        put(&work.join(path), &rendered(template, &context)?)?;
    }
    for file in ["site.css", "site.js"] {
        let from = Path::new("templates/site/theme").join(file);
        let text = fs::read_to_string(&from).map_err(|error| told(&from, &error))?;
        put(&work.join("theme").join(file), &text)?;
    }
    let first = rendered("llms.txt.tera", &context)?;
    put(&source.join("llms.txt"), &format!("{first}\n{machines}"))?;
    let all: BTreeMap<&str, &Value> = indexes
        .iter()
        .map(|(api, index)| (api.name.as_str(), index))
        .collect();
    let all =
        serde_json::to_string_pretty(&json!({ "apis": all })).map_err(|error| error.to_string())?;
    put(&source.join("actions.json"), &(all + "\n"))
}

/// Whether this is the page of one schema.
fn is_of_schema(path: &str) -> bool {
    path.starts_with("_schema.") && path.ends_with(".md")
}

/// Puts the Markdown of each page beside it.
///
/// # Errors
///
/// When a file cannot be copied.
pub(super) fn add_markdown(work: &Path) -> Result<(), String> {
    let source = work.join("src");
    for path in files(&source)? {
        let is_page = path.extension().is_some_and(|extension| extension == "md");
        let below = path
            .strip_prefix(&source)
            .map_err(|error| error.to_string())?;
        if is_page && below != Path::new("SUMMARY.md") {
            let to = work.join("book").join(below);
            fs::copy(&path, &to).map_err(|error| told(&to, &error))?;
        }
    }
    Ok(())
}

/// Every file below a folder, in order of path.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| told(&folder, &error))? {
            let path = entry.map_err(|error| told(&folder, &error))?.path();
            if path.is_dir() {
                folders.push(path)
            } else {
                files.push(path)
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The pages of an API in the format `site`.
///
/// # Errors
///
/// When its description cannot be worked with.
pub(crate) fn tree(api: &Source) -> Result<sdkwright::output::Tree, String> {
    tree_in(api, "site")
}

/// The same in another format.
///
/// # Errors
///
/// When its description cannot be worked with.
pub(crate) fn tree_in(api: &Source, format: &str) -> Result<sdkwright::output::Tree, String> {
    let config = api.config.as_ref();
    let hosts = config
        .map(|config| config.network.clone())
        .unwrap_or_default();
    let selection = config.map(|config| Selection {
        only: config.only.clone().into(),
        except: config.except.clone().into(),
    });
    let client = config
        .map(|config| config.client.clone())
        .unwrap_or_default();
    let options = |ir: &sdkwright::ir::Api| {
        let name = client.name.clone();
        ClientOptions {
            name: name
                .unwrap_or_else(|| CrateName::from_title(&ir.title))
                .as_str()
                .to_owned(),
            version: client.version.as_str().to_owned(),
            license: client.license.clone().map(Into::into),
            // Docs of an API show nothing of it.
            package: Package::default(),
            formats: client.formats.clone(),
            description: api.description.display().to_string(),
            checks: client.checks,
            // Nor of where its runtime is.
            runtime: None,
        }
    };
    let network = Network::allowing(hosts);
    pages::of(
        &api.description,
        &network,
        &selection.unwrap_or_default(),
        format,
        options,
    )
}

/// The description of an API beside its pages. One that is fetched is not ours to hand out.
fn description(api: &Source, folder: &Path) -> Result<(), String> {
    if api.config.as_ref().is_some_and(ApiConfig::is_fetched) {
        return Ok(());
    }
    let to = folder.join(format!("openapi.{}", extension(api)));
    fs::copy(&api.description, &to).map_err(|error| told(&api.description, &error))?;
    Ok(())
}

fn extension(api: &Source) -> &str {
    let extension = api.description.extension();
    extension
        .and_then(|extension| extension.to_str())
        .unwrap_or("yaml")
}

/// Lines whose links lead into the folder of an API.
fn below(name: &str, text: &str) -> String {
    text.replace("](", &format!("]({name}/"))
}

fn without_title(summary: &str) -> &str {
    summary.trim_start_matches("# Summary").trim_start()
}

/// Headings a level lower.
fn lowered(text: &str) -> String {
    let lines = text.lines().map(|line| match line.starts_with('#') {
        true => format!("#{line}\n"),
        false => format!("{line}\n"),
    });
    lines.collect::<String>().trim_end().to_owned() + "\n"
}

fn context(indexes: &[(&Source, Value)], version: Option<&str>) -> tera::Context {
    let apis = indexes.iter().map(|(api, index)| {
        let actions = index["actions"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        let mut resources: Vec<&str> = actions
            .iter()
            .filter_map(|action| action["resource"].as_str())
            .collect();
        resources.dedup();
        json!({
            "name": api.name,
            "title": escaped(index["api"].as_str().unwrap_or_default()),
            "version": escaped(index["version"].as_str().unwrap_or_default()),
            "actions": actions.len(),
            "resources": resources.len(),
            "description": format!("openapi.{}", extension(api)),
        })
    });
    let mut context = tera::Context::new();
    context.insert("apis", &apis.collect::<Vec<_>>());
    context.insert("version", &version.unwrap_or_default());
    context.insert("top", if version.is_some() { "../" } else { "" });
    context
}

/// Text of a description without what means something to Markdown or HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '[' | ']' | '(' | ')' | '|' | '*' | '_' | '`' | '\\' | '!' | '#' => {
                out.extend(['\\', c])
            }
            c => out.push(c),
        }
    }
    out
}

fn rendered(template: &str, context: &tera::Context) -> Result<String, String> {
    let path = Path::new("templates/site").join(template);
    let text = fs::read_to_string(&path).map_err(|error| told(&path, &error))?;
    let mut engine = tera::Tera::new();
    engine.autoescape_on(Vec::<&str>::new());
    engine
        .add_raw_templates([(template, text)])
        .and_then(|()| engine.render(template, context))
        .map_err(|error| format!("{}: {error}", path.display()))
}

fn put(path: &Path, text: &str) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| told(folder, &error))?;
    }
    fs::write(path, text).map_err(|error| told(path, &error))
}

pub(super) fn told(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
