//! Who comes, with what speaks for and against each.

use super::when;
use crate::{
    components::{face, nobody},
    state::{now, say, use_app},
    view::plan::{Candidate, Given, Note, candidates},
};
use dioxus::prelude::*;
use kith_shared::{domain::cover::ShiftRef, ids::MemberId};

fn note(note: Note) -> String {
    match note {
        Note::Holds(Some(held)) => t!("plan-fit-holds", when = when(held)),
        Note::Holds(None) => t!("plan-fit-cannot"),
        Note::OnLeave => t!("plan-fit-leave"),
        Note::NotWanted => t!("plan-fit-never"),
        Note::Cannot => t!("plan-fit-says-no"),
        Note::RatherNot => t!("plan-fit-rather-not"),
        Note::Rest(minutes) => t!("plan-fit-rest", length = say::length(minutes)),
        Note::NoDayOff => t!("plan-fit-no-day-off"),
        Note::Week(minutes) => t!("plan-fit-week", length = say::length(minutes)),
        Note::Night(minutes) => t!("plan-fit-night", length = say::length(minutes)),
        Note::OwnMost(minutes) => t!("plan-fit-own-most", length = say::length(minutes)),
        Note::AskFirst => t!("plan-fit-ask"),
        Note::NotAll(count) => t!("plan-fit-not-all", count = count),
        Note::Free => t!("plan-fit-free"),
    }
}

fn notes(candidate: &Candidate) -> String {
    let notes: Vec<_> = candidate.notes.iter().copied().map(note).collect();
    notes.join(". ")
}

/// How many, who, and who comes along to learn.
#[component]
pub fn Who(given: Signal<Given>, instead: Option<ShiftRef>) -> Element {
    let app = use_app();
    let (pas, needs, shadow) = {
        let given = given.read();
        (given.pas.clone(), given.needs.max(1), given.shadow)
    };
    let read = given.read().read(now()).ok();
    let list = candidates(&app.phone(), read.as_ref(), instead, now());
    let two = needs > 1;
    let choose = use_callback(move |(pa, yes): (Option<MemberId>, bool)| {
        given.with_mut(|given| {
            let needs = usize::from(given.needs.max(1));
            match pa {
                None => given.pas.clear(),
                Some(pa) => {
                    given.pas.retain(|chosen| *chosen != pa);
                    if yes {
                        // Of more than it takes, the first chosen gives way.
                        given.pas.push(pa);
                        let more = given.pas.len().saturating_sub(needs);
                        given.pas.drain(..more);
                    }
                }
            }
            if given
                .shadow
                .is_some_and(|shadow| given.pas.contains(&shadow))
            {
                given.shadow = None;
            }
        });
    });
    let kind = if two { "checkbox" } else { "radio" };
    rsx! {
        fieldset {
            legend { class: "legend", {t!("plan-needs")} }
            div { class: "chips",
                for (n , word) in [(1_u8, t!("plan-needs-one")), (2, t!("plan-needs-two"))] {
                    label { class: "chip", key: "{n}",
                        input {
                            r#type: "radio",
                            name: "needs",
                            value: "{n}",
                            checked: needs == n,
                            onchange: move |_| {
                                given.with_mut(|given| {
                                    given.needs = n;
                                    given.pas.truncate(n.into());
                                });
                            },
                        }
                        span { "{word}" }
                    }
                }
            }
        }
        fieldset {
            legend { class: "legend", {t!("plan-who")} }
            div { class: "choices",
                for one in list.clone() {
                    label { class: "choice", key: "{kind}{one.pa.id}",
                        input {
                            r#type: kind,
                            name: "who",
                            value: "{one.pa.id}",
                            checked: pas.contains(&one.pa.id),
                            onchange: move |event| choose((Some(one.pa.id), !two || event.checked())),
                        }
                        span {
                            {face(&one.pa, "")}
                            span { class: "choice-words",
                                span { "{one.pa.name}" }
                                if !one.notes.is_empty() {
                                    span { class: "hint", {notes(&one)} }
                                }
                            }
                        }
                    }
                }
                label { class: "choice", key: "{kind}nobody",
                    input {
                        r#type: kind,
                        name: "who",
                        value: "nobody",
                        checked: pas.is_empty(),
                        onchange: move |_| choose((None, true)),
                    }
                    span {
                        {nobody()}
                        span { class: "choice-words",
                            span { {t!("nobody-yet")} }
                            span { class: "hint", {t!("plan-nobody-hint")} }
                        }
                    }
                }
            }
        }
        fieldset {
            legend { class: "legend", {t!("plan-shadow")} }
            p { class: "hint", {t!("plan-shadow-hint")} }
            div { class: "chips",
                label { class: "chip",
                    input {
                        r#type: "radio",
                        name: "shadow",
                        value: "nobody",
                        checked: shadow.is_none(),
                        onchange: move |_| given.write().shadow = None,
                    }
                    span { {t!("plan-shadow-nobody")} }
                }
                for one in list.into_iter().filter(|one| !pas.contains(&one.pa.id)) {
                    label { class: "chip", key: "{one.pa.id}",
                        input {
                            r#type: "radio",
                            name: "shadow",
                            value: "{one.pa.id}",
                            checked: shadow == Some(one.pa.id),
                            onchange: move |_| given.write().shadow = Some(one.pa.id),
                        }
                        span { {one.pa.short()} }
                    }
                }
            }
        }
    }
}
