//! One call through the generated client, for the size of the program.

use losant_invites::Client;
use losant_invites::instance_org_invites::SortField;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder()
        .access_token(std::env::var("API_TOKEN")?)
        .build()?;
    let list = client
        .instance_org_invites()
        .get("575ec8687ae143cd83dc4a97", "575ec8687ae143cd83dc4a98")
        .sort_field(SortField::Role)
        .send()
        .await?;
    for invite in list.items.unwrap_or_default() {
        println!("{:?}", invite.email);
    }
    Ok(())
}
