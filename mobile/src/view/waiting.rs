//! The status line and the sheet behind it: what waits here, what was sent, what was put aside.

use super::{
    face::{self, Face},
    notes,
    when::Stretch,
};
use crate::engine::{Doubt, Phone, Standing};
use kith_shared::{
    aside::End,
    documents::rota::RotaRecord,
    domain::{
        note::{Audience, NoteText},
        shift::Shift,
    },
    ids::{MemberId, PersonId, RecordId, ShiftId, VisitId},
    intent::{Intent, Stamp},
    policy::Refusal,
    time::{Moment, Span},
};

/// A clock that is off by more than this is spoken of.
pub const WRONG_CLOCK: Span = Span::minutes(5);

/// How it stands between this phone and the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Link {
    /// Not tried yet.
    #[default]
    Trying,
    /// The last exchange went through.
    Reached,
    /// No answer, or one that it cannot.
    Unreachable,
}

/// The status line: the first of these that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// So many acts were put aside, and their author has not let go of them.
    NeedsDecision {
        /// How many.
        count: usize,
    },
    /// No signal.
    Offline {
        /// How many acts wait.
        waiting: usize,
    },
    /// Acts are on their way.
    Sending {
        /// How many.
        waiting: usize,
    },
    /// All acts are with the relay.
    Sent {
        /// How many of them no other member's device has yet.
        unseen: usize,
    },
    /// Another member's device has all that I did.
    Seen,
}

/// How this device's clock stands against the relay's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// Within [`WRONG_CLOCK`], or never compared.
    Right,
    /// So many minutes behind.
    Slow(i64),
    /// So many minutes ahead.
    Fast(i64),
}

/// The sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// As in the status line.
    pub status: Status,
    /// What waits on this phone, in the order in which it was done.
    pub waiting: Vec<WaitingAct>,
    /// How many sent records of mine no other member's device has yet.
    pub unseen: usize,
    /// What was put aside, the latest first.
    pub aside: Vec<AsideAct>,
    /// This device's clock.
    pub clock: Clock,
    /// When the relay last answered.
    pub heard: Option<Moment>,
    /// All that this phone holds was checked against the relay's signature.
    pub checked: bool,
    /// There was a time when they were other than signed, before that.
    pub doubted: bool,
}

/// An act that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingAct {
    /// The record that it is.
    pub record: RecordId,
    /// What it is.
    pub act: Act,
    /// About whom, if about anyone.
    pub person: Option<Face<PersonId>>,
    /// When it was done.
    pub at: Moment,
}

/// An act that was put aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsideAct {
    /// The record that it was.
    pub record: RecordId,
    /// What it is.
    pub act: Act,
    /// About whom, if about anyone.
    pub person: Option<Face<PersonId>>,
    /// When it was done.
    pub at: Moment,
    /// Why it was not taken.
    pub why: Refusal,
    /// The relay keeps it; it is not on this phone alone.
    pub kept_by_relay: bool,
    /// The words of a note, to copy them.
    pub words: Option<NoteText>,
    /// What became of it, once somebody has said so.
    pub end: Option<Ending>,
}

/// What became of something that was put aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// It is in the records: who let it in; nothing where its author wrote it again.
    In(Option<Face<MemberId>>),
    /// Somebody looked at it and left it out.
    Out {
        /// Who.
        by: Face<MemberId>,
        /// Why.
        reason: String,
    },
}

/// What an act is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// A clock in.
    ClockIn {
        /// For this shift.
        shift: Option<ShiftId>,
    },
    /// A clock out.
    ClockOut {
        /// The visit that it ends.
        visit: VisitId,
    },
    /// Changed times of a visit.
    AmendClock {
        /// Which visit.
        visit: VisitId,
        /// From then.
        start: Moment,
        /// Until then, if that was changed.
        end: Option<Moment>,
    },
    /// A note.
    WriteNote {
        /// For whom.
        audience: Audience,
        /// Its first line; empty when it has no text.
        line: String,
    },
    /// A changed note.
    AmendNote {
        /// For whom.
        audience: Audience,
        /// Its first line; empty when it has no text.
        line: String,
    },
    /// Something planned, or said about a shift.
    Rota {
        /// What: as the record's kind is written (`published`, `ask`, `claim`, …).
        what: &'static str,
        /// When the shift is, if it is known here.
        planned: Option<Stretch>,
    },
    /// What the person wants of who comes.
    Profile,
    /// When I can work.
    Availability,
}

/// The status line alone.
pub fn status(phone: &Phone, link: Link) -> Status {
    let waiting = phone.outbox().len();
    let count = phone.aside().count() + doubts(phone).iter().filter(|d| !d.read).count();
    let unseen = phone.unseen();
    if count > 0 {
        Status::NeedsDecision { count }
    } else if link == Link::Unreachable {
        Status::Offline { waiting }
    } else if waiting > 0 {
        Status::Sending { waiting }
    } else if unseen > 0 {
        Status::Sent { unseen }
    } else {
        Status::Seen
    }
}

/// This device's clock.
pub fn clock(phone: &Phone) -> Clock {
    let skew = phone.skew();
    let minutes = skew.whole_minutes();
    if skew > WRONG_CLOCK {
        Clock::Slow(minutes)
    } else if skew < Span::default() + Span::from_millis(-WRONG_CLOCK.millis()) {
        Clock::Fast(minutes.saturating_neg())
    } else {
        Clock::Right
    }
}

