//! Those whom the team supports.

use crate::{
    components::{Screen, TopStyle, empty, face, icon_with},
    route::Route,
    state::{now, say, use_app},
    view::people::{PersonRow, people},
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::ids::PersonId;

/// The people, with room for one of them beside the list.
#[component]
pub fn People() -> Element {
    rsx! {
        Screen { title: t!("people"), style: TopStyle::List,
            section { class: "list-pane", aria_label: t!("people"), PeopleList {} }
            section { class: "detail-pane",
                {empty(Icon::People, &t!("people-choose"), &t!("people-choose-words"), None)}
            }
        }
    }
}

/// The list.
#[component]
pub fn PeopleList(#[props(default)] chosen: Option<PersonId>) -> Element {
    let app = use_app();
    let rows = people(&app.phone(), now());
    if rows.is_empty() {
        return empty(
            Icon::People,
            &t!("people-none"),
            &t!("people-none-words"),
            None,
        );
    }
    rsx! {
        ul { class: "rows",
            for row in rows {
                li { key: "{row.person.id}",
                    Link {
                        class: "row",
                        to: Route::Timeline { person: row.person.id },
                        "aria-current": (chosen == Some(row.person.id)).then_some("true"),
                        {face(&row.person, "")}
                        span { class: "row-words",
                            span { class: "row-title", "{row.person.name}" }
                            span { class: "row-more", {more(&row)} }
                        }
                        {icon_with(Icon::ChevronRight, "icon go")}
                    }
                }
            }
        }
    }
}

fn more(row: &PersonRow) -> String {
    if let Some(mine) = &row.my_next {
        return t!("people-mine", when = say::moment(mine.planned.start));
    }
    if let Some(last) = &row.last {
        return t!(
            "people-last",
            name = last.who.short(),
            when = say::day(last.start.day())
        );
    }
    row.address.clone()
}
