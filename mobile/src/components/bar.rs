//! The bar at the bottom, a rail where there is room: the places of each role.

use super::icon;
use crate::{route::Route, state::use_app, view};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::domain::team::Role;

/// One place of the bar.
struct Place {
    to: Route,
    icon: Icon,
    word: String,
    /// How many things wait there.
    count: usize,
}

fn place(to: Route, icon: Icon, word: String) -> Place {
    Place {
        to,
        icon,
        word,
        count: 0,
    }
}

fn places(role: Role, needs: usize) -> Vec<Place> {
    let me = || place(Route::Me {}, Icon::Me, t!("bar-me"));
    let today = || place(Route::Home {}, Icon::Today, t!("bar-today"));
    let rota = || place(Route::Rota {}, Icon::Rota, t!("bar-rota"));
    let notes = || place(Route::Notes {}, Icon::Note, t!("bar-notes"));
    match role {
        Role::Pa => vec![
            today(),
            rota(),
            place(Route::People {}, Icon::People, t!("bar-people")),
            me(),
        ],
        Role::Person(_) | Role::AuthorisedPerson(_) => vec![today(), notes(), rota(), me()],
        Role::FamilyContact(_) => vec![today(), notes(), me()],
        Role::Manager => vec![
            Place {
                to: Route::Home {},
                icon: Icon::NeedsMe,
                word: t!("bar-needs-me"),
                count: needs,
            },
            place(Route::Records {}, Icon::Records, t!("bar-records")),
            rota(),
            me(),
        ],
    }
}

/// The bar.
#[component]
pub fn Bar() -> Element {
    let app = use_app();
    let here = use_route::<Route>();
    let phone = app.phone();
    let Some(me) = phone.me() else {
        return VNode::empty();
    };
    let role = me.joined.role;
    let needs = match role {
        Role::Manager => view::records::records(&phone, crate::state::now())
            .exceptions
            .len(),
        _ => 0,
    };
    rsx! {
        nav { class: "bar", aria_label: t!("bar-name"),
            for place in places(role, needs) {
                BarLink {
                    current: here.place(role) == place.to,
                    to: place.to,
                    sign: place.icon,
                    word: place.word,
                    count: place.count,
                }
            }
        }
    }
}

#[component]
fn BarLink(to: Route, sign: Icon, word: String, count: usize, current: bool) -> Element {
    let href = to.to_string();
    rsx! {
        a {
            href,
            aria_current: current.then_some("page"),
            onclick: move |click| {
                // With a key held down the browser opens it elsewhere.
                if click.modifiers().is_empty() {
                    click.prevent_default();
                    navigator().push(to.clone());
                }
            },
            span { class: "bar-sign",
                {icon(sign)}
                if count > 0 {
                    span { class: "bar-count",
                        span { class: "for-ears", ", " }
                        "{count}"
                    }
                }
            }
            span { "{word}" }
        }
    }
}
