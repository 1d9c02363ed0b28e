//! The items of all pages.

use std::path::Path;

use pets::Client;
use sdkwright::mock::{Answer, Reply};
use serde_json::json;

async fn sample(client: &Client, org_id: &str) -> Result<(), Box<dyn std::error::Error>> {
    /* sample */
    Ok(())
}

pub async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let server = sdkwright::pipeline::mocked(Path::new("openapi.yaml"))?.strict(true).start()?;
    let page = |email, next| {
        let page = json!({ "invites": [{ "email": email }], "meta": { "next_cursor": next } });
        Answer::exactly(Reply::json(200, &page))
    };
    server.next("invites.list", page("a@example.com", json!("c2")))?;
    server.next("invites.list", page("b@example.com", json!(null)))?;
    let client = Client::builder().base_url(server.base_url()).build()?;
    sample(&client, "o1").await?;
    let seen = server.recorded();
    let queries: Vec<&str> = seen.iter().map(|record| &*record.query).collect();
    assert_eq!(queries, ["limit=100", "limit=100&cursor=c2"]);
    assert!(seen.iter().all(|record| record.problems.is_empty()), "{seen:#?}");
    Ok(())
}
