//! `kith-relay check`: verifies journals from the first entry to the last: of a store, of what a
//! relay that runs has at this moment, or of a backup.

use super::{at_rest::AtRest, in_words};
use crate::{
    config::Settings,
    journal::{Chains, End, Entry, Journal, Payload},
};
use automerge::{Change, ChangeHash};
use kith_shared::{
    bytes::Bytes,
    documents::{Document, DocumentId},
    ids::TeamId,
    sync::Seq,
    time::Moment,
};
use std::{
    collections::{BTreeMap, HashSet},
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    process::ExitCode,
};

/// What is verified.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder of a backup, to verify that instead of the relay's data.
    #[arg(long, value_name = "FOLDER")]
    backup: Option<PathBuf>,
}

/// What a journal holds, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Entries that were read.
    pub entries: u64,
    /// Of them, changes of documents.
    pub changes: u64,
    /// Entries that nobody can read any more: those about persons who were erased.
    pub erased: u64,
    /// Changes that were refused and are kept.
    pub refused: u64,
    /// Devices that joined.
    pub devices: u64,
    /// Places where this journal once stood, by the relay's own signature, and stands no more.
    pub signed_otherwise: u64,
    /// When this journal was put back, and the moment of the backup that it was made from.
    pub restored: Vec<(Moment, Moment)>,
    /// Documents.
    pub documents: u64,
    /// What is wrong; nothing, if all is well.
    pub faults: Vec<String>,
}

pub(super) async fn run(settings: &Settings, args: &Args) -> anyhow::Result<ExitCode> {
    let at_rest = match &args.backup {
        Some(backup) => AtRest::of_backup(backup, settings)?,
        None => AtRest::open(settings).await?,
    };
    if let Some(moment) = at_rest.of {
        println!("as it was on {}", in_words(moment));
    }
    let journal = &*at_rest.journal;
    let mut well = true;
    for (team, end) in journal.teams()? {
        let report = check(journal, team, end);
        println!(
            "team {team}: {} entries, {} changes in {} documents, {} devices, {} refused",
            report.entries, report.changes, report.documents, report.devices, report.refused
        );
        if report.signed_otherwise > 0 {
            println!(
                "  phones hold this relay's signature for {} other pasts: it was put back from a \
                 backup, or changed",
                report.signed_otherwise
            );
        }
        for (when, backup) in &report.restored {
            println!(
                "  put back on {} as it was on {}",
                in_words(*when),
                in_words(*backup)
            );
        }
        for fault in &report.faults {
            println!("  fault: {fault}");
        }
        if report.erased > 0 {
            println!("  {} entries of erased persons", report.erased);
        }
        well &= report.faults.is_empty();
    }
    println!("{}", if well { "ok" } else { "not ok" });
    Ok(if well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Verifies one team's journal: its places, its chains, its head, and that every change can be
/// read, follows changes that are there, and applies.
pub fn check(journal: &dyn Journal, team: TeamId, end: End) -> Report {
    let mut report = Report::default();
    let mut chains = Chains::default();
    let mut documents: BTreeMap<DocumentId, Vec<(Seq, Bytes)>> = BTreeMap::new();
    for entry in journal.entries(team) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                report.faults.push(error.to_string());
                break;
            }
        };
        if let Err(broken) = chains.follow(&entry) {
            report.faults.push(broken.to_string());
            break;
        }
        count(&mut report, entry, &mut documents);
    }
    if chains.end() != end {
        let (read, written) = (chains.end().seq, end.seq);
        report.faults.push(format!(
            "the journal ends with entry {read}, not as it did when entry {written} was written"
        ));
    }
    report.documents = documents.len() as u64;
    for (id, changes) in documents {
        let checked = catch_unwind(AssertUnwindSafe(|| document(id, &changes)));
        match checked {
            Ok(faults) => report.faults.extend(faults),
            Err(_) => report
                .faults
                .push(format!("{id} cannot be built from its changes")),
        }
    }
    report
}

fn count(
    report: &mut Report,
    entry: Entry,
    documents: &mut BTreeMap<DocumentId, Vec<(Seq, Bytes)>>,
) {
    report.entries += 1;
    match entry.payload {
        Payload::Change(change) => {
            report.changes += 1;
            documents
                .entry(change.document())
                .or_default()
                .push((entry.seq, change.bytes().clone()));
        }
        Payload::Refused { .. } => report.refused += 1,
        Payload::Erased { .. } => report.erased += 1,
        Payload::DeviceJoined { .. } => report.devices += 1,
        Payload::TeamCreated { .. } if entry.seq == 1 => {}
        Payload::TeamCreated { .. } => {
            report
                .faults
                .push(format!("entry {} begins the team again", entry.seq));
        }
        Payload::SignedOtherwise { .. } => report.signed_otherwise += 1,
        Payload::Restored { backup } => report.restored.push((entry.received_at, backup)),
        Payload::Invited { .. }
        | Payload::Released { .. }
        | Payload::WrittenAgain { .. }
        | Payload::Dismissed { .. }
        | Payload::PushOn { .. }
        | Payload::PushOff { .. }
        | Payload::CalendarOn { .. }
        | Payload::CalendarOff => {}
    }
}

fn document(id: DocumentId, changes: &[(Seq, Bytes)]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut built = Document::new(id);
    let mut known: HashSet<ChangeHash> = built.heads().into_iter().collect();
    let mut readable = Vec::new();
    for (seq, bytes) in changes {
        match Change::from_bytes(bytes.0.clone()) {
            Ok(change) if change.deps().iter().all(|dep| known.contains(dep)) => {
                if !known.insert(change.hash()) {
                    faults.push(format!("entry {seq} repeats a change of {id}"));
                }
                readable.push(change);
            }
            Ok(_) => faults.push(format!(
                "entry {seq} follows changes of {id} that are not there"
            )),
            Err(_) => faults.push(format!("entry {seq} holds no change that can be read")),
        }
    }
    let count = readable.len();
    if built.apply(readable).is_err() || built.changes().len() != count {
        faults.push(format!("the changes of {id} do not apply"));
    } else if Document::load(id, &built.save()).is_err() {
        faults.push(format!("{id} cannot be loaded once it was saved"));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Draft, MemoryJournal, conformance::some_journal};

    #[test]
    fn it_finds_what_is_missing_and_what_was_cut_off() {
        let journal = MemoryJournal::default();
        let (team, entries) = some_journal(5, 20);
        journal.append(team, 0, &entries).unwrap();
        let (_, end) = journal.teams().unwrap()[0];
        let report = check(&journal, team, end);
        assert_eq!((report.entries, report.changes), (5, 4));
        assert_eq!(report.faults, Vec::<String>::new());

        let later = End { seq: 6, ..end };
        let faults = check(&journal, team, later).faults;
        assert!(faults[0].contains("ends with entry 5"), "{faults:?}");

        // The same chains without the first change of one of the two documents.
        let (journal, mut chains) = (MemoryJournal::default(), Chains::default());
        let mut left = Vec::new();
        for entry in entries.into_iter().filter(|entry| entry.seq != 2) {
            let entry = chains.seal(Draft {
                received_at: entry.received_at,
                member: entry.member,
                device: entry.device,
                payload: entry.payload,
            });
            chains.follow(&entry).unwrap();
            left.push(entry);
        }
        journal.append(team, 0, &left).unwrap();
        let faults = check(&journal, team, chains.end()).faults;
        assert!(faults[0].contains("that are not there"), "{faults:?}");
    }
}
