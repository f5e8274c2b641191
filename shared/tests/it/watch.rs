//! The watch over silence: who is told what when, rung by rung.

use crate::support::{ANN, BEN, PERSON, author, november, plain, show, t, visits_id};
use kith_shared::{
    documents::{
        Document, DocumentId, Record, profile::ProfileRecord, rota::RotaRecord, visits::VisitRecord,
    },
    domain::{
        cover::{Board, Cover, News, Outcome, resolve, watch},
        shift::{Shift, ShiftKind},
        team::{Hat, Member, Role},
    },
    ids::{MemberId, RecordId, ShiftId},
    time::{Moment, Span},
};
use std::collections::BTreeMap;

const SHIFT: ShiftId = ShiftId::from_bytes([5; 16]);
const RELAY: MemberId = MemberId::from_bytes([99; 16]);
/// Holds the rota.
const HAT: MemberId = MemberId::from_bytes([3; 16]);
/// The person themself.
const GWEN: MemberId = MemberId::from_bytes([4; 16]);
/// Whom the person chose to be told.
const MAIR: MemberId = MemberId::from_bytes([6; 16]);
const MANAGER: MemberId = MemberId::from_bytes([7; 16]);
/// A PA who waits in line.
const STANDBY: MemberId = MemberId::from_bytes([8; 16]);

fn name(member: MemberId) -> &'static str {
    match member {
        ANN => "ann",
        BEN => "ben",
        HAT => "hat",
        GWEN => "gwen",
        MAIR => "mair",
        MANAGER => "manager",
        STANDBY => "standby",
        _ => "?",
    }
}

/// A board, and all that was written on it.
struct World {
    board: Board,
    rota: Vec<Record<RotaRecord>>,
    visits: Document,
    seen: BTreeMap<MemberId, Moment>,
    records: u8,
}

impl World {
    /// A day shift from 09:00 to 17:00 on 24 November that these hold.
    fn new(pas: &[MemberId], needs: u8) -> Self {
        let mut world = Self {
            board: Board::default(),
            rota: vec![],
            visits: Document::new(visits_id()),
            seen: BTreeMap::new(),
            records: 10,
        };
        let mut member = |id, role| {
            let member = Member::plain(id, name(id), role);
            world.board.roster.members.insert(id, member);
        };
        for pa in [ANN, BEN, HAT, STANDBY] {
            member(pa, Role::Pa);
        }
        member(GWEN, Role::Person(PERSON));
        member(MAIR, Role::FamilyContact(PERSON));
        member(MANAGER, Role::Manager);
        let hat = world.board.roster.members.get_mut(&HAT).unwrap();
        hat.hats.insert(Hat::RotaHolder, t("2027-01-01 00:00"));
        let mut profile = Document::new(DocumentId::profile(PERSON));
        let contact = Record {
            id: RecordId::from_bytes([1; 16]),
            by: GWEN,
            at: t("2026-11-01 12:00"),
            skew: Span::default(),
            body: ProfileRecord::Contact { member: Some(MAIR) },
        };
        profile.write(author(1), &contact).unwrap();
        world.board.read(&profile);
        world.publish("2026-11-24 09:00", pas, needs, None);
        world
    }

    fn publish(&mut self, start: &str, pas: &[MemberId], needs: u8, replaces: Option<RecordId>) {
        let times = (t(start), t(start) + Span::hours(8));
        let plain = Shift::plain(SHIFT, PERSON, times, pas.to_vec(), ShiftKind::Day);
        let shift = Shift {
            needs,
            replaces,
            ..plain
        };
        let times_only = replaces.is_some();
        self.say(
            HAT,
            t("2026-11-20 12:00"),
            RotaRecord::Published { shift, times_only },
        );
    }

