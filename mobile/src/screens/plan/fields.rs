//! The fields of the form: with whom, when, what kind, how often.

use super::weekdays;
use crate::{
    components::icon,
    i18n::dates,
    state::{lang, now, say, today, use_app},
    view::plan::{Given, MayPlan, Wrong, clock, may_plan},
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{
    domain::{plan::Hours, shift::ShiftKind},
    time::Day,
};

fn wrong_here(wrong: Option<Wrong>, of: &[Wrong]) -> &'static str {
    if wrong.is_some_and(|wrong| of.contains(&wrong)) {
        "field wrong"
    } else {
        "field"
    }
}

/// What is wrong with a field, above it.
fn error(wrong: Option<Wrong>, of: &[Wrong]) -> Element {
    match wrong.filter(|wrong| of.contains(wrong)) {
        Some(wrong) => rsx! {
            p { class: "error", role: "alert", {icon(Icon::Alert)} span { {super::editor::wrong_words(wrong)} } }
        },
        None => VNode::empty(),
    }
}

/// With whom, when, what kind.
#[component]
pub fn Fields(given: Signal<Given>, new: bool, wrong: Option<Wrong>) -> Element {
    let app = use_app();
    let first = use_hook(|| given.peek().clone());
    let persons = match may_plan(&app.phone(), now()) {
        MayPlan::Yes { persons, .. } => persons,
        MayPlan::No { .. } => Vec::new(),
    };
    let now_given = given.read();
    let until = until_words(&now_given);
    let kind = now_given.kind;
    let chosen = now_given.persons.clone();
    drop(now_given);
    let kinds = [
        (
            ShiftKind::Day,
            "day",
            Icon::Today,
            t!("plan-kind-day"),
            None,
        ),
        (
            ShiftKind::SleepIn,
            "sleep",
            Icon::SleepIn,
            t!("kind-sleep-in"),
            Some(t!("plan-kind-sleep-in-hint")),
        ),
        (
            ShiftKind::WakingNight,
            "night",
            Icon::Night,
            t!("kind-waking-night"),
            Some(t!("plan-kind-night-hint")),
        ),
    ];
    rsx! {
        if new && persons.len() > 1 {
            fieldset {
                legend { class: "legend", {t!("plan-person")} }
                p { class: "hint", {t!("plan-person-hint")} }
                {error(wrong, &[Wrong::Person])}
                div { class: "chips",
                    for person in persons {
                        label { class: "chip", key: "{person.id}",
                            input {
                                r#type: "checkbox",
                                name: "person",
                                value: "{person.id}",
                                checked: chosen.contains(&person.id),
                                onchange: move |event| {
                                    let id = person.id;
                                    given.with_mut(|given| {
                                        if event.checked() { given.persons.insert(id) } else { given.persons.remove(&id) }
                                    });
                                },
                            }
                            span { "{person.name}" }
                        }
                    }
                }
            }
        }
        div { class: "two-fields",
            div { class: wrong_here(wrong, &[Wrong::Day, Wrong::Over]),
                label { r#for: "day", {t!("plan-day")} }
                {error(wrong, &[Wrong::Day, Wrong::Over])}
                input {
                    class: "input",
                    id: "day",
                    r#type: "date",
                    initial_value: "{first.day}",
                    oninput: move |event| given.write().day = event.value(),
                }
            }
        }
        div {
            div { class: "two-fields",
                div { class: wrong_here(wrong, &[Wrong::Times]),
                    label { r#for: "from", {t!("plan-from")} }
                    input {
                        class: "input",
                        id: "from",
                        r#type: "time",
                        initial_value: "{first.from}",
                        oninput: move |event| given.write().from = event.value(),
                    }
                }
                div { class: wrong_here(wrong, &[Wrong::Times]),
                    label { r#for: "to", {t!("plan-to")} }
                    input {
                        class: "input",
                        id: "to",
                        r#type: "time",
                        initial_value: "{first.to}",
                        "aria-describedby": "until-words",
                        oninput: move |event| given.write().to = event.value(),
                    }
                }
            }
            {error(wrong, &[Wrong::Times])}
            p { class: "hint", id: "until-words", role: "status", "{until}" }
        }
        fieldset {
            legend { class: "legend", {t!("plan-kind")} }
            div { class: "choices",
                for (one , value , sign , word , hint) in kinds {
                    label { class: "choice", key: "{value}",
                        input {
                            r#type: "radio",
                            name: "kind",
                            value,
                            checked: kind == one,
                            onchange: move |_| given.write().kind = one,
                        }
                        span {
                            {icon(sign)}
                            span { class: "choice-words",
                                span { "{word}" }
                                if let Some(hint) = hint {
                                    span { class: "hint", "{hint}" }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// `5 h 30 min`, or `9 h, until 07:00 on Wed 26 Nov`.
fn until_words(given: &Given) -> String {
    let hours = clock(&given.from).zip(clock(&given.to));
    let (Some((from, to)), Ok(day)) = (hours, given.day.parse::<Day>()) else {
        return String::new();
    };
    let hours = Hours { from, to };
    let (start, end) = hours.on(day);
    let length = say::length((end - start).whole_minutes());
    if hours.is_overnight() {
        t!(
            "plan-until",
            length = length,
            time = say::clock(end),
            day = say::short_day(end.day())
        )
    } else {
        length
    }
}

/// How often.
#[component]
pub fn Repeats(given: Signal<Given>, wrong: Option<Wrong>) -> Element {
    let mut except = use_signal(String::new);
    let now_given = given();
    let often = [
        (0, "once", Icon::Rota, t!("plan-once")),
        (1, "weekly", Icon::Repeat, t!("plan-weekly")),
        (2, "fortnightly", Icon::Repeat, t!("plan-fortnightly")),
    ];
    let count = now_given
        .read(now())
        .ok()
        .and_then(|ready| ready.days.days().ok());
    let count = count.map(|days| days.len() * now_given.persons.len());
    let about_until = |w: &Wrong| matches!(w, Wrong::Until | Wrong::Series(_));
    let until_wrong: Vec<_> = wrong.into_iter().filter(about_until).collect();
    rsx! {
        fieldset {
            legend { class: "legend", {t!("plan-often")} }
            div { class: "choices",
                for (every , value , sign , word) in often {
                    label { class: "choice", key: "{value}",
                        input {
                            r#type: "radio",
                            name: "often",
                            value,
                            checked: now_given.every == every,
                            onchange: move |_| {
                                given.with_mut(|given| {
                                    given.every = every;
                                    if let (true, Ok(day)) = (given.weekdays.is_empty(), given.day.parse::<Day>()) {
                                        given.weekdays.insert(day.weekday());
                                    }
                                });
                            },
                        }
                        span {
                            {icon(sign)}
                            span { class: "choice-words", span { "{word}" } }
                        }
                    }
                }
            }
        }
        if now_given.every > 0 {
            div { class: "card padded",
                fieldset {
                    legend { class: "legend", {t!("plan-weekdays")} }
                    div { class: "chips",
                        for day in 0..7_u8 {
                            label { class: "chip", key: "{day}",
                                input {
                                    r#type: "checkbox",
                                    name: "weekday",
                                    value: "{day}",
                                    checked: now_given.weekdays.contains(&day),
                                    onchange: move |event| {
                                        given.with_mut(|given| {
                                            if event.checked() { given.weekdays.insert(day) } else { given.weekdays.remove(&day) }
                                        });
                                    },
                                }
                                span { {dates::short_weekday(lang(), today().monday().plus(day.into()))} }
                            }
                        }
                    }
                }
                div { class: wrong_here(wrong, &until_wrong),
                    label { r#for: "until", {t!("plan-last")} }
                    {error(wrong, &until_wrong)}
                    input {
                        class: "input",
                        id: "until",
                        r#type: "date",
                        initial_value: "{given.peek().until}",
                        oninput: move |event| given.write().until = event.value(),
                    }
                }
                div { class: "field",
                    label { r#for: "except", {t!("plan-except")} }
                    ul { class: "rows",
                        for day in now_given.except.iter().copied() {
                            li { key: "{day}",
                                div { class: "row",
                                    span { class: "row-words", span { class: "row-title", {say::short_day(day)} } }
                                    button {
                                        r#type: "button",
                                        class: "icon-button",
                                        aria_label: t!("available-take-away", when = say::short_day(day)),
                                        onclick: move |_| {
                                            given.write().except.remove(&day);
                                        },
                                        {icon(Icon::Remove)}
                                    }
                                }
                            }
                        }
                    }
                    input { class: "input", id: "except", r#type: "date", oninput: move |event| except.set(event.value()) }
                    div { class: "buttons",
                        button {
                            r#type: "button",
                            class: "button",
                            onclick: move |_| {
                                if let Ok(day) = except.peek().parse::<Day>() {
                                    given.write().except.insert(day);
                                }
                            },
                            {icon(Icon::Plus)}
                            {t!("plan-except-add")}
                        }
                    }
                }
                if let Some(count) = count {
                    p { class: "soft", role: "status", {t!("plan-count", days = weekdays(&now_given.weekdays), count = count)} }
                }
            }
        }
    }
}
