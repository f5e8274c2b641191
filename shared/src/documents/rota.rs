//! The `rota` document of a person and month: the shifts that start in it.

use super::Document;
use crate::{domain::shift::Shift, ids::ShiftId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    let mut shifts = BTreeMap::new();
    for record in document.records().0 {
        let RotaRecord::Published { shift } = record.body;
        // Records come in the order of their ids.
        shifts.insert(shift.shift, shift);
    }
    shifts
}