    fn say(&mut self, by: MemberId, at: Moment, body: RotaRecord) -> RecordId {
        self.records += 1;
        let id = RecordId::from_bytes([self.records; 16]);
        self.rota.push(Record {
            id,
            by,
            at,
            skew: Span::default(),
            body,
        });
        self.board.set_rota(PERSON, november(), resolve(&self.rota));
        id
    }

    fn clock_in(&mut self, pa: MemberId, at: &str) {
        self.records += 1;
        let record = Record {
            id: RecordId::from_bytes([self.records; 16]),
            by: pa,
            at: t(at),
            skew: Span::default(),
            body: VisitRecord::ClockIn {
                shift: Some(SHIFT),
                place: None,
            },
        };
        self.visits.write(author(self.records), &record).unwrap();
        self.board.read(&self.visits);
    }

    /// All that is told from `from` to `to`, looked at every minute, one line each.
    fn told(&mut self, from: &str, to: &str) -> String {
        let (mut at, end, mut lines) = (t(from), t(to), vec![]);
        while at <= end {
            for _ in 0..20 {
                let seen = self.seen.clone();
                let Some(decision) = watch(&self.board, &|pa| seen.get(&pa).copied(), at) else {
                    break;
                };
                for (document, body) in decision.0 {
                    assert_eq!(document, DocumentId::rota(PERSON, november()));
                    lines.push(line(at, &body));
                    self.say(RELAY, at, body);
                }
            }
            let seen = |pa: MemberId| self.seen.get(&pa).copied();
            assert_eq!(watch(&self.board, &seen, at), None, "it comes to an end");
            at = at + Span::minutes(1);
        }
        lines.join("\n")
    }
}

fn line(at: Moment, body: &RotaRecord) -> String {
    let RotaRecord::Told { news, to, of, .. } = body else {
        panic!("{body:?}");
    };
    let news = match news {
        News::NotHeard { last: None } => "not heard".to_owned(),
        News::NotHeard { last: Some(last) } => format!("not heard since {}", show(*last)),
        other => format!("{other:?}").to_lowercase(),
    };
    let mut to: Vec<_> = to.iter().copied().map(name).collect();
    to.sort_unstable();
    let of = of.map_or(String::new(), |of| format!(" of {}", name(of)));
    format!("{} {news}{of}: {}", &show(at)[8..], to.join(" "))
}

fn standby(world: &mut World) {
    let before = t("2026-11-23 12:00");
    let ask = RotaRecord::Ask {
        shift: SHIFT,
        cover: Cover::Anyone,
        until: None,
        reason: String::new(),
    };
    let answers = Some(world.say(ANN, before, ask));
    let claim = RotaRecord::Claim {
        shift: SHIFT,
        answers,
        reason: String::new(),
    };
    let to = world.say(STANDBY, before, claim);
    let outcome = Outcome::Standby;
    let shift = SHIFT;
    world.say(RELAY, before, RotaRecord::Answer { shift, to, outcome });
}

#[test]
fn a_phone_in_touch_and_nobody_clocked_in() {
    let mut world = World::new(&[ANN], 1);
    standby(&mut world);
    world.seen.insert(ANN, t("2026-11-24 09:00"));
    // The standby is a PA who could as well, and is told once.
    assert_eq!(
        world.told("2026-11-24 08:00", "2026-11-25 18:00"),
        plain(
            "24 09:15 notstarted of ann: ann
             24 09:20 notstarted of ann: standby
             24 09:25 notstarted of ann: ben gwen hat
             24 09:40 notstarted of ann: mair
             24 10:00 notstarted of ann: manager"
        )
    );
}

#[test]
fn a_phone_without_signal_is_given_more_time() {
    let mut world = World::new(&[ANN], 1);
    standby(&mut world);
    world.seen.insert(ANN, t("2026-11-24 08:59"));
    assert_eq!(
        world.told("2026-11-24 08:00", "2026-11-25 18:00"),
        plain(
            "24 09:15 not heard since 2026-11-24 08:59 of ann: ann
             24 09:30 not heard since 2026-11-24 08:59 of ann: standby
             24 09:45 not heard since 2026-11-24 08:59 of ann: ben gwen hat
             24 10:15 not heard since 2026-11-24 08:59 of ann: mair
             24 11:00 not heard since 2026-11-24 08:59 of ann: manager"
        )
    );
}

