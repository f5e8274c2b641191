//! This phone does not belong to the team any more: what happened to what was on it.

use crate::{
    components::{brand, icon},
    engine::Gone,
    page,
    state::use_app,
};
use dioxus::prelude::*;
use kith_assets::Icon;

/// The screen, and all that there is until who has the phone has read it.
#[component]
pub fn GonePage(gone: Gone) -> Element {
    let app = use_app();
    let title = t!("gone-title", team = gone.team.as_str());
    use_effect(use_reactive!(|title| page::set_title(&title)));
    rsx! {
        div { class: "app bare",
            main { class: "content centred welcome", id: "content",
                {brand()}
                div { class: "message", role: "status",
                    {icon(Icon::Lock)}
                    div { class: "message-words",
                        h1 { tabindex: "-1", onmounted: move |heading| page::focus(&heading), "{title}" }
                        p { {t!("gone-words")} }
                        if gone.handed_in > 0 {
                            p { {t!("gone-handed-in", count = gone.handed_in)} }
                        }
                        p { {t!("gone-why")} }
                    }
                }
                div { class: "dock",
                    button {
                        r#type: "button",
                        class: "button primary",
                        onclick: move |_| {
                            let app = app.clone();
                            async move {
                                // Should this fail, it is said once more.
                                let _ = app.shell().let_go_of_team().await;
                            }
                        },
                        {t!("gone-join")}
                    }
                }
            }
        }
    }
}
