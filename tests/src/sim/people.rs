//! What people do, at random.

use super::world::SimPhone;
use fastrand::Rng;
use kith_app::engine::Phone;
use kith_shared::{
    domain::{
        note::{Audience, Mood, NoteText, Progress},
        shift::{Shift, ShiftKind},
        team::Role,
    },
    ids::{PersonId, ShiftId},
    intent::Intent,
    time::{Moment, Span},
};

/// Stands in every note that family must not read, with the person's id after it.
pub const TEAM_ONLY: &str = "team-only-words";
/// Stands in every note at all, with the person's id after it: nobody of another circle reads it.
pub const ABOUT: &str = "words-about";

/// Something that this member might do now.
pub fn act(
    rng: &mut Rng,
    sim: &SimPhone,
    phone: &Phone,
    people: &[PersonId],
    clock: Moment,
) -> Option<Intent> {
    let now = phone.now(clock);
    match sim.role {
        Role::Pa => pa(rng, phone, people, now),
        Role::Person(person) => match rng.u8(0..2) {
            0 => Some(note(rng, person, now, Audience::Family)),
            _ => Some(publish(rng, phone, person, now)),
        },
        Role::AuthorisedPerson(person) => Some(publish(rng, phone, person, now)),
        Role::FamilyContact(_) | Role::Manager => None,
    }
}

fn pa(rng: &mut Rng, phone: &Phone, people: &[PersonId], now: Moment) -> Option<Intent> {
    let me = phone.me()?.joined.member;
    let person = *rng.choice(people)?;
    let mine: Vec<_> = phone.book().visits().filter(|v| v.pa == me).collect();
    match rng.u8(0..10) {
        0..=2 => {
            let shifts: Vec<_> = phone
                .book()
                .shifts()
                .filter(|s| s.person == person)
                .collect();
            let shift = rng.choice(&shifts);
            Some(Intent::ClockIn {
                person,
                month: shift.map_or(now, |s| s.start).month(),
                shift: shift.map(|s| s.shift),
                place: rng.bool().then(|| "51.4816,-3.1791".to_owned()),
            })
        }
        3..=4 => {
            let running: Vec<_> = mine.iter().filter(|v| v.end.is_none()).collect();
            let visit = rng.choice(&running)?;
            let (document, _) = phone.book().visit(visit.id)?;
            let month = document.month()?;
            Some(Intent::ClockOut {
                person: visit.person,
                month,
                visit: visit.id,
            })
        }
        5 => {
            let visit = rng.choice(&mine)?;
            let (document, _) = phone.book().visit(visit.id)?;
            Some(Intent::AmendClock {
                person: visit.person,
                month: document.month()?,
                visit: visit.id,
                start: visit.start - Span::minutes(rng.i64(0..30)),
                end: visit.end.map(|end| end + Span::minutes(rng.i64(0..30))),
                reason: "the bus was late".to_owned(),
            })
        }
        6..=7 => {
            let audience = if rng.bool() {
                Audience::Family
            } else {
                Audience::Team
            };
            Some(note(rng, person, now, audience))
        }
        8 => {
            let notes: Vec<_> = phone.book().notes().filter(|n| n.author == me).collect();
            let note = rng.choice(&notes)?;
            let (document, _) = phone.book().note(note.id)?;
            Some(Intent::AmendNote {
                person: note.person,
                month: document.month()?,
                note: note.id,
                audience: note.audience,
                says: words(rng, note.person, note.audience),
                reason: "I had mixed up the days".to_owned(),
            })
        }
        _ if phone.member().is_some_and(|m| m.holds_rota(now)) => {
            Some(publish(rng, phone, person, now))
        }
        _ => None,
    }
}

fn note(rng: &mut Rng, person: PersonId, now: Moment, audience: Audience) -> Intent {
    let says = words(rng, person, audience);
    Intent::WriteNote {
        person,
        month: now.month(),
        visit: None,
        audience,
        says,
    }
}

fn words(rng: &mut Rng, person: PersonId, audience: Audience) -> NoteText {
    let secret = if audience == Audience::Team {
        TEAM_ONLY
    } else {
        ""
    };
    let text = format!("{ABOUT}-{person} {secret} {}", rng.u64(..));
    let mut says = NoteText {
        mood: Some(Mood::Good),
        text,
        ..NoteText::default()
    };
    if rng.bool() {
        says.goals
            .insert("Walk to the shop".to_owned(), Progress::Partly);
    }
    says
}

fn publish(rng: &mut Rng, phone: &Phone, person: PersonId, now: Moment) -> Intent {
    let start = now + Span::hours(rng.i64(-24..24 * 20));
    let pas: Vec<_> = phone
        .book()
        .board
        .roster
        .members
        .values()
        .filter(|m| m.role == Role::Pa)
        .collect();
    let pa = rng.choice(&pas).map(|m| m.id);
    Intent::publish(Shift {
        shift: ShiftId::new(now, rng.u128(..)),
        person,
        start,
        end: start + Span::hours(rng.i64(1..10)),
        pas: pa.into_iter().collect(),
        work: ShiftKind::Day,
        replaces: None,
        needs: 1,
        shadows: vec![],
        series: None,
        pool: None,
    })
}
