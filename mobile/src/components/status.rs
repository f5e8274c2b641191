//! Where my work is: the line in the header, the words about signal, and the sheet behind them.

use super::{Sheet, icon};
use crate::{
    engine::Link,
    page,
    screens::waiting::SavedAndSent,
    state::{SENT_SHEET, status_line, use_app},
};
use dioxus::prelude::*;
use kith_assets::Icon;

/// The line in the header; it opens the sheet.
#[component]
pub fn StatusButton() -> Element {
    let app = use_app();
    let line = status_line(&app);
    rsx! {
        button {
            r#type: "button",
            class: "status-button {line.class}",
            aria_haspopup: "dialog",
            onclick: move |_| *SENT_SHEET.write() = true,
            {icon(line.icon)}
            span { aria_live: "polite", "{line.words}" }
        }
    }
}

/// There is no signal, or the relay does not answer. That is normal, and says so.
#[component]
pub fn Strip() -> Element {
    let app = use_app();
    let (sign, words) = match app.link() {
        Link::Unknown | Link::Reached => return VNode::empty(),
        Link::NotOurs => (Icon::Lock, t!("strip-not-ours")),
        Link::Unreachable if !page::has_network() => (Icon::Offline, t!("strip-offline")),
        Link::Unreachable | Link::Trouble(_) => (Icon::Unreachable, t!("strip-unreachable")),
    };
    rsx! {
        p { class: "strip", role: "status",
            {icon(sign)}
            span { "{words}" }
        }
    }
}

/// The sheet about what is saved and sent, when it is open.
#[component]
pub fn SentSheet() -> Element {
    if !SENT_SHEET() {
        return VNode::empty();
    }
    rsx! {
        Sheet { title: t!("sent-title"), onclose: move |()| *SENT_SHEET.write() = false,
            SavedAndSent {}
        }
    }
}

/// What is saved and sent, as the content of a row.
pub fn status_line_row(app: &crate::state::App) -> Element {
    let line = status_line(app);
    rsx! {
        {icon(line.icon)}
        span { class: "row-words",
            span { class: "row-title", {t!("sent-title")} }
            span { class: "row-more", "{line.words}" }
        }
        {super::icon_with(Icon::ChevronRight, "icon go")}
    }
}
