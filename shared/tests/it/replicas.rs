//! Phones that write apart hold the same records in the end, in whatever order and in whatever
//! portions the changes reach them.

use crate::support::{ANN, BEN, PERSON, author, member, november, record, visits_id, write};
use automerge::Change;
use kith_shared::{
    documents::{Author, Document, DocumentId, Record, notes::NoteRecord, visits::VisitRecord},
    domain::{
        note::{Audience, NoteText},
        team::{Member, Role},
        visit::visits,
    },
    ids::{MemberId, RecordId},
    intent::Intent,
};
use proptest::{collection, prelude::*, sample::Index};
use serde_json::{Value, json};

const CAT: MemberId = MemberId::from_bytes([3; 16]);

fn pas() -> [Member; 3] {
    [ANN, BEN, CAT].map(|id| member(id, Role::Pa))
}

/// What one of three phones does.
#[derive(Debug, Clone)]
enum Step {
    /// Clocks in, clocks out of or amends one of its own visits.
    Act { phone: usize, which: Index },
    /// Takes in all that another one has.
    Pull { phone: usize, from: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let act = (0_usize..3, any::<Index>()).prop_map(|(phone, which)| Step::Act { phone, which });
    let pull = (0_usize..3, 0_usize..3).prop_map(|(phone, from)| Step::Pull { phone, from });
    prop_oneof![3 => act, 2 => pull]
}

/// An intent of `pa` that the rules allow, as the document stands.
fn intent(document: &Document, pa: MemberId, which: Index) -> Intent {
    let (person, month) = (PERSON, november());
    let records = document.records::<VisitRecord>().0;
    let own: Vec<_> = visits(PERSON, &records)
        .into_values()
        .filter(|v| v.pa == pa)
        .collect();
    let choice = which.index(1 + 2 * own.len());
    let visit = || own[(choice - 1) / 2].clone();
    match choice {
        0 => Intent::ClockIn {
            person,
            month,
            shift: None,
            place: None,
        },
        n if n % 2 == 1 => Intent::ClockOut {
            person,
            month,
            visit: visit().id,
        },
        _ => Intent::AmendClock {
            person,
            month,
            visit: visit().id,
            start: visit().start,
            end: None,
            reason: "why".into(),
        },
    }
}

/// Plays the steps and returns all changes that were made.
fn play(steps: &[Step]) -> Vec<Change> {
    let mut phones = [0; 3].map(|_| Document::new(visits_id()));
    for (id, step) in (1..).zip(steps) {
        match *step {
            Step::Act { phone, which } => {
                let pa = &pas()[phone];
                let intent = intent(&phones[phone], pa.id, which);
                write(&mut phones[phone], pa, id, &intent).unwrap();
            }
            Step::Pull { phone, from } => {
                let changes = phones[from].changes();
                phones[phone].apply(changes).unwrap();
            }
        }
    }
    let mut all = phones[0].clone();
    all.apply(phones[1].changes()).unwrap();
    all.apply(phones[2].changes()).unwrap();
    all.changes()
}

/// The changes in the order of their priorities, but each after those that it follows.
fn reordered(changes: Vec<Change>, priorities: &[u32]) -> Vec<Change> {
    let mut there = Document::new(visits_id()).heads();
    let mut waiting: Vec<_> = priorities.iter().zip(changes).collect();
    waiting.sort_by_key(|(priority, _)| **priority);
    let mut ordered = Vec::new();
    while !waiting.is_empty() {
        let ready = waiting
            .iter()
            .position(|(_, c)| c.deps().iter().all(|d| there.contains(d)));
        let (_, change) = waiting.remove(ready.unwrap());
        there.push(change.hash());
        ordered.push(change);
    }
    ordered
}

fn records(document: &Document) -> Vec<Record<Value>> {
    let (records, strange) = document.records();
    assert_eq!(strange, []);
    records
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn all_replicas_hold_the_same(
        steps in collection::vec(step(), 1..32),
        priorities in collection::vec(any::<u32>(), 32),
        portions in collection::vec(1_usize..8, 1..8),
    ) {
        let changes = play(&steps);
        let acts = steps.iter().filter(|step| matches!(step, Step::Act { .. })).count();
        let mut level = Document::new(visits_id());
        level.apply(changes.clone()).unwrap();
        prop_assert_eq!(records(&level).len(), acts, "every act is there");

        let ordered = reordered(changes, &priorities);
        let mut other = Document::new(visits_id());
        let (mut rest, mut portions) = (&ordered[..], portions.into_iter().cycle());
        while !rest.is_empty() {
            let (portion, later) = rest.split_at(portions.next().unwrap().min(rest.len()));
            // What comes again changes nothing.
            other.apply(portion.to_vec()).unwrap();
            other.apply(portion.to_vec()).unwrap();
            other = Document::load(visits_id(), &other.save()).unwrap();
            rest = later;
        }
        prop_assert_eq!(records(&other), records(&level));
        prop_assert_eq!(other.heads(), level.heads());
        for (n, phone) in (1..).zip(0..3) {
            let its = |step: &&Step| matches!(step, Step::Act { phone: p, .. } if *p == phone);
            let acts = steps.iter().filter(its).count() as u64;
            prop_assert_eq!(other.sequence(author(n)), acts);
        }
        for change in &ordered {
            prop_assert!(other.has(&change.hash()));
            prop_assert_eq!(other.change(&change.hash()).map(|c| c.hash()), Some(change.hash()));
        }
    }
}

/// A phone whose past was restored goes on as another actor, and both keep their count.
#[test]
fn a_new_life_counts_from_one() {
    let mut document = Document::new(visits_id());
    let lives = [0, 1].map(|life| Author { life, ..author(1) });
    for (id, life, counts) in [
        (1, 0, [1, 0]),
        (2, 0, [2, 0]),
        (3, 1, [2, 1]),
        (4, 1, [2, 2]),
    ] {
        let record = record(id, ANN, "2026-11-24 08:00", json!({"kind": "clock-in"}));
        let change = document.write(lives[life], &record).unwrap();
        assert_eq!(Author::of(change.actor_id()), Some(lives[life]));
        assert_eq!(change.seq(), counts[life]);
        assert_eq!(lives.map(|life| document.sequence(life)), counts);
    }
}

/// A newer app writes kinds that this one does not know: kept and told of, never lost.
#[test]
fn strange_records_are_kept() {
    let mut document = Document::new(visits_id());
    let teleport =
        json!({"kind": "teleport", "to": {"place": "Mars"}, "with": ["a", null], "why": null});
    let future = record(1, BEN, "2026-11-24 08:00", teleport);
    let change = document.write(author(2), &future).unwrap();
    let check = |document: &Document, known: &[u8]| {
        let (records, strange) = document.records::<VisitRecord>();
        let ids: Vec<_> = records.iter().map(|r| r.id.to_bytes()[1]).collect();
        assert_eq!((ids.as_slice(), strange), (known, vec![future.id]));
        assert_eq!(document.record::<Value>(future.id).as_ref(), Some(&future));
        assert_eq!(document.record::<VisitRecord>(future.id), None);
        assert_eq!(document.change_of(future.id), Some(change.hash()));
    };
    check(&document, &[]);
    let clock_in = Intent::ClockIn {
        person: PERSON,
        month: november(),
        shift: None,
        place: None,
    };
    write(&mut document, &pas()[0], 2, &clock_in).unwrap();
    check(&document, &[2]);
    let loaded = Document::load(visits_id(), &document.save()).unwrap();
    check(&loaded, &[2]);
    let mut other = Document::new(visits_id());
    other.apply(loaded.changes()).unwrap();
    check(&other, &[2]);
}

/// Every intent becomes the record that it says, and comes back from the store as it went in.
#[test]
fn each_intent_becomes_its_record() {
    let (person, month) = (PERSON, november());
    let says = NoteText {
        text: "Hwyl!".into(),
        ..NoteText::default()
    };
    for (audience, id) in [
        (Audience::Family, DocumentId::notes(person, month)),
        (Audience::Team, DocumentId::team_notes(person, month)),
    ] {
        let note = Intent::WriteNote {
            person,
            month,
            visit: None,
            audience,
            says: says.clone(),
        };
        let mut document = Document::new(id);
        let change = write(&mut document, &pas()[0], 1, &note).unwrap();
        let document = Document::load(id, &document.save()).unwrap();
        let record = document
            .record::<NoteRecord>(RecordId::from_bytes([1; 16]))
            .unwrap();
        assert_eq!(record.by, ANN);
        assert_eq!(
            record.body,
            NoteRecord::Note {
                visit: None,
                says: says.clone()
            }
        );
        assert_eq!(document.change_of(record.id), Some(change.hash()));
    }
}
