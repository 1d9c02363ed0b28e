//! The runtime is no template: this must reach no client.

compile_error!("no template");
