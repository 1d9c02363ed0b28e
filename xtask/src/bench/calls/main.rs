//! The same call through the client and by hand on reqwest: time and allocations of both, at 1, 16
//! and 256 calls in flight. `cargo xtask bench calls` compiles it against the generated client; it
//! is no part of the workspace.
//!
//! The server is this program again, in a process of its own, so that only the caller is measured.
//! Both callers have the same runtime, limits of time and headers, connections of their own that
//! are open before anything is measured, and one clone of what they call with for each task. They
//! take turns, and so does who begins, because a processor is faster at first; a ratio is that of
//! two neighbours. Rounds are short and many: whatever else runs on the machine meets a few of them
//! or both neighbours, and the median does not see it. Beside the time that passes stands processor
//! time, all threads of the caller and the system's work for them: client and server share
//! processors with whatever else runs, which only the first notices.

mod by_hand;

use std::alloc::{GlobalAlloc, Layout, System};
use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use by_hand::ByHand;
use losant_invites::Client;
use losant_invites::instance_org_invites::SortField;

/// Counts what is allocated.
struct Counting;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);

// SAFETY: everything is handed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const BODY: &str = r#"{"items":[{"id":"575ed71e7ae143cd83dc4aaa","email":"invitedUser@example.com","role":"edit","applicationRoles":[{"resourceId":"575ec8687ae143cd83dc4a97","role":"view"}],"dashboardRoles":[{"resourceId":"575ece2b7ae143cd83dc4a9b","role":"none"}],"inviteDate":"2016-05-13T04:00:00.000Z","ttl":4233600000,"hasExpired":true,"disallowTransfer":false}],"count":8,"sortField":"role","sortDirection":"asc"}"#;

const TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.s3cr3t";
const INSTANCE: &str = "575ec8687ae143cd83dc4a97";
const ORG: &str = "575ec8687ae143cd83dc4a98";

/// How often each calls.
const ROUNDS: usize = 100;

/// How many calls there are at a time, and how many a round has.
const LOADS: [(usize, usize); 3] = [(1, 256), (16, 512), (256, 2048)];

type Failure = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    if std::env::args().nth(1).as_deref() == Some("serve") {
        return serve();
    }
    let mut server = Command::new(std::env::current_exe()?)
        .arg("serve")
        .stdout(Stdio::piped())
        .spawn()?;
    let mut port = String::new();
    let stdout = server.stdout.take().ok_or("no output")?;
    BufReader::new(stdout).read_line(&mut port)?;
    let url = format!("http://127.0.0.1:{}", port.trim());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let measured = runtime.block_on(measure(&url));
    server.kill()?;
    measured
}

async fn measure(url: &str) -> Result<(), Failure> {
    let client = Client::builder()
        .access_token(TOKEN)
        .base_url(url)
        .build()?;
    let by_hand = Arc::new(ByHand::new(url, TOKEN)?);
    for (in_flight, calls) in LOADS {
        let mut rounds = Vec::new();
        for round in 0..=ROUNDS {
            let ours = async || timed(in_flight, calls, &client, own).await;
            let theirs = async || timed(in_flight, calls, &by_hand, hand).await;
            let pair = match round % 2 {
                0 => {
                    let ours = ours().await?;
                    (ours, theirs().await?)
                }
                _ => {
                    let theirs = theirs().await?;
                    (ours().await?, theirs)
                }
            };
            // The first one opens the connections.
            if round > 0 {
                rounds.push(pair);
            }
        }
        let of = |figure: &dyn Fn(&(Cost, Cost)) -> f64| median(rounds.iter().map(figure));
        println!(
            "{in_flight} {} {} {} {} {} {} {} {}",
            of(&|(own, _)| own.time),
            of(&|(_, other)| other.time),
            of(&|(own, other)| own.time / other.time),
            of(&|(own, _)| own.processor),
            of(&|(_, other)| other.processor),
            of(&|(own, other)| own.processor / other.processor),
            of(&|(own, _)| own.allocations),
            of(&|(_, other)| other.allocations),
        );
    }
    Ok(())
}

async fn own(client: &Client) -> Result<usize, Failure> {
    let list = client
        .instance_org_invites()
        .get(INSTANCE, ORG)
        .sort_field(SortField::Role)
        .send()
        .await?;
    Ok(list.items.map_or(0, |items| items.len()))
}

async fn hand(client: &Arc<ByHand>) -> Result<usize, Failure> {
    let list = client
        .invites(INSTANCE, ORG, by_hand::SortField::Role)
        .await?;
    Ok(list.items.map_or(0, |items| items.len()))
}

/// What a call costs, on average over many.
struct Cost {
    /// Seconds.
    time: f64,
    /// Seconds of processors.
    processor: f64,
    allocations: f64,
}

async fn timed<C, F>(in_flight: usize, calls: usize, caller: &C, call: F) -> Result<Cost, Failure>
where
    C: Clone + Send + Sync + 'static,
    F: for<'c> Call<'c, C>,
{
    let each = calls / in_flight;
    let allocations = ALLOCATIONS.load(Ordering::Relaxed);
    let processor = processor_time();
    let start = Instant::now();
    let tasks: Vec<_> = (0..in_flight)
        .map(|_| {
            let caller = caller.clone();
            tokio::spawn(async move {
                for _ in 0..each {
                    if call.of(&caller).await? != 1 {
                        return Err::<(), Failure>("not the list".into());
                    }
                }
                Ok(())
            })
        })
        .collect();
    for task in tasks {
        task.await??;
    }
    let calls = (each * in_flight) as f64;
    Ok(Cost {
        time: start.elapsed().as_secs_f64() / calls,
        processor: (processor_time() - processor) / calls,
        allocations: (ALLOCATIONS.load(Ordering::Relaxed) - allocations) as f64 / calls,
    })
}

/// A function that makes one call with what it borrows.
trait Call<'c, C: 'c>: Copy + Send + Sync + 'static {
    type Counted: Future<Output = Result<usize, Failure>> + Send;

    fn of(self, caller: &'c C) -> Self::Counted;
}

impl<'c, C: 'c, F, T> Call<'c, C> for F
where
    F: Fn(&'c C) -> T + Copy + Send + Sync + 'static,
    T: Future<Output = Result<usize, Failure>> + Send,
{
    type Counted = T;

    fn of(self, caller: &'c C) -> T {
        self(caller)
    }
}

/// Seconds of processors that this process took so far.
fn processor_time() -> f64 {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: the pointer is that of a value that lives on.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut time) };
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Answers everything with the list, over connections that stay open.
fn serve() -> Result<(), Failure> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?.port());
    std::io::stdout().flush()?;
    for stream in listener.incoming() {
        let stream = stream?;
        std::thread::spawn(move || answer(stream));
    }
    Ok(())
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let reply = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{BODY}",
        BODY.len()
    );
    let mut bytes = Vec::new();
    let mut chunk = [0; 8192];
    loop {
        let read = stream.read(&mut chunk)?;
        if read == 0 {
            return Ok(());
        }
        bytes.extend_from_slice(&chunk[..read]);
        while let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            bytes.drain(..end + 4);
            stream.write_all(reply.as_bytes())?;
        }
    }
}
