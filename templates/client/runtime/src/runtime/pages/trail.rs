//! What follows a page: read from the page, from the table of its operation and from the pages
//! before it.

use std::borrow::Cow;
use std::collections::HashSet;

use url::Url;

use crate::runtime::pages::cursor::Position;
use crate::runtime::pages::link_header;
use crate::runtime::pages::next_link;
use crate::runtime::pages::page_body::{self, Found, Listed};
use crate::runtime::pages::paging::{Keys, Next, Paging, Size};
use crate::runtime::reading::response::RawResponse;
use crate::runtime::writing::call::Call;
use crate::runtime::writing::prepare::base_url;

/// The pages that were there.
#[derive(Default)]
pub(crate) struct Trail {
    visited: HashSet<Position>,
    before: Option<Listed>,
    /// The items so far, if the first page was among them.
    items: Option<u64>,
}

/// What follows a page.
pub(crate) enum After {
    /// Nothing: it is the last one.
    End,
    /// The page that begins here.
    Page(Position),
    /// A page that cannot be reached, and why.
    Broken(String),
    /// The page is the one before once more, and why that is no next page.
    Again(String),
}

/// A page that came.
pub(crate) struct Arrived<'a> {
    pub(crate) call: &'a Call,
    pub(crate) paging: &'static Paging,
    /// Where it begins; `None`: where the call does.
    pub(crate) at: Option<&'a Position>,
    /// The address that it was asked for at.
    pub(crate) address: &'a Url,
    pub(crate) response: &'a RawResponse,
}

impl Trail {
    /// What follows this page.
    pub(crate) fn after(&mut self, page: &Arrived<'_>) -> After {
        match page.paging.next {
            _ if page.says_end() => After::End,
            Next::Link(keys) => self.link(page, page.value(keys)),
            Next::LinkHeader => {
                let link = link_header::next(page.response.headers());
                self.link(page, link.map_or(Found::Nothing, Found::Text))
            }
            Next::Cursor(parameter, keys) => match page.value(keys) {
                // A number counts from one where it says that there is more.
                Found::Number(number) if number == "0" => After::End,
                found => self.cursor(page, parameter, found),
            },
            Next::LastItem(parameter, keys) => {
                let found = page_body::of_last_item(page.body(), page.paging.items, keys);
                self.last_item(page, parameter, found)
            }
            Next::Page(parameter, first) => self.number(page, parameter, first, true),
            Next::Offset(parameter, first) => self.number(page, parameter, first, false),
        }
    }

    fn link(&mut self, page: &Arrived<'_>, found: Found) -> After {
        let link = match found {
            Found::Nothing | Found::Flag(false) => return After::End,
            Found::Text(link) => link,
            _ => return After::Broken("the link to it is neither a string nor an object".into()),
        };
        let api = page.call.core.shared.api;
        self.visited
            .insert(Position::Link(next_link::kept(page.address, api)));
        // What a link is relative to is the URL that was retrieved (RFC 3986, section 5.1.3).
        let found_at = page.response.url().unwrap_or(page.address);
        let url =
            base_url(page.call).and_then(|base| next_link::resolve(link.trim(), found_at, &base));
        match url.map(|url| Position::Link(next_link::kept(&url, api))) {
            Ok(next) => self.unseen(next, "the link to it leads to a page that was there before"),
            Err(message) => After::Broken(message),
        }
    }

    fn cursor(&mut self, page: &Arrived<'_>, parameter: usize, found: Found) -> After {
        let cursor = match found {
            Found::Nothing | Found::Flag(false) => return After::End,
            Found::Text(cursor) | Found::Number(cursor) => cursor,
            Found::Flag(true) | Found::List(_) => {
                return After::Broken("its cursor is neither a string nor a number".into());
            }
        };
        let here = page.asked(parameter).map(Position::Cursor);
        let next = Position::Cursor(cursor);
        // Some APIs name the place where what is new will be.
        if here.as_ref() == Some(&next) && page.listed().count == 0 {
            return After::End;
        }
        self.visited.extend(here);
        self.unseen(next, "its cursor was there before")
    }

    fn last_item(&mut self, page: &Arrived<'_>, parameter: usize, found: Found) -> After {
        let said = page.paging.more.map(|keys| page.value(keys));
        match (said, &found) {
            // Where a page says whether there are more, silence is no.
            (Some(said), _) if said != Found::Flag(true) => After::End,
            (None, Found::Nothing) => After::End,
            (Some(_), Found::Nothing) => {
                After::Broken("there are more, and no last item to go on from".into())
            }
            _ => self.cursor(page, parameter, found),
        }
    }

    fn unseen(&self, next: Position, otherwise: &str) -> After {
        if self.visited.contains(&next) {
            After::Broken(otherwise.to_owned())
        } else {
            After::Page(next)
        }
    }

