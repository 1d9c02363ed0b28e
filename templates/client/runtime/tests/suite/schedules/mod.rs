//! Ten thousand schedules of faults, on a clock that is not real: whatever goes wrong and
//! whenever, what was promised of retries, limits of time and credentials holds.
//!
//! A schedule is made from its number alone. One that fails is run again by
//! `SCHEDULE=<number> cargo test -p sdkwright-runtime --test suite schedules`.

mod calls;
mod fates;
mod judge;
mod plan;
mod walks;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// How many are tried.
const SCHEDULES: u64 = 10_000;

fn run(number: u64) {
    // The random part of pauses is made from it, too.
    fastrand::seed(number);
    let random = fastrand::Rng::with_seed(number);
    match number % 10 {
        0 | 1 => walks::run(random),
        2 if number % 500 == 2 => calls::run_many(random),
        _ => calls::run(random),
    }
}

fn run_all(numbers: impl Iterator<Item = u64>) {
    for number in numbers {
        let outcome = catch_unwind(AssertUnwindSafe(|| run(number)));
        if let Err(panic) = outcome {
            eprintln!("schedule {number} failed; SCHEDULE={number} runs it alone");
            resume_unwind(panic);
        }
    }
}

/// Half of them, so that two processors have something to do.
fn run_half(half: u64) {
    match std::env::var("SCHEDULE") {
        Ok(number) => run_all(std::iter::once(number.parse().unwrap())),
        Err(_) => run_all((half..SCHEDULES).step_by(2)),
    }
}

#[test]
fn even_schedules_keep_every_promise() {
    run_half(0);
}

#[test]
fn odd_schedules_keep_every_promise() {
    run_half(1);
}