#[test]
fn what_turns_out_worse_is_told_again_and_what_is_forgotten_is_not() {
    let mut world = World::new(&[ANN], 1);
    assert_eq!(
        world.told("2026-11-24 09:00", "2026-11-24 09:46"),
        plain(
            "24 09:15 not heard of ann: ann
             24 09:45 not heard of ann: ben gwen hat standby"
        )
    );
    // The phone comes back into signal, and has no clock-in.
    world.seen.insert(ANN, t("2026-11-24 09:47"));
    assert_eq!(
        world.told("2026-11-24 09:47", "2026-11-24 09:50"),
        "24 09:47 notstarted of ann: ann ben gwen hat mair standby"
    );
    // A relay that was started again has forgotten when it saw whom.
    world.seen.clear();
    assert_eq!(
        world.told("2026-11-24 09:51", "2026-11-24 18:00"),
        "24 11:00 not heard of ann: manager"
    );
}

#[test]
fn who_was_worried_is_told_that_they_came() {
    let mut world = World::new(&[ANN], 1);
    world.seen.insert(ANN, t("2026-11-24 09:05"));
    world.told("2026-11-24 09:00", "2026-11-24 09:26");
    world.clock_in(ANN, "2026-11-24 09:10");
    assert_eq!(
        world.told("2026-11-24 09:27", "2026-11-25 18:00"),
        "24 09:27 started of ann: ann ben gwen hat standby"
    );
    // Long after, too: they were worried.
    let mut world = World::new(&[ANN], 1);
    world.told("2026-11-24 09:00", "2026-11-24 12:00");
    world.clock_in(ANN, "2026-11-24 08:58");
    assert_eq!(
        world.told("2026-11-28 09:27", "2026-11-28 09:30"),
        "28 09:27 started of ann: ann ben gwen hat mair manager standby"
    );
}

#[test]
fn late_is_kept_for_the_holder_and_who_plans() {
    for (clocked, told) in [
        ("2026-11-24 09:15", ""),
        ("2026-11-24 09:16", "24 09:16 late of ann: ann gwen hat"),
    ] {
        let mut world = World::new(&[ANN], 1);
        world.clock_in(ANN, clocked);
        assert_eq!(world.told(clocked, "2026-11-25 18:00"), told);
        // Nobody is told what is days old.
        let mut world = World::new(&[ANN], 1);
        world.clock_in(ANN, clocked);
        assert_eq!(world.told("2026-11-25 17:00", "2026-11-25 18:00"), "");
    }
}

#[test]
fn each_holder_of_a_double_up_is_watched() {
    let mut world = World::new(&[ANN, BEN], 2);
    world.clock_in(BEN, "2026-11-24 09:01");
    world.seen.insert(ANN, t("2026-11-24 09:05"));
    assert_eq!(
        world.told("2026-11-24 09:00", "2026-11-24 09:30"),
        plain(
            "24 09:15 notstarted of ann: ann
             24 09:25 notstarted of ann: gwen hat standby"
        )
    );
}

#[test]
fn a_new_holder_has_their_own_time() {
    let mut world = World::new(&[ANN], 1);
    world.told("2026-11-24 09:00", "2026-11-24 09:46");
    let plan = world.rota[0].id;
    let holder = kith_shared::documents::rota::Holder {
        pa: BEN,
        since: None,
    };
    let handed = RotaRecord::Word {
        shift: SHIFT,
        plan,
        holders: vec![holder],
        why: kith_shared::domain::cover::Why::Plan,
    };
    world.say(RELAY, t("2026-11-24 09:50"), handed);
    world.seen.insert(BEN, t("2026-11-24 09:55"));
    assert_eq!(
        world.told("2026-11-24 09:50", "2026-11-24 10:16"),
        plain(
            "24 10:05 notstarted of ben: ben
             24 10:15 notstarted of ben: ann gwen hat standby"
        )
    );
}

