//! A stage for scenes: members say things line by line, and after each line the relay decides all
//! that is to be decided, with ids in the order in which it writes them.
//!
//! A scene is a text. Its lines are what members say (see [`Stage::play`]), and under each stands
//! what came of it: `→` a decision, as the records that say it, and `=` who is responsible where
//! that changed, and `!` what is wrong with who works when, where that changed. A line that begins with `+` arrives together with the next one.

mod answers;

use super::{
    cast::{MEMBERS, at, day, member, name, person},
    sound::sound,
    tell,
};
use crate::support::plain;
use kith_shared::{
    documents::{Document, DocumentId, Record, rota::RotaRecord, visits::VisitRecord},
    domain::{
        availability::Leave,
        cover::{
            Board, Claim, ClaimState, Cover, Decision, Outcome, ShiftRef, ShiftState, Tenure,
            resolve, settle, watch,
        },
        profile::{Choice, Profile},
        shift::{Shift, ShiftKind},
        team::{Member, Role},
    },
    ids::{MemberId, PersonId, PoolId, RecordId, ShiftId},
    time::{Day, Moment, Span},
};
use std::collections::{BTreeMap, HashMap};

pub const RELAY: MemberId = MemberId::from_bytes([99; 16]);
/// The team's documents, the time, and what was told so far.
pub struct Stage {
    pub board: Board,
    pub now: Moment,
    pub rotas: BTreeMap<DocumentId, Vec<Record<RotaRecord>>>,
    visits: BTreeMap<DocumentId, Document>,
    /// The relay tells of silence too; every phone is in touch.
    watched: bool,
    /// Whether the phone says that who steps in has the place at once.
    foreseen: Option<(RecordId, bool)>,
    names: BTreeMap<String, ShiftRef>,
    places: HashMap<RecordId, u64>,
    tenures: BTreeMap<(ShiftRef, MemberId), Tenure>,
    responsible: BTreeMap<ShiftRef, Vec<MemberId>>,
    problems: Vec<String>,
    leave: u8,
    written: u64,
    transcript: Vec<String>,
}

impl Stage {
    /// Monday morning; Mia lets everybody come, Noa has said nothing.
    pub fn new() -> Self {
        let mut board = Board::default();
        for (name, byte) in MEMBERS {
            let role = match name {
                "mia" | "noa" => Role::Person(person(name)),
                _ => Role::Pa,
            };
            let id = MemberId::from_bytes([byte; 16]);
            board
                .roster
                .members
                .insert(id, Member::plain(id, name, role));
        }
        let lets_all_in = Profile {
            others: Some(Choice::Automatic),
            ..Profile::default()
        };
        board.profiles.insert(person("mia"), lets_all_in);
        Self {
            board,
            now: at("mon", "07:00"),
            rotas: BTreeMap::new(),
            visits: BTreeMap::new(),
            watched: false,
            foreseen: None,
            names: BTreeMap::new(),
            places: HashMap::new(),
            tenures: BTreeMap::new(),
            responsible: BTreeMap::new(),
            problems: Vec::new(),
            leave: 0,
            written: 0,
            transcript: Vec::new(),
        }
    }

    /// Plays a line and lets the relay decide.
    fn line(&mut self, line: &str) {
        self.transcript.push(line.to_owned());
        let words: Vec<_> = line.trim_start_matches('+').split_whitespace().collect();
        self.play(&words);
        if !line.starts_with('+') {
            self.settle();
        }
    }

