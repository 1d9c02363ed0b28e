//! Chains of calls, fields, `.await` and `?`.
//!
//! A chain that is too long for a line has a line for each link, unless only its last link is
//! long and looks better with its further lines after the others.

use syn::{Expr, ExprMethodCall};

use super::lists::{Element, Style};
use super::one_line::{CHAIN, member};
use super::space::{
    INDENT, Space, break_to, breaks, ends_with_closing, first_line_width, is_broken,
    last_line_width, width,
};
use super::{Layout, types};

/// A last link with so many lines always stands after the others.
const LARGE: usize = 5;

/// An expression as a chain.
struct Chain<'e> {
    parent: Link<'e>,
    children: Vec<Link<'e>>,
}

/// A part of a chain with the `?` after it.
struct Link<'e> {
    expression: &'e Expr,
    questions: usize,
}

impl<'e> Chain<'e> {
    fn of(expression: &'e Expr) -> Self {
        let mut children = Vec::new();
        let mut questions = 0;
        let mut rest = expression;
        loop {
            let link = Link {
                expression: rest,
                questions,
            };
            let next = match rest {
                Expr::Try(each) => {
                    questions += 1;
                    rest = &each.expr;
                    continue;
                }
                Expr::MethodCall(each) => &each.receiver,
                Expr::Field(each) => &each.base,
                Expr::Await(each) => &each.base,
                _ => {
                    children.reverse();
                    return Self {
                        parent: link,
                        children,
                    };
                }
            };
            children.push(link);
            questions = 0;
            rest = next;
        }
    }
}

/// What is known of a chain whose links but the last are laid out.
struct Begun {
    /// The parent and the other links.
    texts: Vec<String>,
    /// How many links there are in all.
    count: usize,
    /// Where a link of its own line stands.
    child: Space,
}

impl Layout {
    /// A chain that does not fit on one line.
    pub(super) fn chain(&self, expression: &Expr, space: Space) -> Option<String> {
        let chain = Chain::of(expression);
        if chain.children.is_empty() {
            return self.parent(&chain.parent, space);
        }
        let (root, snug, rest) = self.root(&chain, space)?;
        let Some((last, others)) = rest.split_last() else {
            return space.holds(&root).then_some(root);
        };
        let child = match snug {
            true => space.next_line(),
            false => space.deeper(),
        };
        let mut texts = Vec::with_capacity(rest.len() + 1);
        texts.push(root);
        for link in others {
            texts.push(self.link(link, child)?);
        }
        let begun = Begun {
            texts,
            count: chain.children.len(),
            child,
        };
        let (last, one_line) = self.last_link(last, &begun, space)?;
        let mut texts = begun.texts;
        texts.push(last);
        let text = if one_line {
            texts.concat()
        } else if self.keep_chains.get() {
            return None;
        } else {
            texts.join(&break_to(child.indent))
        };
        space.holds(&text).then_some(text)
    }

    /// The parent and the links that stand with it, because it is no wider than an indentation;
    /// whether the links after it need no indentation; those links.
    fn root<'c, 'e>(
        &self,
        chain: &'c Chain<'e>,
        space: Space,
    ) -> Option<(String, bool, &'c [Link<'e>])> {
        let mut root = self.parent(&chain.parent, space)?;
        let mut snug =
            super::expressions::ends_as_block(chain.parent.expression) && is_broken(&root);
        let mut rest = &chain.children[..];
        let indent = INDENT.saturating_sub(space.taken);
        while let Some((link, others)) = rest.split_first() {
            if root.len() > indent || is_broken(&root) {
                break;
            }
            let Some(text) = self.link(link, space.after(root.len())?) else {
                break;
            };
            root.push_str(&text);
            snug = ends_with_closing(&root);
            rest = others;
        }
        Some((root, snug, rest))
    }

    /// The last link, and whether the whole chain stands on one line, its further lines apart.
    fn last_link(&self, last: &Link<'_>, begun: &Begun, space: Space) -> Option<(String, bool)> {
        let Begun {
            texts,
            count,
            child,
        } = begun;
        let root = texts.first()?;
        let extendable = ends_with_closing(root);
        let before = match extendable {
            true => last_line_width(root),
            false => texts.iter().map(|text| width(text)).sum(),
        } + last.questions;
        let budget = match count {
            1 => space.width,
            _ => space.width.min(CHAIN),
        }
        .saturating_sub(before);
        let one_line = budget > 0 && !texts.iter().any(|text| is_broken(text));
        let own_line = child.before(space.kept() + last.questions);
        let here = if one_line {
            space.before(last.questions)
        } else if extendable {
            child.before(last.questions)
        } else {
            own_line
        };
        if one_line || extendable {
            let behind = here
                .and_then(|here| here.after(before))
                .filter(|behind| !behind.is_hopeless())
                .and_then(|behind| self.link(last, behind));
            if let Some(behind) = behind {
                let fits = first_line_width(&behind) <= budget;
                let lines = breaks(&behind) + 1;
                if fits && lines >= LARGE {
                    return Some((behind, one_line));
                }
                return Some(match self.link(last, own_line?) {
                    Some(own) if !fits => (own, false),
                    Some(own) if breaks(&own) + 1 < lines => (own, false),
                    _ => (behind, fits && one_line),
                });
            }
        }
        Some((self.link(last, here?)?, false))
    }

    fn parent(&self, parent: &Link<'_>, space: Space) -> Option<String> {
        let mut text = self.expression(parent.expression, space.before(parent.questions)?)?;
        ask(&mut text, parent.questions);
        Some(text)
    }

    fn link(&self, link: &Link<'_>, space: Space) -> Option<String> {
        let space = space.before(link.questions)?;
        let mut text = match link.expression {
            Expr::MethodCall(each) => self.method_call(each, space)?,
            Expr::Field(each) => format!(".{}", member(&each.member)),
            Expr::Await(_) => ".await".to_owned(),
            other => self.expression(other, space)?,
        };
        ask(&mut text, link.questions);
        Some(text)
    }

    fn method_call(&self, each: &ExprMethodCall, space: Space) -> Option<String> {
        let mut head = format!(".{}", each.method);
        if let Some(arguments) = &each.turbofish {
            head.push_str(&types::turbofish(arguments)?);
        }
        let arguments: Vec<_> = each.args.iter().map(Element::Expression).collect();
        self.list(&head, &arguments, space, Style::CALL)
    }
}

fn ask(text: &mut String, questions: usize) {
    text.extend(std::iter::repeat_n('?', questions));
}
