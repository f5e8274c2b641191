//! The other tabs of this browser, and the browser's own word on the network.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::BroadcastChannel;

/// The other tabs: they are told when the store changed.
#[derive(Debug)]
pub struct Tabs(Option<BroadcastChannel>);

impl Tabs {
    /// Tells `changed` whenever another tab has changed the store.
    pub fn new(changed: impl FnMut() + 'static) -> Self {
        let channel = BroadcastChannel::new("kith-store").ok();
        if let Some(channel) = &channel {
            let mut changed = changed;
            let heard = Closure::<dyn FnMut(JsValue)>::new(move |_| changed());
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
            // It listens for as long as the page lives.
            heard.forget();
        }
        Self(channel)
    }
    /// This tab has changed the store.
    pub fn tell(&self) {
        if let Some(channel) = &self.0 {
            let _ = channel.post_message(&JsValue::NULL);
        }
    }
}

/// Calls `back` whenever the browser says that there is a network again, or the page is looked at
/// again.
pub fn on_online(back: impl FnMut() + 'static) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let mut back = back;
    let heard = Closure::<dyn FnMut(JsValue)>::new(move |_| back());
    for event in ["online", "pageshow", "focus"] {
        let _ = window.add_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
    }
    heard.forget();
}
