//! The documented answers of an action as enums: its failures, and its successes where they differ.

use crate::ir::{MediaType, Method, Operation, Response, Status};
use crate::naming::{Scope, pascal};

use super::super::plan::{AnswerVariant, AnswersPlan, ContentPlan, Ty};
use super::Context;
use super::bodies;
use super::size;
use super::types::best;

/// A payload larger than this is kept in a box, so that the enum stays small.
const LARGEST: usize = 192;

/// What a success holds: one content, or one of several.
pub(super) struct Success {
    /// What a caller gets.
    pub(super) content: ContentPlan,
    /// The enum, if there is more than one content.
    pub(super) choice: Option<AnswersPlan>,
}

/// The plan of an action's successes, most exact statuses first. `events` is what the enum of the
/// kinds of event is called, if it has one.
pub(super) fn successes(
    context: &Context<'_>,
    operation: &Operation,
    name: &str,
    events: Option<&str>,
) -> Success {
    let successes = successful(operation);
    let whole: Vec<Response> = successes
        .into_iter()
        .map(|response| Response {
            content: read_whole(operation, response),
            ..response.clone()
        })
        .collect();
    let variants = variants(context, operation, whole.iter().collect());
    let mut contents: Vec<&ContentPlan> = Vec::new();
    for variant in &variants {
        if !contents.contains(&&variant.content) {
            contents.push(&variant.content);
        }
    }
    match contents[..] {
        [] => Success {
            content: ContentPlan::Empty,
            choice: None,
        },
        [only] => Success {
            content: arriving(context, operation, only, events),
            choice: None,
        },
        _ => Success {
            content: ContentPlan::Choice(name.to_owned()),
            choice: Some(AnswersPlan {
                name: name.to_owned(),
                alias_of: None,
                variants,
            }),
        },
    }
}

/// Whether a media type is a sequence that is read as it arrives.
fn is_sequence(media: &MediaType) -> bool {
    media.is_event_stream() || media.is_json_lines()
}

/// The sequence that an operation's successes are read as where nothing of them comes whole.
fn usual_sequence(operation: &Operation) -> Option<&MediaType> {
    let successes = successful(operation);
    let media = || successes.iter().flat_map(|response| &response.content);
    let usual = successes
        .iter()
        .find_map(|response| best(&response.content))?;
    media().all(is_sequence).then_some(usual)
}

/// Whether a media type of a success has a method of its own: each sequence has one, except where it
/// is what the success usually is.
fn is_apart(operation: &Operation, media: &MediaType) -> bool {
    let usual = usual_sequence(operation);
    is_sequence(media) && usual.is_none_or(|usual| usual.essence() != media.essence())
}

/// What a response can be, without what has a method of its own.
pub(super) fn read_whole(operation: &Operation, response: &Response) -> Vec<MediaType> {
    let success = successful(operation);
    let is_success = success.iter().any(|each| each.at == response.at);
    let content = response.content.iter();
    content
        .filter(|media| !(is_success && is_apart(operation, media)))
        .cloned()
        .collect()
}

/// The successes that have a method of their own: media type and content, each media type once.
pub(super) fn streams<'a>(
    context: &Context<'_>,
    operation: &'a Operation,
    events: Option<&str>,
) -> Vec<(&'a MediaType, ContentPlan)> {
    let mut streams: Vec<(&MediaType, ContentPlan)> = Vec::new();
    if operation.method == Method::Head {
        return streams;
    }
    for response in successful(operation) {
        let apart = |media: &&MediaType| is_apart(operation, media);
        for media in response.content.iter().filter(apart) {
            let known = streams
                .iter()
                .any(|(known, _)| known.essence() == media.essence());
            if !known {
                streams.push((media, sequence(context, media, events)));
            }
        }
    }
    streams
}

/// The content of a sequence; `events` is what the enum of the kinds of event is called.
fn sequence(context: &Context<'_>, media: &MediaType, events: Option<&str>) -> ContentPlan {
    if media.is_event_stream() {
        return super::events::content(context, &media.events, events);
    }
    let item = bodies::item(context, media);
    ContentPlan::Values(item.map_or(Ty::Json, |item| context.value_type(item)))
}

/// The only content of all successes, as a stream if it is one: events, values, a file. Where
/// there are several contents, each is read to its end.
fn arriving(
    context: &Context<'_>,
    operation: &Operation,
    only: &ContentPlan,
    events: Option<&str>,
) -> ContentPlan {
    let successes = successful(operation);
    let content: Vec<Vec<MediaType>> = successes
        .iter()
        .map(|response| read_whole(operation, response))
        .collect();
    let mut media = content.iter().filter_map(|content| best(content));
    match (only, media.next()) {
        (ContentPlan::Text, Some(media)) if media.is_event_stream() => {
            sequence(context, media, events)
        }
        (ContentPlan::Bytes, Some(media)) if media.is_json_lines() => {
            sequence(context, media, events)
        }
        (ContentPlan::Bytes, _) => ContentPlan::Download,
        (other, _) => other.clone(),
    }
}

