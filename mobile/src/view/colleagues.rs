//! Whom a holder can ask, and for which shift they can swap.

use super::{
    cover::card_at,
    face::{self, Face},
    shift::ShiftCard,
};
use crate::engine::Phone;
use kith_shared::{
    domain::{
        availability::Can,
        cover::{Block, Cover, Fit, ShiftRef, judge},
        team::Role,
        working_time::Warning,
    },
    ids::{MemberId, ShiftId},
    time::Moment,
};

/// How many shifts are shown to swap for.
pub const SWAPS: usize = 30;

/// A colleague who could be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// Who.
    pub face: Face<MemberId>,
    /// How they say that time suits them.
    pub can: Can,
    /// What would speak against it.
    pub warnings: Vec<Warning>,
    /// The person would be asked first.
    pub ask_person: bool,
    /// They wait in line for it.
    pub standby: bool,
}

/// Those who could be asked for a shift, and those who cannot come, with why not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Colleagues {
    /// Whom it suits best comes first.
    pub free: Vec<Colleague>,
    /// The others, by name.
    pub others: Vec<(Face<MemberId>, Block)>,
}

/// A colleague's shift that mine could be swapped for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// What I would take.
    pub card: ShiftCard,
    /// From whom.
    pub pa: Face<MemberId>,
    /// As the ask says it.
    pub cover: Cover,
    /// What would speak against it for me.
    pub mine: Vec<Warning>,
    /// What would speak against it for them.
    pub theirs: Vec<Warning>,
    /// A person would be asked first.
    pub ask_person: bool,
}

/// The colleagues for this shift.
pub fn colleagues(phone: &Phone, shift: ShiftId, now: Moment) -> Colleagues {
    let mut found = Colleagues::default();
    let board = &phone.book().board;
    let Some((at, state)) = board.find(shift) else {
        return found;
    };
    let pas = board.roster.present().filter(|m| m.role == Role::Pa);
    for pa in pas.filter(|m| super::me(phone) != Some(m.id)) {
        let face = face::member(phone, pa.id);
        match judge(board, at, pa.id, None, now) {
            Fit::Blocked(Block::Holder) => {}
            Fit::Blocked(block) => found.others.push((face, block)),
            Fit::Fits {
                warnings,
                ask_person,
            } => {
                let says = board.availability.get(&pa.id);
                let can = says.map(|a| a.can_all(state.shift.start, state.shift.end));
                found.free.push(Colleague {
                    face,
                    can: can.unwrap_or_default(),
                    warnings,
                    ask_person,
                    standby: state.standbys().any(|c| c.by == pa.id),
                });
            }
        }
    }
    let name = |face: &Face<MemberId>| (face.name.to_lowercase(), face.id);
    found.free.sort_by_key(|c| {
        let rules = c.warnings.iter().filter(|w| w.needs_reason()).count();
        (!c.standby, c.can, rules, c.ask_person, name(&c.face))
    });
    found.others.sort_by_key(|(face, _)| name(face));
    found
}

/// The colleagues' shifts to come that I could take, when they could take mine: by day, at most
/// [`SWAPS`].
pub fn exchanges(phone: &Phone, shift: ShiftId, now: Moment) -> Vec<Exchange> {
    let board = &phone.book().board;
    let (Some(me), Some((at, _))) = (super::me(phone), board.find(shift)) else {
        return Vec::new();
    };
    let mut ahead: Vec<_> = board
        .on()
        .filter(|(with, s)| *with != at && s.shift.start > now && s.tenure(me).is_none())
        .flat_map(|(with, s)| s.holders.iter().map(move |t| (s.shift.start, with, t.pa)))
        .collect();
    ahead.sort_unstable();
    let exchange = |(_, with, pa): (Moment, ShiftRef, MemberId)| {
        let Fit::Fits {
            warnings: mine,
            ask_person: about_me,
        } = judge(board, with, me, Some(at), now)
        else {
            return None;
        };
        let Fit::Fits {
            warnings: theirs,
            ask_person: about_them,
        } = judge(board, at, pa, Some(with), now)
        else {
            return None;
        };
        Some(Exchange {
            card: card_at(phone, with, now)?,
            pa: face::member(phone, pa),
            cover: Cover::Swap { with, pa },
            mine,
            theirs,
            ask_person: about_me || about_them,
        })
    };
    ahead.into_iter().filter_map(exchange).take(SWAPS).collect()
}
