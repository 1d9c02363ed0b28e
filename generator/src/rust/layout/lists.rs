//! Lists between brackets: arguments, arrays, tuples, generic arguments, parts of attributes.
//!
//! All on one line; or all but the last, whose further lines follow; or each on its own line.

use syn::{Expr, Field, GenericArgument, Pat};

use super::Layout;
use super::attributes::Part;
use super::space::{
    INDENT, LINE, Space, break_to, breaks, columns_after, first_line, first_line_width, is_broken,
    last_line_width, width,
};

/// An array whose elements are no wider than this fills its lines.
pub(super) const SHORT_ELEMENT: usize = 10;

/// What stands in a list.
#[derive(Clone, Copy)]
pub(super) enum Element<'a> {
    Expression(&'a Expr),
    Argument(&'a GenericArgument),
    Pattern(&'a Pat),
    Field(&'a Field),
    Attribute(&'a Part),
}

/// How a list is written.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) open: char,
    pub(super) close: char,
    /// What its elements may take in all on one line.
    pub(super) limit: usize,
    /// Whether a comma follows the last element where each has a line of its own.
    pub(super) comma: bool,
    /// Whether it is the arguments of a macro that formats.
    pub(super) format: bool,
}

impl Style {
    /// Arguments, and tuples.
    pub(super) const CALL: Self = Self {
        open: '(',
        close: ')',
        limit: 60,
        comma: true,
        format: false,
    };
    /// Arrays, and `vec!`.
    pub(super) const ARRAY: Self = Self {
        open: '[',
        close: ']',
        ..Self::CALL
    };
    /// The arguments of a macro that formats.
    pub(super) const FORMAT: Self = Self {
        comma: false,
        format: true,
        ..Self::CALL
    };
    /// The fields of a pattern.
    pub(super) const PATTERN: Self = Self {
        limit: LINE,
        ..Self::CALL
    };
    /// Generic arguments.
    pub(super) const GENERIC: Self = Self {
        open: '<',
        close: '>',
        limit: LINE,
        ..Self::CALL
    };
    /// The parts of an attribute.
    pub(super) const ATTRIBUTE: Self = Self {
        limit: 70,
        comma: false,
        ..Self::CALL
    };
}

/// How the elements stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tactic {
    /// On one line.
    Horizontal,
    /// Each on its own line.
    Vertical,
    /// As many on a line as it takes.
    Mixed,
}

/// One line if the elements fit on it, else a line for each.
pub(super) fn tactic<'t>(texts: impl Iterator<Item = &'t str>, limit: usize) -> Tactic {
    tactic_by(width, texts, limit)
}

/// The same where rustfmt counts bytes and not columns.
pub(super) fn tactic_in_bytes<'t>(texts: impl Iterator<Item = &'t str>, limit: usize) -> Tactic {
    tactic_by(str::len, texts, limit)
}

fn tactic_by<'t>(
    measure: fn(&str) -> usize,
    texts: impl Iterator<Item = &'t str>,
    limit: usize,
) -> Tactic {
    let mut total = 0;
    for (index, text) in texts.enumerate() {
        if is_broken(text) {
            return Tactic::Vertical;
        }
        total += measure(text) + if index == 0 { 0 } else { 2 };
    }
    if total <= limit {
        Tactic::Horizontal
    } else {
        Tactic::Vertical
    }
}

/// The elements as they stand between the brackets, without the first indentation.
pub(super) fn join(texts: &[String], tactic: Tactic, space: Space, comma: bool) -> String {
    match tactic {
        Tactic::Horizontal => texts.join(", "),
        Tactic::Vertical => {
            let mut text = texts.join(&format!(",{}", break_to(space.indent)));
            if comma {
                text.push(',');
            }
            text
        }
        Tactic::Mixed => fill(texts, space, comma),
    }
}

/// As many on a line as it takes.
pub(super) fn fill(texts: &[String], space: Space, comma: bool) -> String {
    let mut filled = String::new();
    let mut line = 0;
    let mut wrapped = false;
    for (index, text) in texts.iter().enumerate() {
        let last = index + 1 == texts.len();
        let taken = width(text) + usize::from(!last || wrapped);
        if line > 0 && line + 1 + taken > space.width {
            filled.push_str(&break_to(space.indent));
            line = 0;
            wrapped = true;
        } else if line > 0 {
            filled.push(' ');
            line += 1;
        }
        line += taken;
        filled.push_str(text);
        if !last || comma {
            filled.push(',');
        }
    }
    filled
}

impl Layout {
    /// A list after its `head`: the name of what is called, or nothing.
    pub(super) fn list(
        &self,
        head: &str,
        elements: &[Element<'_>],
        space: Space,
        style: Style,
    ) -> Option<String> {
        let taken = columns_after(head, space);
        let list = List {
            layout: self,
            head,
            elements,
            style,
            one_line: space
                .after(last_line_width(head) + 1)
                .and_then(|space| space.before(1))
                .unwrap_or(space.without_room()),
            room: space.width.saturating_sub(taken + 2),
            nested: {
                let nested = space.deeper();
                nested.before(1).unwrap_or(nested.without_room())
            },
        };
        let (tactic, inner) = list.inner()?;
        let snug = tactic == Tactic::Horizontal && {
            let shown = match inner.is_empty() {
                true => 2,
                false => first_line_width(&inner) + 1,
            };
            shown <= space.width.saturating_sub(last_line_width(head)) || space.lenient
        };
        let mut text = String::with_capacity(head.len() + inner.len() + 2 * space.indent + 8);
        text.push_str(head);
        text.push(style.open);
        if snug {
            text.push_str(&inner);
        } else {
            if !inner.is_empty() {
                text.push_str(&break_to(list.nested.indent));
                text.push_str(&inner);
            }
            text.push_str(&break_to(space.indent));
        }
        text.push(style.close);
        Some(text)
    }
}

/// A list that is about to be laid out.
struct List<'l> {
    layout: &'l Layout,
    head: &'l str,
    elements: &'l [Element<'l>],
    style: Style,
    /// The rest of the line after the bracket.
    one_line: Space,
    /// The width of that rest.
    room: usize,
    /// A line for an element of its own.
    nested: Space,
}

