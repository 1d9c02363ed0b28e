//! The Rust files of the crate, made side by side: they do not depend on each other.

use super::super::answer_examples::{self, Bodies};
use super::super::plan::CratePlan;
use super::{client, codec, commands, crate_root, fakes, has_codec, limits, resource, types};
use crate::ir::Api;
use crate::parallel;

/// A file's path below `src/`, and its text or why it cannot be written.
pub(super) type Source = (String, syn::Result<String>);

/// A file that is still to be made.
struct Job<'a> {
    path: String,
    make: Box<dyn Fn() -> syn::Result<String> + Send + Sync + 'a>,
}

/// All files, in the order in which they are listed here.
pub(super) fn all(api: &Api, plan: &CratePlan) -> Vec<Source> {
    let bodies = Bodies::new(api);
    parallel::map(&jobs(api, plan, &bodies), |job| {
        (job.path.clone(), (job.make)())
    })
}

fn jobs<'a>(api: &'a Api, plan: &'a CratePlan, bodies: &'a Bodies<'a>) -> Vec<Job<'a>> {
    let mut jobs = vec![
        job("types.rs", || types::file(plan)),
        job("codec.rs", || codec::file(plan)),
        job("lib.rs", || crate_root::file(plan)),
        job("client.rs", || client::file(plan)),
        job("command_line.rs", || commands::file(plan)),
        job("main.rs", || commands::program(plan)),
    ];
    if !plan.limits.is_empty() {
        jobs.push(job("client/limits.rs", || limits::file(plan)));
    }
    for group in &plan.types {
        let Some(module) = &group.module else {
            continue;
        };
        jobs.push(job(format!("types/{module}.rs"), || {
            types::group_file(plan, group)
        }));
        if has_codec(&group.types) {
            let path = format!("codec/{}.rs", codec::group_module(module));
            jobs.push(job(path, || codec::group_file(plan, group)));
        }
    }
    let commands = &plan.command_line.resources;
    for (resource, commands) in plan.resources.iter().zip(commands) {
        let module = &resource.module;
        jobs.push(job(format!("command_line/{module}.rs"), || {
            commands::resource_file(plan, resource, commands)
        }));
        jobs.push(job(format!("{module}.rs"), || {
            resource::file(plan, resource)
        }));
        let path = format!("{module}/{}.rs", fakes::MODULE);
        jobs.push(job(path, || fakes::file(plan, resource)));
        let path = format!("{module}/{}.json", fakes::MODULE);
        jobs.push(job(path, || {
            Ok(answer_examples::text(api, resource, bodies))
        }));
        if has_codec(&resource.types) {
            let path = format!("codec/{module}.rs");
            jobs.push(job(path, || codec::resource_file(plan, resource)));
        }
    }
    jobs
}

fn job<'a>(
    path: impl Into<String>,
    make: impl Fn() -> syn::Result<String> + Send + Sync + 'a,
) -> Job<'a> {
    Job {
        path: path.into(),
        make: Box::new(make),
    }
}
