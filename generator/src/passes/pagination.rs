//! Finds lists that come in pages.
//!
//! Descriptions have no word for it, so clients that only know the description fetch the first
//! page and call it the list. Here a list is found by a convention that leaves no doubt: the
//! body of a `GET` has one list of items, and `links.next` (JSON:API, HAL's `_links.next`)
//! beside it.

use crate::ir::{
    Api, Field, Method, NextPage, Operation, Pagination, Record, Shape, Status, TypeId, Types,
};

/// Sets `pagination` on each operation that answers in pages.
pub fn find_pagination(api: &mut Api) {
    let types = &api.types;
    for operation in api
        .resources
        .iter_mut()
        .flat_map(|resource| &mut resource.operations)
    {
        operation.pagination = pagination(operation, types);
    }
}

fn pagination(operation: &Operation, types: &Types) -> Option<Pagination> {
    if operation.method != Method::Get {
        return None;
    }
    let body = record(types, success_type(operation)?)?;
    let items = items_field(body, types)?;
    let links = ["links", "_links"].into_iter().find(|links| {
        let field = body.fields.iter().find(|field| field.name == *links);
        field
            .and_then(|field| record(types, field.ty))
            .is_some_and(|links| links.fields.iter().any(|field| field.name == "next"))
    })?;
    Some(Pagination {
        items: vec![items.name.clone()],
        next: NextPage::Link {
            path: vec![links.to_owned(), "next".to_owned()],
        },
    })
}

fn success_type(operation: &Operation) -> Option<TypeId> {
    let ok = operation
        .responses
        .iter()
        .find(|response| response.status == Status::Code(200))?;
    ok.content.iter().find(|media| media.is_json())?.ty
}

fn record(types: &Types, id: TypeId) -> Option<&Record> {
    match &types.get(types.resolve(id)).shape {
        Shape::Record(record) => Some(record),
        _ => None,
    }
}

/// The only field that is a list, else the one called `data` or `items`.
fn items_field<'a>(body: &'a Record, types: &Types) -> Option<&'a Field> {
    let is_list =
        |field: &&Field| matches!(types.get(types.resolve(field.ty)).shape, Shape::List(_));
    let lists: Vec<&Field> = body.fields.iter().filter(is_list).collect();
    match lists[..] {
        [only] => Some(only),
        _ => lists
            .into_iter()
            .find(|field| field.name == "data" || field.name == "items"),
    }
}
