//! Work on every processor: things that do not depend on each other are made side by side, and
//! come back in the order in which they were asked for.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Makes something of each item, and keeps their order.
pub fn map<'a, T: Sync, R: Send>(items: &'a [T], make: impl Fn(&'a T) -> R + Sync) -> Vec<R> {
    let workers = processors().min(items.len());
    if workers <= 1 {
        return items.iter().map(make).collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let take = || next.fetch_add(1, Ordering::Relaxed);
        let taken =
            std::iter::repeat_with(take).map_while(|index| Some((index, items.get(index)?)));
        taken.map(|(index, item)| (index, make(item))).collect()
    };
    let mut made: Vec<(usize, R)> = std::thread::scope(|scope| {
        // The thread that waits works, too.
        let others: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
        let mut made: Vec<(usize, R)> = work();
        for other in others {
            let other = other.join();
            made.extend(other.unwrap_or_else(|fault| std::panic::resume_unwind(fault)));
        }
        made
    });
    made.sort_unstable_by_key(|(index, _)| *index);
    made.into_iter().map(|(_, made)| made).collect()
}

/// How many processors there are. The system reads several files to answer that.
fn processors() -> usize {
    static PROCESSORS: OnceLock<usize> = OnceLock::new();
    *PROCESSORS.get_or_init(|| std::thread::available_parallelism().map_or(1, usize::from))
}

/// Makes two things that do not depend on each other; both may go on to use [`map`].
pub fn join<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        let one = one.join();
        (
            one.unwrap_or_else(|fault| std::panic::resume_unwind(fault)),
            other,
        )
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn two_things_come_back_in_their_places() {
        let text = String::from("left");
        let (length, both) = super::join(|| text.len(), || super::map(&[1, 2], |item| item * 2));
        assert_eq!((length, both), (4, vec![2, 4]));
    }

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<u64> = (0..10_000).collect();
        let doubled: Vec<u64> = items.iter().map(|item| item * 2).collect();
        assert_eq!(super::map(&items, |item| item * 2), doubled);
        assert_eq!(super::map(&[7], |item| item + 1), [8]);
        assert!(super::map(&[], |item: &u64| *item).is_empty());
    }
}