impl List<'_> {
    /// What stands between the brackets, and how.
    fn inner(&self) -> Option<(Tactic, String)> {
        let Some((last, others)) = self.elements.split_last() else {
            return Some((Tactic::Horizontal, String::new()));
        };
        let mut texts = Vec::with_capacity(self.elements.len());
        for element in others {
            texts.push(self.layout.element(*element, self.nested)?);
        }
        let limit = self.style.limit.min(self.room);
        if let Some(overflown) = self.overflown(*last, &texts) {
            let first = first_line(&overflown);
            let all = texts.iter().map(String::as_str).chain([first]);
            if tactic(all, limit) == Tactic::Horizontal {
                texts.push(self.overflown_or_plain(*last, overflown));
                return Some((Tactic::Horizontal, texts.join(", ")));
            }
        }
        texts.push(self.layout.element(*last, self.nested)?);
        let tactic = self.tactic(&texts, limit);
        let text = join(&texts, tactic, self.nested, self.style.comma);
        Some((tactic, text))
    }

    /// How elements stand of which none is let out over the end of the line.
    fn tactic(&self, texts: &[String], limit: usize) -> Tactic {
        if let [only] = texts
            && self.room != 0
            && !is_broken(only)
            && width(only) <= self.room
        {
            return Tactic::Horizontal;
        }
        let tactic = tactic(texts.iter().map(String::as_str), limit);
        let short = |text: &String| text.len() <= SHORT_ELEMENT;
        if tactic == Tactic::Vertical
            && !self.style.format
            && self.elements.iter().all(|element| element.is_simple())
            && texts.iter().all(short)
        {
            return Tactic::Mixed;
        }
        tactic
    }

    /// The last element in the rest of the line after the others, if its further lines may
    /// follow there.
    fn overflown(&self, last: Element<'_>, others: &[String]) -> Option<String> {
        let only = others.is_empty();
        let plain = last.expression().is_some_and(|last| !is_gated(last));
        let snuggles = only && plain && self.head.len() < INDENT;
        if !snuggles && !last.may_overflow(self.elements.len()) {
            return None;
        }
        let space = if only && !last.is_nested_call() {
            self.one_line
        } else {
            let taken = others.iter().map(|text| text.len() + 2).sum();
            let width = self.style.limit.min(self.one_line.width);
            let space = Space {
                width,
                ..self.one_line
            };
            space.after(taken)?
        };
        if space.is_hopeless() {
            return None;
        }
        let before = self.layout.keep_chains.get();
        if !snuggles
            && last
                .expression()
                .is_some_and(super::expressions::is_method_call)
        {
            self.layout.keep_chains.set(true);
        }
        let text = self.last(last, space);
        self.layout.keep_chains.set(before);
        text
    }

    /// The last element, where a broken condition would look odd.
    fn last(&self, last: Element<'_>, space: Space) -> Option<String> {
        match last.expression() {
            Some(Expr::Closure(closure)) => {
                let is_closure =
                    |element: &&Element<'_>| matches!(element.expression(), Some(Expr::Closure(_)));
                if self.elements.iter().filter(is_closure).count() > 1 {
                    return None;
                }
                self.layout.last_closure(closure, space)
            }
            Some(Expr::Match(each)) if self.layout.condition_is_broken(each, space) => None,
            _ => self.layout.element(last, space),
        }
    }

    /// An only element that was broken once is better left whole on the next line.
    fn overflown_or_plain(&self, last: Element<'_>, overflown: String) -> String {
        if self.elements.len() == 1
            && breaks(&overflown) == 1
            && let Some(plain) = self.layout.element(last, self.nested)
            && !is_broken(&plain)
        {
            return plain;
        }
        overflown
    }
}

impl<'a> Element<'a> {
    fn expression(self) -> Option<&'a Expr> {
        match self {
            Self::Expression(expression) => Some(expression),
            _ => None,
        }
    }

    /// Whether its further lines may follow at the end of a list of so many.
    fn may_overflow(self, count: usize) -> bool {
        match self {
            Self::Expression(expression) => super::expressions::may_overflow(expression, count),
            Self::Attribute(part) => count == 1 && part.may_overflow(),
            _ => false,
        }
    }

    fn is_nested_call(self) -> bool {
        self.expression()
            .is_some_and(super::expressions::is_nested_call)
    }

    fn is_simple(self) -> bool {
        match self {
            Self::Expression(expression) => super::expressions::is_simple(expression),
            Self::Attribute(part) => part.is_simple(),
            _ => false,
        }
    }
}

/// Whether an element has attributes, as what belongs to a feature does.
fn is_gated(element: &Expr) -> bool {
    matches!(element, Expr::Reference(each) if !each.attrs.is_empty())
}

impl Layout {
    fn element(&self, element: Element<'_>, space: Space) -> Option<String> {
        match element {
            Element::Expression(expression) => self.expression(expression, space),
            Element::Argument(argument) => self.generic_argument(argument, space),
            Element::Pattern(pattern) => self.pattern(pattern, space),
            Element::Field(field) => self.tuple_field(field, space),
            Element::Attribute(part) => self.part(part, space),
        }
    }
}
