//! The clients that the tests call with, and credentials that nobody else has. They send each
//! request once, so that a server sees what a test asked for.

use crate::server::Server;

/// A secret, easy to find where it should not be.
pub(crate) const TOKEN: &str = "s3cr3t-of-the-caller";

/// A client of the Losant API that talks to this server.
pub(crate) fn losant(server: &Server) -> losant_invites::Client {
    losant_invites::Client::builder()
        .access_token(TOKEN)
        .base_url(server.url())
        .retries(losant_invites::RetryPolicy::none())
        .build()
        .expect("a client")
}

/// A client of the Snyk API that talks to this server, whose API is under `/rest` as Snyk's is.
pub(crate) fn snyk(server: &Server) -> snyk_invites::Client {
    snyk_invites::Client::builder()
        .api_token(TOKEN)
        .version("2024-10-15")
        .base_url(format!("{}/rest", server.url()))
        .retries(snyk_invites::RetryPolicy::none())
        .build()
        .expect("a client")
}
