//! *Plan the rota*: drafts, publishing, the form.

use super::world::{ELUNED, MORGAN, MORGAN_HIMSELF, OWAIN, RHYS, SIAN, World, day, shift_id, t};
use crate::{
    engine::Phone,
    view::face::Face,
    view::plan::{
        Candidate, Given, MayPlan, Note, Wrong, candidates, clock, form, may_plan, mistake,
        plan_page, publish_all,
    },
};
use kith_shared::{
    domain::{
        plan::{As, PlanError, Scope},
        shift::ShiftKind,
    },
    ids::{MemberId, PersonId, RecordId},
    limits,
    policy::Refusal,
};
use std::{collections::BTreeSet, fmt::Write as _};

const NOW: &str = "2026-11-22 09:00";

fn given(persons: &[PersonId], on: &str, from: &str, to: &str, pas: &[MemberId]) -> Given {
    Given {
        persons: persons.iter().copied().collect(),
        day: on.into(),
        from: from.into(),
        to: to.into(),
        kind: ShiftKind::Day,
        needs: 1,
        pas: pas.to_vec(),
        shadow: None,
        every: 0,
        weekdays: BTreeSet::new(),
        until: String::new(),
        except: BTreeSet::new(),
    }
}

fn weekly(given: Given, weekdays: &[u8], until: &str) -> Given {
    Given {
        every: 1,
        weekdays: weekdays.iter().copied().collect(),
        until: until.into(),
        ..given
    }
}

fn dice() -> impl FnMut() -> u128 {
    let mut last = 0;
    move || {
        last += 1;
        last
    }
}

fn plan(phone: &mut Phone, given: &Given, how: As) -> Vec<RecordId> {
    let ready = given.read(t(NOW)).expect("a form without mistakes");
    let mut dice = dice();
    let before = phone.outbox().len() as u128;
    let mut fresh = || dice() + 1000 * before;
    let intents = ready.plan(how, t(NOW), &mut fresh).expect("a plan");
    phone.act_all(intents, t(NOW), 7).expect("allowed").0
}

/// `Mon 30 07:30-13:00 Rhys, with Morgan`, one row a line.
fn draw(phone: &Phone) -> Vec<String> {
    let page = plan_page(phone, t(NOW));
    let rows = page.drafts.iter().map(|row| {
        let names = |names: Vec<&str>| names.join("+");
        let (from, to) = (row.planned.start.clock(), row.planned.end.clock());
        let mut drawn = format!(
            "{} {:02}:{:02}-{:02}:{:02} {} with {}",
            row.planned.start.day(),
            from.0,
            from.1,
            to.0,
            to.1,
            names(row.pas.iter().map(Face::short).collect()),
            names(row.persons.iter().map(Face::short).collect()),
        );
        if let Some(series) = &row.series {
            write!(
                drawn,
                ", {:?} until {}: {}",
                series.weekdays, series.last, series.count
            )
            .unwrap();
        }
        if row.missing > 0 {
            write!(drawn, ", {} missing", row.missing).unwrap();
        }
        if row.was.is_some() {
            drawn += ", changed";
        }
        drawn
    });
    let told: Vec<_> = page.told.iter().map(Face::short).collect();
    let told = format!(
        "{} shifts, {} open; {}",
        page.count,
        page.open,
        told.join(", ")
    );
    rows.chain([told]).collect()
}

#[test]
fn a_planner_drafts_and_publishes() {
    let mut phone = World::new().phone(SIAN, NOW);
    plan(
        &mut phone,
        &given(&[MORGAN], "2026-11-28", "09:00", "17:00", &[SIAN]),
        As::Draft,
    );
    let rhys = given(&[MORGAN], "2026-11-30", "07:30", "13:00", &[RHYS]);
    plan(&mut phone, &weekly(rhys, &[0, 2], "2026-12-16"), As::Draft);
    let both = given(&[MORGAN, ELUNED], "2026-12-12", "14:00", "16:00", &[OWAIN]);
    plan(&mut phone, &both, As::Draft);
    let two = Given {
        needs: 2,
        ..given(&[ELUNED], "2026-12-13", "22:00", "07:00", &[OWAIN])
    };
    plan(&mut phone, &two, As::Draft);
    assert_eq!(
        draw(&phone),
        [
            "2026-11-28 09:00-17:00 Siân with Morgan",
            "2026-11-30 07:30-13:00 Rhys with Morgan, {0, 2} until 2026-12-16: 6",
            "2026-12-12 14:00-16:00 Owain with Morgan+Eluned",
            "2026-12-13 22:00-07:00 Owain with Eluned, 1 missing",
            "10 shifts, 1 open; Rhys, Owain, Morgan, Hywel",
        ]
    );
    assert_eq!(phone.book().shifts().count(), 0, "nobody works by a draft");
    let (published, _) = phone
        .act_all(publish_all(&phone, t(NOW)), t(NOW), 8)
        .expect("allowed");
    assert_eq!(published.len(), 10);
    assert_eq!(draw(&phone), ["0 shifts, 0 open; "]);
    assert_eq!(phone.book().shifts().count(), 10);
}

