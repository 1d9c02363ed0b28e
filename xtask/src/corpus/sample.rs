//! Seeded choices that last: who is chosen depends on the seed and their own name alone, so that
//! a description more or less does not exchange the others.

use sha2::{Digest, Sha512};

/// As many of `all` as asked for, or all of them, in the order of their lots.
pub(super) fn choose<T>(all: &[T], size: usize, seed: u64, name: impl Fn(&T) -> &str) -> Vec<&T> {
    let mut lots: Vec<(Vec<u8>, &T)> = all.iter().map(|it| (lot(seed, name(it)), it)).collect();
    lots.sort_by(|one, other| one.0.cmp(&other.0));
    lots.into_iter().take(size).map(|(_, it)| it).collect()
}

fn lot(seed: u64, name: &str) -> Vec<u8> {
    let mut hasher = Sha512::new();
    hasher.update(seed.to_be_bytes());
    hasher.update(name.as_bytes());
    hasher.finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use super::choose;

    fn chosen(names: &[&str], seed: u64) -> Vec<String> {
        let chosen = choose(names, 3, seed, |name| name);
        chosen.into_iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn a_choice_follows_from_the_seed_alone() {
        let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
        let mut turned = names;
        turned.reverse();
        assert_eq!(chosen(&names, 1), chosen(&turned, 1));
        assert_ne!(chosen(&names, 1), chosen(&names, 2));
    }

    #[test]
    fn who_was_not_chosen_is_not_missed() {
        let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
        let before = chosen(&names, 1);
        let fewer: Vec<&str> = names
            .into_iter()
            .filter(|&name| before.iter().any(|it| it == name) || name < "d")
            .collect();
        assert_eq!(before, chosen(&fewer, 1));
    }
}
