//! What stands right of a `=`: after it, or on the next line if that looks better.

use super::space::{Space, break_to, breaks, first_line, is_broken, last_line_width, width};

/// What follows the `=` that ends `left`, its leading blank or line break with it.
pub(super) fn right_side(
    left: &str,
    space: Space,
    lay: impl Fn(Space) -> Option<String>,
) -> Option<String> {
    let taken = match is_broken(left) {
        true => last_line_width(left).saturating_sub(space.indent),
        false => last_line_width(left),
    } + 1;
    let here = space.after(taken).unwrap_or(Space {
        width: 0,
        taken: space.taken + taken,
        ..space
    });
    let same_line = lay(here);
    if let Some(text) = &same_line
        && !is_broken(text)
        && (width(text) <= here.width || space.lenient)
    {
        return Some(format!(" {text}"));
    }
    let below = here.deeper().before(here.kept())?;
    let next_line = lay(below);
    match (same_line, next_line) {
        (Some(same), Some(next)) if !below.holds(&next) => Some(format!(" {same}")),
        (Some(same), Some(next))
            if is_better_below(&same, &next) || opens_too_far_right(&same, here) =>
        {
            Some(format!("{}{next}", break_to(below.indent)))
        }
        (Some(same), _) => Some(format!(" {same}")),
        (None, Some(next)) => Some(format!("{}{next}", break_to(below.indent))),
        (None, None) => None,
    }
}

/// Whether the bracket that a text opens does not fit on its line.
fn opens_too_far_right(same: &str, here: Space) -> bool {
    is_broken(same) && width(first_line(same)) > here.width + here.kept()
}

/// Whether a text looks better on the next line.
pub(super) fn is_better_below(same: &str, next: &str) -> bool {
    let opens = |text: &str, bracket: char| first_line(text).ends_with(bracket);
    !is_broken(next)
        || breaks(same) > breaks(next) + 1
        || ['(', '{', '[']
            .iter()
            .any(|bracket| opens(same, *bracket) && !opens(next, *bracket))
}
