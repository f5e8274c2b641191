//! In a browser.

mod touch;
pub use touch::{ask_to_lock, count_touches, on_lock, untouched};

use super::Bell;
use dioxus::{prelude::*, web::WebEventExt};
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Document, Element, Event, FocusOptions, HtmlDialogElement, HtmlElement, Notification,
    NotificationPermission, PushManager, PushSubscription, PushSubscriptionOptionsInit,
    ServiceWorkerContainer, ServiceWorkerRegistration, Window,
};

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

fn root() -> Option<Element> {
    document()?.document_element()
}

/// Says where we are, to the tab and to ears.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Sets what is said of the whole page, or takes it back. Only where it differs: said again, even
/// the same has the browser style everything anew.
fn say(name: &str, value: Option<&str>) {
    let Some(root) = root().filter(|root| root.get_attribute(name).as_deref() != value) else {
        return;
    };
    let _ = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}

/// The language of the words on the page.
pub fn set_language(code: &str) {
    say("lang", Some(code));
}

/// `light` or `dark`; anything else leaves it to the phone.
pub fn set_theme(theme: &str) {
    say(
        "data-theme",
        Some(theme).filter(|theme| matches!(*theme, "light" | "dark")),
    );
}

/// The languages that the phone's user reads, the dearest first.
pub fn languages() -> Vec<String> {
    let listed = window().map(|w| w.navigator().languages());
    let listed = listed.iter().flat_map(js_sys::Array::iter);
    listed.filter_map(|code| code.as_string()).collect()
}

/// Takes what stands behind the `#` of the address, and takes it out of the address and of the
/// browser's memory of it.
pub fn take_fragment() -> Option<String> {
    let window = window()?;
    let location = window.location();
    let fragment = location.hash().ok()?;
    let fragment = fragment.strip_prefix('#').filter(|f| !f.is_empty())?;
    let bare = location.pathname().ok()?;
    if let Ok(history) = window.history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&bare));
    }
    Some(fragment.to_owned())
}

/// The path of the address.
pub fn path() -> String {
    window()
        .and_then(|w| w.location().pathname().ok())
        .unwrap_or_default()
}

/// Gives an element the focus where it stands: nothing scrolls.
pub fn focus(mounted: &MountedEvent) {
    if let Ok(element) = mounted.as_web_event().dyn_into::<HtmlElement>() {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
}

/// Scrolls to an element that stands in the lower half of the screen or below it: what was asked
/// for is to be seen, and what is seen already stays where it is.
pub fn reveal(mounted: &MountedData) {
    let (Some(element), Some(window)) = (mounted.downcast::<Element>(), window()) else {
        return;
    };
    let height = window.inner_height().ok().and_then(|h| h.as_f64());
    if height.is_some_and(|h| element.get_bounding_client_rect().top() > h / 2.0) {
        element.scroll_into_view();
    }
}

/// Opens a `<dialog>` over the page. The browser keeps the focus inside and gives it back after.
pub fn open_dialog(mounted: &MountedEvent) {
    if let Ok(dialog) = mounted.as_web_event().dyn_into::<HtmlDialogElement>() {
        let _ = dialog.show_modal();
    }
}

/// Closes a `<dialog>` that is about to go: the focus goes back to where it came from.
pub fn close_dialog(mounted: &MountedEvent) {
    if let Ok(dialog) = mounted.as_web_event().dyn_into::<HtmlDialogElement>() {
        dialog.close();
    }
}

/// Whether a click on an open `<dialog>` hit the page beside it.
pub fn beside(click: &MouseEvent) -> bool {
    let event = click.as_web_event();
    let Some(dialog) = event
        .target()
        .and_then(|t| t.dyn_into::<HtmlDialogElement>().ok())
    else {
        return false;
    };
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let area = dialog.get_bounding_client_rect();
    // A choice made with the keyboard clicks at 0, 0.
    let by_pointer = event.detail() > 0;
    by_pointer && (x < area.left() || x > area.right() || y < area.top() || y > area.bottom())
}

/// A page that shows this address on a map. It is fetched only when it is tapped.
pub fn map(address: &str) -> String {
    let query = js_sys::encode_uri_component(address);
    format!("https://www.openstreetmap.org/search?query={query}")
}

/// Whether the browser thinks that there is a network.
pub fn has_network() -> bool {
    window().is_none_or(|w| w.navigator().on_line())
}

/// How many bytes the app takes on this phone, if the browser says so.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Whole bytes, far below 2^53.
pub async fn room_used() -> Option<u64> {
    let storage = window()?.navigator().storage();
    if storage.is_undefined() {
        return None;
    }
    let estimate = wasm_bindgen_futures::JsFuture::from(storage.estimate().ok()?)
        .await
        .ok()?;
    let usage = Reflect::get(&estimate, &"usage".into()).ok()?;
    usage.as_f64().map(|bytes| bytes as u64)
}

/// The name under which each open window holds a lock.
const WINDOW: &str = "kith-window";

/// Counts this window among the open ones, for as long as it is open.
pub fn count_me() {
    let task =
        Closure::<dyn FnMut() -> js_sys::Promise>::new(|| js_sys::Promise::new(&mut |_, _| {}));
    let hold = || -> Result<(), JsValue> {
        let locks = locks()?;
        let shared = js_sys::Object::new();
        Reflect::set(&shared, &"mode".into(), &"shared".into())?;
        let request: Function = Reflect::get(&locks, &"request".into())?.dyn_into()?;
        request.call3(&locks, &WINDOW.into(), &shared, task.as_ref())?;
        Ok(())
    };
    // Where there are no locks, windows are not counted.
    let _ = hold();
    task.forget();
}

/// How many windows of Kith are open on this phone, if the browser says so.
pub async fn windows() -> Option<usize> {
    let query = || -> Result<js_sys::Promise, JsValue> {
        let locks = locks()?;
        let query: Function = Reflect::get(&locks, &"query".into())?.dyn_into()?;
        query.call0(&locks)?.dyn_into()
    };
    let state = wasm_bindgen_futures::JsFuture::from(query().ok()?)
        .await
        .ok()?;
    let held: js_sys::Array = Reflect::get(&state, &"held".into()).ok()?.dyn_into().ok()?;
    let ours = |lock: &JsValue| {
        Reflect::get(lock, &"name".into()).is_ok_and(|name| name == JsValue::from_str(WINDOW))
    };
    Some(held.iter().filter(ours).count())
}

/// By name: `web-sys` counts locks as unstable, browsers have had them for years.
fn locks() -> Result<JsValue, JsValue> {
    let navigator = window().ok_or(JsValue::NULL)?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into())?;
    if locks.is_undefined() {
        Err(locks)
    } else {
        Ok(locks)
    }
}

