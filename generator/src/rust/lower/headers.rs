//! The documented headers of an action's answers, of all statuses in one view: a header of one
//! name and one type is one function, whichever answers have it.

use crate::formats::FormatType;
use crate::ir::{Header, Operation, Response, Status};
use crate::naming::{Scope, snake, suffixed};

use super::super::plan::{ActionPlan, HeaderForm, HeaderPlan, HeadersPlan, Ty};
use super::Context;
use super::answers::{successful, variant_name};

/// Functions that every view has, and those that Rust readers, and clippy with them, take for the
/// ones of the standard library.
const TAKEN: [&str; 6] = ["of", "as_ref", "borrow", "clone", "deref", "not"];

/// Whether the description says anything of headers.
pub(super) fn documented(operation: &Operation) -> bool {
    let mut responses = operation.responses.iter();
    responses.any(|response| !response.headers.is_empty())
}

/// A header with the responses that have it.
struct Documented<'a> {
    header: &'a Header,
    statuses: Vec<Status>,
    plan: HeaderPlan,
}

/// The plan of a view.
pub(super) fn plan(context: &Context<'_>, operation: &Operation, name: &str) -> HeadersPlan {
    let mut scope = Scope::with(&TAKEN);
    let mut all: Vec<Documented<'_>> = Vec::new();
    let mut responses: Vec<&Response> = operation.responses.iter().collect();
    responses.sort_by_key(|response| response.status);
    for response in &responses {
        for header in &response.headers {
            let (ty, form) = content(context, header);
            let same = |known: &&mut Documented<'_>| {
                let name = known.header.name.eq_ignore_ascii_case(&header.name);
                name && known.plan.ty == ty && known.plan.form == form
            };
            match all.iter_mut().find(same) {
                Some(known) => also(known, header, response.status),
                None => all.push(Documented {
                    header,
                    statuses: vec![response.status],
                    plan: HeaderPlan {
                        wire: header.name.clone(),
                        name: function(&mut scope, header, response.status),
                        docs: header.description.clone(),
                        answers: String::new(),
                        required: header.required,
                        deprecated: header.deprecated,
                        ty,
                        form,
                    },
                }),
            }
        }
    }
    let headers = all.into_iter().map(|known| HeaderPlan {
        answers: answers(&known.statuses, operation),
        ..known.plan
    });
    HeadersPlan {
        name: name.to_owned(),
        alias_of: None,
        headers: headers.collect(),
    }
}

/// Which of an operation's answers these are, in words.
fn answers(these: &[Status], operation: &Operation) -> String {
    let successes = successful(operation);
    let is_success = |status: &Status| successes.iter().any(|each| each.status == *status);
    let (good, bad): (Vec<Status>, Vec<Status>) =
        these.iter().partition(|status| is_success(status));
    let all_good = good.len() == successes.len();
    let all_bad = bad.len() == operation.responses.len() - successes.len();
    match (all_good, all_bad) {
        (true, true) => "every answer".to_owned(),
        (true, false) if bad.is_empty() => "a success".to_owned(),
        (false, true) if good.is_empty() => "a failure".to_owned(),
        _ => {
            let these: Vec<String> = these.iter().map(ToString::to_string).collect();
            these.join(", ")
        }
    }
}

/// The name of a function: that of the header, and of the status where another type has taken
/// that.
fn function(scope: &mut Scope, header: &Header, status: Status) -> String {
    let plain = snake(&header.name);
    let of_status = suffixed(&plain, &snake(&variant_name(status)));
    match TAKEN.contains(&&*plain) {
        true => scope.claim([&suffixed(&plain, "header"), &of_status]),
        false => scope.claim([&plain, &of_status]),
    }
}

/// The same header of another response.
fn also(known: &mut Documented<'_>, header: &Header, status: Status) {
    let plan = &mut known.plan;
    plan.required &= header.required;
    plan.deprecated &= header.deprecated;
    plan.docs = plan.docs.take().or_else(|| header.description.clone());
    if !known.statuses.contains(&status) {
        known.statuses.push(status);
    }
}

/// What a header holds and how it is written.
fn content(context: &Context<'_>, header: &Header) -> (Ty, HeaderForm) {
    let ty = match context.value_type(header.ty) {
        Ty::Option(inner) => *inner,
        ty => ty,
    };
    match (&header.content, ty) {
        (Some(media), ty) if media.contains("json") => (ty, HeaderForm::Json),
        // Of what it holds, only its media type is known.
        (Some(_), _) | (None, Ty::Json) => (Ty::String, HeaderForm::Simple),
        (
            None,
            moment @ (Ty::Timestamp
            | Ty::Format(FormatType::ChronoTimestamp | FormatType::TimeTimestamp)),
        ) => (moment, HeaderForm::Timestamp),
        (None, ty) if header.explode && may_be_object(&ty) => (ty, HeaderForm::Exploded),
        (None, ty) => (ty, HeaderForm::Simple),
    }
}

/// Whether `explode` changes how a value is written.
fn may_be_object(ty: &Ty) -> bool {
    matches!(ty, Ty::Named(_) | Ty::Map(_))
}

/// Actions whose answers have the same headers share a view; the later ones have an alias.
pub(super) fn share(plan: &mut ActionPlan, before: &[ActionPlan]) {
    let Some(own) = &mut plan.headers else {
        return;
    };
    let mut known = before.iter().filter_map(|action| action.headers.as_ref());
    let twin = known.find(|known| known.alias_of.is_none() && known.headers == own.headers);
    own.alias_of = twin.map(|twin| twin.name.clone());
}
