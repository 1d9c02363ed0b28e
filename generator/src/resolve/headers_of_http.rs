//! Header parameters that a client sets itself.
//!
//! Since 3.0 definitions of `Accept`, `Content-Type` and `Authorization` as parameters shall be
//! ignored (3.1, 4.8.12.2: name), because media types and security say what they are; an argument
//! would stand against that. Where nothing else says it, the parameter is the only way to call, and
//! stays.

use crate::diagnostic::Problem;
use crate::ir::{Parameter, Place};
use crate::model::{Reader, RequestBody, Version};

/// What the operation says outside of its parameters.
pub(super) struct SaidElsewhere {
    /// How callers are told apart.
    pub(super) credentials: bool,
    /// In which media type the body is sent.
    pub(super) media_type: bool,
}

/// Whether a body has a media type that is no range.
pub(super) fn is_told(body: &RequestBody<'_>) -> bool {
    body.content.iter().any(|media| !media.name.contains('*'))
}

/// Leaves them out of the parameters of an operation.
pub(super) fn leave_out(
    parameters: &mut Vec<Parameter>,
    elsewhere: &SaidElsewhere,
    reader: &mut Reader<'_, '_>,
) {
    if reader.version == Version::V2_0 {
        return;
    }
    parameters.retain(|parameter| {
        let said_by = said_by(parameter, elsewhere);
        if let Some(said_by) = said_by {
            report(parameter, said_by, reader);
        }
        said_by.is_none()
    });
}

/// What says the value of a header instead.
fn said_by(parameter: &Parameter, elsewhere: &SaidElsewhere) -> Option<&'static str> {
    if parameter.place != Place::Header {
        return None;
    }
    match &*parameter.name.to_ascii_lowercase() {
        "accept" => Some("the media types of the responses say"),
        "content-type" if elsewhere.media_type => Some("the media types of the body say"),
        "authorization" if elsewhere.credentials => Some("`security` says"),
        _ => None,
    }
}

fn report(parameter: &Parameter, said_by: &str, reader: &mut Reader<'_, '_>) {
    reader.problems.report(
        Problem::warning(
            "header-of-http",
            format!("the header `{}` is no parameter", parameter.name),
        )
        .at(parameter.at)
        .label(format!("left out: {said_by} what is sent"))
        .help("remove the parameter"),
    );
}
