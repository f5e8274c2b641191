//! *Rota*: a month that fits a phone: who works on each day, in initials.

use super::{
    face::{self, Face},
    rota::{Reader, Whose, holders},
};
use crate::engine::Phone;
use kith_shared::{
    domain::cover::{AskKind, ClaimState, Plan, ShiftState},
    ids::{MemberId, PersonId},
    time::{Day, Moment, Month},
};
use std::collections::BTreeMap;

/// So many initials fit a day.
pub const CHIPS: usize = 3;

/// A month of the rota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotaMonth {
    /// Which.
    pub month: Month,
    /// Its days.
    pub days: Vec<MonthDay>,
    /// Whose initials are on it: mine first, then by name.
    pub legend: Vec<Initials>,
}

/// A day of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthDay {
    /// The day.
    pub day: Day,
    /// How many shifts begin on it.
    pub shifts: usize,
    /// How many of them lack someone.
    pub open: usize,
    /// The initials that fit, as the day goes. Where not all do, what waits for someone goes
    /// before what does not.
    pub chips: Vec<Chip>,
    /// How many more there are.
    pub more: usize,
}

/// Initials, and whose they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Initials {
    /// One or two letters.
    pub letters: String,
    /// As [`Face::pattern`].
    pub pattern: u8,
    /// The first name.
    pub name: String,
    /// Mine.
    pub me: bool,
}

/// Initials on a day. Of my own rota they are those of whom I am with; of the team's, those of
/// who comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    /// One or two letters; none where nobody is.
    pub letters: String,
    /// As [`Face::pattern`].
    pub pattern: u8,
    /// They are mine.
    pub mine: bool,
    /// How it stands.
    pub standing: Standing,
}

/// How it stands with one place of a shift. In the order in which room is found for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nobody holds it.
    Open,
    /// Its holder looks for cover.
    Wanted,
    /// I asked for it, and nothing is decided.
    Asked,
    /// Someone holds it.
    Held,
    /// It is not published yet.
    Draft,
}

impl RotaMonth {
    /// Something on it stands so: the legend explains it.
    pub fn has(&self, standing: Standing) -> bool {
        let mut chips = self.days.iter().flat_map(|day| &day.chips);
        chips.any(|chip| chip.standing == standing)
    }
}

/// Whose initials a chip has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    Nobody,
    Pa(MemberId),
    Person(PersonId),
}

/// One look at each shift; names and colours are worked out once for each who is on it.
pub fn month(phone: &Phone, month: Month, whose: Whose, now: Moment) -> RotaMonth {
    let first = month.first();
    let count = usize::try_from(month.next().first().since(first)).unwrap_or(0);
    let (from, to) = (first.start(), month.next().first().start());
    let reader = Reader::of(phone, now);
    let mut days: Vec<Vec<(Moment, &ShiftState)>> = vec![Vec::new(); count];
    for (_, state) in phone.book().board.states() {
        let start = state.shift.start;
        // Moments are compared before days are worked out: most shifts are in other months.
        let shown = from <= start
            && start < to
            && reader.sees(state)
            && (whose == Whose::All || reader.is_in(state));
        let day = usize::try_from(start.day().number()).ok().filter(|_| shown);
        if let Some(day) = day.and_then(|n| days.get_mut(n - 1)) {
            day.push((start, state));
        }
    }
    let mut faces = BTreeMap::new();
    let days = (0..)
        .zip(days)
        .map(|(n, mut shifts)| {
            shifts.sort_by_key(|(start, s)| (*start, s.shift.end, s.shift.shift));
            of_a_day(
                phone,
                first.plus(n),
                &shifts,
                (reader, whose),
                &mut faces,
                now,
            )
        })
        .collect();
    let mut legend: Vec<_> = faces.into_values().collect();
    legend.sort_by_key(|who| (!who.me, who.name.to_lowercase()));
    RotaMonth {
        month,
        days,
        legend,
    }
}

