//! A client of one of several servers; what it would send is seen by a fake in its place.
//!
//! replace: `.build()?` by `.transport(fake.clone()).build()?`

use pets::invites::fakes;
use pets::runtime::Fake;

pub async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let fake = Fake::new();
    fake.expect(fakes::list().example());
    /* sample */
    assert!(format!("{client:?}").contains("https://eu.pets.example"), "{client:?}");
    client.invites().list("o1").send().await?;
    fake.verify();
    Ok(())
}
