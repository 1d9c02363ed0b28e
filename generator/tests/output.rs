//! How files reach the disk: each promise of `sdkwright::output`, held against a real folder.

#![expect(
    clippy::unwrap_used,
    reason = "what fails in a test's own functions fails the test"
)]

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use sdkwright::diagnostic::Problems;
use sdkwright::output::{
    Companions, Destination, Foreign, MANIFEST, Plan, State, TEMPORARY_PREFIX, Tree,
};
use tempfile::TempDir;

/// A tree of paths and texts.
fn tree(files: &[(&str, &str)]) -> Tree {
    let mut tree = Tree::new();
    for (path, text) in files {
        tree.insert(*path, *text);
    }
    tree
}

fn plan_to(files: &[(&str, &str)], destination: &Destination) -> Result<Plan, Vec<String>> {
    let mut problems = Problems::new();
    let plan = Plan::new(tree(files), destination, &mut problems);
    let codes = problems
        .sorted()
        .into_iter()
        .map(|problem| problem.code.0.to_owned());
    let codes: Vec<String> = codes.collect();
    assert_eq!(plan.is_none(), problems.has_errors(), "{codes:?}");
    plan.ok_or(codes)
}

fn plan(files: &[(&str, &str)], root: &Path) -> Result<Plan, Vec<String>> {
    plan_to(files, &Destination::new(root))
}

/// A whole run.
fn run(files: &[(&str, &str)], root: &Path) {
    plan(files, root).unwrap().apply().unwrap();
    assert!(plan(files, root).unwrap().is_current());
}

/// What `--check` would list: state and path from the root.
fn drift(files: &[(&str, &str)], root: &Path) -> Vec<(State, String)> {
    let prefix = format!("{}/", root.display());
    let changes = plan(files, root).unwrap().changes();
    changes
        .into_iter()
        .map(|change| {
            (
                change.state,
                change.path.strip_prefix(&prefix).unwrap().to_owned(),
            )
        })
        .collect()
}

/// Every file below a folder with its text, in order of path.
fn listing(root: &Path) -> Vec<(String, String)> {
    fn walk(folder: &Path, root: &Path, list: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let place = entry.unwrap().path();
            if place.is_dir() {
                walk(&place, root, list);
            } else {
                let path = place.strip_prefix(root).unwrap().to_str().unwrap();
                let text = String::from_utf8_lossy(&fs::read(&place).unwrap()).into_owned();
                list.push((path.to_owned(), text));
            }
        }
    }
    let mut list = Vec::new();
    walk(root, root, &mut list);
    list.sort();
    list
}

fn paths(root: &Path) -> Vec<String> {
    listing(root).into_iter().map(|(path, _)| path).collect()
}

fn modified(place: &Path) -> SystemTime {
    fs::metadata(place).unwrap().modified().unwrap()
}

#[test]
fn a_run_writes_its_files_and_names_them() {
    let folder = TempDir::new().unwrap();
    let root = folder.path().join("new/api");
    run(&[("b/c.md", "c\n"), ("a.md", "a\n")], &root);
    assert_eq!(paths(&root), [MANIFEST, "a.md", "b/c.md"]);
    insta::assert_snapshot!(fs::read_to_string(root.join(MANIFEST)).unwrap(), @"
    # The files below are made by sdkwright: it replaces them, and removes those it makes no more.
    a.md
    b/c.md
    ");
}

#[test]
fn only_files_whose_bytes_change_are_touched() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    run(&[("same", "1\n"), ("other", "1\n")], root);
    let old = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    for path in ["same", "other", MANIFEST] {
        let file = fs::File::options()
            .write(true)
            .open(root.join(path))
            .unwrap();
        file.set_modified(old).unwrap();
    }
    run(&[("same", "1\n"), ("other", "2\n")], root);
    assert_eq!(modified(&root.join("same")), old);
    assert_eq!(modified(&root.join(MANIFEST)), old);
    assert!(modified(&root.join("other")) > old);
}

#[test]
fn what_is_made_no_more_goes_with_its_empty_folders() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    run(
        &[("a/b/old.md", ""), ("c/old.md", ""), ("kept.md", "")],
        root,
    );
    fs::write(root.join("c/mine.txt"), "mine").unwrap();
    run(&[("kept.md", "")], root);
    assert_eq!(paths(root), [MANIFEST, "c/mine.txt", "kept.md"]);
    assert!(!root.join("a").exists());
}

