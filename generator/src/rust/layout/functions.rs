//! Functions: their signatures and bodies.

use syn::{Block, FnArg, Receiver, ReceiverKind, ReturnType, Safety, Signature, Type};

use super::lists::{Tactic, tactic, tactic_in_bytes};
use super::space::{INDENT, LINE, Space, break_to, is_broken, last_line_width, width};
use super::{Layout, patterns, types};

/// A function without its attributes.
pub(super) struct Function<'f> {
    /// The visibility and the blank after it.
    pub(super) visibility: String,
    pub(super) signature: &'f Signature,
    pub(super) block: &'f Block,
}

impl Layout {
    /// A function; `None` if there is more to it than is known.
    pub(super) fn function(&self, function: &Function<'_>, indent: usize) -> Option<String> {
        let parts = Parts::of(function.signature)?;
        let below = break_to(indent);
        let (head, separator) = match self.signature(function, &parts, Space::line(indent, false)) {
            Some(head) if last_line_width(&head) + 2 <= LINE.saturating_sub(indent) => (head, " "),
            Some(head) => (head, &*below),
            // rustfmt leaves what it cannot lay out, up to the brace.
            None => {
                let head = self.signature(function, &parts, Space::line(indent, true));
                (head?, &*below)
            }
        };
        let block = self.block(function.block, indent);
        Some(format!("{head}{separator}{block}"))
    }

    fn signature(
        &self,
        function: &Function<'_>,
        parts: &Parts<'_>,
        space: Space,
    ) -> Option<String> {
        let signature = function.signature;
        let mut text = format!("{}fn {}", function.visibility, signature.ident);
        text.push_str(&parts.generics);
        let returned = match parts.output {
            Some(ty) => self.returned(ty, space)?,
            None => String::new(),
        };
        let one_line = match is_broken(&returned) {
            true => 0,
            false => {
                let blank = usize::from(!returned.is_empty());
                LINE.saturating_sub(space.indent + text.len() + returned.len() + 4 + blank)
            }
        };
        let inputs = self.inputs(signature, space)?;
        text.push('(');
        push_inputs(&inputs, one_line, space.indent, &mut text);
        text.push(')');
        if let Some(ty) = parts.output {
            // Without inputs there is nothing else to break; rustfmt lets one column more pass.
            let first_line = returned.lines().next().unwrap_or_default();
            let width = space.indent + last_line_width(&text) + 1 + width(first_line);
            if inputs.is_empty() && width > LINE + 1 {
                text.push_str(&break_to(space.indent));
                text.push_str(&returned);
                return Some(text);
            }
            text.push(' ');
            if is_broken(&returned) {
                let after = space.next_line().after(last_line_width(&text));
                text.push_str(&self.returned(ty, after.unwrap_or(space.next_line()))?);
            } else {
                text.push_str(&returned);
            }
        }
        Some(text)
    }

    fn returned(&self, ty: &Type, space: Space) -> Option<String> {
        let ty = self.ty(ty, space.after("-> ".len())?)?;
        Some(format!("-> {ty}"))
    }

    fn inputs(&self, signature: &Signature, space: Space) -> Option<Vec<String>> {
        // A comma follows each.
        let space = space.deeper().before(1)?;
        let inputs = signature.inputs.iter();
        inputs.map(|input| self.input(input, space)).collect()
    }

    fn input(&self, input: &FnArg, space: Space) -> Option<String> {
        match input {
            FnArg::Receiver(each) => receiver(each).map(str::to_owned),
            FnArg::Typed(each) => {
                let name = patterns::one_line(&each.pat).unwrap_or_else(|| self.plainly(&each.pat));
                let ty = space
                    .after(name.len() + 2)
                    .and_then(|space| self.ty(&each.ty, space))
                    .or_else(|| types::one_line(&each.ty))?;
                Some(format!("{name}: {ty}"))
            }
        }
    }
}

/// Writes inputs on the line of their function, or below it.
fn push_inputs(inputs: &[String], room: usize, indent: usize, text: &mut String) {
    let texts = || inputs.iter().map(String::as_str);
    let inside = break_to(indent + INDENT);
    if inputs.is_empty() || tactic_in_bytes(texts(), room) == Tactic::Horizontal {
        text.push_str(&inputs.join(", "));
        return;
    }
    // rustfmt counts columns to know whether they fit on one line, and bytes to know on which.
    if tactic(texts(), room) == Tactic::Horizontal {
        text.push_str(&inside);
        text.push_str(&inputs.join(", "));
    } else {
        for input in inputs {
            text.push_str(&inside);
            text.push_str(input);
            text.push(',');
        }
    }
    text.push_str(&break_to(indent));
}

/// `self`, `mut self`, `&self` or `&mut self`.
fn receiver(receiver: &Receiver) -> Option<&'static str> {
    match (&receiver.kind, receiver.mutability) {
        (ReceiverKind::Value, None) => Some("self"),
        (ReceiverKind::Value, Some(_)) => Some("mut self"),
        (ReceiverKind::Reference(_, None, None), None) => Some("&self"),
        (ReceiverKind::Reference(_, None, Some(_)), None) => Some("&mut self"),
        _ => None,
    }
}

/// What of a signature is not its name and its inputs.
struct Parts<'s> {
    generics: String,
    output: Option<&'s Type>,
}

impl<'s> Parts<'s> {
    /// `None` if there is more to it than is known.
    fn of(signature: &'s Signature) -> Option<Self> {
        let plain = signature.constness.is_none()
            && signature.asyncness.is_none()
            && signature.abi.is_none()
            && signature.variadic.is_none()
            && matches!(signature.safety, Safety::Default)
            && signature.inputs.iter().all(is_plain);
        if !plain {
            return None;
        }
        Some(Self {
            generics: types::generics(&signature.generics)?,
            output: match &signature.output {
                ReturnType::Default => None,
                ReturnType::Type(_, ty) => Some(ty),
            },
        })
    }
}

fn is_plain(input: &FnArg) -> bool {
    match input {
        FnArg::Receiver(each) => each.attrs.is_empty() && receiver(each).is_some(),
        FnArg::Typed(each) => each.attrs.is_empty(),
    }
}