#[test]
fn who_wears_no_hat_is_told_whom_to_ask() {
    let world = World::new();
    let name = |may: MayPlan| match may {
        MayPlan::No { holders } => holders
            .iter()
            .map(|(face, until)| format!("{} until {}", face.name, until.day()))
            .collect::<Vec<_>>(),
        MayPlan::Yes { persons, until } => {
            let until = until.map(|u| u.day().to_string()).unwrap_or_default();
            persons
                .iter()
                .map(|p| format!("{} {until}", p.short()))
                .collect()
        }
    };
    let may = |who| name(may_plan(&world.phone(who, NOW), t(NOW)));
    assert_eq!(may(RHYS), ["Siân Bevan until 2027-01-01"]);
    assert_eq!(may(SIAN), ["Eluned 2027-01-01", "Morgan 2027-01-01"]);
    assert_eq!(may(MORGAN_HIMSELF), ["Morgan "]);
    let later = t("2027-01-02 09:00");
    assert!(name(may_plan(&world.phone(RHYS, NOW), later)).is_empty());
    assert_eq!(form(&world.phone(RHYS, NOW), None, t(NOW)), None);
    assert_eq!(name(may_plan(&Phone::default(), t(NOW))), [""; 0]);
}

/// Several records, one batch: all or none.
#[test]
fn what_belongs_together_is_saved_together_or_not_at_all() {
    let mut phone = World::new().phone(SIAN, NOW);
    let series = given(&[MORGAN], "2026-11-23", "07:30", "13:00", &[SIAN]);
    let series = weekly(series, &[0, 1, 2, 3, 4, 5, 6], "2027-01-03");
    let records = plan(&mut phone, &series, As::Draft);
    assert_eq!(records.len(), 42);
    assert!(records.is_sorted(), "they sort as they were made");
    let waiting: Vec<_> = phone.outbox().iter().map(|o| o.record).collect();
    assert_eq!(waiting, records);
    // At the same moment, what comes next still sorts behind.
    let next = plan(
        &mut phone,
        &given(&[ELUNED], "2026-11-23", "18:00", "20:00", &[]),
        As::Draft,
    );
    assert!(next[0] > records[41]);

    let before = (phone.generation(), phone.outbox().len());
    let ready = given(&[MORGAN], "2026-11-23", "18:00", "20:00", &[])
        .read(t(NOW))
        .unwrap();
    let mut intents = ready.plan(As::Draft, t(NOW), &mut dice()).unwrap();
    let ready = given(&[MORGAN], "2026-11-24", "18:00", "20:00", &[])
        .read(t(NOW))
        .unwrap();
    let mut wrong = ready.plan(As::Draft, t(NOW), &mut dice()).unwrap();
    if let kith_shared::intent::Intent::Rota {
        says: kith_shared::documents::rota::RotaRecord::Drafted { shift },
        ..
    } = &mut wrong[0]
    {
        shift.end = shift.start;
    }
    intents.append(&mut wrong);
    let refused = phone.act_all(intents, t(NOW), 9).unwrap_err();
    assert!(matches!(
        refused,
        kith_shared::intent::IntentError::Refused(Refusal::BadTimes)
    ));
    assert_eq!((phone.generation(), phone.outbox().len()), before);
    assert_eq!(plan_page(&phone, t(NOW)).count, 43);
}

