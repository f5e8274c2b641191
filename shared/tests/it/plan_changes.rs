//! Changing what is planned: drafts, "this" and "this and the following", other months, cover.

use crate::{
    plan::{day, dice, hours, now, series, weekly, work},
    support::{ANN, BEN, OTHER, PERSON, author, member, november, show, t},
};
use kith_shared::{
    documents::{
        Document, DocumentId, Record, availability::AvailabilityRecord, rota::RotaRecord,
        team::TeamRecord,
    },
    domain::{
        availability::Leave,
        cover::{Block, Board, Cover, Fit, Plan, ShiftRef},
        plan::{
            As, Change, Days, Hours, Scope, Work, about, cancel_all, change, drafts, fits,
            is_taken, plan, publish, shifts,
        },
        shift::{Shift, ShiftKind},
        team::{Hat, Member, Role},
    },
    ids::{MemberId, PersonId, RecordId},
    intent::{Intent, Stamp},
    time::Span,
};
use std::collections::BTreeMap;

/// The rota of a team, as its documents tell it.
#[derive(Default)]
struct Rota {
    documents: BTreeMap<DocumentId, Document>,
    records: u128,
}

impl Rota {
    /// Ann wears the hat; Ben is a PA.
    fn new() -> Self {
        let mut rota = Self::default();
        for member in [ann(), member(BEN, Role::Pa)] {
            rota.write(DocumentId::Team, ANN, TeamRecord::Member { member });
        }
        rota
    }
    fn next(&mut self) -> RecordId {
        self.records += 1;
        RecordId::new(now(), self.records)
    }
    fn write(&mut self, id: DocumentId, by: MemberId, body: impl serde::Serialize) -> RecordId {
        let record = Record {
            id: self.next(),
            by,
            at: now(),
            skew: Span::default(),
            body,
        };
        let document = self
            .documents
            .entry(id)
            .or_insert_with(|| Document::new(id));
        document.write(author(1), &record).unwrap();
        record.id
    }
    /// Ann does this: by the rules, as a phone writes it.
    fn act(&mut self, intents: Vec<Intent>) {
        for intent in intents {
            let record = self.next();
            let id = intent.document();
            let document = self
                .documents
                .entry(id)
                .or_insert_with(|| Document::new(id));
            let time = Stamp::plain(now());
            intent
                .write(document, author(1), &ann(), record, time)
                .unwrap();
        }
    }
    fn board(&self) -> Board {
        let mut board = Board::default();
        for document in self.documents.values() {
            board.read(document);
        }
        board
    }
    /// What is on the rota: `2026-11-24 08:00-13:00 Ann`.
    fn on(&self) -> Vec<String> {
        let board = self.board();
        let mut on: Vec<_> = board.on().map(|(_, s)| &s.shift).collect();
        on.sort_by_key(|s| (s.start, s.person));
        on.iter().map(|s| draw(s)).collect()
    }
}

fn draw(shift: &Shift) -> String {
    let pas: Vec<_> = shift
        .pas
        .iter()
        .map(|pa| crate::support::name_of(*pa))
        .collect();
    let until = show(shift.end);
    format!("{}-{} {}", show(shift.start), &until[11..], pas.join("+"))
        .trim_end()
        .to_owned()
}

fn ann() -> Member {
    Member {
        hats: [(Hat::RotaHolder, t("2027-06-01 09:00"))].into(),
        ..member(ANN, Role::Pa)
    }
}

fn everyone(_: PersonId) -> bool {
    true
}

fn at(board: &Board, start: &str) -> ShiftRef {
    let found = board
        .states()
        .find(|(_, s)| s.shift.start == t(start) && !matches!(s.plan, Plan::Cancelled { .. }));
    found.expect("a shift then").0
}

fn as_it_is(hours: Hours) -> Change {
    Change {
        days: 0,
        hours,
        pas: None,
        needs: 1,
        shadows: Vec::new(),
        kind: ShiftKind::Day,
    }
}

