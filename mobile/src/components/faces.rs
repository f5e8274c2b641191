//! Faces: initials on a steady colour, beside the name.

use crate::{components::icon, view::face::Face};
use dioxus::prelude::*;
use kith_assets::Icon;

/// A face; `size` is a class (`large`, `huge`) or empty.
pub fn face<Id>(face: &Face<Id>, size: &str) -> Element {
    rsx! {
        span { class: "face {size} c{face.colour}", aria_hidden: "true", "{face.initials}" }
    }
}

/// Where a face would be.
pub fn nobody() -> Element {
    rsx! {
        span { class: "face nobody", aria_hidden: "true", {icon(Icon::Person)} }
    }
}

/// A face with its name, and a quieter line under it when there is one.
pub fn who<Id>(of: &Face<Id>, size: &str, more: Option<String>) -> Element {
    rsx! {
        div { class: "who",
            {face(of, size)}
            span { class: "who-words",
                span { class: "who-name", "{of.name}" }
                if let Some(more) = more {
                    span { class: "who-more", "{more}" }
                }
            }
        }
    }
}
