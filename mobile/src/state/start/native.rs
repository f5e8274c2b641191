//! In a web view of its own, on a desktop or a phone.

use super::{Begin, Opened, StartError};
use crate::{
    engine::{ActError, Shell},
    page,
    platform::{self, LocalKey, LocalStore, PhoneStore, http::Relay, store::Generation},
    screens::root::Started,
};
use dioxus::prelude::*;
use kith_shared::time::Span;
use std::{cell::Cell, env, path::PathBuf, rc::Rc};

/// Where the relay is, until joining links say it.
const RELAY: &str = "KITH_RELAY";
const RELAY_DEFAULT: &str = "http://127.0.0.1:8080";
/// The folder of the app's store.
const STORE: &str = "KITH_STORE";

/// Starts the app.
pub fn start() {
    let app = VirtualDom::new(Root);
    dioxus::desktop::launch::launch_virtual_dom(app, dioxus::desktop::Config::new());
}

fn folder() -> PathBuf {
    let beside = || {
        let home = env::var_os("HOME").map_or_else(env::temp_dir, PathBuf::from);
        home.join(".local/share/kith")
    };
    env::var_os(STORE).map_or_else(beside, PathBuf::from)
}

async fn begin() -> Result<Begin, ActError> {
    let folder = folder();
    let (store, _set_aside) = LocalStore::open_or_set_aside(&folder)?;
    super::begin(store, LocalKey::beside(&folder), relay()).await
}

pub(super) fn relay() -> Relay {
    Relay::new(env::var(RELAY).unwrap_or_else(|_| RELAY_DEFAULT.to_owned()))
}

thread_local! {
    /// The phone's exchange with the relay: it holds the store open.
    static GOING: Cell<Option<dioxus::core::Task>> = const { Cell::new(None) };
}

/// Lets the phone exchange with the relay.
pub(super) fn set_going(shell: &Rc<Shell<PhoneStore>>) {
    GOING.set(Some(dioxus::core::spawn_forever(shell.clone().run())));
}

/// There is one window.
pub fn tell_locked() {}

/// There is one window.
pub fn tell_wiped(_generation: Generation) {}

#[component]
fn Root() -> Element {
    let mut opening = use_resource(|| async {
        // What was open before lets go of the store first.
        platform::sleep(Span::from_millis(20)).await;
        let begin = begin().await;
        let begin = begin.unwrap_or_else(|error| Begin::Not(StartError::from(error)));
        Opened { begin, code: None }
    });
    use_effect(move || {
        if page::RELOADS() > 0 {
            if let Some(task) = GOING.take() {
                task.cancel();
            }
            opening.clear();
            opening.restart();
        }
    });
    rsx! {
        style { {kith_assets::CSS} }
        if let Some(opened) = opening() {
            Started { opened, onagain: |()| page::reload() }
        }
    }
}