fn of_a_day(
    phone: &Phone,
    day: Day,
    shifts: &[(Moment, &ShiftState)],
    (reader, whose): (Reader, Whose),
    faces: &mut BTreeMap<Of, Initials>,
    now: Moment,
) -> MonthDay {
    let mut places: Vec<(Of, Standing)> = Vec::new();
    for (_, state) in shifts {
        let here = match whose {
            Whose::Mine => vec![(Of::Person(state.shift.person), mine(state, reader, now))],
            Whose::All => teams(state, now),
        };
        for place in here {
            // Twice on one day is once to look at; two that nobody holds are two.
            if place.0 == Of::Nobody || !places.contains(&place) {
                places.push(place);
            }
        }
    }
    let more = places.len().saturating_sub(CHIPS);
    if more > 0 {
        let mut by_need: Vec<_> = places.iter().map(|(_, s)| *s).enumerate().collect();
        by_need.sort_by_key(|(at, standing)| (*standing, *at));
        let fit: Vec<_> = by_need.iter().take(CHIPS).map(|(at, _)| *at).collect();
        let mut at = 0..;
        places.retain(|_| at.next().is_some_and(|at| fit.contains(&at)));
    }
    let mut chip = |(of, standing)| {
        let known =
            (of != Of::Nobody).then(|| faces.entry(of).or_insert_with(|| initials(phone, of)));
        Chip {
            letters: known.as_ref().map_or(String::new(), |i| i.letters.clone()),
            pattern: known.as_ref().map_or(0, |i| i.pattern),
            mine: known.is_some_and(|i| i.me),
            standing,
        }
    };
    MonthDay {
        day,
        shifts: shifts.len(),
        open: shifts.iter().filter(|(_, s)| s.missing() > 0).count(),
        chips: places.into_iter().map(&mut chip).collect(),
        more,
    }
}

fn initials(phone: &Phone, of: Of) -> Initials {
    fn of_face<Id>(face: &Face<Id>) -> Initials {
        Initials {
            letters: face.initials.clone(),
            pattern: face.pattern,
            name: face.short().to_owned(),
            me: face.me,
        }
    }
    match of {
        Of::Pa(pa) => of_face(&face::member(phone, pa)),
        Of::Person(person) => of_face(&face::person(phone, person)),
        Of::Nobody => Initials {
            letters: String::new(),
            pattern: 0,
            name: String::new(),
            me: false,
        },
    }
}

/// How it stands between me and a shift that I hold or would.
fn mine(state: &ShiftState, reader: Reader, now: Moment) -> Standing {
    let me = |pa: MemberId| Some(pa) == reader.me;
    let asks = || {
        let mut claims = state.claims.iter();
        claims.any(|c| me(c.by) && c.state == ClaimState::Asked)
    };
    let wants = || wanted(state, now).any(me);
    match state.plan {
        Plan::Draft => Standing::Draft,
        _ if asks() => Standing::Asked,
        _ if wants() => Standing::Wanted,
        _ => Standing::Held,
    }
}

/// The places of a shift of the team.
fn teams(state: &ShiftState, now: Moment) -> Vec<(Of, Standing)> {
    let standing = |pa: MemberId| match state.plan {
        Plan::Draft => Standing::Draft,
        _ if wanted(state, now).any(|by| by == pa) => Standing::Wanted,
        _ => Standing::Held,
    };
    let held = holders(state).map(|pa| (Of::Pa(pa), standing(pa)));
    let mut places: Vec<_> = held.collect();
    // A draft that names nobody will be open.
    let drafted_open = state.plan == Plan::Draft && places.is_empty();
    let missing = state.missing().max(usize::from(drafted_open));
    places.extend(std::iter::repeat_n((Of::Nobody, Standing::Open), missing));
    places
}

/// Who looks for cover.
fn wanted(state: &ShiftState, now: Moment) -> impl Iterator<Item = MemberId> {
    let asks = state.asks.iter().filter(move |a| a.is_open(now));
    asks.filter(|a| !matches!(a.kind, AskKind::Offer(_)))
        .map(|a| a.by)
}
