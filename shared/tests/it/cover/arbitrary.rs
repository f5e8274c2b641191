//! Any records whatever: of shape, and little sense. They speak of few shifts and few people, and
//! refer to each other by few ids, so that they meet.

use super::cast::{at, member, person};
use kith_shared::{
    documents::{
        Document, DocumentId, Record,
        rota::{Holder, RotaRecord},
        visits::VisitRecord,
    },
    domain::{
        availability::{Availability, Leave},
        cover::{Block, Board, Cover, News, Outcome, ShiftRef, Why},
        profile::{Choice, Profile},
        shift::{Shift, ShiftKind},
        team::{Member, Role},
    },
    ids::{MemberId, PersonId, PoolId, RecordId, ShiftId},
    time::{Moment, Span},
};
use proptest::{collection::vec, option, prelude::*, sample::select};

/// As many records as there may be, and some ids that no record has.
const IDS: u8 = 50;
pub const RECORDS: usize = 40;

pub fn id(n: u8) -> RecordId {
    RecordId::from_bytes([n; 16])
}

fn ids() -> impl Strategy<Value = RecordId> {
    (0..IDS).prop_map(id)
}

fn pas() -> impl Strategy<Value = MemberId> {
    let mut known: Vec<_> = ["ann", "ben", "cat", "dee"].map(member).into();
    // One who speaks for a person, and one of whom nobody knows.
    known.extend([member("mia"), MemberId::from_bytes([77; 16])]);
    select(known)
}

fn persons() -> impl Strategy<Value = PersonId> {
    select(vec![
        person("mia"),
        person("mia"),
        person("noa"),
        person("otto"),
    ])
}

fn shifts() -> impl Strategy<Value = ShiftId> {
    (1_u8..3).prop_map(|n| ShiftId::from_bytes([n; 16]))
}

/// A moment of the week.
pub fn moments() -> impl Strategy<Value = Moment> {
    (0_i64..96).prop_map(|hours| at("mon", "07:00") + Span::hours(hours))
}

fn places() -> impl Strategy<Value = ShiftRef> {
    (persons(), shifts()).prop_map(|(person, shift)| ShiftRef {
        person,
        month: at("mon", "07:00").month(),
        shift,
    })
}

fn shift() -> impl Strategy<Value = Shift> {
    let when = (moments(), 1_i64..14);
    let who = (vec(pas(), 0..3), 0_u8..3, persons());
    let rest = (
        option::of(ids()),
        option::weighted(0.1, Just(PoolId::from_bytes([1; 16]))),
    );
    (shifts(), when, who, rest).prop_map(|(shift, (start, hours), (pas, needs, person), rest)| {
        let stretch = (start, start + Span::hours(hours));
        Shift {
            needs,
            replaces: rest.0,
            pool: rest.1,
            ..Shift::plain(shift, person, stretch, pas, ShiftKind::Day)
        }
    })
}

fn covers() -> impl Strategy<Value = Cover> {
    prop_oneof![
        Just(Cover::Anyone),
        vec(pas(), 0..3).prop_map(|pas| Cover::These { pas }),
        (places(), pas()).prop_map(|(with, pa)| Cover::Swap { with, pa }),
    ]
}

fn whys() -> impl Strategy<Value = Why> {
    prop_oneof![
        Just(Why::Plan),
        (ids(), option::of(pas()), any::<bool>()).prop_map(|(claim, from, stepped_in)| {
            Why::Granted {
                claim,
                from,
                stepped_in,
            }
        }),
        (ids(), places()).prop_map(|(claim, with)| Why::Swapped { claim, with }),
        pas().prop_map(|pa| Why::NotWanted { pa }),
        pas().prop_map(|pa| Why::Left { pa }),
    ]
}

fn outcomes() -> impl Strategy<Value = Outcome> {
    let warnings = Vec::new;
    prop_oneof![
        Just(Outcome::Granted {
            warnings: warnings()
        }),
        Just(Outcome::Waits),
        Just(Outcome::Standby),
        Just(Outcome::Lapsed),
        Just(Outcome::NotPossible {
            block: Block::OnLeave
        }),
    ]
}

fn holders() -> impl Strategy<Value = Vec<Holder>> {
    vec(
        (pas(), option::of(ids())).prop_map(|(pa, since)| Holder { pa, since }),
        0..4,
    )
}

