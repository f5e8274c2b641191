//! Over the form: how much of a series is meant, and cancelling.

use super::editor::act;
use crate::{
    components::{Sheet, TroubleNow, icon},
    state::{now, use_app},
    view::plan::{cancel, following},
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::domain::{cover::ShiftRef, plan::Scope};

/// This shift, or it and those that follow.
#[component]
fn Scopes(at: ShiftRef, planned: String, scope: Signal<Scope>) -> Element {
    let app = use_app();
    let (count, left) = following(&app.phone(), at, now());
    rsx! {
        div { class: "choices",
            label { class: "choice",
                input {
                    r#type: "radio",
                    name: "scope",
                    value: "this",
                    checked: scope() == Scope::This,
                    onchange: move |_| scope.set(Scope::This),
                }
                span {
                    {icon(Icon::Rota)}
                    span { class: "choice-words",
                        span { {t!("plan-only", when = planned)} }
                    }
                }
            }
            label { class: "choice",
                input {
                    r#type: "radio",
                    name: "scope",
                    value: "following",
                    checked: scope() == Scope::Following,
                    onchange: move |_| scope.set(Scope::Following),
                }
                span {
                    {icon(Icon::Repeat)}
                    span { class: "choice-words",
                        span { {t!("plan-following")} }
                        span { class: "hint",
                            {t!("plan-following-count", count = count)}
                            if left > 0 {
                                " "
                                {t!("plan-following-left", count = left)}
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How much of a series a change is about.
#[component]
pub fn ThisOrFollowing(
    at: ShiftRef,
    planned: String,
    onsave: EventHandler<Scope>,
    onclose: EventHandler<()>,
) -> Element {
    let scope = use_signal(|| Scope::This);
    rsx! {
        Sheet { title: t!("plan-which"), onclose,
            TroubleNow {}
            form { class: "form",
                fieldset {
                    legend { class: "for-ears", {t!("plan-which")} }
                    Scopes { at, planned, scope }
                }
            }
            div { class: "sheet-foot",
                button { r#type: "button", class: "button primary", onclick: move |_| onsave(scope()), {t!("plan-change-do")} }
            }
        }
    }
}

/// A shift is cancelled, or its draft dropped.
#[component]
pub fn CancelShift(
    at: ShiftRef,
    published: bool,
    repeats: bool,
    planned: String,
    onclose: EventHandler<()>,
) -> Element {
    let app = use_app();
    let scope = use_signal(|| Scope::This);
    let mut reason = use_signal(String::new);
    let mut missing = use_signal(|| false);
    let go = move |_| {
        let app = app.clone();
        let why = reason.peek().clone();
        let none = published && why.trim().is_empty();
        missing.set(none);
        async move {
            if !none {
                let intents = cancel(&app.phone(), at, scope(), &why, now());
                let said = if published {
                    t!("plan-cancelled")
                } else {
                    t!("plan-dropped")
                };
                act(&app, intents, said).await;
            }
        }
    };
    let title = if published {
        t!("plan-cancel")
    } else {
        t!("plan-drop")
    };
    rsx! {
        Sheet { title: title.clone(), onclose,
            TroubleNow {}
            p { class: "soft", "{planned}" }
            if published {
                div { class: "message need",
                    {icon(Icon::Alert)}
                    div { class: "message-words",
                        h3 { {t!("plan-cancel-means")} }
                        p { {t!("plan-cancel-told")} }
                    }
                }
            }
            form { class: "form", onsubmit: move |event| event.prevent_default(),
                if repeats {
                    fieldset {
                        legend { class: "legend", {t!("plan-which")} }
                        Scopes { at, planned, scope }
                    }
                }
                if published {
                    div { class: if missing() { "field wrong" } else { "field" },
                        label { r#for: "why", {t!("plan-why")} }
                        p { class: "hint", id: "why-hint", {t!("plan-why-hint")} }
                        if missing() {
                            p { class: "error", role: "alert", {icon(Icon::Alert)} span { {t!("plan-why-missing")} } }
                        }
                        textarea {
                            // Else the browser writes it to the disk, to bring it back after a crash.
                            autocomplete: "off",
                            class: "input short",
                            id: "why",
                            rows: "2",
                            maxlength: "8000",
                            "aria-describedby": "why-hint",
                            oninput: move |event| reason.set(event.value()),
                        }
                    }
                }
            }
            div { class: "sheet-foot",
                button { r#type: "button", class: "button second stop", onclick: go,
                    {icon(Icon::Cancelled)}
                    "{title}"
                }
            }
        }
    }
}
