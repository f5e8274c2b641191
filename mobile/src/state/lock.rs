//! The app lock, as the screens reach it.
//!
//! To be locked is how the app begins when a PIN is set; to lock is to begin again. So nothing of the
//! documents is left in memory, and there is one way in.

pub use super::start::tell_wiped;
use super::{App, CHANGES, Trouble, start, to_the_end};
use crate::{
    engine::{ActError, Outside},
    page,
    platform::{
        self,
        lock::{Lock, Pin, PinError},
        store::StoreError,
    },
};
use dioxus::prelude::*;
use futures_util::StreamExt;
use kith_shared::time::Span;

/// After how many minutes without a touch the app may lock itself.
pub const MINUTES: [u16; 4] = [1, 5, 15, 60];
/// Unless it is said otherwise.
const USUAL: u16 = 5;

/// Lets the screen show what was tapped before work that holds everything up.
pub async fn drawn() {
    platform::sleep(Span::from_millis(30)).await;
}

/// Speaks and looks as the phone says outside of its lock.
pub fn follow_outside(outside: Option<&Outside>) {
    super::speak(|name| outside?.settings.get(name).map(String::as_str));
}

impl App {
    /// The lock, when a PIN is set.
    pub fn lock(&self) -> Option<Lock> {
        let _seen = CHANGES.read();
        self.shell().store().lock()
    }

    /// Whether this is the PIN.
    pub async fn check_pin(&self, pin: Pin) -> Result<(), PinError> {
        let shell = self.shell().clone();
        drawn().await;
        to_the_end(async move { shell.store().check(&pin, platform::clock()).await }).await
    }

    /// Sets a PIN.
    pub async fn set_pin(&self, pin: Pin) -> Option<()> {
        let shell = self.shell().clone();
        let after = self.lock().map_or(USUAL, |lock| lock.after);
        drawn().await;
        let set = to_the_end(async move {
            shell.say_outside().await?;
            shell.store().set_pin(&pin, after).await?;
            shell.reload().await
        });
        self.tried(set.await)
    }

    /// Takes the PIN away.
    pub async fn take_pin_away(&self) -> Option<()> {
        let shell = self.shell().clone();
        let taken = to_the_end(async move {
            shell.store().take_pin_away().await?;
            shell.reload().await
        });
        self.tried(taken.await)
    }

    /// Locks itself after so many minutes without a touch.
    pub async fn lock_after(&self, minutes: u16) -> Option<()> {
        let shell = self.shell().clone();
        let set = to_the_end(async move {
            shell.store().lock_after(minutes).await?;
            shell.reload().await
        });
        self.tried(set.await)
    }

    /// Locks every window of Kith.
    pub async fn lock_now(&self) {
        start::tell_locked();
        self.close().await;
    }

    /// Locks this window, once what is being typed and stored lies in the store. What cannot be
    /// stored stays on the screen, with the reason: to lose it would be worse.
    async fn close(&self) {
        if self.keep_typed().await.is_some() && self.keep_painted().await.is_some() {
            self.shell().at_rest().await;
            page::reload();
        }
    }

    async fn close_if_left(&self) {
        let lock = self.shell().store().lock();
        if lock.is_some_and(|lock| page::untouched() >= Span::minutes(lock.after.into())) {
            self.close().await;
        }
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        ActError::Store(error).into()
    }
}

/// Locks when the app was left alone for long enough, or when another window says so.
pub fn use_auto_lock(app: &App) {
    let left = app.clone();
    use_future(move || {
        let app = left.clone();
        async move {
            loop {
                platform::sleep(Span::from_millis(5000)).await;
                app.close_if_left().await;
            }
        }
    });
    let asked = app.clone();
    let asked = use_coroutine(move |mut asks: UnboundedReceiver<bool>| {
        let app = asked.clone();
        async move {
            while let Some(now) = asks.next().await {
                if now {
                    app.close().await;
                } else {
                    app.close_if_left().await;
                }
            }
        }
    });
    use_hook(move || {
        // The callbacks come from outside of Dioxus, so they only leave a message.
        let tx = asked.tx();
        page::on_lock(move |now| {
            let _ = tx.unbounded_send(now);
        });
    });
}
