//! How much: hours a week, another job, and the agreement to work more than 48 hours.

use crate::{
    components::{Sheet, TroubleNow, icon},
    state::{TOAST, now, say, today, use_app},
    view::availability::{Agreed, OPT_OUT_NOTICE, Page, agree},
};
use dioxus::prelude::*;
use kith_assets::Icon;

/// The most hours that a week takes here: nobody works more.
const MOST: u8 = 99;

/// Reads a number of hours; nothing when the field is empty.
fn hours(text: &str) -> Result<Option<u8>, ()> {
    match text.trim() {
        "" => Ok(None),
        text => text
            .parse()
            .ok()
            .filter(|hours| *hours <= MOST)
            .map(Some)
            .ok_or(()),
    }
}

/// The hours.
#[component]
pub fn HowMuch(page: Page) -> Element {
    let app = use_app();
    let pa = page.pa.id;
    let mut wrong = use_signal(|| None::<&'static str>);
    // The fields keep what was typed; they are read when they are left.
    let most = use_hook(|| page.most.map(|h| h.to_string()).unwrap_or_default());
    let elsewhere = use_hook(|| {
        Some(page.elsewhere)
            .filter(|h| *h > 0)
            .map(|h| h.to_string())
            .unwrap_or_default()
    });
    let save = use_callback(move |(field, text): (&'static str, String)| {
        let Ok(hours) = hours(&text) else {
            wrong.set(Some(field));
            return;
        };
        wrong.set(None);
        let agreed = match field {
            "most" => Agreed::Most(hours.filter(|h| *h > 0)),
            _ => Agreed::Elsewhere(hours.unwrap_or(0)),
        };
        let intent = agree(&app.phone(), pa, agreed, now());
        let app = app.clone();
        spawn(async move {
            if let Some(intent) = intent {
                app.act(intent).await;
            }
        });
    });
    let fields = [
        (
            "most",
            most,
            t!("available-most"),
            t!("available-most-hint"),
            t!("available-hours"),
        ),
        (
            "elsewhere",
            elsewhere,
            t!("available-elsewhere"),
            t!("available-elsewhere-hint"),
            t!("available-hours-week"),
        ),
    ];
    rsx! {
        section { class: "group", "aria-labelledby": "much",
            h2 { id: "much", {t!("available-much")} }
            div { class: "form card padded",
                for (id , value , label , hint , unit) in fields {
                    div { class: if wrong() == Some(id) { "field wrong" } else { "field" }, key: "{id}",
                        label { r#for: id, "{label}" }
                        p { class: "hint", id: "{id}-hint", "{hint}" }
                        if wrong() == Some(id) {
                            p { class: "error", role: "alert", {icon(Icon::Alert)} span { {t!("available-hours-wrong", most = MOST)} } }
                        }
                        div { class: "measure",
                            input {
                                class: "input",
                                id,
                                r#type: "number",
                                inputmode: "numeric",
                                min: "0",
                                max: "{MOST}",
                                initial_value: "{value}",
                                "aria-describedby": "{id}-hint",
                                onchange: move |event| save((id, event.value())),
                            }
                            span { "{unit}" }
                        }
                    }
                }
            }
        }
    }
}

/// The agreement to work more than 48 hours a week, and how it is taken back.
#[component]
pub fn MoreThan48(page: Page) -> Element {
    let app = use_app();
    let pa = page.pa.id;
    let mut asking = use_signal(|| false);
    let write = use_callback(move |agreed: Agreed| {
        let intent = agree(&app.phone(), pa, agreed, now());
        let app = app.clone();
        spawn(async move {
            let done = match intent {
                Some(intent) => app.act(intent).await.is_some(),
                None => true,
            };
            if done {
                asking.set(false);
                *TOAST.write() = Some(t!("opt-out-saved"));
            }
        });
    });
    rsx! {
        section { class: "group", "aria-labelledby": "optout",
            h2 { id: "optout", {t!("opt-out")} }
            div { class: "card padded",
                p { {t!("opt-out-words", days = OPT_OUT_NOTICE)} }
                match page.opted_out {
                    None => rsx! {
                        div { class: "buttons",
                            button { r#type: "button", class: "button", onclick: move |_| asking.set(true), {t!("opt-out-think")} }
                        }
                    },
                    Some((since, None)) => rsx! {
                        p { class: "marks",
                            span { class: "mark info", {icon(Icon::Info)} {t!("opt-out-since", day = say::far_day(since))} }
                        }
                        div { class: "buttons",
                            button { r#type: "button", class: "button", onclick: move |_| write(Agreed::OptIn),
                                {icon(Icon::Undo)}
                                {t!("opt-out-undo")}
                            }
                        }
                    },
                    Some((_, Some(last))) => rsx! {
                        p { class: "marks",
                            span { class: "mark info", {icon(Icon::Info)} {t!("opt-out-ends", day = say::short_day(last))} }
                        }
                        div { class: "buttons",
                            button { r#type: "button", class: "button plain", onclick: move |_| write(Agreed::OptOut), {t!("opt-out-keep")} }
                        }
                    },
                }
            }
        }
        if asking() {
            OptOut { onagree: move |()| write(Agreed::OptOut), onclose: move |()| asking.set(false) }
        }
    }
}

#[component]
fn OptOut(onagree: EventHandler<()>, onclose: EventHandler<()>) -> Element {
    let mut agreed = use_signal(|| false);
    rsx! {
        Sheet { title: t!("opt-out"), onclose,
            TroubleNow {}
            p { {t!("opt-out-law")} }
            ul {
                li { {t!("opt-out-free")} }
                li { {t!("opt-out-back", days = OPT_OUT_NOTICE)} }
                li { {t!("opt-out-rest")} }
                li { {t!("opt-out-night")} }
            }
            form { class: "form",
                div { class: "choices",
                    label { class: "choice",
                        input {
                            r#type: "checkbox",
                            name: "agree",
                            value: "yes",
                            checked: agreed(),
                            onchange: move |event| agreed.set(event.checked()),
                        }
                        span {
                            {icon(Icon::Hours)}
                            span { class: "choice-words",
                                span { {t!("opt-out-agree")} }
                                span { class: "hint", {t!("opt-out-date", day = say::short_day(today()))} }
                            }
                        }
                    }
                }
            }
            div { class: "sheet-foot",
                button { r#type: "button", class: "button primary", disabled: !agreed(), onclick: move |_| onagree(()), {t!("opt-out-save")} }
            }
        }
    }
}
