//! What stands over the rota: week or month, mine or the team's, and the way to the next one.

use super::week_route;
use crate::{
    components::{icon, icon_with},
    route::Route,
    screens::month,
    state::{App, now, today, use_app},
    view::{
        plan::{MayPlan, may_plan},
        rota::Whose,
    },
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{
    domain::team::Role,
    time::{Day, Month},
};

/// Whose shifts were looked at last: it stays while one goes from week to week.
static WHOSE: GlobalSignal<Option<Whose>> = Signal::global(|| None);

/// Whose shifts to show.
pub fn whose(app: &App) -> Whose {
    match WHOSE() {
        Some(whose) if is_pa(app) => whose,
        _ if is_pa(app) => Whose::Mine,
        // Only PAs hold shifts; to the others the whole rota is theirs.
        _ => Whose::All,
    }
}

fn is_pa(app: &App) -> bool {
    app.phone().me().map(|me| me.joined.role) == Some(Role::Pa)
}

/// What of the rota is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The week of this Monday.
    Week(Day),
    /// A month, and the day that is chosen in it.
    Month(Month, Day),
}

impl Shown {
    /// The same place in the other view.
    fn other(self) -> Route {
        match self {
            Self::Week(monday) => {
                let today = today();
                let day = if today.monday() == monday {
                    today
                } else {
                    monday
                };
                month::route(day)
            }
            Self::Month(_, day) => week_route(day),
        }
    }
}

/// The line over the rota.
#[component]
pub fn Tools(
    shown: Shown,
    /// Which week or month it is.
    title: String,
    /// The one before, and its words for ears.
    before: (Route, String),
    /// The one after.
    after: (Route, String),
) -> Element {
    let app = use_app();
    let week = usize::from(!matches!(shown, Shown::Week(_)));
    let all = usize::from(whose(&app) == Whose::All);
    rsx! {
        div { class: "rota-tools",
            div { class: "rota-views",
                Segments {
                    name: "view",
                    legend: t!("rota-view"),
                    options: vec![t!("rota-week"), t!("rota-month")],
                    chosen: week,
                    onchoose: move |_| {
                        navigator().push(shown.other());
                    },
                }
                if is_pa(&app) {
                    Segments {
                        name: "whose",
                        legend: t!("rota-whose"),
                        options: vec![t!("rota-mine"), t!("rota-all")],
                        chosen: all,
                        onchoose: move |at| {
                            *WHOSE.write() = Some(if at == 1 { Whose::All } else { Whose::Mine });
                        },
                    }
                }
            }
            div { class: "week-head",
                Link { class: "icon-button", to: before.0, aria_label: before.1, {icon(Icon::ChevronLeft)} }
                h2 { id: "span", aria_live: "polite", "{title}" }
                Link { class: "icon-button", to: after.0, aria_label: after.1, {icon(Icon::ChevronRight)} }
            }
        }
    }
}

/// One of a few, side by side.
#[component]
pub fn Segments(
    name: &'static str,
    legend: String,
    options: Vec<String>,
    chosen: usize,
    onchoose: EventHandler<usize>,
) -> Element {
    rsx! {
        fieldset { class: "segments",
            legend { class: "for-ears", "{legend}" }
            for (at , words) in options.into_iter().enumerate() {
                label { class: "segment", key: "{at}",
                    input {
                        r#type: "radio",
                        name,
                        checked: chosen == at,
                        onchange: move |_| onchoose(at),
                    }
                    span { "{words}" }
                }
            }
        }
    }
}

/// The ways to the plan for who plans, to what is thin, and to who has covered.
#[component]
pub fn Looking() -> Element {
    let app = use_app();
    let plans = matches!(may_plan(&app.phone(), now()), MayPlan::Yes { .. });
    rsx! {
        section { class: "group", aria_label: t!("rota-looking"),
            ul { class: "rows",
                if plans {
                    li {
                        Link { class: "row", to: Route::Plan {},
                            {icon(Icon::Draft)}
                            span { class: "row-words",
                                span { class: "row-title", {t!("plan")} }
                                span { class: "row-more", {t!("plan-about")} }
                            }
                            {icon_with(Icon::ChevronRight, "icon go")}
                        }
                    }
                }
                li {
                    Link { class: "row", to: Route::Coverage {},
                        {icon(Icon::Coverage)}
                        span { class: "row-words",
                            span { class: "row-title", {t!("coverage")} }
                            span { class: "row-more", {t!("coverage-about")} }
                        }
                        {icon_with(Icon::ChevronRight, "icon go")}
                    }
                }
                li {
                    Link { class: "row", to: Route::Fairness {},
                        {icon(Icon::Fairness)}
                        span { class: "row-words",
                            span { class: "row-title", {t!("fairness")} }
                            span { class: "row-more", {t!("fairness-about")} }
                        }
                        {icon_with(Icon::ChevronRight, "icon go")}
                    }
                }
            }
        }
    }
}
