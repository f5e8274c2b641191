//! One visit: what was planned, what happened, what was noted, and what its PA can put right.

use super::not_found::unknown_here;
use crate::{
    components::{Screen, before, icon, marks, note_card, standing, trace, who},
    route::Route,
    state::{now, say, use_app},
    view::timeline::one_visit,
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{ids::VisitId, policy};

/// A visit.
#[component]
pub fn Visit(visit: VisitId) -> Element {
    let app = use_app();
    let phone = app.phone();
    let Some(card) = one_visit(&phone, visit, now()) else {
        drop(phone);
        return unknown_here();
    };
    let may_note = phone.me().is_some_and(|me| {
        policy::may_write(
            &me.member(),
            kith_shared::documents::DocumentId::notes(card.person.id, card.month),
        )
    });
    drop(phone);
    let mine = card.who.me;
    let noted = card.notes.iter().any(|note| note.author.me);
    let end = match card.end {
        Some(end) => say::moment(end),
        None => t!("visit-runs"),
    };
    rsx! {
        Screen {
            title: t!("visit-title", name = card.person.short()),
            more: say::long_day(card.start.day()),
            back: (Route::Timeline { person: card.person.id }, t!("back-to-story", name = card.person.short())),
            {who(&card.who, "large", Some(t!("visit-with", name = card.person.name.as_str())))}
            {marks(&card)}
            dl { class: "facts card padded-sides",
                div {
                    dt { {t!("visit-start")} }
                    dd { {say::moment(card.start)} }
                }
                div {
                    dt { {t!("visit-end")} }
                    dd { "{end}" }
                }
                div {
                    dt { {t!("visit-length")} }
                    dd { {say::length(card.minutes)} }
                }
                if let Some(planned) = card.planned {
                    div {
                        dt { {t!("visit-planned")} }
                        dd { {say::stretch(planned)} }
                    }
                } else {
                    div {
                        dt { {t!("visit-planned")} }
                        dd { {t!("not-planned")} }
                    }
                }
                if let Some(place) = &card.place {
                    div {
                        dt { {t!("visit-place")} }
                        dd { "{place}" }
                    }
                }
            }
            for amendment in &card.amendments {
                {before(amendment)}
            }
            {trace(&t!("visit-start"), &card.clock_in)}
            if let Some(clock_out) = &card.clock_out {
                {trace(&t!("visit-end"), clock_out)}
            }
            if card.standing.is_some() {
                p { class: "marks", {standing(card.standing)} }
            }
            for note in &card.notes {
                {note_card(note)}
            }
            if mine {
                div { class: "buttons",
                    if may_note {
                        Link { class: "button", to: Route::WriteNote { visit },
                            {icon(Icon::Note)}
                            if noted {
                                {t!("note-amend")}
                            } else {
                                {t!("note-write")}
                            }
                        }
                    }
                    Link { class: "button", to: Route::AmendTimes { visit },
                        {icon(Icon::Hours)}
                        {t!("times-change")}
                    }
                }
            }
        }
    }
}
