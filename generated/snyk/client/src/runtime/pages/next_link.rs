//! The link to the next page: where it leads, and what of it can be kept.

use url::{Position, Url};

use crate::runtime::delivery::redirect::without;
use crate::runtime::tables::api::{Api, SchemeKind};
use crate::runtime::writing::request_url;

/// Where a link leads, seen from the URL at which the page that has it was found.
///
/// A relative link is resolved as RFC 3986, section 5 says, with one exception: a path from the
/// root that leaves the path of the base URL out gets it in front, because some APIs write links
/// that way.
///
/// Fails if the link is not a URL or leads to another origin than the base URL's, which credentials
/// must not reach.
pub(crate) fn resolve(link: &str, page: &Url, base: &Url) -> Result<Url, String> {
    let prefix = base.path().trim_end_matches('/');
    let rooted = link.starts_with('/') && !link.starts_with("//");
    let link = if rooted && !is_under(link, prefix) {
        format!("{prefix}{link}")
    } else {
        link.to_owned()
    };
    let to = request_url::link(page, &link)
        .filter(|to| request_url::origin(to) == request_url::origin(base));
    to.ok_or_else(|| {
        let origin = base.origin().ascii_serialization();
        format!("the link to it is not a URL of {origin}")
    })
}

/// Whether a path begins with a prefix, by whole segments.
fn is_under(path: &str, prefix: &str) -> bool {
    let rest = path.strip_prefix(prefix);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

/// The path and the query of a page's URL, without credentials: some APIs repeat the key of the
/// call in their links.
pub(crate) fn kept(url: &Url, api: &Api) -> String {
    let is_credential = |name: &str| {
        let mut schemes = api.schemes.iter();
        schemes.any(|scheme| matches!(scheme.kind, SchemeKind::Query { name: own } if own == name))
    };
    let url = without(url.clone(), is_credential);
    url[Position::BeforePath..Position::AfterQuery].to_owned()
}

/// The URL of a page that was kept so, on the server of this URL.
pub(crate) fn of_kept(kept: &str, mut server: Url) -> Url {
    let (path, query) = match kept.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (kept, None),
    };
    server.set_path(path);
    server.set_query(query);
    server
}
