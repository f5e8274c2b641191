//! Six weeks in the life of the demo team.

use super::DemoPhone;
use anyhow::{Context, Result};
use kith_shared::{
    domain::{
        note::{Activity, Audience, Eaten, Meal, Mood, NoteText, Progress},
        shift::{Shift, ShiftKind},
    },
    ids::{MemberId, PersonId, ShiftId, VisitId},
    intent::Intent,
    time::{Day, Moment, Span},
};

/// A line of a person's week: on these days (0 is Monday), from and to (hour, minute), the kind.
struct Weekly {
    days: &'static [u8],
    from: (i8, i8),
    to: (i8, i8),
    work: ShiftKind,
    pas: usize,
}

const EVERY_DAY: &[u8] = &[0, 1, 2, 3, 4, 5, 6];

const WEEKS: [&[Weekly]; 2] = [
    &[
        Weekly {
            days: EVERY_DAY,
            from: (7, 30),
            to: (13, 0),
            work: ShiftKind::Day,
            pas: 1,
        },
        Weekly {
            days: &[0, 1, 3, 5],
            from: (18, 0),
            to: (22, 0),
            work: ShiftKind::Day,
            pas: 1,
        },
        Weekly {
            days: &[2],
            from: (21, 0),
            to: (7, 0),
            work: ShiftKind::WakingNight,
            pas: 1,
        },
        Weekly {
            days: &[4],
            from: (22, 0),
            to: (7, 0),
            work: ShiftKind::SleepIn,
            pas: 1,
        },
    ],
    &[
        Weekly {
            days: &[0, 1, 2, 3, 4],
            from: (9, 0),
            to: (14, 0),
            work: ShiftKind::Day,
            pas: 1,
        },
        Weekly {
            days: &[1, 4],
            from: (15, 0),
            to: (16, 30),
            work: ShiftKind::Day,
            pas: 2,
        },
        Weekly {
            days: &[5, 6],
            from: (10, 0),
            to: (16, 0),
            work: ShiftKind::Day,
            pas: 1,
        },
    ],
];

/// The same few faces: among which PAs a person's shifts go round.
const FACES: [&[usize]; 2] = [&[0, 1, 2], &[3, 4]];

/// What notes say: mood, activities, text, whether family reads it.
const NOTES: [(Mood, &[Activity], &str, Audience); 6] = [
    (
        Mood::Good,
        &[Activity::PersonalCare, Activity::Cooking],
        "Slept well and was up before I came. We made porridge together and sang along to the radio.",
        Audience::Family,
    ),
    (
        Mood::Great,
        &[Activity::Outing, Activity::Exercise],
        "Walked down to the river and back, with one rest on the bench. Saw the heron again.",
        Audience::Family,
    ),
    (
        Mood::Mixed,
        &[Activity::PersonalCare, Activity::Rest],
        "Slept badly and the left knee is sore on the stairs. Went slowly today.",
        Audience::Team,
    ),
    (
        Mood::Good,
        &[Activity::Shopping, Activity::Social],
        "Met the neighbours at the market. Chose apples and a birthday card.",
        Audience::Family,
    ),
    (
        Mood::Low,
        &[Activity::Rest],
        "Worried about the hospital letter. We read it together twice and wrote down what to ask.",
        Audience::Team,
    ),
    (
        Mood::Good,
        &[Activity::Cooking, Activity::Housework],
        "Cooked cawl for two days. Peeled all the vegetables without help.",
        Audience::Family,
    ),
];

/// A planned shift and which of the PAs hold it.
struct Planned {
    shift: Shift,
    holders: Vec<usize>,
}

/// Lets the PAs (the first of them holds the rota) live from two weeks before `now` to `now`, with
/// a rota published up to four weeks after it. Nothing of it is sent yet.
pub fn live(pas: &mut [DemoPhone], people: [PersonId; 2], now: Moment) -> Result<()> {
    let mut dice = fastrand::Rng::with_seed(2026);
    let members: Vec<MemberId> = pas
        .iter()
        .map(|p| {
            Ok(p.phone()
                .me()
                .context("a PA who has not joined")?
                .joined
                .member)
        })
        .collect::<Result<_>>()?;
    let rota = plan(&members, people, now, &mut dice);
    let published = now - Span::days(15);
    for (n, planned) in (0..).zip(&rota) {
        let intent = Intent::publish(planned.shift.clone());
        pas[0].act(intent, published + Span::minutes(n))?;
    }
    let mut told = 0;
    for (n, planned) in rota.iter().enumerate() {
        for holder in &planned.holders {
            visit(&mut pas[*holder], planned, n, &mut told, now)?;
        }
    }
    Ok(())
}

fn plan(
    members: &[MemberId],
    people: [PersonId; 2],
    now: Moment,
    dice: &mut fastrand::Rng,
) -> Vec<Planned> {
    let first = now.day().monday().plus(-14);
    let mut rota = Vec::new();
    for day in (0..42).map(|n| first.plus(n)) {
        for (at, week) in WEEKS.iter().enumerate() {
            for line in week
                .iter()
                .filter(|line| line.days.contains(&day.weekday()))
            {
                rota.push(planned(line, at, day, members, people[at], dice));
            }
        }
    }
    // Whenever someone looks, the first PA is about to go somewhere.
    let soon = now + Span::minutes(20);
    let start = Moment::from_millis(soon.millis() - soon.millis() % Span::minutes(5).millis());
    let soon = Planned {
        shift: Shift::plain(
            ShiftId::new(start, dice.u128(..)),
            people[0],
            (start, start + Span::hours(3)),
            vec![members[0]],
            ShiftKind::Day,
        ),
        holders: vec![0],
    };
    rota.insert(0, soon);
    untangle(&mut rota, members);
    // Somebody cannot come next Saturday evening: the shift stands open.
    let open = rota
        .iter_mut()
        .find(|p| p.shift.start > now + Span::days(2) && p.shift.start.clock().0 == 18);
    if let Some(open) = open {
        open.shift.pas.clear();
        open.holders.clear();
    }
    rota
}

