//! A PA's home: where am I next, and what must I know?

mod cards;

use super::clock_in::{ClockIn, Going};
use crate::{
    components::{Screen, TopStyle, empty, face, icon, nobody},
    route::Route,
    state::{App, TOAST, long_today, now, say, use_app},
    view::{
        decisions,
        shift::ShiftCard,
        today::{self, Next, NoteDue, Running, TakenOver},
        when::When,
    },
};
use cards::{NextVisit, RunningNow};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::intent::Intent;

/// A shift that begins within so many minutes is what *next* is about, whatever the day.
const SOON: i64 = 4 * 60;

/// What the sheet over the page asks.
#[derive(Debug, Clone, PartialEq)]
enum Open {
    ClockIn(Going),
    Unplanned,
}

/// Today.
#[component]
pub fn Today() -> Element {
    let app = use_app();
    let day = today::today(&app.phone(), now());
    let open_shifts = decisions::open_today(&app.phone(), now());
    let mut open = use_signal(|| None::<Open>);
    let close = move |()| open.set(None);

    let name = app.me().map(|me| me.joined.name).unwrap_or_default();
    let running = day.running.first().cloned();
    let is_soon = |next: &Next| next.card.when == When::Today || next.starts_in <= SOON;
    let next = day.next.clone().filter(is_soon);
    let shown_above = running.is_none() && next.is_some();
    let mut later: Vec<ShiftCard> = Vec::new();
    if !shown_above {
        later.extend(day.next.iter().map(|next| next.card.clone()));
    }
    later.extend(day.then.iter().cloned());
    let later_today = later.iter().all(|card| card.when == When::Today);
    let going = next.as_ref().map(|next| Going::to(&next.card));

    rsx! {
        Screen { title: t!("today"), more: long_today(), style: TopStyle::Two,
            for taken in day.taken_over.iter().cloned() {
                TakenFromMe {
                    key: "{taken.card.shift}",
                    onclick: {
                        let going = Going::to(&taken.card);
                        move |()| open.set(Some(Open::ClockIn(going.clone())))
                    },
                    taken,
                }
            }
            super::decisions::Alerts {}
            if !day.running.is_empty() {
                for running in day.running.iter().cloned() {
                    RunningNow { key: "{running.visit}", running }
                }
            } else if let Some(next) = next {
                NextVisit { next }
            } else if later.is_empty() {
                {
                    empty(
                        Icon::Today,
                        &t!("today-first", name = name),
                        &t!("today-first-words"),
                        Some(rsx! {
                            Link { class: "button", to: Route::Rota {}, {icon(Icon::Rota)} {t!("see-rota")} }
                        }),
                    )
                }
            } else {
                {empty(Icon::Today, &t!("today-none"), &none_today(&later), None)}
            }
            {open_today(&open_shifts)}
            for card in day.not_clocked.iter().cloned() {
                NotClocked {
                    key: "{card.shift}",
                    onclick: {
                        let going = Going::to(&card);
                        move |()| open.set(Some(Open::ClockIn(going.clone())))
                    },
                    card,
                }
            }
            if running.is_none() && let Some(due) = day.note_due.clone() {
                NoteWanted { due }
            }
            if !later.is_empty() {
                section { class: "group", aria_labelledby: "later",
                    h2 { id: "later",
                        if later_today {
                            {t!("later-today")}
                        } else {
                            {t!("coming-up")}
                        }
                    }
                    ul { class: "rows",
                        for card in later {
                            li { key: "{card.shift}", {shift_row(&card, decisions::asking(&app.phone(), card.shift, now()))} }
                        }
                    }
                }
            }
            div { class: "dock",
                if let Some(running) = running {
                    if !running.noted {
                        Link {
                            class: "button second",
                            to: Route::WriteNote { visit: running.visit },
                            {icon(Icon::Note)}
                            if running.draft {
                                {t!("note-go-on")}
                            } else {
                                {t!("note-write")}
                            }
                        }
                    }
                    {clock_out(app.clone(), running)}
                } else {
                    if !day.people.is_empty() {
                        button {
                            r#type: "button",
                            class: "button plain",
                            onclick: move |_| open.set(Some(Open::Unplanned)),
                            {t!("unplanned")}
                        }
                    }
                    if let Some(going) = going {
                        button {
                            r#type: "button",
                            class: "button primary",
                            onclick: move |_| open.set(Some(Open::ClockIn(going.clone()))),
                            {icon(Icon::ClockIn)}
                            {t!("clock-in")}
                        }
                    }
                }
            }
        }
        match open() {
            Some(Open::ClockIn(going)) => rsx! {
                ClockIn { going, onclose: close }
            },
            Some(Open::Unplanned) => rsx! {
                super::clock_in::Unplanned {
                    people: day.people.clone(),
                    onclose: close,
                    onchoose: move |going| open.set(Some(Open::ClockIn(going))),
                }
            },
            None => VNode::empty(),
        }
    }
}

