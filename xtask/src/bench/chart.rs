//! `docs/performance.svg`: the times as bars on a logarithmic scale, readable on light and dark.

use std::fmt::Write;

use super::Row;
use crate::figures::time;

const WIDTH: f64 = 860.0;
const LEFT: f64 = 260.0;
const LINE: f64 = 22.0;
/// The shortest and the longest time that a bar can show, as powers of ten in seconds.
const SCALE: (f64, f64) = (-3.0, 3.0);

/// A bar for generating and one for checking, for each row that has the figures.
pub(super) fn svg(rows: &[Row]) -> String {
    let mut bars = String::new();
    let mut top = 44.0;
    for row in rows {
        let costs = [
            ("generate", row.generate.as_ref().ok()),
            (
                "check",
                row.check.as_ref().and_then(|check| check.as_ref().ok()),
            ),
        ];
        for (what, cost) in costs {
            let Some(cost) = cost else { continue };
            bar(&mut bars, top, what, row, cost.seconds);
            top += LINE;
        }
    }
    let height = top + 12.0;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-label=\"Time to generate and to check, logarithmic\">\n{STYLE}{}{bars}</svg>\n",
        grid(height)
    )
}

const STYLE: &str = "<style>
text { font: 12px system-ui, sans-serif; fill: #24292f; }
.generate { fill: #0969da; }
.check { fill: #bc4c00; }
.grid { stroke: #8c959f; stroke-opacity: 0.4; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .generate { fill: #58a6ff; }
  .check { fill: #f0883e; }
}
</style>
";

fn bar(svg: &mut String, top: f64, what: &str, row: &Row, seconds: f64) {
    let end = position(seconds);
    let base = top + LINE - 8.0;
    let _ = writeln!(
        svg,
        "<text x=\"{}\" y=\"{base}\" text-anchor=\"end\">{}, {}: {what}</text>\
         <rect class=\"{what}\" x=\"{LEFT}\" y=\"{top}\" width=\"{:.1}\" height=\"{}\"/>\
         <text x=\"{:.1}\" y=\"{base}\">{}</text>",
        LEFT - 8.0,
        row.subject,
        row.tool,
        end - LEFT,
        LINE - 4.0,
        end + 6.0,
        time(seconds)
    );
}

/// A line for each power of ten.
fn grid(height: f64) -> String {
    let mut grid = String::new();
    for (seconds, label) in [
        (0.01, "10 ms"),
        (0.1, "100 ms"),
        (1.0, "1 s"),
        (10.0, "10 s"),
        (100.0, "100 s"),
    ] {
        let x = position(seconds);
        let _ = writeln!(
            grid,
            "<line class=\"grid\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"32\" y2=\"{height}\"/>\
             <text x=\"{x:.1}\" y=\"22\" text-anchor=\"middle\">{label}</text>"
        );
    }
    grid
}

fn position(seconds: f64) -> f64 {
    let share = (seconds.max(f64::MIN_POSITIVE).log10() - SCALE.0) / (SCALE.1 - SCALE.0);
    LEFT + share.clamp(0.0, 1.0) * (WIDTH - LEFT - 60.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_times_the_time_is_one_step_to_the_right() {
        let step = position(0.1) - position(0.01);
        assert!(step > 50.0);
        assert!((position(100.0) - position(10.0) - step).abs() < 1e-6);
        assert!(position(1e9) < WIDTH);
        assert!((position(0.0) - LEFT).abs() < 1e-6);
    }
}
