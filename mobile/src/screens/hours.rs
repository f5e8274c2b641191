//! What I worked in a month.

use crate::{
    components::{Screen, empty, icon, kind_mark, mark_sign},
    route::Route,
    state::{now, say, today, use_app},
    view::hours::{HoursLine, hours},
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::time::Month;

/// This month.
#[component]
pub fn Hours() -> Element {
    rsx! {
        HoursOf { month: today().month() }
    }
}

/// A month.
#[component]
pub fn HoursOf(month: Month) -> Element {
    let app = use_app();
    let mine = hours(&app.phone(), month, now());
    let total = mine.total();
    rsx! {
        Screen { title: t!("hours"), back: (Route::Me {}, t!("back-to-me")),
            div { class: "week-head",
                if let Some(month) = mine.previous {
                    Link { class: "icon-button", to: Route::HoursOf { month }, aria_label: t!("month-before"), {icon(Icon::ChevronLeft)} }
                } else {
                    span { class: "icon-button", aria_hidden: "true" }
                }
                h2 { aria_live: "polite", {say::month(month)} }
                if let Some(month) = mine.next {
                    Link { class: "icon-button", to: Route::HoursOf { month }, aria_label: t!("month-after"), {icon(Icon::ChevronRight)} }
                } else {
                    span { class: "icon-button", aria_hidden: "true" }
                }
            }
            section { class: "sum", aria_label: t!("hours-sum"),
                div {
                    p { class: "sum-figure", {say::length(total)} }
                    p { class: "sum-more",
                        if mine.to_come > 0 {
                            {t!("hours-to-come", length = say::length(mine.to_come))}
                        } else {
                            {t!("hours-worked")}
                        }
                    }
                }
                if mine.sleep_ins > 0 {
                    dl { class: "facts",
                        div {
                            dt { {t!("hours-awake")} }
                            dd { {say::length(mine.awake)} }
                        }
                        div {
                            dt { {t!("hours-sleep-ins", count = mine.sleep_ins)} }
                            dd { {say::length(mine.sleep_in)} }
                        }
                    }
                }
            }
            if mine.weeks.is_empty() {
                {empty(Icon::Hours, &t!("hours-none"), &t!("hours-none-words"), None)}
            }
            for week in mine.weeks {
                section { class: "group", key: "{week.monday}",
                    h2 {
                        "{say::week(week.monday)} "
                        span { class: "figure", {say::length(week.minutes)} }
                    }
                    ul { class: "rows",
                        for line in week.lines {
                            li { key: "{line.visit}", {hours_row(&line)} }
                        }
                    }
                }
            }
        }
    }
}

fn hours_row(line: &HoursLine) -> Element {
    let kind = kind_mark(line.kind);
    let marked = kind.is_some() || !line.marks.is_empty();
    let next_day = if line.nights > 0 && line.end.is_some() {
        format!(" {}", t!("to-next-day"))
    } else {
        String::new()
    };
    rsx! {
        Link { class: "row", to: Route::Visit { visit: line.visit },
            span { class: "row-words",
                span { class: "row-title", {say::short_day(line.day)} }
                span { class: "row-more",
                    "{line.person.short()} · {say::worked(line.start, line.end)}{next_day}"
                }
                if marked {
                    span { class: "marks",
                        if let Some(kind) = kind {
                            {kind}
                        }
                        for mark in line.marks.iter().copied() {
                            {mark_sign(mark, &say::mark(mark, None))}
                        }
                    }
                }
            }
            span { class: "row-side row-figure", {say::length(line.minutes)} }
        }
    }
}
