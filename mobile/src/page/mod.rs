//! The page around the screens: its title, language and colours, its address, and the events that
//! come to the window as a whole.

#[cfg(target_arch = "wasm32")]
mod web;
#[cfg(target_arch = "wasm32")]
pub use web::*;

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(not(target_arch = "wasm32"))]
pub use native::*;

/// Whether this phone can say that something waits while the app is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bell {
    /// This browser does not do that.
    Unknown,
    /// Its user has forbidden it.
    Blocked,
    /// It can be turned on and off.
    Possible,
}
