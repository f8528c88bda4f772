//! Descriptors that are the same instance, found so that it is counted once.

use super::fdinfo::FdinfoSummary;
use super::same_file::{Descriptor, Incomparable};
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

/// Descriptors sorted into instances.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Grouped {
    /// One entry per instance: all its descriptors. In no useful order.
    pub(super) instances: Vec<Vec<Descriptor>>,
    /// Descriptors that the kernel refused to compare.
    pub(super) uncompared: Vec<Descriptor>,
}

/// Sorts `descriptors` into instances by the order that kcmp(2) gives: n·log n comparisons, not one for each pair.
/// A descriptor that is closed meanwhile is left out.
pub(super) fn group(
    descriptors: impl IntoIterator<Item = Descriptor>,
    mut compare: impl FnMut(Descriptor, Descriptor) -> Result<Ordering, Incomparable>,
) -> Grouped {
    let mut grouped = Grouped::default();
    for descriptor in descriptors {
        match compare(descriptor, descriptor) {
            Ok(_) => insert(&mut grouped, descriptor, &mut compare),
            Err(Incomparable::Refused) => grouped.uncompared.push(descriptor),
            Err(Incomparable::Gone) => {}
        }
    }
    grouped
}

type Compare<'a> = &'a mut dyn FnMut(Descriptor, Descriptor) -> Result<Ordering, Incomparable>;

/// Puts one descriptor where it belongs. Processes may end at any moment, also those that were sorted in before.
fn insert(grouped: &mut Grouped, descriptor: Descriptor, compare: Compare<'_>) {
    loop {
        match search(&grouped.instances, descriptor, compare) {
            Ok(InstancePlace::Among(at)) => return grouped.instances[at].push(descriptor),
            Ok(InstancePlace::Before(at)) => return grouped.instances.insert(at, vec![descriptor]),
            Err(_) if compare(descriptor, descriptor).is_err() => return,
            Err(at) => {
                let known = grouped.instances[at][0];
                if compare(known, known).is_ok() {
                    return grouped.uncompared.push(descriptor);
                }
                grouped.instances[at].swap_remove(0);
                if grouped.instances[at].is_empty() {
                    grouped.instances.remove(at);
                }
            }
        }
    }
}

enum InstancePlace {
    Among(usize),
    Before(usize),
}

/// Searches by halves; the error is the place of the instance that could not be compared with.
fn search(instances: &[Vec<Descriptor>], descriptor: Descriptor, compare: Compare<'_>) -> Result<InstancePlace, usize> {
    let (mut low, mut high) = (0, instances.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        match compare(instances[middle][0], descriptor) {
            Ok(Ordering::Equal) => return Ok(InstancePlace::Among(middle)),
            Ok(Ordering::Less) => low = middle + 1,
            Ok(Ordering::Greater) => high = middle,
            Err(_) => return Err(middle),
        }
    }
    Ok(InstancePlace::Before(low))
}

/// A descriptor that could not be compared, with what else tells whether it is shared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clue {
    pub(super) descriptor: Descriptor,
    /// The parent of its process.
    pub(super) parent: u32,
    pub(super) summary: FdinfoSummary,
}

/// The presumption where the kernel refuses to compare: a child that has the same watches (at least one) under the
/// same descriptor number as its parent inherited them by fork(2), which keeps numbers. Everything else counts as
/// an instance of its own: two equal descriptors of one process are rarely a dup(2) and often two watchers of one
/// folder (.NET makes an instance per watcher), and workers that each watch the same tree look alike as well.
pub(super) fn presume(clues: &[Clue]) -> Vec<(Vec<Descriptor>, FdinfoSummary)> {
    let mut alike: HashMap<(u32, u64), HashMap<u32, u32>> = HashMap::new();
    for clue in clues.iter().filter(|clue| clue.summary.watches > 0) {
        let key = (clue.descriptor.fd, clue.summary.digest);
        alike.entry(key).or_default().insert(clue.descriptor.pid, clue.parent);
    }
    let mut instances: BTreeMap<Descriptor, (Vec<Descriptor>, FdinfoSummary)> = BTreeMap::new();
    for clue in clues {
        let Descriptor { pid, fd } = clue.descriptor;
        let family = alike.get(&(fd, clue.summary.digest));
        let first = Descriptor { pid: family.map_or(pid, |parents| eldest(pid, parents)), fd };
        instances.entry(first).or_insert_with(|| (Vec::new(), clue.summary)).0.push(clue.descriptor);
    }
    instances.into_values().collect()
}

