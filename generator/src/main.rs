//! The command line; see `sdkwright --help`.

use std::process::ExitCode;

/// A description is millions of small pieces, made on one thread and dropped on another.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    sdkwright::cli::main()
}
