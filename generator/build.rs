//! Has the embedded templates looked at again when a file is added, changed or removed.
//!
//! The macro that embeds them tells the compiler of the files that it found; a new file is
//! noticed only because the folder itself is named here.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../templates");
}
