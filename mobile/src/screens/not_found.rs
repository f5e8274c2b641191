//! There is nothing at this address, or nothing that this phone may know.

use crate::{
    components::{Screen, empty},
    route::Route,
};
use dioxus::prelude::*;
use kith_assets::Icon;

/// An address that Kith does not have.
#[component]
pub fn NotFound(rest: Vec<String>) -> Element {
    let _ = rest;
    rsx! {
        div { class: "app bare",
            Screen { title: t!("not-found"), back: (Route::Home {}, t!("back-to-today")), status: false,
                {empty(Icon::Search, &t!("not-found-title"), &t!("not-found-words"), Some(home()))}
            }
        }
    }
}

/// What the address names is not on this phone; on a screen without the bar.
pub fn unknown() -> Element {
    rsx! {
        div { class: "app bare", {unknown_here()} }
    }
}

/// The same, beside the bar.
pub fn unknown_here() -> Element {
    rsx! {
        Screen { title: t!("not-found"), back: (Route::Home {}, t!("back-to-today")), status: false,
            {empty(Icon::Eye, &t!("unknown-title"), &t!("unknown-words"), Some(home()))}
        }
    }
}

fn home() -> Element {
    rsx! {
        Link { class: "button", to: Route::Home {}, {t!("go-home")} }
    }
}
