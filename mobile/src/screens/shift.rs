//! A shift in a sheet.

use crate::{
    components::{Sheet, icon, who},
    page,
    route::Route,
    state::{now, say, use_app},
    view::shift::{ShiftCard, sheet},
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::ids::ShiftId;

/// A shift, who holds it, and who is there before and after.
#[component]
pub fn ShiftSheet(shift: ShiftId, onclose: EventHandler<()>) -> Element {
    let app = use_app();
    let Some(sheet) = sheet(&app.phone(), shift, now()) else {
        return VNode::empty();
    };
    let card = sheet.card;
    let title = format!(
        "{}, {}",
        say::short_day(card.planned.start.day()),
        say::stretch(card.planned)
    );
    let holders = card.pas.iter().map(|pa| {
        if pa.me {
            t!("you-first")
        } else {
            pa.name.clone()
        }
    });
    let holders: Vec<_> = holders.collect();
    let responsible = if holders.is_empty() {
        t!("nobody-yet")
    } else {
        holders.join(", ")
    };
    let neighbours = |card: &ShiftCard| {
        let names: Vec<_> = card.pas.iter().map(|pa| pa.name.clone()).collect();
        if names.is_empty() {
            t!("nobody-yet")
        } else {
            names.join(", ")
        }
    };
    rsx! {
        Sheet { title, onclose,
            {who(&card.person, "large", say::kind(card.kind))}
            if !card.address.is_empty() {
                a { class: "next-place", href: page::map(&card.address), target: "_blank", rel: "noreferrer",
                    {icon(Icon::Place)}
                    span { "{card.address}" }
                }
            }
            dl { class: "facts card padded-sides",
                div {
                    dt { {t!("shift-responsible")} }
                    dd { "{responsible}" }
                }
                div {
                    dt { {t!("visit-length")} }
                    dd { {say::length(card.planned.minutes())} }
                }
                if let Some(before) = &sheet.before {
                    div {
                        dt { {t!("shift-before")} }
                        dd { {t!("shift-until", names = neighbours(before), time = say::clock(before.planned.end))} }
                    }
                }
                if let Some(after) = &sheet.after {
                    div {
                        dt { {t!("shift-after")} }
                        dd { {t!("shift-from", names = neighbours(after), time = say::clock(after.planned.start))} }
                    }
                }
            }
            div { class: "sheet-actions",
                Link { class: "button second", to: Route::Timeline { person: card.person.id },
                    {icon(Icon::Timeline)}
                    {t!("shift-story", name = card.person.short())}
                }
            }
        }
    }
}
