//! The card at the head of the page: the visit to go to, or the one that runs.

use crate::{
    components::{icon, standing, who},
    page,
    route::Route,
    state::{now, say, use_app},
    view::{
        decisions,
        notes::Line,
        today::{New, Next, Running},
        when::When,
    },
};
use dioxus::prelude::*;
use kith_assets::Icon;

/// The visit to go to.
#[component]
pub(super) fn NextVisit(next: Next) -> Element {
    let card = &next.card;
    let app = use_app();
    let asking = decisions::asking(&app.phone(), card.shift, now());
    let day = match card.when {
        When::Today => String::new(),
        when => format!("{}, ", say::title(when, card.planned.start.day())),
    };
    let until = match next.starts_in {
        0 => t!("next-now"),
        1.. => t!("next-in", length = say::length(next.starts_in)),
        ..0 => t!("next-since", length = say::length(-next.starts_in)),
    };
    let partners: Vec<_> = card.partners().map(|pa| pa.name.clone()).collect();
    let with = (!partners.is_empty()).then(|| t!("with-partner", name = partners.join(", ")));
    rsx! {
        section { class: "next", aria_labelledby: "next-title",
            h2 { class: "next-over", id: "next-title",
                {t!("next-visit")}
                if next.late {
                    span { class: "mark need", {icon(Icon::Late)} {t!("mark-late")} }
                }
            }
            {who(&card.person, "large", with)}
            div {
                p { class: "next-time", "{day}{say::stretch(card.planned)}" }
                p { class: "next-time-more",
                    "{until}"
                    if let Some(kind) = say::kind(card.kind) {
                        " · {kind}"
                    }
                }
            }
            {place(&card.address)}
            Link { class: "next-place", to: Route::ShiftPage { shift: card.shift },
                {icon(Icon::Cover)}
                span {
                    if asking {
                        {t!("today-asking")}
                    } else {
                        {t!("need-see")}
                    }
                }
            }
            {news(&next.new)}
        }
    }
}

/// A visit that runs, and since when.
#[component]
pub(super) fn RunningNow(running: Running) -> Element {
    let title = format!("now-{}", running.visit);
    let planned = running.planned.as_ref();
    let planned = planned.map(|card| t!("planned", time = say::stretch(card.planned)));
    rsx! {
        section { class: "next running", aria_labelledby: "{title}",
            h2 { class: "next-over", id: "{title}",
                span { class: "running-sign", {t!("running")} }
            }
            {who(&running.person, "large", None)}
            div {
                p { class: "next-time", {t!("since", time = say::clock(running.since))} }
                p { class: "next-time-more",
                    {say::length(running.minutes)}
                    if let Some(planned) = planned {
                        " · {planned}"
                    }
                }
            }
            {place(&running.address)}
            p { {standing(running.standing)} }
            if running.forgotten {
                p { {t!("running-forgotten")} }
                Link { class: "button", to: Route::AmendTimes { visit: running.visit }, {t!("times-change")} }
            }
            {news(&running.new)}
        }
    }
}

fn place(address: &str) -> Element {
    if address.is_empty() {
        return VNode::empty();
    }
    rsx! {
        a { class: "next-place", href: page::map(address), target: "_blank", rel: "noreferrer",
            {icon(Icon::Place)}
            span { "{address}" }
        }
    }
}

fn news(new: &New) -> Element {
    if new.notes.is_empty() {
        return VNode::empty();
    }
    let title = match new.since {
        Some(_) => t!("news-since"),
        None => t!("news-latest"),
    };
    rsx! {
        section { class: "next-news",
            h3 { "{title}" }
            ul { class: "plain",
                for line in &new.notes {
                    li { key: "{line.note}",
                        {icon(Icon::Note)}
                        span { {news_line(line)} }
                    }
                }
            }
            if new.more > 0 {
                p { class: "soft small", {t!("news-more", count = new.more)} }
            }
        }
    }
}

fn news_line(line: &Line) -> String {
    let name = line.author.short();
    if !line.text.is_empty() {
        return t!("news-words", name = name, words = line.text.as_str());
    }
    match line.mood {
        Some(mood) => t!("news-mood", name = name, mood = say::mood(mood)),
        None => t!("news-note", name = name),
    }
}
