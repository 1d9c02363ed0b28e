//! The order of names in imports: numbers in them count as numbers.

use std::cmp::Ordering;

/// A part of a name.
#[derive(PartialEq, Eq)]
enum Part<'a> {
    Underscore,
    Letters(&'a str),
    Number(&'a str),
}

/// Compares two names.
pub(super) fn compare(left: &str, right: &str) -> Ordering {
    let (mut left, mut right) = (Parts(left), Parts(right));
    // Of numbers that are the same, the one with more zeros before it comes first.
    let mut zeros = Ordering::Equal;
    loop {
        let order = match (left.next(), right.next()) {
            (None, None) => return zeros,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(Part::Underscore), Some(Part::Underscore)) => Ordering::Equal,
            (Some(Part::Underscore), _) => Ordering::Less,
            (_, Some(Part::Underscore)) => Ordering::Greater,
            (Some(Part::Number(left)), Some(Part::Number(right))) => {
                let (plain_left, plain_right) = (without_zeros(left), without_zeros(right));
                zeros = zeros.then(right.len().cmp(&left.len()));
                let by_length = plain_left.len().cmp(&plain_right.len());
                by_length.then_with(|| plain_left.cmp(plain_right))
            }
            (
                Some(Part::Letters(left) | Part::Number(left)),
                Some(Part::Letters(right) | Part::Number(right)),
            ) => left.cmp(right),
        };
        if order.is_ne() {
            return order;
        }
    }
}

fn without_zeros(digits: &str) -> &str {
    digits.trim_start_matches('0')
}

/// The parts of a name, from its beginning.
struct Parts<'a>(&'a str);

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        let first = self.0.chars().next()?;
        if first == '_' {
            self.0 = &self.0[1..];
            return Some(Part::Underscore);
        }
        let digits = first.is_ascii_digit();
        let ends = |letter: char| letter.is_ascii_digit() != digits || (!digits && letter == '_');
        let end = self.0.find(ends).unwrap_or(self.0.len());
        let (part, rest) = self.0.split_at(end);
        self.0 = rest;
        Some(if digits {
            Part::Number(part)
        } else {
            Part::Letters(part)
        })
    }
}
