//! The account that the kernel charges for an instance, as far as /proc tells. See [`Account`] for what is
//! approximated.

use super::scan::HoldingProcess;
use super::user_namespace::Namespaces;
use super::{Account, Unreadable};
use crate::machine::{Places, ProcessDir};
use std::collections::BTreeSet;

/// Decides what belongs to the account of this program.
pub(super) struct Ledger<'a> {
    places: &'a Places,
    namespaces: Namespaces,
    /// The processes that charge the account: asked once, because the answer is gone when a process ends.
    charged: BTreeSet<u32>,
    account: Account,
}

impl<'a> Ledger<'a> {
    pub(super) fn open(places: &'a Places, holders: &[HoldingProcess]) -> Self {
        let account = Account { uid: rustix::process::geteuid().as_raw(), ..Account::default() };
        let namespaces = Namespaces::of_this_program(places);
        let mut ledger = Self { places, namespaces, charged: BTreeSet::new(), account };
        for holder in holders {
            if ledger.payer_in_this_namespace(holder) == Some(account.uid) {
                ledger.charged.insert(holder.pid);
            }
        }
        ledger
    }

    /// The user whom the kernel charges, in this program's namespace, for what `holder` makes.
    fn payer_in_this_namespace(&mut self, holder: &HoldingProcess) -> Option<u32> {
        match holder.facts.namespace {
            Some(namespace) if self.is_other(holder) => {
                self.namespaces.creator(namespace, &self.places.proc.join(format!("{}/ns/user", holder.pid)))
            }
            _ => Some(holder.facts.uid),
        }
    }

    /// Enters one instance and tells who answers for it: the oldest of its holders is taken to have made it.
    pub(super) fn enter<'h>(&mut self, holders: impl Iterator<Item = &'h HoldingProcess>, watches: u64) -> Option<u32> {
        let payer = holders.min_by_key(|holder| (holder.facts.started_ticks, holder.pid))?.pid;
        if self.is_charged(payer) {
            self.account.instances += 1;
            self.account.watches += watches;
        }
        Some(payer)
    }

    /// Tells whether what this process makes counts against the account.
    pub(super) fn is_charged(&self, pid: u32) -> bool {
        self.charged.contains(&pid)
    }

    pub(super) fn is_other(&self, holder: &HoldingProcess) -> bool {
        self.namespaces.is_other(holder.facts.namespace)
    }

    /// Closes the books: what could not be read may be charged to this account as well.
    pub(super) fn close(mut self, unreadable: &[Unreadable]) -> Account {
        let map = |process: Result<ProcessDir, _>| process.and_then(|process| process.user_map()).ok();
        let own_map = map(ProcessDir::own(self.places));
        // The namespace of an unreadable process is not told, but its map of users is; another map is another
        // namespace. Seen from inside a container, its user's processes outside are such.
        let is_here = |pid: u32| {
            let map = map(ProcessDir::open(self.places, pid));
            map.is_none() || own_map.is_none() || map == own_map
        };
        let mine = unreadable.iter().filter(|one| one.uid == self.account.uid && is_here(one.pid)).count();
        self.account.unreadable_processes = mine as u64;
        self.account
    }
}
