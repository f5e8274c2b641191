//! How cover is found in the demo team: something of everything that a rota can show.

use super::DemoPhone;
use anyhow::{Context, Result};
use kith_shared::{
    documents::{availability::AvailabilityRecord, profile::ProfileRecord, rota::RotaRecord},
    domain::{
        availability::{Can, Leave, Part},
        cover::{Cover, ShiftRef, ShiftState},
        profile::Choice,
        shift::{Shift, ShiftKind},
    },
    ids::{MemberId, PersonId, RecordId, ShiftId},
    intent::Intent,
    time::{Moment, Span},
};

/// A shift of `pa` with `person` that begins in so many days or later.
fn mine(
    phone: &DemoPhone,
    person: PersonId,
    pa: MemberId,
    after: Moment,
) -> Result<(ShiftRef, ShiftState)> {
    let board = &phone.phone().book().board;
    let mut held: Vec<_> = board
        .held(pa, after, after + Span::days(40))
        .filter(|(at, s)| at.person == person && s.asks.is_empty() && s.holders.len() == 1)
        .collect();
    held.sort_by_key(|(_, s)| s.shift.start);
    let (at, state) = held.first().context("the demo's rota is too thin")?;
    Ok((*at, (*state).clone()))
}

/// Lets the team ask, claim, offer, and say no. Each exchanges with the relay as they go.
pub async fn cover(
    pas: &mut [DemoPhone],
    person: &mut DemoPhone,
    people: [PersonId; 2],
    now: Moment,
) -> Result<()> {
    let ids: Vec<MemberId> = pas
        .iter()
        .map(|p| {
            Ok(p.phone()
                .me()
                .context("a PA who has not joined")?
                .joined
                .member)
        })
        .collect::<Result<_>>()?;
    let (morgan, eluned) = (people[0], people[1]);
    for pa in pas.iter_mut() {
        pa.exchange(now).await?;
    }
    weeks(pas, &ids, now)?;
    // Morgan knows some of them well, and wants to be asked about the others.
    person.exchange(now).await?;
    let choice = |pa, choice| ProfileRecord::Choice { pa, choice };
    for says in [
        choice(Some(ids[0]), Choice::Automatic),
        choice(Some(ids[1]), Choice::Automatic),
        choice(None, Choice::AskMe),
    ] {
        person.act(
            Intent::Profile {
                person: morgan,
                says,
            },
            now - Span::days(9),
        )?;
    }
    person.exchange(now).await?;

    // Siân asked last week; Rhys took it.
    let (at, _) = mine(&pas[0], morgan, ids[0], now + Span::days(4))?;
    let ask = ask(
        &mut pas[0],
        at,
        Cover::Anyone,
        "My sister’s wedding",
        now - Span::hours(50),
    )?;
    pas[0].exchange(now).await?;
    pas[1].exchange(now).await?;
    claim(&mut pas[1], at, Some(ask), now - Span::hours(47))?;
    pas[1].exchange(now).await?;

    // Rhys asks everyone: Siân can decide.
    let (at, _) = mine(&pas[1], morgan, ids[1], now + Span::days(3))?;
    self::ask(
        &mut pas[1],
        at,
        Cover::Anyone,
        "Dentist in Bangor",
        now - Span::hours(5),
    )?;
    // And offers another one to her alone.
    let (at, state) = mine(&pas[1], morgan, ids[1], now + Span::days(8))?;
    let offer = RotaRecord::Offer {
        shift: at.shift,
        to: ids[0],
        until: (now + Span::days(2)).min(state.shift.start),
    };
    pas[1].act(Intent::say(at, offer), now - Span::hours(4))?;
    pas[1].exchange(now).await?;

    // Katarzyna, whom Morgan hardly knows, would take Aisha's: Morgan is asked.
    let (at, _) = mine(&pas[2], morgan, ids[2], now + Span::days(5))?;
    let ask = self::ask(
        &mut pas[2],
        at,
        Cover::Anyone,
        "Evening class",
        now - Span::hours(3),
    )?;
    pas[2].exchange(now).await?;
    pas[4].exchange(now).await?;
    claim(&mut pas[4], at, Some(ask), now - Span::hours(2))?;
    pas[4].exchange(now).await?;

    // Owain is ill: a shift with Eluned stands open.
    let (at, state) = mine(&pas[3], eluned, ids[3], now + Span::days(1))?;
    let holding = state.tenure(ids[3]).context("Owain holds it")?.since;
    let ill = RotaRecord::CannotCome {
        shift: at.shift,
        holding,
        reason: "Flu".to_owned(),
    };
    pas[3].act(Intent::say(at, ill), now - Span::hours(1))?;
    pas[3].exchange(now).await?;

    draft(&mut pas[0], morgan, ids[2], now)?;
    for pa in pas.iter_mut() {
        pa.exchange(now).await?;
    }
    Ok(())
}

/// Two shifts are drafted for after the published weeks.
fn draft(planner: &mut DemoPhone, person: PersonId, pa: MemberId, now: Moment) -> Result<()> {
    for week in [4, 5] {
        let day = now.day().monday().plus(7 * week + 2);
        let (start, end) = (Moment::at(day, 14, 0), Moment::at(day, 17, 0));
        let shift = Shift::plain(
            ShiftId::new(start, u128::from(week.unsigned_abs())),
            person,
            (start, end),
            vec![pa],
            ShiftKind::Day,
        );
        let drafted = Intent::Rota {
            person,
            month: start.month(),
            says: RotaRecord::Drafted { shift },
        };
        planner.act(drafted, now - Span::minutes(40))?;
    }
    Ok(())
}

/// When each of them can work.
fn weeks(pas: &mut [DemoPhone], ids: &[MemberId], now: Moment) -> Result<()> {
    for (n, (pa, id)) in pas.iter_mut().zip(ids).enumerate() {
        for weekday in 0..7u8 {
            let parts = Part::ALL.into_iter().map(|part| {
                let can = match (part, (usize::from(weekday) + n) % 5) {
                    (Part::Night, 0..=2) => Can::No,
                    (Part::Evening, 1) | (Part::Night, _) => Can::RatherNot,
                    _ => Can::Yes,
                };
                (part, can)
            });
            let says = AvailabilityRecord::Weekday {
                weekday,
                parts: parts.collect(),
            };
            pa.act(Intent::Availability { pa: *id, says }, now - Span::days(10))?;
        }
    }
    let leave = Leave {
        id: RecordId::from_bytes([0; 16]),
        from: now.day().plus(16),
        to: now.day().plus(22),
    };
    let says = AvailabilityRecord::Leave { leave };
    pas[4].act(
        Intent::Availability { pa: ids[4], says },
        now - Span::days(10),
    )?;
    Ok(())
}

fn ask(
    pa: &mut DemoPhone,
    at: ShiftRef,
    cover: Cover,
    reason: &str,
    when: Moment,
) -> Result<RecordId> {
    let ask = RotaRecord::Ask {
        shift: at.shift,
        cover,
        until: None,
        reason: reason.to_owned(),
    };
    pa.act(Intent::say(at, ask), when)
}

fn claim(
    pa: &mut DemoPhone,
    at: ShiftRef,
    answers: Option<RecordId>,
    when: Moment,
) -> Result<RecordId> {
    let claim = RotaRecord::Claim {
        shift: at.shift,
        answers,
        reason: "I am rested and it suits me".to_owned(),
    };
    pa.act(Intent::say(at, claim), when)
}
