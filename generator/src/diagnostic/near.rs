//! Names near to one that was mistyped, for "did you mean".

/// No more names than this are offered.
const OFFERED: usize = 3;

/// The `names` that differ from `wanted` by a slip, nearest first.
#[must_use]
pub fn near<'n>(wanted: &str, names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let limit = (wanted.chars().count() / 3).max(1);
    let mut found: Vec<(usize, &str)> = names
        .filter_map(|name| Some((distance(wanted, name, limit)?, name)))
        .collect();
    found.sort_by_key(|(distance, _)| *distance);
    found
        .into_iter()
        .take(OFFERED)
        .map(|(_, name)| name)
        .collect()
}

/// How many characters must be changed, added, removed or swapped with their neighbour to make
/// one text the other, upper and lower case alike; `None` if more than `limit`.
fn distance(left: &str, right: &str, limit: usize) -> Option<usize> {
    let left: Vec<char> = left.chars().flat_map(char::to_lowercase).collect();
    let right: Vec<char> = right.chars().flat_map(char::to_lowercase).collect();
    if left.len().abs_diff(right.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (row, a) in left.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, b) in right.iter().enumerate() {
            let changed = above[column] + usize::from(a != b);
            let mut least = changed.min(above[column + 1] + 1).min(line[column] + 1);
            let swapped = row > 0 && column > 0 && left[row - 1] == *b && right[column - 1] == *a;
            if swapped {
                least = least.min(before[column - 1] + 1);
            }
            line.push(least);
        }
        if line.iter().all(|cost| *cost > limit) {
            return None;
        }
        before = std::mem::replace(&mut above, line);
    }
    above.last().copied().filter(|cost| *cost <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_near_and_other_names_are_not() {
        let names = ["Pet", "Pets", "Error", "pet", "Petition"];
        assert_eq!(near("Petz", names.into_iter()), ["Pet", "Pets", "pet"]);
        assert_eq!(near("Eror", names.into_iter()), ["Error"]);
        assert_eq!(near("Erorr", names.into_iter()), ["Error"]);
        assert_eq!(near("Owner", names.into_iter()), [""; 0]);
        assert_eq!(distance("ab", "ba", 1), Some(1));
        assert_eq!(distance("", "ab", 1), None);
        assert_eq!(distance("", "", 1), Some(0));
    }
}
