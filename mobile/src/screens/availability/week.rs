//! The usual week: choose a brush, tap the parts of the days.

use crate::{
    components::{Sheet, icon},
    i18n::dates,
    platform,
    state::{lang, today, use_app},
    view::availability::{Page, painted},
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{
    domain::availability::{Can, Part},
    time::Span,
};
use std::collections::BTreeSet;

/// A pause in painting: what was painted is kept.
const PAUSE: Span = Span::from_millis(700);

/// How a part of a day suits, in a word and a sign.
pub(super) fn can(can: Can) -> (&'static str, Icon, String) {
    match can {
        Can::Yes => ("can", Icon::Can, t!("can-yes")),
        Can::RatherNot => ("rather-not", Icon::RatherNot, t!("can-rather-not")),
        Can::No => ("cannot", Icon::Cannot, t!("can-no")),
    }
}

/// A part of the day, and its hours.
pub(super) fn part(part: Part) -> (String, &'static str) {
    match part {
        Part::Morning => (t!("part-morning"), "07–13"),
        Part::Afternoon => (t!("part-afternoon"), "13–18"),
        Part::Evening => (t!("part-evening"), "18–22"),
        Part::Night => (t!("part-night"), "22–07"),
    }
}

/// `Mon`, from 0 for Monday.
pub(super) fn weekday(n: u8) -> String {
    dates::short_weekday(lang(), today().monday().plus(n.into()))
}

/// The week, to paint.
#[component]
pub fn Week(page: Page) -> Element {
    let app = use_app();
    let mut brush = use_signal(|| Can::No);
    // Moves with each tap: what is painted is drawn before it is kept.
    let mut taps = use_signal(|| (0_u64, 0_u8));
    let mut copying = use_signal(|| false);
    let _seen = taps.read();
    let keep = use_callback({
        let app = app.clone();
        move |()| {
            let app = app.clone();
            spawn(async move {
                app.keep_painted().await;
            });
        }
    });
    use_drop({
        let app = app.clone();
        move || {
            // Whoever leaves the screen has finished painting.
            dioxus::core::spawn_forever(async move {
                app.keep_painted().await;
            });
        }
    });
    let week: Vec<[Can; 4]> = (0..)
        .zip(page.week)
        .map(|(day, cells)| app.painted(day).unwrap_or(cells))
        .collect();
    let paint = use_callback({
        let app = app.clone();
        let week = week.clone();
        move |(day, part): (u8, usize)| {
            let was = *taps.peek();
            if was.1 != day {
                keep(());
            }
            let mut cells = app.painted(day).unwrap_or(week[usize::from(day)]);
            cells[part] = painted(cells[part], brush());
            app.paint(day, cells);
            let mine = was.0 + 1;
            taps.set((mine, day));
            spawn(async move {
                platform::sleep(PAUSE).await;
                if taps.peek().0 == mine {
                    keep(());
                }
            });
        }
    });
    let copy = {
        let app = app.clone();
        let week = week.clone();
        move |(from, to): (u8, BTreeSet<u8>)| {
            for day in to {
                app.paint(day, week[usize::from(from)]);
            }
            taps.with_mut(|taps| taps.0 += 1);
            copying.set(false);
            keep(());
        }
    };
    let clear = {
        let app = app.clone();
        move |_| {
            for day in 0..7 {
                app.paint(day, [Can::Yes; 4]);
            }
            taps.with_mut(|taps| taps.0 += 1);
            keep(());
        }
    };
    rsx! {
        section { class: "group", "aria-labelledby": "week",
            h2 { id: "week", {t!("available-week")} }
            div {
                p { class: "legend", id: "brush", {t!("available-brush")} }
                p { class: "hint", {t!("available-brush-hint")} }
            }
            fieldset { class: "brushes", "aria-labelledby": "brush",
                div { class: "segments",
                    for state in [Can::Yes, Can::RatherNot, Can::No] {
                        label { class: "segment", key: "{can(state).0}",
                            input {
                                r#type: "radio",
                                name: "brush",
                                value: can(state).0,
                                checked: brush() == state,
                                onchange: move |_| brush.set(state),
                            }
                            span {
                                {icon(can(state).1)}
                                {can(state).2}
                            }
                        }
                    }
                }
            }
            table { class: "paint",
                caption { class: "for-ears", {t!("available-week")} }
                Heads {}
                tbody {
                    for (day , cells) in (0_u8..).zip(week.clone()) {
                        tr { key: "{day}",
                            th { scope: "row", {weekday(day)} }
                            for (n , cell) in cells.into_iter().enumerate() {
                                td { key: "{n}",
                                    button {
                                        r#type: "button",
                                        class: "paint-cell {can(cell).0}",
                                        onclick: move |_| paint((day, n)),
                                        {icon(can(cell).1)}
                                        span { class: "for-ears", "{weekday(day)}, {part(Part::ALL[n]).0}: " }
                                        span { {can(cell).2} }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            div { class: "buttons",
                button { r#type: "button", class: "button", onclick: move |_| copying.set(true),
                    {icon(Icon::Copy)}
                    {t!("available-copy")}
                }
                button { r#type: "button", class: "button plain", onclick: clear,
                    {icon(Icon::Undo)}
                    {t!("available-clear")}
                }
            }
        }
        if copying() {
            CopyDay { oncopy: copy, onclose: move |()| copying.set(false) }
        }
    }
}

#[component]
fn Heads() -> Element {
    rsx! {
        thead {
            tr {
                td {}
                for one in Part::ALL {
                    th { scope: "col", key: "{part(one).1}",
                        b { {part(one).0} }
                        {part(one).1}
                    }
                }
            }
        }
    }
}

/// The week, to read.
#[component]
pub fn WeekToRead(page: Page) -> Element {
    rsx! {
        section { class: "group", "aria-labelledby": "week",
            h2 { id: "week", {t!("available-week-of", name = page.pa.short())} }
            table { class: "paint",
                caption { class: "for-ears", {t!("available-week-of", name = page.pa.short())} }
                Heads {}
                tbody {
                    for (day , cells) in (0_u8..).zip(page.week) {
                        tr { key: "{day}",
                            th { scope: "row", {weekday(day)} }
                            for (n , cell) in cells.into_iter().enumerate() {
                                td { key: "{n}",
                                    span { class: "paint-cell {can(cell).0}",
                                        {icon(can(cell).1)}
                                        span { {can(cell).2} }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[component]
fn CopyDay(oncopy: EventHandler<(u8, BTreeSet<u8>)>, onclose: EventHandler<()>) -> Element {
    let mut from = use_signal(|| 0_u8);
    let mut to = use_signal(BTreeSet::<u8>::new);
    let chosen = to.read().iter().filter(|day| **day != from()).count();
    let first = weekday(from());
    rsx! {
        Sheet { title: t!("available-copy"), onclose,
            form { class: "form",
                fieldset {
                    legend { class: "legend", {t!("available-copy-from")} }
                    div { class: "chips",
                        for day in 0..7_u8 {
                            label { class: "chip", key: "{day}",
                                input {
                                    r#type: "radio",
                                    name: "from",
                                    value: "{day}",
                                    checked: from() == day,
                                    onchange: move |_| from.set(day),
                                }
                                span { {weekday(day)} }
                            }
                        }
                    }
                }
                fieldset {
                    legend { class: "legend", {t!("available-copy-to")} }
                    div { class: "chips",
                        for day in (0..7_u8).filter(|day| *day != from()) {
                            label { class: "chip", key: "{day}",
                                input {
                                    r#type: "checkbox",
                                    name: "to",
                                    value: "{day}",
                                    checked: to.read().contains(&day),
                                    onchange: move |event| {
                                        to.with_mut(|to| {
                                            if event.checked() { to.insert(day) } else { to.remove(&day) }
                                        });
                                    },
                                }
                                span { {weekday(day)} }
                            }
                        }
                    }
                }
            }
            div { class: "sheet-foot",
                button {
                    r#type: "button",
                    class: "button primary",
                    disabled: chosen == 0,
                    onclick: move |_| {
                        let mut days = to();
                        days.remove(&from());
                        oncopy((from(), days));
                    },
                    {icon(Icon::Copy)}
                    {t!("available-copy-do", day = first, count = chosen)}
                }
            }
        }
    }
}
