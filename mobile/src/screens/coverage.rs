//! Which of the next four weeks is thin.

use super::{
    rota::{card::Reads, week_route},
    shift::ShiftSheet,
};
use crate::{
    components::{Screen, TopStyle, empty, icon, icon_with, nobody},
    route::Route,
    state::{now, say, today, use_app},
    view::{
        coverage::{Coverage as Shows, CoverageDay, CoverageWeek, Standing, Thin, Why, coverage},
        face::Face,
        rota::Whose,
    },
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{
    domain::{availability::Part, team::Role},
    ids::ShiftId,
    time::Day,
};

/// The next weeks.
#[component]
pub fn Coverage() -> Element {
    let app = use_app();
    let mut open = use_signal(|| None::<ShiftId>);
    let reads = Reads::of(&app, Whose::All);
    let role = app.phone().me().map(|me| me.joined.role);
    // Who could step in is known to those who read when PAs can work.
    let judges = matches!(role, Some(Role::Pa | Role::Manager));
    let back = if role == Some(Role::Pa) {
        (Route::Cover {}, t!("coverage-back"))
    } else {
        (Route::Rota {}, t!("cover-back"))
    };
    // It looks at every PA for every shift: once for each change, not with each tap.
    let look = app.clone();
    let shows = use_memo(move || coverage(&look.phone(), now()));
    let Shows { first, more, weeks } = shows();
    let this_week = today().monday();
    rsx! {
        Screen { title: t!("coverage"), back, style: TopStyle::Two,
            section { class: "group first", aria_labelledby: "look",
                h2 { id: "look", {t!("coverage-first")} }
                if first.is_empty() {
                    {empty(Icon::Coverage, &t!("coverage-none"), &t!("coverage-none-words"), None)}
                } else {
                    ul { class: "rows",
                        for thin in first {
                            li { key: "{thin.shift.card.shift}",
                                LookRow { thin, reads, onopen: move |shift| open.set(Some(shift)) }
                            }
                        }
                    }
                }
                if more > 0 {
                    p { class: "soft", {t!("coverage-more", count = more)} }
                }
            }
            div { class: "stack",
                ul { class: "legend-row",
                    {legend(Standing::Held, &t!("coverage-held"))}
                    {legend(Standing::Waiting, &t!("coverage-waiting"))}
                    if judges {
                        {legend(Standing::Thin, &t!("coverage-thin"))}
                    }
                    {legend(Standing::Open, &t!("nobody-yet"))}
                }
                for week in weeks {
                    {week_group(&week, this_week)}
                }
            }
        }
        if let Some(shift) = open() {
            ShiftSheet { shift, onclose: move |()| open.set(None) }
        }
    }
}

fn legend(standing: Standing, words: &str) -> Element {
    rsx! {
        li {
            span { class: "tally", aria_hidden: "true", {block(standing)} }
            span { "{words}" }
        }
    }
}

fn block(standing: Standing) -> Element {
    let class = match standing {
        Standing::Held => "",
        // Nobody works by a draft yet, so it is as uncertain.
        Standing::Waiting | Standing::Draft => "waiting",
        Standing::Thin => "thin",
        Standing::Open => "open",
    };
    rsx! {
        span { class }
    }
}

#[component]
fn LookRow(thin: Thin, reads: Reads, onopen: EventHandler<ShiftId>) -> Element {
    let card = &thin.shift.card;
    let id = card.shift;
    let part = match thin.part {
        Part::Morning => "morning",
        Part::Afternoon => "afternoon",
        Part::Evening => "evening",
        Part::Night => "night",
    };
    let day = say::day_first(card.planned.start.day());
    let why = match &thin.why {
        Why::Open { .. } => t!("coverage-why-open"),
        Why::WaitsForYes(_) if reads == Reads::Persons => t!("coverage-why-waits-yours"),
        Why::WaitsForYes(_) => t!("coverage-why-waits", name = card.person.short()),
        Why::Wanted { by, .. } if by.me => t!("coverage-why-wanted-you"),
        Why::Wanted { by, .. } => t!("coverage-why-wanted", name = by.short()),
        Why::NobodyElse => t!("coverage-why-nobody"),
        Why::OnlyOne(pa) if pa.me => t!("coverage-why-only-you"),
        Why::OnlyOne(pa) => t!("coverage-why-only", name = pa.short()),
    };
    let title = t!("coverage-look", day = day, part = part, why = why);
    let persons = thin.shift.persons.iter().map(Face::short);
    let persons = persons.collect::<Vec<_>>().join(", ");
    let time = say::stretch(card.planned);
    let more = if reads == Reads::Persons {
        time
    } else {
        t!("coverage-look-more", time = time, name = persons)
    };
    let could = match &thin.why {
        Why::Open { could } | Why::Wanted { could, .. } => {
            could.map(|count| t!("coverage-could", count = count))
        }
        Why::WaitsForYes(pa) => Some(t!("coverage-would", name = pa.short())),
        Why::NobodyElse | Why::OnlyOne(_) => {
            let holders = card.pas.iter().map(Face::short);
            let holders = holders.collect::<Vec<_>>().join(", ");
            Some(t!("coverage-held-by", names = holders))
        }
    };
    let sign = match &thin.why {
        Why::Open { .. } => None,
        Why::WaitsForYes(_) => Some(Icon::Decision),
        Why::Wanted { .. } => Some(Icon::Cover),
        Why::NobodyElse | Why::OnlyOne(_) => Some(Icon::Alert),
    };
    rsx! {
        button { r#type: "button", class: "row", aria_haspopup: "dialog", onclick: move |_| onopen(id),
            if let Some(sign) = sign {
                span { class: "entry-sign", {icon(sign)} }
            } else {
                {nobody()}
            }
            span { class: "row-words",
                span { class: "row-title", "{title}" }
                span { class: "row-more",
                    "{more}"
                    if let Some(could) = could {
                        if reads == Reads::Persons {
                            "."
                        }
                        " {could}"
                    }
                }
            }
            {icon_with(Icon::ChevronRight, "icon go")}
        }
    }
}

fn week_group(week: &CoverageWeek, this_week: Day) -> Element {
    let id = format!("w{}", week.monday);
    let thin = week.thin().next().is_some();
    let all = week.monday == this_week && !week.is_empty();
    let days = week.days.iter().filter(|day| {
        if all {
            !day.shifts.is_empty()
        } else {
            day.is_thin()
        }
    });
    let rest = thin && !all && week.days.iter().any(|day| !day.is_thin());
    rsx! {
        section { class: "group", key: "{week.monday}", aria_labelledby: "{id}",
            h2 { id: "{id}",
                "{say::week(week.monday)} "
                span { class: "figure", {figure(week)} }
            }
            if week.is_empty() {
                p { class: "soft", {t!("rota-none")} }
            } else {
                ul { class: "rows",
                    if all || thin {
                        for day in days {
                            li { key: "{day.day}", {day_row(day)} }
                        }
                    } else {
                        li { {whole_week(week)} }
                    }
                }
            }
            if rest {
                p { class: "soft", {t!("coverage-rest")} }
            }
        }
    }
}

/// How many stand so.
fn so_many(standing: Standing, count: usize) -> String {
    match standing {
        Standing::Open => t!("coverage-n-open", count = count),
        Standing::Waiting => t!("coverage-n-waiting", count = count),
        Standing::Thin => t!("coverage-n-thin", count = count),
        Standing::Draft => t!("coverage-n-draft", count = count),
        Standing::Held => t!("coverage-n-held", count = count),
    }
}

/// What of a week needs a look, in a word or two.
fn figure(week: &CoverageWeek) -> String {
    let looks = [
        Standing::Open,
        Standing::Waiting,
        Standing::Thin,
        Standing::Draft,
    ];
    let parts = looks.map(|standing| (standing, week.count(standing)));
    let parts = parts.into_iter().filter(|(_, count)| *count > 0);
    let parts: Vec<_> = parts
        .map(|(standing, count)| so_many(standing, count))
        .collect();
    if parts.is_empty() && !week.is_empty() {
        t!("coverage-all-held")
    } else {
        parts.join(", ")
    }
}

fn whole_week(week: &CoverageWeek) -> Element {
    let words = if week.count(Standing::Draft) == week.len() {
        t!("coverage-week-draft", count = week.len())
    } else {
        t!("coverage-week-held", count = week.len())
    };
    rsx! {
        Link { class: "row", to: week_route(week.monday),
            span { class: "row-words",
                span { class: "row-title", {t!("coverage-week")} }
                span { class: "tally", aria_hidden: "true",
                    for standing in week.days.iter().flat_map(|day| &day.shifts) {
                        {block(*standing)}
                    }
                }
                span { class: "row-more", "{words}" }
            }
            {icon_with(Icon::ChevronRight, "icon go")}
        }
    }
}

fn day_row(day: &CoverageDay) -> Element {
    let class = if day.is_thin() { "row thin-day" } else { "row" };
    let thin = day.count(Standing::Thin);
    let held = day.count(Standing::Held) + thin;
    let words = if held == day.shifts.len() {
        t!("coverage-day-held", count = held)
    } else {
        let parts = [
            (Standing::Held, held),
            (Standing::Open, day.count(Standing::Open)),
            (Standing::Waiting, day.count(Standing::Waiting)),
            (Standing::Draft, day.count(Standing::Draft)),
        ];
        let parts = parts
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(standing, count)| so_many(standing, count));
        parts.collect::<Vec<_>>().join(", ")
    };
    rsx! {
        Link { class, to: week_route(day.day),
            span { class: "row-words",
                span { class: "row-title", {say::title_short(day.when, day.day)} }
                span { class: "tally", aria_hidden: "true",
                    for standing in &day.shifts {
                        {block(*standing)}
                    }
                }
                span { class: "row-more",
                    "{words}"
                    if thin > 0 {
                        ". "
                        {t!("coverage-day-thin", count = thin)}
                    }
                }
            }
            {icon_with(Icon::ChevronRight, "icon go")}
        }
    }
}