#[test]
fn a_mistake_is_named() {
    let good = || given(&[MORGAN], "2026-11-24", "07:30", "13:00", &[]);
    let wrong = |given: Given| given.read(t(NOW)).unwrap_err();
    assert!(good().read(t(NOW)).is_ok());
    assert_eq!(
        wrong(given(&[], "2026-11-24", "07:30", "13:00", &[])),
        Wrong::Person
    );
    assert_eq!(
        wrong(given(&[MORGAN], "", "07:30", "13:00", &[])),
        Wrong::Day
    );
    assert_eq!(
        wrong(given(&[MORGAN], "2014-11-24", "07:30", "13:00", &[])),
        Wrong::Day
    );
    assert_eq!(
        wrong(given(&[MORGAN], "2026-11-24", "07:30", "", &[])),
        Wrong::Times
    );
    assert_eq!(
        wrong(given(&[MORGAN], "2026-11-21", "07:30", "13:00", &[])),
        Wrong::Over
    );
    assert_eq!(wrong(weekly(good(), &[1], "")), Wrong::Until);
    let series = |given| match wrong(given) {
        Wrong::Series(error) => error,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        series(weekly(good(), &[1], "2026-11-23")),
        PlanError::EndsFirst
    );
    assert_eq!(
        series(weekly(good(), &[1], "2027-11-23")),
        PlanError::TooLong
    );
    assert_eq!(series(weekly(good(), &[0], "2026-11-26")), PlanError::NoDay);
    let both = weekly(
        given(&[MORGAN, ELUNED], "2026-11-24", "07:30", "13:00", &[]),
        &[0, 1, 2, 3, 4, 5, 6],
        "2027-05-01",
    );
    assert_eq!(
        limits::SHIFTS_PER_SERIES / 2,
        100,
        "fewer than the days to May"
    );
    assert_eq!(series(both), PlanError::TooMany);
    assert_eq!(clock("7:05"), Some((7, 5)));
    assert_eq!(
        [clock("24:00"), clock("12:60"), clock("noon"), clock("")],
        [None; 4]
    );
}

#[test]
fn a_published_shift_is_changed_in_the_form() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-24 07:30", "2026-11-24 13:00", &[RHYS]);
    let mut phone = w.phone(MORGAN_HIMSELF, NOW);
    let opened = form(&phone, Some(shift_id(1)), t(NOW)).expect("theirs to plan");
    assert!(opened.published && !opened.repeats);
    let mut given = opened.given.clone();
    assert_eq!(
        (given.from.as_str(), given.pas.as_slice()),
        ("07:30", &[RHYS][..])
    );
    given.from = "09:00".into();
    let ready = given.read(t(NOW)).unwrap();
    let at = opened.at.unwrap();
    let intents = ready.change(&phone, at, Scope::This, As::Draft, "", t(NOW), &mut dice());
    phone.act_all(intents, t(NOW), 5).expect("allowed");
    let (_, state) = phone.book().board.find(shift_id(1)).unwrap();
    assert_eq!(
        (state.shift.start, state.shift.pas.as_slice()),
        (t("2026-11-24 09:00"), &[RHYS][..])
    );
    let cancelled = crate::view::plan::cancel(&phone, at, Scope::This, "away", t(NOW));
    phone.act_all(cancelled, t(NOW), 6).expect("allowed");
    assert_eq!(phone.book().shifts().count(), 0);
    assert_eq!(form(&phone, Some(shift_id(1)), t(NOW)), None);
}

#[test]
fn each_pa_comes_with_what_speaks_for_and_against() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-24 07:30", "2026-11-24 13:00", &[RHYS]);
    w.shift(2, ELUNED, "2026-11-23 15:00", "2026-11-23 22:30", &[OWAIN]);
    let phone = w.phone(SIAN, NOW);
    let wanted = given(&[MORGAN], "2026-11-24", "08:00", "12:00", &[]);
    let wanted = weekly(wanted, &[0, 1], "2026-12-01");
    let notes = |phone: &Phone, instead| {
        let read = wanted.read(t(NOW)).ok();
        let list = candidates(phone, read.as_ref(), instead, t(NOW));
        let show = |c: Candidate| (c.pa.short().to_owned(), c.blocked, c.notes);
        list.into_iter().map(show).collect::<Vec<_>>()
    };
    let seen = notes(&phone, None);
    assert_eq!(seen[0].0, "Owain");
    assert!(seen[0].2.contains(&Note::Rest(9 * 60 + 30)), "{seen:?}");
    assert!(
        matches!(seen[1].2.as_slice(), [Note::Holds(Some(held))] if held.start.day() == day("2026-11-24"))
    );
    assert!(seen[1].1 && !seen[2].1);
    // Morgan has said nothing, and is asked about who was never there.
    assert_eq!(seen[2].2, [Note::AskFirst]);
    let at = phone.book().board.find(shift_id(1)).unwrap().0;
    assert!(
        !notes(&phone, Some(at))[1].1,
        "they would hold this one instead"
    );
    let chosen = |pa| Given {
        pas: vec![pa],
        ..wanted.clone()
    };
    assert_eq!(
        mistake(&phone, &chosen(RHYS), None, t(NOW)),
        Some(Wrong::Taken)
    );
    assert_eq!(mistake(&phone, &chosen(RHYS), Some(at), t(NOW)), None);
    assert_eq!(mistake(&phone, &chosen(SIAN), None, t(NOW)), None);
    let unread = candidates(&phone, None, None, t(NOW));
    assert!(unread.iter().all(|c| c.notes.is_empty() && !c.blocked));
}
