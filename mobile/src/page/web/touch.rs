//! When the app was last touched, and when it is to lock itself.

use super::{document, listen, window};
use kith_shared::time::{Moment, Span};
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{AddEventListenerOptions, Event};

thread_local! {
    static TOUCHED: Cell<Moment> = Cell::new(now());
}

#[allow(clippy::cast_possible_truncation)] // Whole milliseconds, far below 2^53.
fn now() -> Moment {
    Moment::from_millis(js_sys::Date::now() as i64)
}

/// Notes each touch and each key from now on.
pub fn count_touches() {
    TOUCHED.set(now());
    let Some(window) = window() else { return };
    let heard = Closure::<dyn FnMut(JsValue)>::new(|_| TOUCHED.set(now()));
    // Before anything else hears of it, and without holding up how it scrolls.
    let options = AddEventListenerOptions::new();
    options.set_capture(true);
    options.set_passive(true);
    for event in ["pointerdown", "keydown", "wheel", "touchmove"] {
        let _ = window.add_event_listener_with_callback_and_add_event_listener_options(
            event,
            heard.as_ref().unchecked_ref(),
            &options,
        );
    }
    heard.forget();
}

/// How long nobody has touched the app. By the clock: others stand still while a device sleeps.
pub fn untouched() -> Span {
    let now = now();
    if now < TOUCHED.get() {
        TOUCHED.set(now);
    }
    now - TOUCHED.get()
}

const LOCK: &str = "kith-lock";

/// Asks the screens of this window to lock.
pub fn ask_to_lock() {
    if let (Some(window), Ok(event)) = (window(), Event::new(LOCK)) {
        let _ = window.dispatch_event(&event);
    }
}

/// Calls `back` with `true` when this window was asked to lock, and with `false` when somebody comes
/// back to it, who may have been away for long.
pub fn on_lock(back: impl FnMut(bool) + Clone + 'static) {
    let mut asked = back.clone();
    listen(LOCK, move || asked(true));
    for event in ["pageshow", "focus"] {
        let mut returned = back.clone();
        listen(event, move || returned(false));
    }
    let Some(document) = document() else { return };
    let mut returned = back;
    let heard = Closure::<dyn FnMut(JsValue)>::new(move |_| returned(false));
    let heard_by = heard.as_ref().unchecked_ref();
    let _ = document.add_event_listener_with_callback("visibilitychange", heard_by);
    heard.forget();
}
