//! The board: what is read record by record is what is read at once.

use crate::support::{ANN, BEN, PERSON, november, t};
use kith_shared::{
    documents::{
        Author, Document, DocumentId, Record,
        rota::{Holder, RotaRecord},
    },
    domain::{
        cover::{Board, Cover, Why},
        shift::{Shift, ShiftKind},
    },
    ids::{DeviceId, MemberId, RecordId, ShiftId},
    time::{Moment, Span},
};
use proptest::prelude::*;

const PAS: [MemberId; 3] = [ANN, BEN, MemberId::from_bytes([3; 16])];

/// Something about one of two shifts; most refers to something else, which may be there or not.
fn record(id: u8, shift: u8, kind: u8, pa: usize, other: u8) -> Record<RotaRecord> {
    let shift = ShiftId::from_bytes([shift; 16]);
    let (pa, next) = (PAS[pa % 3], PAS[(pa + 1) % 3]);
    let other = RecordId::from_bytes([other; 16]);
    let start = t("2026-11-24 09:00") + Span::hours(i64::from(id % 5));
    let planned = || Shift {
        replaces: Some(other),
        ..Shift::plain(
            shift,
            PERSON,
            (start, start + Span::hours(3)),
            vec![pa],
            ShiftKind::Day,
        )
    };
    let reason = String::new;
    let body = match kind % 8 {
        0 => RotaRecord::Published {
            shift: planned(),
            times_only: id.is_multiple_of(2),
        },
        1 => RotaRecord::Drafted { shift: planned() },
        2 => RotaRecord::Cancelled {
            shift,
            reason: reason(),
        },
        3 => RotaRecord::Ask {
            shift,
            cover: Cover::Anyone,
            until: None,
            reason: reason(),
        },
        4 => RotaRecord::Claim {
            shift,
            answers: Some(other),
            reason: reason(),
        },
        5 => RotaRecord::CannotCome {
            shift,
            holding: other,
            reason: reason(),
        },
        6 => RotaRecord::Veto {
            shift,
            pa: next,
            reason: reason(),
        },
        _ => RotaRecord::Word {
            shift,
            plan: other,
            holders: vec![Holder {
                pa: next,
                since: None,
            }],
            why: Why::Plan,
        },
    };
    Record {
        id: RecordId::from_bytes([id; 16]),
        by: pa,
        at: start,
        skew: Span::default(),
        body,
    }
}

/// All that a board tells of shifts.
fn told(board: &Board) -> String {
    let states: Vec<_> = board.states().collect();
    let all = |pa| {
        board.held(
            pa,
            Moment::from_millis(i64::MIN),
            Moment::from_millis(i64::MAX),
        )
    };
    let held: Vec<Vec<_>> = PAS
        .iter()
        .map(|pa| all(*pa).map(|(at, _)| at).collect())
        .collect();
    format!("{states:#?} {held:#?}")
}

proptest! {
    #[test]
    fn to_add_a_record_is_to_read_it(
        said in prop::collection::btree_map(1..60u8, (1..3u8, 0..8u8, 0..3usize, 1..60u8), 1..24),
        read in 0..24usize,
        order in any::<prop::sample::Index>(),
    ) {
        let mut records: Vec<_> = said
            .into_iter()
            .map(|(id, (shift, kind, pa, other))| record(id, shift, kind, pa, other))
            .collect();
        let middle = order.index(records.len());
        records.rotate_left(middle);
        let rota = DocumentId::rota(PERSON, november());
        let mut document = Document::new(rota);
        let (mut step, mut once) = (Board::default(), Board::default());
        for (n, record) in records.iter().enumerate() {
            let author = Author { device: DeviceId::from_bytes([9; 16]), life: 0 };
            document.write(author, record).unwrap();
            // Some are read with all before them, as after a restart.
            if n == read {
                step.read(&document);
            } else {
                step.add(rota, record);
            }
        }
        once.read(&document);
        prop_assert_eq!(told(&step), told(&once));
        // What is there is not taken in twice.
        for record in &records {
            step.add(rota, record);
        }
        prop_assert_eq!(told(&step), told(&once));
    }
}
