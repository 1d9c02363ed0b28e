//! The map of the house, held against the house: `ARCHITECTURE.md` cannot lie.
//!
//! Every file of the generator is parsed and every path in it looked at, imports as well as
//! inline ones. Text inside of macros is looked at token by token, because `quote!` of generated
//! code mentions crates that are not ours; so only the arguments of other macros count.

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fs;
    use std::path::{Path, PathBuf};

    use proc_macro2::{TokenStream, TokenTree};
    use syn::visit::{self, Visit};

    type Rooms = BTreeMap<String, BTreeSet<String>>;

    /// What only some rooms may touch.
    const OUTSIDE: [&str; 9] = [
        "std::fs",
        "std::process",
        "std::net",
        "std::env",
        "std::io::stdin",
        "std::io::stdout",
        "std::io::stderr",
        "tempfile",
        "rust_embed",
    ];
    const MAY_TOUCH: [&str; 6] = ["source", "template", "output", "config", "cli", "main"];
    /// What the network is listened to with, by one room alone.
    const LISTENING: [&str; 5] = [
        "std::net::TcpListener",
        "tokio",
        "hyper",
        "hyper_util",
        "http_body_util",
    ];
    const LISTENS: &str = "mock";

    fn repository() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
    }

    /// The table between the two comments.
    fn map() -> Rooms {
        let text = fs::read_to_string(repository().join("ARCHITECTURE.md")).unwrap();
        let (_, rest) = text.split_once("<!-- rooms -->").unwrap();
        let (table, _) = rest.split_once("<!-- /rooms -->").unwrap();
        let rows = table.trim().lines().skip(2);
        let names = |cell: &str| -> Vec<String> {
            cell.split('`')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect()
        };
        rows.map(|row| {
            let cells: Vec<&str> = row.trim().trim_matches('|').split('|').collect();
            let [room, uses] = cells[..] else {
                panic!("a row has two cells: {row}");
            };
            let room = names(room)
                .pop()
                .unwrap_or_else(|| panic!("no room in {row}"));
            (room, names(uses).into_iter().collect())
        })
        .collect()
    }

    fn files(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }

    /// Every path of every file: its room, its file, the path.
    fn mentions() -> Vec<(String, String, Vec<String>)> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut found = Vec::new();
        files(&root, &mut found);
        assert!(found.len() > 50, "the sources are not where they were");
        let mut mentions = Vec::new();
        for file in found {
            let relative = file.strip_prefix(&root).unwrap();
            let first = relative.components().next().unwrap();
            let room = first.as_os_str().to_str().unwrap().trim_end_matches(".rs");
            let syntax = syn::parse_file(&fs::read_to_string(&file).unwrap()).unwrap();
            let mut paths = Paths::default();
            paths.visit_file(&syntax);
            for path in paths.found {
                let name = relative.display().to_string();
                mentions.push((room.to_owned(), name, path));
            }
        }
        mentions
    }

    #[derive(Default)]
    struct Paths {
        found: Vec<Vec<String>>,
    }

    impl Paths {
        fn add_tree(&mut self, before: &[String], tree: &syn::UseTree) {
            let with = |name: &syn::Ident| {
                let mut path = before.to_vec();
                path.push(name.to_string());
                path
            };
            match tree {
                syn::UseTree::Path(path) => self.add_tree(&with(&path.ident), &path.tree),
                syn::UseTree::Name(name) => self.found.push(with(&name.ident)),
                syn::UseTree::Rename(rename) => self.found.push(with(&rename.ident)),
                syn::UseTree::Glob(_) => self.found.push(before.to_vec()),
                syn::UseTree::Group(group) => {
                    for tree in &group.items {
                        self.add_tree(before, tree);
                    }
                }
            }
        }

        /// Runs of `name::name` in the tokens of a macro.
        fn add_tokens(&mut self, tokens: TokenStream) {
            let mut path: Vec<String> = Vec::new();
            let mut colons = 0;
            for token in tokens {
                match token {
                    TokenTree::Ident(ident) if colons == 2 => path.push(ident.to_string()),
                    TokenTree::Ident(ident) => {
                        self.found
                            .push(std::mem::replace(&mut path, vec![ident.to_string()]));
                    }
                    TokenTree::Punct(punct) if punct.as_char() == ':' => {
                        colons += 1;
                        continue;
                    }
                    TokenTree::Group(group) => self.add_tokens(group.stream()),
                    _ => self.found.push(std::mem::take(&mut path)),
                }
                colons = 0;
            }
            self.found.push(path);
        }
    }

    impl<'ast> Visit<'ast> for Paths {
        fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
            self.add_tree(&[], &item.tree);
        }

        fn visit_path(&mut self, path: &'ast syn::Path) {
            let segments = path.segments.iter();
            let names = segments.map(|segment| segment.ident.to_string());
            self.found.push(names.collect());
            visit::visit_path(self, path);
        }

        fn visit_macro(&mut self, mac: &'ast syn::Macro) {
            self.visit_path(&mac.path);
            let name = mac.path.segments.last().unwrap().ident.to_string();
            if name != "quote" {
                self.add_tokens(mac.tokens.clone());
            }
        }
    }

    #[test]
    fn every_use_is_on_the_map() {
        let map = map();
        let mut real: Rooms = map
            .keys()
            .map(|room| (room.clone(), BTreeSet::new()))
            .collect();
        let mut wrong = Vec::new();
        for (room, file, path) in mentions() {
            let [start, other, ..] = &path[..] else {
                continue;
            };
            if start != "crate" || *other == room || ["lib", "main"].contains(&&*room) {
                continue;
            }
            if !map.get(&room).is_some_and(|uses| uses.contains(other)) {
                wrong.push(format!("{file}: `{room}` must not use `{other}`"));
            }
            real.entry(room).or_default().insert(other.clone());
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert_eq!(map, real, "the map lists what nobody uses");
    }

    #[test]
    fn the_map_names_every_room() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let rooms: BTreeSet<String> = fs::read_dir(root)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
            .filter(|room| !["lib", "main"].contains(&&**room))
            .collect();
        let named: BTreeSet<String> = map().into_keys().collect();
        assert_eq!(named, rooms);
    }

    #[test]
    fn rooms_stand_in_one_order() {
        let mut rest = map();
        while !rest.is_empty() {
            let known: BTreeSet<String> = rest.keys().cloned().collect();
            let free: Vec<String> = rest
                .iter()
                .filter(|(_, uses)| uses.is_disjoint(&known))
                .map(|(room, _)| room.clone())
                .collect();
            assert!(!free.is_empty(), "these rooms use each other: {known:?}");
            for room in free {
                rest.remove(&room);
            }
        }
    }

    #[test]
    fn some_rooms_are_apart() {
        let map = map();
        assert!(!map["rust"].contains("docs") && !map["docs"].contains("rust"));
        for (room, uses) in &map {
            let sees = uses.contains("model");
            assert_eq!(sees, room == "resolve", "{room} and the model");
        }
    }

    #[test]
    fn the_outside_is_touched_at_the_edges() {
        let mut wrong = Vec::new();
        for (room, file, path) in mentions() {
            let path = path.join("::");
            let among = |edges: &[&str]| {
                let mut edges = edges.iter();
                edges.any(|edge| path == *edge || path.starts_with(&format!("{edge}::")))
            };
            let listens = room == LISTENS;
            let outside = among(&OUTSIDE) && !(listens && among(&["std::net"]));
            if among(&LISTENING) && !listens || outside && !MAY_TOUCH.contains(&&*room) {
                wrong.push(format!("{file}: `{path}`"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
