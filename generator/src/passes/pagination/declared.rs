//! `x-pagination`, held against the operation that has it.

use super::answer::{Answer, Lead};
use super::first::Firsts;
use super::{count, plain};
use crate::diagnostic::{At, Problem, Problems};
use crate::ir::{DeclaredPagination, NextPage, Operation, PageKind, Pagination, Record, Types};
use crate::source::near;

/// What every problem says of what comes of it.
const PASSED_OVER: &str = "passed over: this operation has no pages";

/// An operation that says how its pages follow one another.
struct Check<'a> {
    said: &'a DeclaredPagination,
    operation: &'a Operation,
    answer: &'a Answer<'a>,
    problems: &'a mut Problems,
}

/// Keys of a description, with their place.
type Keys = Option<(Vec<String>, At)>;

/// The pages that an operation declares; `None` once something in it is wrong.
pub(super) fn pagination(
    said: &DeclaredPagination,
    operation: &Operation,
    answer: Option<&Answer<'_>>,
    types: &Types,
    firsts: &Firsts,
    problems: &mut Problems,
) -> Option<Pagination> {
    let Some(answer) = answer else {
        problems.report(
            Problem::warning(
                "pagination-without-list",
                "this operation has no success of JSON that could be a page",
            )
            .at(said.at)
            .label(PASSED_OVER)
            .help("describe the `200` with its schema, or remove `x-pagination`"),
        );
        return None;
    };
    if !answer.is_only(operation) {
        problems.report(
            Problem::warning(
                "pagination-without-list",
                "several successes of this operation have content, so that it is not clear which is a page",
            )
            .at(said.at)
            .label(PASSED_OVER)
            .help("describe one success with content, or remove `x-pagination`"),
        );
        return None;
    }
    let mut check = Check {
        said,
        operation,
        answer,
        problems,
    };
    // Everything is looked at, so that everything that is wrong is said at once.
    let items = check.items();
    let next = check.next(items.as_deref(), types, firsts);
    let more = check.keys(&said.more);
    let total = check.keys(&said.total);
    let pages = check.keys(&said.pages);
    let size = match &said.size {
        Some((name, at)) => check
            .parameter(name, *at)
            .map(|parameter| Some(count::size(operation, parameter, types))),
        None => Some(None),
    };
    Some(Pagination {
        more: more?,
        total: total?,
        pages: pages?,
        size: size?,
        ..plain(items?, next?)
    })
}

