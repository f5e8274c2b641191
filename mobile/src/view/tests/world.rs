//! A team whose journal is written by hand, and the phones that hold it.

use crate::engine::{Me, Phone};
use kith_shared::{
    api::{Joined, Pass},
    bytes::{Array, Bytes},
    documents::{
        Author, Document, DocumentId, Record, circle::CircleRecord, notes::NoteRecord,
        profile::ProfileRecord, rota::RotaRecord, team::TeamRecord, visits::VisitRecord,
    },
    domain::{
        cover::{Board, Decision, ShiftRef, settle, watch},
        note::{Audience, NoteText},
        profile::Choice,
        shift::{Shift, ShiftKind},
        team::{Hat, Member, Person, Role},
    },
    ids::{DeviceId, Epoch, MemberId, NoteId, PersonId, RecordId, ShiftId, TeamId, VisitId},
    policy,
    sync::{Cursor, Entry, Level, News, Outcome, Receipt, Seq, TeamReply, ToYou},
    time::{Day, Moment, Span},
};
use serde::Serialize;
use std::collections::BTreeMap;

pub(crate) const MORGAN: PersonId = PersonId::from_bytes([0xa1; 16]);
pub(crate) const ELUNED: PersonId = PersonId::from_bytes([0xa2; 16]);

pub(crate) const SIAN: MemberId = MemberId::from_bytes([1; 16]);
pub(crate) const RHYS: MemberId = MemberId::from_bytes([2; 16]);
pub(crate) const OWAIN: MemberId = MemberId::from_bytes([3; 16]);
pub(crate) const MORGAN_HIMSELF: MemberId = MemberId::from_bytes([4; 16]);
pub(crate) const GWEN: MemberId = MemberId::from_bytes([5; 16]);
pub(crate) const CERI: MemberId = MemberId::from_bytes([6; 16]);
pub(crate) const HYWEL: MemberId = MemberId::from_bytes([7; 16]);
/// Who writes what only the relay writes.
pub(crate) const RELAY: MemberId = MemberId::from_bytes([99; 16]);

pub(crate) fn members() -> Vec<Member> {
    let member = |id, name: &str, role| Member::plain(id, name, role);
    vec![
        Member {
            hats: [(Hat::RotaHolder, t("2027-01-01 09:00"))].into(),
            ..member(SIAN, "Siân Bevan", Role::Pa)
        },
        member(RHYS, "Rhys Thomas", Role::Pa),
        member(OWAIN, "Owain ap Gwilym", Role::Pa),
        member(MORGAN_HIMSELF, "Morgan Pritchard", Role::Person(MORGAN)),
        member(GWEN, "Gwen Pritchard", Role::FamilyContact(MORGAN)),
        member(HYWEL, "Hywel Wyn", Role::AuthorisedPerson(ELUNED)),
        member(CERI, "Ceri Llwyd", Role::Manager),
    ]
}

/// The moment at which London's clocks show `2026-11-24 07:30`.
pub(crate) fn t(text: &str) -> Moment {
    let (date, clock) = text.split_once(' ').expect("a date and a time");
    let (hour, minute) = clock.split_once(':').expect("a time");
    Moment::at(day(date), hour.parse().unwrap(), minute.parse().unwrap())
}

pub(crate) fn day(text: &str) -> Day {
    let parts: Vec<&str> = text.split('-').collect();
    let year = parts[0].parse().unwrap();
    Day::new(year, parts[1].parse().unwrap(), parts[2].parse().unwrap()).expect("a day")
}

pub(crate) fn shift_id(n: u8) -> ShiftId {
    ShiftId::from_bytes([n; 16])
}

pub(crate) fn text(text: &str) -> NoteText {
    NoteText {
        text: text.into(),
        ..NoteText::default()
    }
}

/// The journal of a team.
#[derive(Clone, Default)]
pub(crate) struct World {
    documents: BTreeMap<DocumentId, Document>,
    entries: Vec<(DocumentId, Entry)>,
    /// How long what is written takes to reach the relay.
    pub(crate) delay: Span,
    /// How far the clock of who writes was put right.
    pub(crate) skew: Span,
}

