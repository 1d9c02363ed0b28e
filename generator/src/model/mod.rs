//! What the files say, in the words of OpenAPI 3.1.
//!
//! The objects of the specification, read one at a time from the source tree: each struct has
//! a `read` that takes a node and reports what is wrong with it, then goes on with the rest.
//! Differences between the versions of OpenAPI end here: nobody downstream asks for one. Each
//! reader knows the words of 2.0 and 3.0 for what it reads; what 2.0 says in other places is
//! gathered in `swagger`. So every node keeps its place, and references lead where they led.
//! References are followed by [`Reader::follow`], except those of schemas, which stay, because
//! a reference to a schema is a name and not a copy.

mod callback;
mod component_key;
mod content;
mod document;
mod example;
mod fitting;
mod lift;
mod message;
mod pagination;
mod parameter;
mod path;
mod reader;
mod rules;
mod schema;
mod swagger;
mod version;

pub use content::{Encoding, MediaType};
pub use document::{Components, Document, Info, SecurityScheme, Server, ServerVariable, Tag};
pub use example::Example;
pub use lift::schema_json;
pub use message::{RequestBody, Response};
pub use parameter::{Header, Parameter};
pub use path::{Operation, PathItem};
pub use reader::{Fields, Reader};
pub use rules::schema_rules;
pub use schema::{Additional, Discriminator, Schema};
pub use swagger::Bodies;
pub use version::Version;
