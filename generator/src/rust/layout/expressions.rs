//! Expressions: which rule is whose, and the rules of the plainer ones.

use syn::{Expr, ExprStruct, FieldValue, Lit};

use super::lists::{Element, Style, Tactic, join, tactic};
use super::one_line::{FIELDS, literal, member, operator};
use super::space::{LINE, Space, break_to, is_broken};
use super::{Layout, types};

impl Layout {
    /// An expression in a space.
    pub(super) fn expression(&self, expression: &Expr, space: Space) -> Option<String> {
        if let Some(text) = self.one_line(expression, space) {
            return Some(text);
        }
        // Nothing but a text may begin behind the end of the line.
        if space.indent >= LINE && !space.lenient && !matches!(expression, Expr::Lit(_)) {
            return None;
        }
        let key = (
            std::ptr::from_ref(expression).addr(),
            space,
            self.keep_chains.get(),
        );
        if let Some(known) = self.broken.borrow().get(&key) {
            return known.clone();
        }
        let strictly = match space.lenient {
            true => self.expression(
                expression,
                Space {
                    lenient: false,
                    ..space
                },
            ),
            false => None,
        };
        let text = strictly.or_else(|| self.broken_expression(expression, space));
        self.broken.borrow_mut().insert(key, text.clone());
        text
    }

    /// An expression that does not fit on one line.
    fn broken_expression(&self, expression: &Expr, space: Space) -> Option<String> {
        match expression {
            // A text is never too long, for nothing can be done about it.
            Expr::Lit(each) => match each.lit {
                Lit::Str(_) => Some(literal(&each.lit)),
                _ => space.lenient.then(|| literal(&each.lit)),
            },
            Expr::Path(each) => match types::expression_path(each.qself.as_ref(), &each.path) {
                Some(path) => space.lenient.then_some(path),
                None => Some(self.plainly(each)),
            },
            Expr::Reference(each) => {
                let operator = match each.mutability {
                    Some(_) => "&mut ",
                    None => "&",
                };
                let attributes = self.attributes(&each.attrs, space.indent);
                let text = self.prefixed(operator, &each.expr, space)?;
                Some(attributes + &text)
            }
            Expr::Unary(each) => match operator(each.op) {
                Some(operator) => self.prefixed(operator, &each.expr, space),
                None => Some(self.plainly(each)),
            },
            Expr::Return(each) => match &each.expr {
                Some(value) => self.prefixed("return ", value, space),
                None => Some("return".to_owned()),
            },
            Expr::Call(each) => {
                let callee = self.expression(&each.func, space)?;
                let arguments: Vec<_> = each.args.iter().map(Element::Expression).collect();
                self.list(&callee, &arguments, space, Style::CALL)
            }
            Expr::MethodCall(_) | Expr::Field(_) | Expr::Await(_) | Expr::Try(_) => {
                self.chain(expression, space)
            }
            Expr::Array(each) => {
                let elements: Vec<_> = each.elems.iter().map(Element::Expression).collect();
                self.list("", &elements, space, Style::ARRAY)
            }
            Expr::Tuple(each) if each.elems.len() != 1 => {
                let elements: Vec<_> = each.elems.iter().map(Element::Expression).collect();
                self.list("", &elements, space, Style::CALL)
            }
            Expr::Struct(each) => self.struct_literal(each, space),
            Expr::Macro(each) => self.broken_macro(&each.mac, space),
            Expr::Closure(each) => match super::closures::head(each) {
                Some(head) => self.closure(&head, each, space),
                None => Some(self.plainly(each)),
            },
            Expr::Match(each) => self.match_expression(each, space),
            Expr::While(each) => self.while_loop(each, space),
            unknown => Some(self.plainly(unknown)),
        }
    }

    fn prefixed(&self, prefix: &str, expression: &Expr, space: Space) -> Option<String> {
        let text = self.expression(expression, space.after(prefix.len())?)?;
        Some(format!("{prefix}{text}"))
    }

