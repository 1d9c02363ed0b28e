//! The command line; see `sdkwright --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    sdkwright::cli::main()
}
