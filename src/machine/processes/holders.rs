//! Puts together what `scan`, `count` and `account` find out.

use super::account::Ledger;
use super::count::{CountedInstances, Instance, exists};
use super::scan::{HoldingProcess, Scan};
use super::users::Users;
use super::{Holders, Process, Unreadable, visibility};
use crate::machine::Places;
use crate::machine::process_dir::clock;
use crate::progress::{Cancelled, Progress};
use std::collections::{BTreeMap, BTreeSet};

impl Holders {
    /// One pass over `/proc`. An instance that several descriptors or processes share is counted once, by kcmp(2).
    /// Where the kernel refuses that call, a child with the same watches under the same descriptor number as its
    /// parent is presumed to share them, everything else to be distinct, and [`Holders::sharing_unknown`] is set.
    ///
    /// # Errors
    /// [`Cancelled`] only; everything else that goes wrong is part of the result.
    pub fn read(places: &Places, progress: &Progress) -> Result<Self, Cancelled> {
        let scan = Scan::read(places, progress)?;
        let counted = CountedInstances::read(places, &scan.holders, progress)?;
        Ok(assemble(places, scan, &counted))
    }
}

/// Watches of one process, over all instances.
#[derive(Default)]
struct ProcessTally {
    instances: u64,
    watches: u64,
    charged_watches: u64,
    shared_with: BTreeSet<u32>,
}

fn assemble(places: &Places, scan: Scan, counted: &CountedInstances) -> Holders {
    let mut ledger = Ledger::open(places, &scan.holders);
    let mut tallies = tally(&scan.holders, &counted.instances, &mut ledger);
    let (users, boot_time) = (Users::read(places), clock::boot_time(places));
    let (mut unreadable, mut processes, mut vanished) = (scan.unreadable, Vec::new(), scan.vanished);
    for holder in scan.holders {
        let tally = tallies.remove(&holder.pid).unwrap_or_default();
        if counted.denied.contains(&holder.pid) {
            let program = holder.facts.program.clone();
            unreadable.push(Unreadable { pid: holder.pid, uid: holder.facts.uid, program });
        }
        if tally.instances == 0 && !exists(places, holder.pid) {
            vanished += 1;
        } else if tally.instances > 0 || holder.facts.kind.is_app() {
            let (charged, other) = (ledger.is_charged(holder.pid), ledger.is_other(&holder));
            let mut process = process(holder, tally, boot_time);
            process.user = users.name(process.uid);
            (process.charged_to_account, process.other_user_namespace) = (charged, other);
            processes.push(process);
        }
    }
    processes.sort_by_key(|process| (std::cmp::Reverse(process.watches), process.pid));
    unreadable.sort_by_key(|process| process.pid);
    Holders {
        account: ledger.close(&unreadable),
        processes,
        unreadable,
        vanished,
        sharing_unknown: counted.sharing_unknown,
        hidden_processes: scan.blind || visibility::hides_processes(places),
    }
}

/// Sums the instances up by process, and enters each once in the ledger.
fn tally(holders: &[HoldingProcess], instances: &[Instance], ledger: &mut Ledger<'_>) -> BTreeMap<u32, ProcessTally> {
    let by_pid: BTreeMap<u32, &HoldingProcess> = holders.iter().map(|holder| (holder.pid, holder)).collect();
    let mut tallies: BTreeMap<u32, ProcessTally> = BTreeMap::new();
    for Instance { pids, watches } in instances {
        let payer = ledger.enter(pids.iter().filter_map(|pid| by_pid.get(pid).copied()), *watches);
        for pid in pids {
            let tally = tallies.entry(*pid).or_default();
            tally.instances += 1;
            tally.watches += watches;
            tally.charged_watches += if payer == Some(*pid) { *watches } else { 0 };
            tally.shared_with.extend(pids.iter().filter(|other| *other != pid));
        }
    }
    tallies
}

/// The process without what only the ledger and the user database know.
fn process(HoldingProcess { pid, facts, .. }: HoldingProcess, tally: ProcessTally, boot_time: Option<u64>) -> Process {
    let seconds = facts.started_ticks.map(clock::whole_seconds);
    Process {
        pid,
        parent: facts.parent,
        uid: facts.uid,
        user: None,
        program: facts.program,
        command: facts.command,
        kind: facts.kind,
        instances: tally.instances,
        watches: tally.watches,
        charged_watches: tally.charged_watches,
        charged_to_account: false,
        shared_with: tally.shared_with.into_iter().collect(),
        other_user_namespace: false,
        started: boot_time.zip(seconds).map(|(boot, seconds)| boot + seconds),
        started_ticks: facts.started_ticks,
        cwd: facts.cwd,
    }
}
