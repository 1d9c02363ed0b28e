//! `docs/guides/add-a-language.md`, followed to the letter: its files are written, its commands
//! run, and what it shows is what comes out.

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::process::{Command, Output};

    use serde_json::Value;
    use snapbox::cmd::cargo_bin;
    use tempfile::TempDir;

    const PAGE: &str = "templates/docs/python/page.md.tera";

    /// A fenced block: its language and its text.
    struct Block {
        language: String,
        text: String,
    }

    impl Block {
        /// The path that its first line names, in a comment of its language.
        fn path(&self) -> Option<&str> {
            let line = self.text.lines().next()?;
            let comments = [("# ", ""), ("{#- ", " -#}"), ("<!-- ", " -->")];
            let path = comments
                .iter()
                .find_map(|(open, close)| line.strip_prefix(open)?.strip_suffix(close))?;
            (path.contains('.') && !path.contains(' ')).then_some(path)
        }

        /// The lines below the one that names its path.
        fn body(&self) -> &str {
            self.text.split_once('\n').unwrap().1
        }
    }

    fn blocks() -> Vec<Block> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guides/add-a-language.md");
        let guide = fs::read_to_string(path).unwrap();
        let mut blocks = Vec::new();
        let mut lines = guide.lines();
        while let Some(line) = lines.next() {
            let ticks = line.len() - line.trim_start_matches('`').len();
            if ticks < 3 {
                continue;
            }
            let (fence, language) = line.split_at(ticks);
            let text = lines.by_ref().take_while(|line| *line != fence);
            blocks.push(Block {
                language: language.to_owned(),
                text: text.flat_map(|line| [line, "\n"]).collect(),
            });
        }
        blocks
    }

    fn run(folder: &Path, line: &str) -> Output {
        let arguments = line.strip_prefix("sdkwright ").unwrap().split(' ');
        Command::new(cargo_bin!("sdkwright"))
            .args(arguments)
            .current_dir(folder)
            .env("NO_COLOR", "1")
            .output()
            .unwrap()
    }

    fn text(bytes: Vec<u8>) -> String {
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn the_guide_leads_to_the_pages_that_it_shows() {
        let work = TempDir::new().unwrap();
        let mut answer = String::new();
        let mut compared = 0;
        for block in blocks() {
            match (&*block.language, block.path()) {
                ("yaml" | "jinja", Some(path)) => {
                    let path = work.path().join(path);
                    fs::create_dir_all(path.parent().unwrap()).unwrap();
                    fs::write(path, &block.text).unwrap();
                }
                ("sh", None) => {
                    for line in block.text.lines() {
                        let output = run(work.path(), line);
                        assert_eq!(text(output.stderr), "", "{line}");
                        answer = text(output.stdout);
                    }
                }
                ("json", None) => {
                    let shown: Value = serde_json::from_str(&block.text).unwrap();
                    let whole: Value = serde_json::from_str(&answer).unwrap();
                    assert_holds(&whole, &shown, "");
                    compared += 1;
                }
                ("markdown", Some(path)) => {
                    let made = fs::read_to_string(work.path().join(path)).unwrap();
                    assert_eq!(block.body(), made, "{path}");
                    compared += 1;
                }
                ("text", None) => {
                    make_mistake(work.path(), &block.text);
                    let told = text(run(work.path(), "sdkwright generate").stderr);
                    assert!(told.starts_with(&block.text), "{told}");
                    compared += 1;
                }
                (language, path) => panic!("what is a block of `{language}` with {path:?} for?"),
            }
        }
        assert_eq!(
            compared, 3,
            "the guide shows a context, a page and a message"
        );
    }

    /// Every value that is shown is one that there is.
    fn assert_holds(whole: &Value, shown: &Value, at: &str) {
        match (whole, shown) {
            (Value::Object(whole), Value::Object(shown)) => {
                for (key, shown) in shown {
                    let whole = whole.get(key).unwrap_or(&Value::Null);
                    assert_holds(whole, shown, &format!("{at}/{key}"));
                }
            }
            (Value::Array(whole), Value::Array(shown)) => {
                assert_eq!(whole.len(), shown.len(), "{at}");
                for (whole, shown) in whole.iter().zip(shown) {
                    assert_holds(whole, shown, at);
                }
            }
            _ => assert_eq!(whole, shown, "{at}"),
        }
    }

    /// Puts the line of a message's excerpt (`4 | …`) into the page.
    fn make_mistake(folder: &Path, message: &str) {
        let excerpt = message.lines().find_map(|line| {
            let (number, line) = line.split_once(" | ")?;
            Some((number.parse::<usize>().ok()?, line))
        });
        let (number, line) = excerpt.unwrap();
        let page = fs::read_to_string(folder.join(PAGE)).unwrap();
        let mut lines: Vec<&str> = page.lines().collect();
        lines[number - 1] = line;
        fs::write(folder.join(PAGE), lines.join("\n")).unwrap();
    }
}
