//! The key of this device is gone: nothing opens what is stored here, and the way on.

use super::locked::{Closed, Wipe};
use crate::{
    components::{brand, icon},
    engine::Outside,
    page,
    state::lock,
};
use dioxus::prelude::*;
use kith_assets::Icon;

/// What happened, and the way to begin anew.
#[component]
pub fn Lost(closed: Closed, onagain: EventHandler<()>) -> Element {
    let outside = closed.0.outside().and_then(|bytes| Outside::read(&bytes));
    use_hook(|| lock::follow_outside(outside.as_ref()));
    let title = t!("lost-title");
    use_effect(use_reactive!(|title| page::set_title(&format!(
        "{title} · Kith"
    ))));
    let mut sure = use_signal(|| false);
    rsx! {
        div { class: "app bare",
            main { class: "content centred welcome", id: "content",
                {brand()}
                div { class: "message need", role: "alert",
                    {icon(Icon::Key)}
                    div { class: "message-words",
                        h1 { tabindex: "-1", onmounted: move |heading| page::focus(&heading), "{title}" }
                        p { {t!("lost-words")} }
                    }
                }
                div { class: "dock",
                    button { r#type: "button", class: "button second stop", onclick: move |_| sure.set(true), {t!("forgot-wipe")} }
                    button { r#type: "button", class: "button plain", onclick: move |_| onagain(()), {t!("try-again")} }
                }
            }
        }
        if sure() {
            Wipe {
                closed: closed.clone(),
                title: t!("lost-sure"),
                words: t!("lost-sure-words"),
                onclose: move |()| sure.set(false),
            }
        }
    }
}
