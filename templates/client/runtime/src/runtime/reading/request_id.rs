//! The id that a server gives a request, for reports to those who run it.

use http::HeaderMap;

/// Headers in common use, tried after those that the description names.
const WELL_KNOWN: &[&str] = &[
    "x-request-id",
    "request-id",
    "x-correlation-id",
    "x-amzn-requestid",
    "x-amz-request-id",
    "x-ms-request-id",
    "x-trace-id",
    "cf-ray",
];

/// The first of the named or well-known headers that is there and is text.
pub(crate) fn find<'a>(headers: &'a HeaderMap, named: &[&str]) -> Option<&'a str> {
    let mut names = named.iter().chain(WELL_KNOWN);
    names.find_map(|name| text(headers, name))
}

/// Once in the program, and not once for each list of names.
#[inline(never)]
fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
