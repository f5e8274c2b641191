//! A browser.

mod key;
mod store;
mod tabs;

pub use key::BrowserKey as LocalKey;
pub use store::IndexedDb as LocalStore;
pub use tabs::{Said, Tabs, on_online};

use kith_shared::time::{Moment, Span};

/// What the device's clock shows.
#[allow(clippy::cast_possible_truncation)] // Whole milliseconds, far below 2^53.
pub fn clock() -> Moment {
    Moment::from_millis(js_sys::Date::now() as i64)
}

/// Waits.
pub async fn sleep(span: Span) {
    let millis = i32::try_from(span.millis().max(0)).unwrap_or(i32::MAX);
    let waiting = js_sys::Promise::new(&mut |done, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&done, millis);
        }
    });
    let _ = wasm_bindgen_futures::JsFuture::from(waiting).await;
}

/// Lets a task run on its own.
pub fn spawn(task: impl std::future::Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(task);
}

/// The relay that this page came from.
pub fn origin() -> String {
    web_sys::window()
        .and_then(|w| w.location().origin().ok())
        .unwrap_or_default()
}

/// Asks the browser not to clear the store when it runs short of room. It may say no; then the
/// store is as safe as any page's.
pub async fn keep_store() {
    if let Some(storage) = web_sys::window().map(|w| w.navigator().storage())
        && let Ok(asked) = storage.persist()
    {
        let _ = wasm_bindgen_futures::JsFuture::from(asked).await;
    }
}

/// Where the device is, asked for this once: `latitude,longitude` to about ten metres, or `None`
/// when the user or the device says no.
pub async fn place() -> Option<String> {
    let geolocation = web_sys::window()?.navigator().geolocation().ok()?;
    let answer = js_sys::Promise::new(&mut |yes, no| {
        let options = web_sys::PositionOptions::new();
        options.set_timeout(10_000);
        let _ = geolocation.get_current_position_with_error_callback_and_options(
            &yes,
            Some(&no),
            &options,
        );
    });
    let position = wasm_bindgen_futures::JsFuture::from(answer).await.ok()?;
    // By name: `web-sys` counts the types as unstable, browsers have had them for years.
    let coordinates = js_sys::Reflect::get(&position, &"coords".into()).ok()?;
    let degrees = |name: &str| {
        js_sys::Reflect::get(&coordinates, &name.into())
            .ok()?
            .as_f64()
    };
    Some(format!(
        "{:.4},{:.4}",
        degrees("latitude")?,
        degrees("longitude")?
    ))
}
