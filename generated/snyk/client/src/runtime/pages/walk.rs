//! The walk from page to page, without the types of the pages, so that there is one of it.

use std::task::{Context, Poll, ready};

use url::Url;

use crate::runtime::delivery::exchange::{self, Exchange};
use crate::runtime::pages::cursor::{Cursor, Position};
use crate::runtime::pages::next_link;
use crate::runtime::pages::paging::{Next, Paging};
use crate::runtime::pages::trail::{After, Arrived, Trail};
use crate::runtime::reading::failure::Failure;
use crate::runtime::reading::response::RawResponse;
use crate::runtime::writing::call::Call;
use crate::runtime::writing::prepare::{base_url, prepare};

/// Fetches page after page.
pub(crate) struct Walk {
    pub(crate) call: Call,
    paging: &'static Paging,
    trail: Trail,
    step: Step,
    /// Where the page begins that came last or is on its way.
    here: Option<Position>,
    /// Where the next page begins that has not been handed out.
    next: Option<Position>,
}

/// Where the walk is.
enum Step {
    /// About to fetch the next page.
    Fetch,
    /// Waiting for the page with this address.
    Wait(Exchange, Option<Url>),
    /// The last page was good, but what follows it cannot be reached.
    Fail(Failure),
    /// Past the last page or an error.
    Done,
}

impl Walk {
    pub(crate) fn new(call: Call, paging: &'static Paging) -> Self {
        Self {
            call,
            paging,
            trail: Trail::default(),
            step: Step::Fetch,
            here: None,
            next: None,
        }
    }

    /// Begins here instead of where the call does.
    pub(crate) fn resume(&mut self, cursor: &Cursor) {
        self.trail = Trail::default();
        self.step = Step::Fetch;
        self.next = Some(cursor.0.clone());
    }

    /// Where the next page begins.
    pub(crate) fn cursor(&self) -> Option<Cursor> {
        self.next.clone().map(Cursor)
    }

    /// Ends the walk at the page that came last: it was no good.
    pub(crate) fn fail(&mut self) {
        self.next = self.here.clone();
        self.step = Step::Done;
    }

    /// The next page, or why there is none; `None` at the end.
    pub(crate) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Box<RawResponse>, Failure>>> {
        loop {
            match &mut self.step {
                Step::Fetch => self.step = self.fetch(),
                Step::Wait(exchange, address) => {
                    let outcome = ready!(exchange.as_mut().poll(context));
                    let address = address.take();
                    let outcome = outcome.and_then(|page| self.arrived(page, address.as_ref()));
                    if outcome.is_err() {
                        self.fail();
                    }
                    return Poll::Ready(Some(outcome));
                }
                Step::Fail(_) | Step::Done => return Poll::Ready(self.last()),
            }
        }
    }

    /// The failure that is still to be reported, once.
    fn last(&mut self) -> Option<Result<Box<RawResponse>, Failure>> {
        match std::mem::replace(&mut self.step, Step::Done) {
            Step::Fail(failure) => Some(Err(failure)),
            _ => None,
        }
    }

    fn fetch(&mut self) -> Step {
        self.here = self.next.clone();
        let page = self.turn_to_page();
        let ready = page.and_then(|page| prepare(self.call.clone(), page));
        let address = ready.as_ref().ok();
        let address = address.map(|ready| ready.first.url.clone());
        Step::Wait(exchange::begin(ready), address)
    }

    /// Has the call ask for the next page; gives its address if that is all there is of it.
    fn turn_to_page(&mut self) -> Result<Option<Url>, Failure> {
        match (&self.here, self.paging.next) {
            (None, _) => {}
            (Some(Position::Link(link)), Next::Link(_) | Next::LinkHeader) => {
                let base = base_url(&self.call).map_err(Failure::request)?.into_owned();
                return Ok(Some(next_link::of_kept(link, base)));
            }
            (
                Some(Position::Cursor(cursor)),
                Next::Cursor(parameter, _) | Next::LastItem(parameter, _),
            ) => self.call.set(parameter, cursor),
            (Some(Position::Page(number)), Next::Page(parameter, _))
            | (Some(Position::Offset(number)), Next::Offset(parameter, _)) => {
                self.call.set(parameter, number);
            }
            _ => return Err(Failure::request("the cursor is one of another list")),
        }
        Ok(None)
    }

    /// Decides what comes after a page; fails if the page is none to hand out.
    fn arrived(
        &mut self,
        response: Box<RawResponse>,
        address: Option<&Url>,
    ) -> Result<Box<RawResponse>, Failure> {
        self.step = Step::Done;
        self.next = None;
        let Some(address) = address.filter(|_| response.status_code().is_success()) else {
            return Ok(response);
        };
        let after = self.trail.after(&Arrived {
            call: &self.call,
            paging: self.paging,
            at: self.here.as_ref(),
            address,
            response: &response,
        });
        match after {
            After::End => {}
            After::Page(next) => {
                self.next = Some(next);
                self.step = Step::Fetch;
            }
            After::Broken(message) => self.step = Step::Fail(Failure::next_link(message)),
            After::Again(message) => return Err(Failure::next_link(message)),
        }
        Ok(response)
    }
}
