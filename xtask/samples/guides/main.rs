//! `program NAME` runs the sample of that name in its frame.

/* modules */
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let name = std::env::args().nth(1).expect("an argument");
    runtime.block_on(async {
        match &*name {
            /* samples */
            other => panic!("no sample {other}"),
        }
    })
}
