//! Whether Kith says on this phone that something waits, also when it is closed.

use crate::{
    components::icon,
    page::{self, Bell},
    platform::http::Wish,
    state::{App, use_app},
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::api::PushOn;

/// What came of the last try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tried {
    /// It did not reach the relay.
    Offline,
    /// The browser or the relay did not do it.
    Failed,
}

/// The choice.
#[component]
pub fn Notifications() -> Element {
    let app = use_app();
    let mut on = use_signal(|| None::<bool>);
    let mut tried = use_signal(|| None::<Tried>);
    let mut bell = use_signal(page::bell);
    use_future(move || async move {
        on.set(Some(page::rings().await));
    });
    let change = use_callback(move |wanted: bool| {
        let app = app.clone();
        spawn(async move {
            let done = if wanted {
                turn_on(&app).await
            } else {
                turn_off(&app).await
            };
            tried.set(done.err());
            bell.set(page::bell());
            on.set(Some(page::rings().await));
        });
    });
    let title = match bell() {
        Bell::Unknown => Some((t!("bell-unknown"), t!("bell-unknown-words"))),
        Bell::Blocked => Some((t!("bell-blocked"), t!("bell-blocked-words"))),
        Bell::Possible => None,
    };
    let trouble = tried().map(|tried| match tried {
        Tried::Offline => t!("bell-offline"),
        Tried::Failed => t!("bell-failed"),
    });
    rsx! {
        section { class: "group", "aria-labelledby": "tell",
            h2 { id: "tell", {t!("bell")} }
            if let Some((title, words)) = title {
                div { class: "message quiet",
                    {icon(Icon::BellOff)}
                    div { class: "message-words",
                        h3 { "{title}" }
                        p { "{words}" }
                    }
                }
            } else {
                div { class: "choices flush",
                    label { class: "choice",
                        input {
                            r#type: "checkbox",
                            name: "tell",
                            value: "on",
                            checked: on().unwrap_or_default(),
                            onchange: move |event| change(event.checked()),
                        }
                        span {
                            {icon(Icon::Bell)}
                            span { class: "choice-words",
                                span { {t!("bell-on")} }
                                span { class: "hint", {t!("bell-hint")} }
                            }
                        }
                    }
                }
                if let Some(trouble) = trouble {
                    p { class: "hint", role: "status", "{trouble}" }
                }
            }
        }
    }
}

/// Permission first, while the tap still counts; then the relay's key, the browser, the relay.
async fn turn_on(app: &App) -> Result<(), Tried> {
    if !page::may_ring().await {
        return Err(Tried::Failed);
    }
    let status = app.shell().push(&Wish::Look).await;
    let key = status.map_err(|_| Tried::Offline)?.key;
    let endpoint = page::ring(&key).await.ok_or(Tried::Failed)?;
    let told = app.shell().push(&Wish::Make(PushOn { endpoint })).await;
    if let Err(error) = told {
        // What the relay does not know of rings never.
        page::silence().await;
        return Err(error.code().map_or(Tried::Offline, |_| Tried::Failed));
    }
    Ok(())
}

async fn turn_off(app: &App) -> Result<(), Tried> {
    page::silence().await;
    // Without signal the relay finds out at its next push: the browser says that it is gone.
    let _ = app.shell().push(&Wish::Stop).await;
    Ok(())
}
