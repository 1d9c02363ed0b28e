//! Where an answer differs from the description, though it could be read: the feature `strict`.
//!
//! Decoding passes over what it does not know, since APIs grow: fields and values that are new,
//! lists that are left out where they are empty. A strict client notes each of these with its
//! place.

pub(crate) mod tracked;

use std::cell::RefCell;
use std::fmt;
use std::mem::{Discriminant, discriminant};
use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::runtime::drift::tracked::Tracked;
use crate::runtime::reading::decode_error::DecodeError;
use crate::runtime::reading::whole_numbers;

/// A difference between an answer and the description.
///
/// ```
/// use sdkwright_runtime::{Drift, DriftKind};
///
/// /// What a program may tell its log: give it to the client's `on_drift`.
/// fn tell(drifts: &[Drift]) {
///     for drift in drifts.iter().filter(|it| it.kind != DriftKind::UnknownField) {
///         eprintln!("the API has changed: {drift}");
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drift {
    /// The place in the body, such as `items[0].role`; empty for the body itself.
    pub path: String,
    /// What differs there.
    pub kind: DriftKind,
}

/// What differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DriftKind {
    /// A field that the description does not have.
    UnknownField,
    /// A value that is none of those listed.
    UnknownValue,
    /// A value of none of the types that it may have.
    UnknownVariant,
    /// A required list that is missing.
    MissingList,
    /// A required list that is null.
    NullList,
}

impl fmt::Display for Drift {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = match self.path.as_str() {
            "" => ".",
            path => path,
        };
        let what = match self.kind {
            DriftKind::UnknownField => "is not in the description",
            DriftKind::UnknownValue => "is none of the values listed",
            DriftKind::UnknownVariant => "is of none of the types that it may have",
            DriftKind::MissingList => "is a required list, and missing",
            DriftKind::NullList => "is a required list, and null",
        };
        write!(out, "`{path}` {what}")
    }
}

/// Who is told of differences: any function of them.
pub trait OnDrift: Fn(&[Drift]) + Send + Sync + 'static {}

impl<F: Fn(&[Drift]) + Send + Sync + 'static> OnDrift for F {}

/// What a client does about differences.
#[derive(Clone)]
pub(crate) enum Strictness {
    /// The call fails.
    Fail,
    /// Somebody is told, and the call goes on.
    Tell(Arc<dyn OnDrift>),
}

impl fmt::Debug for Strictness {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Fail => "Fail",
            Self::Tell(_) => "Tell",
        })
    }
}

/// A step into a value.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Key(String),
    Index(usize),
}

/// What is noted while an answer is decoded.
#[derive(Default)]
struct Notes {
    path: Vec<Step>,
    drifts: Vec<Drift>,
}

thread_local! {
    /// The notes of the answer that this thread is decoding, if a strict client does.
    static NOTES: RefCell<Option<Notes>> = const { RefCell::new(None) };
}

/// Does something with the notes, if any are taken.
fn with_notes(act: impl FnOnce(&mut Notes)) {
    NOTES.with_borrow_mut(|notes| {
        if let Some(notes) = notes {
            act(notes);
        }
    });
}

/// Goes a step into the value that is decoded.
pub(crate) fn enter(step: Step) {
    with_notes(|notes| notes.path.push(step));
}

/// Goes back.
pub(crate) fn leave() {
    with_notes(|notes| drop(notes.path.pop()));
}

/// Notes a difference at the place that is being decoded.
pub(crate) fn note(kind: DriftKind) {
    with_notes(|notes| {
        let path = shown(&notes.path);
        notes.drifts.push(Drift { path, kind });
    });
}

/// Notes a difference at a field of the object that is being decoded.
pub(crate) fn note_field(name: &str, kind: DriftKind) {
    enter(Step::Key(name.to_owned()));
    note(kind);
    leave();
}

/// Notes a value of an enum that is not known; `unknown` is any that is not.
pub(crate) fn note_unknown<T>(value: &T, unknown: impl FnOnce() -> T) {
    with_notes(|notes| {
        let unknown: Discriminant<T> = discriminant(&unknown());
        if discriminant(value) == unknown {
            let path = shown(&notes.path);
            let kind = DriftKind::UnknownValue;
            notes.drifts.push(Drift { path, kind });
        }
    });
}

#[cfg(feature = "unions")]
/// How many differences were noted so far.
pub(crate) fn noted() -> usize {
    let mut count = 0;
    with_notes(|notes| count = notes.drifts.len());
    count
}

#[cfg(feature = "unions")]
/// Forgets what was noted after this many: it was about a type that the value is not of.
pub(crate) fn forget(after: usize) {
    with_notes(|notes| notes.drifts.truncate(after));
}

fn shown(path: &[Step]) -> String {
    let mut shown = String::new();
    for step in path {
        match step {
            Step::Key(key) if shown.is_empty() => shown.push_str(key),
            Step::Key(key) => {
                shown.push('.');
                shown.push_str(key);
            }
            Step::Index(index) => shown.push_str(&format!("[{index}]")),
        }
    }
    shown
}

/// Decodes a body and minds the differences.
pub(crate) fn json<T: DeserializeOwned>(
    body: &[u8],
    strictness: &Strictness,
) -> Option<Result<T, DecodeError>> {
    let (value, drifts) = match tracked(body) {
        Ok(tracked) => tracked,
        // What does not fit at all is reported elsewhere.
        Err(error) => tracked(&whole_numbers::plainly(body, &error)?).ok()?,
    };
    match strictness {
        _ if drifts.is_empty() => Some(Ok(value)),
        Strictness::Fail => Some(Err(DecodeError::drifted(drifts))),
        Strictness::Tell(listener) => {
            listener(&drifts);
            Some(Ok(value))
        }
    }
}

/// A value, and what was noted while it was decoded.
fn tracked<T: DeserializeOwned>(body: &[u8]) -> Result<(T, Vec<Drift>), serde_json::Error> {
    let before = NOTES.replace(Some(Notes::default()));
    let mut from = serde_json::Deserializer::from_slice(body);
    let decoded = T::deserialize(Tracked(&mut from)).and_then(|value| from.end().map(|()| value));
    let notes = NOTES.replace(before).unwrap_or_default();
    decoded.map(|value| (value, notes.drifts))
}