#[test]
fn a_foreign_file_is_kept() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    fs::write(root.join("mine.txt"), "mine").unwrap();
    run(&[("a.md", "")], root);
    run(&[], root);
    assert_eq!(paths(root), [MANIFEST, "mine.txt"]);
}

#[test]
fn a_foreign_file_in_the_way_stops_everything_unless_forced() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    fs::write(root.join("b.md"), "mine").unwrap();
    let files = [("a.md", "made"), ("b.md", "made")];
    assert_eq!(plan(&files, root).unwrap_err(), ["not-ours"]);
    assert_eq!(paths(root), ["b.md"]);

    let forced = Destination::new(root).foreign(Foreign::Replace);
    plan_to(&files, &forced).unwrap().apply().unwrap();
    assert_eq!(fs::read_to_string(root.join("b.md")).unwrap(), "made");
    assert!(plan(&files, root).unwrap().is_current());
}

#[test]
fn a_foreign_file_with_the_same_bytes_is_adopted() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.md"), "made").unwrap();
    run(&[("a.md", "made")], folder.path());
    run(&[], folder.path());
    assert_eq!(paths(folder.path()), [MANIFEST]);
}

#[test]
fn nothing_to_write_leaves_nothing() {
    let folder = TempDir::new().unwrap();
    run(&[], &folder.path().join("never"));
    assert!(!folder.path().join("never").exists());
}

#[test]
fn a_check_lists_what_is_missing_extra_and_changed_and_writes_nothing() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    run(
        &[("changed", "1\n2\n3\n"), ("extra", ""), ("same", "")],
        root,
    );
    let before = listing(root);
    let files = [("changed", "1\n2\nthree\n"), ("missing", ""), ("same", "")];
    assert_eq!(
        drift(&files, root),
        [
            (State::Changed, MANIFEST.to_owned()),
            (State::Changed, "changed".to_owned()),
            (State::Extra, "extra".to_owned()),
            (State::Missing, "missing".to_owned()),
        ]
    );
    assert_eq!(listing(root), before);

    let changes = plan(&files, root).unwrap().changes();
    let shown = changes[1].to_string();
    let shown = shown.replace(&root.display().to_string(), "ROOT");
    insta::assert_snapshot!(shown, @"
    changed ROOT/changed
        @@ -2,2 +2,2 @@
         2
        -3
        +three
    ");
}

#[test]
fn a_long_difference_is_cut() {
    let folder = TempDir::new().unwrap();
    let old: String = (0..50).map(|n| format!("old {n}\n")).collect();
    let new: String = (0..50).map(|n| format!("new {n}\n")).collect();
    run(&[("a", &old)], folder.path());
    let changes = plan(&[("a", &new)], folder.path()).unwrap().changes();
    let shown = changes[0].to_string();
    assert_eq!(shown.lines().count(), 12, "{shown}");
    assert!(shown.ends_with("… and 91 lines more"), "{shown}");
}

#[test]
fn bytes_on_disk_that_are_no_text_are_replaced() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    run(&[("a", "text")], root);
    fs::write(root.join("a"), b"\xff\xfe").unwrap();
    let changes = plan(&[("a", "text")], root).unwrap().changes();
    assert!(changes[0].to_string().contains("not UTF-8"));
    run(&[("a", "text")], root);
}

#[test]
fn line_ends_are_always_newlines() {
    let folder = TempDir::new().unwrap();
    run(&[("a", "1\r\n2\r\n")], folder.path());
    assert_eq!(fs::read(folder.path().join("a")).unwrap(), b"1\n2\n");
}

#[test]
fn a_run_that_was_killed_is_finished_by_the_next() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    let old = [("a/old", "1"), ("both", "1")];
    let new = [("both", "2"), ("new/file", "2")];
    run(&old, root);
    // What such a run leaves: the manifest of both, some of the new files, one unfinished.
    let manifest = fs::read_to_string(root.join(MANIFEST)).unwrap();
    fs::write(root.join(MANIFEST), manifest + "new/file\n").unwrap();
    fs::create_dir(root.join("new")).unwrap();
    fs::write(root.join("new/file"), "of another version").unwrap();
    fs::write(root.join(format!("new/{TEMPORARY_PREFIX}x")), "half").unwrap();
    fs::write(root.join(format!("{TEMPORARY_PREFIX}y")), "half").unwrap();
    assert!(drift(&new, root).contains(&(State::Extra, format!("{TEMPORARY_PREFIX}y"))));

    run(&new, root);
    assert_eq!(paths(root), [MANIFEST, "both", "new/file"]);
}

