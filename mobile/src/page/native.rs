//! In the web view of a native app: the same page, reached through the renderer.

use super::Bell;
use dioxus::prelude::*;

/// Runs a line of JavaScript in the page. The web view is ours; no other content runs in it.
fn run(script: &str) {
    let _ = document::eval(script);
}

/// Text as JavaScript writes it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Says where we are, to the window and to ears.
pub fn set_title(title: &str) {
    document::document().set_title(title.to_owned());
}

/// The language of the words on the page.
pub fn set_language(code: &str) {
    run(&format!("document.documentElement.lang = {}", quoted(code)));
}

/// `light` or `dark`; anything else leaves it to the phone.
pub fn set_theme(theme: &str) {
    run(&match theme {
        "light" | "dark" => format!("document.documentElement.dataset.theme = {}", quoted(theme)),
        _ => "delete document.documentElement.dataset.theme".to_owned(),
    });
}

/// The languages that the phone's user reads, the dearest first, as the environment has them.
pub fn languages() -> Vec<String> {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .collect()
}

/// Gives an element the focus.
pub fn focus(mounted: &MountedEvent) {
    let element = mounted.data();
    spawn(async move {
        // An element that is gone needs none.
        let _ = element.set_focus(true).await;
    });
}

/// Scrolls to an element.
pub fn reveal(mounted: &std::rc::Rc<MountedData>) {
    let element = mounted.clone();
    spawn(async move {
        // An element that is gone needs none.
        let _ = element.scroll_to(ScrollBehavior::Instant).await;
    });
}

/// Opens the `<dialog>` over the page.
pub fn open_dialog(_mounted: &MountedEvent) {
    run("document.querySelector('dialog:not([open])')?.showModal()");
}

/// Closes the `<dialog>` that is about to go.
pub fn close_dialog(_mounted: &MountedEvent) {
    run("document.querySelector('dialog[open]')?.close()");
}

/// Whether a click on an open `<dialog>` hit the page beside it: here the close button does.
pub fn beside(_click: &MouseEvent) -> bool {
    false
}

/// A page that shows this address on a map. It is fetched only when it is tapped.
pub fn map(address: &str) -> String {
    // Every byte may be written so.
    let query = address
        .bytes()
        .flat_map(|byte| ['%', digit(byte >> 4), digit(byte & 15)]);
    let query: String = query.collect();
    format!("https://www.openstreetmap.org/search?query={query}")
}

fn digit(value: u8) -> char {
    char::from_digit(value.into(), 16).unwrap_or('0')
}

/// Whether there is a network: not asked for; the relay's answer says enough.
pub fn has_network() -> bool {
    true
}

/// How many bytes the app takes: not asked for.
pub async fn room_used() -> Option<u64> {
    None
}

/// How many windows are open: a native app has one.
pub async fn windows() -> Option<usize> {
    None
}

/// Copies words, so that they can be put elsewhere.
pub async fn copy(words: &str) -> bool {
    let script = format!(
        "await navigator.clipboard.writeText({}); return true",
        quoted(words)
    );
    document::eval(&script).await.is_ok()
}

/// A native app is updated by its store.
pub fn update_waits() -> bool {
    false
}

/// A native app is updated by its store.
pub fn use_update() {}

/// A native app is updated by its store.
pub fn on_update(_back: impl FnMut() + 'static) {}

/// How often the app was started anew.
pub static RELOADS: GlobalSignal<u64> = Signal::global(|| 0);

/// Starts the app anew.
pub fn reload() {
    *RELOADS.write() += 1;
}

/// How long nobody has touched the app: not known yet, so it locks at its start and when asked to.
pub fn untouched() -> kith_shared::time::Span {
    kith_shared::time::Span::default()
}

/// No other window asks to lock.
pub fn on_lock(_back: impl FnMut(bool) + Clone + 'static) {}

/// The window closes: what was typed was kept at the last pause.
pub fn on_leave(_back: impl FnMut() + 'static) {}

/// Native apps are not woken yet.
pub fn bell() -> Bell {
    Bell::Unknown
}

/// Native apps are not woken yet.
pub async fn may_ring() -> bool {
    false
}

/// Native apps are not woken yet.
pub async fn ring(_key: &str) -> Option<String> {
    None
}

/// Native apps are not woken yet.
pub async fn rings() -> bool {
    false
}

/// Native apps are not woken yet.
pub async fn silence() {}
