//! What happened, what it means, what to do.

use super::icon;
use crate::state::{TOAST, TROUBLE, Trouble, UPDATE, use_app};
use crate::{page, platform};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::time::Span;

/// How long a word about what just happened stays.
const TOAST_STAYS: Span = Span::from_millis(6000);

/// Nothing is here, why, and one way on.
pub fn empty(sign: Icon, title: &str, words: &str, way_on: Option<Element>) -> Element {
    rsx! {
        section { class: "empty",
            span { class: "empty-sign", {icon(sign)} }
            h2 { "{title}" }
            p { "{words}" }
            if let Some(way_on) = way_on {
                {way_on}
            }
        }
    }
}

/// What just happened. It goes by itself; nothing depends on it.
#[component]
pub fn Toast() -> Element {
    let mut shown = use_signal(|| 0_u64);
    use_effect(move || {
        if TOAST.read().is_none() {
            return;
        }
        let mine = *shown.peek() + 1;
        shown.set(mine);
        spawn(async move {
            platform::sleep(TOAST_STAYS).await;
            if *shown.peek() == mine {
                *TOAST.write() = None;
            }
        });
    });
    rsx! {
        div { role: "status",
            if let Some(words) = TOAST() {
                div { class: "toast", span { "{words}" } }
            }
        }
    }
}

/// The last act could not be saved. It goes when something is saved.
#[component]
pub fn TroubleNow() -> Element {
    let Some(trouble) = TROUBLE() else {
        return VNode::empty();
    };
    let (sign, title, words) = match trouble {
        Trouble::Full => (Icon::Storage, t!("full-title"), t!("full-words")),
        Trouble::NotAllowed => (Icon::Lock, t!("not-allowed-title"), t!("not-allowed-words")),
        Trouble::Failed => (Icon::Alert, t!("failed-title"), t!("failed-words")),
    };
    rsx! {
        div { class: "message need", role: "alert",
            {icon(sign)}
            div { class: "message-words",
                h2 { "{title}" }
                p { "{words}" }
            }
        }
    }
}

/// A new version waits to be asked for.
#[component]
pub fn UpdateNow() -> Element {
    let app = use_app();
    if !UPDATE() {
        return VNode::empty();
    }
    rsx! {
        div { class: "message", role: "status",
            {icon(Icon::Info)}
            div { class: "message-words",
                h2 { {t!("update-title")} }
                p { {t!("update-words")} }
                div { class: "buttons",
                    button { r#type: "button", class: "button",
                        onclick: move |_| {
                            let app = app.clone();
                            async move {
                                // What is being written goes into the store first.
                                if app.keep_typed().await.is_some() {
                                    page::use_update();
                                }
                            }
                        },
                        {t!("update-use")}
                    }
                    button { r#type: "button", class: "button plain", onclick: move |_| *UPDATE.write() = false, {t!("update-later")} }
                }
            }
        }
    }
}
