//! The story of a shift: who said what, when and why, and what was decided.

use super::{
    cover::{Said, card_at},
    face::{self, Face},
    shift::ShiftCard,
    when::Stretch,
};
use crate::engine::{Phone, Standing};
use kith_shared::{
    documents::{Record, rota::RotaRecord},
    domain::{
        cover::{Block, Cover, News, Outcome, ShiftRef, ShiftState, Why},
        shift::Shift,
        working_time::Warning,
    },
    ids::{MemberId, PersonId, RecordId},
    sync::Seq,
    time::Moment,
};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its record.
    pub id: RecordId,
    /// When, by the clock of who said it.
    pub at: Moment,
    /// Who said it; nobody for what Kith says by itself.
    pub by: Option<Face<MemberId>>,
    /// What happened.
    pub what: What,
    /// Why, in their words; may be empty.
    pub reason: String,
    /// It is still on this phone only.
    pub waits: bool,
    /// It left a place open that is still open.
    pub opens: bool,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A draft was made, or changed.
    Drafted,
    /// The shift came on the rota.
    Published,
    /// It was changed.
    Changed {
        /// Its times before, when they changed.
        before: Option<Stretch>,
        /// Who is to come, when that changed.
        pas: Option<Vec<Face<MemberId>>>,
    },
    /// It was cancelled.
    Cancelled,
    /// Its holder asked for cover.
    Asked {
        /// Whom; the whole team when it is empty.
        whom: Vec<Face<MemberId>>,
    },
    /// Its holder asked a colleague to swap.
    AskedSwap {
        /// Whom.
        pa: Face<MemberId>,
        /// For which shift.
        with: Option<Box<ShiftCard>>,
    },
    /// Its holder cannot come.
    CannotCome,
    /// It was offered to one.
    Offered {
        /// To whom.
        to: Face<MemberId>,
        /// Until when.
        until: Moment,
    },
    /// Its holder cannot stay.
    HandOver {
        /// To whom; anyone when nobody is named.
        to: Option<Face<MemberId>>,
    },
    /// Someone can do it.
    Claimed,
    /// Someone cannot.
    Declined,
    /// Something was taken back.
    TookBack(Option<Said>),
    /// The person said yes.
    SaidYes {
        /// To whom.
        pa: Option<Face<MemberId>>,
    },
    /// The person said no.
    SaidNo {
        /// To whom.
        pa: Face<MemberId>,
    },
    /// These are responsible from then on.
    Responsible {
        /// Who; nobody when it is open.
        who: Vec<Face<MemberId>>,
        /// Why.
        cause: Cause,
    },
    /// Someone waits in line.
    Standby {
        /// Who.
        pa: Face<MemberId>,
    },
    /// Someone cannot have it.
    NotPossible {
        /// Who.
        pa: Face<MemberId>,
        /// Why not.
        block: Block,
    },
    /// Someone can have it with a reason.
    NeedsReason {
        /// Who.
        pa: Face<MemberId>,
    },
    /// A claim is not needed any more.
    Lapsed {
        /// Whose.
        pa: Face<MemberId>,
    },
    /// An ask came too late.
    AskLate,
    /// The person was asked.
    YesWanted {
        /// About whom.
        pa: Face<MemberId>,
        /// Who is asked.
        person: Face<PersonId>,
    },
    /// These were told, or asked.
    Told {
        /// What.
        news: News,
        /// Whom.
        to: Vec<Face<MemberId>>,
    },
}

/// Why someone is responsible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// The rota says so.
    Plan,
    /// A claim was granted.
    Granted {
        /// Whose place was taken.
        from: Option<Face<MemberId>>,
        /// Nobody had clocked in.
        silent: bool,
        /// The minutes of rest that are owed for it.
        owed: i64,
    },
    /// Two shifts changed hands.
    Swapped {
        /// The other shift.
        with: Option<Box<ShiftCard>>,
    },
    /// Someone has another shift then.
    DoubleBooked {
        /// Who.
        pa: Face<MemberId>,
        /// The other shift.
        with: Option<Box<ShiftCard>>,
    },
    /// The person has said that someone is not to come.
    NotWanted {
        /// Who.
        pa: Face<MemberId>,
    },
    /// Someone is not in the team any more.
    Left {
        /// Who.
        pa: Face<MemberId>,
    },
}

