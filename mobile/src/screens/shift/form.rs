//! What the forms over a shift are made of.

use crate::{
    components::{face, icon},
    i18n::dates,
    state::{now, say, today},
    view::face::Face,
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{ids::MemberId, limits, time::Moment};

/// Until when something can be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// Until this time.
    At(Moment),
    /// Until the shift begins.
    Start,
    /// A time that cannot be.
    Wrong,
}

impl Until {
    /// The first of the times that are offered.
    pub fn first(start: Moment) -> Self {
        offered(start)
            .first()
            .map_or(Self::Start, |(until, _)| *until)
    }

    /// The moment, if it can be.
    pub fn moment(self, start: Moment) -> Option<Moment> {
        match self {
            Self::At(at) => Some(at),
            Self::Start => Some(start),
            Self::Wrong => None,
        }
    }
}

/// The times that are worth offering: this evening, tomorrow noon.
fn offered(start: Moment) -> Vec<(Until, String)> {
    let soon = now() + kith_shared::time::Span::hours(1);
    let evening = Moment::at(today(), 20, 0);
    let noon = Moment::at(today().plus(1), 12, 0);
    let mut offered = Vec::new();
    if soon < evening && evening < start {
        let words = t!("until-today", time = say::clock(evening));
        offered.push((Until::At(evening), words));
    }
    if noon < start {
        let words = t!("until-tomorrow", time = say::clock(noon));
        offered.push((Until::At(noon), words));
    }
    offered
}

/// The choice of a time.
#[component]
pub fn UntilField(start: Moment, chosen: Signal<Until>, wrong: bool) -> Element {
    let mut other = use_signal(|| false);
    let mut choices = offered(start);
    choices.push((Until::Start, t!("until-start")));
    let latest = dates::machine(start);
    rsx! {
        fieldset {
            legend { class: "legend", {t!("form-until")} }
            div { class: "chips",
                for (until , words) in choices {
                    label { class: "chip", key: "{words}",
                        input {
                            r#type: "radio",
                            name: "until",
                            checked: !other() && chosen() == until,
                            onchange: move |_| {
                                other.set(false);
                                chosen.set(until);
                            },
                        }
                        span { "{words}" }
                    }
                }
                label { class: "chip",
                    input {
                        r#type: "radio",
                        name: "until",
                        checked: other(),
                        onchange: move |_| {
                            other.set(true);
                            chosen.set(Until::Wrong);
                        },
                    }
                    span { {t!("until-other")} }
                }
            }
        }
        if other() {
            div { class: if wrong { "field wrong" } else { "field" },
                label { r#for: "until-other", {t!("until-other-label")} }
                if wrong {
                    p { class: "error", role: "alert",
                        {icon(Icon::Alert)}
                        span { {t!("until-wrong")} }
                    }
                }
                input {
                    class: "input",
                    id: "until-other",
                    r#type: "datetime-local",
                    max: "{latest}",
                    oninput: move |event| {
                        let read = dates::read_moment(&event.value());
                        let read = read.filter(|at| *at > now() && *at <= start);
                        chosen.set(read.map_or(Until::Wrong, Until::At));
                    },
                }
            }
        }
    }
}

/// A few words.
#[component]
pub fn ReasonField(
    label: String,
    hint: String,
    given: Signal<String>,
    #[props(default)] wrong: Option<String>,
) -> Element {
    rsx! {
        div { class: if wrong.is_some() { "field wrong" } else { "field" },
            label { r#for: "why", "{label}" }
            p { class: "hint", id: "why-hint", "{hint}" }
            if let Some(wrong) = &wrong {
                p { class: "error", id: "why-wrong", role: "alert",
                    {icon(Icon::Alert)}
                    span { "{wrong}" }
                }
            }
            textarea {
                // Else the browser writes it to the disk, to bring it back after a crash.
                autocomplete: "off",
                class: "input short",
                id: "why",
                rows: "2",
                aria_describedby: "why-hint",
                oninput: move |event| given.set(event.value()),
            }
        }
    }
}

/// What is wrong with a few words; nothing is when they may be missing.
pub fn check(given: &str, missing: Option<String>) -> Result<String, String> {
    let given = given.trim();
    if given.chars().count() > limits::TEXT_CHARS {
        return Err(t!("form-long"));
    }
    match missing {
        Some(missing) if given.is_empty() => Err(missing),
        _ => Ok(given.to_owned()),
    }
}

/// The content of a choice with a face.
pub fn choice_words(of: &Face<MemberId>, title: &str, hint: &str) -> Element {
    rsx! {
        span {
            {face(of, "")}
            span { class: "choice-words",
                span { "{title}" }
                if !hint.is_empty() {
                    span { class: "hint", "{hint}" }
                }
            }
        }
    }
}

/// The content of a choice with a sign.
pub fn sign_words(sign: Icon, title: &str, hint: &str) -> Element {
    rsx! {
        span {
            {icon(sign)}
            span { class: "choice-words",
                span { "{title}" }
                if !hint.is_empty() {
                    span { class: "hint", "{hint}" }
                }
            }
        }
    }
}

/// What is missing before it can be sent.
pub fn wrong_line(wrong: Option<&String>) -> Element {
    match wrong {
        Some(wrong) => rsx! {
            p { class: "error", role: "alert",
                {icon(Icon::Alert)}
                span { "{wrong}" }
            }
        },
        None => VNode::empty(),
    }
}

/// The button at the foot that sends a form.
pub fn send(class: &'static str, sign: Icon, words: &str) -> Element {
    rsx! {
        div { class: "sheet-foot",
            button { r#type: "submit", form: "over-shift", class,
                {icon(sign)}
                "{words}"
            }
        }
    }
}
