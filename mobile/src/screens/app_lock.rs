//! The app lock: to set it, to change it, to take it away.

use crate::{
    components::{Pad, Screen, icon},
    platform::lock::{Pin, PinError},
    route::Route,
    state::{TOAST, lock::MINUTES, use_app},
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::limits;

/// What the present PIN is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Change,
    TakeAway,
}

/// What is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// Nothing.
    Rest,
    /// The present PIN.
    Now(Wish),
    /// A new one.
    New,
    /// The new one once more.
    Again(Pin),
}

/// Why the last thing typed did not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum No {
    Wrong,
    Wait,
    Different,
    Failed,
}

/// The screen.
#[component]
pub fn AppLock() -> Element {
    let app = use_app();
    let set = app.lock();
    let mut step = use_signal(|| Step::Rest);
    let mut pin = use_signal(Pin::default);
    let mut no = use_signal(|| None::<No>);
    let mut busy = use_signal(|| false);
    let doer = app.clone();
    let typed = use_callback(move |()| {
        let app = doer.clone();
        spawn(async move {
            let typed = std::mem::take(&mut *pin.write());
            busy.set(true);
            no.set(None);
            match step() {
                Step::Rest => {}
                Step::Now(wish) => match app.check_pin(typed).await {
                    Ok(()) if wish == Wish::Change => step.set(Step::New),
                    Ok(()) => {
                        if app.take_pin_away().await.is_some() {
                            *TOAST.write() = Some(t!("lock-is-off"));
                        }
                        step.set(Step::Rest);
                    }
                    Err(PinError::Wrong) => no.set(Some(No::Wrong)),
                    Err(PinError::Wait(_)) => no.set(Some(No::Wait)),
                    Err(PinError::Store(_)) => no.set(Some(No::Failed)),
                },
                Step::New => step.set(Step::Again(typed)),
                Step::Again(first) if first != typed => {
                    no.set(Some(No::Different));
                    step.set(Step::New);
                }
                Step::Again(first) => {
                    if app.set_pin(first).await.is_some() {
                        *TOAST.write() = Some(t!("lock-is-set"));
                    }
                    step.set(Step::Rest);
                }
            }
            busy.set(false);
        });
    });
    let mut go = move |next: Step| {
        no.set(None);
        pin.set(Pin::default());
        step.set(next);
    };
    let digits = set.as_ref().map(|lock| usize::from(lock.digits));
    let asks = match step() {
        Step::Rest => None,
        Step::Now(_) => Some((t!("lock-now-pin"), digits)),
        Step::New => Some((t!("lock-new-pin"), None)),
        Step::Again(first) => Some((t!("lock-again-pin"), Some(first.len()))),
    };
    let is_weak = match step() {
        Step::New => pin.read().is_long_enough() && pin.read().is_weak(),
        Step::Again(first) => first.is_weak(),
        Step::Rest | Step::Now(_) => false,
    };
    let is_new = step() == Step::New;
    let (least, most) = (*limits::PIN_DIGITS.start(), *limits::PIN_DIGITS.end());
    rsx! {
        Screen { title: t!("applock"), back: (Route::Me {}, t!("back-to-me")), status: false,
            if let Some((title, digits)) = asks {
                section { class: "group locked",
                    h2 { "{title}" }
                    if is_new {
                        p { class: "hint", {t!("lock-new-words", least = least, most = most)} }
                    }
                    div { class: "locked-said", role: "status",
                        if let Some(no) = no() {
                            p { class: "error",
                                {icon(Icon::Alert)}
                                span { {words(no)} }
                            }
                        } else if is_weak {
                            p { class: "hint", {t!("lock-weak")} }
                        } else if busy() {
                            p { class: "hint", {t!("lock-opening")} }
                        }
                    }
                    Pad { key: "{title}", title: title.clone(), pin, digits, off: busy(), ondone: move |()| typed(()) }
                    button { r#type: "button", class: "button plain", onclick: move |_| go(Step::Rest), {t!("cancel")} }
                }
            } else if let Some(set) = set {
                p { {t!("lock-on-words")} }
                After { minutes: set.after }
                button {
                    r#type: "button",
                    class: "button second",
                    onclick: move |_| {
                        let app = app.clone();
                        async move { app.lock_now().await }
                    },
                    {icon(Icon::Lock)}
                    {t!("lock-now")}
                }
                div { class: "buttons",
                    button { r#type: "button", class: "button", onclick: move |_| go(Step::Now(Wish::Change)), {t!("lock-change")} }
                    button { r#type: "button", class: "button", onclick: move |_| go(Step::Now(Wish::TakeAway)), {t!("lock-take-away")} }
                }
                p { class: "hint", {t!("lock-no-way-back")} }
            } else {
                p { {t!("lock-off-words")} }
                p { {t!("lock-no-way-back")} }
                div { class: "dock",
                    button { r#type: "button", class: "button primary", onclick: move |_| go(Step::New), {t!("lock-set")} }
                }
            }
        }
    }
}

fn words(no: No) -> String {
    match no {
        No::Wrong => t!("lock-wrong"),
        No::Wait => t!("lock-wait-short"),
        No::Different => t!("lock-not-same"),
        No::Failed => t!("lock-failed"),
    }
}

/// After how long Kith locks itself.
#[component]
fn After(minutes: u16) -> Element {
    let app = use_app();
    rsx! {
        fieldset { class: "group",
            legend { class: "legend", {t!("lock-after")} }
            div { class: "segments",
                for choice in MINUTES {
                    label { key: "{choice}", class: "segment",
                        input {
                            r#type: "radio",
                            name: "after",
                            value: "{choice}",
                            checked: choice == minutes,
                            onchange: {
                                let app = app.clone();
                                move |_| {
                                    let app = app.clone();
                                    async move {
                                        app.lock_after(choice).await;
                                    }
                                }
                            },
                        }
                        span { {t!("lock-after-minutes", minutes = choice)} }
                    }
                }
            }
        }
    }
}

/// The way here, for those who look for it among their things.
#[component]
pub fn LockRow() -> Element {
    let app = use_app();
    let on = app.lock().is_some();
    rsx! {
        ul { class: "rows",
            li {
                Link { class: "row", to: Route::AppLock {},
                    {icon(Icon::Lock)}
                    span { class: "row-words",
                        span { class: "row-title", {t!("me-lock")} }
                        span { class: "row-more",
                            if on {
                                {t!("me-lock-on")}
                            } else {
                                {t!("me-lock-off")}
                            }
                        }
                    }
                    {crate::components::icon_with(Icon::ChevronRight, "icon go")}
                }
            }
            if on {
                li {
                    button {
                        r#type: "button",
                        class: "row",
                        onclick: move |_| {
                            let app = app.clone();
                            async move { app.lock_now().await }
                        },
                        {icon(Icon::Key)}
                        span { class: "row-words", span { class: "row-title", {t!("lock-now")} } }
                    }
                }
            }
        }
    }
}
