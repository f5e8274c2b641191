//! A family contact's home: how was it?

use super::{
    person::{later_days, who_comes},
    timeline::NoteOfDay,
};
use crate::{
    components::{Screen, TopStyle, empty},
    route::Route,
    state::{long_today, now, use_app},
    view::{coming::coming, notes::notes, when::When},
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::ids::PersonId;

/// How it was, and who is coming.
#[component]
pub fn FamilyHome(person: PersonId) -> Element {
    let app = use_app();
    let of = coming(&app.phone(), person, now());
    let notes = notes(&app.phone(), person, None, now());
    let name = of.person.short().to_owned();
    let recent: Vec<_> = (notes.days.into_iter())
        .filter(|day| matches!(day.when, When::Today | When::Yesterday))
        .filter(|day| !day.notes.is_empty())
        .collect();
    let more = format!("{name} · {}", long_today());
    rsx! {
        Screen { title: t!("family-title"), more, style: TopStyle::Two,
            div { class: "stack first",
                super::decisions::Alerts {}
                section { class: "group", aria_labelledby: "notes-now",
                    h2 { class: "for-ears", id: "notes-now", {t!("notes")} }
                    if recent.is_empty() {
                        {
                            empty(
                                Icon::Note,
                                &t!("family-none"),
                                &t!("family-none-words", name = name),
                                Some(rsx! {
                                    Link { class: "button", to: Route::Notes {}, {t!("family-all")} }
                                }),
                            )
                        }
                    }
                    for day in recent {
                        h3 { class: "group-title", {crate::state::say::title(day.when, day.day)} }
                        for note in day.notes {
                            NoteOfDay { key: "{note.note}", note }
                        }
                    }
                }
            }
            div { class: "stack",
                {who_comes(&of, "group")}
                {later_days(&of)}
            }
        }
    }
}
