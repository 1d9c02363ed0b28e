//! The same call by hand on reqwest, for the size of the program.

mod by_hand;

use std::time::Duration;

use by_hand::List;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(10))
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
    let (instance, org) = ("575ec8687ae143cd83dc4a97", "575ec8687ae143cd83dc4a98");
    let list: List = client
        .get(format!(
            "https://api.losant.com/instances/{instance}/orgs/{org}/invites"
        ))
        .query(&[("sortField", "role"), ("_actions", "false")])
        .header("accept-version", "^1.28.3")
        .bearer_auth(std::env::var("API_TOKEN")?)
        .timeout(Duration::from_secs(60))
        .send()
        .await?
        .error_for_status()?
        .json()
        .await?;
    for invite in list.items.unwrap_or_default() {
        println!("{:?}", invite.email);
    }
    Ok(())
}
