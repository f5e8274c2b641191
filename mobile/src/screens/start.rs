//! The app cannot begin: why, and what to do.

use crate::{
    components::{brand, icon},
    i18n::text,
    page,
    state::{StartError, phone_language},
};
use dioxus::prelude::*;
use kith_assets::Icon;

/// Why there is no app, in the phone's own language: the one chosen in Kith cannot be read.
#[component]
pub fn CannotStart(error: StartError, onagain: EventHandler<()>) -> Element {
    let lang = phone_language();
    use_hook(|| page::set_language(lang.code()));
    let (title, words) = match &error {
        StartError::Denied => (key!("start-denied-title"), key!("start-denied-words")),
        StartError::Full => (key!("start-full-title"), key!("start-full-words")),
        StartError::Unreadable(_) => (
            key!("start-unreadable-title"),
            key!("start-unreadable-words"),
        ),
        StartError::Failed(_) => (key!("start-failed-title"), key!("start-failed-words")),
    };
    let detail = match &error {
        StartError::Unreadable(why) | StartError::Failed(why) => Some(why.clone()),
        StartError::Denied | StartError::Full => None,
    };
    let say = |key| text(lang, key, &[]);
    use_effect(use_reactive!(|title| page::set_title(&text(
        lang,
        title,
        &[]
    ))));
    rsx! {
        div { class: "app bare",
            main { class: "content centred welcome", id: "content",
                {brand()}
                div { class: "message need", role: "alert",
                    {icon(Icon::Storage)}
                    div { class: "message-words",
                        h1 { tabindex: "-1", onmounted: move |heading| page::focus(&heading), {say(title)} }
                        p { {say(words)} }
                        if let Some(detail) = detail {
                            p { class: "soft small", "{detail}" }
                        }
                    }
                }
                div { class: "dock",
                    button { r#type: "button", class: "button primary", onclick: move |_| onagain(()), {say(key!("try-again"))} }
                }
            }
        }
    }
}
