//! Figures that many measurements make, and how they are written.

use serde::Serialize;

/// Where the measurements lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Spread {
    pub(crate) median: f64,
    /// Nineteen of twenty are no larger.
    pub(crate) p95: f64,
    pub(crate) max: f64,
}

impl Spread {
    /// Of any number of measurements; all zero of none.
    pub(crate) fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.collect();
        values.sort_by(f64::total_cmp);
        let Some(&max) = values.last() else {
            return Self::default();
        };
        // The nearest rank: the smallest value that is no smaller than its share of all.
        let rank = |percent: usize| values[(values.len() * percent).div_ceil(100).max(1) - 1];
        Self {
            median: rank(50),
            p95: rank(95),
            max,
        }
    }
}

/// The median of measurements; zero of none.
pub(crate) fn median(values: &[f64]) -> f64 {
    Spread::of(values.iter().copied()).median
}

/// Seconds for people: `12 ms`, `1.25 s`, `116 s`.
pub(crate) fn time(seconds: f64) -> String {
    match seconds {
        ..0.9995 => format!("{:.0} ms", seconds * 1000.0),
        ..9.995 => format!("{seconds:.2} s"),
        ..99.95 => format!("{seconds:.1} s"),
        _ => format!("{seconds:.0} s"),
    }
}

/// Megabytes for people: `343 MB`, `1.8 GB`.
pub(crate) fn memory(megabytes: f64) -> String {
    if megabytes < 999.5 {
        format!("{megabytes:.0} MB")
    } else {
        format!("{:.1} GB", megabytes / 1024.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_takes_the_nearest_rank() {
        let spread = Spread::of((1..=100).map(f64::from));
        assert_eq!((spread.median, spread.p95, spread.max), (50.0, 95.0, 100.0));
        let one = Spread::of(std::iter::once(7.0));
        assert_eq!((one.median, one.p95, one.max), (7.0, 7.0, 7.0));
        assert_eq!(Spread::of(std::iter::empty()), Spread::default());
    }

    #[test]
    fn figures_for_people() {
        let times = [0.0124, 1.0, 9.999, 61.34, 116.4].map(time);
        assert_eq!(times, ["12 ms", "1.00 s", "10.0 s", "61.3 s", "116 s"]);
        assert_eq!([343.2, 1843.2].map(memory), ["343 MB", "1.8 GB"]);
    }
}
