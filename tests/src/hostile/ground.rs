//! What a mutant is made from: what the team is, who attacks it, and what an honest change of
//! theirs would be.

use automerge::Change;
use kith_shared::{
    bytes::Bytes,
    documents::{
        Author, Document, DocumentId, Record, availability::AvailabilityRecord, notes::NoteRecord,
        profile::ProfileRecord, rota::RotaRecord, visits::VisitRecord,
    },
    domain::{
        cover::Cover,
        note::{Mood, NoteText},
        profile::Choice,
        shift::{Shift, ShiftKind},
        team::{Member, Role},
    },
    ids::{DeviceId, PersonId, RecordId, ShiftId},
    sync::{Known, TeamRequest},
    time::{Moment, Month, Span},
};
use serde::Serialize;
use serde_json::Value;

/// Months over which mutants are spread: a document that has everything would be all that is tried.
pub(super) const MONTHS: usize = 24;
/// Shifts that are spoken of.
const SHIFTS: u8 = 32;

/// The team that is attacked.
#[derive(Debug, Clone)]
pub struct Ground {
    /// Whom it supports.
    pub people: Vec<PersonId>,
    /// When the attack begins.
    pub now: Moment,
    /// Those who attack, each a member's device.
    pub attackers: Vec<Attacker>,
}

/// A member's device that lies.
#[derive(Debug, Clone)]
pub struct Attacker {
    /// Whose it is.
    pub member: Member,
    /// Which.
    pub device: DeviceId,
    /// What it would send for its team if it had nothing to say.
    pub section: TeamRequest,
}

impl Attacker {
    /// What the relay knows of it before it reads a request.
    pub(super) fn known(&self) -> Known {
        Known::caller(self.section.team, self.device)
    }
}

/// One attacker about to make one mutant.
pub(super) struct Hand<'a> {
    pub(super) dice: fastrand::Rng,
    pub(super) ground: &'a Ground,
    pub(super) me: &'a Attacker,
    /// A life of the device for each mutant: in it, whatever came before, the first change is next.
    pub(super) life: u16,
}

/// What one record says, and where it belongs.
pub(super) struct Says {
    pub(super) document: DocumentId,
    pub(super) body: Value,
}

impl Hand<'_> {
    /// As whom it writes.
    pub(super) fn author(&self) -> Author {
        Author {
            device: self.me.device,
            life: self.life,
        }
    }

    /// One of these.
    pub(super) fn one_of<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.dice.usize(..of.len())].clone()
    }

    pub(super) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.dice.fill(&mut bytes);
        bytes
    }

    pub(super) fn person(&mut self) -> PersonId {
        match self.me.member.role.person() {
            Some(person) => person,
            None => self.one_of(&self.ground.people),
        }
    }

    /// Mostly any month of these years, at times the one in which everyone writes.
    pub(super) fn month(&mut self) -> Month {
        let back = match self.dice.u8(..8) {
            0 => 0,
            _ => self.dice.usize(..MONTHS),
        };
        (0..back).fold(self.ground.now.month(), |month, _| month.previous())
    }

    pub(super) fn record(&mut self) -> RecordId {
        RecordId::new(self.ground.now, self.dice.u128(..))
    }

    pub(super) fn shift(&mut self) -> ShiftId {
        ShiftId::from_bytes([self.dice.u8(..SHIFTS); 16])
    }

    /// What an honest member in this role could say.
    pub(super) fn says(&mut self) -> Says {
        let (person, month) = (self.person(), self.month());
        let pa = self.me.member.role == Role::Pa;
        match self.dice.u8(..8) {
            0 if pa => said(
                DocumentId::visits(person, month),
                &VisitRecord::ClockIn {
                    shift: Some(self.shift()),
                    place: Some(self.text(20)),
                },
            ),
            1 if pa => {
                let weekday = self.dice.u8(..7);
                let parts = std::collections::BTreeMap::default();
                said(
                    DocumentId::availability(self.me.member.id),
                    &AvailabilityRecord::Weekday { weekday, parts },
                )
            }
            2 | 3 if pa => {
                let says = self.about_a_shift();
                said(DocumentId::rota(person, month), &says)
            }
            4 | 5 if pa => said(DocumentId::team_notes(person, month), &self.note()),
            0 => {
                let pa = self.one_of(&self.ground.attackers).member.id;
                let choice = self.one_of(&[Choice::Automatic, Choice::AskMe, Choice::Never]);
                said(
                    DocumentId::profile(person),
                    &ProfileRecord::Choice {
                        pa: Some(pa),
                        choice,
                    },
                )
            }
            1..=3 => {
                let shift = self.planned(person);
                said(
                    shift.rota(),
                    &RotaRecord::Published {
                        shift,
                        times_only: false,
                    },
                )
            }
            _ => said(DocumentId::notes(person, month), &self.note()),
        }
    }

    fn note(&mut self) -> NoteRecord {
        let says = NoteText {
            mood: Some(Mood::Good),
            text: self.text(200),
            ..NoteText::default()
        };
        NoteRecord::Note { visit: None, says }
    }

    fn planned(&mut self, person: PersonId) -> Shift {
        let start = self.ground.now + Span::hours(self.dice.i64(-400..800));
        let end = start + Span::hours(self.dice.i64(1..12));
        let pas = if self.dice.bool() {
            vec![self.one_of(&self.ground.attackers).member.id]
        } else {
            Vec::new()
        };
        Shift::plain(self.shift(), person, (start, end), pas, ShiftKind::Day)
    }

    fn about_a_shift(&mut self) -> RotaRecord {
        let (shift, reason) = (self.shift(), self.text(30));
        match self.dice.u8(..4) {
            0 => RotaRecord::Ask {
                shift,
                cover: Cover::Anyone,
                until: None,
                reason,
            },
            1 => RotaRecord::CannotCome {
                shift,
                holding: self.record(),
                reason,
            },
            2 => RotaRecord::Handover {
                shift,
                to: None,
                reason,
            },
            _ => RotaRecord::Claim {
                shift,
                answers: None,
                reason,
            },
        }
    }

    pub(super) fn text(&mut self, most: usize) -> String {
        let length = self.dice.usize(1..=most);
        (0..length).map(|_| self.dice.alphanumeric()).collect()
    }

    /// The change that makes one record on a document that has nothing yet: what it depends on is
    /// everywhere. Nothing when the record can be written by no means.
    pub(super) fn change(&mut self, says: &Says) -> Option<Change> {
        let id = self.record();
        self.change_of(says, id)
    }

    pub(super) fn change_of(&self, says: &Says, id: RecordId) -> Option<Change> {
        self.written(self.author(), says, id)
    }

    pub(super) fn written(&self, author: Author, says: &Says, id: RecordId) -> Option<Change> {
        // Whoever lies about who and when has said so in the body, which comes last.
        let record = Record {
            id,
            by: self.me.member.id,
            at: self.ground.now,
            skew: Span::default(),
            body: says.body.as_object()?,
        };
        Document::new(says.document).write(author, &record).ok()
    }

    /// An honest change.
    pub(super) fn honest(&mut self) -> (DocumentId, Change) {
        loop {
            let says = self.says();
            if let Some(change) = self.change(&says) {
                return (says.document, change);
            }
        }
    }
}

fn said(document: DocumentId, body: &impl Serialize) -> Says {
    let body = serde_json::to_value(body).unwrap_or_default();
    Says { document, body }
}

/// As it is pushed.
pub(super) fn raw(change: &Change) -> Bytes {
    Bytes(change.raw_bytes().to_vec())
}