fn none_today(later: &[ShiftCard]) -> String {
    let Some(next) = later.first() else {
        return String::new();
    };
    let day = say::on_day(next.planned.start.day());
    let time = say::clock(next.planned.start);
    t!(
        "today-none-words",
        day = day,
        time = time,
        name = next.person.short()
    )
}

/// Shifts of today that nobody holds.
fn open_today(shifts: &[ShiftCard]) -> Element {
    if shifts.is_empty() {
        return VNode::empty();
    }
    rsx! {
        section { class: "group", aria_labelledby: "open-today",
            h2 { id: "open-today", {t!("today-open")} }
            ul { class: "rows",
                for card in shifts {
                    li { key: "{card.shift}",
                        Link { class: "row", to: Route::ShiftPage { shift: card.shift },
                            {nobody()}
                            span { class: "row-words",
                                span { class: "row-title", {say::stretch(card.planned)} }
                                span { class: "row-more", {t!("visit-with", name = card.person.name.as_str())} }
                            }
                            {crate::components::icon_with(Icon::ChevronRight, "icon go")}
                        }
                    }
                }
            }
        }
    }
}

/// A shift among those to come.
fn shift_row(card: &ShiftCard, asking: bool) -> Element {
    let time = say::stretch(card.planned);
    let title = match card.when {
        When::Today => time,
        _ => format!(
            "{}, {time}",
            say::title_short(card.when, card.planned.start.day())
        ),
    };
    let mut more = card.person.name.clone();
    if let Some(extra) = say::kind(card.kind) {
        more = format!("{more} · {extra}");
    }
    if asking {
        more = format!("{more} · {}", t!("today-asking"));
    }
    rsx! {
        Link { class: "row", to: Route::ShiftPage { shift: card.shift },
            {face(&card.person, "")}
            span { class: "row-words",
                span { class: "row-title", "{title}" }
                span { class: "row-more", "{more}" }
            }
            {crate::components::icon_with(Icon::ChevronRight, "icon go")}
        }
    }
}

/// My shift is over and I did not clock in: it can be put right.
#[component]
fn NotClocked(card: ShiftCard, onclick: EventHandler<()>) -> Element {
    rsx! {
        div { class: "message need",
            {icon(Icon::Hours)}
            div { class: "message-words",
                h2 { {t!("not-clocked", name = card.person.short(), time = say::stretch(card.planned))} }
                p { {t!("not-clocked-words")} }
                div { class: "buttons",
                    button { r#type: "button", class: "button", onclick: move |_| onclick(()), {t!("not-clocked-add")} }
                }
            }
        }
    }
}

/// A colleague took my shift over, because nobody had clocked in. Who is there all the same says
/// so to them, and clocks in.
#[component]
fn TakenFromMe(taken: TakenOver, onclick: EventHandler<()>) -> Element {
    let by = taken.by.short();
    let time = say::stretch(taken.card.planned);
    rsx! {
        section { class: "message need",
            {icon(Icon::Cover)}
            div { class: "message-words",
                h2 { {t!("taken-over", name = by)} }
                p {
                    strong { "{time}, {taken.card.person.short()}. " }
                    {t!("taken-over-words", name = by)}
                }
                div { class: "buttons",
                    button { r#type: "button", class: "button", onclick: move |_| onclick(()),
                        {icon(Icon::ClockIn)}
                        {t!("taken-over-here")}
                    }
                }
            }
        }
    }
}

/// My last visit has no note yet.
#[component]
fn NoteWanted(due: NoteDue) -> Element {
    let when = format!(
        "{} {}",
        say::day(due.start.day()),
        say::worked(due.start, Some(due.end))
    );
    rsx! {
        section { class: "group",
            h2 { {t!("note-due")} }
            ul { class: "rows",
                li {
                    Link { class: "row", to: Route::WriteNote { visit: due.visit },
                        {icon(Icon::Note)}
                        span { class: "row-words",
                            span { class: "row-title",
                                if due.draft {
                                    {t!("note-go-on")}
                                } else {
                                    {t!("note-write")}
                                }
                            }
                            span { class: "row-more", "{due.person.name} · {when}" }
                        }
                        {crate::components::icon_with(Icon::ChevronRight, "icon go")}
                    }
                }
            }
        }
    }
}

/// Ends the visit, and goes on to its note. The button belongs to the page: it goes when the visit
/// has ended, and what it does must not go with it.
fn clock_out(app: App, running: Running) -> Element {
    let clock_out = move |_| {
        let app = app.clone();
        let running = running.clone();
        async move {
            let intent = Intent::ClockOut {
                person: running.person.id,
                month: running.month,
                visit: running.visit,
            };
            if app.act(intent).await.is_some() {
                let time = say::clock(app.shell().now());
                *TOAST.write() = Some(t!("clocked-out", time = time));
                if !running.noted {
                    navigator().push(Route::WriteNote {
                        visit: running.visit,
                    });
                }
            }
        }
    };
    rsx! {
        button { r#type: "button", class: "button primary", onclick: clock_out,
            {icon(Icon::ClockOut)}
            {t!("clock-out")}
        }
    }
}
