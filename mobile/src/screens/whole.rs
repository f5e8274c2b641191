//! *Are the records whole?*, for the registered manager.

use crate::{
    components::{Screen, face, icon, icon_with},
    route::Route,
    state::{say, use_app},
    view::whole::{Late, Skewed, whole},
};
use dioxus::prelude::*;
use kith_assets::Icon;

/// So many late arrivals are listed; the records are counted in all.
const LISTED: usize = 100;

/// What was checked, what came late, whose clock was off.
#[component]
pub fn Whole() -> Element {
    let app = use_app();
    let found = whole(&app.phone());
    let days = found.days.filter(|_| found.checked);
    let title = days.map(|(first, last)| {
        if first == last {
            t!("whole-yes-day", day = say::far_day(first))
        } else {
            t!(
                "whole-yes",
                from = say::far_day(first),
                to = say::far_day(last)
            )
        }
    });
    rsx! {
        Screen { title: t!("whole"), back: (Route::Home {}, t!("back-to-needs-me")),
            super::waiting::Doubts { read: true }
            if let Some(title) = title {
                div { class: "message quiet",
                    {icon(Icon::Seen)}
                    div { class: "message-words",
                        h2 { "{title}" }
                        p { {t!("whole-yes-words", count = found.entries)} }
                    }
                }
            } else {
                div { class: "message quiet",
                    {icon(Icon::Waiting)}
                    div { class: "message-words",
                        h2 { {t!("whole-unknown")} }
                        p { {t!("whole-unknown-words")} }
                    }
                }
            }
            section { class: "group", aria_labelledby: "late",
                h2 { id: "late", {t!("whole-late", count = found.late_records)} }
                p { class: "soft", {t!("whole-late-words")} }
                ul { class: "rows",
                    for late in found.late.iter().take(LISTED) {
                        li { {late_row(late)} }
                    }
                }
            }
            section { class: "group", aria_labelledby: "clocks",
                h2 { id: "clocks", {t!("whole-clocks", count = found.clocks.len())} }
                p { class: "soft", {t!("whole-clocks-words")} }
                ul { class: "rows",
                    for clock in &found.clocks {
                        li { key: "{clock.who.id}", {clock_row(clock)} }
                    }
                }
            }
        }
    }
}

fn late_row(late: &Late) -> Element {
    let person = late.person.as_ref();
    let what = match person {
        Some(person) => t!(
            "whole-about",
            count = late.records,
            name = person.name.as_str()
        ),
        None => t!("whole-records", count = late.records),
    };
    let made = (say::moment(late.made.0), say::moment(late.made.1));
    let here = say::moment(late.received);
    let times = if late.records == 1 {
        t!("whole-times", made = made.0, here = here)
    } else {
        t!("whole-times-from", from = made.0, to = made.1, here = here)
    };
    let row = rsx! {
        {face(&late.who, "")}
        span { class: "row-words",
            span { class: "row-title", "{late.who.name}" }
            span { class: "row-more", "{what}" }
            span { class: "row-more", "{times}" }
        }
    };
    match person {
        Some(person) => rsx! {
            Link { class: "row tall", to: Route::RecordsOf { person: person.id },
                {row}
                {icon_with(Icon::ChevronRight, "icon go")}
            }
        },
        None => rsx! {
            div { class: "row tall", {row} }
        },
    }
}

fn clock_row(clock: &Skewed) -> Element {
    let length = say::length(clock.ahead.abs());
    rsx! {
        div { class: "row tall",
            {face(&clock.who, "")}
            span { class: "row-words",
                span { class: "row-title", "{clock.who.name}" }
                span { class: "row-more",
                    if clock.ahead > 0 {
                        {t!("whole-fast", length = length)}
                    } else {
                        {t!("whole-slow", length = length)}
                    }
                }
                span { class: "row-more",
                    {t!("whole-clock-last", count = clock.records, when = say::moment(clock.last))}
                }
            }
        }
    }
}
