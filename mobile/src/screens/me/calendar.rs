//! My shifts in the calendar program that I use anyway: an address that only I know.

use crate::{
    components::icon,
    page,
    platform::http::Wish,
    state::{TOAST, setting, use_app},
};
use dioxus::prelude::*;
use kith_assets::Icon;

/// The address.
#[component]
pub fn CalendarLink() -> Element {
    let app = use_app();
    let kept = app
        .phone()
        .setting(setting::CALENDAR)
        .unwrap_or_default()
        .to_owned();
    let mut offline = use_signal(|| false);
    // There is one that another phone of mine made.
    let mut elsewhere = use_signal(|| false);
    let mut busy = use_signal(|| false);
    let asker = app.clone();
    use_future(move || {
        let app = asker.clone();
        async move {
            if let Ok(feed) = app.shell().calendar(&Wish::Look).await {
                let here = !app
                    .shell()
                    .phone()
                    .setting(setting::CALENDAR)
                    .unwrap_or_default()
                    .is_empty();
                if here && !feed.active {
                    app.set(setting::CALENDAR, "").await;
                }
                elsewhere.set(feed.active && !here);
            }
        }
    });
    let wish = use_callback(move |make: bool| {
        let app = app.clone();
        spawn(async move {
            if busy() {
                return;
            }
            busy.set(true);
            let wish = if make { Wish::Make(()) } else { Wish::Stop };
            let done = app.shell().calendar(&wish).await;
            offline.set(done.is_err());
            if let Ok(feed) = done {
                elsewhere.set(false);
                app.set(setting::CALENDAR, feed.url.as_deref().unwrap_or_default())
                    .await;
                *TOAST.write() = Some(if make {
                    t!("calendar-made")
                } else {
                    t!("calendar-stopped")
                });
            }
            busy.set(false);
        });
    });
    let copied = kept.clone();
    rsx! {
        section { class: "group", "aria-labelledby": "cal",
            h2 { id: "cal", {t!("calendar")} }
            if kept.is_empty() {
                ul { class: "rows",
                    li {
                        button { r#type: "button", class: "row", onclick: move |_| wish(true),
                            {icon(Icon::Calendar)}
                            span { class: "row-words",
                                span { class: "row-title", {t!("calendar-make")} }
                                span { class: "row-more",
                                    if elsewhere() {
                                        {t!("calendar-make-anew")}
                                    } else {
                                        {t!("calendar-make-hint")}
                                    }
                                }
                            }
                        }
                    }
                    if elsewhere() {
                        li {
                            button { r#type: "button", class: "row", onclick: move |_| wish(false),
                                {icon(Icon::Remove)}
                                span { class: "row-words", span { class: "row-title", {t!("calendar-stop")} } }
                            }
                        }
                    }
                }
            } else {
                div { class: "card padded",
                    p { {t!("calendar-words")} }
                    div { class: "field",
                        label { class: "for-ears", r#for: "link", {t!("calendar-link")} }
                        input { class: "input", id: "link", readonly: true, value: "{kept}" }
                    }
                    div { class: "buttons",
                        button {
                            r#type: "button",
                            class: "button main",
                            onclick: move |_| {
                                let link = copied.clone();
                                async move {
                                    if page::copy(&link).await {
                                        *TOAST.write() = Some(t!("copied"));
                                    }
                                }
                            },
                            {icon(Icon::Copy)}
                            {t!("calendar-copy")}
                        }
                        button { r#type: "button", class: "button plain", onclick: move |_| wish(false),
                            {icon(Icon::Remove)}
                            {t!("calendar-stop")}
                        }
                    }
                    p { class: "hint", {t!("calendar-hint")} }
                }
            }
            if offline() {
                p { class: "hint", role: "status", {t!("calendar-offline")} }
            }
        }
    }
}
