//! A walk through pages that is taken up again where it was left.

use std::path::Path;

use pets::Client;

pub async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let server = sdkwright::pipeline::mocked(Path::new("openapi.yaml"))?.strict(true).start()?;
    let client = Client::builder().base_url(server.base_url()).build()?;
    let org_id = "o1";
    let mut left = client.invites().list(org_id).pages();
    left.next().await.expect("a page")?;
    let stored = left.cursor().expect("a next page").to_string();
    /* sample */
    pages.next().await.expect("the page after it")?;
    let seen = server.recorded();
    assert!(!seen[0].query.contains("cursor=") && seen[1].query.contains("cursor="), "{seen:#?}");
    Ok(())
}