/// The minutes of rest that are owed for these.
pub fn owed(warnings: &[Warning]) -> i64 {
    warnings.iter().map(|w| w.owed().whole_minutes()).sum()
}

/// The story of a shift, the latest first: in the order in which the relay took it in, and on top
/// what this phone has not sent.
pub(super) fn story(phone: &Phone, at: ShiftRef, state: &ShiftState) -> Vec<Entry> {
    let teller = Teller { phone, at, state };
    let mut told: Vec<(Seq, RecordId, Entry)> = Vec::new();
    for record in &state.story {
        let Some(what) = teller.what(record) else {
            continue;
        };
        let receipt = phone.receipt(at.rota(), record.id);
        let entry = Entry {
            id: record.id,
            at: record.at,
            by: teller.by(record),
            what,
            reason: reason(&record.body),
            waits: phone.standing(at.rota(), record.id) == Some(Standing::Saved),
            opens: state.openings.contains(&record.id),
        };
        told.push((receipt.map_or(Seq::MAX, |r| r.seq), record.id, entry));
    }
    told.sort_by_key(|(seq, id, _)| std::cmp::Reverse((*seq, *id)));
    told.into_iter().map(|(.., entry)| entry).collect()
}

struct Teller<'a> {
    phone: &'a Phone,
    at: ShiftRef,
    state: &'a ShiftState,
}

