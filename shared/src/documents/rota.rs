//! The `rota` document of a person and month: the shifts that start in it.

use super::{Document, Record};
use crate::{domain::shift::Shift, ids::ShiftId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A record of the rota.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum RotaRecord {
    /// A shift was published, or published anew with other times or people.
    Published {
        /// As it stands from now on.
        #[serde(flatten)]
        shift: Shift,
    },
}

/// The shifts as the rota tells them. A record that replaces another wins over it; of two that
/// replace the same one, made apart, the later id wins on every phone alike.
pub fn shifts(document: &Document) -> BTreeMap<ShiftId, Shift> {
    let published: Vec<_> = document
        .records()
        .0
        .into_iter()
        .map(
            |Record {
                 id,
                 body: RotaRecord::Published { shift },
                 ..
             }| (id, shift),
        )
        .collect();
    // Ids follow the clocks of those who wrote; what names another record came after it for sure.
    let replaced: BTreeSet<_> = published
        .iter()
        .filter_map(|(_, shift)| shift.replaces)
        .collect();
    let (earlier, current): (Vec<_>, Vec<_>) = published
        .into_iter()
        .partition(|(id, _)| replaced.contains(id));
    // The earlier ones first: a circle of records that replace each other still leaves a shift.
    earlier
        .into_iter()
        .chain(current)
        .map(|(_, shift)| (shift.shift, shift))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        documents::{Author, DocumentId},
        domain::shift::ShiftKind,
        ids::{DeviceId, MemberId, PersonId, RecordId},
        time::{Day, Moment, Span},
    };

    /// Publishes one shift with these records, as (id, end in hours, replaced id); returns the
    /// hours that count.
    fn check(records: &[(u8, i64, Option<u8>)]) -> i64 {
        let person = PersonId::from_bytes([1; 16]);
        let start = Moment::at(Day::new(2026, 11, 24).unwrap(), 9, 0);
        let mut document = Document::new(DocumentId::Rota(person, start.month()));
        let author = Author {
            device: DeviceId::from_bytes([2; 16]),
            life: 0,
        };
        for (id, hours, replaces) in records {
            let shift = Shift {
                shift: ShiftId::from_bytes([3; 16]),
                person,
                start,
                end: start + Span::hours(*hours),
                pas: vec![],
                work: ShiftKind::Day,
                replaces: replaces.map(|id| RecordId::from_bytes([id; 16])),
            };
            let record = Record {
                id: RecordId::from_bytes([*id; 16]),
                by: MemberId::from_bytes([4; 16]),
                at: start,
                skew: Span::default(),
                body: RotaRecord::Published { shift },
            };
            document.write(author, &record).unwrap();
        }
        let shift = shifts(&document).into_values().next().unwrap();
        shift.length().whole_minutes() / 60
    }

    #[test]
    fn what_replaces_a_record_wins_whatever_the_clocks_showed() {
        assert_eq!(check(&[(5, 1, None)]), 1);
        assert_eq!(check(&[(5, 1, None), (6, 2, Some(5))]), 2);
        assert_eq!(
            check(&[(5, 1, None), (4, 2, Some(5))]),
            2,
            "a clock that was behind"
        );
        assert_eq!(
            check(&[(5, 1, None), (6, 2, Some(5)), (7, 3, Some(5))]),
            3,
            "made apart"
        );
        assert_eq!(check(&[(5, 1, Some(6)), (6, 2, Some(5))]), 2, "a circle");
    }
}
