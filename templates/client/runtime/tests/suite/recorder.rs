//! A subscriber of `tracing` that keeps everything it is told, by any crate.

use std::collections::BTreeMap;
use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Once};
use std::time::Duration;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Metadata, Subscriber};

use crate::mini_client::Client;
use crate::sim::{Fate, Head, SimClock, SimServer};

/// A span.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) name: &'static str,
    pub(crate) fields: BTreeMap<&'static str, String>,
    pub(crate) closed: bool,
    /// How many still hold it.
    held: u32,
}

#[derive(Default)]
struct All {
    spans: BTreeMap<u64, Kept>,
    events: String,
}

/// The subscriber.
#[derive(Clone, Default)]
pub(crate) struct Recorder {
    all: Arc<Mutex<All>>,
    ids: Arc<AtomicU64>,
}

impl Recorder {
    /// One that hears all that this thread says until the guard is dropped.
    pub(crate) fn listen() -> (Self, DefaultGuard) {
        WARM.call_once(warm_up);
        let recorder = Self::default();
        let guard = tracing::subscriber::set_default(recorder.clone());
        (recorder, guard)
    }

    /// The spans of the runtime by name, in the order in which they began.
    pub(crate) fn spans(&self, name: &str) -> Vec<Kept> {
        let all = self.all.lock().unwrap();
        let spans = all.spans.values().filter(|span| span.name == name);
        spans.cloned().collect()
    }

    /// All that was said.
    pub(crate) fn text(&self) -> String {
        let all = self.all.lock().unwrap();
        format!("{:?}\n{}", all.spans, all.events)
    }
}

/// Whether the runtime's spans are known.
static WARM: Once = Once::new();

/// Makes every span of the runtime known. One that another thread meets for the first time just
/// as a subscriber is set would be silent for that subscriber.
fn warm_up() {
    let clock = SimClock::default();
    let server = SimServer::new(&clock, |_, seen| match seen.len() {
        0 => Fate::Refused,
        _ => Head::new(204).whole(),
    });
    let client = Client::builder().clock(clock.clone()).transport(server);
    let call = client.build().unwrap().instance_org_invites().delete("i");
    clock.run(call.reason("r").send()).unwrap();
    // Whoever met it at the same time is done by then.
    std::thread::sleep(Duration::from_millis(100));
}

struct Fields<'a>(&'a mut BTreeMap<&'static str, String>);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let id = self.ids.fetch_add(1, Ordering::Relaxed) + 1;
        let mut fields = BTreeMap::new();
        attributes.record(&mut Fields(&mut fields));
        let span = Kept {
            name: attributes.metadata().name(),
            fields,
            closed: false,
            held: 1,
        };
        self.all.lock().unwrap().spans.insert(id, span);
        Id::from_u64(id)
    }

    fn record(&self, id: &Id, record: &Record<'_>) {
        let mut all = self.all.lock().unwrap();
        let span = all.spans.get_mut(&id.into_u64()).unwrap();
        record.record(&mut Fields(&mut span.fields));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = BTreeMap::new();
        event.record(&mut Fields(&mut fields));
        let target = event.metadata().target();
        let mut all = self.all.lock().unwrap();
        writeln!(all.events, "{target}: {fields:?}").unwrap();
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}

    fn clone_span(&self, id: &Id) -> Id {
        let mut all = self.all.lock().unwrap();
        all.spans.get_mut(&id.into_u64()).unwrap().held += 1;
        id.clone()
    }

    fn try_close(&self, id: Id) -> bool {
        let mut all = self.all.lock().unwrap();
        let span = all.spans.get_mut(&id.into_u64()).unwrap();
        span.held -= 1;
        span.closed = span.held == 0;
        span.closed
    }
}