impl World {
    /// The team, its people and their circles; nothing planned and nothing done.
    pub(crate) fn new() -> Self {
        let mut world = Self::default();
        let at = t("2026-01-01 09:00");
        for member in members() {
            let joined = TeamRecord::Member {
                member: member.clone(),
            };
            world.write(DocumentId::Team, RELAY, at, joined);
            for person in [MORGAN, ELUNED] {
                let face = CircleRecord::Face {
                    member: member.id,
                    name: member.name.clone(),
                };
                world.write(DocumentId::circle(person), RELAY, at, face);
            }
        }
        for (id, name, address, goals) in [
            (
                MORGAN,
                "Morgan Pritchard",
                "12 Mill Lane",
                vec!["Make my own breakfast"],
            ),
            (ELUNED, "Eluned Wyn-Roberts", "Tŷ Newydd", Vec::new()),
        ] {
            let person = Person {
                id,
                name: name.into(),
                address: address.into(),
                goals: goals.into_iter().map(String::from).collect(),
            };
            let supported = TeamRecord::Person { person: id };
            world.write(DocumentId::Team, RELAY, at, supported);
            let who = ProfileRecord::Person { person };
            world.write(DocumentId::profile(id), RELAY, at, who);
            let named = CircleRecord::Person { name: name.into() };
            world.write(DocumentId::circle(id), RELAY, at, named);
        }
        world
    }

    /// Anything that anyone writes.
    pub(crate) fn write<B: Serialize>(
        &mut self,
        document: DocumentId,
        by: MemberId,
        at: Moment,
        body: B,
    ) -> RecordId {
        let seq = self.entries.len() as Seq + 1;
        let id = RecordId::new(at, u128::from(seq));
        let author = Author {
            device: DeviceId::from_bytes(by.to_bytes()),
            life: 0,
        };
        let record = Record {
            id,
            by,
            at,
            skew: self.skew,
            body,
        };
        let held = self.documents.entry(document);
        let held = held.or_insert_with(|| Document::new(document));
        let change = held.write(author, &record).expect("a record");
        let entry = Entry {
            change: Bytes(change.raw_bytes().to_vec()),
            receipt: receipt(seq, at + self.delay, by),
        };
        self.entries.push((document, entry));
        id
    }

    /// A published shift, in the rota and in the circle.
    pub(crate) fn shift(
        &mut self,
        n: u8,
        person: PersonId,
        start: &str,
        end: &str,
        pas: &[MemberId],
    ) -> ShiftId {
        self.shift_of(ShiftKind::Day, n, person, start, end, pas)
    }

    pub(crate) fn shift_of(
        &mut self,
        work: ShiftKind,
        n: u8,
        person: PersonId,
        start: &str,
        end: &str,
        pas: &[MemberId],
    ) -> ShiftId {
        let times = (t(start), t(end));
        self.publish(Shift::plain(shift_id(n), person, times, pas.to_vec(), work))
    }

    /// A published shift of any kind, in the rota and in the circle.
    pub(crate) fn publish(&mut self, shift: Shift) -> ShiftId {
        let at = t("2026-01-01 10:00");
        let id = shift.shift;
        let coming = CircleRecord::Coming {
            shift: id,
            start: shift.start,
            end: shift.end,
            pas: shift.pas.clone(),
            work: shift.work,
        };
        self.write(DocumentId::circle(shift.person), RELAY, at, coming);
        let times_only = false;
        let rota = shift.rota();
        self.write(rota, SIAN, at, RotaRecord::Published { shift, times_only });
        id
    }

    /// Something that a member said about this shift, as the relay took it in.
    pub(crate) fn say(&mut self, who: MemberId, at: &str, n: u8, says: RotaRecord) -> RecordId {
        let place = self.place(n);
        self.write(place.rota(), who, t(at), says)
    }

    /// Where this shift is.
    pub(crate) fn place(&self, n: u8) -> ShiftRef {
        self.board().find(shift_id(n)).expect("the shift").0
    }

    fn board(&self) -> Board {
        let mut board = Board::default();
        for document in self.documents.values() {
            board.read(document);
        }
        board
    }

    /// The relay decides all that can be decided at this time, by the code that it runs.
    pub(crate) fn settle(&mut self, at: &str) {
        let order = |_, record: RecordId| {
            u64::from_be_bytes(record.to_bytes()[8..].try_into().expect("8 bytes"))
        };
        while let Some(decision) = settle(&self.board(), &order, t(at)) {
            self.decide(decision, at);
        }
    }

