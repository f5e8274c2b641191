//! Who has covered how often, and how nights and weekends are shared out.

use super::rota::tools::Segments;
use crate::{
    components::{Screen, face},
    route::Route,
    state::{now, say, use_app},
    view::fairness::{Fairness as Shows, Share, fairness},
};
use dioxus::prelude::*;
use kith_shared::domain::team::Role;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Covered,
    Nights,
    Weekends,
}

impl What {
    const ALL: [Self; 3] = [Self::Covered, Self::Nights, Self::Weekends];

    fn of(self, share: &Share) -> usize {
        match self {
            Self::Covered => share.covered,
            Self::Nights => share.nights,
            Self::Weekends => share.weekends,
        }
    }
}

/// The last months.
#[component]
pub fn Fairness() -> Element {
    let app = use_app();
    let mut what = use_signal(|| What::Covered);
    let pa = app.phone().me().map(|me| me.joined.role) == Some(Role::Pa);
    let back = if pa {
        (Route::Cover {}, t!("coverage-back"))
    } else {
        (Route::Rota {}, t!("cover-back"))
    };
    let Shows { from, pas } = fairness(&app.phone(), now());
    let counts = what();
    let most = pas.iter().map(|share| counts.of(share)).max().unwrap_or(0);
    let since = say::short_day(from);
    let (title, words) = match counts {
        What::Covered => (
            t!("fairness-covered-since", day = since),
            t!("fairness-covered-words"),
        ),
        What::Nights => (
            t!("fairness-nights-since", day = since),
            t!("fairness-nights-words"),
        ),
        What::Weekends => (
            t!("fairness-weekends-since", day = since),
            t!("fairness-weekends-words"),
        ),
    };
    rsx! {
        Screen { title: t!("fairness"), back,
            Segments {
                name: "what",
                legend: t!("fairness-what"),
                options: vec![t!("fairness-covered"), t!("fairness-nights"), t!("fairness-weekends")],
                chosen: What::ALL.iter().position(|w| *w == counts).unwrap_or(0),
                onchoose: move |at: usize| {
                    if let Some(chosen) = What::ALL.get(at) {
                        what.set(*chosen);
                    }
                },
            }
            section { class: "group", aria_labelledby: "counted",
                h2 { id: "counted", aria_live: "polite", "{title}" }
                ul { class: "rows in-columns",
                    for share in &pas {
                        li { key: "{share.pa.id}", {row(share, counts, most)} }
                    }
                }
            }
            p { class: "soft", "{words}" }
        }
    }
}

fn row(share: &Share, counts: What, most: usize) -> Element {
    let count = counts.of(share);
    let width = (count * 100).checked_div(most).unwrap_or(0);
    let name = if share.pa.me {
        t!("you")
    } else {
        share.pa.name.clone()
    };
    let (covered, nights) = (share.covered, share.nights);
    let (sleep_ins, weekends) = (share.sleep_ins, share.weekends);
    let mut more = Vec::new();
    if counts != What::Covered && covered > 0 {
        more.push(t!("fairness-n-covered", count = covered));
    }
    if counts != What::Nights && nights > 0 {
        more.push(t!("fairness-n-nights", count = nights));
    }
    if sleep_ins > 0 {
        more.push(t!("fairness-n-sleep-ins", count = sleep_ins));
    }
    if counts != What::Weekends && weekends > 0 {
        more.push(t!("fairness-n-weekends", count = weekends));
    }
    more.push(t!("fairness-in-all", length = say::length(share.minutes)));
    rsx! {
        div { class: "row",
            {face(&share.pa, "")}
            span { class: "row-words",
                span { class: "row-title", "{name}" }
                svg {
                    class: "amount",
                    view_box: "0 0 100 1",
                    preserve_aspect_ratio: "none",
                    "aria-hidden": "true",
                    rect { width: "{width}", height: "1" }
                }
                span { class: "row-more", {more.join(", ")} }
            }
            span { class: "row-side row-figure big", "{count}" }
        }
    }
}
