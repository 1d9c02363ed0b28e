//! An expression on one line, if it may stand so.
//!
//! This is tried first for every expression; most pass. It writes until it knows better, so a
//! try costs no more than a line, however large the expression is.

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{BinOp, Expr, ExprCall, ExprStruct, Lit, Macro, Member, RangeLimits, Token, UnOp};

use super::expressions::is_nested_call;
use super::space::{Space, width};
use super::{Layout, types};

/// What the calls of a chain may take together.
pub(super) const CHAIN: usize = 60;

/// What the fields of a struct literal may take together, in bytes.
pub(super) const FIELDS: usize = 18;

/// What a list may take together.
const LIST: usize = 60;

/// No letter takes more bytes for a column.
const BYTES_OF_COLUMN: usize = 4;

/// A line that is being written.
struct Line<'l> {
    layout: &'l Layout,
    text: String,
    /// How long it may become, in bytes. A rough bound that ends hopeless tries.
    end: usize,
}

impl Line<'_> {
    fn push(&mut self, text: &str) -> Option<()> {
        self.text.push_str(text);
        (self.text.len() <= self.end).then_some(())
    }

    /// The columns from a place on.
    fn width_from(&self, start: usize) -> usize {
        width(self.text.get(start..).unwrap_or_default())
    }
}

impl Layout {
    /// The expression on one line, if it may stand so and fits.
    pub(super) fn one_line(&self, expression: &Expr, space: Space) -> Option<String> {
        self.on_line(space, |line| write(expression, line))
    }

    /// The call of a macro on one line, if it may stand so and fits.
    pub(super) fn one_line_macro(&self, each: &Macro, space: Space) -> Option<String> {
        self.on_line(space, |line| macro_call(each, line))
    }

    fn on_line(
        &self,
        space: Space,
        write: impl FnOnce(&mut Line<'_>) -> Option<()>,
    ) -> Option<String> {
        let mut line = Line {
            layout: self,
            text: String::new(),
            end: space.width * BYTES_OF_COLUMN,
        };
        write(&mut line)?;
        (width(&line.text) <= space.width).then_some(line.text)
    }
}

fn write(expression: &Expr, line: &mut Line<'_>) -> Option<()> {
    match expression {
        Expr::Lit(literal) => line.push(&self::literal(&literal.lit)),
        Expr::Path(path) => {
            let path = types::expression_path(path.qself.as_ref(), &path.path)?;
            line.push(&path)
        }
        // An attribute has a line of its own.
        Expr::Reference(reference) if !reference.attrs.is_empty() => None,
        Expr::Reference(reference) => {
            line.push(match reference.mutability {
                Some(_) => "&mut ",
                None => "&",
            })?;
            write(&reference.expr, line)
        }
        Expr::Unary(unary) => {
            line.push(operator(unary.op)?)?;
            write(&unary.expr, line)
        }
        Expr::Binary(each) if matches!(each.op, BinOp::Eq(_)) => {
            write(&each.left, line)?;
            line.push(" == ")?;
            write(&each.right, line)
        }
        Expr::Return(each) => match &each.expr {
            Some(value) => {
                line.push("return ")?;
                write(value, line)
            }
            None => line.push("return"),
        },
        Expr::Call(call) => self::call(call, line),
        Expr::MethodCall(_) | Expr::Field(_) | Expr::Await(_) | Expr::Try(_) => {
            chain(expression, line)
        }
        Expr::Array(array) => {
            line.push("[")?;
            list(&array.elems, line)?;
            line.push("]")
        }
        Expr::Tuple(tuple) => {
            line.push("(")?;
            list(&tuple.elems, line)?;
            line.push(match tuple.elems.len() {
                1 => ",)",
                _ => ")",
            })
        }
        Expr::Struct(each) => self::struct_literal(each, line),
        Expr::Macro(each) => macro_call(&each.mac, line),
        Expr::Closure(closure) => {
            line.push(&super::closures::head(closure)?)?;
            line.push(" ")?;
            write(super::statements::without_block(&closure.body), line)
        }
        Expr::Range(range) => {
            if let Some(start) = &range.start {
                write(start, line)?;
            }
            line.push(match range.limits {
                RangeLimits::HalfOpen(_) => "..",
                RangeLimits::Closed(_) => "..=",
            })?;
            match &range.end {
                Some(end) => write(end, line),
                None => Some(()),
            }
        }
        _ => None,
    }
}

/// A literal as it was written.
pub(super) fn literal(literal: &Lit) -> String {
    match literal {
        Lit::Int(number) => number.to_string(),
        Lit::Float(number) => number.to_string(),
        other => other.to_token_stream().to_string(),
    }
}

pub(super) fn operator(operator: UnOp) -> Option<&'static str> {
    Some(match operator {
        UnOp::Deref(_) => "*",
        UnOp::Not(_) => "!",
        UnOp::Neg(_) => "-",
        _ => return None,
    })
}