/// When the relay's records were found other than it had signed: of each kind the latest, read or not.
pub fn doubts(phone: &Phone) -> Vec<Doubt> {
    let mut latest: Vec<Doubt> = Vec::new();
    for doubt in phone.doubts().iter().rev() {
        if latest.iter().all(|other| other.found != doubt.found) {
            latest.push(*doubt);
        }
    }
    latest
}

/// The sheet behind the status line.
pub fn waiting(phone: &Phone, link: Link) -> Waiting {
    let mut aside: Vec<_> = (phone.aside())
        .map(|a| AsideAct {
            record: a.record,
            act: act(phone, &a.intent),
            person: person(&a.intent).map(|p| face::person(phone, p)),
            at: at(a.time),
            why: a.code,
            kept_by_relay: a.quarantine.is_some(),
            words: words(&a.intent).cloned(),
            end: a.end.as_ref().map(|end| ending(phone, end)),
        })
        .collect();
    aside.sort_by_key(|a| std::cmp::Reverse((a.at, a.record)));
    Waiting {
        status: status(phone, link),
        waiting: (phone.outbox().iter())
            .map(|o| WaitingAct {
                record: o.record,
                act: act(phone, &o.intent),
                person: person(&o.intent).map(|p| face::person(phone, p)),
                at: at(o.time),
            })
            .collect(),
        unseen: phone.unseen(),
        aside,
        clock: clock(phone),
        checked: phone.checked().is_some(),
        doubted: !phone.doubts().is_empty(),
        heard: phone.heard(),
    }
}

/// How far a record has come, for the line under what was just done: `None` once it was put aside
/// or when it is not mine.
pub fn standing(phone: &Phone, record: RecordId) -> Option<Standing> {
    if phone.outbox().iter().any(|o| o.record == record) {
        return Some(Standing::Saved);
    }
    let mut documents = phone.held().keys();
    documents.find_map(|document| phone.standing(*document, record))
}

fn ending(phone: &Phone, end: &End) -> Ending {
    let by = face::member(phone, end.by);
    match &end.reason {
        Some(reason) => Ending::Out {
            by,
            reason: reason.clone(),
        },
        None => Ending::In((!by.me).then_some(by)),
    }
}

fn at(time: Stamp) -> Moment {
    time.at
}

fn person(intent: &Intent) -> Option<PersonId> {
    match intent {
        Intent::ClockIn { person, .. }
        | Intent::ClockOut { person, .. }
        | Intent::AmendClock { person, .. }
        | Intent::WriteNote { person, .. }
        | Intent::AmendNote { person, .. }
        | Intent::Rota { person, .. }
        | Intent::Profile { person, .. } => Some(*person),
        Intent::Availability { .. } => None,
    }
}

pub(super) fn words(intent: &Intent) -> Option<&NoteText> {
    match intent {
        Intent::WriteNote { says, .. } | Intent::AmendNote { says, .. } => Some(says),
        _ => None,
    }
}

pub(super) fn act(phone: &Phone, intent: &Intent) -> Act {
    match intent {
        Intent::ClockIn { shift, .. } => Act::ClockIn { shift: *shift },
        Intent::ClockOut { visit, .. } => Act::ClockOut { visit: *visit },
        Intent::AmendClock {
            visit, start, end, ..
        } => Act::AmendClock {
            visit: *visit,
            start: *start,
            end: *end,
        },
        Intent::WriteNote { audience, says, .. } => Act::WriteNote {
            audience: *audience,
            line: notes::one_line(&says.text),
        },
        Intent::AmendNote { audience, says, .. } => Act::AmendNote {
            audience: *audience,
            line: notes::one_line(&says.text),
        },
        Intent::Rota { says, .. } => Act::Rota {
            what: kind(says),
            planned: planned(phone, says),
        },
        Intent::Profile { .. } => Act::Profile,
        Intent::Availability { .. } => Act::Availability,
    }
}

fn planned(phone: &Phone, says: &RotaRecord) -> Option<Stretch> {
    let stretch = |shift: &Shift| Stretch {
        start: shift.start,
        end: shift.end,
    };
    match says {
        RotaRecord::Drafted { shift } | RotaRecord::Published { shift, .. } => Some(stretch(shift)),
        other => phone.book().shift(other.shift()).map(stretch),
    }
}

fn kind(says: &RotaRecord) -> &'static str {
    match says {
        RotaRecord::Drafted { .. } => "drafted",
        RotaRecord::Published { .. } => "published",
        RotaRecord::Cancelled { .. } => "cancelled",
        RotaRecord::Ask { .. } => "ask",
        RotaRecord::CannotCome { .. } => "cannot-come",
        RotaRecord::Offer { .. } => "offer",
        RotaRecord::Handover { .. } => "handover",
        RotaRecord::Claim { .. } => "claim",
        RotaRecord::Withdraw { .. } => "withdraw",
        RotaRecord::Decline { .. } => "decline",
        RotaRecord::Yes { .. } => "yes",
        RotaRecord::Veto { .. } => "veto",
        RotaRecord::Word { .. }
        | RotaRecord::Answer { .. }
        | RotaRecord::YesWanted { .. }
        | RotaRecord::Told { .. } => "relay",
    }
}