#[test]
fn a_run_that_cannot_go_on_has_named_what_it_made() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    // The second name is longer than file systems take, which only writing finds out.
    let long = "n".repeat(300);
    let files = [("a", "1"), (long.as_str(), "1")];
    let mut problems = Problems::new();
    match Plan::new(tree(&files), &Destination::new(root), &mut problems) {
        // Some systems say so when asked whether the file is there.
        None => assert_eq!(problems.sorted()[0].code.0, "cannot-read"),
        Some(plan) => {
            assert_eq!(plan.apply().unwrap_err().code.0, "cannot-write");
            let manifest = fs::read_to_string(root.join(MANIFEST)).unwrap();
            assert!(manifest.contains("\na\n"));
        }
    }
}

#[test]
fn a_file_can_become_a_folder_and_back() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    run(&[("a", "file")], root);
    run(&[("a/b", "below")], root);
    assert_eq!(paths(root), [MANIFEST, "a/b"]);
    run(&[("a", "file")], root);
    assert_eq!(paths(root), [MANIFEST, "a"]);
}

#[test]
fn a_name_can_change_its_case() {
    let folder = TempDir::new().unwrap();
    run(&[("Name.md", "1")], folder.path());
    run(&[("name.md", "1")], folder.path());
    assert_eq!(paths(folder.path()), [MANIFEST, "name.md"]);
}

#[test]
fn folders_and_files_in_the_way_are_named() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("a")).unwrap();
    fs::write(root.join("b"), "mine").unwrap();
    let codes = plan(&[("a", ""), ("b/c", "")], root).unwrap_err();
    assert_eq!(codes, ["in-the-way", "in-the-way"]);
    assert_eq!(paths(root), ["b"]);
}

#[test]
fn paths_that_collide_are_named() {
    let folder = TempDir::new().unwrap();
    for files in [
        [("Error.md", ""), ("error.md", "")],
        [("a", ""), ("a/b", "")],
        [("A", ""), ("a/b", "")],
    ] {
        assert_eq!(
            plan(&files, folder.path()).unwrap_err(),
            ["path-collision"; 1][..]
        );
    }
}

#[test]
fn paths_that_leave_the_root_are_refused() {
    let folder = TempDir::new().unwrap();
    for path in ["../x", "/x", "a/../../x", MANIFEST, "a/"] {
        assert_eq!(
            plan(&[(path, "")], folder.path()).unwrap_err(),
            ["bad-path"],
            "{path}"
        );
    }
}

#[test]
fn a_manifest_that_reaches_out_is_refused() {
    let folder = TempDir::new().unwrap();
    let root = folder.path().join("root");
    fs::create_dir(&root).unwrap();
    fs::write(folder.path().join("precious"), "").unwrap();
    for line in ["../precious", "/etc/passwd", "a/../../precious"] {
        fs::write(root.join(MANIFEST), format!("# ok\n{line}\n")).unwrap();
        assert_eq!(plan(&[], &root).unwrap_err(), ["bad-manifest"], "{line}");
    }
    fs::write(root.join(MANIFEST), b"\xff").unwrap();
    assert_eq!(plan(&[], &root).unwrap_err(), ["bad-manifest"]);
    fs::remove_file(root.join(MANIFEST)).unwrap();
    fs::create_dir(root.join(MANIFEST)).unwrap();
    assert_eq!(plan(&[], &root).unwrap_err(), ["bad-manifest"]);
    assert!(folder.path().join("precious").exists());
}

#[test]
fn companions_stand_beside_the_root() {
    let folder = TempDir::new().unwrap();
    let (root, schema) = (
        folder.path().join("docs"),
        folder.path().join("lib/schemas/a.json"),
    );
    let files = [("../lib/schemas/a.json", "{}\n"), ("page.md", "")];
    assert_eq!(plan(&files, &root).unwrap_err(), ["bad-path"]);

    let destination = Destination::new(&root).companions(Companions::Schemas);
    plan_to(&files, &destination).unwrap().apply().unwrap();
    assert_eq!(fs::read_to_string(&schema).unwrap(), "{}\n");
    assert!(plan_to(&files, &destination).unwrap().is_current());

    plan_to(&files[1..], &destination).unwrap().apply().unwrap();
    assert!(!folder.path().join("lib").exists());
}

