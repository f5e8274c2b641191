//! How the app begins: it opens the store before anything is drawn, so that the first screen is
//! the right one.

use crate::{
    engine::{ActError, Shell},
    page,
    platform::{self, LocalStore, Tabs, http::Relay, store::StoreError},
    screens::root::{Root, RootProps},
};
use dioxus::prelude::*;
use kith_shared::api::path;
use std::{cell::Cell, rc::Rc};

/// Why the app cannot begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StartError {
    /// The browser does not let the app store anything.
    Denied,
    /// There is no room for a store.
    Full,
    /// The store holds what this version cannot read; nothing was changed.
    Unreadable(String),
    /// The store failed; nothing was changed.
    Failed(String),
}

impl From<ActError> for StartError {
    fn from(error: ActError) -> Self {
        match error {
            ActError::Store(StoreError::Denied(_)) => Self::Denied,
            ActError::Store(StoreError::Full) => Self::Full,
            ActError::Unreadable(why) => Self::Unreadable(why.to_string()),
            other => Self::Failed(other.to_string()),
        }
    }
}

/// What the app begins with.
#[derive(Clone)]
pub struct Opened {
    /// The phone, or why there is none.
    pub shell: Result<Rc<Shell<LocalStore>>, StartError>,
    /// The code of the joining link that opened the app.
    pub code: Option<String>,
}

impl PartialEq for Opened {
    fn eq(&self, other: &Self) -> bool {
        match (&self.shell, &other.shell) {
            (Ok(one), Ok(other)) => Rc::ptr_eq(one, other),
            (Err(one), Err(other)) => one == other,
            _ => false,
        }
    }
}

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