impl Check<'_> {
    /// The list of items: as declared, else as it is found.
    fn items(&mut self) -> Option<Vec<String>> {
        let Some((keys, at)) = &self.said.items else {
            let found = self.answer.items();
            if found.is_none() {
                self.report_no_list(self.said.at, "which list of the response has the items");
            }
            return found;
        };
        let keys = self.known(keys, *at, self.answer.lead(keys))?;
        if !self.answer.is_list(&keys) {
            self.report_no_list(*at, "a list");
            return None;
        }
        Some(keys)
    }

    fn report_no_list(&mut self, at: At, wanted: &str) {
        let problem = match &self.said.items {
            Some((keys, _)) => format!("`{}` of the response is no list", keys.join(".")),
            None => format!("it is not clear {wanted}"),
        };
        self.problems.report(
            Problem::warning("pagination-without-list", problem)
                .at(at)
                .label(PASSED_OVER)
                .help("name it in `x-pagination`, such as `items: data.users`"),
        );
    }

    fn next(
        &mut self,
        items: Option<&[String]>,
        types: &Types,
        firsts: &Firsts,
    ) -> Option<NextPage> {
        let said = self.said;
        let parameter = match said.kind {
            PageKind::Link | PageKind::LinkHeader => None,
            _ => self.asking(),
        };
        match said.kind {
            PageKind::Link => {
                let keys = self.required(&said.next, "next", "links to the next page");
                keys.map(|keys| NextPage::Link { keys })
            }
            PageKind::LinkHeader => Some(NextPage::LinkHeader),
            PageKind::Cursor => match &said.last_item {
                Some((keys, at)) => {
                    let lead = self.answer.lead_in_item(items.unwrap_or_default(), keys);
                    let keys = self.known(keys, *at, lead)?;
                    let parameter = parameter?;
                    Some(NextPage::LastItem { parameter, keys })
                }
                None => {
                    let keys = self.required(
                        &said.next,
                        "next` or `lastItem",
                        "is the cursor of the next page",
                    );
                    let (parameter, keys) = (parameter?, keys?);
                    Some(NextPage::Cursor { parameter, keys })
                }
            },
            PageKind::Page | PageKind::Offset => {
                let parameter = parameter?;
                let found = firsts.first(&self.operation.parameters[parameter], types);
                let usual = u64::from(said.kind == PageKind::Page);
                let first = said.first.or(found).unwrap_or(usual);
                Some(match said.kind {
                    PageKind::Page => NextPage::Page { parameter, first },
                    _ => NextPage::Offset { parameter, first },
                })
            }
        }
    }

    /// The parameter that asks for the next page.
    fn asking(&mut self) -> Option<usize> {
        match &self.said.parameter {
            Some((name, at)) => self.parameter(name, *at),
            None => {
                self.incomplete("parameter", "asks for the next page");
                None
            }
        }
    }

    fn parameter(&mut self, name: &str, at: At) -> Option<usize> {
        let parameters = self.operation.parameters.iter();
        let names: Vec<&str> = parameters.map(|each| each.name.as_str()).collect();
        let found = names.iter().position(|known| *known == name);
        if found.is_none() {
            let problem = Problem::warning(
                "undeclared-pagination-parameter",
                format!("this operation has no parameter `{name}`"),
            );
            self.report(problem.at(at), name, &names);
        }
        found
    }

    fn required(&mut self, keys: &Keys, field: &str, does: &str) -> Option<Vec<String>> {
        if keys.is_none() {
            self.incomplete(field, does);
        }
        self.keys(keys)?
    }

    fn incomplete(&mut self, field: &str, does: &str) {
        let kind = self.said.kind.as_str();
        self.problems.report(
            Problem::warning(
                "incomplete-pagination",
                format!("this `x-pagination` does not say what {does}"),
            )
            .at(self.said.at)
            .label(PASSED_OVER)
            .help(format!("pages of the kind `{kind}` need `{field}`")),
        );
    }

    /// Keys that the response has; `None` if it has not.
    fn keys(&mut self, keys: &Keys) -> Option<Option<Vec<String>>> {
        match keys {
            None => Some(None),
            Some((keys, at)) => {
                let lead = self.answer.lead(keys);
                self.known(keys, *at, lead).map(Some)
            }
        }
    }

    fn known(&mut self, keys: &[String], at: At, lead: Lead<'_>) -> Option<Vec<String>> {
        let Lead::Nothing(record, missing) = lead else {
            return Some(keys.to_vec());
        };
        let problem = Problem::warning(
            "undeclared-pagination-key",
            format!("the response has no `{}`", keys.join(".")),
        );
        let names = field_names(record);
        self.report(problem.at(at), &missing, &names);
        None
    }

    /// Reports a name that is not there, with those that are.
    fn report(&mut self, problem: Problem, name: &str, names: &[&str]) {
        let meant = near(name, names.iter().copied());
        let help = match (meant.first(), names) {
            (Some(meant), _) => format!("did you mean `{meant}`?"),
            (None, []) => format!("nothing is described there that could have `{name}`"),
            (None, names) => format!("where `{name}` should be there is `{}`", names.join("`, `")),
        };
        self.problems.report(problem.label(PASSED_OVER).help(help));
    }
}

fn field_names(record: &Record) -> Vec<&str> {
    record.fields.iter().map(|field| &*field.name).collect()
}
