//! What happened with a person, the latest first.

use super::people::PeopleList;
use crate::{
    components::{
        Screen, StoryDay, TopStyle, audience, day_heading, empty, face, says, standing, times,
    },
    route::Route,
    state::{now, use_app},
    view::{
        coming::my_person,
        notes::{NoteCard, notes},
        timeline::timeline,
    },
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{domain::team::Role, ids::PersonId, time::Month};

/// The timeline of a person, with the list of people beside it where there is room.
#[component]
pub fn Timeline(person: PersonId) -> Element {
    let app = use_app();
    let name = app.phone().book().person_name(person).to_owned();
    if name.is_empty() {
        return super::not_found::unknown_here();
    }
    let role = app.phone().me().map(|me| me.joined.role);
    let (back, words) = match role {
        Some(Role::Manager) => (Route::Records {}, t!("back-to-records")),
        Some(Role::Pa) => (Route::People {}, t!("back-to-people")),
        _ => (Route::Notes {}, t!("back-to-notes")),
    };
    rsx! {
        Screen {
            key: "{person}",
            title: name,
            more: t!("story-more"),
            back: (back, words),
            style: TopStyle::Detail,
            section { class: "list-pane", aria_label: t!("people"),
                PeopleList { chosen: person }
            }
            section { class: "detail-pane", aria_label: t!("story-more"),
                Story { key: "{person}", person }
            }
        }
    }
}

/// The days of a person, and more of them when asked.
#[component]
pub fn Story(person: PersonId) -> Element {
    let app = use_app();
    let mut since = use_signal(|| None::<Month>);
    let story = timeline(&app.phone(), person, since(), now());
    let name = story.person.short().to_owned();
    rsx! {
        if story.days.is_empty() {
            {empty(Icon::Timeline, &t!("story-none"), &t!("story-none-words", name = name), None)}
        }
        for day in story.days {
            StoryDay { key: "{day.day}", day }
        }
        Older { older: story.older, onask: move |month| since.set(Some(month)) }
    }
}

#[component]
fn Older(older: Option<Month>, onask: EventHandler<Month>) -> Element {
    let Some(month) = older else {
        return VNode::empty();
    };
    rsx! {
        button { r#type: "button", class: "button second", onclick: move |_| onask(month), {t!("story-older")} }
    }
}

/// The notes that the person, who acts for them, and their family read.
#[component]
pub fn Notes() -> Element {
    let app = use_app();
    let mut since = use_signal(|| None::<Month>);
    let person = my_person(&app.phone());
    let Some(person) = person else {
        return rsx! {
            super::people::People {}
        };
    };
    let notes = notes(&app.phone(), person, since(), now());
    rsx! {
        Screen { title: t!("notes"), more: notes.person.name.clone(),
            if notes.days.is_empty() {
                {empty(Icon::Note, &t!("notes-none"), &t!("notes-none-words"), None)}
            }
            for day in notes.days {
                section { class: "group", key: "{day.day}", aria_labelledby: "d{day.day}",
                    {day_heading(day.day, day.when)}
                    for alert in &day.alerts {
                        {super::decisions::past(alert)}
                    }
                    for note in day.notes {
                        NoteOfDay { key: "{note.note}", note }
                    }
                }
            }
            Older { older: notes.older, onask: move |month| since.set(Some(month)) }
        }
    }
}

/// A note that stands by itself: who wrote it, and about which visit.
#[component]
pub fn NoteOfDay(note: NoteCard) -> Element {
    let app = use_app();
    let role = app.phone().me().map(|me| me.joined.role);
    // Family read only what is shared; to say so on every note is noise.
    let family = matches!(role, Some(Role::FamilyContact(_)));
    let class = match note.audience {
        kith_shared::domain::note::Audience::Family => "note",
        kith_shared::domain::note::Audience::Team => "note team",
    };
    rsx! {
        article { class,
            div { class: "who",
                {face(&note.author, "")}
                span { class: "who-words",
                    span { class: "who-name", "{note.author.name}" }
                    span { class: "who-more",
                        if let Some((start, end)) = note.visited {
                            {times(start, end)}
                        } else {
                            {crate::state::say::clock(note.written.at)}
                        }
                    }
                }
            }
            {says(&note.says)}
            for earlier in &note.earlier {
                p { class: "before",
                    {t!("note-amended", when = crate::state::say::moment(earlier.until), reason = earlier.reason.as_str())}
                }
            }
            if !family {
                p { class: "note-foot",
                    {audience(note.audience)}
                    {standing(note.standing)}
                }
            }
        }
    }
}
