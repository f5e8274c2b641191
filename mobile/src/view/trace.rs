//! How a record came to be known: by which clock, how late, and how far it has come.

use crate::engine::{Phone, Standing};
use kith_shared::{
    documents::{DocumentId, Record},
    ids::RecordId,
    time::{Moment, Span},
};

/// A record that took longer than this to reach the relay came late.
pub const LATE_ARRIVAL: Span = Span::hours(24);

/// The times of a record, where there is more to say than when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trace {
    /// When it was made, by the device's clock put right.
    pub at: Moment,
    /// What the device's own clock showed, if it was put right.
    pub device_clock: Option<Moment>,
    /// When the relay got it, if that was more than [`LATE_ARRIVAL`] later.
    pub received: Option<Moment>,
}

impl Trace {
    /// There is nothing more to say.
    pub fn is_plain(&self) -> bool {
        self.device_clock.is_none() && self.received.is_none()
    }
}

pub(super) fn trace(phone: &Phone, document: DocumentId, record: &Record<()>) -> Trace {
    let received = phone
        .receipt(document, record.id)
        .map(|receipt| receipt.received_at);
    Trace {
        at: record.at,
        device_clock: (record.skew != Span::default()).then(|| record.at - record.skew),
        received: received.filter(|received| *received - record.at > LATE_ARRIVAL),
    }
}

/// How far those of these records that are mine have come, all of them; `None` if none is mine.
pub(super) fn standing(
    phone: &Phone,
    document: DocumentId,
    records: impl IntoIterator<Item = RecordId>,
) -> Option<Standing> {
    let each = records.into_iter();
    each.filter_map(|record| phone.standing(document, record))
        .min()
}
