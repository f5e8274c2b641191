//! The rota: a week, mine or the team's.

use super::shift::ShiftSheet;
use crate::{
    components::{Screen, TopStyle, face, icon, kind_mark, nobody},
    i18n::dates,
    route::Route,
    state::{now, say, today, use_app},
    view::{
        rota::{RotaDay, Week, Whose, rota},
        shift::ShiftCard,
        when::When,
    },
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{domain::team::Role, ids::ShiftId, time::Day};

/// Whose shifts were looked at last: it stays while one goes from week to week.
static WHOSE: GlobalSignal<Option<Whose>> = Signal::global(|| None);

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

fn week_route(day: Day) -> Route {
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
    let role = app.phone().me().map(|me| me.joined.role);
    // Only PAs hold shifts; to the others the whole rota is theirs.
    let pa = role == Some(Role::Pa);
    let whose = match WHOSE() {
        Some(whose) if pa => whose,
        _ if pa => Whose::Mine,
        _ => Whose::All,
    };
    let mut open = use_signal(|| None::<ShiftId>);
    let Week { monday, days, .. } = rota(&app.phone(), day, whose, now());
    rsx! {
        Screen { title: t!("rota"), style: TopStyle::Wide,
            div { class: "rota-tools",
                if pa {
                    fieldset { class: "segments",
                        legend { class: "for-ears", {t!("rota-whose")} }
                        for (which , words) in [(Whose::Mine, t!("rota-mine")), (Whose::All, t!("rota-all"))] {
                            label { class: "segment",
                                input {
                                    r#type: "radio",
                                    name: "whose",
                                    checked: whose == which,
                                    onchange: move |_| *WHOSE.write() = Some(which),
                                }
                                span { "{words}" }
                            }
                        }
                    }
                }
                div { class: "week-head",
                    Link { class: "icon-button", to: week_route(monday.plus(-7)), aria_label: t!("week-before"), {icon(Icon::ChevronLeft)} }
                    h2 { id: "week", aria_live: "polite", {say::week(monday)} }
                    Link { class: "icon-button", to: week_route(monday.plus(7)), aria_label: t!("week-after"), {icon(Icon::ChevronRight)} }
                }
            }
            section { class: "group", aria_labelledby: "week",
                div { class: "week",
                    for day in days {
                        DayOfWeek { key: "{day.day}", day, whose, onopen: move |shift| open.set(Some(shift)) }
                    }
                }
            }
        }
        if let Some(shift) = open() {
            ShiftSheet { shift, onclose: move |()| open.set(None) }
        }
    }
}

#[component]
fn DayOfWeek(day: RotaDay, whose: Whose, onopen: EventHandler<ShiftId>) -> Element {
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
                for card in day.shifts {
                    {shift_button(&card, whose, onopen)}
                }
            }
        }
    }
}

fn shift_button(card: &ShiftCard, whose: Whose, onopen: EventHandler<ShiftId>) -> Element {
    let shift = card.shift;
    let all = whose == Whose::All;
    let class = match (card.is_open(), card.is_mine() && all) {
        (true, _) => "shift open",
        (_, true) => "shift mine",
        _ => "shift",
    };
    let name = card.person.short();
    let words = if card.is_open() {
        t!("shift-open", name = name)
    } else if !all {
        card.person.name.clone()
    } else {
        let holders = card.pas.iter().map(|pa| {
            if pa.me {
                t!("you")
            } else {
                pa.short().to_owned()
            }
        });
        let holders: Vec<_> = holders.collect();
        t!("shift-who", holders = holders.join(", "), name = name)
    };
    let double = card.pas.len() > 1;
    let kind = kind_mark(card.kind);
    rsx! {
        button { key: "{shift}", r#type: "button", class, aria_haspopup: "dialog", onclick: move |_| onopen(shift),
            span { class: "shift-words",
                span { class: "shift-time", {say::stretch(card.planned)} }
                span { class: "shift-who", "{words}" }
                if kind.is_some() || double {
                    span { class: "marks",
                        if let Some(kind) = kind {
                            {kind}
                        }
                        if double {
                            span { class: "mark brand", {icon(Icon::People)} {t!("double-up")} }
                        }
                    }
                }
            }
            if !all {
                {face(&card.person, "")}
            } else if let Some(pa) = card.pas.first() {
                {face(pa, "")}
            } else {
                {nobody()}
            }
        }
    }
}
