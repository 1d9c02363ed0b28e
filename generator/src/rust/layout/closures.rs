//! Closures.

use syn::{Expr, ExprClosure, ReturnType};

use super::space::{Space, break_to, is_broken};
use super::statements::without_block;
use super::{Layout, patterns};

/// `|a, b|`; `None` if there is more to it.
pub(super) fn head(closure: &ExprClosure) -> Option<String> {
    let plain = closure.lifetimes.is_none()
        && closure.constness.is_none()
        && closure.asyncness.is_none()
        && closure.capture.is_none()
        && matches!(closure.output, ReturnType::Default);
    if !plain {
        return None;
    }
    let inputs: Option<Vec<String>> = closure.inputs.iter().map(patterns::one_line).collect();
    Some(format!("|{}|", inputs?.join(", ")))
}

impl Layout {
    /// A closure as the last argument of a call.
    pub(super) fn last_closure(&self, closure: &ExprClosure, space: Space) -> Option<String> {
        match head(closure) {
            Some(head) => self.closure(&head, closure, space),
            None => Some(self.plainly(closure)),
        }
    }

    /// A closure whose body is an expression.
    pub(super) fn closure(
        &self,
        head: &str,
        closure: &ExprClosure,
        space: Space,
    ) -> Option<String> {
        let body = without_block(&closure.body);
        let after = space.after(head.len() + 1)?;
        if let Some(text) = self.expression(body, after)
            && (!is_broken(&text) || may_be_broken(body))
        {
            return Some(format!("{head} {text}"));
        }
        if needs_no_block(body) && !space.lenient {
            return None;
        }
        let inside = space.deeper();
        let text = self.expression(body, inside)?;
        let (inside, outside) = (break_to(inside.indent), break_to(space.indent));
        Some(format!("{head} {{{inside}{text}{outside}}}"))
    }
}

/// Whether a body stands without a block although it is broken.
fn may_be_broken(body: &Expr) -> bool {
    match body {
        Expr::Match(_) | Expr::Struct(_) => true,
        Expr::Reference(each) => may_be_broken(&each.expr),
        Expr::Try(each) => may_be_broken(&each.expr),
        Expr::Unary(each) => may_be_broken(&each.expr),
        _ => false,
    }
}

/// Whether no block is ever put around a body.
fn needs_no_block(body: &Expr) -> bool {
    matches!(
        body,
        Expr::Call(_) | Expr::Field(_) | Expr::Try(_) | Expr::Range(_)
    )
}
