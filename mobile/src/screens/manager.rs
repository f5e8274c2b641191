//! The registered manager's home: what needs me?

use crate::{
    components::{Screen, TopStyle, empty, face, icon_with, mark_sign},
    route::Route,
    state::{long_today, now, say, use_app},
    view::{
        records::{Exception, records},
        timeline::{MissedCard, VisitCard},
    },
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::domain::visit::Mark;

/// What was not as planned, and how much of it.
#[component]
pub fn NeedsMe() -> Element {
    let app = use_app();
    let found = records(&app.phone(), now());
    let counts = found.counts;
    let counts = [
        (counts.visits, t!("count-visits", count = counts.visits)),
        (counts.missed, t!("count-missed", count = counts.missed)),
        (counts.late, t!("count-late", count = counts.late)),
        (
            counts.cut_short,
            t!("count-cut-short", count = counts.cut_short),
        ),
        (counts.amended, t!("count-amended", count = counts.amended)),
    ];
    rsx! {
        Screen { title: t!("needs-me"), more: long_today(), style: TopStyle::Two,
            div { class: "stack first",
                super::decisions::Alerts {}
                super::waiting::Doubts {}
                super::aside::PutAside {}
                section { class: "group", aria_labelledby: "exceptions",
                    h2 { id: "exceptions", {t!("exceptions")} }
                    if found.exceptions.is_empty() {
                        {empty(Icon::Seen, &t!("exceptions-none"), &t!("exceptions-none-words"), None)}
                    } else {
                        ul { class: "rows",
                            for exception in found.exceptions {
                                li { {exception_row(&exception)} }
                            }
                        }
                    }
                }
            }
            section { class: "group", aria_labelledby: "counts",
                h2 { id: "counts", {t!("counts")} }
                div { class: "counts",
                    for (count , words) in counts {
                        Link { class: "count", to: Route::Records {},
                            strong { "{count}" }
                            "{words}"
                        }
                    }
                }
                ul { class: "rows",
                    li {
                        Link { class: "row", to: Route::Whole {},
                            {icon_with(Icon::Records, "icon")}
                            span { class: "row-words",
                                span { class: "row-title", {t!("whole")} }
                            }
                            {icon_with(Icon::ChevronRight, "icon go")}
                        }
                    }
                }
            }
        }
    }
}

/// Something that was not as planned, and the way to it.
pub fn exception_row(exception: &Exception) -> Element {
    match exception {
        Exception::Missed(missed) => missed_row(missed),
        Exception::Visit(visit) => visit_row(visit),
    }
}

fn missed_row(missed: &MissedCard) -> Element {
    let who = missed
        .who
        .as_ref()
        .map_or_else(|| t!("nobody-yet"), |who| who.name.clone());
    let when = format!(
        "{} {}",
        say::day_first(missed.planned.start.day()),
        say::stretch(missed.planned)
    );
    let missed_words = t!("missed-title");
    rsx! {
        Link { class: "row tall", to: Route::RecordsOf { person: missed.person.id },
            {face(&missed.person, "")}
            span { class: "row-words",
                span { class: "row-title", "{missed.person.name}" }
                span { class: "row-more", "{when}, {who}. {missed_words}" }
                span { class: "marks", {mark_sign(Mark::Missed, &say::mark(Mark::Missed, None))} }
            }
            {icon_with(Icon::ChevronRight, "icon go")}
        }
    }
}

fn visit_row(visit: &VisitCard) -> Element {
    let when = format!(
        "{} {}",
        say::day_first(visit.start.day()),
        say::worked(visit.start, visit.end)
    );
    let reason = visit
        .amendments
        .first()
        .map(|a| t!("reason-quoted", reason = a.reason.as_str()));
    rsx! {
        Link { class: "row tall", to: Route::Visit { visit: visit.visit },
            {face(&visit.person, "")}
            span { class: "row-words",
                span { class: "row-title", "{visit.person.name}" }
                span { class: "row-more",
                    "{when}, {visit.who.name}."
                    if let Some(reason) = reason {
                        " {reason}"
                    }
                }
                span { class: "marks",
                    for mark in visit.marks.iter().copied() {
                        {mark_sign(mark, &say::mark(mark, Some(visit)))}
                    }
                }
            }
            {icon_with(Icon::ChevronRight, "icon go")}
        }
    }
}
