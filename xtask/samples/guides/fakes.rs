//! A test of code that uses a client, with a fake for the API.

use losant_invites::Client;
use losant_invites::instance_org_invites::{GetError, fakes};
use losant_invites::runtime::Fake;
use losant_invites::types;

async fn code_under_test(client: &Client) {
    let get = || client.instance_org_invites().get("575ec8687ae143cd83dc4a97", "575ec8687ae143cd83dc4a97");
    assert!(get().send().await.is_ok());
    let error = get().send().await.unwrap_err();
    assert!(matches!(error.api(), Some(GetError::NotFound(_))));
}

pub async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let org_id = "575ec8687ae143cd83dc4a97";
    let problem: types::Error = serde_json::from_str(r#"{ "type": "NotFound" }"#)?;
    /* sample */
    Ok(())
}
