//! The walk from page to page, without the types of the pages, so that there is one of it.

use std::collections::HashSet;
use std::task::{Context, Poll, ready};

use url::Url;

use super::call::Call;
use super::exchange::{self, Exchange};
use super::failure::Failure;
use super::next_link::{self, Found};
use super::prepare::{base_url, prepare};
use super::response::RawResponse;

/// Fetches page after page.
pub(super) struct Walk {
    pub(super) call: Call,
    next_link: &'static [&'static str],
    step: Step,
    visited: HashSet<String>,
}

/// Where the walk is.
enum Step {
    /// About to fetch the first page, or the one with this address.
    Fetch(Option<Url>),
    /// Waiting for the page with this address.
    Wait(Exchange, Option<Url>),
    /// The last page was good, but the link in it was not.
    Fail(Failure),
    /// Past the last page or an error.
    Done,
}

impl Walk {
    pub(super) fn new(call: Call, next_link: &'static [&'static str]) -> Self {
        Self {
            call,
            next_link,
            step: Step::Fetch(None),
            visited: HashSet::new(),
        }
    }

    /// Ends the walk: nothing comes after this.
    pub(super) fn stop(&mut self) {
        self.step = Step::Done;
    }

    /// The next page, or why there is none; `None` at the end.
    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<RawResponse, Failure>>> {
        loop {
            match &mut self.step {
                Step::Fetch(page) => {
                    let page = page.take();
                    self.step = self.fetch(page.as_ref());
                }
                Step::Wait(exchange, address) => {
                    let outcome = ready!(exchange.as_mut().poll(context));
                    let address = address.take();
                    self.step = match &outcome {
                        Ok(response) => self.after(response, address.as_ref()),
                        Err(_) => Step::Done,
                    };
                    return Poll::Ready(Some(outcome));
                }
                Step::Fail(_) | Step::Done => return Poll::Ready(self.last()),
            }
        }
    }

    /// The failure that is still to be reported, once.
    fn last(&mut self) -> Option<Result<RawResponse, Failure>> {
        match std::mem::replace(&mut self.step, Step::Done) {
            Step::Fail(failure) => Some(Err(failure)),
            _ => None,
        }
    }

    fn fetch(&mut self, page: Option<&Url>) -> Step {
        let request = prepare(&self.call, page);
        let address = request.as_ref().ok().map(|request| request.address.clone());
        if let Some(address) = &address {
            self.visited.insert(address.as_str().to_owned());
        }
        Step::Wait(exchange::begin(&self.call.core, request), address)
    }

    /// What to do after a page has come.
    fn after(&self, response: &RawResponse, address: Option<&Url>) -> Step {
        let Some(address) = address.filter(|_| response.status_code().is_success()) else {
            return Step::Done;
        };
        let next = match next_link::find(response.body(), self.next_link) {
            Found::Nothing => return Step::Done,
            Found::Link(link) => self.target(&link, address),
            Found::Other => Err("the link to it is neither a string nor an object".to_owned()),
        };
        match next {
            Ok(url) => Step::Fetch(Some(url)),
            Err(message) => Step::Fail(Failure::next_link(message)),
        }
    }

    fn target(&self, link: &str, address: &Url) -> Result<Url, String> {
        let url = next_link::resolve(link, address, &base_url(&self.call)?)?;
        if self.visited.contains(url.as_str()) {
            return Err("the link to it leads to a page that was there before".to_owned());
        }
        Ok(url)
    }
}
