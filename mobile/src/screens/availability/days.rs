//! Days that are other than usual, and leave.

use super::{
    super::shift::words,
    week::{can, part},
};
use crate::{
    components::{Sheet, TroubleNow, face, icon, icon_with},
    route::Route,
    state::{TOAST, now, say, use_app},
    view::availability::{Others, Page, Said, WrongDays, add_days, as_usual, cells, no_leave},
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{
    domain::availability::{Can, Leave, Part},
    limits,
    time::Day,
};
use std::collections::BTreeSet;

fn days(from: Day, to: Day) -> String {
    if from == to {
        say::far_day(from)
    } else {
        format!("{} – {}", say::far_day(from), say::far_day(to))
    }
}

/// `Cannot: evening, night`.
fn others(days: &Others) -> (Icon, String) {
    let cells = cells(&days.parts);
    let worst = cells.iter().copied().max().unwrap_or_default();
    if cells.iter().all(|cell| *cell == worst) {
        let (_, sign, word) = can(worst);
        return (sign, t!("available-whole-day", how = word));
    }
    let say_one = |state: Can| {
        let parts: Vec<_> = (Part::ALL.into_iter().zip(cells))
            .filter(|(_, cell)| *cell == state)
            .map(|(one, _)| part(one).0)
            .collect();
        (!parts.is_empty()).then(|| format!("{}: {}", can(state).2, parts.join(", ")))
    };
    let said: Vec<_> = [Can::No, Can::RatherNot, Can::Yes]
        .into_iter()
        .filter_map(say_one)
        .collect();
    (can(worst).1, said.join(". "))
}

/// The days.
#[component]
pub fn OtherDays(page: Page, change: bool) -> Element {
    let app = use_app();
    let pa = page.pa.id;
    let mut adding = use_signal(|| false);
    let undo = use_callback(move |intents: Vec<_>| {
        let app = app.clone();
        spawn(async move {
            app.act_all(intents).await;
        });
    });
    let leave: Vec<(Leave, String)> = page
        .leave
        .iter()
        .map(|l| (*l, days(l.from, l.to)))
        .collect();
    let other: Vec<(Others, String)> = page
        .days
        .iter()
        .map(|d| (d.clone(), days(d.from, d.to)))
        .collect();
    rsx! {
        section { class: "group", "aria-labelledby": "days",
            h2 { id: "days", {t!("available-days")} }
            if leave.is_empty() && other.is_empty() {
                p { class: "soft", {t!("available-days-none")} }
            } else {
                ul { class: "rows",
                    for (leave , when) in leave {
                        li { key: "{leave.id}",
                            div { class: "row",
                                {icon(Icon::Leave)}
                                span { class: "row-words",
                                    span { class: "row-title", "{when}" }
                                    span { class: "row-more", {t!("available-leave-row")} }
                                }
                                if change {
                                    button {
                                        r#type: "button",
                                        class: "icon-button",
                                        aria_label: t!("available-take-away", when = when.as_str()),
                                        onclick: move |_| undo(vec![no_leave(pa, &leave)]),
                                        {icon(Icon::Remove)}
                                    }
                                }
                            }
                        }
                    }
                    for (day , when) in other {
                        li { key: "{day.from}",
                            div { class: "row",
                                {icon(others(&day).0)}
                                span { class: "row-words",
                                    span { class: "row-title", "{when}" }
                                    span { class: "row-more", {others(&day).1} }
                                }
                                if change {
                                    button {
                                        r#type: "button",
                                        class: "icon-button",
                                        aria_label: t!("available-take-away", when = when.as_str()),
                                        onclick: move |_| undo(as_usual(pa, &day)),
                                        {icon(Icon::Remove)}
                                    }
                                }
                            }
                        }
                    }
                }
            }
            if change {
                {held(&page)}
                div { class: "buttons",
                    button { r#type: "button", class: "button", onclick: move |_| adding.set(true),
                        {icon(Icon::Plus)}
                        {t!("available-add")}
                    }
                }
            }
        }
        if adding() {
            AddDays { page, onclose: move |()| adding.set(false) }
        }
    }
}

/// Shifts that are mine although I am on leave then, and the way out: each shift's sheet.
fn held(page: &Page) -> Element {
    if page.held.is_empty() {
        return VNode::empty();
    }
    rsx! {
        div { class: "message need",
            {icon(Icon::Alert)}
            div { class: "message-words",
                h3 { {t!("available-held", count = page.held.len())} }
                p { {t!("available-held-words")} }
            }
        }
        ul { class: "rows",
            for card in &page.held {
                li { key: "{card.shift}",
                    Link { class: "row", to: Route::ShiftPage { shift: card.shift },
                        {face(&card.person, "")}
                        span { class: "row-words",
                            span { class: "row-title", {words::when(card)} }
                            span { class: "row-more", {t!("visit-with", name = card.person.name.as_str())} }
                        }
                        {icon_with(Icon::ChevronRight, "icon go")}
                    }
                }
            }
        }
    }
}

fn wrong_words(wrong: WrongDays) -> String {
    match wrong {
        WrongDays::Missing => t!("available-wrong-missing"),
        WrongDays::Order => t!("available-wrong-order"),
        WrongDays::Over => t!("available-wrong-over"),
        WrongDays::Many => t!("available-wrong-many", count = limits::DAYS_AT_ONCE),
        WrongDays::Parts => t!("available-wrong-parts"),
    }
}

#[component]
fn AddDays(page: Page, onclose: EventHandler<()>) -> Element {
    let app = use_app();
    let pa = page.pa.id;
    let mut from = use_signal(String::new);
    let mut to = use_signal(String::new);
    let mut what = use_signal(|| None::<Can>);
    let mut parts = use_signal(|| Part::ALL.into_iter().collect::<BTreeSet<_>>());
    let mut wrong = use_signal(|| None::<WrongDays>);
    let kinds = [
        (
            None,
            "leave",
            Icon::Leave,
            t!("available-leave"),
            t!("available-leave-hint"),
        ),
        (
            Some(Can::No),
            "cannot",
            Icon::Cannot,
            t!("can-no"),
            t!("available-cannot-hint"),
        ),
        (
            Some(Can::RatherNot),
            "rather",
            Icon::RatherNot,
            t!("can-rather-not"),
            t!("available-rather-hint"),
        ),
        (
            Some(Can::Yes),
            "can",
            Icon::Can,
            t!("can-yes"),
            t!("available-can-hint"),
        ),
    ];
    let add = move |_| {
        let said = match what() {
            None => Said::Leave,
            Some(can) => Said::Parts(can, parts.read().iter().copied().collect()),
        };
        let read = add_days(&app.phone(), pa, (&from.peek(), &to.peek()), &said, now());
        wrong.set(read.as_ref().err().copied());
        let app = app.clone();
        async move {
            if let Ok(intents) = read
                && app.act_all(intents).await.is_some()
            {
                *TOAST.write() = Some(t!("available-added"));
                onclose(());
            }
        }
    };
    rsx! {
        Sheet { title: t!("available-add"), onclose,
            TroubleNow {}
            form { class: "form",
                if let Some(wrong) = wrong() {
                    p { class: "error", role: "alert", {icon(Icon::Alert)} span { {wrong_words(wrong)} } }
                }
                div { class: "two-fields",
                    div { class: "field",
                        label { r#for: "from", {t!("available-from")} }
                        input { class: "input", id: "from", r#type: "date", oninput: move |event| from.set(event.value()) }
                    }
                    div { class: "field",
                        label { r#for: "to", {t!("available-to")} }
                        input { class: "input", id: "to", r#type: "date", oninput: move |event| to.set(event.value()) }
                    }
                }
                fieldset {
                    legend { class: "legend", {t!("available-what")} }
                    div { class: "choices",
                        for (kind , value , sign , word , hint) in kinds {
                            label { class: "choice", key: "{value}",
                                input {
                                    r#type: "radio",
                                    name: "what",
                                    value,
                                    checked: what() == kind,
                                    onchange: move |_| what.set(kind),
                                }
                                span {
                                    {icon(sign)}
                                    span { class: "choice-words",
                                        span { "{word}" }
                                        span { class: "hint", "{hint}" }
                                    }
                                }
                            }
                        }
                    }
                }
                if what().is_some() {
                    fieldset {
                        legend { class: "legend", {t!("available-parts")} }
                        div { class: "chips",
                            for one in Part::ALL {
                                label { class: "chip", key: "{part(one).1}",
                                    input {
                                        r#type: "checkbox",
                                        name: "part",
                                        value: part(one).1,
                                        checked: parts.read().contains(&one),
                                        onchange: move |event| {
                                            parts.with_mut(|parts| {
                                                if event.checked() { parts.insert(one) } else { parts.remove(&one) }
                                            });
                                        },
                                    }
                                    span { {part(one).0} }
                                }
                            }
                        }
                    }
                }
            }
            div { class: "sheet-foot",
                button { r#type: "button", class: "button primary", onclick: add,
                    {icon(Icon::Plus)}
                    {t!("available-add-do")}
                }
            }
        }
    }
}