    /// The relay tells all who are to be told at this time that nobody came; the phones of these
    /// were last in touch then.
    pub(crate) fn watch(&mut self, at: &str, seen: &[(MemberId, &str)]) {
        let seen = |pa| seen.iter().find(|(of, _)| *of == pa).map(|(_, at)| t(at));
        while let Some(decision) = watch(&self.board(), &seen, t(at)) {
            self.decide(decision, at);
        }
    }

    /// What the relay decided, in the rota; and in the circle, who comes now, and what is told to
    /// those who read no more than that.
    fn decide(&mut self, decision: Decision, at: &str) {
        let at = t(at);
        for (document, body) in decision.0 {
            let circle = DocumentId::circle(document.person().expect("a rota"));
            if let RotaRecord::Told {
                shift,
                news,
                to,
                of,
                ..
            } = &body
            {
                let roles = members().into_iter().filter(|m| to.contains(&m.id));
                let only_here = roles.filter(|m| !policy::may_read(m.role, document));
                let to: Vec<_> = only_here.map(|m| m.id).collect();
                if !to.is_empty() {
                    let (shift, news, of) = (*shift, *news, *of);
                    let alert = CircleRecord::Alert {
                        shift,
                        news,
                        to,
                        of,
                    };
                    self.write(circle, RELAY, at, alert);
                }
            }
            let shift = body.shift();
            self.write(document, RELAY, at, body);
            self.come(shift, at);
        }
    }

    /// The circle hears who comes to this shift.
    fn come(&mut self, shift: ShiftId, at: Moment) {
        let board = self.board();
        let (_, state) = board.find(shift).expect("the shift");
        let coming = CircleRecord::Coming {
            shift,
            start: state.shift.start,
            end: state.shift.end,
            pas: state.shift.pas.clone(),
            work: state.shift.work,
        };
        self.write(DocumentId::circle(state.shift.person), RELAY, at, coming);
    }

    /// What made this PA the holder of a shift.
    pub(crate) fn holding(&self, n: u8, pa: MemberId) -> RecordId {
        let board = self.board();
        let (_, state) = board.find(shift_id(n)).expect("the shift");
        state.tenure(pa).expect("a holder").since
    }

    /// The circle hears that this shift was cancelled.
    pub(crate) fn circle_hears_it_is_cancelled(&mut self, n: u8, at: &str) {
        let shift = shift_id(n);
        let circle = DocumentId::circle(self.place(n).person);
        self.write(circle, RELAY, t(at), CircleRecord::Cancelled { shift });
    }

    /// Whom this person wants to be told when nobody comes.
    pub(crate) fn choose_contact(&mut self, person: PersonId, by: MemberId, contact: MemberId) {
        let says = ProfileRecord::Contact {
            member: Some(contact),
        };
        let at = t("2026-01-02 09:00");
        self.write(DocumentId::profile(person), by, at, says);
    }

    /// What a person wants of a PA.
    pub(crate) fn choose(&mut self, person: PersonId, by: MemberId, pa: MemberId, choice: Choice) {
        let choice = ProfileRecord::Choice {
            pa: Some(pa),
            choice,
        };
        let at = t("2026-01-02 09:00");
        self.write(DocumentId::profile(person), by, at, choice);
    }

    /// A visit with Morgan from `start` to `end`, for this shift, in the document of its month.
    pub(crate) fn visit(
        &mut self,
        who: MemberId,
        shift: Option<u8>,
        start: &str,
        end: Option<&str>,
    ) -> VisitId {
        let month = shift.and_then(|n| self.month_of(n));
        let document = DocumentId::visits(MORGAN, month.unwrap_or(t(start).month()));
        let clock_in = VisitRecord::ClockIn {
            shift: shift.map(shift_id),
            place: None,
        };
        let visit = VisitId::from(self.write(document, who, t(start), clock_in));
        if let Some(end) = end {
            self.write(document, who, t(end), VisitRecord::ClockOut { visit });
        }
        visit
    }

