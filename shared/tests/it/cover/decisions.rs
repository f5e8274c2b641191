//! Whatever the records, the relay decides all that is to be decided, and then no more.

use super::{
    arbitrary::{came, records, team},
    cast::{at, member},
    sound::sound,
    stage::{RELAY, after},
};
use kith_shared::{
    documents::{DocumentId, Record, rota::RotaRecord},
    domain::{
        cover::{
            Board, ClaimState, Decision, News, Outcome, ShiftRef, Why, clash, may_step_in, resolve,
            settle, settle_these, watch,
        },
        team::Role,
    },
    ids::{MemberId, RecordId},
    time::{Moment, Span},
};
use proptest::prelude::*;
use std::collections::BTreeMap;

type Rotas = BTreeMap<DocumentId, Vec<Record<RotaRecord>>>;

fn set(board: &mut Board, rota: DocumentId, records: &[Record<RotaRecord>]) {
    board.set_rota(
        rota.person().unwrap(),
        rota.month().unwrap(),
        resolve(records),
    );
}

/// The board, its documents read in one order or the other.
fn board(team: &Board, rotas: &Rotas, forwards: bool) -> Board {
    let mut board = team.clone();
    let mut rotas: Vec<_> = rotas.iter().collect();
    if !forwards {
        rotas.reverse();
    }
    for (rota, records) in rotas {
        set(&mut board, *rota, records);
    }
    board
}

/// Who becomes responsible by this word, and what they give away.
fn granted(board: &Board, word: &RotaRecord, at: ShiftRef) -> Option<(MemberId, Option<ShiftRef>)> {
    let RotaRecord::Word { holders, why, .. } = word else {
        return None;
    };
    let before = board.state(at)?;
    let new = holders.iter().find(|h| before.tenure(h.pa).is_none())?;
    match why {
        Why::Granted { .. } => Some((new.pa, None)),
        Why::Swapped { with, .. } => Some((new.pa, Some(*with))),
        _ => None,
    }
}

/// Nothing stands against this PA: looked up once more, and not with the words of `judge`.
fn may_come(board: &Board, at: ShiftRef, pa: MemberId, instead: Option<ShiftRef>, now: Moment) {
    let state = board.state(at).unwrap();
    let shift = &state.shift;
    assert!(now < shift.end, "it is over");
    assert_eq!(board.roster.members[&pa].role, Role::Pa, "who is no PA");
    assert!(!state.vetoed.contains_key(&pa), "vetoed");
    let profile = board.profiles.get(&at.person);
    assert!(!profile.is_some_and(|p| p.bars(pa)), "not wanted");
    for leave in board.availability.get(&pa).iter().flat_map(|a| &a.leave) {
        let away = leave.from <= shift.end.day() && shift.start.day() <= leave.to;
        assert!(!away, "on leave");
    }
    for (with, other) in board.on().filter(|(_, other)| other.tenure(pa).is_some()) {
        let gives = with == at || Some(with) == instead;
        assert!(gives || !clash(board, shift, &other.shift), "in two places");
    }
}

/// Writes it; one board reads its documents again, and the other only hears the record.
fn write(
    rotas: &mut Rotas,
    (read, hears): (&mut Board, &mut Board),
    decision: Decision,
    now: Moment,
) {
    for (rota, body) in decision.0 {
        let records = rotas.entry(rota).or_default();
        let last = records.iter().map(|r| r.id).max();
        let id = after(last, RecordId::new(now, 0));
        let skew = Span::default();
        let record = Record {
            id,
            by: RELAY,
            at: now,
            skew,
            body,
        };
        hears.add(rota, &record);
        records.push(record);
        set(read, rota, records);
    }
}

