//! A server to try a client on: it answers from the examples of a description, holds requests
//! against the description, and says what is wrong with them.
//!
//! ```text
//! request ─route→ operation ─credentials, parameters, body→ good ─answers, content→ reply
//!                                                       └──→ 400, 401, 404, 405: problem
//! ```
//!
//! This is the only room that listens to the network. A [`Mock`] is the description made ready;
//! [`Mock::start`] makes it a [`Server`] on a free port of this machine, which ends when it is
//! dropped. The same request gets the same answer, unless a test says otherwise:
//!
//! ```no_run
//! use std::path::Path;
//!
//! use sdkwright::mock::Answer;
//! use sdkwright::pipeline;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = pipeline::mocked(Path::new("openapi.yaml"))?.start()?;
//! let url = server.base_url(); // for the client that is tried
//!
//! server.next("pets.get", Answer::status(404))?; // once; then the example again
//! // … call the client …
//! for record in server.recorded() {
//!     assert!(record.problems.is_empty(), "{record:#?}");
//! }
//! # Ok(())
//! # }
//! ```

mod answer;
mod answers;
mod body;
mod content;
mod credentials;
mod forms;
mod judge;
mod media;
mod parameters;
mod problem;
mod raw;
mod record;
mod reply;
mod request;
mod route;
mod server;
mod styles;
mod verdict;
mod wish;
mod wording;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

pub use answer::{Answer, UnknownOperation};
pub use problem::RequestProblem;
pub use record::Record;
pub use reply::Reply;
pub use request::Request;
pub use server::Server;
pub use verdict::Exchange;

use self::judge::Judge;
use self::route::Routes;
use crate::ir::{Api, OperationId, Rules};

/// What is told of each request.
type Observer = Box<dyn Fn(&Record) + Send + Sync>;

/// A description, ready to answer.
pub struct Mock {
    api: Api,
    judge: Judge,
    routes: Routes,
    strict: bool,
    observer: Option<Observer>,
    keeps: bool,
}

impl Mock {
    /// Of an API and the rules for its values.
    #[must_use]
    pub fn new(api: Api, rules: Rules) -> Self {
        Self {
            routes: Routes::of(&api),
            api,
            judge: Judge::new(rules),
            strict: false,
            observer: None,
            keeps: true,
        }
    }

    /// Refuses what is otherwise only worth a warning: parameters that are not described, values
    /// that break their `format` alone.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Tells each request as soon as it is answered, and keeps none of them.
    #[must_use]
    pub fn tell(mut self, observer: impl Fn(&Record) + Send + Sync + 'static) -> Self {
        self.observer = Some(Box::new(observer));
        self.keeps = false;
        self
    }

    /// The path below which clients find the API: that of its first server, with a slash before
    /// it; empty if it has none.
    #[must_use]
    pub fn base_path(&self) -> String {
        let first = self.api.servers.first();
        match first.map(|server| route::path_of(&server.url)) {
            None | Some("") => String::new(),
            Some(path) => format!("/{path}"),
        }
    }

    /// Starts a server on a free port of the loopback interface.
    ///
    /// # Errors
    /// If there is no free port, or no thread for it.
    pub fn start(self) -> io::Result<Server> {
        self.start_at(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
    }

    /// Starts a server at an address; port 0 stands for a free one.
    ///
    /// # Errors
    /// If the address cannot be listened to.
    pub fn start_at(self, address: SocketAddr) -> io::Result<Server> {
        Server::start(self, address)
    }

    /// What an operation is called: its `operationId`, else resource and action.
    fn name(&self, id: OperationId) -> String {
        let resource = &self.api.resources[id.resource];
        let operation = &resource.operations[id.operation];
        let made = || format!("{}.{}", resource.key, operation.action);
        operation.id.clone().unwrap_or_else(made)
    }
}
