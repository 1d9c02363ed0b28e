//! `program URL NAME` runs the sample of that name against the server at that address. Its last
//! line on standard error says how the sample ended.

#![deny(warnings)]

/* modules */
/// The error that ended a sample.
pub struct Failed {
    status: Option<u16>,
    documented: Option<String>,
    message: String,
}

impl Failed {
    fn other(error: &dyn std::error::Error) -> Self {
        let message = error.to_string();
        Self { status: None, documented: None, message }
    }
}

impl From<std::env::VarError> for Failed {
    fn from(error: std::env::VarError) -> Self {
        Self::other(&error)
    }
}

/* clients */
fn argument(index: usize) -> String {
    std::env::args().nth(index).expect("an argument")
}

fn url() -> String {
    argument(1)
}

async fn sample(name: &str) -> Result<(), Failed> {
    match name {
        /* samples */
        other => panic!("no sample {other}"),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let said = match sample(&argument(2)).await {
        Ok(()) => serde_json::json!({}),
        Err(Failed { status, documented, message }) => {
            serde_json::json!({ "status": status, "documented": documented, "message": message })
        }
    };
    eprintln!("{said}");
}
