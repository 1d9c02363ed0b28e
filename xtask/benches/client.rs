//! The generated client beside the same written by hand, with divan: calls at 1, 16 and 256 in
//! flight, and the decoding of a list of 10 MB. `cargo bench -p xtask`.
//!
//! This is for a look while one works on the runtime: at allocations above all, which are the same each
//! time. divan measures one function after the other, and the speed of a machine that others use, too,
//! is another one a second later: in five runs the client's calls took from 0.6 to 1.4 times as long as
//! those by hand. `cargo xtask bench` has them take turns for that reason, and what it finds stands in
//! `docs/performance.md`.

#![expect(clippy::expect_used, reason = "what fails here is not measured")]

#[path = "../src/bench/calls/by_hand.rs"]
#[expect(unreachable_pub, reason = "it is a file of another program, too")]
mod by_hand;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use divan::counter::{BytesCount, ItemsCount};
use divan::{AllocProfiler, Bencher, black_box};
use futures_util::future::join_all;
use tokio::runtime::Builder;

use by_hand::{ByHand, List, SortField};
use losant_invites::Client;
use losant_invites::types::OrgInviteCollection;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

/// How many calls are under way at a time.
const IN_FLIGHT: [usize; 3] = [1, 16, 256];

/// How many calls each of them is, one after the other.
const EACH: usize = 8;

/// The size of the list that is decoded, in bytes.
const LIST: usize = 10_000_000;

const INVITE: &str = r#"{"id":"575ed71e7ae143cd83dc4aaa","email":"invitedUser@example.com","role":"edit","applicationRoles":[{"resourceId":"575ec8687ae143cd83dc4a97","role":"view"}],"dashboardRoles":[{"resourceId":"575ece2b7ae143cd83dc4a9b","role":"none"}],"inviteDate":"2016-05-13T04:00:00.000Z","ttl":4233600000,"hasExpired":true,"disallowTransfer":false}"#;

fn main() {
    divan::main();
}

/// A list of invitations that is so many bytes long, or just over.
fn list(bytes: usize) -> String {
    let items = vec![INVITE; bytes.div_ceil(INVITE.len() + 1).max(1)].join(",");
    format!(r#"{{"items":[{items}],"count":8,"sortField":"role","sortDirection":"asc"}}"#)
}

/// Measures rounds of calls, so many of them under way at a time.
fn rounds<T>(bencher: Bencher<'_, '_>, in_flight: usize, call: impl AsyncFn() -> T) {
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("the system has what it takes");
    let round = || {
        let tasks = (0..in_flight).map(async |_| {
            for _ in 0..EACH {
                black_box(call().await);
            }
        });
        runtime.block_on(join_all(tasks));
    };
    // The first one opens the connections.
    round();
    let calls = ItemsCount::new(in_flight * EACH);
    bencher.counter(calls).bench_local(round);
}

/// Answers everything with a list, on a port of its own; where that is.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port");
    let address = listener.local_addr().expect("it is bound");
    thread::spawn(move || {
        for stream in listener.incoming() {
            thread::spawn(|| stream.and_then(answer));
        }
    });
    format!("http://{address}")
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let body = list(0);
    let length = body.len();
    let reply = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    let mut asked = Vec::new();
    let mut chunk = [0; 8192];
    loop {
        match stream.read(&mut chunk)? {
            0 => return Ok(()),
            read => asked.extend_from_slice(&chunk[..read]),
        }
        if asked.ends_with(b"\r\n\r\n") {
            asked.clear();
            stream.write_all(reply.as_bytes())?;
        }
    }
}

mod decode {
    use super::{Bencher, BytesCount, LIST, List, OrgInviteCollection, black_box, list};

    #[divan::bench]
    fn client(bencher: Bencher<'_, '_>) {
        let text = list(LIST);
        bencher.counter(BytesCount::of_str(&text)).bench(|| {
            serde_json::from_str::<OrgInviteCollection>(black_box(&text)).expect("it is a list")
        });
    }

    #[divan::bench]
    fn by_hand(bencher: Bencher<'_, '_>) {
        let text = list(LIST);
        bencher
            .counter(BytesCount::of_str(&text))
            .bench(|| serde_json::from_str::<List>(black_box(&text)).expect("it is a list"));
    }
}

mod call {
    use super::{Bencher, ByHand, Client, IN_FLIGHT, SortField, rounds, serve};
    use losant_invites::instance_org_invites;

    const TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.s3cr3t";
    const INSTANCE: &str = "575ec8687ae143cd83dc4a97";
    const ORG: &str = "575ec8687ae143cd83dc4a98";

    #[divan::bench(args = IN_FLIGHT)]
    fn client(bencher: Bencher<'_, '_>, in_flight: usize) {
        let client = Client::builder().access_token(TOKEN).base_url(serve());
        let client = client.build().expect("it needs no more");
        rounds(bencher, in_flight, async || {
            let invites = client.instance_org_invites().get(INSTANCE, ORG);
            let list = invites.sort_field(instance_org_invites::SortField::Role);
            list.send().await.expect("there is a server").items
        });
    }

    #[divan::bench(args = IN_FLIGHT)]
    fn by_hand(bencher: Bencher<'_, '_>, in_flight: usize) {
        let client = ByHand::new(&serve(), TOKEN).expect("it needs no more");
        rounds(bencher, in_flight, async || {
            let list = client.invites(INSTANCE, ORG, SortField::Role);
            list.await.expect("there is a server").items
        });
    }
}
