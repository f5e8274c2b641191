//! The pad on which a PIN is typed: large keys, and the keys of a keyboard. There is no field, so
//! nothing keeps what was typed but the app.

use crate::{page, platform::lock::Pin};
use dioxus::prelude::*;

/// The pad. It holds the focus, so that a keyboard types into it at once.
#[component]
pub fn Pad(
    /// What is to be typed: the name of the pad for ears.
    title: String,
    pin: Signal<Pin>,
    /// How many digits the PIN has, where that is known: then the last one is the end of it.
    #[props(default)]
    digits: Option<usize>,
    /// Nothing can be typed now.
    #[props(default)]
    off: bool,
    /// It was typed.
    ondone: EventHandler<()>,
) -> Element {
    let mut pin = pin;
    let typed = pin.read().len();
    let press = use_callback(move |digit: char| {
        let room = digits.is_none_or(|digits| pin.peek().len() < digits);
        if !off && room && pin.write().push(digit) && digits == Some(pin.peek().len()) {
            ondone(());
        }
    });
    let key = move |event: KeyboardEvent| {
        let with_other_keys = event
            .modifiers()
            .intersects(Modifiers::CONTROL | Modifiers::META | Modifiers::ALT);
        if with_other_keys || event.is_auto_repeating() || off {
            return;
        }
        match event.key() {
            Key::Character(typed) => {
                let mut typed = typed.chars();
                if let (Some(digit), None) = (typed.next(), typed.next()) {
                    press(digit);
                }
            }
            Key::Backspace => pin.write().pop(),
            _ => {}
        }
    };
    rsx! {
        section {
            class: "pad",
            tabindex: "-1",
            aria_label: "{title}",
            onmounted: move |pad| page::focus(&pad),
            onkeydown: key,
            p { class: "pad-dots", role: "status",
                span { class: "for-ears", {t!("lock-typed", count = typed)} }
                for n in 0..digits.unwrap_or_default().max(typed) {
                    span { key: "{n}", class: if n < typed { "dot full" } else { "dot" } }
                }
            }
            div { class: "pad-keys",
                for digit in "123456789".chars() {
                    button {
                        key: "{digit}",
                        r#type: "button",
                        class: "pad-key",
                        aria_disabled: off,
                        onclick: move |_| press(digit),
                        "{digit}"
                    }
                }
                button {
                    r#type: "button",
                    class: "pad-key words",
                    aria_disabled: off || typed == 0,
                    onclick: move |_| pin.write().pop(),
                    {t!("lock-delete")}
                }
                button { r#type: "button", class: "pad-key", aria_disabled: off, onclick: move |_| press('0'), "0" }
                if digits.is_none() {
                    button {
                        r#type: "button",
                        class: "pad-key words main",
                        aria_disabled: off || !pin.read().is_long_enough(),
                        onclick: move |_| {
                            if !off && pin.peek().is_long_enough() {
                                ondone(());
                            }
                        },
                        {t!("lock-next")}
                    }
                }
            }
        }
    }
}
