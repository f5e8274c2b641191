//! Named steps at which the relay can be made to end as a crash would end it, so that a test can
//! look at what is left. There is nothing of it in a release build.
//!
//! `KITH_CRASH_AT=after-append:17` ends the process when it passes that step for the 17th time. A
//! step more is one line where it is, and one in the tests' table of them (`tests/src/crash/steps.rs`).

/// Passes the step of this name.
#[cfg(debug_assertions)]
pub fn pass(name: &str) {
    use std::sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    };
    static END: LazyLock<Option<(String, AtomicU64)>> = LazyLock::new(|| {
        let end = std::env::var("KITH_CRASH_AT").ok()?;
        let (name, times) = end.split_once(':')?;
        Some((name.to_owned(), AtomicU64::new(times.parse().ok()?)))
    });
    if let Some((end, left)) = &*END
        && end == name
        && left.fetch_sub(1, Ordering::SeqCst) == 1
    {
        // Nothing is flushed, dropped or said any more.
        std::process::abort();
    }
}

/// Passes the step of this name.
#[cfg(not(debug_assertions))]
pub fn pass(_name: &str) {}
