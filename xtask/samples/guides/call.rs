//! A first call: for a success, for the documented error that it names, and for another one.
//!
//! replace: `Client::builder()` by `Client::builder().base_url(url)`

use std::path::Path;

use sdkwright::mock::Answer;

type Outcome = Result<(), Box<dyn std::error::Error>>;

async fn sample(url: &str, token: &str, instance_id: &str, org_id: &str) -> Outcome {
    /* sample */
    Ok(())
}

pub async fn run() -> Outcome {
    let server = sdkwright::pipeline::mocked(Path::new("losant.yaml"))?.strict(true).start()?;
    let id = "575ec8687ae143cd83dc4a97";
    let url = server.base_url();
    sample(&url, "token", id, id).await?;
    server.next("instanceOrgInvites.get", Answer::status(404))?;
    sample(&url, "token", id, id).await?;
    server.next("instanceOrgInvites.get", Answer::status(400))?;
    let failed = sample(&url, "token", id, id).await;
    assert!(failed.unwrap_err().to_string().contains("400"));
    let seen = server.recorded();
    assert_eq!(seen.len(), 3);
    for record in seen {
        assert!(record.problems.is_empty(), "{record}");
        assert_eq!(record.operation.as_deref(), Some("instanceOrgInvites.get"));
        assert!(record.query.contains("sortField=role"), "{record}");
    }
    Ok(())
}
