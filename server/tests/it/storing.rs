//! What was answered for is there when the relay is opened again.

use crate::harness::{Relay, opened, words};
use kith_relay::{
    cli::check::check,
    journal::{
        AppendError, CannotRenew, End, Entries, Entry, Journal, JournalError, MemoryJournal, Owner,
        Payload, Renewal, SealedEntries, Snapshot,
    },
    relay::{Dice, Done, Team, now},
    vet,
};
use kith_shared::{
    api::ProblemCode,
    documents::{Document, DocumentId},
    ids::TeamId,
    sync::Seq,
};
use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

#[tokio::test]
async fn a_relay_that_is_opened_again_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::on_disk(folder.path()).await;
    let (team, gwen, mut nia) = relay.team().await;
    nia.clock_in(gwen);
    nia.sync().await;
    relay.server.stop().await;
    drop(relay.client);
    let relay = Relay::on_disk(folder.path()).await;
    nia.url = relay.url("");
    nia.clock_in(gwen);
    assert_eq!(words(&nia.sync().await), ["accepted"]);
    let mut cai = relay.joined(team, "pa", "Cai", None).await;
    cai.sync().await;
    assert_eq!(cai.texts(DocumentId::visits(gwen, now().month())), 2);
    relay.server.stop().await;
    let journal = opened(folder.path()).await;
    for (team, end) in journal.teams().unwrap() {
        assert_eq!(check(&journal, team, end).faults, Vec::<String>::new());
    }
}

/// A store that fails when it is told to, as a disk does.
#[derive(Debug, Default)]
pub struct Failing {
    journal: MemoryJournal,
    pub fail: AtomicBool,
    /// An append waits as long as it is told to.
    pub slow: AtomicBool,
}

impl Journal for Failing {
    fn teams(&self) -> Result<Vec<(TeamId, End)>, JournalError> {
        self.journal.teams()
    }
    fn entries(&self, team: TeamId) -> Entries<'_> {
        self.journal.entries(team)
    }
    fn append(&self, team: TeamId, last: Seq, entries: &[Entry]) -> Result<(), AppendError> {
        while self.slow.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(1));
        }
        if self.fail.load(Ordering::SeqCst) {
            return Err(AppendError::Store("unplugged".into()));
        }
        self.journal.append(team, last, entries)
    }
    fn renew(&self, renewal: Renewal) -> Result<(), CannotRenew> {
        self.journal.renew(renewal)
    }
    fn erased(&self) -> BTreeSet<Owner> {
        self.journal.erased()
    }
    fn snapshot(&self) -> Result<Snapshot, JournalError> {
        self.journal.snapshot()
    }
    fn sealed(&self, team: TeamId, from: Seq) -> SealedEntries<'_> {
        self.journal.sealed(team, from)
    }
}

#[tokio::test]
async fn what_was_not_stored_was_never_there() {
    let journal = Arc::new(Failing::default());
    let relay = Relay::on(journal.clone()).await;
    let (team, gwen, mut nia) = relay.team().await;
    let mut cai = relay.joined(team, "pa", "Cai", None).await;
    nia.sync().await;
    nia.clock_in(gwen);
    journal.fail.store(true, Ordering::SeqCst);
    let response = nia.post(&nia.request()).send().await.unwrap();
    assert_eq!(
        crate::harness::problem(response).await,
        ProblemCode::Internal
    );
    journal.fail.store(false, Ordering::SeqCst);
    cai.sync().await;
    assert_eq!(cai.texts(DocumentId::visits(gwen, now().month())), 0);
    assert_eq!(words(&nia.sync().await), ["accepted"]);
    cai.sync().await;
    assert_eq!(cai.texts(DocumentId::visits(gwen, now().month())), 1);
}

/// While one request is on its way to the disk, the next are decided: on something that may turn out
/// never to have been.
#[tokio::test]
async fn what_was_decided_on_what_was_not_stored_was_never_there() {
    let journal = Arc::new(Failing::default());
    let relay = Relay::on(journal.clone()).await;
    let (id, gwen, mut nia) = relay.team().await;
    let mut cai = relay.joined(id, "pa", "Cai", None).await;
    nia.sync().await;
    cai.sync().await;
    let team = relay.server.app.teams.get(id).unwrap();
    let stands = || {
        let team = team.clone();
        async move { team.read(Team::end).await }
    };
    let before = stands().await.unwrap();
    for fails in [true, false] {
        nia.clock_in(gwen);
        cai.clock_in(gwen);
        journal.slow.store(true, Ordering::SeqCst);
        let answers = [&nia, &cai].map(|phone| tokio::spawn(phone.post(&phone.request()).send()));
        // The first of them is being appended, and the other is decided, before somebody looks.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let looked = tokio::spawn(stands());
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert!(!looked.is_finished(), "it tells what is not stored yet");
        assert!(answers.iter().all(|answer| !answer.is_finished()));
        journal.fail.store(fails, Ordering::SeqCst);
        journal.slow.store(false, Ordering::SeqCst);
        for answer in answers {
            assert_eq!(answer.await.unwrap().unwrap().status().is_success(), !fails);
        }
        assert_eq!(looked.await.unwrap().is_ok(), !fails);
        journal.fail.store(false, Ordering::SeqCst);
        let there = journal.entries(id).count() as u64;
        let after = stands().await.unwrap();
        assert_eq!(after.seq, there);
        assert_eq!(after == before, fails);
    }
    // Once each, and both.
    cai.sync().await;
    nia.sync().await;
    let visits = DocumentId::visits(gwen, now().month());
    assert_eq!([nia.texts(visits), cai.texts(visits)], [4, 4]);
}