#[test]
fn a_draft_is_changed_published_or_dropped() {
    let mut rota = Rota::new();
    let mornings = work(hours((8, 0), (13, 0)), &[ANN]);
    let mornings = series(&mornings, weekly(&[0], "2026-11-23", "2026-12-07"));
    rota.act(plan(mornings, As::Draft));
    assert!(rota.on().is_empty());
    let board = rota.board();
    assert_eq!(drafts(&board).len(), 3);

    let this = at(&board, "2026-11-23 08:00");
    let (chosen, _) = about(&board, this, Scope::This, &everyone, now());
    let later = as_it_is(hours((9, 0), (13, 0)));
    rota.act(change(&chosen, &later, As::Draft, "", now(), &mut dice()));
    let board = rota.board();
    assert_eq!(
        drafts(&board).len(),
        3,
        "the changed draft replaces the first"
    );
    assert_eq!(draw(drafts(&board)[0].2), "2026-11-23 09:00-13:00 Ann");

    let last = at(&board, "2026-12-07 08:00");
    let (chosen, _) = about(&board, last, Scope::This, &everyone, now());
    rota.act(cancel_all(&chosen, ""));
    let board = rota.board();
    let publications = drafts(&board)
        .iter()
        .filter_map(|(_, state, _)| publish(state))
        .collect();
    rota.act(publications);
    assert_eq!(
        rota.on(),
        ["2026-11-23 09:00-13:00 Ann", "2026-11-30 08:00-13:00 Ann"]
    );
    assert!(drafts(&rota.board()).is_empty());
}

#[test]
fn other_times_leave_the_people_as_they_are() {
    let mut rota = Rota::new();
    let mornings = work(hours((8, 0), (13, 0)), &[ANN]);
    rota.act(plan(
        series(&mornings, weekly(&[0, 2], "2026-11-23", "2026-11-26")),
        As::Published,
    ));
    let board = rota.board();
    let monday = at(&board, "2026-11-23 08:00");
    let (chosen, left) = about(&board, monday, Scope::Following, &everyone, now());
    assert_eq!((chosen.len(), left), (2, 0));
    let later = as_it_is(hours((22, 0), (7, 0)));
    let intents = change(&chosen, &later, As::Draft, "", now(), &mut dice());
    let only_times = |i: &Intent| {
        matches!(
            i,
            Intent::Rota {
                says: RotaRecord::Published {
                    times_only: true,
                    ..
                },
                ..
            }
        )
    };
    assert!(
        intents.iter().all(only_times),
        "what is on the rota is changed there"
    );
    rota.act(intents);
    assert_eq!(
        rota.on(),
        ["2026-11-23 22:00-07:00 Ann", "2026-11-25 22:00-07:00 Ann"]
    );

    let board = rota.board();
    let monday = at(&board, "2026-11-23 22:00");
    let (chosen, _) = about(&board, monday, Scope::This, &everyone, now());
    let ben = Change {
        pas: Some(vec![BEN]),
        ..later
    };
    let intents = change(&chosen, &ben, As::Published, "", now(), &mut dice());
    assert!(!intents.iter().any(only_times));
    rota.act(intents);
    let board = rota.board();
    // Who is responsible changes with the relay's word; the plan names Ben from now on.
    assert_eq!(board.state(monday).unwrap().planned.1, [BEN]);
}

#[test]
fn a_start_in_another_month_is_a_shift_of_that_month() {
    let mut rota = Rota::new();
    let mornings = work(hours((8, 0), (13, 0)), &[ANN]);
    rota.act(plan(
        series(&mornings, weekly(&[0], "2026-11-23", "2026-12-07")),
        As::Published,
    ));
    let board = rota.board();
    let last = at(&board, "2026-11-30 08:00");
    let (chosen, _) = about(&board, last, Scope::Following, &everyone, now());
    let tuesdays = Change {
        days: 1,
        ..as_it_is(hours((8, 0), (13, 0)))
    };
    rota.act(change(
        &chosen,
        &tuesdays,
        As::Published,
        "school",
        now(),
        &mut dice(),
    ));
    assert_eq!(
        rota.on(),
        [
            "2026-11-23 08:00-13:00 Ann",
            "2026-12-01 08:00-13:00 Ann",
            "2026-12-08 08:00-13:00 Ann"
        ]
    );
    let board = rota.board();
    let (moved, old) = (at(&board, "2026-12-01 08:00"), board.state(last).unwrap());
    assert_ne!(moved.shift, last.shift);
    assert_ne!(moved.month, november());
    assert!(matches!(&old.plan, Plan::Cancelled { reason, .. } if reason == "school"));
    assert_eq!(board.state(moved).unwrap().shift.series, old.shift.series);
}

