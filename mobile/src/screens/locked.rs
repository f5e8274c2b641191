//! Kith is locked: the pad, what waits behind it, and what to do when the PIN is forgotten.

use crate::{
    components::{Pad, Sheet, brand, icon},
    engine::Outside,
    page,
    platform::{
        self, PhoneVault,
        lock::{Lock, Pin, PinError},
    },
    state::{Begin, lock, unlocked},
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::time::Span;
use std::rc::Rc;

/// A vault, as a property of a screen.
#[derive(Clone)]
pub struct Closed(pub Rc<PhoneVault>);

impl PartialEq for Closed {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// What the last try came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tried {
    Wrong { free: u32 },
    Failed,
}

/// The screen, and all that there is until the PIN was typed.
#[component]
pub fn Locked(closed: Closed, onopen: EventHandler<Begin>) -> Element {
    let vault = closed.0;
    let outside = vault.outside().and_then(|bytes| Outside::read(&bytes));
    use_hook(|| lock::follow_outside(outside.as_ref()));
    let title = t!("lock-closed");
    use_effect(use_reactive!(|title| page::set_title(&format!(
        "{title} · Kith"
    ))));
    let mut pin = use_signal(Pin::default);
    let mut busy = use_signal(|| false);
    let mut tried = use_signal(|| None::<Tried>);
    let mut forgotten = use_signal(|| false);
    let wait = use_wait(&vault);
    let behind = vault.clone();
    let open = use_callback(move |()| {
        let vault = behind.clone();
        spawn(async move {
            busy.set(true);
            tried.set(None);
            lock::drawn().await;
            let typed = std::mem::take(&mut *pin.write());
            match vault.unlock(&typed, platform::clock()).await {
                Ok(key) => return onopen(unlocked(&vault, key).await),
                Err(PinError::Wrong) => {
                    let free = vault.lock().map_or(0, |lock| lock.back_off.free());
                    tried.set(Some(Tried::Wrong { free }));
                }
                Err(PinError::Wait(_)) => {}
                Err(PinError::Store(_)) => tried.set(Some(Tried::Failed)),
            }
            busy.set(false);
        });
    });
    let digits = vault.lock().map(|lock| lock.digits.into());
    let left = wait();
    rsx! {
        div { class: "app bare",
            main { class: "content centred welcome locked", id: "content",
                {brand()}
                div { class: "locked-words",
                    h1 { "{title}" }
                    {waiting(outside.as_ref())}
                }
                div { class: "locked-said", role: "alert",
                    if left > Span::default() {
                        p { class: "error",
                            {icon(Icon::Waiting)}
                            span { {patience(left)} }
                        }
                    } else if let Some(tried) = tried() {
                        p { class: "error",
                            {icon(Icon::Alert)}
                            span { {failure(tried)} }
                        }
                    } else if busy() {
                        p { class: "hint", {t!("lock-opening")} }
                    }
                }
                Pad { title: t!("lock-pin"), pin, digits, off: busy() || left > Span::default(), ondone: move |()| open(()) }
                button { r#type: "button", class: "button plain", onclick: move |_| forgotten.set(true), {t!("lock-forgot")} }
            }
        }
        if forgotten() {
            Wipe {
                closed: Closed(vault),
                title: t!("forgot-title"),
                words: t!("forgot-words"),
                onclose: move |()| forgotten.set(false),
            }
        }
    }
}

/// How long until the next try: it is looked at twice a second.
fn use_wait(vault: &Rc<PhoneVault>) -> Signal<Span> {
    let left = |lock: Lock| lock.back_off.left(platform::clock());
    let mut wait = use_signal(|| vault.lock().map_or(Span::default(), left));
    let vault = vault.clone();
    use_future(move || {
        let vault = vault.clone();
        async move {
            loop {
                // Where it cannot be noted, it is tried again.
                if let Ok(left) = vault.wait(platform::clock()).await
                    && *wait.peek() != left
                {
                    wait.set(left);
                }
                platform::sleep(Span::from_millis(500)).await;
            }
        }
    });
    wait
}

/// What waits here, as far as it can be known from outside.
fn waiting(outside: Option<&Outside>) -> Element {
    let (waiting, drafts) = outside.map_or((0, 0), |o| (o.waiting, o.drafts));
    rsx! {
        if waiting > 0 {
            p { {t!("lock-waiting", count = waiting)} }
        }
        if drafts > 0 {
            p { {t!("lock-drafts", count = drafts)} }
        }
        p { class: "hint", {t!("lock-level")} }
    }
}

/// How long to wait, in words that do not count down.
fn patience(left: Span) -> String {
    if left.millis() <= 30_000 {
        return t!("lock-wait-short");
    }
    let minutes = (left.millis() + 59_999) / 60_000;
    t!("lock-wait", minutes = minutes)
}

fn failure(tried: Tried) -> String {
    match tried {
        Tried::Wrong { free: 0 } => t!("lock-wrong"),
        Tried::Wrong { free } => {
            format!(
                "{} {}",
                t!("lock-wrong"),
                t!("lock-wrong-free", count = free)
            )
        }
        Tried::Failed => t!("lock-failed"),
    }
}

/// Before the phone is wiped: what is lost with it.
#[component]
pub fn Wipe(closed: Closed, title: String, words: String, onclose: EventHandler) -> Element {
    let mut failed = use_signal(|| false);
    let outside = closed.0.outside();
    let outside = outside.and_then(|bytes| Outside::read(&bytes));
    let lost = outside.map(|o| o.waiting + o.drafts);
    let wipe = move |_| {
        let vault = closed.0.clone();
        async move {
            match vault.wipe().await {
                Ok(generation) => {
                    lock::tell_wiped(generation);
                    page::reload();
                }
                Err(_) => failed.set(true),
            }
        }
    };
    rsx! {
        Sheet { title, onclose: move |()| onclose(()),
            p { "{words}" }
            p {
                match lost {
                    Some(count) => t!("forgot-lost", count = count),
                    None => t!("forgot-unknown"),
                }
            }
            p { {t!("forgot-again")} }
            if failed() {
                p { class: "error", role: "alert",
                    {icon(Icon::Alert)}
                    span { {t!("lock-failed")} }
                }
            }
            div { class: "sheet-foot",
                button { r#type: "button", class: "button second stop", onclick: wipe, {t!("forgot-wipe")} }
                button { r#type: "button", class: "button plain", onclick: move |_| onclose(()), {t!("cancel")} }
            }
        }
    }
}
