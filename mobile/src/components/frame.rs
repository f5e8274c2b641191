//! The frame of a screen: top line, what is in the way of all, content.

use super::{StatusButton, Strip, TroubleNow, UpdateNow, icon};
use crate::{page, route::Route};
use dioxus::prelude::*;
use kith_assets::Icon;

/// How a screen is laid out; the words are classes of the gallery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TopStyle {
    /// One column.
    #[default]
    One,
    /// The next thing left, the rest right, where there is room.
    Two,
    /// The rota's seven columns.
    Wide,
    /// A list, with the detail beside it where there is room.
    List,
    /// The detail of a list.
    Detail,
    /// One column in the middle.
    Centred,
}

impl TopStyle {
    fn top(self) -> &'static str {
        match self {
            Self::One => "",
            Self::Two => "two",
            Self::Wide | Self::List | Self::Detail => "wide",
            Self::Centred => "centred",
        }
    }

    fn content(self) -> &'static str {
        match self {
            Self::One => "",
            Self::Two => "two",
            Self::Wide => "wide",
            Self::List => "split",
            Self::Detail => "split at-detail",
            Self::Centred => "centred",
        }
    }
}

/// A screen: its title takes the focus, so that ears hear where they are.
#[component]
pub fn Screen(
    /// What it is called: its heading, and the title of the tab.
    title: String,
    /// A quieter line: above the title of a home, below the title of an inner screen.
    #[props(default)]
    more: String,
    /// The way back, and its words for ears.
    #[props(default)]
    back: Option<(Route, String)>,
    #[props(default)] style: TopStyle,
    /// Whether the line about what is saved and sent is shown.
    #[props(default = true)]
    status: bool,
    children: Element,
) -> Element {
    let inner = back.is_some();
    let kind = if inner { "inner" } else { "" };
    use_effect(use_reactive!(|title| page::set_title(&format!(
        "{title} · Kith"
    ))));
    rsx! {
        header { class: "top {kind} {style.top()}",
            if let Some((to, words)) = back {
                Link { class: "icon-button back", to, aria_label: words, {icon(Icon::Back)} }
            }
            div { class: "top-words",
                if !inner && !more.is_empty() {
                    p { class: "top-over", "{more}" }
                }
                h1 { tabindex: "-1", onmounted: move |heading| page::focus(&heading), "{title}" }
                if inner && !more.is_empty() {
                    p { class: "top-over", "{more}" }
                }
            }
            if status {
                StatusButton {}
            }
        }
        if status {
            Strip {}
        }
        main { class: "content {style.content()}", id: "content",
            UpdateNow {}
            TroubleNow {}
            {children}
        }
    }
}