    fn play(&mut self, words: &[&str]) {
        let pas = |list: &str| -> Vec<MemberId> {
            let names = list.split(',').filter(|name| *name != "nobody");
            names.map(member).collect()
        };
        match *words {
            ["now", day, time] => self.now = at(day, time),
            ["watched"] => self.watched = true,
            [pa, "leaves"] => {
                let pa = self.board.roster.members.get_mut(&member(pa)).unwrap();
                pa.left = Some(self.now);
            }
            [pa, "comes", shift, day, time] => self.comes(member(pa), shift, at(day, time)),
            ["publish", shift, who, day, hours, list, ref more @ ..] => {
                let planned = self.shift(shift, person(who), day, hours, pas(list), more);
                self.publish(planned, false);
            }
            ["draft", shift, who, day, hours, list] => {
                let shift = self.shift(shift, person(who), day, hours, pas(list), &[]);
                self.say(member("mia"), shift.rota(), RotaRecord::Drafted { shift });
            }
            // As the one who plans sees it now; or, knowing only what was published first.
            [
                kind @ ("again" | "apart" | "times" | "times-apart"),
                shift,
                day,
                hours,
                ref more @ ..,
            ] => {
                let state = self.board.state(self.named(shift)).unwrap();
                let first = || state.story.iter().map(|r| r.id).next().unwrap();
                let replaces = if kind.ends_with("apart") {
                    first()
                } else {
                    state.current
                };
                let person = state.shift.person;
                let (list, more) = more.split_first().unwrap_or((&"nobody", &[]));
                let mut planned = self.shift(shift, person, day, hours, pas(list), more);
                planned.replaces = Some(replaces);
                self.publish(planned, kind.starts_with("times"));
            }
            ["cancel", shift] => {
                let reason = String::new();
                self.about(member("mia"), shift, |shift| RotaRecord::Cancelled {
                    shift,
                    reason,
                });
            }
            [who, "chooses", how, whom] => {
                let choice = match how {
                    "auto" => Choice::Automatic,
                    "ask" => Choice::AskMe,
                    "never" => Choice::Never,
                    _ => panic!("{how}"),
                };
                let profile = self.board.profiles.entry(person(who)).or_default();
                match whom {
                    "others" => profile.others = Some(choice),
                    pa => drop(profile.choices.insert(member(pa), choice)),
                }
            }
            [pa, "leaves", from, to] => {
                self.leave += 1;
                let leave = Leave {
                    id: RecordId::from_bytes([self.leave; 16]),
                    from: day(from),
                    to: day(to),
                };
                let availability = self.board.availability.entry(member(pa)).or_default();
                availability.leave.push(leave);
            }
            ["travel", from, to, minutes] => {
                let (from, to) = (person(from), person(to));
                let minutes = minutes.parse().unwrap();
                let travel = &mut self.board.roster.travel;
                travel.insert((from.min(to), from.max(to)), minutes);
            }
            [
                who,
                says @ ("claims" | "steps-in" | "declines" | "withdraws" | "yes" | "vetoes"),
                ref what @ ..,
            ] => {
                self.answers(member(who), says, what);
            }
            [who, ref said @ ..] => self.asks(member(who), said),
            [] => {}
        }
    }

    /// What a member asks for or offers.
    fn asks(&mut self, who: MemberId, said: &[&str]) {
        let reason = String::new();
        match *said {
            ["asks", whom, name, ref until @ ..] => {
                let cover = match whom {
                    "anyone" => Cover::Anyone,
                    these => Cover::These {
                        pas: these.split(',').map(member).collect(),
                    },
                };
                let until = match *until {
                    ["until", day, time] => Some(at(day, time)),
                    _ => None,
                };
                self.about(who, name, |shift| RotaRecord::Ask {
                    shift,
                    cover,
                    until,
                    reason,
                });
            }
            ["swaps", name, "for", other, "with", pa, ref why @ ..] => {
                let reason = why.last().map_or(reason, |why| (*why).to_owned());
                let (with, pa) = (self.named(other), member(pa));
                let cover = Cover::Swap { with, pa };
                let until = None;
                self.about(who, name, |shift| RotaRecord::Ask {
                    shift,
                    cover,
                    until,
                    reason,
                });
            }
            // `late`: from the first holding that the phone knew of.
            ["cannot", name, ref late @ ..] => {
                let known = self.tenures[&(self.named(name), who)];
                let state = self.board.state(self.named(name)).unwrap();
                let now = state.tenure(who).filter(|_| late.is_empty());
                let holding = now.unwrap_or(known).since;
                self.about(who, name, |shift| RotaRecord::CannotCome {
                    shift,
                    holding,
                    reason,
                });
            }
            ["offers", name, to, "until", day, time] => {
                let (to, until) = (member(to), at(day, time));
                self.about(who, name, |shift| RotaRecord::Offer { shift, to, until });
            }
            ["hands-over", name, ref to @ ..] => {
                let to = to.last().map(|pa| member(pa));
                self.about(who, name, |shift| RotaRecord::Handover {
                    shift,
                    to,
                    reason,
                });
            }
            _ => panic!("what does {said:?} mean?"),
        }
    }

