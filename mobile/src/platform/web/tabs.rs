//! The other tabs of this browser, and the browser's own word on the network.

use crate::platform::store::Generation;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

/// The other tabs: they are told when the store changed.
#[derive(Debug)]
pub struct Tabs(Option<BroadcastChannel>);

impl Tabs {
    /// Calls `changed` whenever another tab has stored something, with the generation that it has
    /// now: who has that already need not read again.
    pub fn new(changed: impl FnMut(Generation) + 'static) -> Self {
        let channel = BroadcastChannel::new("kith-store").ok();
        if let Some(channel) = &channel {
            let mut changed = changed;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // It was sent by us.
            let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |said: MessageEvent| {
                changed(said.data().as_f64().unwrap_or(f64::MAX) as Generation);
            });
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
            // It listens for as long as the page lives.
            heard.forget();
        }
        Self(channel)
    }
    /// This tab's store is of this generation now.
    #[allow(clippy::cast_precision_loss)] // Below 2^53 for longer than anyone lives.
    pub fn tell(&self, generation: Generation) {
        if let Some(channel) = &self.0 {
            let _ = channel.post_message(&JsValue::from_f64(generation as f64));
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
