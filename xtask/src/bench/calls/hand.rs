//! The same call by hand on reqwest, for the size of the program.

mod by_hand;

use by_hand::{ByHand, SortField};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = ByHand::new("https://api.losant.com", &std::env::var("API_TOKEN")?)?;
    let list = client
        .invites(
            "575ec8687ae143cd83dc4a97",
            "575ec8687ae143cd83dc4a98",
            SortField::Role,
        )
        .await?;
    for invite in list.items.unwrap_or_default() {
        println!("{:?}", invite.email);
    }
    Ok(())
}