/// The first ancestor without a parent among `parents`. The bound is for text that no kernel wrote (a circle).
fn eldest(pid: u32, parents: &HashMap<u32, u32>) -> u32 {
    let generations = std::iter::successors(Some(pid), |pid| parents.get(pid).copied());
    generations.take_while(|pid| parents.contains_key(pid)).take(parents.len()).last().unwrap_or(pid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn at(pid: u32, fd: u32) -> Descriptor {
        Descriptor { pid, fd }
    }

    /// Instances as sets, to compare without regard to order.
    fn sets(instances: impl IntoIterator<Item = Vec<Descriptor>>) -> BTreeSet<BTreeSet<Descriptor>> {
        instances.into_iter().map(BTreeSet::from_iter).collect()
    }

    fn clue(pid: u32, fd: u32, parent: u32, watches: u64) -> Clue {
        Clue { descriptor: at(pid, fd), parent, summary: FdinfoSummary { watches, digest: watches } }
    }

    fn presumed(clues: &[Clue]) -> BTreeSet<BTreeSet<Descriptor>> {
        sets(presume(clues).into_iter().map(|(descriptors, _)| descriptors))
    }

    #[test]
    fn children_with_their_parents_watches_share_them() {
        let family = [clue(10, 3, 1, 200), clue(11, 3, 10, 200), clue(5, 3, 11, 200)];
        assert_eq!(presumed(&family), sets([vec![at(10, 3), at(11, 3), at(5, 3)]]));
    }

    #[test]
    fn what_only_looks_alike_is_counted_as_distinct() {
        let siblings = [clue(11, 3, 10, 200), clue(12, 3, 10, 200)];
        let one_process = [clue(10, 3, 1, 200), clue(10, 4, 1, 200)];
        let other_number = [clue(10, 3, 1, 200), clue(11, 4, 10, 200)];
        let empty = [clue(10, 3, 1, 0), clue(11, 3, 10, 0)];
        for clues in [siblings, one_process, other_number, empty] {
            assert_eq!(presumed(&clues).len(), 2, "{clues:?}");
        }
    }

    #[test]
    fn a_circle_of_parents_ends() {
        assert_eq!(presumed(&[clue(5, 3, 5, 1)]).len(), 1);
        assert!(!presumed(&[clue(5, 3, 6, 1), clue(6, 3, 5, 1)]).is_empty());
    }

    #[test]
    fn what_the_kernel_refuses_to_compare_is_kept_apart() {
        let refuse = |one: Descriptor, other: Descriptor| {
            if one.pid == 1 || other.pid == 1 { Err(Incomparable::Refused) } else { Ok(one.cmp(&other)) }
        };
        let grouped = group([at(1, 3), at(2, 3), at(3, 3)], refuse);
        assert_eq!(grouped.uncompared, [at(1, 3)]);
        assert_eq!(sets(grouped.instances), sets([vec![at(2, 3)], vec![at(3, 3)]]));
    }

    proptest! {
        /// `files[i]` is the open file behind descriptor i.
        #[test]
        fn descriptors_of_one_file_come_together(files in proptest::collection::vec(0_u8..12, 0..60)) {
            let all: Vec<_> = (0_u32..).take(files.len()).map(|index| at(index % 7, index)).collect();
            let file = |descriptor: Descriptor| files[descriptor.fd as usize];
            let grouped = group(all.iter().copied(), |one, other| Ok(file(one).cmp(&file(other))));
            let mut expected: HashMap<u8, Vec<Descriptor>> = HashMap::new();
            all.iter().for_each(|one| expected.entry(file(*one)).or_default().push(*one));
            prop_assert_eq!(sets(grouped.instances), sets(expected.into_values()));
            prop_assert!(grouped.uncompared.is_empty());
        }

        /// Descriptors below `doomed` close after `after` comparisons.
        #[test]
        fn descriptors_that_close_meanwhile_do_not_disturb_the_others(
            files in proptest::collection::vec(0_u8..6, 0..40), doomed in 0_u32..40, after in 0_usize..200,
        ) {
            let all: Vec<_> = (0_u32..).take(files.len()).map(|index| at(1, index)).collect();
            let file = |descriptor: Descriptor| files[descriptor.fd as usize];
            let mut comparisons = 0;
            let grouped = group(all.iter().copied(), |one, other| {
                comparisons += 1;
                let closed = comparisons > after && (one.fd < doomed || other.fd < doomed);
                if closed { Err(Incomparable::Gone) } else { Ok(file(one).cmp(&file(other))) }
            });
            let mut expected: HashMap<u8, Vec<Descriptor>> = HashMap::new();
            all.iter().filter(|one| one.fd >= doomed).for_each(|one| expected.entry(file(*one)).or_default().push(*one));
            let stay = |instance: Vec<Descriptor>| instance.into_iter().filter(|one| one.fd >= doomed).collect::<Vec<_>>();
            let found = grouped.instances.into_iter().map(stay).filter(|instance| !instance.is_empty());
            prop_assert_eq!(sets(found), sets(expected.into_values()));
        }
    }
}