/// Copies words, so that they can be put elsewhere.
pub async fn copy(words: &str) -> bool {
    let Some(window) = window() else { return false };
    let clipboard = window.navigator().clipboard();
    // Pages that came over plain http have none.
    if clipboard.is_undefined() {
        return false;
    }
    let copied = clipboard.write_text(words);
    wasm_bindgen_futures::JsFuture::from(copied).await.is_ok()
}

/// A new version of the app is on the phone and waits to be asked for.
pub fn update_waits() -> bool {
    root().is_some_and(|root| root.has_attribute("data-update"))
}

/// Uses the new version: the page starts again.
pub fn use_update() {
    if let (Some(window), Ok(event)) = (window(), Event::new("kith-use-new-version")) {
        let _ = window.dispatch_event(&event);
    }
}

/// Calls `back` whenever a new version begins to wait.
pub fn on_update(back: impl FnMut() + 'static) {
    listen("kith-update-waiting", back);
}

/// Calls `back` when the page may be about to go: it is hidden, or left.
pub fn on_leave(back: impl FnMut() + 'static) {
    listen("pagehide", back);
}

/// Starts the app anew.
pub fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

/// Whether this browser can say that something waits while the app is closed.
pub fn bell() -> Bell {
    let Some(window) = window() else {
        return Bell::Unknown;
    };
    let has = |name: &str| Reflect::has(&window, &name.into()).unwrap_or(false);
    // Pages that came over plain http have no service worker.
    if !has("PushManager") || !has("Notification") || service_workers().is_none() {
        return Bell::Unknown;
    }
    match Notification::permission() {
        NotificationPermission::Denied => Bell::Blocked,
        _ => Bell::Possible,
    }
}

/// By name: it is undefined where there are none.
fn service_workers() -> Option<ServiceWorkerContainer> {
    let navigator = window()?.navigator();
    let workers = Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    (!workers.is_undefined()).then(|| workers.unchecked_into())
}

async fn pushes() -> Option<PushManager> {
    let registered = service_workers()?.get_registration();
    let registration = wasm_bindgen_futures::JsFuture::from(registered)
        .await
        .ok()?;
    let registration: ServiceWorkerRegistration = registration.dyn_into().ok()?;
    registration.push_manager().ok()
}

/// Asks whether Kith may tell. To be asked at a tap: browsers answer nothing else.
pub async fn may_ring() -> bool {
    let Ok(asked) = Notification::request_permission() else {
        return false;
    };
    let answer = wasm_bindgen_futures::JsFuture::from(asked).await.ok();
    answer.and_then(|a| a.as_string()).as_deref() == Some("granted")
}

/// Lets the browser take pushes of the relay with this key, and returns the address for them.
pub async fn ring(key: &str) -> Option<String> {
    let options = js_sys::Object::new();
    Reflect::set(&options, &"userVisibleOnly".into(), &true.into()).ok()?;
    Reflect::set(&options, &"applicationServerKey".into(), &key.into()).ok()?;
    let options: PushSubscriptionOptionsInit = options.unchecked_into();
    let subscribed = pushes().await?.subscribe_with_options(&options).ok()?;
    let subscribed = wasm_bindgen_futures::JsFuture::from(subscribed)
        .await
        .ok()?;
    let subscription: PushSubscription = subscribed.dyn_into().ok()?;
    Some(subscription.endpoint())
}

/// Whether the browser takes pushes.
pub async fn rings() -> bool {
    subscription().await.is_some()
}

/// The browser takes pushes no more.
pub async fn silence() {
    if let Some(Ok(gone)) = subscription().await.map(|s| s.unsubscribe()) {
        let _ = wasm_bindgen_futures::JsFuture::from(gone).await;
    }
}

async fn subscription() -> Option<PushSubscription> {
    let found = pushes().await?.get_subscription().ok()?;
    let found = wasm_bindgen_futures::JsFuture::from(found).await.ok()?;
    found.dyn_into().ok()
}

fn listen(event: &str, mut back: impl FnMut() + 'static) {
    let heard = Closure::<dyn FnMut(JsValue)>::new(move |_| back());
    if let Some(window) = window() {
        let _ = window.add_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
    }
    // It listens for as long as the page lives.
    heard.forget();
}