    fn shift(
        &mut self,
        name: &str,
        person: PersonId,
        day: &str,
        hours: &str,
        pas: Vec<MemberId>,
        more: &[&str],
    ) -> Shift {
        let (start, end) = hours.split_once('-').unwrap();
        let start = at(day, start);
        let (hour, minute) = end.split_once(':').unwrap();
        let ends = |day: Day| Moment::at(day, hour.parse().unwrap(), minute.parse().unwrap());
        let end = match ends(start.day()) {
            end if end > start => end,
            _ => ends(start.day().plus(1)),
        };
        let new = u8::try_from(self.names.len() + 1).unwrap();
        let place = self.names.entry(name.to_owned()).or_insert(ShiftRef {
            person,
            month: start.month(),
            shift: ShiftId::from_bytes([new; 16]),
        });
        Shift {
            needs: if more.contains(&"two") { 2 } else { 1 },
            pool: more
                .contains(&"pooled")
                .then(|| PoolId::from_bytes([1; 16])),
            ..Shift::plain(place.shift, person, (start, end), pas, ShiftKind::Day)
        }
    }

    /// A clock-in arrives.
    fn comes(&mut self, pa: MemberId, name: &str, at: Moment) {
        let place = self.named(name);
        let id = DocumentId::visits(place.person, place.month);
        let record = Record {
            id: self.id(),
            by: pa,
            at,
            skew: Span::default(),
            body: VisitRecord::ClockIn {
                shift: Some(place.shift),
                place: None,
            },
        };
        self.written += 1;
        let visits = self.visits.entry(id).or_insert_with(|| Document::new(id));
        let author = crate::support::author(u8::try_from(self.written).unwrap());
        visits.write(author, &record).unwrap();
        self.board.read(&*visits);
    }

    fn publish(&mut self, shift: Shift, times_only: bool) {
        let rota = shift.rota();
        self.say(
            member("mia"),
            rota,
            RotaRecord::Published { shift, times_only },
        );
    }

    fn named(&self, name: &str) -> ShiftRef {
        *self
            .names
            .get(name)
            .unwrap_or_else(|| panic!("which shift is {name}?"))
    }

    pub fn name_of(&self, at: ShiftRef) -> &str {
        let found = self.names.iter().find(|(_, place)| **place == at);
        found.map_or("?", |(name, _)| name)
    }

    fn about(&mut self, by: MemberId, name: &str, body: impl FnOnce(ShiftId) -> RotaRecord) {
        let at = self.named(name);
        self.say(by, at.rota(), body(at.shift));
    }

    /// A record comes to the relay.
    fn say(&mut self, by: MemberId, rota: DocumentId, body: RotaRecord) {
        let id = self.id();
        self.places.insert(id, self.written);
        self.write(rota, id, by, body);
    }

    /// Of this moment, and later than all before.
    fn id(&self) -> RecordId {
        RecordId::new(self.now, u128::from(self.written) << 40)
    }

    fn write(&mut self, rota: DocumentId, id: RecordId, by: MemberId, body: RotaRecord) {
        let record = Record {
            id,
            by,
            at: self.now,
            skew: Span::default(),
            body,
        };
        self.written += 1;
        let records = self.rotas.entry(rota).or_default();
        records.push(record);
        let (person, month) = (rota.person().unwrap(), rota.month().unwrap());
        self.board.set_rota(person, month, resolve(&*records));
    }

