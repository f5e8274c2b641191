//! In a browser.

use super::{Opened, StartError};
use crate::{
    engine::{ActError, Shell},
    page,
    platform::{self, LocalStore, Tabs, http::Relay},
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
        let shell = open().await.map_err(StartError::from);
        if let Ok(shell) = &shell {
            keep_in_step(shell);
            platform::spawn(shell.clone().run());
            platform::spawn(platform::keep_store());
        }
        let props = RootProps {
            opened: Opened { shell, code },
        };
        let app = VirtualDom::new_with_props(Root, props);
        dioxus::web::launch::launch_virtual_dom(app, dioxus::web::Config::new());
    });
}

async fn open() -> Result<Rc<Shell<LocalStore>>, ActError> {
    let store = LocalStore::open().await?;
    Shell::open(store, Relay::new(platform::origin())).await
}

/// Tells the other tabs what this one stored, reads what they stored, and tries the relay when
/// there may be signal again.
fn keep_in_step(shell: &Rc<Shell<LocalStore>>) {
    let heard = shell.clone();
    let tabs = Tabs::new(move |generation| {
        if generation > heard.phone().generation() {
            let shell = heard.clone();
            platform::spawn(async move {
                // A store that cannot be read now is read at the next change.
                let _ = shell.reload().await;
            });
        }
    });
    let told = Cell::new(shell.phone().generation());
    let changed = Rc::downgrade(shell);
    shell.on_change(move || {
        let Some(shell) = changed.upgrade() else {
            return;
        };
        let generation = shell.phone().generation();
        if told.replace(generation) != generation {
            tabs.tell(generation);
        }
    });
    let online = shell.clone();
    platform::on_online(move || online.wake());
}

#[component]
fn Root(opened: Opened) -> Element {
    rsx! {
        Started { opened, onagain: |()| page::reload() }
    }
}
