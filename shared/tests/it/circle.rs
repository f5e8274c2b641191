//! A circle: what is read on in its document is what is read at once.

use crate::support::{ANN, PERSON, t};
use kith_shared::{
    documents::{
        Author, Document, DocumentId, Record,
        circle::{Circle, CircleRecord, circle},
    },
    domain::{cover::News, shift::ShiftKind},
    ids::{DeviceId, RecordId, ShiftId},
    time::Span,
};
use proptest::prelude::*;

/// Something about one of three shifts, or a name.
fn record(id: u8, shift: u8, kind: u8) -> Record<CircleRecord> {
    let shift = ShiftId::from_bytes([shift; 16]);
    let start = t("2026-11-24 09:00") + Span::hours(i64::from(id));
    let body = match kind {
        0 => CircleRecord::Person {
            name: format!("Gwen {id}"),
        },
        1 => CircleRecord::Face {
            member: ANN,
            name: format!("Ann {id}"),
        },
        2 => CircleRecord::Cancelled { shift },
        3 => CircleRecord::Alert {
            shift,
            news: News::NoAnswer,
            to: vec![ANN],
            of: None,
        },
        _ => CircleRecord::Coming {
            shift,
            start,
            end: start + Span::hours(3),
            pas: vec![ANN],
            work: ShiftKind::Day,
        },
    };
    Record {
        id: RecordId::from_bytes([id; 16]),
        by: ANN,
        at: start,
        skew: Span::default(),
        body,
    }
}

fn document(records: &[Record<CircleRecord>]) -> Document {
    let mut document = Document::new(DocumentId::circle(PERSON));
    for record in records {
        let device = DeviceId::from_bytes([9; 16]);
        document.write(Author { device, life: 0 }, record).unwrap();
    }
    document
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn to_read_on_is_to_read_at_once(
        said in prop::collection::btree_map(1..60u8, (1..4u8, 0..7u8), 1..24),
        // In what order word comes, which of it was read with what came before, and what is left
        // when the relay lost its last days.
        order in any::<prop::sample::Index>(),
        read in prop::collection::vec(any::<bool>(), 24),
        left in any::<prop::sample::Index>(),
    ) {
        let mut records: Vec<_> = said
            .into_iter()
            .map(|(id, (shift, kind))| record(id, shift, kind))
            .collect();
        let middle = order.index(records.len());
        records.rotate_left(middle);
        let mut step = Circle::default();
        for (n, read) in (1..=records.len()).zip(read) {
            if read || n == records.len() {
                step.read(&document(&records[..n]));
            }
        }
        prop_assert_eq!(&step, &circle(&document(&records)));
        let left = document(&records[..left.index(records.len())]);
        step.read(&left);
        prop_assert_eq!(&step, &circle(&left));
    }
}
