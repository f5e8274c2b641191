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
pub use native::start;
#[cfg(target_arch = "wasm32")]
pub use web::start;

use crate::{
    engine::{ActError, Shell},
    platform::{LocalStore, store::StoreError},
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