/// What members say.
fn said() -> impl Strategy<Value = RotaRecord> {
    let reason = String::new;
    let times_only = any::<bool>();
    prop_oneof![
        4 => (shift(), times_only)
            .prop_map(|(shift, times_only)| RotaRecord::Published { shift, times_only }),
        1 => shift().prop_map(|shift| RotaRecord::Drafted { shift }),
        3 => (shifts(), covers(), option::of(moments())).prop_map(move |(shift, cover, until)| {
            RotaRecord::Ask { shift, cover, until, reason: reason() }
        }),
        2 => (shifts(), ids()).prop_map(move |(shift, holding)| {
            RotaRecord::CannotCome { shift, holding, reason: reason() }
        }),
        2 => (shifts(), pas(), moments())
            .prop_map(|(shift, to, until)| RotaRecord::Offer { shift, to, until }),
        1 => (shifts(), option::of(pas())).prop_map(move |(shift, to)| {
            RotaRecord::Handover { shift, to, reason: reason() }
        }),
        6 => (shifts(), option::of(ids()), any::<bool>()).prop_map(|(shift, answers, why)| {
            let reason = if why { "I am rested" } else { "" }.to_owned();
            RotaRecord::Claim { shift, answers, reason }
        }),
        2 => (shifts(), ids()).prop_map(|(shift, what)| RotaRecord::Withdraw { shift, what }),
        1 => (shifts(), ids()).prop_map(|(shift, what)| RotaRecord::Decline { shift, what }),
        1 => (shifts(), ids()).prop_map(|(shift, what)| RotaRecord::Yes { shift, what }),
        2 => (shifts(), pas()).prop_map(move |(shift, pa)| {
            RotaRecord::Veto { shift, pa, reason: reason() }
        }),
    ]
}

/// What only the relay says, or what pretends to be of it.
fn decided() -> impl Strategy<Value = RotaRecord> {
    prop_oneof![
        3 => (shifts(), ids(), holders(), whys())
            .prop_map(|(shift, plan, holders, why)| RotaRecord::Word { shift, plan, holders, why }),
        3 => (shifts(), ids(), outcomes())
            .prop_map(|(shift, to, outcome)| RotaRecord::Answer { shift, to, outcome }),
        1 => (shifts(), ids(), pas(), moments()).prop_map(|(shift, claim, pa, until)| {
            RotaRecord::YesWanted { shift, claim, pa, until }
        }),
        1 => (shifts(), ids()).prop_map(|(shift, about)| RotaRecord::Told {
            shift,
            news: News::Asked,
            to: vec![],
            about: Some(about),
            of: None,
        }),
        1 => shifts().prop_map(|shift| RotaRecord::Cancelled { shift, reason: String::new() }),
    ]
}

type Said = (DocumentId, Record<RotaRecord>);

/// Records of any rota, each with an id of its own.
pub fn records() -> impl Strategy<Value = Vec<Said>> {
    let body = prop_oneof![5 => said(), 1 => decided()];
    let order = Just((0..IDS).collect::<Vec<_>>()).prop_shuffle();
    let said = vec((persons(), pas(), moments(), body), 0..RECORDS);
    // Most shifts were planned before anything was said of them.
    let plans = vec((shift(), any::<bool>()), 6);
    (plans, said, order, vec(any::<u8>(), RECORDS)).prop_map(|(plans, said, order, picks)| {
        let plans = plans.into_iter().map(|(shift, times_only)| {
            let (person, start) = (shift.person, shift.start);
            let body = RotaRecord::Published { shift, times_only };
            (person, member("mia"), start, body)
        });
        let said = plans.chain(said);
        let month = at("mon", "07:00").month();
        let record = |((person, by, at, body), n): ((PersonId, _, _, _), u8)| {
            let skew = Span::default();
            let record = Record {
                id: id(n),
                by,
                at,
                skew,
                body,
            };
            (DocumentId::rota(person, month), record)
        };
        let mut records: Vec<_> = said.zip(order).map(record).collect();
        for (n, pick) in picks.into_iter().enumerate().take(records.len()) {
            // One in four makes no sense.
            if pick % 4 > 0 {
                make_sense(&mut records, n, pick.into());
            }
        }
        records
    })
}

