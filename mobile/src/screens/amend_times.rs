//! The times of a visit were other than clocked: the true ones, and why. What was clocked stays
//! to be read.

use super::not_found::unknown;
use crate::{
    components::{Screen, TopStyle, icon},
    i18n::dates,
    route::Route,
    state::{App, TOAST, now, say, use_app},
    view::timeline::{VisitCard, one_visit},
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{ids::VisitId, intent::Intent, limits, time::Moment};

/// The times of a visit.
#[component]
pub fn AmendTimes(visit: VisitId) -> Element {
    let app = use_app();
    let card = use_hook(|| one_visit(&app.phone(), visit, now()));
    match card {
        Some(card) if card.who.me => rsx! {
            Form { card }
        },
        _ => unknown(),
    }
}

/// What is wrong with what was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    /// A time is missing or no time.
    Times,
    /// The end is not after the start.
    Order,
    /// It is longer than any visit.
    Long,
    /// It says nothing new.
    Same,
    /// There is no reason.
    Reason,
    /// The reason is too long.
    LongReason,
}

impl Wrong {
    fn words(self) -> String {
        t!(match self {
            Self::Times => key!("times-wrong-missing"),
            Self::Order => key!("times-wrong-order"),
            Self::Long => key!("times-wrong-long"),
            Self::Same => key!("times-wrong-same"),
            Self::Reason => key!("times-wrong-reason"),
            Self::LongReason => key!("times-wrong-reason-long"),
        })
    }
}

/// The true times, as they stand in the fields.
#[derive(Debug, Clone, Default, PartialEq)]
struct Given {
    start: String,
    end: String,
    reason: String,
}

impl Given {
    fn read(&self, card: &VisitCard) -> Result<Intent, Wrong> {
        let start = moment(&self.start, Some(card.start)).ok_or(Wrong::Times)?;
        let end = match self.end.trim() {
            "" if card.end.is_none() => None,
            end => Some(moment(end, card.end).ok_or(Wrong::Times)?),
        };
        if end.is_some_and(|end| end <= start) {
            return Err(Wrong::Order);
        }
        if end.is_some_and(|end| end - start > limits::LONGEST_SHIFT) {
            return Err(Wrong::Long);
        }
        if start == card.start && end == card.end {
            return Err(Wrong::Same);
        }
        let reason = self.reason.trim().to_owned();
        if reason.is_empty() {
            return Err(Wrong::Reason);
        }
        if reason.chars().count() > limits::TEXT_CHARS {
            return Err(Wrong::LongReason);
        }
        Ok(Intent::AmendClock {
            person: card.person.id,
            month: card.month,
            visit: card.visit,
            start,
            end: end.filter(|end| Some(*end) != card.end),
            reason,
        })
    }
}

/// Reads `2026-11-24T07:31`. A time that was left as it was stays what it was to the millisecond.
fn moment(text: &str, was: Option<Moment>) -> Option<Moment> {
    if let Some(was) = was.filter(|was| dates::machine(*was) == text) {
        return Some(was);
    }
    dates::read_moment(text)
}

#[component]
fn Form(card: VisitCard) -> Element {
    let app = use_app();
    let mut given = use_signal(|| Given {
        start: dates::machine(card.start),
        end: card.end.map(dates::machine).unwrap_or_default(),
        reason: String::new(),
    });
    let mut wrong = use_signal(|| None::<Wrong>);
    let visit = card.visit;
    let more = format!("{}, {}", card.person.name, say::moment(card.start));
    let save = {
        let card = card.clone();
        move |event: FormEvent| {
            event.prevent_default();
            let app = app.clone();
            let read = given.peek().read(&card);
            wrong.set(read.as_ref().err().copied());
            async move {
                if let Ok(intent) = read {
                    save(&app, intent, visit).await;
                }
            }
        }
    };
    let about_reason = |w: &Wrong| matches!(w, Wrong::Reason | Wrong::LongReason);
    let times_wrong = wrong().filter(|w| !about_reason(w));
    let reason_wrong = wrong().filter(about_reason);
    rsx! {
        div { class: "app bare",
            Screen {
                title: t!("times-title"),
                more,
                back: (Route::Visit { visit }, t!("back")),
                style: TopStyle::Centred,
                status: false,
                form { class: "form", id: "times", novalidate: true, onsubmit: save,
                    p { {t!("times-words")} }
                    div { class: if times_wrong.is_some() { "field wrong" } else { "field" },
                        label { r#for: "start", {t!("times-start")} }
                        if let Some(wrong) = times_wrong {
                            p { class: "error", id: "times-error", role: "alert", {icon(Icon::Alert)} span { {wrong.words()} } }
                        }
                        input {
                            class: "input",
                            id: "start",
                            r#type: "datetime-local",
                            initial_value: "{given.peek().start}",
                            oninput: move |event| given.write().start = event.value(),
                        }
                    }
                    div { class: "field",
                        label { r#for: "end", {t!("times-end")} }
                        if card.end.is_none() {
                            p { class: "hint", {t!("times-end-hint")} }
                        }
                        input {
                            class: "input",
                            id: "end",
                            r#type: "datetime-local",
                            initial_value: "{given.peek().end}",
                            oninput: move |event| given.write().end = event.value(),
                        }
                    }
                    div { class: if reason_wrong.is_some() { "field wrong" } else { "field" },
                        label { r#for: "reason", {t!("reason")} }
                        p { class: "hint", id: "reason-hint", {t!("reason-hint")} }
                        if let Some(wrong) = reason_wrong {
                            p { class: "error", role: "alert", {icon(Icon::Alert)} span { {wrong.words()} } }
                        }
                        input {
                            class: "input",
                            id: "reason",
                            aria_describedby: "reason-hint",
                            oninput: move |event| given.write().reason = event.value(),
                        }
                    }
                }
                div { class: "dock",
                    button { r#type: "submit", form: "times", class: "button primary", {t!("times-save")} }
                }
            }
        }
    }
}

async fn save(app: &App, intent: Intent, visit: VisitId) {
    if app.act(intent).await.is_some() {
        *TOAST.write() = Some(t!("times-saved"));
        navigator().replace(Route::Visit { visit });
    }
}