/// Settles all, however long that takes, and looks at each decision.
fn settle_all(rotas: &mut Rotas, team: &Board, now: Moment) -> Board {
    let (mut one, mut other) = (board(team, rotas, true), board(team, rotas, false));
    let most = 30 + 12 * rotas.values().map(Vec::len).sum::<usize>();
    for decisions in 0.. {
        assert!(decisions < most, "decides without end");
        let order = |_, id: RecordId| id.to_bytes()[0].into();
        let decision = settle(&one, &order, now);
        assert_eq!(
            decision,
            settle(&other, &order, now),
            "what was read first decides"
        );
        let all = one.states().map(|(at, _)| at).collect();
        assert_eq!(
            decision,
            settle_these(&one, &all, &order, now),
            "a shift at which nobody looked was not settled"
        );
        let Some(decision) = decision else { break };
        for (rota, word) in &decision.0 {
            let at = ShiftRef {
                person: rota.person().unwrap(),
                month: rota.month().unwrap(),
                shift: word.shift(),
            };
            if let Some((pa, instead)) = granted(&one, word, at) {
                may_come(&one, at, pa, instead, now);
            }
        }
        write(rotas, (&mut one, &mut other), decision, now);
    }
    one
}

fn rotas(records: Vec<(DocumentId, Record<RotaRecord>)>) -> Rotas {
    let mut rotas = Rotas::new();
    for (rota, mut record) in records {
        // A shift is in the rota of its person, as policy sees to.
        if let RotaRecord::Published { shift, .. } = &mut record.body {
            shift.person = rota.person().unwrap();
        }
        rotas.entry(rota).or_default().push(record);
    }
    rotas
}

/// Tells of silence all that is to be told, and settles what follows.
fn tell_all(rotas: &mut Rotas, team: &Board, now: Moment) -> Board {
    let mut board = settle_all(rotas, team, now);
    for told in 0.. {
        assert!(told < 200, "tells without end");
        let Some(decision) = watch(&board, &|_| Some(now), now) else {
            break;
        };
        write(rotas, (&mut board, &mut Board::default()), decision, now);
    }
    settle_all(rotas, team, now)
}

/// Whether a claim of this PA, which answers what was told, is granted.
fn steps_in(board: &Board, at: ShiftRef, pa: MemberId, now: Moment) -> Option<bool> {
    let state = board.state(at).unwrap();
    let silence = |news| matches!(news, News::NotStarted | News::NotHeard { .. });
    let notice = state.told.iter().rfind(|n| silence(n.news))?.id;
    let claim = Record {
        id: after(state.story.last().map(|r| r.id), RecordId::new(now, 0)),
        by: pa,
        at: now,
        skew: Span::default(),
        body: RotaRecord::Claim {
            shift: at.shift,
            answers: Some(notice),
            reason: String::new(),
        },
    };
    let mut board = board.clone();
    board.add(at.rota(), &claim);
    let decision = settle(&board, &|_, _| 0, now)?;
    let mut last = claim.id;
    for (rota, body) in decision.0 {
        let (id, by) = (after(Some(last), claim.id), RELAY);
        last = id;
        let said = Record {
            id,
            by,
            body,
            ..claim.clone()
        };
        board.add(rota, &said);
    }
    let state = &board.state(at)?.claim(claim.id)?.state;
    let granted = |o: &Outcome| matches!(o, Outcome::Granted { .. });
    Some(matches!(state, ClaimState::Answered(o) if granted(o)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    /// The phone says who may step in, and the relay lets them: nobody else.
    #[test]
    fn who_may_step_in_does(
        records in records(),
        mut team in team(),
        came in came(),
        now in 0_i64..96,
    ) {
        let now = at("mon", "07:00") + Span::hours(now);
        for visits in &came {
            team.read(visits);
        }
        let board = tell_all(&mut rotas(records), &team, now);
        for (at, state) in board.states() {
            for pa in ["ann", "ben", "cat", "dee"].map(member) {
                let Some(granted) = steps_in(&board, at, pa, now) else {
                    continue;
                };
                let may = may_step_in(&board, at, pa, now).is_some();
                prop_assert!(granted || !may, "it was foreseen and refused: {at:?} {pa}");
                let open = state.missing() > 0;
                prop_assert!(may || open || !granted, "it was not foreseen: {at:?} {pa}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_is_decided_and_holds(
        records in records(),
        team in team(),
        now in 0_i64..30,
        later in 0_i64..40,
    ) {
        let now = at("mon", "07:00") + Span::hours(now);
        let mut rotas = rotas(records);
        for now in [now, now + Span::hours(later), now + Span::hours(2 * later)] {
            sound(&settle_all(&mut rotas, &team, now), now);
        }
    }
}
