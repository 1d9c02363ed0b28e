//! Finds and reads `sdkwright.yaml`.

use std::ops::Range;
use std::path::{Path, PathBuf};

use super::{ApiName, Config, doc_formats};
use crate::diagnostic::{At, FileId, Locate, Place, Problem, Problems};
use crate::template::Templates;

/// The file that is looked for, in the current folder and upwards.
pub const FILE_NAME: &str = "sdkwright.yaml";

/// The folder of a user's templates, beside the file.
const TEMPLATES: &str = "templates";

/// The file that was read, so that problems can show its lines, and the templates of its user.
#[derive(Default)]
pub struct ConfigFile {
    path: String,
    text: String,
    templates: Option<Templates>,
}

/// Reads the named file, or the nearest `sdkwright.yaml`.
///
/// What is wrong is reported; the folder is that of the file, from which its paths count.
pub fn load(
    named: Option<&Path>,
    problems: &mut Problems,
) -> (ConfigFile, Option<(Config, PathBuf)>) {
    let path = match named {
        Some(path) => path.to_path_buf(),
        None => match nearest() {
            Some(path) => path,
            None => {
                problems.report(nowhere());
                return (ConfigFile::default(), None);
            }
        },
    };
    let name = path.display().to_string();
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            problems.report(
                Problem::error("cannot-read", format!("cannot read `{name}`: {error}"))
                    .help("name the configuration with `--config FILE`"),
            );
            return (ConfigFile::default(), None);
        }
    };
    let templates = None;
    let mut file = ConfigFile {
        path: name,
        text,
        templates,
    };
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let Some(config) = file.parse(problems) else {
        return (file, None);
    };
    file.templates = own_templates(&config, &folder, problems);
    file.check_formats(problems);
    (file, Some((config, folder)))
}

/// The templates that stand beside the file, or where it says; `None` if there are none.
fn own_templates(config: &Config, folder: &Path, problems: &mut Problems) -> Option<Templates> {
    let named = config.templates.as_ref().map(|named| folder.join(named));
    // A folder of that name may be about something else.
    let beside = Some(folder.join(TEMPLATES))
        .filter(|beside| beside.join("docs").is_dir() || beside.join("client").is_dir());
    let folder = named.or(beside)?;
    Some(Templates::with_own(&folder, problems))
}

impl ConfigFile {
    /// The templates that the file's user has, or those that are built in.
    #[must_use]
    pub fn templates(&self) -> &Templates {
        match &self.templates {
            Some(templates) => templates,
            None => Templates::built_in(),
        }
    }

    fn check_formats(&self, problems: &mut Problems) {
        let known = self.templates().formats();
        if let Err(error) = doc_formats::check(&self.text, &known) {
            problems.report(self.refused(&error));
        }
    }

    fn parse(&self, problems: &mut Problems) -> Option<Config> {
        match serde_yaml::from_str::<Config>(&self.text) {
            Ok(config) if config.apis.is_empty() => {
                problems.report(
                    Problem::error("bad-config", format!("`{}` names no API", self.path))
                        .help("add one below `apis`: a name, and its `description`"),
                );
                None
            }
            Ok(config) => match self.in_one_folder(&config) {
                Some(problem) => {
                    problems.report(problem);
                    None
                }
                None => Some(config),
            },
            Err(error) => {
                problems.report(self.refused(&error));
                None
            }
        }
    }

    /// What is wrong if the runtime is called like an API: each has the folder of its name.
    fn in_one_folder(&self, config: &Config) -> Option<Problem> {
        let runtime = config.runtime.as_ref()?.name.as_str();
        let mut apis = config.apis.keys().map(ApiName::as_str);
        apis.any(|api| api == runtime).then(|| {
            let path = &self.path;
            let message = format!("`{path}` has an API and a runtime that are called `{runtime}`");
            Problem::error("bad-config", message)
                .help("each has a folder of its name; call the runtime what your APIs have in common, such as `acme-runtime`")
        })
    }

    fn refused(&self, error: &serde_yaml::Error) -> Problem {
        let said = error.to_string();
        let Some(location) = error.location() else {
            let message = format!("`{}` cannot be used: {said}", self.path);
            return Problem::error("bad-config", message).help(HELP);
        };
        let (line, column) = (location.line(), location.column());
        // The place is shown with the problem, so its text need not say it again.
        let said = said.replace(&format!(" at line {line} column {column}"), "");
        let message = format!("`{}` line {line} cannot be used: {said}", self.path);
        Problem::error("bad-config", message)
            .at(place_of(location.index()))
            .help(HELP)
    }
}

const HELP: &str = "the keys are `out`, `templates`, `runtime` (`name`, `version`, `license`, `repository`) and `apis`; each API has `description`, `client` (`name`, `version`, `license`, `about`, `repository`, `homepage`, `documentation`, `keywords`, `categories`, `formats`, `checks`), `docs`, `network`, `only` and `except` (`tags`, `paths`, `operations`)";