fn planned(
    line: &Weekly,
    at: usize,
    day: Day,
    members: &[MemberId],
    person: PersonId,
    dice: &mut fastrand::Rng,
) -> Planned {
    let start = Moment::at(day, line.from.0, line.from.1);
    let last = if line.to <= line.from {
        day.plus(1)
    } else {
        day
    };
    let end = Moment::at(last, line.to.0, line.to.1);
    let turn = usize::from(day.weekday()) + usize::from(line.from.0.unsigned_abs()) / 6;
    let team = FACES[at];
    let holders: Vec<usize> = (0..line.pas)
        .map(|n| team[(turn + n) % team.len()])
        .collect();
    let shift = Shift {
        shift: ShiftId::new(start, dice.u128(..)),
        person,
        start,
        end,
        pas: holders.iter().map(|h| members[*h]).collect(),
        work: line.work,
        replaces: None,
        needs: u8::try_from(line.pas).unwrap_or(1),
        shadows: vec![],
        series: None,
        pool: None,
    };
    Planned { shift, holders }
}

/// Nobody is in two places: who has something earlier in the list gives way to a colleague.
fn untangle(rota: &mut [Planned], members: &[MemberId]) {
    let mut taken: Vec<(usize, Moment, Moment)> = Vec::new();
    for planned in rota {
        let (start, end) = (planned.shift.start, planned.shift.end);
        for n in 0..planned.holders.len() {
            let busy = |pa: usize| {
                let clashes = |(other, from, to): &(usize, Moment, Moment)| {
                    *other == pa && *from < end && start < *to
                };
                taken.iter().any(clashes)
            };
            let mut pas =
                (0..members.len()).map(|turn| (planned.holders[n] + turn) % members.len());
            if let Some(free) = pas.find(|pa| !busy(*pa)) {
                planned.holders[n] = free;
                planned.shift.pas[n] = members[free];
            }
            taken.push((planned.holders[n], start, end));
        }
    }
}

/// What happened at a shift: mostly as planned; some late, one not at all, one cut short, one put
/// right afterwards.
fn visit(
    pa: &mut DemoPhone,
    planned: &Planned,
    n: usize,
    told: &mut usize,
    now: Moment,
) -> Result<()> {
    let Shift {
        person,
        shift,
        start,
        end,
        ..
    } = planned.shift;
    let month = start.month();
    let late = match n % 29 {
        5 => Span::minutes(24),
        11 => return Ok(()),
        m => Span::minutes(i64::try_from(m % 7)? - 3),
    };
    let came = start + late;
    if came >= now || overlaps(pa, came, end) {
        return Ok(());
    }
    let place = n.is_multiple_of(3).then(|| "53.1410,-3.7980".to_owned());
    let clock_in = Intent::ClockIn {
        person,
        month,
        shift: Some(shift),
        place,
    };
    let visit: VisitId = pa.act(clock_in, came)?.into();
    let short = if n % 23 == 7 {
        Span::minutes(70)
    } else {
        Span::default()
    };
    let left = end - short;
    if left >= now {
        return Ok(());
    }
    pa.act(
        Intent::ClockOut {
            person,
            month,
            visit,
        },
        left,
    )?;
    if n % 19 == 3 {
        let amend = Intent::AmendClock {
            person,
            month,
            visit,
            start: came,
            end: Some(end + Span::minutes(30)),
            reason: "Stayed for the handover and forgot to clock out.".to_owned(),
        };
        pa.act(amend, left + Span::hours(1))?;
    }
    if n % 4 != 3 {
        let (mood, activities, text, audience) = NOTES[*told % NOTES.len()];
        *told += 1;
        let says = words(pa, person, mood, activities, text, n);
        let note = Intent::WriteNote {
            person,
            month,
            visit: Some(visit),
            audience,
            says,
        };
        pa.act(note, (left + Span::minutes(4)).min(now))?;
    }
    Ok(())
}

fn overlaps(pa: &DemoPhone, start: Moment, end: Moment) -> bool {
    let me = pa.phone().me().map(|me| me.joined.member);
    let book = pa.phone().book();
    book.visits()
        .any(|v| Some(v.pa) == me && v.start < end && v.end.is_none_or(|its_end| its_end > start))
}

fn words(
    pa: &DemoPhone,
    person: PersonId,
    mood: Mood,
    activities: &[Activity],
    text: &str,
    n: usize,
) -> NoteText {
    let people = &pa.phone().book().board.roster.people;
    let goals = people
        .get(&person)
        .map(|p| p.goals.clone())
        .unwrap_or_default();
    let how = [Progress::Well, Progress::Partly, Progress::NotToday];
    NoteText {
        mood: Some(mood),
        meals: [(Meal::Breakfast, Eaten::All), (Meal::Lunch, Eaten::Some)].into(),
        activities: activities.to_vec(),
        goals: goals
            .into_iter()
            .skip(n % 2)
            .take(1)
            .zip([how[n % 3]])
            .collect(),
        text: text.to_owned(),
    }
}
