//! The other tabs of this browser, and the browser's own word on the network.

use crate::platform::store::Generation;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

/// What a tab says to the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// The store is of this generation now: who has that already need not read again.
    Stored(Generation),
    /// Kith was locked.
    Locked,
}

const CHANNEL: &str = "kith-store";
const LOCKED: &str = "locked";

/// The other tabs.
#[derive(Debug)]
pub struct Tabs(Option<BroadcastChannel>);

impl Tabs {
    /// Calls `heard` with what another tab says.
    pub fn new(heard: impl FnMut(Said) + 'static) -> Self {
        let channel = BroadcastChannel::new(CHANNEL).ok();
        if let Some(channel) = &channel {
            let mut heard = heard;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // It was sent by us.
            let back = Closure::<dyn FnMut(MessageEvent)>::new(move |said: MessageEvent| {
                let said = said.data();
                heard(if said.as_string().as_deref() == Some(LOCKED) {
                    Said::Locked
                } else {
                    Said::Stored(said.as_f64().unwrap_or(f64::MAX) as Generation)
                });
            });
            channel.set_onmessage(Some(back.as_ref().unchecked_ref()));
            // It listens for as long as the page lives.
            back.forget();
        }
        Self(channel)
    }

    /// Says it to all windows, this one included.
    pub fn tell_all(said: Said) {
        Self(BroadcastChannel::new(CHANNEL).ok()).tell(said);
    }

    /// Says it to the others.
    #[allow(clippy::cast_precision_loss)] // Below 2^53 for longer than anyone lives.
    pub fn tell(&self, said: Said) {
        if let Some(channel) = &self.0 {
            let _ = channel.post_message(&match said {
                Said::Stored(generation) => JsValue::from_f64(generation as f64),
                Said::Locked => JsValue::from_str(LOCKED),
            });
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
