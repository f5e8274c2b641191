//! When a PA can work: a usual week painted by tap, days that are other, leave, and how much.

mod agreed;
mod days;
mod week;

use super::not_found::unknown_here;
use crate::{
    components::Screen,
    route::Route,
    state::{now, use_app},
    view::availability::page,
};
use agreed::{HowMuch, MoreThan48};
use days::OtherDays;
use dioxus::prelude::*;
use kith_shared::ids::MemberId;
use week::{Week, WeekToRead};

/// Mine, to change.
#[component]
pub fn Availability() -> Element {
    let app = use_app();
    let me = app.me().map(|me| me.joined.member);
    let Some(page) = me.and_then(|me| page(&app.phone(), me, now())) else {
        return unknown_here();
    };
    rsx! {
        Screen { title: t!("availability"), back: (Route::Me {}, t!("back-to-me")),
            Week { page: page.clone() }
            OtherDays { page: page.clone(), change: true }
            HowMuch { page: page.clone() }
            MoreThan48 { page }
        }
    }
}

/// That of a PA, to read.
#[component]
pub fn AvailabilityOf(pa: MemberId) -> Element {
    let app = use_app();
    let Some(page) = page(&app.phone(), pa, now()) else {
        return unknown_here();
    };
    let most = page
        .most
        .map(|hours| t!("available-most-read", count = hours));
    let elsewhere =
        (page.elsewhere > 0).then(|| t!("available-elsewhere-read", count = page.elsewhere));
    rsx! {
        Screen { title: page.pa.name.clone(), more: t!("availability"), back: (Route::Me {}, t!("back-to-me")),
            WeekToRead { page: page.clone() }
            OtherDays { page: page.clone(), change: false }
            if let Some(most) = most {
                p { "{most}" }
            }
            if let Some(elsewhere) = elsewhere {
                p { "{elsewhere}" }
            }
        }
    }
}
