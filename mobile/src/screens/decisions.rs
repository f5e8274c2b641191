//! *Cover*: what needs my decision, and what became of what I said.

mod alerts;
mod cards;

pub use alerts::{Alerts, past};

use super::{
    rota::tools::Looking,
    shift::{ShiftSheet, Step, words},
};
use crate::{
    components::{Screen, TopStyle, empty, face, icon, icon_with},
    state::{now, say, use_app},
    view::decisions::{Answer, Answered, Decisions, Group, Need, decisions, yes_wanted},
};
use cards::Card;
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{
    domain::{cover::News, team::Role},
    ids::ShiftId,
};

/// A shift that was opened from here, and at what.
type Opened = Signal<Option<(ShiftId, Step)>>;

/// What needs my decision: under *Cover*, and where a notification leads.
#[component]
pub fn Cover() -> Element {
    let app = use_app();
    let mut open: Opened = use_signal(|| None);
    let Decisions { needs, answered } = decisions(&app.phone(), now());
    let more = match needs.len() {
        0 => t!("cover-needs-none"),
        count => t!("cover-needs", count = count),
    };
    let role = app.phone().me().map(|me| me.joined.role);
    let none = if role == Some(Role::Pa) {
        t!("need-none-words")
    } else {
        t!("need-none-person")
    };
    rsx! {
        Screen { title: t!("bar-cover"), more, style: TopStyle::Two,
            div { class: "stack first",
                if role != Some(Role::Pa) {
                    Alerts {}
                }
                if needs.is_empty() {
                    {empty(Icon::Seen, &t!("need-none"), &none, None)}
                }
                for part in needs.chunk_by(|a, b| a.what.group() == b.what.group()) {
                    {group(part, open)}
                }
            }
            div { class: "stack",
                section { class: "group", aria_labelledby: "answered",
                    h2 { id: "answered", {t!("answered")} }
                    if answered.is_empty() {
                        p { class: "soft", {t!("answered-none")} }
                    }
                    ul { class: "rows",
                        for one in answered {
                            AnsweredRow { key: "{one.card.shift}", one, open }
                        }
                    }
                }
                if role == Some(Role::Pa) {
                    Looking {}
                }
            }
        }
        if let Some((shift, first)) = open() {
            ShiftSheet { shift, first, onclose: move |()| open.set(None) }
        }
    }
}

/// The same at the address to which notifications lead; family contacts and managers decide nothing
/// about shifts, and find on their first page what they were told.
#[component]
pub fn NeedsDecision() -> Element {
    let app = use_app();
    let role = app.phone().me().map(|me| me.joined.role);
    match role {
        Some(Role::FamilyContact(person)) => rsx! {
            super::family::FamilyHome { person }
        },
        Some(Role::Manager) => rsx! {
            super::manager::NeedsMe {}
        },
        _ => rsx! {
            Cover {}
        },
    }
}

/// What waits for the yes of who looks at the screen, on their first page.
#[component]
pub fn YesWanted() -> Element {
    let app = use_app();
    let mut open: Opened = use_signal(|| None);
    let needs = yes_wanted(&app.phone(), now());
    rsx! {
        if !needs.is_empty() {
            {group(&needs, open)}
        }
        if let Some((shift, first)) = open() {
            ShiftSheet { shift, first, onclose: move |()| open.set(None) }
        }
    }
}

fn group(needs: &[Need], open: Opened) -> Element {
    let Some(first) = needs.first() else {
        return VNode::empty();
    };
    let (id, title) = match first.what.group() {
        Group::Silent => ("needs-silent", t!("group-silent")),
        Group::Yes => ("needs-yes", t!("group-yes")),
        Group::Open => ("needs-open", t!("group-open")),
        Group::Offered => ("needs-offered", t!("group-offered")),
        Group::Asked => ("needs-asked", t!("group-asked")),
        Group::Problem => ("needs-problem", t!("group-problem")),
        Group::Plan => ("needs-plan", t!("group-plan")),
    };
    rsx! {
        section { class: "group", aria_labelledby: id, key: "{id}",
            h2 { id, "{title}" }
            ul { class: "decisions",
                for (n , need) in needs.iter().enumerate() {
                    Card { key: "{need.card.shift}{n}", need: need.clone(), open }
                }
            }
        }
    }
}

#[component]
fn AnsweredRow(one: Answered, open: Opened) -> Element {
    let shift = one.card.shift;
    let person = one.card.person.short();
    let mut mark = None;
    let (title, more) = match &one.what {
        Answer::Asked(sent) => {
            mark = Some(Icon::Waiting);
            let more = match sent {
                true => t!("answer-asked-sent"),
                false => t!("answer-asked-saved"),
            };
            (t!("answer-asked"), more)
        }
        Answer::Cover(_) => (t!("answer-cover"), t!("answer-cover-words")),
        Answer::Waits => (t!("answer-waits", name = person), String::new()),
        Answer::Granted(0) => (t!("answer-granted"), String::new()),
        Answer::Granted(owed) => (
            t!("answer-granted"),
            t!("answer-granted-owed", length = say::length(*owed)),
        ),
        Answer::Standby(_) => (t!("answer-standby"), t!("answer-standby-words")),
        Answer::NotPossible(block) => (
            t!("answer-not-possible"),
            t!("block-mine", why = words::why(*block), name = person) + ".",
        ),
        Answer::Lapsed => (t!("answer-lapsed"), String::new()),
        Answer::SaidNo => (t!("answer-no"), t!("answer-no-words", name = person)),
        Answer::Covered(pa) => (
            t!("answer-covered", name = pa.short()),
            t!("answer-covered-words"),
        ),
        Answer::TakenOver(pa) => (
            t!("answer-taken-over", name = pa.short()),
            t!("answer-taken-over-words", name = pa.short()),
        ),
        Answer::Told(news) => (t!("answer-told", news = news_key(*news)), String::new()),
    };
    let line = format!("{}. {more}", words::when(&one.card));
    rsx! {
        li {
            button { r#type: "button", class: "row", aria_haspopup: "dialog",
                onclick: move |_| open.set(Some((shift, Step::Story))),
                match &one.what {
                    Answer::Covered(pa) | Answer::TakenOver(pa) => face(pa, ""),
                    _ => face(&one.card.person, ""),
                }
                span { class: "row-words",
                    span { class: "row-title", "{title}" }
                    span { class: "row-more", "{line}" }
                }
                if let Some(mark) = mark {
                    {icon(mark)}
                }
                {icon_with(Icon::ChevronRight, "icon go")}
            }
        }
    }
}

fn news_key(news: News) -> &'static str {
    match news {
        News::Filled => "filled",
        News::Unfilled => "unfilled",
        News::Cancelled => "cancelled",
        News::Late => "late",
        News::Started => "started",
        News::NotStarted => "not-started",
        News::NotHeard { .. } => "not-heard",
        _ => "changed",
    }
}
