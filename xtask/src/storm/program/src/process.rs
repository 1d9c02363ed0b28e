//! What this process takes: memory and sockets, as Linux tells them, and how late timers are.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinHandle;

const TICK: Duration = Duration::from_millis(100);

/// Looks again and again.
pub(crate) struct Sampler {
    task: JoinHandle<Samples>,
    over: Arc<AtomicBool>,
}

/// What was seen.
#[derive(Debug, Default)]
pub(crate) struct Samples {
    /// Resident kilobytes, tick by tick; empty where that cannot be seen.
    pub(crate) kilobytes: Vec<u64>,
    pub(crate) most_sockets: Option<usize>,
    /// By how much the worst timer was late: the machine was busy with something else.
    pub(crate) lag: Duration,
}

impl Sampler {
    pub(crate) fn start() -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let task = tokio::spawn(sample(over.clone()));
        Self { task, over }
    }

    pub(crate) async fn end(self) -> Samples {
        self.over.store(true, Ordering::Relaxed);
        self.task.await.unwrap_or_default()
    }
}

async fn sample(over: Arc<AtomicBool>) -> Samples {
    let mut samples = Samples::default();
    while !over.load(Ordering::Relaxed) {
        let start = Instant::now();
        tokio::time::sleep(TICK).await;
        samples.lag = samples.lag.max(start.elapsed().saturating_sub(TICK));
        samples.kilobytes.extend(kilobytes());
        samples.most_sockets = samples.most_sockets.max(sockets());
    }
    samples
}

/// Resident memory; `None` where that cannot be seen.
fn kilobytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Open sockets; `None` where that cannot be seen.
pub(crate) fn sockets() -> Option<usize> {
    let entries = std::fs::read_dir("/proc/self/fd").ok()?;
    let targets = entries.filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok());
    Some(
        targets
            .filter(|target| target.to_string_lossy().starts_with("socket:"))
            .count(),
    )
}

/// Waits until there are as few sockets as before, for some seconds at most; how many there are.
pub(crate) async fn quiet(before: Option<usize>) -> Option<usize> {
    for _ in 0..50 {
        if sockets() <= before && alive() == 0 {
            break;
        }
        tokio::time::sleep(TICK).await;
    }
    sockets()
}

fn alive() -> usize {
    tokio::runtime::Handle::current()
        .metrics()
        .num_alive_tasks()
}
