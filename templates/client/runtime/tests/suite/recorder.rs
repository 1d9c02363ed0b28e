//! A subscriber of `tracing` that keeps everything it is told, by any crate.

use std::collections::BTreeMap;
use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Once};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{DefaultGuard, Interest};
use tracing::{Event, Metadata, Subscriber};

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
        EVERYWHERE.call_once(|| tracing::subscriber::set_global_default(Deaf).unwrap());
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

/// Whether somebody listens to the threads that nobody else listens to.
static EVERYWHERE: Once = Once::new();

/// Hears everything and keeps nothing. Without it, a span that a thread without a subscriber meets
/// first is taken for one that nobody wants, and stays silent for those who do.
struct Deaf;

impl Subscriber for Deaf {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
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