#[test]
fn a_foreign_companion_is_seen_before_the_root_exists() {
    let folder = TempDir::new().unwrap();
    let schemas = folder.path().join("lib/schemas");
    fs::create_dir_all(&schemas).unwrap();
    fs::write(schemas.join("a.json"), "mine").unwrap();
    let destination = Destination::new(folder.path().join("docs")).companions(Companions::Schemas);
    let files = [("../lib/schemas/a.json", "{}\n")];
    assert_eq!(plan_to(&files, &destination).unwrap_err(), ["not-ours"]);
}

#[test]
fn shared_companions_are_one_file() {
    let folder = TempDir::new().unwrap();
    let mut tree = Tree::new();
    for format in ["docs/js-await", "docs/js-callback"] {
        let mut pages = Tree::new();
        pages.insert("../lib/schemas/a.json", "{}\n");
        tree.graft(format, pages);
    }
    let mut problems = Problems::new();
    let destination = Destination::new(folder.path());
    Plan::new(tree.clone(), &destination, &mut problems)
        .unwrap()
        .apply()
        .unwrap();
    assert_eq!(paths(folder.path()), [MANIFEST, "docs/lib/schemas/a.json"]);

    tree.insert("docs/ruby/../lib/schemas/a.json", "{ }\n");
    assert!(Plan::new(tree, &destination, &mut problems).is_none());
    assert_eq!(problems.sorted()[0].code.0, "path-collision");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(place: &Path) -> u32 {
        fs::metadata(place).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn permissions_are_those_of_an_ordinary_file() {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("ordinary"), "").unwrap();
        run(&[("a", "1")], folder.path());
        assert_eq!(
            mode(&folder.path().join("a")),
            mode(&folder.path().join("ordinary"))
        );

        fs::set_permissions(folder.path().join("a"), fs::Permissions::from_mode(0o755)).unwrap();
        run(&[("a", "2")], folder.path());
        assert_eq!(mode(&folder.path().join("a")), 0o755);
    }

    #[test]
    fn links_are_not_followed() {
        let folder = TempDir::new().unwrap();
        let (root, outside) = (folder.path().join("root"), folder.path().join("outside"));
        fs::create_dir(&root).unwrap();
        fs::create_dir(&outside).unwrap();
        fs::write(outside.join("precious"), "mine").unwrap();
        symlink(&outside, root.join("out")).unwrap();
        symlink(outside.join("precious"), root.join("file")).unwrap();
        for path in ["out/new", "out/precious", "file"] {
            assert_eq!(
                plan(&[(path, "made")], &root).unwrap_err(),
                ["symlink"],
                "{path}"
            );
        }
        // Nor by a manifest that names what is behind one.
        fs::write(root.join(MANIFEST), "out/precious\n").unwrap();
        assert_eq!(plan(&[], &root).unwrap_err(), ["symlink"]);
        assert_eq!(
            fs::read_to_string(outside.join("precious")).unwrap(),
            "mine"
        );
    }

    #[test]
    fn a_root_that_is_a_link_is_followed() {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("real")).unwrap();
        symlink(folder.path().join("real"), folder.path().join("root")).unwrap();
        run(&[("a", "1")], &folder.path().join("root"));
        assert_eq!(paths(&folder.path().join("real")), [MANIFEST, "a"]);
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_named() {
        let folder = TempDir::new().unwrap();
        let root = folder.path().join("root");
        fs::create_dir(&root).unwrap();
        fs::set_permissions(&root, fs::Permissions::from_mode(0o555)).unwrap();
        let result = plan(&[("a", "1")], &root).unwrap().apply();
        fs::set_permissions(&root, fs::Permissions::from_mode(0o755)).unwrap();
        // The superuser may write anywhere.
        if let Err(problem) = result {
            assert_eq!(problem.code.0, "cannot-write");
            assert!(problem.message.contains("root/"), "{}", problem.message);
        } else {
            assert_eq!(paths(&root), [MANIFEST, "a"]);
        }
    }

    #[test]
    fn a_file_system_that_refuses_is_an_error_and_not_a_panic() {
        // A folder in which nobody, not even the superuser, can make a file.
        let root = Path::new("/proc/self");
        if root.exists() {
            let problem = plan(&[("made", "1")], root).unwrap().apply().unwrap_err();
            assert_eq!(problem.code.0, "cannot-write");
        }
    }
}
