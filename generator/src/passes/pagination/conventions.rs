//! The conventions by which lists come in pages, the surest first.

use super::answer::{Answer, Said};
use super::first::Firsts;
use super::{count, names, plain};
use crate::ir::{NextPage, Operation, Pagination, Parameter, Place, Shape, Type, Types};

/// An operation that may keep to a convention.
struct Candidate<'a> {
    operation: &'a Operation,
    answer: &'a Answer<'a>,
    types: &'a Types,
    firsts: &'a Firsts,
    said: Vec<Said<'a>>,
    items: Vec<String>,
}

/// The pages of an operation, if it keeps to a convention.
pub(super) fn pagination(
    operation: &Operation,
    answer: &Answer<'_>,
    types: &Types,
    firsts: &Firsts,
) -> Option<Pagination> {
    let candidate = Candidate {
        operation,
        answer,
        types,
        firsts,
        said: answer.said(),
        items: answer.items()?,
    };
    candidate
        .link()
        .or_else(|| candidate.link_header())
        .or_else(|| candidate.cursor())
        .or_else(|| candidate.last_item())
        .or_else(|| candidate.page())
        .or_else(|| candidate.offset())
}

impl Candidate<'_> {
    fn plain(&self, next: NextPage) -> Pagination {
        plain(self.items.clone(), next)
    }

    /// A link in the body, by its name, or as `next` if it says that it is a URL.
    fn link(&self) -> Option<Pagination> {
        let is_link = |said: &&Said<'_>| {
            let sure = names::is_link(&said.keys);
            let may_be = names::may_be_link(&said.keys) && is_url(said.ty);
            (sure || may_be) && self.answer.is_link(said.ty)
        };
        let keys = self.said.iter().find(is_link)?.keys.clone();
        Some(self.plain(NextPage::Link { keys }))
    }

    /// A documented `Link` header beside a list.
    fn link_header(&self) -> Option<Pagination> {
        let mut headers = self.answer.response.headers.iter();
        let documented = headers.any(|header| header.name.eq_ignore_ascii_case("link"));
        let sure = documented && self.is_page();
        sure.then(|| self.plain(NextPage::LinkHeader))
    }

    /// A value of the body that a parameter takes.
    fn cursor(&self) -> Option<Pagination> {
        let texts = names::CURSORS.iter().find_map(|name| {
            let parameter = self.parameter(name, is_cursor)?;
            let fits = |said: &&Said<'_>| {
                names::is_cursor(name, &said.keys) && is_cursor(said.ty) && !is_url(said.ty)
            };
            let last_id = |said: &&Said<'_>| {
                names::takes_last_id(name)
                    && names::is_last_id(&said.keys)
                    && is_cursor(said.ty)
                    && self.more().is_some()
            };
            let found = self.said.iter().find(fits);
            let found = found.or_else(|| self.said.iter().find(last_id))?;
            Some((parameter, found.keys.clone()))
        });
        let (parameter, keys) = texts.or_else(|| self.next_said())?;
        let next = NextPage::Cursor { parameter, keys };
        Some(Pagination {
            more: self.more(),
            ..self.plain(next)
        })
    }

    /// The page or the offset that the body says is the next, whatever it looks like.
    fn next_said(&self) -> Option<(usize, Vec<String>)> {
        let next = |wanted: &str, is: fn(&Type) -> bool| {
            let named = |said: &&Said<'_>| {
                let last = said.keys.last().map(|key| names::plain(key));
                last.as_deref() == Some(wanted) && is(said.ty)
            };
            self.said.iter().find(named).map(|said| said.keys.clone())
        };
        // Where one is a number and the other is text, the text may be a URL.
        let by_page = names::PAGES.iter().find_map(|name| {
            let alike = [is_number, is_plain_text].into_iter();
            let mut alike = alike.filter_map(|is| {
                let parameter = self.parameter(name, is)?;
                Some((parameter, next("nextpage", is)?))
            });
            alike.next()
        });
        by_page.or_else(|| {
            let parameter = self.parameter("offset", is_plain_text)?;
            let keys = next("offset", is_plain_text);
            let keys = keys.or_else(|| next("nextoffset", is_plain_text))?;
            Some((parameter, keys))
        })
    }

    /// The id of the last item, where the body says whether there are more.
    fn last_item(&self) -> Option<Pagination> {
        let mut names = names::AFTER_ITEM.iter();
        let parameter = names.find_map(|name| self.parameter(name, is_cursor))?;
        let more = self.more()?;
        let keys = vec!["id".to_owned()];
        let super::answer::Lead::Type(id) = self.answer.lead_in_item(&self.items, &keys) else {
            return None;
        };
        let next = NextPage::LastItem { parameter, keys };
        is_cursor(id).then(|| Pagination {
            more: Some(more),
            ..self.plain(next)
        })
    }

    /// The number of the page, if something else speaks of pages as well.
    fn page(&self) -> Option<Pagination> {
        let mut names = names::PAGES.iter();
        let parameter = names.find_map(|name| self.parameter(name, is_number))?;
        let said = &self.operation.parameters[parameter];
        let pages = self.number(&|name| names::PAGE_COUNTS.contains(&name));
        let last = self.number(&|name| name == names::LAST_PAGE);
        let first = self.firsts.first(said, self.types);
        // What says which page is the last, and nothing else, is made by those who begin at one.
        let first = first.or_else(|| last.as_ref().map(|_| 1))?;
        let counted = Pagination {
            pages: pages.or(last.filter(|_| first == 1)),
            ..self.counted(NextPage::Page { parameter, first })
        };
        let told = [&counted.pages, &counted.total, &counted.more];
        let sure = counted.size.is_some() || told.into_iter().any(Option::is_some);
        (sure && self.is_page()).then_some(counted)
    }

    /// The number of items before the page, if the number of items in it can be asked for, too.
    fn offset(&self) -> Option<Pagination> {
        names::OFFSETS.iter().find_map(|name| {
            let parameter = self.parameter(name, is_number)?;
            let first = self
                .firsts
                .first(&self.operation.parameters[parameter], self.types);
            let first = first.or_else(|| names::FROM_ZERO.contains(name).then_some(0))?;
            let counted = self.counted(NextPage::Offset { parameter, first });
            let sure = counted.size.is_some() && self.is_page();
            sure.then_some(counted)
        })
    }

    fn counted(&self, next: NextPage) -> Pagination {
        let mut sizes = names::SIZES.iter();
        let size = sizes.find_map(|name| self.parameter(name, is_number));
        Pagination {
            more: self.more(),
            total: self.number(&|name| names::TOTALS.contains(&name)),
            size: size.map(|parameter| count::size(self.operation, parameter, self.types)),
            ..self.plain(next)
        }
    }

    /// Whether the answer is a list of things, rather than a thing that has a list: it is nothing
    /// but the list, calls it so, or says what pages say.
    fn is_page(&self) -> bool {
        let echoes = |said: &Said<'_>| {
            let last = said.keys.last().map(|key| names::plain(key));
            last.is_some_and(|last| names::speaks_of_pages(&last)) && is_cursor(said.ty)
        };
        let speaks = || self.more().is_some() || self.said.iter().any(echoes);
        !self.answer.is_thing() && (self.answer.is_but(&self.items) || speaks())
    }

    fn more(&self) -> Option<Vec<String>> {
        let is = |ty: &Type| matches!(ty.shape, Shape::Boolean);
        self.value(&|name| names::MORE.contains(&name), &is)
    }

    fn number(&self, called: &dyn Fn(&str) -> bool) -> Option<Vec<String>> {
        self.value(called, &is_number)
    }

    /// The keys of the first value with such a name and such a type.
    fn value(
        &self,
        called: &dyn Fn(&str) -> bool,
        is: &dyn Fn(&Type) -> bool,
    ) -> Option<Vec<String>> {
        let fits = |said: &&Said<'_>| {
            let last = said.keys.last().map(|key| names::plain(key));
            last.is_some_and(|last| called(&last)) && is(said.ty)
        };
        self.said.iter().find(fits).map(|said| said.keys.clone())
    }

    /// The query parameter of this plain name, if it is of such a type and plain text on the wire.
    fn parameter(&self, name: &str, is: fn(&Type) -> bool) -> Option<usize> {
        let fits = |parameter: &Parameter| {
            let plain_text = parameter.place == Place::Query && parameter.content.is_none();
            let ty = self.types.get(self.types.resolve(parameter.ty));
            plain_text && names::plain(&parameter.name) == name && is(ty)
        };
        self.operation.parameters.iter().position(fits)
    }
}

fn is_number(ty: &Type) -> bool {
    matches!(ty.shape, Shape::Integer | Shape::Number)
}

/// Text that is no moment.
fn is_text(ty: &Type) -> bool {
    let moment = matches!(ty.format.as_deref(), Some("date" | "date-time" | "time"));
    matches!(ty.shape, Shape::String) && !moment
}

fn is_plain_text(ty: &Type) -> bool {
    is_text(ty) && !is_url(ty)
}

fn is_cursor(ty: &Type) -> bool {
    is_text(ty) || is_number(ty)
}

/// Whether a text says that it is a URL, by its format or its example, or is an object with one.
fn is_url(ty: &Type) -> bool {
    let example = ty.example.as_ref().and_then(serde_json::Value::as_str);
    let shown = example.is_some_and(|text| text.starts_with('/') || text.contains("://"));
    let said = ty.format.as_deref();
    shown
        || matches!(said, Some("uri" | "url" | "uri-reference" | "iri"))
        || matches!(ty.shape, Shape::Record(_))
}
