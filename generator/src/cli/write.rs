//! Carries plans out and says what was done, for every command that writes.

use super::reporter::Reporter;
use super::{Status, reporter};
use crate::diagnostic::Nowhere;
use crate::output::{Plan, Summary};

/// Carries the plans out, one after the other, and tells what each did.
pub(super) fn apply(plans: &[Plan], reporter: &Reporter) -> Status {
    for plan in plans {
        if let Err(problem) = plan.apply() {
            reporter.problem(&problem, &Nowhere);
            return Status::Problems;
        }
        let summary = plan.summary();
        reporter.result(&done(&summary), &summary);
    }
    Status::Good
}

/// Tells what carrying the plans out would change, and how to do it.
pub(super) fn check(plans: &[Plan], reporter: &Reporter, rerun: &str) -> Status {
    let mut differing = 0;
    for plan in plans {
        let changes = plan.changes();
        differing += changes.len();
        for change in &changes {
            reporter.result(change, change);
        }
        if changes.is_empty() {
            let summary = plan.summary();
            reporter.result(&done(&summary), &summary);
        }
    }
    if differing == 0 {
        return Status::Good;
    }
    let files = reporter::counted(differing, "file");
    let are = if differing == 1 { "is" } else { "are" };
    reporter.note(&format!(
        "\n{files} {are} not up to date. To write what the descriptions make, run:\n    {rerun}"
    ));
    Status::Problems
}

fn done(summary: &Summary) -> String {
    let Summary {
        root,
        created,
        changed,
        removed,
        unchanged,
    } = summary;
    if created + changed + removed == 0 {
        let files = reporter::counted(*unchanged, "file");
        return format!("{root}: up to date ({files})");
    }
    format!(
        "{root}: {created} created, {changed} changed, {removed} removed, {unchanged} unchanged"
    )
}
