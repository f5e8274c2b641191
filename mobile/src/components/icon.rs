//! Signs. Each stands beside a word, so ears do not need them.

use dioxus::prelude::*;
use kith_assets::Icon;

/// A sign.
pub fn icon(icon: Icon) -> Element {
    icon_with(icon, "icon")
}

/// A sign with classes of its own.
pub fn icon_with(icon: Icon, class: &'static str) -> Element {
    rsx! {
        svg { class, view_box: "0 0 24 24", "aria-hidden": "true", path { d: icon.path() } }
    }
}

/// The mark, large.
pub fn brand() -> Element {
    rsx! {
        p { class: "brand large",
            svg { class: "brand-mark", view_box: "0 0 512 512", "aria-hidden": "true",
                path { d: "M168 234v156" }
                path { d: "M334 250L250 314L334 390" }
                circle { cx: "168", cy: "140", r: "45" }
                circle { cx: "334", cy: "158", r: "45" }
            }
            "Kith"
        }
    }
}
