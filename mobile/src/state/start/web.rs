//! In a browser.

use super::{Begin, Opened, StartError};
use crate::{
    engine::{ActError, Shell},
    page,
    platform::{
        self, LocalKey, LocalStore, PhoneStore, PhoneVault, Said, Tabs,
        http::Relay,
        store::{Generation, StoreError},
    },
    screens::root::Started,
};
use dioxus::prelude::*;
use kith_shared::api::path;
use std::{cell::Cell, rc::Rc};

/// Starts the app.
pub fn start() {
    platform::spawn(async {
        // Before the router looks at the address: the code stays in nobody's history.
        let opened_by_link = page::path() == path::JOIN_PAGE;
        let code = opened_by_link.then(page::take_fragment).flatten();
        page::count_me();
        page::count_touches();
        let begin = begin().await;
        if let Ok(Begin::Locked(vault) | Begin::Lost(vault)) = &begin {
            wait_with_the_others(vault);
        }
        if begin.is_ok() {
            platform::spawn(platform::keep_store());
        }
        let begin = begin.unwrap_or_else(|error| Begin::Not(StartError::from(error)));
        let props = RootProps {
            opened: Opened { begin, code },
        };
        let app = VirtualDom::new_with_props(Root, props);
        dioxus::web::launch::launch_virtual_dom(app, dioxus::web::Config::new());
    });
}

async fn begin() -> Result<Begin, ActError> {
    let (store, key) = (LocalStore::open().await?, LocalKey::open().await?);
    super::begin(store, key, relay()).await
}

pub(super) fn relay() -> Relay {
    Relay::new(platform::origin())
}

thread_local! {
    /// Whether this window waits for its PIN, or to be wiped.
    static LOCKED: Cell<bool> = const { Cell::new(false) };
}

/// Locked: another window may take the PIN away, or wipe the phone.
fn wait_with_the_others(vault: &Rc<PhoneVault>) {
    LOCKED.set(true);
    let vault = vault.clone();
    Tabs::new(move |_| {
        if !LOCKED.get() {
            return;
        }
        let vault = vault.clone();
        platform::spawn(async move {
            let looked = vault.look().await;
            if looked == Err(StoreError::Wiped) || vault.lock().is_none() {
                page::reload();
            }
        });
    });
}

/// Tells all windows that Kith is locked.
pub fn tell_locked() {
    Tabs::tell_all(Said::Locked);
}

/// Tells all windows that the phone was wiped, with the generation that its store has now.
pub fn tell_wiped(generation: Generation) {
    Tabs::tell_all(Said::Stored(generation));
}

/// Lets the phone exchange with the relay. Tells the other tabs what this one stored, reads what
/// they stored, and tries the relay when there may be signal again.
pub(super) fn set_going(shell: &Rc<Shell<PhoneStore>>) {
    LOCKED.set(false);
    let heard = shell.clone();
    let tabs = Tabs::new(move |said| match said {
        Said::Locked => page::ask_to_lock(),
        Said::Stored(generation) if generation > heard.phone().generation() => {
            let shell = heard.clone();
            platform::spawn(async move {
                // A store that cannot be read now is read at the next change.
                if let Err(ActError::Store(StoreError::Wiped)) = shell.reload().await {
                    page::reload();
                }
            });
        }
        Said::Stored(_) => {}
    });
    let told = Cell::new(shell.phone().generation());
    let changed = Rc::downgrade(shell);
    shell.on_change(move || {
        let Some(shell) = changed.upgrade() else {
            return;
        };
        let generation = shell.phone().generation();
        if told.replace(generation) != generation {
            tabs.tell(Said::Stored(generation));
        }
    });
    let online = shell.clone();
    platform::on_online(move || online.wake());
    platform::spawn(shell.clone().run());
}

#[component]
fn Root(opened: Opened) -> Element {
    rsx! {
        Started { opened, onagain: |()| page::reload() }
    }
}
