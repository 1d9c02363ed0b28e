//! Statements, and the blocks that hold them.

use syn::{Block, Expr, ExprAssign, ExprWhile, Local, Stmt};

use super::assignments::right_side;
use super::space::{INDENT, Space, break_to, ends_with_closing, is_broken};
use super::{Layout, patterns, strictly_or_leniently};

impl Layout {
    /// Statements, a line for each at least; the first line is not indented, the last not ended.
    pub(in super::super) fn statements(&self, statements: &[Stmt], indent: usize) -> String {
        let mut text = String::new();
        for (index, statement) in statements.iter().enumerate() {
            if index > 0 {
                text.push_str(&break_to(indent));
            }
            text.push_str(&strictly_or_leniently(|lenient| {
                self.statement(statement, Space::line(indent, lenient))
            }));
        }
        text
    }

    /// A block whose statements stand on lines of their own.
    pub(super) fn block(&self, block: &Block, indent: usize) -> String {
        if block.stmts.is_empty() {
            return "{}".to_owned();
        }
        let inside = indent + INDENT;
        let statements = self.statements(&block.stmts, inside);
        format!("{{{}{statements}{}}}", break_to(inside), break_to(indent))
    }

    fn statement(&self, statement: &Stmt, space: Space) -> Option<String> {
        match statement {
            Stmt::Local(local) => self.local(local, space),
            Stmt::Expr(Expr::Assign(assign), Some(_)) => self.assignment(assign, space),
            Stmt::Expr(expression @ Expr::While(_), _) => self.expression(expression, space),
            Stmt::Expr(expression, None) => self.expression(expression, space),
            Stmt::Expr(expression, Some(_)) => {
                let text = self.expression(expression, space.before(1)?)?;
                Some(format!("{text};"))
            }
            Stmt::Macro(each) => {
                let end = if each.semi_token.is_some() { ";" } else { "" };
                let space = space.before(end.len())?;
                let text = match self.one_line_macro(&each.mac, space) {
                    Some(text) => text,
                    None => self.broken_macro(&each.mac, space)?,
                };
                Some(format!("{text}{end}"))
            }
            unknown @ Stmt::Item(_) => Some(self.plainly(unknown)),
        }
    }

    fn local(&self, local: &Local, space: Space) -> Option<String> {
        let pattern = patterns::one_line(&local.pat);
        let (Some(pattern), Some(init)) = (pattern, &local.init) else {
            return Some(self.plainly(local));
        };
        if init.diverge.is_some() {
            return Some(self.plainly(local));
        }
        let left = format!("let {pattern} =");
        let right = right_side(&left, space.before(1)?, |space| {
            self.expression(&init.expr, space)
        })?;
        Some(format!("{left}{right};"))
    }

    fn assignment(&self, assign: &ExprAssign, space: Space) -> Option<String> {
        let space = space.before(1)?;
        let left = self.expression(&assign.left, space.before(2)?)?;
        let left = format!("{left} =");
        let right = right_side(&left, space, |space| self.expression(&assign.right, space))?;
        Some(format!("{left}{right};"))
    }

    pub(super) fn while_loop(&self, each: &ExprWhile, space: Space) -> Option<String> {
        let Expr::Let(condition) = &*each.cond else {
            return Some(self.plainly(each));
        };
        let Some(pattern) = patterns::one_line(&condition.pat).filter(|_| each.label.is_none())
        else {
            return Some(self.plainly(each));
        };
        let whole = Space::line(space.column(), space.lenient);
        let head = Space {
            width: whole.width,
            ..space
        };
        let left = format!("let {pattern} =");
        // ` {` follows the condition.
        let head = head.after("while ".len())?.before(2)?;
        let right = right_side(&left, head, |space| self.expression(&condition.expr, space))?;
        let separator = match is_broken(&right) && !ends_with_closing(&right) {
            true => break_to(space.indent),
            false => " ".to_owned(),
        };
        let body = self.block(&each.body, space.indent);
        Some(format!("while {left}{right}{separator}{body}"))
    }
}

/// An expression without a block that holds nothing else.
pub(super) fn without_block(expression: &Expr) -> &Expr {
    match expression {
        Expr::Block(each) if each.attrs.is_empty() && each.label.is_none() => {
            match &each.block.stmts[..] {
                [Stmt::Expr(only, None)] => without_block(only),
                _ => expression,
            }
        }
        _ => expression,
    }
}