    fn struct_literal(&self, each: &ExprStruct, space: Space) -> Option<String> {
        let Some(path) = types::expression_path(each.qself.as_ref(), &each.path) else {
            return Some(self.plainly(each));
        };
        // ` {` follows.
        space.before(path.len() + 2)?;
        // ` { ` and ` }` stand around fields on the same line.
        let room = space.before(path.len() + 5).map(|space| space.width);
        let nested = space.deeper();
        let mut texts = Vec::with_capacity(each.fields.len() + 1);
        for field in &each.fields {
            texts.push(self.field_value(field, nested.before(1)?)?);
        }
        if let Some(rest) = &each.rest {
            texts.push(self.prefixed("..", rest, nested)?);
        }
        let tactic = match room {
            Some(room) => tactic(texts.iter().map(String::as_str), room.min(FIELDS)),
            None => Tactic::Vertical,
        };
        let fields = join(&texts, tactic, nested, each.rest.is_none());
        if fields.is_empty() {
            return Some(format!("{path} {{}}"));
        }
        // rustfmt counts columns to know whether they fit on one line, and bytes to know on which.
        let beside = tactic == Tactic::Horizontal && fields.len() <= FIELDS;
        if beside && !is_broken(&fields) {
            return Some(format!("{path} {{ {fields} }}"));
        }
        let (inside, outside) = (break_to(nested.indent), break_to(space.indent));
        Some(format!("{path} {{{inside}{fields}{outside}}}"))
    }

    fn field_value(&self, field: &FieldValue, space: Space) -> Option<String> {
        let attributes = self.attributes(&field.attrs, space.indent);
        Some(attributes + &self.plain_field_value(field, space)?)
    }

    fn plain_field_value(&self, field: &FieldValue, space: Space) -> Option<String> {
        let name = member(&field.member);
        if field.colon_token.is_none() {
            return Some(name);
        }
        let value = space
            .after(name.len() + 2)
            .and_then(|space| self.expression(&field.expr, space));
        if let Some(value) = value {
            return Some(format!("{name}: {value}"));
        }
        let nested = space.deeper();
        let value = self.expression(&field.expr, nested)?;
        Some(format!("{name}:{}{value}", break_to(nested.indent)))
    }
}

/// An expression that takes no thought to read.
pub(super) fn is_simple(expression: &Expr) -> bool {
    match expression {
        Expr::Lit(_) => true,
        Expr::Path(each) => each.qself.is_none() && each.path.segments.len() <= 1,
        Expr::Reference(each) => is_simple(&each.expr),
        Expr::Field(each) => is_simple(&each.base),
        Expr::Try(each) => is_simple(&each.expr),
        Expr::Unary(each) => is_simple(&each.expr),
        _ => false,
    }
}

pub(super) fn is_method_call(expression: &Expr) -> bool {
    match expression {
        Expr::MethodCall(_) => true,
        Expr::Reference(each) => is_method_call(&each.expr),
        Expr::Try(each) => is_method_call(&each.expr),
        Expr::Unary(each) => is_method_call(&each.expr),
        _ => false,
    }
}

/// Whether it is a call, which is kept narrow inside of another.
pub(super) fn is_nested_call(expression: &Expr) -> bool {
    match expression {
        Expr::Call(_) | Expr::Macro(_) => true,
        Expr::Reference(each) => is_nested_call(&each.expr),
        Expr::Try(each) => is_nested_call(&each.expr),
        Expr::Unary(each) => is_nested_call(&each.expr),
        _ => false,
    }
}

/// Whether its further lines may follow at the end of a list of so many.
pub(super) fn may_overflow(expression: &Expr, count: usize) -> bool {
    match expression {
        Expr::Closure(_) => true,
        Expr::Match(_)
        | Expr::Array(_)
        | Expr::Struct(_)
        | Expr::Macro(_)
        | Expr::Call(_)
        | Expr::MethodCall(_)
        | Expr::Tuple(_) => count == 1,
        Expr::Reference(each) => may_overflow(&each.expr, count),
        Expr::Try(each) => may_overflow(&each.expr, count),
        Expr::Unary(each) => may_overflow(&each.expr, count),
        _ => false,
    }
}

/// Whether its last line is a closing bracket once it is broken.
pub(super) fn ends_as_block(expression: &Expr) -> bool {
    match expression {
        Expr::Macro(_)
        | Expr::Call(_)
        | Expr::MethodCall(_)
        | Expr::Array(_)
        | Expr::Struct(_)
        | Expr::Match(_) => true,
        Expr::Unary(each) => ends_as_block(&each.expr),
        Expr::Try(each) => ends_as_block(&each.expr),
        Expr::Closure(each) => ends_as_block(&each.body),
        _ => false,
    }
}
