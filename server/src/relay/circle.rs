//! The circle follows team and rota, so that family contacts see names and who is coming without
//! reading either.

use super::{Dice, fold::Team, scribe::Decided};
use kith_shared::{
    documents::{
        DocumentId,
        circle::{CircleRecord, Coming},
        rota::RotaRecord,
    },
    domain::{
        cover::Plan,
        shift::Shift,
        team::{Member, Person, Role},
    },
    ids::MemberId,
    time::Moment,
};
use std::collections::BTreeSet;

/// A person is supported from now on: their name, and the faces of those who may come.
pub(super) fn person(team: &Team, to: &mut Decided, person: &Person, now: Moment, dice: Dice<'_>) {
    let id = DocumentId::circle(person.id);
    let name = person.name.clone();
    to.write(team, id, CircleRecord::Person { name }, now, dice);
    for member in team.roster().present() {
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
        to.write(team, DocumentId::circle(*person), face(member), now, dice);
    }
}

fn face(member: &Member) -> CircleRecord {
    CircleRecord::Face {
        member: member.id,
        name: member.name.clone(),
    }
}

/// The circle of this rota's person is told who is coming, where it does not know yet. Says whom
/// that concerns: who comes now, and who did.
pub(super) fn rota(
    team: &Team,
    to: &mut Decided,
    rota: DocumentId,
    now: Moment,
    dice: Dice<'_>,
) -> BTreeSet<MemberId> {
    let mut concerned = BTreeSet::new();
    let Some(person) = rota.person() else {
        return concerned;
    };
    let circle = team.circles.get(&person);
    for (at, state) in team.board.in_rota(rota) {
        let known = circle.and_then(|circle| circle.coming.get(&at.shift));
        let news = match state.plan {
            Plan::Draft => None,
            Plan::Cancelled { .. } => known.map(|_| CircleRecord::Cancelled { shift: at.shift }),
            Plan::Published => {
                let told = known.is_some_and(|coming| tells(coming, &state.shift));
                (!told).then(|| coming(&state.shift))
            }
        };
        if let Some(news) = news {
            concerned.extend(&state.shift.pas);
            concerned.extend(known.iter().flat_map(|coming| &coming.pas));
            to.write(team, DocumentId::circle(person), news, now, dice);
        }
    }
    concerned
}

/// Those who are told something about a shift and do not read the rota find it in the circle.
pub(super) fn alert(
    team: &Team,
    to: &mut Decided,
    rota: DocumentId,
    says: &RotaRecord,
    now: Moment,
    dice: Dice<'_>,
) {
    let (
        RotaRecord::Told {
            shift,
            news,
            to: told,
            of,
            ..
        },
        Some(person),
    ) = (says, rota.person())
    else {
        return;
    };
    let circle = DocumentId::circle(person);
    let told = told.iter().filter_map(|m| team.roster().members.get(m));
    let only_here = told.filter(|m| m.may_read(circle) && !m.may_read(rota));
    let members: Vec<_> = only_here.map(|member| member.id).collect();
    if !members.is_empty() {
        let alert = CircleRecord::Alert {
            shift: *shift,
            news: *news,
            to: members,
            of: *of,
        };
        to.write(team, circle, alert, now, dice);
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
