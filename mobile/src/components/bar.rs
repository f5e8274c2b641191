//! The bar at the bottom, a rail where there is room: the places of each role.

use super::icon;
use crate::{
    route::Route,
    state::{App, now, use_app},
    view,
};
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
    let counted = |place: Place| Place {
        count: needs,
        ..place
    };
    let rota = || place(Route::Rota {}, Icon::Rota, t!("bar-rota"));
    let notes = || place(Route::Notes {}, Icon::Note, t!("bar-notes"));
    match role {
        Role::Pa => vec![
            today(),
            rota(),
            counted(place(Route::Cover {}, Icon::Cover, t!("bar-cover"))),
            place(Route::People {}, Icon::People, t!("bar-people")),
            me(),
        ],
        Role::Person(_) | Role::AuthorisedPerson(_) => {
            vec![counted(today()), notes(), rota(), me()]
        }
        Role::FamilyContact(_) => vec![today(), notes(), me()],
        Role::Manager => vec![
            counted(place(Route::Home {}, Icon::NeedsMe, t!("bar-needs-me"))),
            place(Route::Records {}, Icon::Records, t!("bar-records")),
            rota(),
            me(),
        ],
    }
}

/// How many things need who looks at the screen.
fn needs(app: &App) -> usize {
    let phone = app.phone();
    match phone.me().map(|me| me.joined.role) {
        Some(Role::Manager) => view::records::needs(&phone, now()),
        Some(Role::Pa) => view::decisions::count(&phone, now()),
        Some(Role::Person(_) | Role::AuthorisedPerson(_)) => {
            view::decisions::yes_wanted(&phone, now()).len()
        }
        Some(Role::FamilyContact(_)) | None => 0,
    }
}

/// The bar.
#[component]
pub fn Bar() -> Element {
    let app = use_app();
    let here = use_route::<Route>();
    // Counted when the phone learns something and as time goes by, not with each step in the app.
    let needs = use_memo({
        let app = app.clone();
        move || needs(&app)
    });
    let Some(role) = app.phone().me().map(|me| me.joined.role) else {
        return VNode::empty();
    };
    rsx! {
        nav { class: "bar", aria_label: t!("bar-name"),
            for place in places(role, needs()) {
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
