//! A planned shift, as every screen that shows one needs it.

use super::{
    face::{self, Face},
    when::{Stretch, When},
};
use crate::engine::Phone;
use kith_shared::{
    domain::shift::{Shift, ShiftKind},
    ids::{MemberId, PersonId, ShiftId},
    time::{Moment, Month},
};

/// A planned shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftCard {
    /// Which.
    pub shift: ShiftId,
    /// The month of its documents, for acts on it.
    pub month: Month,
    /// With whom.
    pub person: Face<PersonId>,
    /// Where; may be empty.
    pub address: String,
    /// From when to when.
    pub planned: Stretch,
    /// The day on which it begins.
    pub when: When,
    /// What kind of work.
    pub kind: ShiftKind,
    /// Who holds it; nobody when it is open.
    pub pas: Vec<Face<MemberId>>,
    /// Its end has passed.
    pub over: bool,
}

impl ShiftCard {
    /// Nobody holds it.
    pub fn is_open(&self) -> bool {
        self.pas.is_empty()
    }

    /// Who looks at the screen holds it, alone or with others.
    pub fn is_mine(&self) -> bool {
        self.pas.iter().any(|pa| pa.me)
    }

    /// Its holders other than who looks at the screen.
    pub fn partners(&self) -> impl Iterator<Item = &Face<MemberId>> {
        self.pas.iter().filter(|pa| !pa.me)
    }
}

/// A shift and who is there before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftSheet {
    /// The shift.
    pub card: ShiftCard,
    /// The shift with the same person that ends last before it begins, on the same day or the
    /// day before.
    pub before: Option<ShiftCard>,
    /// The shift with the same person that begins first after it ends, on the same day or the
    /// day after.
    pub after: Option<ShiftCard>,
}

pub(super) fn card(phone: &Phone, shift: &Shift, now: Moment) -> ShiftCard {
    let roster = &phone.book().board.roster;
    let address = roster.people.get(&shift.person).map(|p| p.address.clone());
    ShiftCard {
        shift: shift.shift,
        month: shift.start.month(),
        person: face::person(phone, shift.person),
        address: address.unwrap_or_default(),
        planned: Stretch {
            start: shift.start,
            end: shift.end,
        },
        when: When::of(shift.start.day(), now),
        kind: shift.work,
        pas: shift
            .pas
            .iter()
            .map(|pa| face::member(phone, *pa))
            .collect(),
        over: shift.end <= now,
    }
}

/// Everything about one shift; `None` when this phone does not know it.
pub fn sheet(phone: &Phone, shift: ShiftId, now: Moment) -> Option<ShiftSheet> {
    let book = phone.book();
    let shift = book.shift(shift)?;
    let others = || book.shifts().filter(|s| s.person == shift.person);
    let before = others()
        .filter(|s| s.end <= shift.start && shift.start.day().since(s.end.day()) <= 1)
        .max_by_key(|s| (s.end, s.shift));
    let after = others()
        .filter(|s| s.start >= shift.end && s.start.day().since(shift.end.day()) <= 1)
        .min_by_key(|s| (s.start, s.shift));
    Some(ShiftSheet {
        card: card(phone, shift, now),
        before: before.map(|s| card(phone, s, now)),
        after: after.map(|s| card(phone, s, now)),
    })
}
