//! `only` and `except` of `sdkwright.yaml`: what is made of the chosen operations, and what is
//! said about names that nothing has.

#![expect(
    clippy::unwrap_used,
    reason = "what fails in a test's own functions fails the test"
)]

use std::fs;
use std::process::Command;

use snapbox::cmd::cargo_bin;
use tempfile::TempDir;

const SPEC: &str = r"
openapi: 3.1.1
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets, public]
      responses:
        '200':
          description: The pets
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } }
    delete:
      operationId: pets.clear
      responses: { '204': { description: Done } }
  /owners/{id}/home:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: getHome
      tags: [owners]
      responses:
        '200':
          description: The home
          content: { application/json: { schema: { $ref: '#/components/schemas/Home' } } }
components:
  schemas:
    Pet: { allOf: [{ $ref: '#/components/schemas/Animal' }, { type: object, properties: { name: { type: string } } }] }
    Animal: { type: object, properties: { legs: { type: integer } } }
    Home: { type: object, properties: { street: { type: string } } }
    Unused: { type: string }
";

/// Runs `generate` with these lines in the configuration.
fn generate(lines: &str) -> (TempDir, Option<i32>, String) {
    let folder = TempDir::new().unwrap();
    let config = format!(
        "apis:\n  pets:\n    description: pets.yaml\n    client: {{ name: pets }}\n    docs: [rest]\n{lines}"
    );
    fs::write(folder.path().join("sdkwright.yaml"), config).unwrap();
    fs::write(folder.path().join("pets.yaml"), SPEC).unwrap();
    let output = Command::new(cargo_bin!("sdkwright"))
        .arg("generate")
        .current_dir(folder.path())
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    (folder, output.status.code(), told)
}

/// The actions and the documented schemas that are made, each in the order of its file.
fn made(lines: &str) -> (Vec<&'static str>, Vec<&'static str>) {
    let (folder, status, told) = generate(lines);
    assert_eq!(status, Some(0), "{told}");
    let root = folder.path().join("generated/pets");
    let sources: String = ["pets", "owners"]
        .iter()
        .filter_map(|name| fs::read_to_string(root.join(format!("client/src/{name}.rs"))).ok())
        .collect();
    let schemas = text_below(&root.join("docs/rest"));
    let actions = ["fn list(", "fn clear(", "fn get_home("];
    let keys = ["Pet", "Animal", "Home", "Unused"];
    (
        actions
            .into_iter()
            .filter(|name| sources.contains(name))
            .collect(),
        keys.into_iter()
            .filter(|key| schemas.contains(&format!("## {key}\n")))
            .collect(),
    )
}

/// The pages of schemas.
fn text_below(folder: &std::path::Path) -> String {
    let entries = fs::read_dir(folder).unwrap();
    let text = |path: std::path::PathBuf| match path.is_dir() {
        true => text_below(&path),
        false if path.ends_with("_schemas.md") || path.ends_with("schemas.md") => {
            fs::read_to_string(path).unwrap()
        }
        false => String::new(),
    };
    entries.map(|entry| text(entry.unwrap().path())).collect()
}

#[test]
fn nothing_said_keeps_everything() {
    let (actions, schemas) = made("");
    assert_eq!(actions, ["fn list(", "fn clear(", "fn get_home("]);
    assert_eq!(schemas, ["Pet", "Animal", "Home", "Unused"]);
}

#[test]
fn operations_are_chosen_by_tag_path_and_id_with_the_schemas_they_reach() {
    for (lines, actions, schemas) in [
        (
            "    only: { tags: [public] }\n",
            vec!["fn list("],
            vec!["Pet", "Animal"],
        ),
        (
            "    only: { tags: [owners] }\n",
            vec!["fn get_home("],
            vec!["Home"],
        ),
        (
            "    only: { paths: ['/owners/**'] }\n",
            vec!["fn get_home("],
            vec!["Home"],
        ),
        (
            "    only: { operations: [pets.clear] }\n",
            vec!["fn clear("],
            vec![],
        ),
        (
            "    only: { tags: [pets] }\n    except: { operations: [listPets] }\n",
            vec!["fn clear("],
            vec![],
        ),
        (
            "    except: { paths: [/pets] }\n",
            vec!["fn get_home("],
            vec!["Home"],
        ),
    ] {
        assert_eq!(made(lines), (actions, schemas), "{lines}");
    }
}

#[test]
fn names_that_nothing_has_are_told_with_near_ones() {
    for (lines, said) in [
        ("    only: { tags: [pest] }\n", "did you mean `pets`?"),
        ("    only: { paths: [/pet] }\n", "did you mean `/pets`?"),
        (
            "    except: { operations: [listPet] }\n",
            "did you mean `listPets`?",
        ),
        ("    only: { operations: [quux] }\n", "sdkwright inspect"),
        ("    except: { paths: ['**'] }\n", "no operation is left"),
        ("    only: { tag: [pets] }\n", "unknown field `tag`"),
    ] {
        let (folder, status, told) = generate(lines);
        assert_eq!(status, Some(1), "{told}");
        assert!(told.contains(said), "{told}");
        assert!(!folder.path().join("generated").exists(), "{lines}");
    }
}
