//! A call that is dropped, or whose time is up, lets go of its connection at once.

use std::error::Error;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::calls::NoError;
use crate::mini_client::Client;
use crate::runtime::{Api, CallOptions, CoreBuilder, Operation, RetryPolicy, download};

/// A server that writes this and then waits for the client to hang up; and when it has.
async fn patient(text: &'static str) -> (String, oneshot::Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (gone, when) = oneshot::channel();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut buffer = [0; 4096];
        assert!(stream.read(&mut buffer).await.unwrap() > 0);
        stream.write_all(text.as_bytes()).await.unwrap();
        while stream.read(&mut buffer).await.is_ok_and(|read| read > 0) {}
        let _ = gone.send(());
    });
    (url, when)
}

async fn hangs_up(when: oneshot::Receiver<()>) {
    let limit = Duration::from_secs(5);
    tokio::time::timeout(limit, when)
        .await
        .expect("the connection is still open")
        .unwrap();
}

const NOTHING: &str = "";
const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{";
const CHUNK: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n";

#[tokio::test]
async fn a_dropped_call_hangs_up() {
    for text in [NOTHING, HEAD, CHUNK] {
        let (url, when) = patient(text).await;
        let client = Client::builder().base_url(url).build().unwrap();
        let call = client.instance_org_invites().get("i", "o").send();
        let short = Duration::from_millis(200);
        assert!(tokio::time::timeout(short, call).await.is_err());
        hangs_up(when).await;
    }
}

#[tokio::test]
async fn a_call_whose_time_is_up_hangs_up() {
    for text in [NOTHING, HEAD, CHUNK] {
        let (url, when) = patient(text).await;
        let builder = Client::builder().base_url(url);
        let builder = builder.timeout(Duration::from_millis(200));
        let client = builder.retries(RetryPolicy::none()).build().unwrap();
        let call = client.instance_org_invites().get("i", "o").send();
        assert!(call.await.unwrap_err().is_timeout());
        hangs_up(when).await;
    }
}

static API: Api = Api {
    name: "cancel",
    version: "1",
    servers: &[],
    schemes: &[],
    parameters: &[],
    request_id_headers: &[],
};

static WATCH: Operation = Operation {
    id: "watch",
    ..Operation::USUAL
};

#[tokio::test]
async fn a_stream_hangs_up_when_it_is_dropped_or_its_time_is_up() {
    for dropped in [true, false] {
        let (url, when) = patient(CHUNK).await;
        let mut builder = CoreBuilder::new(&API);
        builder.base_url(url);
        let mut call = builder.build().unwrap().call(&WATCH);
        call.options(CallOptions::new().timeout(Duration::from_millis(300)));
        let mut stream = call.open::<_, NoError>(download::download).await.unwrap();
        assert_eq!(&stream.chunk().await.unwrap().unwrap()[..], b"{");
        if dropped {
            drop(stream);
            hangs_up(when).await;
        } else {
            // It hangs up although somebody still holds on to it, and ends after the error.
            stream.chunk().await.unwrap().unwrap_err();
            hangs_up(when).await;
            assert!(stream.chunk().await.is_none());
        }
    }
}

#[test]
fn time_is_kept_without_a_runtime() {
    use crate::runtime::{Clock, SystemClock};
    let clock = SystemClock::new();
    let began = clock.now();
    futures_util::FutureExt::now_or_never(clock.sleep(Duration::MAX));
    let sleep = clock.sleep(Duration::from_millis(20));
    block_on(sleep);
    let slept = clock.now() - began;
    assert!(slept >= Duration::from_millis(20), "{slept:?}");
    assert!(SystemClock::new().now() >= slept);
}

#[test]
fn time_is_kept_in_a_runtime_without_a_timer() {
    use crate::runtime::{Clock, SystemClock};
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let clock = SystemClock::new();
    runtime.unwrap().block_on(async {
        for _ in 0..2 {
            let began = clock.now();
            clock.sleep(Duration::from_millis(20)).await;
            assert!(clock.now() - began >= Duration::from_millis(20));
        }
    });
}

#[test]
fn a_call_without_a_whole_runtime_says_what_is_missing() {
    let client = Client::builder().base_url("http://127.0.0.1:1");
    let client = client.build().unwrap();
    let call = || client.instance_org_invites().get("i", "o").send();
    let bare = tokio::runtime::Builder::new_current_thread().build();
    let cases = [
        (bare.unwrap().block_on(call()), "call `enable_all`"),
        (block_on(call()), "make the call inside of one"),
    ];
    for (outcome, advice) in cases {
        let error = outcome.unwrap_err();
        assert!(error.is_runtime() && error.attempts() == 1, "{error:?}");
        let why = error.source().unwrap().to_string();
        assert!(why.contains(advice), "{why}");
    }
}

/// Waits for a future, without tokio.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(std::thread::Thread);
    impl std::task::Wake for Unpark {
        fn wake(self: std::sync::Arc<Self>) {
            self.0.unpark();
        }
    }
    let unpark = Unpark(std::thread::current());
    let waker = std::task::Waker::from(std::sync::Arc::new(unpark));
    let mut context = std::task::Context::from_waker(&waker);
    let mut future = std::pin::pin!(future);
    loop {
        if let std::task::Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
        std::thread::park();
    }
}
