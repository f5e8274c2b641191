//! Me and this phone.

mod bell;
mod calendar;

use super::{app_lock::LockRow, join::Languages};
use crate::{
    components::{Screen, icon, icon_with, status_line_row},
    route::Route,
    state::{now, say, setting, use_app},
    view::{
        availability::pas,
        face,
        hours::hours,
        waiting::{Clock, clock},
    },
};
use bell::Notifications;
use calendar::CalendarLink;
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::domain::team::{Hat, Role};

/// Me.
#[component]
pub fn Me() -> Element {
    let app = use_app();
    let Some(me) = app.me() else {
        return VNode::empty();
    };
    let joined = me.joined;
    let face = face::member(&app.phone(), joined.member);
    let month = now().month();
    let worked = (joined.role == Role::Pa).then(|| hours(&app.phone(), month, now()).total());
    rsx! {
        Screen { title: t!("me"), status: false,
            div { class: "who",
                {crate::components::face(&face, "huge")}
                span { class: "who-words",
                    span { class: "who-name big", "{joined.name}" }
                    span { class: "who-more", {t!("me-role", role = say::role(joined.role), team = joined.team_name.as_str())} }
                }
            }
            ul { class: "rows",
                if let Some(worked) = worked {
                    li {
                        Link { class: "row", to: Route::Hours {},
                            {icon(Icon::Hours)}
                            span { class: "row-words",
                                span { class: "row-title", {t!("hours")} }
                                span { class: "row-more", {t!("me-hours", length = say::length(worked), month = say::month_name(month))} }
                            }
                            {icon_with(Icon::ChevronRight, "icon go")}
                        }
                    }
                }
                if joined.role == Role::Pa {
                    li {
                        Go { to: Route::Availability {}, sign: Icon::Availability, title: t!("availability"), more: t!("me-availability") }
                    }
                }
                if matches!(joined.role, Role::Person(_) | Role::AuthorisedPerson(_)) {
                    li {
                        Go { to: Route::MyPeople {}, sign: Icon::People, title: t!("my-people"), more: t!("me-my-people") }
                    }
                    li {
                        Go { to: Route::Plan {}, sign: Icon::Rota, title: t!("plan"), more: t!("me-plan") }
                    }
                }
                li {
                    Link { class: "row", to: Route::Waiting {}, {status_line_row(&app)} }
                }
                li {
                    Go { to: Route::Team {}, sign: Icon::Phone, title: t!("team"), more: t!("me-team") }
                }
            }
            Hats {}
            if joined.role == Role::Manager {
                section { class: "group",
                    h2 { {t!("me-team-availability")} }
                    ul { class: "rows",
                        for pa in pas(&app.phone()) {
                            li { key: "{pa.id}",
                                Link { class: "row", to: Route::AvailabilityOf { pa: pa.id },
                                    {crate::components::face(&pa, "")}
                                    span { class: "row-words", span { class: "row-title", "{pa.name}" } }
                                    {icon_with(Icon::ChevronRight, "icon go")}
                                }
                            }
                        }
                    }
                }
            }
            Notifications {}
            if joined.role != Role::Manager {
                CalendarLink {}
            }
            LockRow {}
            section { class: "group",
                h2 { {t!("language")} }
                Languages {}
            }
            section { class: "group",
                h2 { {t!("theme")} }
                Themes {}
            }
            ThisPhone {}
        }
    }
}

/// A way on.
#[component]
fn Go(to: Route, sign: Icon, title: String, more: String) -> Element {
    rsx! {
        Link { class: "row", to,
            {icon(sign)}
            span { class: "row-words",
                span { class: "row-title", "{title}" }
                span { class: "row-more", "{more}" }
            }
            {icon_with(Icon::ChevronRight, "icon go")}
        }
    }
}

/// What I look after for a while.
#[component]
fn Hats() -> Element {
    let app = use_app();
    let member = app.phone().member();
    let worn = member.filter(|m| m.holds_rota(now()));
    let Some(until) = worn.and_then(|m| m.hats.get(&Hat::RotaHolder).copied()) else {
        return VNode::empty();
    };
    rsx! {
        section { class: "group", "aria-labelledby": "hats",
            h2 { id: "hats", {t!("me-hats")} }
            ul { class: "rows",
                li {
                    Go { to: Route::Plan {}, sign: Icon::Hat, title: t!("me-rota-holder"), more: t!("me-until", day = say::far_day(until.day())) }
                }
            }
        }
    }
}

/// Light, dark, or as the phone.
#[component]
fn Themes() -> Element {
    let app = use_app();
    let chosen = app
        .phone()
        .setting(setting::THEME)
        .unwrap_or("auto")
        .to_owned();
    let themes = [
        ("auto", t!("theme-auto")),
        ("light", t!("theme-light")),
        ("dark", t!("theme-dark")),
    ];
    rsx! {
        fieldset { class: "segments",
            legend { class: "for-ears", {t!("theme")} }
            for (theme , words) in themes {
                label { class: "segment",
                    input {
                        r#type: "radio",
                        name: "theme",
                        value: theme,
                        checked: chosen == theme,
                        onchange: {
                            let app = app.clone();
                            move |_| {
                                let app = app.clone();
                                async move {
                                    app.set(setting::THEME, theme).await;
                                }
                            }
                        },
                    }
                    span { "{words}" }
                }
            }
        }
    }
}

/// What can be said of this phone.
#[component]
fn ThisPhone() -> Element {
    let app = use_app();
    let (clock, heard) = {
        let phone = app.phone();
        (clock(&phone), phone.heard())
    };
    let used = use_resource(crate::page::room_used);
    let windows = use_resource(crate::page::windows);
    let windows = windows().flatten().filter(|count| *count > 1);
    let clock = match clock {
        Clock::Right => t!("clock-right"),
        Clock::Slow(by) => t!("clock-slow-short", length = say::length(by)),
        Clock::Fast(by) => t!("clock-fast-short", length = say::length(by)),
    };
    let used = used().flatten().map(|bytes| {
        // Tenths of a megabyte say enough.
        let tenths = bytes.div_ceil(100_000);
        format!("{}.{} MB", tenths / 10, tenths % 10)
    });
    rsx! {
        section { class: "group",
            h2 { {t!("this-phone")} }
            dl { class: "facts card padded-sides",
                if let Some(heard) = heard {
                    div {
                        dt { {t!("phone-heard")} }
                        dd { {say::moment(heard)} }
                    }
                }
                div {
                    dt { {t!("phone-clock")} }
                    dd { "{clock}" }
                }
                if let Some(count) = windows {
                    div {
                        dt { {t!("phone-windows")} }
                        dd { {t!("phone-windows-count", count = count)} }
                    }
                }
                if let Some(used) = used {
                    div {
                        dt { {t!("phone-room")} }
                        dd { "{used}" }
                    }
                }
                div {
                    dt { {t!("phone-version")} }
                    dd { {env!("CARGO_PKG_VERSION")} }
                }
            }
        }
    }
}
