//! `t!("key")` and `t!("key", name = value)`: a message in the language of the screens. A screen
//! that says something is drawn again when the language changes.

macro_rules! t {
    ($key:expr) => { $crate::state::message($key, &[]) };
    ($key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::state::message($key, &[$((stringify!($name), $value.into())),+])
    };
}

/// A key that is said elsewhere. It is only marked, so that a test can look it up.
macro_rules! key {
    ($key:literal) => {
        $key
    };
}
