//! Whatever the records, and however they come: one state on all phones.

use super::arbitrary::records;
use crate::support::author;
use kith_shared::{
    documents::{Document, DocumentId, Record, rota::RotaRecord},
    domain::cover::{Board, ShiftRef, ShiftState, resolve},
    ids::{RecordId, ShiftId},
};
use proptest::{collection::vec, prelude::*};
use std::collections::{BTreeMap, BTreeSet};

fn in_one_rota(records: Vec<(DocumentId, Record<RotaRecord>)>) -> Vec<Record<RotaRecord>> {
    records.into_iter().map(|(_, record)| record).collect()
}

/// What each shift is whatever the records.
fn is_sound(state: &ShiftState) {
    let holders: BTreeSet<_> = state.holders.iter().map(|t| t.pa).collect();
    let needs = usize::from(state.shift.needs);
    assert_eq!(holders.len(), state.holders.len(), "each holder once");
    assert!(holders.len() <= needs, "no more than it needs");
    assert!(
        state.is_on() || holders.is_empty(),
        "nobody works by a draft"
    );
    assert!(
        holders
            .iter()
            .eq(BTreeSet::from_iter(&state.shift.pas).into_iter())
    );
    let open = state.is_on() && holders.len() < needs;
    assert_eq!(state.missing() > 0, open, "filled or openly not");
    assert_eq!(
        !state.openings.is_empty(),
        open,
        "and it is known since when"
    );
    for tenure in &state.holders {
        assert!(
            !state.vetoed.contains_key(&tenure.pa),
            "nobody who is not wanted"
        );
        assert!(!state.gone.contains_key(tenure), "nobody who cannot come");
    }
}

/// A shift has all that was said of it, once each.
fn tells_all(states: &BTreeMap<ShiftId, ShiftState>, records: &[Record<RotaRecord>]) {
    let mut said: BTreeMap<ShiftId, BTreeSet<RecordId>> = BTreeMap::new();
    for record in records {
        said.entry(record.body.shift())
            .or_default()
            .insert(record.id);
    }
    let told = |state: &ShiftState| state.story.iter().map(|r| r.id).collect::<Vec<_>>();
    for (shift, ids) in said {
        if let Some(state) = states.get(&shift) {
            assert_eq!(told(state), Vec::from_iter(ids));
            continue;
        }
        let planned = |r: &Record<RotaRecord>| {
            let cancels = matches!(r.body, RotaRecord::Cancelled { .. });
            r.body.shift() == shift && r.body.plans() && !cancels
        };
        assert!(!records.iter().any(planned), "a shift is lost");
    }
}

fn all(board: &Board) -> Vec<(ShiftRef, &ShiftState)> {
    board.states().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_state_for_any_order(records in records(), by in vec(any::<u32>(), 64)) {
        let records = in_one_rota(records);
        let states = resolve(&records);
        let mut shuffled: Vec<_> = by.iter().zip(&records).collect();
        shuffled.sort_by_key(|(place, _)| **place);
        // What comes twice is heard once.
        let again = records.iter().take(5);
        let twice = shuffled.into_iter().map(|(_, r)| r).chain(again);
        prop_assert_eq!(&resolve(twice), &states);
        states.values().for_each(is_sound);
        tells_all(&states, &records);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Phones write apart, and take in from each other now and then.
    #[test]
    fn one_state_on_all_phones(
        records in records(),
        steps in vec((0_u8..3, 0_u8..3, 0_u8..4), 64),
    ) {
        let records = in_one_rota(records);
        let rota = DocumentId::rota(super::cast::person("mia"), crate::support::november());
        let mut phones = [0; 3].map(|_| (Document::new(rota), Board::default()));
        for (record, (writer, other, pull)) in records.iter().zip(steps) {
            let (writer, other) = (usize::from(writer), usize::from(other));
            let (document, board) = &mut phones[writer];
            document.write(author(u8::try_from(writer).unwrap()), record).unwrap();
            board.read(&*document);
            if pull == 0 {
                let changes = phones[other].0.changes();
                let (document, board) = &mut phones[writer];
                document.apply(changes).unwrap();
                board.read(&*document);
            }
        }
        for from in [1, 2, 0, 1, 2] {
            let changes = phones[from].0.changes();
            let (document, board) = &mut phones[(from + 1) % 3];
            document.apply(changes).unwrap();
            board.read(&*document);
        }
        let states = resolve(&records);
        let of_one: Vec<_> = all(&phones[0].1).into_iter().map(|(at, s)| (at.shift, s)).collect();
        prop_assert_eq!(of_one, states.iter().map(|(id, s)| (*id, s)).collect::<Vec<_>>());
        prop_assert_eq!(all(&phones[0].1), all(&phones[1].1));
        prop_assert_eq!(all(&phones[1].1), all(&phones[2].1));
    }
}
