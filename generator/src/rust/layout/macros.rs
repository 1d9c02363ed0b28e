//! Calls of macros whose arguments are expressions: `vec!` and what formats.

use std::rc::Rc;

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Expr, Macro, MacroDelimiter, Token};

use super::Layout;
use super::lists::{Element, Style};
use super::space::Space;

/// The call of a macro.
pub(super) struct MacroCall {
    /// Its name with the `!`.
    pub(super) name: String,
    pub(super) arguments: Punctuated<Expr, Token![,]>,
    pub(super) style: Style,
}

impl MacroCall {
    /// `None` if the arguments are something else.
    fn of(each: &Macro) -> Option<Self> {
        let style = match each.delimiter {
            MacroDelimiter::Paren(_) => Style::FORMAT,
            MacroDelimiter::Bracket(_) => Style::ARRAY,
            MacroDelimiter::Brace(_) => return None,
        };
        let arguments = each.parse_body_with(Punctuated::parse_terminated).ok()?;
        Some(Self {
            name: format!("{}!", each.path.to_token_stream()),
            arguments,
            style,
        })
    }
}

impl Layout {
    /// What a macro is called with. It is kept, for what was broken of it is known by its place.
    pub(super) fn macro_call(&self, each: &Macro) -> Option<Rc<MacroCall>> {
        let key = std::ptr::from_ref(each).addr();
        let known = self.macros.borrow().get(&key).cloned();
        known.unwrap_or_else(|| {
            let call = MacroCall::of(each).map(Rc::new);
            self.macros.borrow_mut().insert(key, call.clone());
            call
        })
    }

    /// The call of a macro that does not fit on one line.
    pub(super) fn broken_macro(&self, each: &Macro, space: Space) -> Option<String> {
        let Some(call) = self.macro_call(each) else {
            return Some(self.plainly(each));
        };
        let arguments: Vec<_> = call.arguments.iter().map(Element::Expression).collect();
        let lay = || self.list(&call.name, &arguments, space, call.style);
        let text = lay();
        if text.is_some() || !self.keep_chains.get() {
            return text;
        }
        // rustfmt leaves a macro that it cannot lay out, and goes on around it.
        self.keep_chains.set(false);
        let text = lay().filter(|text| space.holds(text));
        self.keep_chains.set(true);
        text
    }
}
