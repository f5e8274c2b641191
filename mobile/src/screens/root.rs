//! The root of the app: nothing is shown but the way in until this phone belongs to a team.

use super::{
    family::FamilyHome, gone::GonePage, join::Join, manager::NeedsMe, person::PersonHome,
    start::CannotStart, today::Today,
};
use crate::{
    components::{Bar, SentSheet, Toast},
    route::Route,
    state::{App, JOINING, Opened, use_app, use_steps},
};
use dioxus::prelude::*;
use kith_shared::domain::team::Role;

/// The code of the joining link that opened the app.
#[derive(Clone, PartialEq)]
pub struct OpenedWith(pub Option<String>);

/// The whole app, once it has started; or why it has not, and the way to try again.
#[component]
pub fn Started(opened: Opened, onagain: EventHandler<()>) -> Element {
    match opened.shell {
        Ok(shell) => rsx! {
            Running { app: App::new(shell), code: opened.code }
        },
        Err(error) => rsx! {
            CannotStart { error, onagain }
        },
    }
}

#[component]
fn Running(app: App, code: Option<String>) -> Element {
    use_steps(&app);
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
