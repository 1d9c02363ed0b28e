//! The documented failures of an action as an enum.

use crate::ir::{Operation, Status};
use crate::naming::Scope;

use super::super::plan::{ErrorPlan, ErrorVariant};
use super::Context;
use super::size;

/// A payload larger than this is kept in a box, so that the enum stays small.
const LARGEST: usize = 192;

/// The plan of an action's failures, most exact statuses first.
pub(super) fn plan(context: &Context<'_>, operation: &Operation, name: &str) -> ErrorPlan {
    let mut scope = Scope::default();
    let mut failures: Vec<_> = operation
        .responses
        .iter()
        .filter(|response| !response.status.is_success())
        .collect();
    failures.sort_by_key(|response| response.status);
    let mut variants = Vec::new();
    for response in failures {
        let content = context.content(&response.content);
        variants.push(ErrorVariant {
            name: scope.claim([&variant_name(response.status)]),
            statuses: statuses(response.status),
            docs: Some(response.description.clone()).filter(|text| !text.is_empty()),
            boxed: size::of_content(context, &content) > LARGEST,
            content,
        });
    }
    ErrorPlan {
        name: name.to_owned(),
        alias_of: None,
        variants,
    }
}

/// Whether two enums say the same, texts apart.
pub(super) fn same(left: &ErrorPlan, right: &ErrorPlan) -> bool {
    let key = |plan: &ErrorPlan| {
        let variants = plan.variants.iter();
        variants
            .map(|each| (each.name.clone(), each.statuses, each.content.clone()))
            .collect::<Vec<_>>()
    };
    key(left) == key(right)
}

fn statuses(status: Status) -> Option<(u16, u16)> {
    match status {
        Status::Code(code) => Some((code, code)),
        Status::Range(hundreds) => {
            let first = u16::from(hundreds) * 100;
            Some((first, first + 99))
        }
        Status::Default => None,
    }
}

/// The variant of a status: its reason phrase (RFC 9110, 15; RFC 6585; the IANA registry).
pub(super) fn variant_name(status: Status) -> String {
    let code = match status {
        Status::Default => return "Other".to_owned(),
        Status::Range(4) => return "ClientError".to_owned(),
        Status::Range(5) => return "ServerError".to_owned(),
        Status::Range(hundreds) => return format!("Status{hundreds}Xx"),
        Status::Code(code) => code,
    };
    let name = match code {
        400 => "BadRequest",
        401 => "Unauthorized",
        402 => "PaymentRequired",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        407 => "ProxyAuthenticationRequired",
        408 => "RequestTimeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "LengthRequired",
        412 => "PreconditionFailed",
        413 => "ContentTooLarge",
        414 => "UriTooLong",
        415 => "UnsupportedMediaType",
        416 => "RangeNotSatisfiable",
        417 => "ExpectationFailed",
        421 => "MisdirectedRequest",
        422 => "UnprocessableContent",
        423 => "Locked",
        424 => "FailedDependency",
        425 => "TooEarly",
        426 => "UpgradeRequired",
        428 => "PreconditionRequired",
        429 => "TooManyRequests",
        431 => "RequestHeaderFieldsTooLarge",
        451 => "UnavailableForLegalReasons",
        500 => "InternalServerError",
        501 => "NotImplemented",
        502 => "BadGateway",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        505 => "HttpVersionNotSupported",
        507 => "InsufficientStorage",
        508 => "LoopDetected",
        511 => "NetworkAuthenticationRequired",
        _ => return format!("Status{code}"),
    };
    name.to_owned()
}
