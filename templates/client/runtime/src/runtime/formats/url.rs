//! URLs as the crate url has them.

use std::sync::LazyLock;

use url::Url;

use crate::runtime::codec::blank::Blank;

/// There is no empty URL.
static SOME: LazyLock<Url> =
    LazyLock::new(|| Url::parse("data:,").unwrap_or_else(|_| unreachable!("this is a URL")));

impl Blank for Url {
    fn blank() -> Self {
        SOME.clone()
    }
}
