//! The circle follows team and rota, so that family contacts see names and who is coming without
//! reading either.

use super::{Dice, fold::Team, scribe::Decided};
use kith_shared::{
    documents::{
        DocumentId,
        circle::{CircleRecord, Coming},
    },
    domain::{
        cover::Plan,
        shift::Shift,
        team::{Member, Person, Role},
    },
    ids::ShiftId,
    time::Moment,
};

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

/// The circle of this rota's person is told who is coming, where it does not know yet.
pub(super) fn rota(team: &Team, to: &mut Decided, rota: DocumentId, now: Moment, dice: Dice<'_>) {
    let Some(person) = rota.person() else {
        return;
    };
    let known = team.circles.get(&person);
    let known = |shift: ShiftId| known.and_then(|circle| circle.coming.get(&shift));
    for (at, state) in team.board.states().filter(|(at, _)| at.rota() == rota) {
        let news = match state.plan {
            Plan::Draft => None,
            Plan::Cancelled { .. } => {
                known(at.shift).map(|_| CircleRecord::Cancelled { shift: at.shift })
            }
            Plan::Published => {
                let told = known(at.shift).is_some_and(|coming| tells(coming, &state.shift));
                (!told).then(|| coming(&state.shift))
            }
        };
        if let Some(news) = news {
            to.write(team, DocumentId::Circle(person), news, now, dice);
        }
    }
}

fn coming(shift: &Shift) -> CircleRecord {
    CircleRecord::Coming {
        shift: shift.shift,
        start: shift.start,
        end: shift.end,
        pas: shift.pas.clone(),
        work: shift.work,
    }
}

fn tells(coming: &Coming, shift: &Shift) -> bool {
    (coming.start, coming.end, &coming.pas, coming.work)
        == (shift.start, shift.end, &shift.pas, shift.work)
}
