//! What the note form starts with.

use super::{
    draw::{names, plain, until},
    hands::{act, clock_in, write_note},
    world::{ELUNED, MORGAN, RHYS, SIAN, World, t, text},
};
use crate::{
    engine::{Draft, Phone},
    view::note::note_form,
};
use kith_shared::{
    domain::note::{
        Audience::{Family, Team},
        NoteText, Progress,
    },
    ids::VisitId,
    intent::Intent,
};

fn draw(phone: &Phone, visit: VisitId) -> String {
    let Some(form) = note_form(phone, visit) else {
        return "no form".into();
    };
    let amends = if form.amends.is_some() { " amends" } else { "" };
    let draft = if form.draft { " draft" } else { "" };
    format!(
        "{} {} to {:?}:{amends}{draft} {:?} in {}, goals {}, family {}",
        form.person.short(),
        until(form.start, form.end),
        form.audience,
        form.says.text,
        form.month,
        form.goals.join(" & "),
        names(&form.family)
    )
}

fn check(phone: &Phone, visit: VisitId, expected: &str) {
    let rest = ", goals Make my own breakfast, family Gwen";
    assert_eq!(draw(phone, visit), plain(expected) + rest);
}

fn draft(says: &str) -> Draft {
    Draft {
        audience: Team,
        says: text(says),
    }
}

#[test]
fn a_form_starts_empty_with_the_draft_or_with_my_note() {
    let mut phone = World::new().phone(SIAN, "2026-11-24 07:00");
    let visit = clock_in(&mut phone, "2026-11-24 08:00", None);
    check(&phone, visit, "Morgan 08:00- to Family: \"\" in 2026-11");
    phone.keep_draft(visit, Some(draft("slept")));
    check(
        &phone,
        visit,
        "Morgan 08:00- to Team: draft \"slept\" in 2026-11",
    );
    phone.keep_draft(visit, None);
    write_note(
        &mut phone,
        "2026-11-24 09:00",
        Some(visit),
        Family,
        "slept well",
    );
    check(
        &phone,
        visit,
        "Morgan 08:00- to Family: amends \"slept well\" in 2026-11",
    );
    // For whom it was cannot change any more.
    phone.keep_draft(visit, Some(draft("slept very well")));
    check(
        &phone,
        visit,
        "Morgan 08:00- to Family: amends draft \"slept very well\" in 2026-11",
    );
}

#[test]
fn a_note_goes_into_the_month_of_its_visit_or_of_what_it_amends() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-30 22:00", "2026-12-01 06:00", &[SIAN]);
    let visit = w.visit(SIAN, Some(1), "2026-12-01 00:10", Some("2026-12-01 06:00"));
    let phone = w.phone(SIAN, "2026-12-01 07:00");
    check(
        &phone,
        visit,
        "Morgan 00:10-06:00 to Family: \"\" in 2026-11",
    );
    w.note(SIAN, "2026-12-01 06:30", Some(visit), Team, text("quiet"));
    let phone = w.phone(SIAN, "2026-12-01 07:00");
    check(
        &phone,
        visit,
        "Morgan 00:10-06:00 to Team: amends \"quiet\" in 2026-12",
    );
}

#[test]
fn other_peoples_notes_are_not_mine_to_amend() {
    let mut w = World::new();
    let visit = w.visit(SIAN, None, "2026-11-24 08:00", Some("2026-11-24 09:00"));
    w.note(
        RHYS,
        "2026-11-24 09:00",
        Some(visit),
        Family,
        text("theirs"),
    );
    let phone = w.phone(SIAN, "2026-11-24 10:00");
    check(
        &phone,
        visit,
        "Morgan 08:00-09:00 to Family: \"\" in 2026-11",
    );
}

#[test]
fn goals_that_the_note_speaks_of_stay() {
    let mut w = World::new();
    let visit = w.visit(SIAN, None, "2026-11-24 08:00", Some("2026-11-24 09:00"));
    let goals = ["Make my own breakfast", "Walk to the library"];
    let says = NoteText {
        goals: goals
            .iter()
            .map(|g| ((*g).to_owned(), Progress::Well))
            .collect(),
        ..NoteText::default()
    };
    w.note(SIAN, "2026-11-24 09:00", Some(visit), Family, says);
    let form = note_form(&w.phone(SIAN, "2026-11-24 10:00"), visit).expect("a form");
    assert_eq!(form.goals, goals);
}

#[test]
fn where_no_family_reads_along_a_note_is_for_the_team() {
    let mut phone = World::new().phone(SIAN, "2026-11-24 07:00");
    let at = "2026-11-24 08:00";
    let clock_in = Intent::ClockIn {
        person: ELUNED,
        month: t(at).month(),
        shift: None,
        place: None,
    };
    let visit = act(&mut phone, at, clock_in).into();
    let expected = "Eluned 08:00- to Team: \"\" in 2026-11, goals , family ";
    assert_eq!(draw(&phone, visit), expected);
}

#[test]
fn an_unknown_visit_has_no_form() {
    let unknown = VisitId::from_bytes([9; 16]);
    assert_eq!(
        draw(&World::new().phone(SIAN, "2026-11-24 10:00"), unknown),
        "no form"
    );
    assert_eq!(draw(&Phone::default(), unknown), "no form");
}
