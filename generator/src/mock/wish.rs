//! What a caller wishes the answer to be (`Prefer`, RFC 7240): `status=404`, `example=name`.

use super::request::Request;

/// Which documented answer is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wish {
    /// The status; the lowest success if it is not said.
    pub(super) status: Option<String>,
    /// The name of the example.
    pub(super) example: Option<String>,
}

impl Wish {
    /// What the headers of a request say. Others call the status `code`.
    pub(super) fn of(request: &Request) -> Self {
        let mut wish = Self::default();
        for header in request.headers_of("prefer") {
            for preference in header.split([',', ';']) {
                let Some((name, value)) = preference.split_once('=') else {
                    continue;
                };
                let value = Some(value.trim().trim_matches('"').to_owned());
                match &*name.trim().to_ascii_lowercase() {
                    "status" | "code" => wish.status = value,
                    "example" => wish.example = value,
                    _ => {}
                }
            }
        }
        wish
    }
}