/// A place in this one file: the byte instead of the ordinal of a node, which nobody counted.
fn place_of(byte: usize) -> At {
    At {
        file: FileId(0),
        node: u32::try_from(byte).unwrap_or(u32::MAX),
    }
}

impl Locate for ConfigFile {
    fn locate(&self, at: At) -> Option<Place<'_>> {
        if at.file != FileId(0) {
            return self.templates().locate(at);
        }
        let start = self
            .text
            .floor_char_boundary((at.node as usize).min(self.text.len()));
        let before = &self.text[..start];
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let rest = &self.text[start..];
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        Some(Place {
            path: &self.path,
            text: &self.text,
            span: start..start + length,
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            pointer: String::new(),
        })
    }

    fn locate_span(&self, file: FileId, span: Range<usize>) -> Option<Place<'_>> {
        self.templates().locate_span(file, span)
    }
}

/// The nearest file, its path from the current folder.
fn nearest() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let mut upwards = PathBuf::new();
    for folder in here.ancestors() {
        if folder.join(FILE_NAME).is_file() {
            return Some(upwards.join(FILE_NAME));
        }
        upwards.push("..");
    }
    None
}

fn nowhere() -> Problem {
    Problem::error(
        "no-config",
        format!("there is no `{FILE_NAME}` in this folder or above it"),
    )
    .help("name one with `--config FILE`; or use `sdkwright client` and `sdkwright docs`, which need none")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, (String, Option<(usize, usize)>)> {
        let file = ConfigFile {
            path: "sdkwright.yaml".to_owned(),
            text: text.to_owned(),
            templates: None,
        };
        let mut problems = Problems::new();
        let config = file.parse(&mut problems);
        let config = config.filter(|_| {
            file.check_formats(&mut problems);
            !problems.has_errors()
        });
        config.ok_or_else(|| {
            let problem = problems.sorted()[0].clone();
            let place = problem.at.and_then(|at| file.locate(at));
            (
                problem.message,
                place.map(|place| (place.line, place.column)),
            )
        })
    }

    #[test]
    fn everything_but_the_description_has_a_default() {
        let config = parse("apis:\n  pets:\n    description: pets.yaml\n").unwrap();
        assert_eq!(config.out, Path::new("generated"));
        let pets = &config.apis[0];
        assert_eq!(pets.description, Path::new("pets.yaml"));
        assert_eq!(pets.client.version.as_str(), "0.1.0");
        assert_eq!(pets.client.name, None);
        assert!(pets.docs.is_empty());
    }

    #[test]
    fn a_mistake_is_named_with_its_line() {
        let head = "apis:\n  pets:\n    description: pets.yaml\n";
        for (text, said, line) in [
            (format!("{head}    doc: [rest]\n"), "unknown field `doc`", 4),
            (
                format!("{head}    docs: [rest, php]\n"),
                "there is no format `php`",
                4,
            ),
            (
                format!("{head}    client: {{ name: 1a }}\n"),
                "`1a` is no crate name",
                4,
            ),
            (
                format!("{head}    client: {{ version: '1' }}\n"),
                "`1` is no version",
                4,
            ),
            (
                format!("{head}    client:\n      license: MIT/Apache-2.0\n"),
                "`MIT/Apache-2.0` is no SPDX expression",
                5,
            ),
            (
                format!("{head}    client:\n      homepage: pets.example\n"),
                "`pets.example` is no address of a page",
                5,
            ),
            (
                format!("{head}    client:\n      keywords: [two words]\n"),
                "`two words` is no keyword of crates.io",
                5,
            ),
            (
                format!("{head}    client:\n      keywords: [a, b, c, d, e, f]\n"),
                "these are 6: crates.io takes up to five",
                5,
            ),
            (
                format!("{head}    client:\n      categories: [API bindings]\n"),
                "`API bindings` is no category",
                5,
            ),
            (
                format!(
                    "{head}    client:\n      formats:\n        date: chrono\n        uuid: guid\n"
                ),
                "the format `uuid` cannot be held as `guid`; write one of string, uuid",
                7,
            ),
            (
                format!("{head}    network: ['https://a.example']\n"),
                "`https://a.example` is no host",
                4,
            ),
            (
                "apis:\n  a/b:\n    description: x\n".to_owned(),
                "`a/b` is no name",
                2,
            ),
            (
                "apis:\n  pets: {}\n".to_owned(),
                "missing field `description`",
                2,
            ),
            ("apis:\n\tpets: x\n".to_owned(), "cannot start any token", 2),
        ] {
            let (message, place) = parse(&text).unwrap_err();
            assert!(message.contains(said), "{message}");
            assert_eq!(place.map(|(line, _)| line), Some(line), "{message}");
        }
        let (message, _) = parse(&format!("runtime: {{ name: pets }}\n{head}")).unwrap_err();
        assert!(message.contains("an API and a runtime"), "{message}");
        assert!(parse("apis: {}\n").unwrap_err().0.contains("names no API"));
        assert!(parse("").is_err());
    }
}
