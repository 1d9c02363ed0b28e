compile_error!("no template");
