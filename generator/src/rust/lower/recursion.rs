//! Which types hold themselves, so that a value of them has to be kept in a box.

use crate::ir::{Shape, Type, TypeId, Types};

/// Groups of types (strongly connected components of a graph whose edges are fields and
/// variants; lists and maps break a circle).
#[derive(Clone, Debug)]
pub(super) struct Recursion {
    group: Vec<u32>,
    circular: Vec<bool>,
}

/// Tarjan's algorithm, with a stack of its own: descriptions may nest as deep as they like.
struct Search<'a> {
    types: &'a Types,
    edges: fn(&Types, usize) -> Vec<usize>,
    order: Vec<u32>,
    low: Vec<u32>,
    on_stack: Vec<bool>,
    stack: Vec<usize>,
    next: u32,
    found: Recursion,
}

impl Recursion {
    /// The groups of types that hold each other by value: something in them must be boxed.
    pub(super) fn by_value(types: &Types) -> Self {
        Self::of(types, held)
    }

    /// The groups of types that cannot be without each other: no value of them could ever end.
    pub(super) fn by_need(types: &Types) -> Self {
        Self::of(types, needed)
    }

    /// The groups of types that are spelled with each other and have no name that could stand for
    /// itself: `Vec` of itself.
    pub(super) fn by_spelling(types: &Types) -> Self {
        Self::of(types, spelled)
    }

    /// The groups of unions that are variants of each other: reading one would never end.
    pub(super) fn by_choice(types: &Types) -> Self {
        Self::of(types, chosen)
    }

    fn of(types: &Types, edges: fn(&Types, usize) -> Vec<usize>) -> Self {
        let count = types.iter().len();
        let mut search = Search {
            types,
            edges,
            order: vec![u32::MAX; count],
            low: vec![u32::MAX; count],
            on_stack: vec![false; count],
            stack: Vec::new(),
            next: 0,
            found: Self {
                group: vec![u32::MAX; count],
                circular: vec![false; count],
            },
        };
        for start in 0..count {
            if search.order[start] == u32::MAX {
                search.from(start);
            }
        }
        search.found
    }

    /// Whether a value of `part` inside a value of `whole` would hold itself.
    pub(super) fn is_circular(&self, whole: TypeId, part: TypeId) -> bool {
        let (whole, part) = (whole.0 as usize, part.0 as usize);
        self.group[whole] == self.group[part] && self.circular[part]
    }
}

impl Search<'_> {
    fn from(&mut self, start: usize) {
        let mut path = vec![(start, 0)];
        self.open(start);
        while let Some((node, edge)) = path.last_mut() {
            let node = *node;
            let parts = (self.edges)(self.types, node);
            let Some(part) = parts.get(*edge).copied() else {
                path.pop();
                if let Some((parent, _)) = path.last() {
                    self.low[*parent] = self.low[*parent].min(self.low[node]);
                }
                self.close(node);
                continue;
            };
            *edge += 1;
            if part == node {
                self.found.circular[node] = true;
            }
            if self.order[part] == u32::MAX {
                self.open(part);
                path.push((part, 0));
            } else if self.on_stack[part] {
                self.low[node] = self.low[node].min(self.order[part]);
            }
        }
    }

    fn open(&mut self, node: usize) {
        self.order[node] = self.next;
        self.low[node] = self.next;
        self.next += 1;
        self.stack.push(node);
        self.on_stack[node] = true;
    }

    fn close(&mut self, node: usize) {
        if self.low[node] != self.order[node] {
            return;
        }
        let from = self
            .stack
            .iter()
            .rposition(|open| *open == node)
            .unwrap_or_default();
        let members = self.stack.split_off(from);
        let many = members.len() > 1;
        for member in members {
            self.on_stack[member] = false;
            self.found.group[member] = self.order[node];
            self.found.circular[member] |= many;
        }
    }
}

fn type_of(types: &Types, node: usize) -> Option<&Type> {
    let id = u32::try_from(node).ok()?;
    Some(types.get(TypeId(id)))
}

fn held(types: &Types, node: usize) -> Vec<usize> {
    edges(types, node, |shape| {
        !matches!(shape, Shape::List(_) | Shape::Map(_))
    })
}

fn spelled(types: &Types, node: usize) -> Vec<usize> {
    edges(types, node, |shape| {
        matches!(shape, Shape::List(_) | Shape::Map(_) | Shape::Alias(_))
    })
}

fn chosen(types: &Types, node: usize) -> Vec<usize> {
    edges(types, node, |shape| {
        matches!(shape, Shape::Union(_) | Shape::Alias(_))
    })
}

/// All parts of a type whose shape counts.
fn edges(types: &Types, node: usize, counts: fn(&Shape) -> bool) -> Vec<usize> {
    let ty = type_of(types, node).filter(|ty| counts(&ty.shape));
    let parts = ty.map(super::reach::parts).unwrap_or_default();
    parts.into_iter().map(|part| part.0 as usize).collect()
}

/// The types of which a value must be there: of required fields that cannot be `null`.
fn needed(types: &Types, node: usize) -> Vec<usize> {
    let parts: Vec<TypeId> = match type_of(types, node).map(|ty| &ty.shape) {
        Some(Shape::Alias(target)) => vec![*target],
        Some(Shape::Tuple(tuple)) => tuple.items[..tuple.required].to_vec(),
        Some(Shape::Record(record)) => {
            let required = record.fields.iter().filter(|field| field.required);
            required.map(|field| field.ty).collect()
        }
        _ => Vec::new(),
    };
    let parts = parts
        .into_iter()
        .filter(|part| !types.get(*part).nullable && !types.get(types.resolve(*part)).nullable);
    parts.map(|part| part.0 as usize).collect()
}