#[tokio::test]
async fn a_request_that_panics_takes_nothing_with_it() {
    let relay = Relay::start().await;
    let (team, gwen, mut nia) = relay.team().await;
    nia.sync().await;
    let handle = relay.server.app.teams.get(team).unwrap();
    let invite = crate::harness::invitation(team, "pa", "Nobody", None);
    let halfway = move |team: &mut Team, now, dice: Dice<'_>| -> Result<Done<()>, _> {
        let _ = team.invite(&invite, now, dice);
        panic!("on purpose")
    };
    let panicked = handle.act(halfway).await;
    assert_eq!(panicked.unwrap_err().code, ProblemCode::Internal);
    // What it had done to the team by then was never there.
    nia.clock_in(gwen);
    assert_eq!(words(&nia.sync().await), ["accepted"]);
    // Some wait while one panics: each gets its own answer.
    let mut waiting = vec![];
    for n in 0..40 {
        let handle = handle.clone();
        waiting.push(tokio::spawn(async move {
            handle
                .read(move |team| {
                    assert!(n != 20, "on purpose");
                    team.end().seq
                })
                .await
        }));
    }
    let mut answered = 0;
    for one in waiting {
        answered += usize::from(one.await.unwrap().is_ok());
    }
    assert_eq!(answered, 39);
}

/// A store that notes what was appended together.
#[derive(Debug, Default)]
pub struct Batches {
    journal: MemoryJournal,
    batches: Mutex<Vec<(TeamId, Vec<Entry>)>>,
}

impl Batches {
    /// How many appends have something of the relay's own in all of these documents. Each has
    /// either all of them or none.
    pub fn of(&self, team: TeamId, documents: &[DocumentId]) -> usize {
        let relay = self.journal.entries(team).next().unwrap().unwrap().member;
        let batches = self.batches.lock().unwrap();
        let has = |batch: &[Entry], document: &DocumentId| {
            let mut entries = batch.iter();
            entries.any(|e| e.member == relay && is_word(e, *document))
        };
        let of = |(_, batch): &&(TeamId, Vec<Entry>)| {
            let count = documents.iter().filter(|d| has(batch, d)).count();
            assert!(
                count == 0 || count == documents.len(),
                "{count} of them alone"
            );
            count > 0
        };
        batches.iter().filter(|b| b.0 == team).filter(of).count()
    }
}

/// The relay says in it who is responsible.
fn is_word(entry: &Entry, document: DocumentId) -> bool {
    let Payload::Change(change) = &entry.payload else {
        return false;
    };
    entry.document() == Some(document) && {
        let told = vet::told(&Document::new(document), change.bytes());
        told.iter()
            .any(|(_, told)| format!("{told:?}").contains("\"word\""))
    }
}

impl Journal for Batches {
    fn teams(&self) -> Result<Vec<(TeamId, End)>, JournalError> {
        self.journal.teams()
    }
    fn entries(&self, team: TeamId) -> Entries<'_> {
        self.journal.entries(team)
    }
    fn append(&self, team: TeamId, last: Seq, entries: &[Entry]) -> Result<(), AppendError> {
        self.journal.append(team, last, entries)?;
        let mut batches = self.batches.lock().unwrap();
        batches.push((team, entries.to_vec()));
        Ok(())
    }
    fn renew(&self, renewal: Renewal) -> Result<(), CannotRenew> {
        self.journal.renew(renewal)
    }
    fn erased(&self) -> BTreeSet<Owner> {
        self.journal.erased()
    }
    fn snapshot(&self) -> Result<Snapshot, JournalError> {
        self.journal.snapshot()
    }
    fn sealed(&self, team: TeamId, from: Seq) -> SealedEntries<'_> {
        self.journal.sealed(team, from)
    }
}
