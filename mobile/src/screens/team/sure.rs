//! Before something is taken away: what happens then, and whether to.

use crate::{
    components::{Sheet, icon},
    state::{TOAST, use_app},
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{
    api::{ProblemCode, Revoke},
    ids::DeviceId,
};

/// What is about to be said, and in which words it is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Sure {
    what: Revoke,
    title: String,
    words: Vec<String>,
    yes: String,
    done: String,
}

impl Sure {
    /// A phone of mine or of somebody else's is lost.
    pub fn phone(device: DeviceId, since: &str) -> Self {
        Self {
            what: Revoke::Device { device },
            title: t!("sure-lost"),
            words: vec![since.to_owned(), t!("sure-lost-words"), t!("sure-for-ever")],
            yes: t!("team-lost"),
            done: t!("sure-lost-done"),
        }
    }

    /// The phone in the hand is given away.
    pub fn this_phone(device: DeviceId) -> Self {
        Self {
            what: Revoke::Device { device },
            title: t!("sure-wipe"),
            words: vec![t!("sure-wipe-words"), t!("sure-for-ever")],
            yes: t!("team-wipe"),
            done: t!("sure-lost-done"),
        }
    }

    /// Notes are shared with a family contact, or are not any more.
    pub fn notes(what: Revoke, name: &str, share: bool) -> Self {
        if share {
            return Self {
                what,
                title: t!("sure-share", name = name),
                words: vec![t!("sure-share-words", name = name)],
                yes: t!("team-share-notes"),
                done: t!("sure-share-done", name = name),
            };
        }
        Self {
            what,
            title: t!("sure-stop", name = name),
            words: vec![t!("sure-stop-words", name = name)],
            yes: t!("team-stop-notes"),
            done: t!("sure-stop-done", name = name),
        }
    }

    /// Somebody leaves.
    pub fn leaves(what: Revoke, name: &str) -> Self {
        Self {
            what,
            title: t!("sure-leaves", name = name),
            words: vec![
                t!("sure-leaves-words"),
                t!("sure-leaves-shifts"),
                t!("sure-for-ever"),
            ],
            yes: t!("team-leaves", name = name),
            done: t!("sure-leaves-done", name = name),
        }
    }
}

/// Why nothing came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failed {
    NoAnswer,
    NotAllowed,
}

/// The question.
#[component]
pub fn SureSheet(asks: Sure, ondone: EventHandler, onclose: EventHandler) -> Element {
    let app = use_app();
    let mut failed = use_signal(|| None::<Failed>);
    let mut busy = use_signal(|| false);
    let (what, done) = (asks.what.clone(), asks.done.clone());
    let say = use_callback(move |()| {
        let (app, what, done) = (app.clone(), what.clone(), done.clone());
        spawn(async move {
            if busy() {
                return;
            }
            busy.set(true);
            // What waits goes out first, while this phone may still say it.
            let _ = app.shell().exchange().await;
            match app.shell().revoke(&what).await {
                Ok(()) => {
                    *TOAST.write() = Some(done);
                    ondone(());
                    onclose(());
                }
                Err(error) => {
                    let no = error.code() == Some(ProblemCode::NotAllowed);
                    failed.set(Some(if no {
                        Failed::NotAllowed
                    } else {
                        Failed::NoAnswer
                    }));
                }
            }
            busy.set(false);
        });
    });
    rsx! {
        Sheet { title: asks.title, onclose: move |()| onclose(()),
            for words in asks.words {
                p { "{words}" }
            }
            if let Some(failed) = failed() {
                div { class: "message need", role: "alert",
                    {icon(Icon::Alert)}
                    div { class: "message-words",
                        p {
                            match failed {
                                Failed::NoAnswer => t!("sure-no-signal"),
                                Failed::NotAllowed => t!("sure-not-allowed"),
                            }
                        }
                    }
                }
            }
            div { class: "sheet-foot",
                button { r#type: "button", class: "button primary", disabled: busy(), onclick: move |_| say(()), "{asks.yes}" }
                button { r#type: "button", class: "button plain", onclick: move |_| onclose(()), {t!("cancel")} }
            }
        }
    }
}
