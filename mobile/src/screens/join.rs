//! The way in: a joining link or its code, and what to do when it does not work.

use super::root::OpenedWith;
use crate::{
    components::{brand, icon},
    engine::JoinError,
    page,
    platform::http::RelayError,
    route::Route,
    state::{App, TOAST, may_pass, setting, use_app},
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::api::{Code, ProblemCode};

/// Why joining did not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Obstacle {
    /// It is no code.
    Mistyped,
    /// The relay knows no such invitation.
    Unknown,
    Expired,
    Used,
    TooManyDevices,
    TooManyMembers,
    /// Too many tries; or the relay cannot take anyone now.
    Busy,
    /// App and relay are of different versions.
    Version,
    /// No answer: no signal, or the relay is down.
    Unreachable,
    /// The phone could not keep it.
    NotKept,
}

impl From<JoinError> for Obstacle {
    fn from(error: JoinError) -> Self {
        match error {
            JoinError::NotACode => Self::Mistyped,
            JoinError::Act(_) => Self::NotKept,
            JoinError::Relay(RelayError::Unreachable(_)) => Self::Unreachable,
            JoinError::Relay(RelayError::Strange(_)) => Self::Version,
            JoinError::Relay(RelayError::Problem(problem)) => match problem.code {
                ProblemCode::InvitationUnknown => Self::Unknown,
                ProblemCode::InvitationExpired => Self::Expired,
                ProblemCode::InvitationUsed => Self::Used,
                ProblemCode::TooManyDevices => Self::TooManyDevices,
                ProblemCode::TooManyMembers => Self::TooManyMembers,
                ProblemCode::Version | ProblemCode::NotFound => Self::Version,
                ProblemCode::Malformed => Self::Mistyped,
                _ => Self::Busy,
            },
        }
    }
}

impl Obstacle {
    /// What happened, and what to do about it.
    fn words(self) -> (Icon, String, String) {
        let (icon, title, words) = match self {
            Self::Mistyped => (
                Icon::Key,
                key!("join-mistyped-title"),
                key!("join-mistyped-words"),
            ),
            Self::Unknown => (
                Icon::Key,
                key!("join-unknown-title"),
                key!("join-unknown-words"),
            ),
            Self::Expired => (
                Icon::Link,
                key!("join-expired-title"),
                key!("join-expired-words"),
            ),
            Self::Used => (Icon::Link, key!("join-used-title"), key!("join-used-words")),
            Self::TooManyDevices => (
                Icon::Phone,
                key!("join-devices-title"),
                key!("join-devices-words"),
            ),
            Self::TooManyMembers => (
                Icon::People,
                key!("join-members-title"),
                key!("join-members-words"),
            ),
            Self::Busy => (
                Icon::Waiting,
                key!("join-busy-title"),
                key!("join-busy-words"),
            ),
            Self::Version => (
                Icon::Info,
                key!("join-version-title"),
                key!("join-version-words"),
            ),
            Self::Unreachable => (
                Icon::Offline,
                key!("join-unreachable-title"),
                key!("join-unreachable-words"),
            ),
            Self::NotKept => (
                Icon::Storage,
                key!("join-not-kept-title"),
                key!("join-not-kept-words"),
            ),
        };
        (icon, t!(title), t!(words))
    }
}