#[test]
fn a_shift_that_was_moved_is_watched_anew() {
    let mut world = World::new(&[ANN], 1);
    world.told("2026-11-24 09:00", "2026-11-24 09:20");
    let first = world.rota[0].id;
    world.publish("2026-11-24 12:00", &[ANN], 1, Some(first));
    assert_eq!(
        world.told("2026-11-24 09:21", "2026-11-24 12:20"),
        "24 12:15 not heard of ann: ann"
    );
}

#[test]
fn after_a_long_silence_of_the_relay_itself_all_is_told_at_once_or_not_at_all() {
    let mut world = World::new(&[ANN], 1);
    assert_eq!(
        world.told("2026-11-24 16:59", "2026-11-24 17:30"),
        "24 16:59 not heard of ann: ann ben gwen hat mair manager standby"
    );
    let mut world = World::new(&[ANN], 1);
    assert_eq!(world.told("2026-11-24 17:01", "2026-11-24 17:30"), "");
}

#[test]
fn an_open_shift_that_comes_nearer() {
    let mut world = World::new(&[], 1);
    assert_eq!(
        world.told("2026-11-23 08:00", "2026-11-25 09:00"),
        plain(
            "23 09:00 unfilled: gwen hat
             24 05:00 unfilled: mair
             24 09:00 unfilled: manager"
        )
    );
    // Filled, and open again: that is new.
    let hold = |pas: &[MemberId]| RotaRecord::Word {
        shift: SHIFT,
        plan: RecordId::from_bytes([11; 16]),
        holders: pas
            .iter()
            .map(|pa| kith_shared::documents::rota::Holder {
                pa: *pa,
                since: None,
            })
            .collect(),
        why: kith_shared::domain::cover::Why::Plan,
    };
    let mut world = World::new(&[], 1);
    world.told("2026-11-23 08:00", "2026-11-23 10:00");
    world.say(RELAY, t("2026-11-23 10:00"), hold(&[BEN]));
    assert_eq!(world.told("2026-11-23 10:01", "2026-11-24 09:00"), "");
    world.say(RELAY, t("2026-11-24 09:01"), hold(&[]));
    assert_eq!(
        world.told("2026-11-24 09:02", "2026-11-24 17:30"),
        "24 09:02 unfilled: gwen hat mair manager"
    );
}

#[test]
fn who_was_just_asked_to_take_it_is_not_told_twice() {
    let mut world = World::new(&[], 1);
    let told = RotaRecord::Told {
        shift: SHIFT,
        news: News::Open,
        to: vec![ANN, BEN, GWEN, HAT],
        about: Some(world.rota[0].id),
        of: None,
    };
    world.say(RELAY, t("2026-11-23 22:00"), told);
    assert_eq!(
        world.told("2026-11-23 22:00", "2026-11-24 12:00"),
        plain(
            "24 05:00 unfilled: mair
             24 09:00 unfilled: manager"
        )
    );
}

#[test]
fn nobody_chosen_means_who_speaks_for_the_person() {
    let mut world = World::new(&[ANN], 1);
    world.board.profiles.clear();
    world.board.roster.members.remove(&GWEN);
    let suitable = MemberId::from_bytes([12; 16]);
    let role = Role::AuthorisedPerson(PERSON);
    let member = Member::plain(suitable, "x", role);
    world.board.roster.members.insert(suitable, member);
    let told = world.told("2026-11-24 09:00", "2026-11-24 10:20");
    let lines: Vec<_> = told.lines().collect();
    assert_eq!(lines.len(), 2, "they are told with the team: {told}");
    assert!(lines[1].contains('?'), "{told}");
}
