//! Waiting without `async`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::mini_client::Client;
use crate::mini_client::instance_org_invites::GetError;
use crate::runtime::transport::boxed::BoxFuture;
use crate::runtime::{
    CoreBuilder, Events, SecretString, TokenContext, TokenError, TokenProvider, Values,
};
use crate::server::{Reply, Server};
use crate::streams::{API, READ};

const PAGE: &str =
    r#"{"items":[{"id":"1","role":"edit"},{"id":"2","role":"edit"}],"links":{"next":"/last"}}"#;
const LAST: &str = r#"{"items":[{"id":"3","role":"edit"}]}"#;

async fn pages() -> Server {
    Server::start(|request| match request.target.as_str() {
        "/last" => Reply::json(LAST),
        _ => Reply::json(PAGE),
    })
    .await
}

/// Runs what blocks in a thread where that does no harm.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

#[tokio::test]
async fn a_call_is_waited_for() {
    let server = pages().await;
    let call = server.client().instance_org_invites().get("i", "o");
    let list = blocking(move || call.send().wait()).await.unwrap();
    assert_eq!(list.items.len(), 2);
}

#[tokio::test]
async fn an_error_is_as_it_is_elsewhere() {
    let server = Server::always(Reply::new("404 Not Found", &[], r#"{"type":"a"}"#)).await;
    let call = server.client().instance_org_invites().get("i", "o");
    let error = blocking(move || call.send().wait()).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 404);
}

#[tokio::test]
async fn pages_and_items_are_iterators() {
    let server = pages().await;
    let call = server.client().instance_org_invites().get("i", "o");
    let all = call.clone();
    let count = blocking(move || all.pages().wait().map(Result::unwrap).count()).await;
    assert_eq!(count, 2);
    let items = blocking(move || call.items().wait().collect::<Result<Vec<_>, _>>()).await;
    assert_eq!(items.unwrap().len(), 3);
}

#[test]
fn a_thread_without_a_runtime_can_wait() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(pages());
    let call = server.client().instance_org_invites().get("i", "o");
    assert_eq!(call.send().wait().unwrap().items.len(), 2);
}

#[tokio::test]
async fn waiting_where_one_should_not_blocks_but_does_no_harm() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.spawn(pages()).await.unwrap();
    let call = server.client().instance_org_invites().get("i", "o");
    assert_eq!(call.send().wait().unwrap().items.len(), 2);
    runtime.shutdown_background();
}

/// Waits for a call where the token of another one is asked for.
struct Waits {
    client: Client,
    /// Whether it waits in a thread of its own.
    aside: bool,
    said: Mutex<Vec<String>>,
}

impl std::fmt::Debug for Waits {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Waits")
    }
}

impl TokenProvider for Waits {
    fn token<'a>(&'a self, _: TokenContext<'a>) -> BoxFuture<'a, Result<SecretString, TokenError>> {
        Box::pin(async move {
            let get = self.client.instance_org_invites().get("i", "o");
            if self.aside {
                let list = blocking(move || get.send().wait()).await;
                self.said.lock().unwrap().push(list.is_ok().to_string());
                return Ok("token".into());
            }
            let mut said = self.said.lock().unwrap();
            let error = get.clone().send().wait().unwrap_err();
            assert!(error.is_runtime() && error.attempts() == 0, "{error:?}");
            said.push(error.to_string());
            let mut pages = get.clone().pages().wait();
            said.push(pages.next().unwrap().unwrap_err().is_runtime().to_string());
            assert!(pages.next().is_none());
            let mut items = get.items().wait();
            said.push(items.next().unwrap().unwrap_err().is_runtime().to_string());
            assert!(items.next().is_none());
            Ok("token".into())
        })
    }
}

/// What a provider is told that waits while another call does, whether in a thread of its own.
fn waits(aside: bool) -> Vec<String> {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(pages());
    let waits = Arc::new(Waits {
        client: server.client(),
        aside,
        said: Mutex::default(),
    });
    let builder = server.builder().access_token_provider(waits.clone());
    let client = builder.timeout(Duration::from_secs(20)).build().unwrap();
    let list = client.instance_org_invites().get("i", "o").send().wait();
    assert_eq!(list.unwrap().items.len(), 2);
    std::mem::take(&mut waits.said.lock().unwrap())
}

#[test]
fn waiting_where_the_work_is_done_is_an_error() {
    let expected = "instanceOrgInvites.get: there is no runtime that could carry the request (a \
                    thread that does the work cannot wait for it)";
    assert_eq!(waits(false), [expected, "true", "true"]);
}

#[test]
fn a_provider_can_wait_in_a_thread_of_its_own() {
    assert_eq!(waits(true), ["true"]);
}

/// A source of tokens with a mistake in it.
#[derive(Debug)]
struct Panics;

impl TokenProvider for Panics {
    fn token<'a>(&'a self, _: TokenContext<'a>) -> BoxFuture<'a, Result<SecretString, TokenError>> {
        Box::pin(async { panic!("a mistake in the provider") })
    }
}

/// What a panic says.
fn panic_of<T>(work: impl FnOnce() -> T) -> String {
    let panic = catch_unwind(AssertUnwindSafe(work)).err().unwrap();
    (*panic.downcast::<&str>().unwrap()).to_owned()
}

#[test]
fn a_panic_goes_on_in_the_thread_that_waits() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(pages());
    let client = server.builder().access_token_provider(Panics);
    let get = client.build().unwrap().instance_org_invites().get("i", "o");
    let call = get.clone();
    assert_eq!(panic_of(|| call.send().wait()), "a mistake in the provider");
    let call = get.clone();
    let panic = panic_of(|| call.items().wait().count());
    assert_eq!(panic, "a mistake in the provider");
    // Others go on as ever.
    let get = server.client().instance_org_invites().get("i", "o");
    assert_eq!(get.send().wait().unwrap().items.len(), 2);
}

#[test]
fn a_stream_is_not_waited_for_where_the_work_is_done() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(Server::always(Reply::json("data: 1\n\n")));
    let mut builder = CoreBuilder::new(&API);
    builder.base_url(server.url());
    let core = builder.build().unwrap();
    // A decoder is run by the thread that does the work.
    static INNER: Mutex<Option<Vec<crate::runtime::Download>>> = Mutex::new(None);
    let open = || {
        let call = core.call(&READ);
        call.open::<_, GetError>(crate::runtime::download::download)
            .wait()
            .unwrap()
    };
    *INNER.lock().unwrap() = Some(vec![open(), open(), open()]);
    let events = Events::with(open(), |_| {
        let mut inner = INNER.lock().unwrap().take().unwrap().into_iter();
        let mut events = Events::of(inner.next().unwrap()).wait();
        let mut values = Values::<u8>::of(inner.next().unwrap()).wait();
        let mut bytes = inner.next().unwrap().wait();
        let said = [
            events.next().unwrap().unwrap_err().to_string(),
            values.next().unwrap().unwrap_err().to_string(),
            std::io::Read::read(&mut bytes, &mut [0])
                .unwrap_err()
                .to_string(),
        ];
        Ok(said.join("; "))
    });
    let said = events.wait().next().unwrap().unwrap().data;
    let expected = ["there is no runtime that could carry the request"; 3];
    assert_eq!(said, expected.join("; "));
}
