//! Planning the rota: what is drafted, and publishing it.

mod change;
mod editor;
mod fields;
mod who;

pub use editor::{PlanNew, PlanShift};

use crate::{
    components::{Screen, empty, face, icon, icon_with, kind_mark, nobody},
    i18n::dates,
    route::Route,
    state::{TOAST, lang, now, say, today, use_app},
    view::{
        face::Face,
        plan::{DraftRow, MayPlan, Series, plan_page, publish_all},
    },
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::ids::MemberId;
use std::collections::BTreeSet;

/// `Wed 25 Nov, 07:30 – 13:00`.
fn when(of: crate::view::when::Stretch) -> String {
    format!("{}, {}", say::short_day(of.start.day()), say::stretch(of))
}

/// Names in a row: `Siân, Rhys and Owain`.
fn names<Id>(faces: &[Face<Id>]) -> String {
    let names: Vec<_> = faces
        .iter()
        .map(|face| {
            if face.me {
                t!("you")
            } else {
                face.short().to_owned()
            }
        })
        .collect();
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, first)) => t!("plan-and", first = first.join(", "), last = last.as_str()),
    }
}

/// The same, at the head of a line.
fn names_first<Id>(faces: &[Face<Id>]) -> String {
    let names = names(faces);
    let mut letters = names.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.clone()).collect()
}

/// `Mon, Wed`.
fn weekdays(days: &BTreeSet<u8>) -> String {
    let monday = today().monday();
    let name = |day: &u8| dates::short_weekday(lang(), monday.plus((*day).into()));
    days.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Who plans, where it is not who looks.
fn not_allowed(holders: &[(Face<MemberId>, kith_shared::time::Moment)]) -> Element {
    let (title, words) = match holders.first() {
        Some((holder, until)) => (
            t!(
                "plan-holds",
                name = holder.name.as_str(),
                day = say::far_day(until.day())
            ),
            t!("plan-ask", name = holder.short()),
        ),
        None => (t!("plan-nobody"), t!("plan-nobody-words")),
    };
    rsx! {
        div { class: "message quiet",
            {icon(Icon::Hat)}
            div { class: "message-words",
                h2 { "{title}" }
                p { "{words}" }
            }
        }
    }
}

/// The plan.
#[component]
pub fn Plan() -> Element {
    let app = use_app();
    let mut busy = use_signal(|| false);
    let page = plan_page(&app.phone(), now());
    let back = (Route::Rota {}, t!("back-to-rota"));
    let until = match &page.may {
        MayPlan::No { holders } => {
            return rsx! {
                Screen { title: t!("plan"), back, {not_allowed(holders)} }
            };
        }
        MayPlan::Yes { until, .. } => *until,
    };
    let (count, open) = (page.count, page.open);
    let (changes, drafts): (Vec<_>, Vec<_>) =
        page.drafts.into_iter().partition(|row| row.was.is_some());
    let told = names(&page.told);
    let publish = move |_| {
        let app = app.clone();
        async move {
            if busy() {
                return;
            }
            busy.set(true);
            let intents = publish_all(&app.phone(), now());
            if app.act_all(intents).await.is_some() {
                *TOAST.write() = Some(t!("plan-published", count = count));
            }
            busy.set(false);
        }
    };
    rsx! {
        Screen { title: t!("plan"), back,
            if let Some(until) = until {
                div { class: "message quiet",
                    {icon(Icon::Hat)}
                    div { class: "message-words",
                        p { {t!("plan-hat", day = say::far_day(until.day()))} }
                    }
                }
            }
            if count == 0 {
                {empty(Icon::Draft, &t!("plan-none"), &t!("plan-none-words"), None)}
            }
            if !drafts.is_empty() {
                section { class: "group", "aria-labelledby": "new",
                    h2 { id: "new", {t!("plan-drafts", count = count - changes.len())} }
                    ul { class: "rows",
                        for row in drafts {
                            li { key: "{row.shift}", DraftLine { row } }
                        }
                    }
                }
            }
            if !changes.is_empty() {
                section { class: "group", "aria-labelledby": "changed",
                    h2 { id: "changed", {t!("plan-changes")} }
                    ul { class: "rows",
                        for row in changes {
                            li { key: "{row.shift}", DraftLine { row } }
                        }
                    }
                }
            }
            if count > 0 {
                p { class: "soft",
                    if told.is_empty() {
                        {t!("plan-tells-nobody")}
                    } else {
                        {t!("plan-tells", names = told)}
                    }
                    if open > 0 {
                        " "
                        {t!("plan-tells-open", count = open)}
                    }
                }
            }
            div { class: "dock",
                Link { class: if count > 0 { "button second" } else { "button primary" }, to: Route::PlanNew {},
                    {icon(Icon::Plus)}
                    {t!("plan-add")}
                }
                if count > 0 {
                    button { r#type: "button", class: "button primary", onclick: publish,
                        {icon(Icon::Publish)}
                        {t!("plan-publish", count = count)}
                    }
                }
            }
        }
    }
}

fn every(series: &Series) -> String {
    t!(
        "plan-every",
        days = weekdays(&series.weekdays),
        until = say::far_day(series.last),
        count = series.count
    )
}

#[component]
fn DraftLine(row: DraftRow) -> Element {
    let people = names(&row.persons);
    let who = if row.pas.is_empty() {
        t!("plan-row-nobody", person = people)
    } else {
        t!("plan-row", pas = names_first(&row.pas), person = people)
    };
    let more = row.was.map(|was| t!("plan-was", when = when(was)));
    rsx! {
        Link { class: "row tall", to: Route::PlanShift { shift: row.shift },
            if row.pas.len() + row.missing > 1 {
                span { class: "faces",
                    for pa in &row.pas {
                        {face(pa, "")}
                    }
                    for _ in 0..row.missing {
                        {nobody()}
                    }
                }
            } else if let Some(pa) = row.pas.first() {
                {face(pa, "")}
            } else {
                {nobody()}
            }
            span { class: "row-words",
                span { class: "row-title", {when(row.planned)} }
                span { class: "row-more", "{who}" }
                if let Some(more) = more {
                    span { class: "row-more", "{more}" }
                }
                span { class: "marks",
                    if let Some(series) = &row.series {
                        span { class: "mark", {icon(Icon::Repeat)} {every(series)} }
                    }
                    if row.pas.len() + row.missing > 1 {
                        span { class: "mark brand", {icon(Icon::People)} {t!("plan-two")} }
                    }
                    if row.persons.len() > 1 {
                        span { class: "mark brand", {icon(Icon::Person)} {t!("plan-pooled", count = row.persons.len())} }
                    }
                    if let Some(kind) = kind_mark(row.kind) {
                        {kind}
                    }
                    if !row.shadows.is_empty() {
                        span { class: "mark", {icon(Icon::Eye)} {t!("plan-shadowed", name = names(&row.shadows))} }
                    }
                    if row.missing > 0 {
                        span { class: "mark need", {icon(Icon::OpenShift)} {t!("plan-open")} }
                    }
                }
            }
            {icon_with(Icon::ChevronRight, "icon go")}
        }
    }
}
