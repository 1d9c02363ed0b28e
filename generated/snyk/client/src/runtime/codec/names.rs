//! The names of a record's fields on the wire, in one text.
//!
//! Every literal has its price when a crate is compiled, and there are thousands of fields. So the
//! names of a record are one text, in which each stands after the character that the text begins
//! with: `/id/node_id`. That character is in none of the names.

use std::iter::Skip;
use std::str::Split;

/// The names in such a text, in the order of the fields.
pub(super) fn names(text: &'static str) -> Skip<Split<'static, char>> {
    let separator = text.chars().next().unwrap_or_default();
    // Before the first separator is nothing.
    text.split(separator).skip(1)
}

/// Where in such a text the name stands that is expected next.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    /// The number of its field.
    number: usize,
    /// Where its separator begins.
    at: usize,
}

impl Place {
    /// The number of the field with this name. The name after it is expected then.
    #[inline]
    pub(super) fn find(&mut self, text: &'static str, name: &str) -> Option<usize> {
        let number = match self.is_next(text, name) {
            true => self.number,
            false => self.search(text, name)?,
        };
        self.number = number + 1;
        self.at += width(text) + name.len();
        Some(number)
    }

    /// Whether a name is the one that is expected, as it mostly is. Of a separator that is no single byte
    /// this is never said.
    #[inline]
    fn is_next(self, text: &'static str, name: &str) -> bool {
        let begin = self.at + width(text);
        let end = begin + name.len();
        let bytes = text.as_bytes();
        match (bytes.first(), bytes.get(begin..end)) {
            (Some(separator), Some(expected)) if separator.is_ascii() => {
                bytes.get(end).is_none_or(|after| after == separator)
                    && is_same(expected, name.as_bytes(), *separator)
            }
            _ => false,
        }
    }

    /// Looks for a name from the expected one on, then before it, and goes to where it stands.
    fn search(&mut self, text: &'static str, name: &str) -> Option<usize> {
        let (before, after) = text.split_at_checked(self.at)?;
        let found = |from: Self, names: &'static str| {
            let mut place = from;
            for other in self::names(names) {
                if other == name {
                    return Some(place);
                }
                place.number += 1;
                place.at += width(text) + other.len();
            }
            None
        };
        *self = found(*self, after).or_else(|| found(Self::default(), before))?;
        Some(self.number)
    }
}

/// How many bytes the separator of a text has.
#[inline]
fn width(text: &'static str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// Whether two names are the same and without the separator, which a key can have and a name cannot.
/// Names are short: comparing the first and the last word of each, which may overlap, takes less than
/// asking the system to.
#[inline]
fn is_same(one: &[u8], other: &[u8], separator: u8) -> bool {
    match one.len() {
        8..=16 => have_same_ends::<8>(one, other, separator),
        4..8 => have_same_ends::<4>(one, other, separator),
        2..4 => have_same_ends::<2>(one, other, separator),
        _ => one == other && !one.contains(&separator),
    }
}

/// Whether the first bytes are the same, and the last, and none of them is the separator.
#[inline]
fn have_same_ends<const N: usize>(one: &[u8], other: &[u8], separator: u8) -> bool {
    let ends = (one.first_chunk::<N>(), one.last_chunk::<N>());
    let (Some(first), Some(last)) = ends else {
        return false;
    };
    // All bytes are looked at, as that is one step for all and asking after each is not.
    let parts = |part: &[u8; N]| {
        part.iter()
            .fold(false, |is, byte| is | (*byte == separator))
    };
    ends == (other.first_chunk(), other.last_chunk()) && !parts(first) && !parts(last)
}
