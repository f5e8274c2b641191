//! What waits on this phone, what was sent, and what was put aside and why.

use crate::{
    components::{Screen, icon},
    engine::{Doubt, Found, Link},
    page,
    route::Route,
    state::{TOAST, link, say, use_app},
    view::{
        notes::LINE_CHARS,
        waiting::{self, Act, AsideAct, Clock, Ending},
    },
};
use dioxus::prelude::*;
use kith_assets::Icon;

/// The same as the sheet, with an address of its own.
#[component]
pub fn Waiting() -> Element {
    rsx! {
        Screen {
            title: t!("sent-title"),
            back: (Route::Me {}, t!("back-to-me")),
            SavedAndSent {}
        }
    }
}

/// The sign of an act.
pub fn sign(act: &Act) -> Icon {
    match act {
        Act::ClockIn { .. } => Icon::ClockIn,
        Act::ClockOut { .. } => Icon::ClockOut,
        Act::AmendClock { .. } => Icon::Hours,
        Act::WriteNote { .. } | Act::AmendNote { .. } => Icon::Note,
        Act::Rota { .. } => Icon::Rota,
        Act::Profile | Act::Availability => Icon::Availability,
    }
}

/// What an act of mine is called.
pub fn words(act: &Act, name: &str) -> String {
    match act {
        Act::ClockIn { .. } => t!("act-clock-in", name = name),
        Act::ClockOut { .. } => t!("act-clock-out", name = name),
        Act::AmendClock { .. } => t!("act-amend-clock", name = name),
        Act::WriteNote { .. } => t!("act-note", name = name),
        Act::AmendNote { .. } => t!("act-amend-note", name = name),
        Act::Rota { what, .. } => t!("act-rota", what = *what, name = name),
        Act::Profile => t!("act-profile", name = name),
        Act::Availability => t!("act-availability"),
    }
}

/// What the sheet says.
#[component]
pub fn SavedAndSent() -> Element {
    let app = use_app();
    let link_now = app.link();
    let sheet = waiting::waiting(&app.phone(), link(&link_now));
    let quiet = match &link_now {
        Link::NotOurs => Some((Icon::Lock, t!("not-ours-title"), t!("not-ours-words"))),
        Link::Unreachable | Link::Trouble(_) => {
            let title = match sheet.heard {
                Some(heard) => t!("offline-since", when = say::moment(heard)),
                None => t!("status-offline"),
            };
            Some((Icon::Offline, title, t!("offline-words")))
        }
        Link::Unknown | Link::Reached => None,
    };
    let clock = match sheet.clock {
        Clock::Right => None,
        Clock::Slow(by) => Some(t!("clock-slow", length = say::length(by))),
        Clock::Fast(by) => Some(t!("clock-fast", length = say::length(by))),
    };
    let nothing = sheet.waiting.is_empty() && sheet.aside.is_empty();
    rsx! {
        if let Some((sign, title, words)) = quiet {
            div { class: "message quiet",
                {icon(sign)}
                div { class: "message-words",
                    h3 { "{title}" }
                    p { "{words}" }
                }
            }
        }
        if let Some(title) = clock {
            div { class: "message need",
                {icon(Icon::Late)}
                div { class: "message-words",
                    h3 { "{title}" }
                    p { {t!("clock-words")} }
                }
            }
        }
        Doubts {}
        if !sheet.aside.is_empty() {
            section { class: "group",
                h3 { class: "group-title", {t!("aside-title")} }
                for act in sheet.aside {
                    Aside { key: "{act.record}", act }
                }
            }
        }
        if !sheet.waiting.is_empty() {
            section { class: "group",
                h3 { class: "group-title", {t!("waiting-title")} }
                ul { class: "rows",
                    for act in sheet.waiting {
                        li { key: "{act.record}",
                            div { class: "row",
                                {icon(sign(&act.act))}
                                span { class: "row-words",
                                    span { class: "row-title", {words(&act.act, act.person.as_ref().map_or("", |p| p.short()))} }
                                    span { class: "row-more", {say::moment(act.at)} }
                                }
                                span { class: "status waiting",
                                    {icon(Icon::Waiting)}
                                    {t!("waiting")}
                                }
                            }
                        }
                    }
                }
            }
        }
        if sheet.unseen > 0 {
            p { class: "status sent",
                {icon(Icon::Sent)}
                {t!("sent-count", count = sheet.unseen)}
            }
        } else if nothing {
            p { class: "status seen",
                {icon(Icon::Seen)}
                {t!("sent-all")}
            }
        }
        if let Some(heard) = sheet.heard {
            p { class: "soft small", {t!("sent-heard", when = say::moment(heard))} }
        }
        if sheet.checked {
            p { class: "soft small",
                if sheet.doubted {
                    {t!("checked-since")}
                } else {
                    {t!("checked")}
                }
            }
        }
    }
}