/// Has a record speak of what is there, and of whom it may.
fn make_sense(records: &mut [Said], n: usize, pick: usize) {
    let (rota, shift) = (records[n].0, records[n].1.body.shift());
    let here = records
        .iter()
        .filter(|(of, r)| *of == rota && r.body.shift() == shift);
    let here: Vec<_> = here.map(|(_, record)| record.clone()).collect();
    let one_of = |fits: fn(&RotaRecord) -> bool| {
        let fit: Vec<_> = here.iter().filter(|r| fits(&r.body)).collect();
        fit.get(pick / 4 % fit.len().max(1)).copied()
    };
    let plan = one_of(|r| matches!(r, RotaRecord::Published { .. }));
    let planned = plan.and_then(|plan| match &plan.body {
        RotaRecord::Published { shift, .. } => shift.pas.first(),
        _ => None,
    });
    let ask = one_of(|r| {
        matches!(
            r,
            RotaRecord::Ask { .. } | RotaRecord::Offer { .. } | RotaRecord::Handover { .. }
        )
    });
    let claim = one_of(|r| matches!(r, RotaRecord::Claim { .. }));
    let record = &mut records[n].1;
    match &mut record.body {
        RotaRecord::Published { shift, .. } => {
            let earlier = plan.filter(|plan| plan.id < record.id);
            shift.replaces = earlier.map(|plan| plan.id);
        }
        RotaRecord::Ask { .. } | RotaRecord::Offer { .. } | RotaRecord::Handover { .. } => {
            record.by = planned.copied().unwrap_or(record.by);
        }
        RotaRecord::CannotCome { holding, .. } => {
            record.by = planned.copied().unwrap_or(record.by);
            *holding = plan.map_or(*holding, |plan| plan.id);
        }
        RotaRecord::Claim { answers, .. } => *answers = ask.map(|ask| ask.id),
        RotaRecord::Decline { what, .. } => *what = ask.map_or(*what, |ask| ask.id),
        RotaRecord::Withdraw { what, .. } => {
            let said = if pick.is_multiple_of(2) { ask } else { claim };
            (record.by, *what) = said.map_or((record.by, *what), |said| (said.by, said.id));
        }
        RotaRecord::Answer { to, .. } => *to = claim.map_or(*to, |claim| claim.id),
        RotaRecord::Word { plan: of, .. } => *of = plan.map_or(*of, |plan| plan.id),
        _ => {}
    }
}

/// Who clocked in to which shift, in documents.
pub fn came() -> impl Strategy<Value = Vec<Document>> {
    let visits = vec((persons(), pas(), shifts(), moments()), 0..4);
    visits.prop_map(|visits| {
        let month = at("mon", "07:00").month();
        let document = |(n, (person, by, shift, at)): (u8, (PersonId, _, ShiftId, _))| {
            let mut document = Document::new(DocumentId::visits(person, month));
            let record = Record {
                id: id(n),
                by,
                at,
                skew: Span::default(),
                body: VisitRecord::ClockIn {
                    shift: Some(shift),
                    place: None,
                },
            };
            document.write(crate::support::author(n), &record).unwrap();
            document
        };
        (0..).zip(visits).map(document).collect()
    })
}

/// A team, what its persons want, and who is away.
pub fn team() -> impl Strategy<Value = Board> {
    let choice = || select(vec![Choice::Automatic, Choice::AskMe, Choice::Never]);
    let choices = vec((persons(), option::of(pas()), choice()), 0..6);
    let leave = vec((pas(), 0_i32..7, 0_i32..2), 0..2);
    let travel = option::of(0_u16..90);
    (choices, leave, travel).prop_map(|(choices, leave, travel)| {
        let mut board = super::stage::Stage::new().board;
        for (person, pa, choice) in choices {
            let profile: &mut Profile = board.profiles.entry(person).or_default();
            match pa {
                Some(pa) => drop(profile.choices.insert(pa, choice)),
                None => profile.others = Some(choice),
            }
        }
        for (pa, from, days) in leave {
            let from = at("mon", "07:00").day().plus(from);
            let leave = Leave {
                id: id(1),
                from,
                to: from.plus(days),
            };
            let availability: &mut Availability = board.availability.entry(pa).or_default();
            availability.leave.push(leave);
        }
        if let Some(minutes) = travel {
            board
                .roster
                .travel
                .insert((person("mia"), person("noa")), minutes);
        }
        let sam = MemberId::from_bytes([20; 16]);
        let sam = Member::plain(sam, "Sam", Role::AuthorisedPerson(person("noa")));
        board.roster.members.insert(sam.id, sam);
        board
    })
}
