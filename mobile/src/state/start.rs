//! How the app begins: it opens the store before any screen is drawn, so that the first one is the
//! right one.

#[cfg(all(
    any(feature = "desktop", feature = "mobile"),
    not(target_arch = "wasm32")
))]
mod native;
#[cfg(target_arch = "wasm32")]
mod web;

#[cfg(all(
    any(feature = "desktop", feature = "mobile"),
    not(target_arch = "wasm32")
))]
use native::{relay, set_going};
#[cfg(all(
    any(feature = "desktop", feature = "mobile"),
    not(target_arch = "wasm32")
))]
pub use native::{start, tell_locked, tell_wiped};
#[cfg(target_arch = "wasm32")]
use web::{relay, set_going};
#[cfg(target_arch = "wasm32")]
pub use web::{start, tell_locked, tell_wiped};

use crate::{
    engine::{ActError, Shell},
    platform::{
        LocalKey, LocalStore, PhoneStore, PhoneVault,
        http::Relay,
        lock::{self, Key, Opening},
        store::StoreError,
    },
};
use std::rc::Rc;

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
            ActError::Store(StoreError::Damaged(why)) => Self::Unreadable(why),
            other => Self::Failed(other.to_string()),
        }
    }
}

/// What the app begins with.
#[derive(Clone)]
pub enum Begin {
    /// The phone.
    Open(Rc<Shell<PhoneStore>>),
    /// A phone that waits for its PIN.
    Locked(Rc<PhoneVault>),
    /// A phone that nothing opens any more.
    Lost(Rc<PhoneVault>),
    /// Why there is none.
    Not(StartError),
}

impl PartialEq for Begin {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Open(one), Self::Open(other)) => Rc::ptr_eq(one, other),
            (Self::Locked(one), Self::Locked(other)) | (Self::Lost(one), Self::Lost(other)) => {
                Rc::ptr_eq(one, other)
            }
            (Self::Not(one), Self::Not(other)) => one == other,
            _ => false,
        }
    }
}

/// How the app was opened.
#[derive(Clone, PartialEq)]
pub struct Opened {
    /// What it begins with.
    pub begin: Begin,
    /// The code of the joining link that opened the app.
    pub code: Option<String>,
}

async fn begin(store: LocalStore, key: LocalKey, relay: Relay) -> Result<Begin, ActError> {
    Ok(match lock::open(store, key).await? {
        Opening::Locked(vault) => Begin::Locked(vault),
        Opening::Lost(vault) => Begin::Lost(vault),
        Opening::Open(store) => Begin::Open(open(store, relay).await?),
    })
}

async fn open(store: PhoneStore, relay: Relay) -> Result<Rc<Shell<PhoneStore>>, ActError> {
    let shell = Shell::open(store, relay).await?;
    set_going(&shell);
    Ok(shell)
}

/// The phone behind the lock, with the key that the PIN gave.
pub async fn unlocked(vault: &Rc<PhoneVault>, key: Key) -> Begin {
    match open(vault.opened(key), relay()).await {
        Ok(shell) => Begin::Open(shell),
        Err(error) => Begin::Not(error.into()),
    }
}
