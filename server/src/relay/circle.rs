//! The circle follows team and rota, so that family contacts see names and who is coming without
//! reading either.

use super::{Dice, fold::Team, scribe::Decided};
use kith_shared::{
    documents::{
        Document, DocumentId, Record,
        circle::{Circle, CircleRecord},
        rota::RotaRecord,
    },
    domain::{
        shift::Shift,
        team::{Member, Person, Role},
    },
    ids::{RecordId, ShiftId},
    time::Moment,
};
use std::collections::BTreeMap;

/// A person is supported from now on: their name, and the faces of those who may come.
pub(super) fn person(team: &Team, to: &mut Decided, person: &Person, now: Moment, dice: Dice<'_>) {
    let id = DocumentId::Circle(person.id);
    let name = person.name.clone();
    to.write(team, id, CircleRecord::Person { name }, now, dice);
    for member in team.roster().members.values() {
        if member.role == Role::Pa {
            to.write(team, id, face(member), now, dice);
        }
    }
}

/// A member joined: everyone whom they may visit gets to know their face.
pub(super) fn member(team: &Team, to: &mut Decided, member: &Member, now: Moment, dice: Dice<'_>) {
    if member.role != Role::Pa {
        return;
    }
    for person in team.roster().people.keys() {
        to.write(team, DocumentId::Circle(*person), face(member), now, dice);
    }
}

fn face(member: &Member) -> CircleRecord {
    CircleRecord::Face {
        member: member.id,
        name: member.name.clone(),
    }
}

/// Records were added to a rota: where one of them decides about its shift, the circle is told
/// who is coming. What `known` has of the circle already is not told again.
pub(super) fn rota(
    team: &Team,
    to: &mut Decided,
    rota: &Document,
    added: &[RecordId],
    known: Option<&Circle>,
    now: Moment,
    dice: Dice<'_>,
) {
    let Some(person) = rota.id().person() else {
        return;
    };
    // As `documents::rota::shifts`: the last record of a shift decides.
    let mut deciding: BTreeMap<ShiftId, Record<RotaRecord>> = BTreeMap::new();
    for record in rota.records::<RotaRecord>().0 {
        let RotaRecord::Published { shift } = &record.body;
        deciding.insert(shift.shift, record);
    }
    for record in deciding.into_values() {
        let RotaRecord::Published { shift } = record.body;
        if added.contains(&record.id) && !known.is_some_and(|circle| tells(circle, &shift)) {
            let coming = CircleRecord::Coming {
                shift: shift.shift,
                start: shift.start,
                end: shift.end,
                pas: shift.pas,
                work: shift.work,
            };
            to.write(team, DocumentId::Circle(person), coming, now, dice);
        }
    }
}

fn tells(circle: &Circle, shift: &Shift) -> bool {
    circle.coming.get(&shift.shift).is_some_and(|c| {
        (c.start, c.end, &c.pas, c.work) == (shift.start, shift.end, &shift.pas, shift.work)
    })
}
