//! The records of all people, for the registered manager: all of them, or only what was not as
//! planned.

use super::timeline::Story;
use crate::{
    components::{Screen, TopStyle, empty, face, icon_with},
    route::Route,
    screens::manager::exception_row,
    state::{now, say, use_app},
    view::{
        people::people,
        records::{Exception, records},
    },
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{domain::visit::Mark, ids::PersonId};

/// The marks that records can be looked through for.
const MARKS: [(Mark, Icon); 4] = [
    (Mark::Late, Icon::Late),
    (Mark::Missed, Icon::Missed),
    (Mark::CutShort, Icon::CutShort),
    (Mark::Amended, Icon::Amended),
];

/// What is looked for; it stays while one goes from person to person.
static WANTED: GlobalSignal<Vec<Mark>> = Signal::global(Vec::new);

/// All people.
#[component]
pub fn Records() -> Element {
    rsx! {
        Screen { title: t!("records"), style: TopStyle::List,
            section { class: "list-pane", aria_label: t!("people"), Choose {} }
            section { class: "detail-pane",
                {empty(Icon::Records, &t!("people-choose"), &t!("people-choose-words"), None)}
            }
        }
    }
}

/// One person's.
#[component]
pub fn RecordsOf(person: PersonId) -> Element {
    let app = use_app();
    let name = app.phone().book().person_name(person).to_owned();
    if name.is_empty() {
        return super::not_found::unknown_here();
    }
    rsx! {
        Screen {
            key: "{person}",
            title: name,
            more: t!("story-more"),
            back: (Route::Records {}, t!("back-to-records")),
            style: TopStyle::Detail,
            section { class: "list-pane", aria_label: t!("people"), Choose { chosen: person } }
            section { class: "detail-pane", aria_label: t!("story-more"),
                Story { key: "{person}", person }
            }
        }
    }
}

fn has(exception: &Exception, wanted: &[Mark]) -> bool {
    match exception {
        Exception::Missed(_) => wanted.contains(&Mark::Missed),
        Exception::Visit(visit) => visit.marks.iter().any(|mark| wanted.contains(mark)),
    }
}

/// What to look for, and among whom.
#[component]
fn Choose(#[props(default)] chosen: Option<PersonId>) -> Element {
    let app = use_app();
    let wanted = WANTED();
    let found = (!wanted.is_empty()).then(|| {
        let mut found = records(&app.phone(), now()).exceptions;
        found.retain(|exception| has(exception, &wanted));
        found
    });
    rsx! {
        fieldset {
            legend { class: "for-ears", {t!("records-show")} }
            div { class: "chips flush",
                for (mark , sign) in MARKS {
                    label { class: "chip",
                        input {
                            r#type: "checkbox",
                            checked: wanted.contains(&mark),
                            onchange: move |event| {
                                let on = event.checked();
                                let mut wanted = WANTED.write();
                                wanted.retain(|m| *m != mark);
                                if on {
                                    wanted.push(mark);
                                }
                            },
                        }
                        span {
                            {icon_with(sign, "icon unless")}
                            {say::mark(mark, None)}
                        }
                    }
                }
            }
        }
        if let Some(found) = found {
            if found.is_empty() {
                {empty(Icon::Seen, &t!("records-none"), &t!("exceptions-none-words"), None)}
            } else {
                ul { class: "rows",
                    for exception in found {
                        li { {exception_row(&exception)} }
                    }
                }
            }
        } else {
            ul { class: "rows",
                for row in people(&app.phone(), now()) {
                    li { key: "{row.person.id}",
                        Link {
                            class: "row",
                            to: Route::RecordsOf { person: row.person.id },
                            "aria-current": (chosen == Some(row.person.id)).then_some("true"),
                            {face(&row.person, "")}
                            span { class: "row-words",
                                span { class: "row-title", "{row.person.name}" }
                                if let Some(last) = &row.last {
                                    span { class: "row-more",
                                        {t!("people-last", name = last.who.short(), when = say::day(last.start.day()))}
                                    }
                                }
                            }
                            {icon_with(Icon::ChevronRight, "icon go")}
                        }
                    }
                }
            }
        }
    }
}
