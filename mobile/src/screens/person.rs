//! The person's home: who is coming?

use crate::{
    components::{Screen, TopStyle, empty, face, nobody},
    state::{long_today, now, say, use_app},
    view::coming::{Coming, ComingDay, ComingShift, Here, Phase, coming},
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{
    domain::{shift::ShiftKind, team::Role},
    ids::PersonId,
};

/// Who is coming, for the person and for who acts for them.
#[component]
pub fn PersonHome(person: PersonId) -> Element {
    let app = use_app();
    let me = app.me();
    let of = coming(&app.phone(), person, now());
    let mine = matches!(me.as_ref().map(|me| me.joined.role), Some(Role::Person(_)));
    let title = if mine {
        t!("hello", name = of.person.short())
    } else {
        t!("coming-to", name = of.person.short())
    };
    rsx! {
        Screen { title, more: long_today(), style: TopStyle::Two,
            div { class: "stack first",
                super::decisions::Alerts {}
                super::decisions::YesWanted {}
                {who_comes(&of, "group")}
            }
            {later_days(&of)}
        }
    }
}

/// Who is here and who comes today.
pub fn who_comes(of: &Coming, class: &'static str) -> Element {
    let today = of.days.first();
    let here = of.here.as_deref().unwrap_or_default();
    let shifts: Vec<_> = today
        .iter()
        .flat_map(|day| &day.shifts)
        .filter(|shift| shift.phase != Phase::Over)
        // Who is here by their clock in is not also coming.
        .filter(|shift| {
            shift.is_open()
                || shift
                    .pas
                    .iter()
                    .any(|pa| here.iter().all(|h| h.who.id != pa.id))
        })
        .collect();
    let nothing = here.is_empty() && shifts.is_empty();
    rsx! {
        section { class, aria_labelledby: "coming-today",
            h2 { id: "coming-today", {t!("title-today")} }
            if nothing {
                {empty(Icon::Today, &t!("coming-none"), &next_words(of), None)}
            }
            ul { class: "coming",
                for here in here {
                    {here_now(here)}
                }
                for shift in shifts {
                    {comes(shift)}
                }
            }
        }
    }
}

fn next_words(of: &Coming) -> String {
    let mut later = of.days.iter().skip(1).flat_map(|day| &day.shifts);
    match later.find(|shift| !shift.is_open()) {
        Some(shift) => {
            let names: Vec<_> = shift.pas.iter().map(|pa| pa.short().to_owned()).collect();
            t!(
                "coming-next-words",
                names = names.join(", "),
                day = say::on_day(shift.planned.start.day()),
                time = say::clock(shift.planned.start)
            )
        }
        None => t!("coming-none-words"),
    }
}

fn here_now(here: &Here) -> Element {
    let since = say::clock(here.since);
    rsx! {
        li { class: "now", key: "{here.visit}",
            {face(&here.who, "huge")}
            span { class: "coming-words",
                span { class: "coming-name", "{here.who.name}" }
                if let Some(until) = here.until {
                    span { class: "coming-when", {t!("until", time = say::clock(until))} }
                }
                span { class: "coming-more", {t!("here-since", time = since)} }
            }
        }
    }
}

fn comes(shift: &ComingShift) -> Element {
    let names: Vec<_> = shift.pas.iter().map(|pa| pa.name.clone()).collect();
    let phase = match shift.phase {
        Phase::Over => None,
        Phase::Now => Some(t!("phase-now")),
        Phase::Next => Some(t!("phase-next")),
        Phase::Later => Some(t!("phase-later")),
    };
    let kind = match shift.kind {
        ShiftKind::Day => None,
        kind => say::kind(kind),
    };
    let more: Vec<_> = phase.into_iter().chain(kind).collect();
    rsx! {
        li { key: "{shift.shift}",
            if let Some(pa) = shift.pas.first() {
                {face(pa, "huge")}
            } else {
                {nobody()}
            }
            span { class: "coming-words",
                span { class: "coming-name",
                    if names.is_empty() {
                        {t!("nobody-yet")}
                    } else {
                        {names.join(", ")}
                    }
                }
                span { class: "coming-when", {say::stretch(shift.planned)} }
                span { class: "coming-more",
                    if names.is_empty() {
                        {t!("team-looks")}
                    } else {
                        {more.join(" · ")}
                    }
                }
            }
        }
    }
}

/// The days after today.
pub fn later_days(of: &Coming) -> Element {
    if of.days.len() < 2 {
        return VNode::empty();
    }
    rsx! {
        div { class: "stack",
            for day in of.days.iter().skip(1) {
                {later_day(day)}
            }
        }
    }
}

fn later_day(day: &ComingDay) -> Element {
    rsx! {
        section { class: "group", key: "{day.day}", aria_labelledby: "c{day.day}",
            h2 { id: "c{day.day}", {say::title(day.when, day.day)} }
            ul { class: "rows",
                for shift in &day.shifts {
                    li { key: "{shift.shift}", {later_row(shift)} }
                }
            }
        }
    }
}

fn later_row(shift: &ComingShift) -> Element {
    let names: Vec<_> = shift.pas.iter().map(|pa| pa.name.clone()).collect();
    rsx! {
        div { class: "row",
            if let Some(pa) = shift.pas.first() {
                {face(pa, "")}
            } else {
                {nobody()}
            }
            span { class: "row-words",
                span { class: "row-title", {say::stretch(shift.planned)} }
                span { class: "row-more",
                    if names.is_empty() {
                        {t!("nobody-yet")}
                        ". "
                        {t!("team-looks")}
                    } else {
                        {names.join(", ")}
                    }
                    if let Some(kind) = say::kind(shift.kind) {
                        " · {kind}"
                    }
                }
            }
        }
    }
}