    /// After a page that is found by a number: that of pages, or of items before it.
    fn number(&mut self, page: &Arrived<'_>, parameter: usize, first: u64, pages: bool) -> After {
        let name = page.name(parameter);
        let Some(here) = page.number(parameter, first) else {
            return After::Broken(format!("`{name}` is no whole number to count on from"));
        };
        let listed = page.listed();
        let before = self.before.replace(listed);
        if listed.count == 0 {
            let number = here.saturating_sub(first).saturating_add(1);
            return page.empty(name, pages.then_some((here, number)), before);
        }
        self.items = match (here == first, self.items) {
            (true, _) => Some(listed.count),
            (false, so_far) => so_far.map(|so_far| so_far.saturating_add(listed.count)),
        };
        let from_first = here.saturating_sub(first);
        let (next, number, items) = if pages {
            (
                here.checked_add(1),
                Some(from_first.saturating_add(1)),
                self.items,
            )
        } else {
            let items = from_first.saturating_add(listed.count);
            (here.checked_add(listed.count), None, Some(items))
        };
        let last = page.is_last(number, items);
        let last = last.unwrap_or_else(|| page.is_short(listed.count));
        // Where items repeat themselves, so may pages; but not for ever.
        let again = before.is_some_and(|before| before.is(&listed));
        if again && (listed.distinct || !last) {
            return After::Again(same(name));
        }
        match next.filter(|_| !last) {
            None => After::End,
            Some(next) if pages => After::Page(Position::Page(next)),
            Some(next) => After::Page(Position::Offset(next)),
        }
    }
}

/// Why a page is no next one.
fn same(name: &str) -> String {
    format!("it is the same as the one before, so the server seems not to know `{name}`")
}

impl Arrived<'_> {
    fn body(&self) -> &[u8] {
        self.response.json()
    }

    fn value(&self, keys: Keys) -> Found {
        page_body::value(self.body(), keys)
    }

    fn listed(&self) -> Listed {
        page_body::items(self.body(), self.paging.items)
    }

    /// Whether the page itself says that it is the last one.
    fn says_end(&self) -> bool {
        let more = self.paging.more.map(|keys| self.value(keys));
        more == Some(Found::Flag(false))
    }

    fn name(&self, parameter: usize) -> &'static str {
        let parameter = self.call.operation.parameters.get(parameter);
        parameter.map_or("?", |parameter| parameter.name())
    }

    /// What a parameter asked for, as text.
    fn asked(&self, parameter: usize) -> Option<String> {
        let (_, value) = self.call.value(parameter)?;
        let text = value.scalar().map(Cow::into_owned);
        Some(text.unwrap_or_else(|| value.value().to_string()))
    }

    /// The number that a parameter asked for; what stands for it if it did not.
    fn number(&self, parameter: usize, first: u64) -> Option<u64> {
        match self.at {
            Some(Position::Page(number) | Position::Offset(number)) => Some(*number),
            _ => self
                .asked(parameter)
                .map_or(Some(first), |text| text.parse().ok()),
        }
    }

    /// What the page says of its being the last one, by the number of pages and of items up to
    /// its end.
    fn is_last(&self, number: Option<u64>, items: Option<u64>) -> Option<bool> {
        let paging = self.paging;
        if let Some(keys) = paging.more
            && let Found::Flag(more) = self.value(keys)
        {
            return Some(!more);
        }
        let reached = |keys: Option<Keys>, so_far: Option<u64>| {
            let all = self.value(keys?).whole().filter(|all| *all > 0)?;
            Some(so_far? >= all)
        };
        reached(paging.pages, number).or_else(|| reached(paging.total, items))
    }

    /// What follows this page, on which there is nothing. It is the last one, unless it says that
    /// there are more: filters may leave a page empty, but hardly two in a row. `place` is its
    /// number, as it is asked for and counted from one, if it has one.
    fn empty(&self, name: &str, place: Option<(u64, u64)>, before: Option<Listed>) -> After {
        if self.is_last(place.map(|(_, number)| number), None) != Some(false) {
            return After::End;
        }
        let Some((here, _)) = place else {
            return After::Broken("there are more, and no items to count on from".into());
        };
        match (here.checked_add(1), before) {
            (Some(next), before) if before.is_none_or(|it| it.count > 0) => {
                After::Page(Position::Page(next))
            }
            _ if self.paging.more.is_some() => After::Again(same(name)),
            _ => After::End,
        }
    }

    /// Whether a page has fewer items than it would have if others followed it.
    fn is_short(&self, count: u64) -> bool {
        let Some(size) = self.paging.size else {
            return false;
        };
        let asked = match self.asked(size.parameter) {
            Some(text) => text.parse().ok(),
            None => size.default,
        };
        asked.is_some_and(|asked| size.is_short(count, asked))
    }
}

impl Size {
    /// Whether a page of so many items is short, if so many were asked for. Servers give fewer
    /// than they are asked for without a word, so what looks like such a bound of theirs is not
    /// short: one more call is better than items that nobody sees.
    fn is_short(self, count: u64, asked: u64) -> bool {
        let (most, usual) = (self.most.unwrap_or(asked), self.default.unwrap_or(0));
        let trusted = self.most.is_some() || asked <= usual || count < usual;
        count < asked.min(most) && (trusted || !is_round(count))
    }
}

/// Whether a number looks like a bound that somebody chose: 25, 100, 256.
fn is_round(count: u64) -> bool {
    count >= 10 && (count.is_multiple_of(5) || count.is_power_of_two())
}