fn call(call: &ExprCall, line: &mut Line<'_>) -> Option<()> {
    write(&call.func, line)?;
    line.push("(")?;
    list(&call.args, line)?;
    line.push(")")
}

fn macro_call(each: &Macro, line: &mut Line<'_>) -> Option<()> {
    let call = line.layout.macro_call(each)?;
    line.push(&call.name)?;
    line.push(call.style.open.encode_utf8(&mut [0; 4]))?;
    list(&call.arguments, line)?;
    line.push(call.style.close.encode_utf8(&mut [0; 4]))
}

/// The elements of a list within their limit. One alone may take the line, if it is no call.
fn list(elements: &Punctuated<Expr, Token![,]>, line: &mut Line<'_>) -> Option<()> {
    let start = line.text.len();
    for (index, element) in elements.iter().enumerate() {
        if index > 0 {
            line.push(", ")?;
        }
        write(element, line)?;
    }
    let limited = match elements.first() {
        Some(only) if elements.len() == 1 => is_nested_call(only),
        _ => true,
    };
    (!limited || line.width_from(start) <= LIST).then_some(())
}

/// A chain within its limit. A single link may take the line.
fn chain(expression: &Expr, line: &mut Line<'_>) -> Option<()> {
    let start = line.text.len();
    let links = links(expression, line)?;
    if links <= 1 {
        return Some(());
    }
    let questions = trailing_questions(&line.text);
    (line.width_from(start) + questions <= CHAIN).then_some(())
}

/// How many `?` end a text.
fn trailing_questions(text: &str) -> usize {
    text.len() - text.trim_end_matches('?').len()
}

/// Writes the links of a chain; how many there are.
fn links(expression: &Expr, line: &mut Line<'_>) -> Option<usize> {
    match expression {
        Expr::MethodCall(each) => {
            let links = links(&each.receiver, line)?;
            line.push(".")?;
            line.push(&each.method.to_string())?;
            if let Some(arguments) = &each.turbofish {
                line.push(&types::turbofish(arguments)?)?;
            }
            line.push("(")?;
            list(&each.args, line)?;
            line.push(")")?;
            Some(links + 1)
        }
        Expr::Field(each) => {
            let links = links(&each.base, line)?;
            line.push(".")?;
            line.push(&member(&each.member))?;
            Some(links + 1)
        }
        Expr::Await(each) => {
            let links = links(&each.base, line)?;
            line.push(".await")?;
            Some(links + 1)
        }
        Expr::Try(each) => {
            let links = links(&each.expr, line)?;
            line.push("?")?;
            Some(links)
        }
        parent => {
            write(parent, line)?;
            Some(0)
        }
    }
}

/// The name or the number of a field.
pub(super) fn member(member: &Member) -> String {
    match member {
        Member::Named(name) => name.to_string(),
        Member::Unnamed(index) => index.index.to_string(),
    }
}

fn struct_literal(each: &ExprStruct, line: &mut Line<'_>) -> Option<()> {
    let path = types::expression_path(each.qself.as_ref(), &each.path)?;
    line.push(&path)?;
    if each.fields.is_empty() && each.rest.is_none() {
        return line.push(" {}");
    }
    if each.fields.iter().any(|field| !field.attrs.is_empty()) {
        return None;
    }
    line.push(" { ")?;
    let start = line.text.len();
    for (index, field) in each.fields.iter().enumerate() {
        if index > 0 {
            line.push(", ")?;
        }
        line.push(&member(&field.member))?;
        if field.colon_token.is_some() {
            line.push(": ")?;
            write(&field.expr, line)?;
        }
    }
    if let Some(rest) = &each.rest {
        if !each.fields.is_empty() {
            line.push(", ")?;
        }
        line.push("..")?;
        write(rest, line)?;
    }
    if line.text.len() - start > FIELDS {
        return None;
    }
    line.push(" }")
}