    fn decision(&self) -> Option<Decision> {
        let order = |_, id: RecordId| self.places.get(&id).copied().unwrap_or(u64::MAX);
        let seen = |_| Some(self.now);
        let told = || watch(&self.board, &seen, self.now).filter(|_| self.watched);
        settle(&self.board, &order, self.now).or_else(told)
    }

    /// Decides all that can be decided, and tells it.
    fn settle(&mut self) {
        for decisions in 0.. {
            assert!(
                decisions < 200,
                "decides without end:\n{}",
                self.transcript.join("\n")
            );
            let Some(decision) = self.decision() else {
                break;
            };
            assert!(!decision.0.is_empty(), "a decision that says nothing");
            let told = tell::decision(self, &decision);
            self.transcript.push(format!("→ {told}"));
            for (rota, body) in decision.0 {
                let last = self
                    .rotas
                    .get(&rota)
                    .and_then(|all| all.iter().map(|r| r.id).max());
                let id = after(last, self.id());
                self.write(rota, id, RELAY, body);
            }
        }
        sound(&self.board, self.now);
        if let Some((claim, may)) = self.foreseen.take() {
            let mut claims = self.board.states().filter_map(|(_, s)| s.claim(claim));
            let granted =
                |c: &Claim| matches!(c.state, ClaimState::Answered(Outcome::Granted { .. }));
            assert_eq!(claims.any(granted), may, "the phone foresees it otherwise");
        }
        for (at, state) in self.board.states() {
            for tenure in &state.holders {
                self.tenures.entry((at, tenure.pa)).or_insert(*tenure);
            }
        }
        let holders = |(at, state): (ShiftRef, &ShiftState)| {
            let pas = state.holders.iter().map(|t| t.pa).collect::<Vec<_>>();
            (at, pas)
        };
        let responsible: BTreeMap<_, _> = self.board.on().map(holders).collect();
        let off = self
            .responsible
            .keys()
            .filter(|at| !responsible.contains_key(at));
        for at in off {
            self.transcript
                .push(format!("= {}: off the rota", self.name_of(*at)));
        }
        for (at, pas) in &responsible {
            if self.responsible.get(at) != Some(pas) {
                let state = self.board.state(*at).unwrap();
                let missing = vec!["open".to_owned(); state.missing()];
                let names: Vec<_> = pas.iter().map(|pa| name(*pa)).chain(missing).collect();
                self.transcript
                    .push(format!("= {}: {}", self.name_of(*at), names.join(" ")));
            }
        }
        self.responsible = responsible;
        let problems = tell::problems(self);
        if problems != self.problems {
            let none = problems.is_empty().then(|| "! nothing is wrong".to_owned());
            self.transcript.extend(problems.iter().cloned().chain(none));
        }
        self.problems = problems;
    }

    /// All that was said fits into documents and comes out of them unchanged.
    fn documents(&self) {
        for (id, records) in &self.rotas {
            let mut document = Document::new(*id);
            for record in records {
                document.write(crate::support::author(1), record).unwrap();
            }
            let mut expected = records.clone();
            expected.sort_by_key(|r| r.id);
            assert_eq!(document.records::<RotaRecord>(), (expected, vec![]));
        }
    }
}

/// As the relay's scribe does: later in the order of ids than all that the document has.
pub fn after(last: Option<RecordId>, id: RecordId) -> RecordId {
    match last {
        Some(last) if last >= id => {
            let next = u128::from_be_bytes(last.to_bytes()) + 1;
            RecordId::from_bytes(next.to_be_bytes())
        }
        _ => id,
    }
}

/// Plays a scene and compares what comes of it with what stands in it.
#[track_caller]
pub fn check(scene: &str) {
    let mut stage = Stage::new();
    for line in plain(scene).lines() {
        if !line.starts_with(['→', '=', '!']) {
            stage.line(line);
        }
    }
    let actual = stage.transcript.join("\n");
    assert!(
        actual == plain(scene),
        "it went otherwise:\n<<<\n{actual}\n>>>"
    );
    stage.documents();
}
