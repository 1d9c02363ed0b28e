//! `match` and its arms.

use syn::{Arm, Expr, ExprMatch, Pat};

use super::Layout;
use super::assignments::is_better_below;
use super::space::{
    INDENT, Space, break_to, columns_after, ends_with_closing, first_line_width, is_broken,
    last_line, width,
};
use super::statements::without_block;

impl Layout {
    pub(super) fn match_expression(&self, each: &ExprMatch, space: Space) -> Option<String> {
        let value = self.matched(each, space)?;
        if each.arms.is_empty() {
            return Some(format!("match {value} {{}}"));
        }
        let wide = is_broken(&value) || value.len() + 2 > self.for_matched(space)?.width;
        let mut text = match wide && !ends_with_closing(&value) {
            true => format!("match {value}{}{{", break_to(space.indent)),
            false => format!("match {value} {{"),
        };
        let arm_space = space.deeper();
        for arm in &each.arms {
            text.push_str(&break_to(arm_space.indent));
            text.push_str(&self.arm(arm, arm_space)?);
        }
        text.push_str(&break_to(space.indent));
        text.push('}');
        Some(text)
    }

    /// Whether what is matched takes more than a line.
    pub(super) fn condition_is_broken(&self, each: &ExprMatch, space: Space) -> bool {
        self.matched(each, space)
            .is_some_and(|value| is_broken(&value))
    }

    fn for_matched(&self, space: Space) -> Option<Space> {
        let whole = Space::line(space.column(), space.lenient);
        Space {
            width: whole.width,
            ..space
        }
        .after("match ".len())
    }

    fn matched(&self, each: &ExprMatch, space: Space) -> Option<String> {
        self.expression(&each.expr, self.for_matched(space)?)
    }

    fn arm(&self, arm: &Arm, space: Space) -> Option<String> {
        let (pattern, guard) = match &arm.pat {
            Pat::Guard(each) => (&*each.pat, Some(&*each.guard)),
            pattern => (pattern, None),
        };
        // ` => {` follows.
        let mut left = self.pattern(pattern, space.before(5)?)?;
        if let Some(guard) = guard {
            let guard = self.guard(guard, &left, space)?;
            left.push_str(&guard);
        }
        self.arm_body(without_block(&arm.body), &left, space, guard.is_some())
    }

    fn guard(&self, guard: &Expr, pattern: &str, space: Space) -> Option<String> {
        let taken = width(last_line(pattern).trim_start());
        if !is_broken(pattern) || taken <= INDENT {
            let behind = space
                .after(taken + 4)
                .and_then(|space| space.before(5))
                .and_then(|space| self.expression(guard, space));
            if let Some(text) = behind
                && (!is_broken(&text) || taken <= INDENT)
            {
                return Some(format!(" if {text}"));
            }
        }
        let below = space.deeper();
        let text = self.expression(guard, below.after(3)?.before(5)?)?;
        Some(format!("{}if {text}", break_to(below.indent)))
    }

    /// The body after its pattern: on the same line, or in a block.
    fn arm_body(&self, body: &Expr, left: &str, space: Space, has_guard: bool) -> Option<String> {
        let same = |text: &str| Some(format!("{left} => {text},"));
        let below = has_guard && is_broken(left);
        let in_block = |text: &str| Some(in_block(left, body, text, space, below));
        let behind = match below {
            true => None,
            false => space
                .after(columns_after(left, space) + 4)
                .and_then(|space| space.before(1)),
        };
        let here = behind.and_then(|space| self.expression(body, space));
        let budget = behind.map_or(0, |space| space.width);
        if let Some(text) = &here
            && !is_broken(text)
            && width(text) <= budget
        {
            return same(text);
        }
        let next = self.expression(body, space.deeper());
        match (here, next) {
            (Some(here), Some(next)) if is_better_below(&here, &next) => in_block(&next),
            (Some(here), _) if may_follow(body) && first_line_width(&here) <= budget => same(&here),
            (Some(here), Some(next)) if is_broken(&here) => in_block(&next),
            (None, Some(next)) => in_block(&next),
            (Some(here), _) => same(&here),
            (None, None) => None,
        }
    }
}

/// The body of an arm in a block of its own, which may have to begin on the next line.
fn in_block(left: &str, body: &Expr, text: &str, space: Space, below: bool) -> String {
    let (inside, outside) = (break_to(space.deeper().indent), break_to(space.indent));
    let end = match body {
        Expr::Return(_) => ";",
        _ => "",
    };
    let begin = if below { &*outside } else { " " };
    format!("{left} =>{begin}{{{inside}{text}{end}{outside}}}")
}

/// Whether a body of several lines may begin after its pattern.
fn may_follow(body: &Expr) -> bool {
    match body {
        Expr::Match(_)
        | Expr::Closure(_)
        | Expr::Array(_)
        | Expr::Call(_)
        | Expr::MethodCall(_)
        | Expr::Macro(_)
        | Expr::Struct(_)
        | Expr::Tuple(_) => true,
        Expr::Reference(each) => may_follow(&each.expr),
        Expr::Try(each) => may_follow(&each.expr),
        Expr::Unary(each) => may_follow(&each.expr),
        _ => false,
    }
}
