//! Clocking in: when, with whom, and where if one likes.

use crate::{
    components::{Sheet, TroubleNow, face, icon, who},
    platform,
    route::Route,
    state::{TOAST, now, say, use_app},
    view::{face::Face, shift::ShiftCard, when::Stretch},
};
use dioxus::prelude::*;
use futures_util::FutureExt;
use kith_assets::Icon;
use kith_shared::{
    ids::{PersonId, ShiftId},
    intent::Intent,
    time::{Month, Span},
};

/// How long a clock in waits for the place; it is the time that counts.
const PATIENCE: Span = Span::from_millis(12_000);

/// What is clocked in to.
#[derive(Debug, Clone, PartialEq)]
pub struct Going {
    person: Face<PersonId>,
    /// None for a visit that nobody planned.
    planned: Option<Planned>,
}

#[derive(Debug, Clone, PartialEq)]
struct Planned {
    shift: ShiftId,
    month: Month,
    time: Stretch,
    /// It is over: the times have to be put right afterwards.
    over: bool,
}

impl Going {
    /// To this shift.
    pub fn to(card: &ShiftCard) -> Self {
        Self {
            person: card.person.clone(),
            planned: Some(Planned {
                shift: card.shift,
                month: card.month,
                time: card.planned,
                over: card.over,
            }),
        }
    }
}

/// The sheet to clock in.
#[component]
pub fn ClockIn(going: Going, onclose: EventHandler<()>) -> Element {
    let app = use_app();
    let mut with_place = use_signal(|| false);
    let mut looking = use_signal(|| false);
    let planned = going.planned.clone();
    let time = say::clock(now());
    let planned_words = planned.as_ref().map_or_else(
        || t!("clock-in-unplanned"),
        |planned| {
            t!(
                "clock-in-planned",
                time = say::stretch(planned.time),
                now = time.clone()
            )
        },
    );
    let over = planned.as_ref().is_some_and(|planned| planned.over);
    let person = going.person.clone();
    let clock_in = move |_| {
        let app = app.clone();
        let (person, planned) = (person.id, planned.clone());
        async move {
            if looking() {
                return;
            }
            let mut place = None;
            if with_place() {
                looking.set(true);
                place = futures_util::select_biased! {
                    place = Box::pin(platform::place()).fuse() => place,
                    () = Box::pin(platform::sleep(PATIENCE)).fuse() => None,
                };
                looking.set(false);
            }
            let without = with_place() && place.is_none();
            let intent = Intent::ClockIn {
                person,
                month: planned
                    .as_ref()
                    .map_or_else(|| app.shell().now().month(), |p| p.month),
                shift: planned.map(|p| p.shift),
                place,
            };
            let Some(record) = app.act(intent).await else {
                return;
            };
            let time = say::clock(app.shell().now());
            *TOAST.write() = Some(if without {
                t!("clocked-in-no-place", time = time)
            } else {
                t!("clocked-in", time = time)
            });
            onclose(());
            if over {
                navigator().push(Route::AmendTimes {
                    visit: record.into(),
                });
            }
        }
    };
    rsx! {
        Sheet { title: t!("clock-in"), onclose,
            TroubleNow {}
            {who(&going.person, "large", Some(planned_words))}
            if over {
                p { {t!("clock-in-over")} }
            }
            fieldset {
                legend { class: "legend", {t!("place-question")} }
                p { class: "hint", {t!("place-hint")} }
                div { class: "choices",
                    for (yes , sign , words , hint) in [
                        (false, Icon::Person, t!("place-no"), None),
                        (true, Icon::Place, t!("place-yes"), Some(t!("place-yes-hint"))),
                    ] {
                        label { class: "choice",
                            input {
                                r#type: "radio",
                                name: "place",
                                checked: with_place() == yes,
                                onchange: move |_| with_place.set(yes),
                            }
                            span {
                                {icon(sign)}
                                span { class: "choice-words",
                                    span { "{words}" }
                                    if let Some(hint) = hint {
                                        span { class: "hint", "{hint}" }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            div { class: "sheet-actions",
                button {
                    r#type: "button",
                    class: "button primary",
                    aria_disabled: looking().then_some("true"),
                    onclick: clock_in,
                    {icon(Icon::ClockIn)}
                    if looking() {
                        {t!("place-looking")}
                    } else {
                        {t!("clock-in-at", time = time)}
                    }
                }
            }
        }
    }
}

/// The sheet to choose whom a visit without a shift is with.
#[component]
pub fn Unplanned(
    people: Vec<Face<PersonId>>,
    onclose: EventHandler<()>,
    onchoose: EventHandler<Going>,
) -> Element {
    rsx! {
        Sheet { title: t!("unplanned"), onclose,
            p { {t!("unplanned-words")} }
            ul { class: "rows",
                for person in people {
                    li { key: "{person.id}",
                        button {
                            r#type: "button",
                            class: "row",
                            onclick: {
                                let person = person.clone();
                                move |_| onchoose(Going {
                                    person: person.clone(),
                                    planned: None,
                                })
                            },
                            {face(&person, "")}
                            span { class: "row-words",
                                span { class: "row-title", "{person.name}" }
                            }
                            {crate::components::icon_with(Icon::ChevronRight, "icon go")}
                        }
                    }
                }
            }
        }
    }
}