/// That the relay's records were other than it had signed, until that was read, or `read` as well;
/// nothing where they never were.
#[component]
pub fn Doubts(#[props(default)] read: bool) -> Element {
    let app = use_app();
    let doubts = waiting::doubts(&app.phone()).into_iter();
    rsx! {
        for doubt in doubts.filter(|doubt| read || !doubt.read) {
            Doubted { key: "{doubt.found:?}", doubt }
        }
    }
}

#[component]
fn Doubted(doubt: Doubt) -> Element {
    let app = use_app();
    let Doubt { at, found, read } = doubt;
    let when = say::moment(at);
    let (title, words) = match found {
        Found::OtherPast => (t!("doubt-past-title"), t!("doubt-past-words", when = when)),
        Found::ByAnother => (
            t!("doubt-other-title"),
            t!("doubt-other-words", when = when),
        ),
        Found::NotAsSigned => (
            t!("doubt-signed-title"),
            t!("doubt-signed-words", when = when),
        ),
    };
    rsx! {
        div { class: if read { "message quiet" } else { "message need" },
            {icon(Icon::Decision)}
            div { class: "message-words",
                h3 { "{title}" }
                p { "{words}" }
                if !read {
                    div { class: "buttons",
                        button {
                            r#type: "button",
                            class: "button plain",
                            onclick: move |_| {
                                let app = app.clone();
                                async move {
                                    app.read_doubts(found).await;
                                }
                            },
                            {t!("aside-let-go")}
                        }
                    }
                }
            }
        }
    }
}

/// What became of an act that was put aside.
fn ending(end: &Ending) -> String {
    match end {
        Ending::In(None) => t!("aside-in"),
        Ending::In(Some(by)) => t!("aside-let-in", name = by.name.as_str()),
        Ending::Out { by, reason } => {
            t!(
                "aside-left-out",
                name = by.name.as_str(),
                reason = reason.as_str()
            )
        }
    }
}

/// An act that was put aside, and what its author can do about it.
#[component]
fn Aside(act: AsideAct) -> Element {
    let app = use_app();
    let record = act.record;
    let title = words(&act.act, act.person.as_ref().map_or("", |p| p.short()));
    // Of a shift, what counts is when it is.
    let when = match &act.act {
        Act::Rota {
            planned: Some(planned),
            ..
        } => format!(
            "{} {}",
            say::day(planned.start.day()),
            say::stretch(*planned)
        ),
        _ => say::moment(act.at),
    };
    let text = act.words.as_ref().map(|words| words.text.clone());
    let text = text.filter(|text| !text.trim().is_empty());
    rsx! {
        div { class: "message need",
            {icon(Icon::Decision)}
            div { class: "message-words",
                h4 { "{title}, {when}" }
                if let Some(end) = &act.end {
                    p { {ending(end)} }
                } else {
                    p { {say::refusal(act.why)} }
                    if act.kept_by_relay {
                        p { class: "soft small", {t!("aside-kept")} }
                    }
                }
                if let Some(text) = &text {
                    blockquote { class: "note-text", {text.chars().take(LINE_CHARS).collect::<String>()} }
                }
                div { class: "buttons",
                    if let Some(text) = text.clone() {
                        button {
                            r#type: "button",
                            class: "button",
                            onclick: move |_| {
                                let text = text.clone();
                                async move {
                                    if page::copy(&text).await {
                                        *TOAST.write() = Some(t!("copied"));
                                    }
                                }
                            },
                            {icon(Icon::Copy)}
                            {t!("copy-words")}
                        }
                    }
                    button {
                        r#type: "button",
                        class: "button plain",
                        onclick: move |_| {
                            let app = app.clone();
                            async move {
                                app.let_go(record).await;
                            }
                        },
                        {t!("aside-let-go")}
                    }
                }
            }
        }
    }
}
