//! What members do.

use kith_relay::relay::{now, roll};
use kith_shared::{
    domain::{
        note::{Audience, NoteText},
        shift::{Shift, ShiftKind},
    },
    ids::{MemberId, PersonId, ShiftId},
    intent::Intent,
    time::{Moment, Span},
};

pub fn note(person: PersonId, audience: Audience, text: &str) -> Intent {
    Intent::WriteNote {
        person,
        month: now().month(),
        visit: None,
        audience,
        says: NoteText {
            text: text.into(),
            ..NoteText::default()
        },
    }
}

pub fn shift(person: PersonId, pas: Vec<MemberId>) -> Intent {
    let start = Moment::at(now().month().first().plus(3), 9, 0);
    Intent::publish(Shift {
        shift: ShiftId::new(now(), roll()),
        person,
        start,
        end: start + Span::hours(8),
        pas,
        work: ShiftKind::Day,
        replaces: None,
        needs: 1,
        shadows: vec![],
        series: None,
        pool: None,
    })
}
