//! The root of the app: nothing is shown but the way in until this phone belongs to a team.

use super::{
    family::FamilyHome,
    gone::GonePage,
    join::Join,
    locked::{Closed, Locked},
    lost::Lost,
    manager::NeedsMe,
    person::PersonHome,
    start::CannotStart,
    today::Today,
};
use crate::{
    components::{Bar, SentSheet, Toast},
    route::Route,
    state::{App, Begin, JOINING, Opened, lock::use_auto_lock, use_app, use_steps},
};
use dioxus::prelude::*;
use kith_shared::domain::team::Role;

/// The code of the joining link that opened the app.
#[derive(Clone, PartialEq)]
pub struct OpenedWith(pub Option<String>);

/// The whole app, once it has started; or the pad before it; or why it has not, and the way to try
/// again.
#[component]
pub fn Started(opened: Opened, onagain: EventHandler<()>) -> Element {
    let Opened { begin, code } = opened;
    // What the PIN opened; nothing else moves it on but a new start.
    let mut open = use_signal(|| None::<Begin>);
    match open().unwrap_or(begin) {
        Begin::Open(shell) => rsx! {
            Running { app: App::new(shell), code }
        },
        Begin::Locked(vault) => rsx! {
            Locked { closed: Closed(vault), onopen: move |begin| open.set(Some(begin)) }
        },
        Begin::Lost(vault) => rsx! {
            Lost { closed: Closed(vault), onagain }
        },
        Begin::Not(error) => rsx! {
            CannotStart { error, onagain }
        },
    }
}

#[component]
fn Running(app: App, code: Option<String>) -> Element {
    use_steps(&app);
    use_auto_lock(&app);
    use_context_provider(|| app);
    use_context_provider(|| OpenedWith(code));
    rsx! {
        Router::<Route> {}
    }
}

/// Lets in who has joined.
#[component]
pub fn Gate() -> Element {
    let app = use_app();
    let joined = app.phone().me().is_some();
    let gone = app.phone().gone().cloned();
    if let (false, false, Some(gone)) = (joined, JOINING(), gone) {
        return rsx! {
            GonePage { gone }
        };
    }
    if joined && !JOINING() {
        rsx! {
            Outlet::<Route> {}
            Toast {}
        }
    } else {
        rsx! {
            Join {}
        }
    }
}

/// The screens with the bar.
#[component]
pub fn Barred() -> Element {
    rsx! {
        div { class: "app",
            a { class: "skip", href: "#content", {t!("skip")} }
            Outlet::<Route> {}
            Bar {}
        }
        SentSheet {}
    }
}

/// What each role sees first.
#[component]
pub fn Home() -> Element {
    let app = use_app();
    let role = app.phone().me().map(|me| me.joined.role);
    match role {
        Some(Role::Pa) => rsx! {
            Today {}
        },
        Some(Role::Person(person) | Role::AuthorisedPerson(person)) => rsx! {
            PersonHome { person }
        },
        Some(Role::FamilyContact(person)) => rsx! {
            FamilyHome { person }
        },
        Some(Role::Manager) => rsx! {
            NeedsMe {}
        },
        None => VNode::empty(),
    }
}
