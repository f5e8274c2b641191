//! The rota: a week, mine or the team's.

pub mod card;
pub mod tools;

use super::shift::ShiftSheet;
use crate::{
    components::{Screen, TopStyle},
    i18n::dates,
    route::Route,
    state::{now, say, today, use_app},
    view::{
        rota::{RotaDay, Week, rota},
        when::When,
    },
};
use card::{Reads, ShiftButton};
use dioxus::prelude::*;
use kith_shared::{ids::ShiftId, time::Day};
use tools::{Looking, Shown, Tools};

/// This week.
#[component]
pub fn Rota() -> Element {
    rsx! {
        WeekOf { day: today() }
    }
}

/// The week of a day, `2026-11-24`.
#[component]
pub fn RotaWeek(day: String) -> Element {
    match dates::read_day(&day) {
        Some(day) => rsx! {
            WeekOf { day }
        },
        None => super::not_found::unknown_here(),
    }
}

/// Where the week of this day is.
pub fn week_route(day: Day) -> Route {
    if day.monday() == today().monday() {
        Route::Rota {}
    } else {
        Route::RotaWeek {
            day: day.to_string(),
        }
    }
}

#[component]
fn WeekOf(day: Day) -> Element {
    let app = use_app();
    let whose = tools::whose(&app);
    let reads = Reads::of(&app, whose);
    let mut open = use_signal(|| None::<ShiftId>);
    let Week { monday, days } = rota(&app.phone(), day, whose, now());
    rsx! {
        Screen { title: t!("rota"), style: TopStyle::Wide,
            Tools {
                shown: Shown::Week(monday),
                title: say::week(monday),
                before: (week_route(monday.plus(-7)), t!("week-before")),
                after: (week_route(monday.plus(7)), t!("week-after")),
            }
            section { class: "group", aria_labelledby: "span",
                div { class: "week",
                    for day in days {
                        DayOfWeek { key: "{day.day}", day, reads, onopen: move |shift| open.set(Some(shift)) }
                    }
                }
            }
            Looking {}
        }
        if let Some(shift) = open() {
            ShiftSheet { shift, onclose: move |()| open.set(None) }
        }
    }
}

#[component]
fn DayOfWeek(day: RotaDay, reads: Reads, onopen: EventHandler<ShiftId>) -> Element {
    let is_today = day.when == When::Today;
    let class = match day.day.since(today()) {
        0 => "day today",
        ..0 => "day past",
        _ => "day",
    };
    let name = if is_today {
        t!("title-today")
    } else {
        say::short_weekday(day.day)
    };
    rsx! {
        section { class, aria_current: is_today.then_some("date"),
            h3 { class: "day-head",
                span { "{name}" }
                span { class: "day-number", "{day.day.number()}" }
            }
            div { class: "day-body",
                if day.shifts.is_empty() {
                    p { class: "day-none", {t!("rota-none")} }
                }
                for shift in day.shifts {
                    ShiftButton { key: "{shift.card.shift}", shift, reads, onopen }
                }
            }
        }
    }
}