/// Joining, on a phone that belongs to no team.
#[component]
pub fn Join() -> Element {
    let app = use_app();
    let opened_with = use_context::<OpenedWith>();
    // A link that was opened, or a code that is waiting for signal since last time.
    let given = use_hook(|| {
        let waiting = app
            .phone()
            .setting(setting::CODE)
            .unwrap_or_default()
            .to_owned();
        opened_with.0.unwrap_or(waiting)
    });
    let mut code = use_signal(|| given.clone());
    let mut typing = use_signal(|| given.is_empty());
    let mut obstacle = use_signal(|| None::<Obstacle>);
    // The same code may work later.
    let mut again = use_signal(|| false);
    let mut trying = use_signal(|| false);

    let title = match obstacle() {
        Some(obstacle) => obstacle.words().1,
        None if typing() => t!("join-welcome"),
        None => t!("join-title"),
    };
    use_effect(use_reactive!(|title| page::set_title(&format!(
        "{title} · Kith"
    ))));

    let the_app = app.clone();
    let join = move || {
        let app = the_app.clone();
        async move {
            if trying() {
                return;
            }
            trying.set(true);
            let result = try_to_join(&app, &code()).await;
            trying.set(false);
            if let Err((found, may_pass)) = result {
                obstacle.set(Some(found));
                again.set(may_pass);
                typing.set(typing() || !may_pass);
            }
        }
    };
    let wrong = obstacle() == Some(Obstacle::Mistyped);
    rsx! {
        div { class: "app bare",
            main { class: "content centred welcome", id: "content",
                {brand()}
                Languages {}
                if let Some((sign, title, words)) = obstacle().map(Obstacle::words) {
                    div { class: if again() { "message quiet" } else { "message need" }, role: "alert",
                        {icon(sign)}
                        div { class: "message-words",
                            h1 { tabindex: "-1", "{title}" }
                            p { "{words}" }
                        }
                    }
                } else {
                    div { class: "welcome-words",
                        h1 { tabindex: "-1", onmounted: move |heading| page::focus(&heading), "{title}" }
                        if typing() {
                            p { {t!("join-welcome-words")} }
                        } else {
                            p { {t!("join-words")} }
                        }
                    }
                }
                form {
                    class: "form",
                    id: "join",
                    onsubmit: move |event| {
                        event.prevent_default();
                        join()
                    },
                    if typing() {
                        div { class: if wrong { "field wrong" } else { "field" },
                            label { r#for: "code", {t!("join-code")} }
                            input {
                                class: "input",
                                id: "code",
                                name: "code",
                                autocomplete: "off",
                                autocapitalize: "none",
                                spellcheck: "false",
                                aria_describedby: "code-hint",
                                aria_invalid: wrong.then_some("true"),
                                initial_value: "{code.peek()}",
                                oninput: move |event| code.set(event.value()),
                            }
                            p { class: "hint", id: "code-hint", {t!("join-code-hint")} }
                        }
                    }
                }
                div { class: "dock",
                    button {
                        r#type: "submit",
                        form: "join",
                        class: "button primary",
                        aria_disabled: trying().then_some("true"),
                        if trying() {
                            {t!("join-trying")}
                        } else if obstacle().is_some() && again() {
                            {t!("try-again")}
                        } else {
                            {t!("join-do")}
                        }
                    }
                    if !typing() {
                        button {
                            r#type: "button",
                            class: "button plain",
                            onclick: move |_| {
                                code.set(String::new());
                                obstacle.set(None);
                                typing.set(true);
                            },
                            {t!("join-other")}
                        }
                    }
                    p { class: "dock-words", {t!("join-signal")} }
                }
            }
        }
    }
}

/// Joins, and goes to the first screen.
async fn try_to_join(app: &App, code: &str) -> Result<(), (Obstacle, bool)> {
    let code: Code = code.parse().map_err(|_| (Obstacle::Mistyped, false))?;
    let greeted = app.clone();
    let greet = move || {
        let name = greeted.me().map(|me| me.joined.name).unwrap_or_default();
        *TOAST.write() = Some(t!("join-done", name = name));
        navigator().replace(Route::Home {});
    };
    app.join(code, greet).await.map_err(|error| {
        let may_pass = may_pass(&error);
        (error.into(), may_pass)
    })
}

/// The choice of language, each named in itself.
#[component]
pub fn Languages() -> Element {
    use crate::i18n::Lang;
    let app = use_app();
    let chosen = crate::state::lang();
    rsx! {
        fieldset { class: "segments",
            legend { class: "for-ears", "Iaith · Language" }
            for (lang , name) in [(Lang::Cy, "Cymraeg"), (Lang::En, "English")] {
                label { class: "segment",
                    input {
                        r#type: "radio",
                        name: "language",
                        value: lang.code(),
                        checked: chosen == lang,
                        onchange: {
                            let app = app.clone();
                            move |_| {
                                let app = app.clone();
                                async move {
                                    app.set(setting::LANGUAGE, lang.code()).await;
                                }
                            }
                        },
                    }
                    span { lang: lang.code(), "{name}" }
                }
            }
        }
    }
}

/// A joining link that was opened on a phone that belongs to a team already.
#[component]
pub fn JoinPage() -> Element {
    let app = use_app();
    let me = app.me();
    let joined = me.map(|me| me.joined);
    let title = t!("join-already-title");
    use_effect(use_reactive!(|title| page::set_title(&format!(
        "{title} · Kith"
    ))));
    let Some(joined) = joined else {
        return VNode::empty();
    };
    rsx! {
        div { class: "app bare",
            main { class: "content centred welcome", id: "content",
                {brand()}
                div { class: "message",
                    {icon(Icon::Info)}
                    div { class: "message-words",
                        h1 { tabindex: "-1", onmounted: move |heading| page::focus(&heading), {t!("join-already-title")} }
                        p { {t!("join-already-words", name = joined.name, team = joined.team_name)} }
                    }
                }
                div { class: "dock",
                    Link { class: "button primary", to: Route::Home {}, {t!("join-already-go")} }
                }
            }
        }
    }
}