impl Teller<'_> {
    fn face(&self, id: MemberId) -> Face<MemberId> {
        face::member(self.phone, id)
    }

    fn faces(&self, ids: &[MemberId]) -> Vec<Face<MemberId>> {
        let mut faces: Vec<_> = ids.iter().map(|id| self.face(*id)).collect();
        // Me first: that is what I look for.
        faces.sort_by_key(|face| (!face.me, face.name.clone(), face.id));
        faces
    }

    fn by(&self, record: &Record<RotaRecord>) -> Option<Face<MemberId>> {
        let members = &self.phone.book().board.roster.members;
        let known = members.contains_key(&record.by) || super::me(self.phone) == Some(record.by);
        (known && !record.body.is_the_relays()).then(|| self.face(record.by))
    }

    fn card(&self, at: ShiftRef) -> Option<Box<ShiftCard>> {
        // The story names days, never "today", so now makes no difference.
        card_at(self.phone, at, Moment::default()).map(Box::new)
    }

    fn what(&self, record: &Record<RotaRecord>) -> Option<What> {
        Some(match &record.body {
            RotaRecord::Drafted { .. } => What::Drafted,
            RotaRecord::Published { shift, .. } => self.published(shift),
            RotaRecord::Cancelled { .. } => What::Cancelled,
            RotaRecord::Ask { cover, .. } => match cover {
                Cover::Anyone => What::Asked { whom: Vec::new() },
                Cover::These { pas } => What::Asked {
                    whom: self.faces(pas),
                },
                Cover::Swap { with, pa } => What::AskedSwap {
                    pa: self.face(*pa),
                    with: self.card(*with),
                },
            },
            RotaRecord::CannotCome { .. } => What::CannotCome,
            RotaRecord::Offer { to, until, .. } => What::Offered {
                to: self.face(*to),
                until: *until,
            },
            RotaRecord::Handover { to, .. } => What::HandOver {
                to: to.map(|to| self.face(to)),
            },
            RotaRecord::Claim { .. } => What::Claimed,
            RotaRecord::Withdraw { what, .. } => What::TookBack(self.said(*what)),
            RotaRecord::Decline { .. } => What::Declined,
            RotaRecord::Yes { what, .. } => {
                let question = self.state.questions.iter().find(|q| q.id == *what);
                What::SaidYes {
                    pa: question.map(|q| self.face(q.pa)),
                }
            }
            RotaRecord::Veto { pa, .. } => What::SaidNo { pa: self.face(*pa) },
            RotaRecord::Word { holders, why, .. } => {
                let who: Vec<_> = holders.iter().map(|h| h.pa).collect();
                What::Responsible {
                    who: self.faces(&who),
                    cause: self.cause(why),
                }
            }
            RotaRecord::Answer { to, outcome, .. } => self.answer(*to, outcome)?,
            RotaRecord::YesWanted { pa, .. } => What::YesWanted {
                pa: self.face(*pa),
                person: face::person(self.phone, self.at.person),
            },
            // The question itself says who is asked.
            RotaRecord::Told {
                news: News::YesWanted,
                ..
            } => return None,
            // That nobody could be asked is worth knowing; that nobody was told is not.
            RotaRecord::Told { news, to, .. } if to.is_empty() && !asks(*news) => return None,
            RotaRecord::Told { news, to, .. } => What::Told {
                news: *news,
                to: self.faces(to),
            },
        })
    }

    fn published(&self, shift: &Shift) -> What {
        let before = shift.replaces.and_then(|id| {
            let mut story = self.state.story.iter();
            story.find_map(|r| match &r.body {
                RotaRecord::Published { shift, .. } if r.id == id => Some(shift),
                _ => None,
            })
        });
        let Some(before) = before else {
            return What::Published;
        };
        let moved = (before.start, before.end) != (shift.start, shift.end);
        let others = before.pas != shift.pas;
        What::Changed {
            before: moved.then_some(Stretch {
                start: before.start,
                end: before.end,
            }),
            pas: others.then(|| self.faces(&shift.pas)),
        }
    }

    fn said(&self, what: RecordId) -> Option<Said> {
        let said = self.state.story.iter().find(|r| r.id == what)?;
        match &said.body {
            RotaRecord::Ask { .. } => Some(Said::Ask),
            RotaRecord::Offer { .. } => Some(Said::Offer),
            RotaRecord::Handover { .. } => Some(Said::Handover),
            RotaRecord::Claim { .. } => Some(Said::Claim),
            RotaRecord::Veto { .. } => Some(Said::Veto),
            _ => None,
        }
    }

    fn cause(&self, why: &Why) -> Cause {
        match why {
            Why::Plan => Cause::Plan,
            Why::Granted {
                claim,
                from,
                stepped_in,
            } => Cause::Granted {
                from: from.map(|from| self.face(from)),
                silent: *stepped_in,
                owed: self.granted_with(*claim).map_or(0, |w| owed(&w)),
            },
            Why::Swapped { with, .. } => Cause::Swapped {
                with: self.card(*with),
            },
            Why::DoubleBooked { pa, with } => Cause::DoubleBooked {
                pa: self.face(*pa),
                with: self.card(*with),
            },
            Why::NotWanted { pa } => Cause::NotWanted { pa: self.face(*pa) },
            Why::Left { pa } => Cause::Left { pa: self.face(*pa) },
        }
    }

    /// What a claim was granted in spite of.
    fn granted_with(&self, claim: RecordId) -> Option<Vec<Warning>> {
        let mut story = self.state.story.iter();
        story.find_map(|r| match &r.body {
            RotaRecord::Answer {
                to,
                outcome: Outcome::Granted { warnings },
                ..
            } if *to == claim => Some(warnings.clone()),
            _ => None,
        })
    }

    fn answer(&self, to: RecordId, outcome: &Outcome) -> Option<What> {
        let Some(claim) = self.state.claim(to) else {
            return Some(What::AskLate);
        };
        let pa = self.face(claim.by);
        match outcome {
            // The word that came with it says so, or the question.
            Outcome::Granted { .. } | Outcome::Waits => None,
            Outcome::Standby => Some(What::Standby { pa }),
            Outcome::NotPossible { block } => Some(What::NotPossible { pa, block: *block }),
            Outcome::NeedsReason { .. } => Some(What::NeedsReason { pa }),
            Outcome::Lapsed => Some(What::Lapsed { pa }),
        }
    }
}

/// It asks something of who is told.
fn asks(news: News) -> bool {
    matches!(
        news,
        News::Asked | News::Offered | News::HandOver | News::Open
    )
}

/// Why, in the words of who said it.
pub(super) fn reason(says: &RotaRecord) -> String {
    match says {
        RotaRecord::Ask { reason, .. }
        | RotaRecord::CannotCome { reason, .. }
        | RotaRecord::Handover { reason, .. }
        | RotaRecord::Claim { reason, .. }
        | RotaRecord::Cancelled { reason, .. }
        | RotaRecord::Veto { reason, .. } => reason.trim().to_owned(),
        _ => String::new(),
    }
}
