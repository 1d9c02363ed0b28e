//! All documents, and the APIs that they are of.

use std::collections::BTreeSet;
use std::path::Path;

use super::attempt::Sample;
use super::documents::{self, Document, Kind};
use super::extract::Block;
use super::rust::ClientCrate;
use super::subject::Subject;
use crate::docs;

/// The APIs that the official JavaScript client speaks: one has what it cannot do yet, of the
/// other it has every action.
pub(super) const OFFICIAL: [&str; 2] = ["losant", "losant-rest"];

/// The description of what the official JavaScript client has.
const OFFICIAL_ACTIONS: &str = "xtask/samples/losant-rest.yaml";

/// All documents, and the APIs that they are of.
pub(super) struct House {
    /// The APIs.
    pub(super) subjects: Vec<Subject>,
    /// The documents.
    pub(super) documents: Vec<Document>,
    /// The generated clients.
    pub(super) clients: Vec<ClientCrate>,
}

impl House {
    /// Reads all documents and descriptions.
    ///
    /// # Errors
    ///
    /// When one cannot be read.
    pub(super) fn read() -> Result<Self, String> {
        let mut apis = Vec::new();
        for source in docs::configured()? {
            let tree = docs::tree(&source)?;
            apis.push((source, tree));
        }
        let official = docs::Source {
            name: OFFICIAL[1].to_owned(),
            description: OFFICIAL_ACTIONS.into(),
            config: None,
        };
        let mut documents = documents::all(&apis)?;
        documents.extend(documents::of_official(&official)?);
        let tree = docs::tree(&official)?;
        apis.push((official, tree));
        let mut subjects = Vec::new();
        for (source, tree) in &apis {
            let index = tree.get("actions.json").unwrap_or("null");
            subjects.push(Subject::read(&source.name, &source.description, index)?);
        }
        let readmes = documents
            .iter()
            .filter_map(|document| match &document.kind {
                Kind::Readme(api) => {
                    let folder = Path::new(&document.path).parent()?;
                    ClientCrate::of(api, folder, &document.extracted.blocks)
                }
                _ => None,
            });
        Ok(Self {
            clients: readmes.collect(),
            subjects,
            documents,
        })
    }

    /// The languages of all blocks, as they are called in the report.
    pub(super) fn languages(&self) -> BTreeSet<String> {
        let blocks = self.documents.iter().flat_map(|document| {
            let blocks = document.extracted.blocks.iter();
            blocks.map(|block| language(document, block))
        });
        let names = blocks.map(|name| display(&name).to_owned());
        names.collect()
    }

    /// The API of this name.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub(super) fn subject(&self, api: &str) -> Result<&Subject, String> {
        let mut subjects = self.subjects.iter();
        let found = subjects.find(|subject| subject.name == api);
        found.ok_or_else(|| format!("sdkwright.yaml names no API `{api}`"))
    }

    /// The action whose section of a page a sample stands in.
    ///
    /// # Errors
    ///
    /// When it stands in none.
    pub(super) fn action<'a>(
        &'a self,
        api: &str,
        document: &'a Document,
        block: &'a Block,
    ) -> Result<Sample<'a>, String> {
        let subject = self.subject(api)?;
        let mut headings = block.around.headings.iter();
        let section = headings.find(|heading| heading.level == 2);
        let section = section.ok_or("it stands in no section of an action")?;
        let action = subject.action(document.stem(), &section.text);
        let action = action.ok_or_else(|| {
            let title = &section.text;
            format!("the resource of this page has no action of the title `{title}`")
        })?;
        Ok(Sample {
            subject,
            action,
            document: &document.path,
            block,
        })
    }
}

/// What a language is called in the report and on the command line.
pub(super) fn display(language: &str) -> &str {
    match language {
        "bash" => "curl",
        "" => "none",
        other => other,
    }
}

/// The language of a block; in doc comments Rust goes without saying.
pub(super) fn language(document: &Document, block: &Block) -> String {
    let language = block.language();
    match document.kind {
        Kind::RustDoc(_) if language != "text" => "rust".to_owned(),
        _ => language,
    }
}
