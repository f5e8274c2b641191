//! A sheet over the page.

use super::icon;
use crate::page;
use dioxus::prelude::*;
use kith_assets::Icon;

/// A sheet: the browser's own dialog, which keeps the focus inside and closes on Escape.
#[component]
pub fn Sheet(title: String, onclose: EventHandler<()>, children: Element) -> Element {
    let mut shown = use_signal(|| None::<MountedEvent>);
    // Closed before it goes, so that the focus goes back to where it came from.
    use_drop(move || {
        if let Some(dialog) = shown.peek().as_ref() {
            page::close_dialog(dialog);
        }
    });
    rsx! {
        dialog {
            class: "sheet",
            aria_labelledby: "sheet-title",
            onmounted: move |dialog| {
                page::open_dialog(&dialog);
                shown.set(Some(dialog));
            },
            oncancel: move |event| {
                event.prevent_default();
                onclose(());
            },
            onclick: move |click| {
                if page::beside(&click) {
                    onclose(());
                }
            },
            div { class: "sheet-head",
                h2 { id: "sheet-title", tabindex: "-1", autofocus: true, "{title}" }
                button {
                    r#type: "button",
                    class: "icon-button",
                    aria_label: t!("close"),
                    onclick: move |_| onclose(()),
                    {icon(Icon::Close)}
                }
            }
            {children}
        }
    }
}
