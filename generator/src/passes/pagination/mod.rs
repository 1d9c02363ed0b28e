//! Finds lists that come in pages.
//!
//! OpenAPI has no word for it, so clients that only know the description fetch the first page and
//! call it the list. Here an operation has pages if it says so (`x-pagination`, `x-ms-pageable`)
//! or keeps to a convention that leaves no doubt: both what leads to the next page and the list of
//! items are there. A convention that is wrongly seen loses items or asks for them twice, one that
//! is not seen is a loop that the caller writes, so whatever is in doubt is left alone.

mod answer;
mod conventions;
mod count;
mod declared;
mod first;
mod names;

use crate::diagnostic::Problems;
use crate::ir::{Api, Method, NextPage, Operation, Pagination, SaidPagination, Types};

use self::answer::Answer;
use self::first::Firsts;

/// Sets `pagination` on each operation that answers in pages.
pub fn find_pagination(api: &mut Api, problems: &mut Problems) {
    let firsts = Firsts::of(api);
    let types = &api.types;
    let operations = api.resources.iter_mut();
    for operation in operations.flat_map(|resource| &mut resource.operations) {
        operation.pagination = pagination(operation, types, &firsts, problems);
    }
}

fn pagination(
    operation: &Operation,
    types: &Types,
    firsts: &Firsts,
    problems: &mut Problems,
) -> Option<Pagination> {
    let answer = Answer::of(operation, types);
    match &operation.said_pagination {
        SaidPagination::None => None,
        SaidPagination::Declared(said) => {
            declared::pagination(said, operation, answer.as_ref(), types, firsts, problems)
        }
        _ if operation.method != Method::Get => None,
        SaidPagination::Pageable { link, items } => {
            let items = vec![items.clone()];
            let listed = answer?.is_list(&items);
            let keys = vec![link.clone()];
            listed.then(|| plain(items, NextPage::Link { keys }))
        }
        SaidPagination::Nothing => conventions::pagination(operation, &answer?, types, firsts),
    }
}

/// Pages that say nothing beside what leads to the next one.
fn plain(items: Vec<String>, next: NextPage) -> Pagination {
    Pagination {
        items,
        next,
        more: None,
        total: None,
        pages: None,
        size: None,
    }
}
