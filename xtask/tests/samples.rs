//! The samples that need nothing but Rust, run as `cargo xtask samples` runs them.
//!
//! Those of other languages need Node, Ruby and curl: `cargo xtask ci` runs them.

use std::process::Command;

#[test]
fn every_sample_of_rust_and_json_does_what_it_says() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["samples", "--language", "rust", "--language", "json"])
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{errors}");
}

#[test]
fn a_language_that_no_block_has_is_told() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["samples", "--language", "cobol"])
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(1));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("there is no block of `cobol`"), "{errors}");
    assert!(
        errors.contains("curl, ") && errors.contains("ruby, rust"),
        "{errors}"
    );
}