/// The responses that a client takes for successes: every 2xx; if there is none, every redirect;
/// else what `default` says.
pub(super) fn successful(operation: &Operation) -> Vec<&Response> {
    let of = |is: fn(Status) -> bool| -> Vec<&Response> {
        let all = operation.responses.iter();
        all.filter(|each| is(each.status)).collect()
    };
    let mut found = of(Status::is_ok);
    if found.is_empty() {
        found = of(Status::is_redirect);
    }
    if found.is_empty() {
        found = of(|status| status == Status::Default);
    }
    found.sort_by_key(|response| response.status);
    found
}

/// Whether redirects are all that the description knows of success.
pub(super) fn redirects(operation: &Operation) -> bool {
    let mut successes = successful(operation).into_iter();
    successes.any(|response| response.status.is_redirect())
}

/// The plan of an action's failures, most exact statuses first.
pub(super) fn failures(context: &Context<'_>, operation: &Operation, name: &str) -> AnswersPlan {
    let redirects = redirects(operation);
    let failed = |status: Status| match status {
        Status::Default => true,
        status if status.is_redirect() => !redirects,
        status => !status.is_success(),
    };
    let mut failures: Vec<&Response> = operation
        .responses
        .iter()
        .filter(|response| failed(response.status))
        .collect();
    failures.sort_by_key(|response| response.status);
    AnswersPlan {
        name: name.to_owned(),
        alias_of: None,
        variants: variants(context, operation, failures),
    }
}

fn variants(
    context: &Context<'_>,
    operation: &Operation,
    responses: Vec<&Response>,
) -> Vec<AnswerVariant> {
    let mut scope = Scope::default();
    let mut variants = Vec::new();
    for response in responses {
        // The answer to HEAD has no body, whatever its content would be (RFC 9110, 9.3.2).
        let content = match operation.method {
            Method::Head => &[][..],
            _ => &response.content[..],
        };
        let name = scope.claim([&variant_name(response.status)]);
        let plan = |name, media: Option<&MediaType>, content| AnswerVariant {
            name,
            statuses: statuses(response.status),
            media_type: media.map(MediaType::essence),
            docs: Some(response.description.clone()).filter(|text| !text.is_empty()),
            boxed: size::of_content(context, &content) > LARGEST,
            content,
        };
        for media in others(content) {
            let other = context.content(std::slice::from_ref(media));
            let name = scope.claim([&format!("{name}{}", media_word(media))]);
            variants.push(plan(name, Some(media), other));
        }
        variants.push(plan(name, None, context.content(content)));
    }
    variants
}

/// The media types whose content is not that of the best one: another way to write the same
/// schema is nothing that a client would ask for.
pub(super) fn others(content: &[MediaType]) -> impl Iterator<Item = &MediaType> {
    let best = best(content);
    let mut known: Vec<(Option<crate::ir::TypeId>, String)> = Vec::new();
    content.iter().filter(move |media| {
        let Some(best) = best.filter(|best| best.at != media.at) else {
            return false;
        };
        // A range such as `*/*` names nothing that could be told apart.
        let said_before = media.ty == best.ty || media.is_range();
        let key = (media.ty, media.essence());
        let new = !said_before && media.essence() != best.essence() && !known.contains(&key);
        known.push(key);
        new
    })
}

/// The part of a media type that names it: `application/vnd.pets+xml` is `VndPetsXml`.
pub(super) fn media_word(media: &MediaType) -> String {
    let essence = media.essence();
    let subtype = essence
        .split_once('/')
        .map_or(&*essence, |(_, subtype)| subtype);
    pascal(subtype.trim_start_matches("x-"))
}

/// Whether two enums say the same, texts apart.
pub(super) fn same(left: &AnswersPlan, right: &AnswersPlan) -> bool {
    let key = |plan: &AnswersPlan| {
        let variants = plan.variants.iter();
        variants
            .map(|each| {
                let media_type = each.media_type.clone();
                (
                    each.name.clone(),
                    each.statuses,
                    media_type,
                    each.content.clone(),
                )
            })
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
        Status::Range(2) => return "Success".to_owned(),
        Status::Range(3) => return "Redirection".to_owned(),
        Status::Range(4) => return "ClientError".to_owned(),
        Status::Range(5) => return "ServerError".to_owned(),
        Status::Range(hundreds) => return format!("Status{hundreds}Xx"),
        Status::Code(code) => code,
    };
    let name = match code {
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        203 => "NonAuthoritativeInformation",
        204 => "NoContent",
        205 => "ResetContent",
        206 => "PartialContent",
        207 => "MultiStatus",
        208 => "AlreadyReported",
        226 => "ImUsed",
        300 => "MultipleChoices",
        301 => "MovedPermanently",
        302 => "Found",
        303 => "SeeOther",
        304 => "NotModified",
        307 => "TemporaryRedirect",
        308 => "PermanentRedirect",
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
