//! A test against the mock server; the comment in the sample stands for two calls of a pet.
//!
//! replace: `// … call the client …` by `calls(&client).await;`

use std::path::Path;

use pets::Client;
use sdkwright::mock::Answer;

async fn calls(client: &Client) {
    let missing = client.pets().get("p1").send().await;
    assert_eq!(missing.unwrap_err().status().map(|status| status.as_u16()), Some(404));
    assert!(client.pets().get("p1").send().await.is_ok());
}

pub async fn run() -> Result<(), Box<dyn std::error::Error>> {
    /* sample */
    assert_eq!(server.recorded().len(), 2);
    Ok(())
}
