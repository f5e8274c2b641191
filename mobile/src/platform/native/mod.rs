//! Android, iOS, desktop, and programs that act as a phone.

mod key;
mod store;

pub use key::KeyFile as LocalKey;
pub use store::Sled as LocalStore;

use kith_shared::time::{Moment, Span};
use std::time::{Duration, SystemTime};

/// What the device's clock shows.
pub fn clock() -> Moment {
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    Moment::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Waits.
pub async fn sleep(span: Span) {
    tokio::time::sleep(Duration::from_millis(span.millis().max(0).unsigned_abs())).await;
}

/// Where the device is: not asked for natively yet, so nobody is told that it was.
#[allow(clippy::unused_async)] // As in a browser, where one waits for it.
pub async fn place() -> Option<String> {
    None
}
