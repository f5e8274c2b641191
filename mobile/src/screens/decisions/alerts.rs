//! That nobody came to a shift, or was to: calm, and before anything else on the page.

use super::super::shift::words::{me, names, yes};
use crate::{
    components::icon,
    route::Route,
    state::{now, say, use_app},
    view::coming::{Alert, Settled, Silence, alerts},
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::domain::team::Role;

/// What I was told because nobody came or was to come, on my first page.
#[component]
pub fn Alerts() -> Element {
    let app = use_app();
    let mut found = alerts(&app.phone(), now());
    let role = app.phone().me().map(|me| me.joined.role);
    if role == Some(Role::Pa) {
        // An open shift has a card of its own under *Cover*.
        found.retain(|alert| !matches!(alert.silence, Silence::Nobody { .. }));
    }
    rsx! {
        for alert in found {
            AlertCard { key: "{id(&alert)}", alert }
        }
    }
}

/// One shift may have two, one for each who has not come.
fn id(alert: &Alert) -> String {
    let of = match &alert.silence {
        Silence::NotStarted(who) | Silence::NotHeard(who, _) => who.as_ref(),
        Silence::Nobody { .. } => None,
    };
    let of = of.map_or(String::new(), |who| who.id.to_string());
    format!("alert-{}{of}", alert.shift)
}

#[component]
fn AlertCard(alert: Alert) -> Element {
    let settled = alert.settled.as_ref().map(|end| settled(&alert, end));
    let (class, sign) = match alert.settled {
        Some(_) => ("message good", Icon::Seen),
        None => ("message need", Icon::Alert),
    };
    let (title, lines) = settled.unwrap_or_else(|| waits(&alert));
    let day = say::title_short(alert.when, alert.planned.start.day());
    let when = t!("cover-when", day = day, time = say::stretch(alert.planned));
    let id = id(&alert);
    rsx! {
        section { class, aria_labelledby: "{id}",
            {icon(sign)}
            div { class: "message-words",
                h2 { id: "{id}", "{title}" }
                p {
                    strong { "{when}. " }
                    {lines.join(" ")}
                }
                if alert.sheet {
                    div { class: "buttons",
                        Link { class: "button", to: Route::ShiftPage { shift: alert.shift }, {t!("need-see")} }
                    }
                }
            }
        }
    }
}

/// It goes on: who was to come, whether their phone may only have no signal, what is being done.
fn waits(alert: &Alert) -> (String, Vec<String>) {
    let person = &alert.person;
    let (title, mut lines) = match &alert.silence {
        Silence::Nobody { others } => {
            let title = match others {
                false => t!("alert-open", me = yes(person.me), name = person.short()),
                true => t!("alert-one-more", me = yes(person.me), name = person.short()),
            };
            (title, Vec::new())
        }
        Silence::NotStarted(who) | Silence::NotHeard(who, _) => {
            let title = t!("alert-silent", me = yes(person.me), name = person.short());
            let time = say::clock(alert.planned.start);
            let due = who
                .as_ref()
                .map(|who| t!("alert-due", me = me(who), who = who.short(), time = time));
            (title, due.into_iter().collect())
        }
    };
    match &alert.silence {
        Silence::NotHeard(_, Some(last)) => {
            lines.push(t!("not-heard", when = say::moment(*last)));
        }
        Silence::NotHeard(_, None) => lines.push(t!("not-heard-ever")),
        Silence::NotStarted(_) | Silence::Nobody { .. } => {}
    }
    lines.push(t!("alert-team"));
    if !person.me {
        lines.push(t!("alert-call", name = person.short()));
    }
    lines.push(t!("alert-told", when = say::moment(alert.told)));
    (title, lines)
}

/// What became of it, and what was told before.
pub fn settled(alert: &Alert, end: &Settled) -> (String, Vec<String>) {
    let (title, at) = match end {
        Settled::ClockedIn(who, at) => (
            t!("alert-came", who = who.short()),
            Some(t!("alert-came-at", time = say::clock(*at))),
        ),
        Settled::Heard(who, at) => {
            let title = match who {
                Some(who) => t!("alert-came", who = who.short()),
                None => t!("alert-someone-came"),
            };
            let at = t!("alert-heard-at", time = say::clock(*at));
            (title, Some(at))
        }
        Settled::Others(who) => (t!("alert-others", names = names(who)), None),
        Settled::Cancelled => (t!("alert-cancelled"), None),
    };
    let before = t!(
        "alert-before",
        what = match alert.silence {
            Silence::Nobody { .. } => "open",
            Silence::NotStarted(_) | Silence::NotHeard(..) => "silent",
        },
        when = say::moment(alert.told)
    );
    (title, at.into_iter().chain([before]).collect())
}

/// What I was told about a visit that is not on the first page any more.
pub fn past(alert: &Alert) -> Element {
    let ended = alert.settled.as_ref().map(|end| settled(alert, end));
    let (title, lines) = ended.unwrap_or_else(|| {
        let title = match alert.silence {
            Silence::Nobody { .. } => t!("alert-was-open"),
            Silence::NotStarted(_) | Silence::NotHeard(..) => t!("alert-was-silent"),
        };
        let told = t!("alert-told", when = say::moment(alert.told));
        (title, vec![told])
    });
    rsx! {
        div { class: "message quiet",
            {icon(Icon::Bell)}
            div { class: "message-words",
                h3 { "{title}" }
                p {
                    "{say::stretch(alert.planned)}. "
                    {lines.join(" ")}
                }
            }
        }
    }
}
