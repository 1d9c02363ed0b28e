//! What is told at the end, and what has to hold.

use std::fmt;
use std::time::Duration;

use crate::calls::DEADLINE;
use crate::process::Samples;
use crate::tally::{Counts, NOT_ONE_KIND};

/// How far past its deadline a call may end, apart from how late timers are on this machine.
const EPSILON: Duration = Duration::from_millis(250);

/// How much more memory there may be at the end than after a quarter of the time: a tenth, and
/// what an allocator keeps.
const KEPT_KILOBYTES: u64 = 8 * 1024;

pub(crate) struct Report {
    pub(crate) time: Duration,
    pub(crate) in_flight: u64,
    pub(crate) seed: u64,
    pub(crate) panics: u64,
    pub(crate) samples: Samples,
    /// Before, after while the clients are kept, after they are gone.
    pub(crate) sockets: [Option<usize>; 3],
    pub(crate) tasks_left: usize,
    /// What the server did, a line each.
    pub(crate) faults: String,
    pub(crate) tally: Counts,
}

impl Report {
    /// What does not hold.
    pub(crate) fn broken(&self) -> Vec<String> {
        let mut broken = Vec::new();
        let mut hold = |holds: bool, what: String| {
            if !holds {
                broken.push(what);
            }
        };
        let counts = &self.tally;
        let errors: u64 = counts.errors.values().sum();
        let ended = counts.successes + counts.wrong + errors;
        hold(self.panics == 0, format!("{} tasks panicked", self.panics));
        hold(
            counts.wrong == 0,
            format!("{} answers are not those of their calls", counts.wrong),
        );
        hold(
            counts.successes > 0 && errors > 0 && counts.retries > 0,
            "no storm: no success, no error or no retry".to_owned(),
        );
        hold(
            ended == counts.calls,
            format!("{} calls, and {ended} ends", counts.calls),
        );
        let odd = counts.errors.get(NOT_ONE_KIND).copied().unwrap_or(0);
        hold(
            odd == 0,
            format!("{odd} errors are not of exactly one kind"),
        );
        let latest = DEADLINE + EPSILON + self.samples.lag;
        hold(
            counts.longest <= latest,
            format!("a call took {:?}, past {latest:?}", counts.longest),
        );
        hold(
            self.tasks_left == 0,
            format!("{} tasks are left", self.tasks_left),
        );
        let [before, _, after] = self.sockets;
        hold(
            after <= before,
            format!(
                "{} sockets are left; there were {} before",
                seen(after),
                seen(before)
            ),
        );
        if let Some((early, late)) = self.memory() {
            let most = early + early / 10 + KEPT_KILOBYTES;
            hold(
                late <= most,
                format!("memory grew from {early} to {late} kB"),
            );
        }
        broken
    }

    /// Resident kilobytes at the end of the first quarter and at the end: medians of an eighth of
    /// the samples.
    fn memory(&self) -> Option<(u64, u64)> {
        let samples = &self.samples.kilobytes;
        let eighth = samples.len() / 8;
        let early = samples.get(eighth..2 * eighth)?;
        let late = samples.get(samples.len() - eighth..)?;
        Some((median(early)?, median(late)?))
    }
}

/// A count for people.
fn seen(count: Option<usize>) -> String {
    count.map_or("not seen".to_owned(), |count| count.to_string())
}

fn median(samples: &[u64]) -> Option<u64> {
    let mut sorted = samples.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied()
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { samples, tally, .. } = self;
        writeln!(
            out,
            "{:?} with {} calls in flight, seed {}",
            self.time, self.in_flight, self.seed
        )?;
        writeln!(out, "calls               {}", tally.calls)?;
        writeln!(out, "successes           {}", tally.successes)?;
        writeln!(out, "lists to their end  {}", tally.walks)?;
        writeln!(out, "wrong answers       {}", tally.wrong)?;
        for (kind, count) in &tally.errors {
            writeln!(out, "error: {kind:<20} {count}")?;
        }
        writeln!(out, "sent again          {}", tally.retries)?;
        let (longest, lag) = (tally.longest, samples.lag);
        writeln!(
            out,
            "longest call        {longest:.3?} of {DEADLINE:?}; latest timer {lag:.3?}"
        )?;
        writeln!(out, "panics              {}", self.panics)?;
        writeln!(out, "tasks left          {}", self.tasks_left)?;
        let [before, idle, after] = self.sockets.map(seen);
        let most = seen(samples.most_sockets);
        writeln!(
            out,
            "sockets             {before} before, {most} at most, {idle} idle, {after} after"
        )?;
        match self.memory() {
            Some((early, late)) => {
                writeln!(
                    out,
                    "memory              {early} kB after a quarter, {late} kB at the end"
                )?;
            }
            None => writeln!(out, "memory              not seen")?,
        }
        writeln!(out, "what the server did:")?;
        for line in self.faults.lines() {
            writeln!(out, "  {line}")?;
        }
        for broken in self.broken() {
            writeln!(out, "BROKEN: {broken}")?;
        }
        Ok(())
    }
}