    fn month_of(&self, shift: u8) -> Option<kith_shared::time::Month> {
        let documents = self.documents.iter();
        documents
            .filter(|(id, _)| matches!(id, DocumentId::Rota(..)))
            .find(|(_, rota)| {
                let (records, _): (Vec<_>, _) = rota.records();
                kith_shared::domain::cover::resolve(&records).contains_key(&shift_id(shift))
            })
            .and_then(|(id, _)| id.month())
    }

    /// An amendment of a visit with Morgan.
    pub(crate) fn amend(
        &mut self,
        who: MemberId,
        at: &str,
        visit: VisitId,
        start: &str,
        end: &str,
        reason: &str,
    ) {
        let document = self.documents.iter().find(|(id, document)| {
            let clock_in = document.record::<VisitRecord>(RecordId::from(visit));
            matches!(id, DocumentId::Visits(..)) && clock_in.is_some()
        });
        let document = *document.expect("the visit").0;
        let amendment = VisitRecord::Amendment {
            visit,
            start: t(start),
            end: Some(t(end)),
            reason: reason.into(),
        };
        self.write(document, who, t(at), amendment);
    }

    /// A note about Morgan.
    pub(crate) fn note(
        &mut self,
        who: MemberId,
        at: &str,
        visit: Option<VisitId>,
        audience: Audience,
        says: NoteText,
    ) -> NoteId {
        let month = t(at).month();
        let document = match audience {
            Audience::Family => DocumentId::notes(MORGAN, month),
            Audience::Team => DocumentId::team_notes(MORGAN, month),
        };
        NoteId::from(self.write(document, who, t(at), NoteRecord::Note { visit, says }))
    }

    /// What a family note about Morgan says from now on.
    pub(crate) fn amend_note(&mut self, who: MemberId, at: &str, note: NoteId, says: &str) {
        let says = text(says);
        let reason = "more exactly".into();
        let amendment = NoteRecord::Amendment { note, says, reason };
        self.write(
            DocumentId::notes(MORGAN, t(at).month()),
            who,
            t(at),
            amendment,
        );
    }

    /// The phone of this member, which heard from the relay at `heard` and has all that the
    /// member may read.
    pub(crate) fn phone(&self, member: MemberId, heard: &str) -> Phone {
        let heard = t(heard);
        let mut phone = joined(member, heard);
        let role = phone.me().expect("joined").joined.role;
        let mut news: BTreeMap<DocumentId, Vec<Entry>> = BTreeMap::new();
        for (document, entry) in &self.entries {
            if policy::may_read(role, *document) {
                news.entry(*document).or_default().push(entry.clone());
            }
        }
        let news = news
            .into_iter()
            .map(|(document, entries)| News { document, entries })
            .collect();
        let sent = phone.request().expect("joined");
        let level = TeamReply::Level(level(news, Vec::new(), Vec::new()));
        phone.receive(&sent, &level, heard, heard);
        phone
    }
}

/// A phone that has joined and knows nothing.
pub(crate) fn joined(member: MemberId, heard: Moment) -> Phone {
    let member = members().into_iter().find(|m| m.id == member);
    let member = member.expect("a member");
    let mut device = member.id.to_bytes();
    device[0] = 0xff;
    let mut phone = Phone::default();
    let me = Me {
        device: DeviceId::from_bytes(device),
        key: Array([0; 32]),
        joined: Joined {
            team: TeamId::from_bytes([1; 16]),
            team_name: "Dyffryn Conwy".into(),
            member: member.id,
            name: member.name,
            role: member.role,
            credential: Bytes(Vec::new()),
            relay: Array([0; 32]),
            pass: Pass {
                token: String::new(),
                challenge: String::new(),
            },
            now: heard,
        },
    };
    phone.join(me, heard);
    phone
}

pub(super) fn receipt(seq: Seq, received_at: Moment, member: MemberId) -> Receipt {
    Receipt {
        seq,
        received_at,
        member,
        proof: Array([0; 16]),
    }
}

pub(super) fn level(news: Vec<News>, outcomes: Vec<Outcome>, seen: Vec<Seq>) -> Level {
    Level {
        outcomes,
        news,
        cursor: Cursor {
            epoch: Epoch::from_bytes([1; 16]),
            seq: 1000,
            head: Array([0; 32]),
        },
        more: false,
        signature: None,
        seen,
        forget: vec![],
        to_you: ToYou::default(),
        want: Vec::new(),
    }
}
