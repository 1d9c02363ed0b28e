//! Judges a request, and answers it as the description does.

use super::answers::Answers;
use super::parameters::Given;
use super::problem::{self, RequestProblem};
use super::request::Request;
use super::route::{Captures, Found};
use super::wish::Wish;
use super::{Mock, Reply, body, credentials, parameters};
use crate::ir::{Operation, OperationId};

/// A request's answer, and what was found on the way.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The operation that was meant: its `operationId`, else resource and action.
    pub operation: Option<String>,
    /// The answer.
    pub reply: Reply,
    /// What is wrong with the request.
    pub problems: Vec<RequestProblem>,
}

/// What comes of a request.
pub(super) enum Verdict {
    /// It is answered so, whatever the operation would say.
    Refused(Exchange),
    /// It is good; what is worth a warning.
    Good(OperationId, Vec<RequestProblem>),
}

/// A request held against one operation.
struct Held {
    id: OperationId,
    credentials: Vec<RequestProblem>,
    problems: Vec<RequestProblem>,
}

impl Held {
    fn errors(&self) -> usize {
        let errors = self.problems.iter().filter(|problem| !problem.warning);
        errors.count() + self.credentials.len()
    }

    /// How often a parameter is none of the values that it has to be, which is how operations that
    /// share a path are told apart.
    fn others(&self) -> usize {
        let is_other = |problem: &&RequestProblem| {
            problem.place != "body" && matches!(&*problem.rule, "enum" | "const")
        };
        self.problems.iter().filter(is_other).count()
    }
}

impl Mock {
    /// Answers a request.
    #[must_use]
    pub fn answer(&self, request: &Request) -> Exchange {
        match self.verdict(request) {
            Verdict::Refused(exchange) => exchange,
            Verdict::Good(id, problems) => self.exchange(
                id,
                self.documented(id, &Wish::of(request), request),
                problems,
            ),
        }
    }

    pub(super) fn operation(&self, id: OperationId) -> &Operation {
        &self.api.resources[id.resource].operations[id.operation]
    }

    pub(super) fn exchange(
        &self,
        id: OperationId,
        reply: Reply,
        problems: Vec<RequestProblem>,
    ) -> Exchange {
        Exchange {
            operation: Some(self.name(id)),
            reply,
            problems,
        }
    }

    /// The answer that is documented.
    pub(super) fn documented(&self, id: OperationId, wish: &Wish, request: &Request) -> Reply {
        let accept: Vec<&str> = request.headers_of("accept").collect();
        let accept = (!accept.is_empty()).then(|| accept.join(","));
        let operation = self.operation(id);
        self.answers().answer(operation, wish, accept.as_deref())
    }

    fn answers(&self) -> Answers<'_> {
        Answers {
            api: &self.api,
            judge: &self.judge,
        }
    }

    pub(super) fn verdict(&self, request: &Request) -> Verdict {
        match self.routes.find(request) {
            Found::Operations(operations) => self.held(operations, request),
            Found::OtherMethods(methods) => {
                let methods: Vec<String> = methods.into_iter().collect();
                Verdict::Refused(other_method(request, &methods.join(", ")))
            }
            Found::Nothing(nearest) => Verdict::Refused(nothing(request, &nearest)),
        }
    }

    /// Holds a request against the operations that it can mean; the one counts that it fits best.
    fn held(&self, operations: Vec<(OperationId, Captures)>, request: &Request) -> Verdict {
        let held = operations
            .iter()
            .map(|(id, captures)| self.hold(*id, captures, request));
        let Some(held) = held.min_by_key(|held| (held.others(), held.errors())) else {
            return Verdict::Refused(nothing(request, &[]));
        };
        let operation = self.operation(held.id);
        if !held.credentials.is_empty() {
            let reply = self.unauthorized(operation, &held.credentials);
            return Verdict::Refused(self.exchange(held.id, reply, held.credentials));
        }
        if held.errors() == 0 && (held.problems.is_empty() || !self.strict) {
            return Verdict::Good(held.id, held.problems);
        }
        let mut told = held.problems.clone();
        told.retain(|problem| self.strict || !problem.warning);
        let detail = match &told[..] {
            [only] => only.message.clone(),
            all => format!("{}, and {} more", all[0].message, all.len() - 1),
        };
        let reply = problem::reply(
            400,
            "The request does not fit the description",
            &detail,
            &told,
        );
        Verdict::Refused(self.exchange(held.id, reply, held.problems))
    }

    fn hold(&self, id: OperationId, captures: &Captures, request: &Request) -> Held {
        let operation = self.operation(id);
        let given = Given { request, captures };
        let mut problems = parameters::problems(&self.api, &self.judge, operation, &given);
        problems.extend(body::problems(&self.api, &self.judge, operation, request));
        Held {
            id,
            credentials: credentials::problems(&self.api, operation, request),
            problems,
        }
    }

    /// The documented 401, else one that says what is missing.
    fn unauthorized(&self, operation: &Operation, problems: &[RequestProblem]) -> Reply {
        let documented = self.answers().documented(operation, 401);
        let reply = documented.unwrap_or_else(|| {
            let detail = problems.iter().map(|problem| &*problem.message);
            let detail = detail.collect::<Vec<_>>().join("; ");
            problem::reply(401, "Credentials are missing", &detail, problems)
        });
        let asks = |(name, _): &(String, String)| name == "www-authenticate";
        match reply.headers.iter().any(asks) {
            true => reply,
            false => reply.header(
                "www-authenticate",
                &credentials::challenge(&self.api, operation),
            ),
        }
    }
}

/// The path is there and the method is not; `OPTIONS` asks just for that.
fn other_method(request: &Request, methods: &str) -> Exchange {
    let (method, path) = (&request.method, &request.path);
    if method == "OPTIONS" {
        return Exchange {
            operation: None,
            reply: Reply::new(204).header("allow", methods),
            problems: Vec::new(),
        };
    }
    let message = format!("`{path}` has no `{method}`; it has {methods}");
    let problem = RequestProblem::named("path", path, "method", message.clone());
    let problems = vec![problem];
    Exchange {
        operation: None,
        reply: problem::reply(405, "No such method here", &message, &problems)
            .header("allow", methods),
        problems,
    }
}

/// No path is described that fits.
fn nothing(request: &Request, nearest: &[String]) -> Exchange {
    let path = &request.path;
    let nearest = match nearest {
        [] => String::new(),
        all => format!("; near to it are {}", quoted(all)),
    };
    let message = format!("no path that is described fits `{path}`{nearest}");
    let problem = RequestProblem::named("path", path, "unknown", message.clone());
    let problems = vec![problem];
    Exchange {
        operation: None,
        reply: problem::reply(404, "No such path", &message, &problems),
        problems,
    }
}

fn quoted(all: &[String]) -> String {
    let quoted = all.iter().map(|each| format!("`{each}`"));
    quoted.collect::<Vec<_>>().join(", ")
}
