//! In a web view of its own, on a desktop or a phone.

use super::{Opened, StartError};
use crate::{
    engine::{ActError, Shell},
    platform::{LocalStore, http::Relay},
    screens::root::Started,
};
use dioxus::prelude::*;
use std::{env, path::PathBuf, rc::Rc};

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

async fn open() -> Result<Rc<Shell<LocalStore>>, ActError> {
    let (store, _set_aside) = LocalStore::open_or_set_aside(&folder())?;
    let relay = env::var(RELAY).unwrap_or_else(|_| RELAY_DEFAULT.to_owned());
    let shell = Shell::open(store, Relay::new(relay)).await?;
    dioxus::core::spawn_forever(shell.clone().run());
    Ok(shell)
}

#[component]
fn Root() -> Element {
    let mut opening = use_resource(|| async {
        let shell = open().await.map_err(StartError::from);
        Opened { shell, code: None }
    });
    rsx! {
        style { {kith_assets::CSS} }
        if let Some(opened) = opening() {
            Started { opened, onagain: move |()| opening.restart() }
        }
    }
}
