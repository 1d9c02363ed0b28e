//! Imports and modules: their order, and the lists of names in imports.

use std::cmp::Ordering;

use syn::{Item, ItemUse, UseTree};

use super::Layout;
use super::lists::{Tactic, join, tactic};
use super::order::compare;
use super::space::{INDENT, LINE, Space, is_broken};
use super::types::visibility;

/// Items of one kind that stand together are sorted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Import,
    Module,
}

pub(super) fn kind(item: &Item) -> Option<Kind> {
    match item {
        Item::Use(_) => Some(Kind::Import),
        Item::Mod(each) if each.content.is_none() => Some(Kind::Module),
        _ => None,
    }
}

/// A run of items in its order.
pub(super) fn sorted(run: &[Item]) -> Vec<&Item> {
    let mut items: Vec<&Item> = run.iter().collect();
    items.sort_by(|left, right| match (left, right) {
        (Item::Use(left), Item::Use(right)) => {
            in_order(&Tree::of(&left.tree), &Tree::of(&right.tree))
        }
        (Item::Mod(left), Item::Mod(right)) => {
            module_order(&left.ident.to_string(), &right.ident.to_string())
        }
        _ => Ordering::Equal,
    });
    items
}

/// The order of imports.
pub(super) fn in_order(left: &Tree, right: &Tree) -> Ordering {
    left.cmp(right)
}

/// The order of modules. Numbers in their names are letters, other than in imports.
pub(super) fn module_order(left: &str, right: &str) -> Ordering {
    plain(left).cmp(plain(right))
}

/// A name without the mark of a raw identifier.
fn plain(name: &str) -> &str {
    name.trim_start_matches("r#")
}

/// What is imported, its lists sorted.
pub(super) struct Tree {
    path: Vec<Segment>,
    list: Option<Vec<Tree>>,
}

/// A segment of a path. The order of the variants is the order of imports.
pub(super) enum Segment {
    Itself,
    Super,
    Crate,
    Name(String, Option<String>),
    Glob,
}

impl Segment {
    pub(super) fn of(name: &syn::Ident) -> Self {
        match name.to_string().as_str() {
            "self" => Self::Itself,
            "super" => Self::Super,
            "crate" => Self::Crate,
            name => Self::Name(name.to_owned(), None),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Itself => 0,
            Self::Super => 1,
            Self::Crate => 2,
            Self::Name(..) => 3,
            Self::Glob => 4,
        }
    }

    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Name(left, left_as), Self::Name(right, right_as)) => {
                compare(plain(left), plain(right)).then_with(|| match (left_as, right_as) {
                    (Some(left), Some(right)) => compare(plain(left), plain(right)),
                    (left, right) => left.is_some().cmp(&right.is_some()),
                })
            }
            _ => self.rank().cmp(&other.rank()),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Itself => "self".to_owned(),
            Self::Super => "super".to_owned(),
            Self::Crate => "crate".to_owned(),
            Self::Name(name, None) => name.clone(),
            Self::Name(name, Some(alias)) => format!("{name} as {alias}"),
            Self::Glob => "*".to_owned(),
        }
    }
}

impl Tree {
    fn of(tree: &UseTree) -> Self {
        let mut path = Vec::new();
        let mut rest = tree;
        loop {
            match rest {
                UseTree::Path(each) => {
                    path.push(Segment::of(&each.ident));
                    rest = &each.tree;
                    continue;
                }
                UseTree::Name(each) => path.push(Segment::of(&each.ident)),
                UseTree::Rename(each) => {
                    let alias = Some(each.rename.to_string());
                    path.push(Segment::Name(each.ident.to_string(), alias));
                }
                UseTree::Glob(_) => path.push(Segment::Glob),
                UseTree::Group(each) => {
                    return Self::list(path, each.items.iter().map(Self::of).collect());
                }
            }
            return Self::name(path);
        }
    }

    /// One name, or all names.
    pub(super) fn name(path: Vec<Segment>) -> Self {
        Self { path, list: None }
    }

    /// What a list names; a list of one is no list.
    pub(super) fn list(mut path: Vec<Segment>, mut list: Vec<Self>) -> Self {
        if let [only] = &list[..]
            && !matches!(only.path[..], [Segment::Itself])
        {
            let only = list.remove(0);
            path.extend(only.path);
            return Self {
                path,
                list: only.list,
            };
        }
        list.sort_by(Self::cmp);
        Self {
            path,
            list: Some(list),
        }
    }

    fn cmp(&self, other: &Self) -> Ordering {
        let pairs = self.path.iter().zip(&other.path);
        let by_path = pairs
            .map(|(left, right)| left.cmp(right))
            .find(|order| order.is_ne());
        by_path.unwrap_or_else(|| {
            // A list is a last segment, after all names.
            let (left, right) = (self.path.len(), other.path.len());
            match (&self.list, &other.list) {
                (Some(left_list), Some(right_list)) if left == right => {
                    let pairs = left_list.iter().zip(right_list);
                    let by_list = pairs
                        .map(|(left, right)| left.cmp(right))
                        .find(|order| order.is_ne());
                    by_list.unwrap_or(left_list.len().cmp(&right_list.len()))
                }
                (Some(_), _) if left < right => Ordering::Greater,
                (_, Some(_)) if right < left => Ordering::Less,
                (left_list, right_list) => {
                    let left = left + usize::from(left_list.is_some());
                    let right = right + usize::from(right_list.is_some());
                    left.cmp(&right)
                }
            }
        })
    }
}

impl Layout {
    pub(super) fn import(&self, each: &ItemUse) -> Option<String> {
        // `use ` before, `;` behind; rustfmt keeps room for them beside the attributes too.
        let around = "use ;".len();
        let attributes = self.narrow_attributes(&each.attrs, 0, around);
        let visibility = visibility(&each.vis);
        let root = each.leading_colon.map_or("", |_| "::");
        let width = LINE.saturating_sub(visibility.len() + root.len() + around);
        let tree = tree(&Tree::of(&each.tree), 0, width);
        Some(format!("{attributes}{visibility}use {root}{tree};"))
    }
}

/// What is imported, in a line of so many columns, or in many lines.
pub(super) fn tree(each: &Tree, indent: usize, width: usize) -> String {
    let path: Vec<String> = each.path.iter().map(Segment::text).collect();
    let mut text = path.join("::");
    let Some(list) = &each.list else {
        return text;
    };
    if !text.is_empty() {
        text.push_str("::");
    }
    let nested = Space::line(indent + INDENT, false);
    let nested = nested.before(1).unwrap_or(nested);
    let names: Vec<String> = list
        .iter()
        .map(|each| tree(each, nested.indent, nested.width))
        .collect();
    let has_lists = list.iter().any(|each| each.list.is_some());
    let room = match has_lists {
        true => 0,
        false => width.saturating_sub(text.len() + 4),
    };
    let tactic = match tactic(names.iter().map(String::as_str), room) {
        Tactic::Horizontal => Tactic::Horizontal,
        _ if has_lists => Tactic::Vertical,
        _ => Tactic::Mixed,
    };
    let names = join(&names, tactic, nested, true);
    if tactic == Tactic::Horizontal && !is_broken(&names) {
        return format!("{text}{{{names}}}");
    }
    let (inside, outside) = (" ".repeat(nested.indent), " ".repeat(indent));
    format!("{text}{{\n{inside}{names}\n{outside}}}")
}