#[test]
fn cover_that_was_asked_for_is_not_overrun() {
    let mut rota = Rota::new();
    let mornings = work(hours((8, 0), (13, 0)), &[ANN]);
    rota.act(plan(
        series(&mornings, weekly(&[0], "2026-11-02", "2026-11-30")),
        As::Published,
    ));
    let asked = at(&rota.board(), "2026-11-16 08:00");
    let ask = RotaRecord::Ask {
        shift: asked.shift,
        cover: Cover::Anyone,
        until: None,
        reason: String::new(),
    };
    rota.write(asked.rota(), ANN, ask);
    let board = rota.board();
    let second = at(&board, "2026-11-09 08:00");
    let (chosen, left) = about(&board, second, Scope::Following, &everyone, now());
    assert_eq!((chosen.len(), left), (3, 1));
    assert!(chosen.iter().all(|(place, _)| *place != asked));
    // Chosen by itself, it is changed all the same: its planner sees what they do.
    let (chosen, left) = about(&board, asked, Scope::This, &everyone, now());
    assert_eq!((chosen.len(), left), (1, 0));
    // What is over stays what it was, and nobody plans for whom they do not speak.
    let later = t("2026-11-16 09:00");
    assert_eq!(
        about(&board, second, Scope::Following, &everyone, later)
            .0
            .len(),
        2
    );
    assert!(
        about(&board, second, Scope::Following, &|_| false, now())
            .0
            .is_empty()
    );
}

#[test]
fn a_pooled_shift_that_goes_its_own_way_leaves_the_pool() {
    let mut rota = Rota::new();
    let both = Work {
        persons: vec![PERSON, OTHER],
        ..work(hours((14, 0), (16, 0)), &[ANN])
    };
    let pair = shifts(&both, &Days::Once(day("2026-11-23")), now(), &mut dice()).unwrap();
    rota.act(plan(pair, As::Published));
    let board = rota.board();
    let first = at(&board, "2026-11-23 14:00");
    let pools = |may: &dyn Fn(PersonId) -> bool| {
        let (chosen, _) = about(&board, first, Scope::This, may, now());
        let longer = as_it_is(hours((14, 0), (17, 0)));
        let intents = change(&chosen, &longer, As::Published, "", now(), &mut dice());
        let pool = |i: Intent| match i {
            Intent::Rota {
                says: RotaRecord::Published { shift, .. },
                ..
            } => shift.pool.is_some(),
            _ => false,
        };
        intents.into_iter().map(pool).collect::<Vec<_>>()
    };
    assert_eq!(pools(&everyone), [true, true]);
    assert_eq!(pools(&|person| person == first.person), [false]);
}

#[test]
fn a_planner_sees_who_fits() {
    let mut rota = Rota::new();
    let morning = work(hours((8, 0), (13, 0)), &[ANN]);
    rota.act(plan(
        series(&morning, weekly(&[0], "2026-11-23", "2026-11-23")),
        As::Published,
    ));
    let leave = Leave {
        id: RecordId::from_bytes([0; 16]),
        from: day("2026-11-24"),
        to: day("2026-11-25"),
    };
    rota.write(
        DocumentId::availability(BEN),
        BEN,
        AvailabilityRecord::Leave { leave },
    );
    let board = rota.board();
    let held = at(&board, "2026-11-23 08:00");
    let wanted = |from, to, on| {
        let wanted = work(hours(from, to), &[]);
        shifts(&wanted, &Days::Once(day(on)), now(), &mut dice())
            .unwrap()
            .remove(0)
    };
    let fit = |shift: &Shift, instead, pa| fits(&board, shift, instead, &[pa], now())[&pa].clone();
    let overlaps = wanted((12, 0), (15, 0), "2026-11-23");
    assert_eq!(
        fit(&overlaps, None, ANN),
        Fit::Blocked(Block::Overlap { with: held })
    );
    assert!(fit(&overlaps, None, BEN).is_possible());
    assert!(
        fit(&overlaps, Some(held), ANN).is_possible(),
        "instead of what she holds"
    );
    let on_leave = wanted((12, 0), (15, 0), "2026-11-24");
    assert_eq!(fit(&on_leave, None, BEN), Fit::Blocked(Block::OnLeave));
    assert!(is_taken(&board, &on_leave, None, BEN) && !is_taken(&board, &on_leave, None, ANN));
    assert!(is_taken(&board, &overlaps, None, ANN));
    assert!(!is_taken(&board, &overlaps, Some(held), ANN));
    let short_rest = wanted((22, 0), (23, 0), "2026-11-22");
    match fit(&short_rest, None, ANN) {
        Fit::Fits { warnings, .. } => assert!(!warnings.is_empty(), "nine hours of rest"),
        blocked @ Fit::Blocked(_) => panic!("{blocked:?}"),
    }
}
