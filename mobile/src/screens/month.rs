//! The rota by month: who works when in initials, and the shifts of the chosen day.

use super::{
    rota::{
        card::{Reads, ShiftButton},
        tools::{self, Looking, Shown, Tools},
    },
    shift::ShiftSheet,
};
use crate::{
    components::{Screen, TopStyle},
    page,
    route::Route,
    state::{now, say, today, use_app},
    view::{
        month::{Chip, Initials, MonthDay, RotaMonth as Shows, Standing, month},
        rota::{Whose, day},
        when::When,
    },
};
use dioxus::prelude::*;
use kith_shared::{
    ids::ShiftId,
    time::{Day, Month},
};
use std::rc::Rc;

/// The day that was looked at last: it stays on the way to the week and back.
static CHOSEN: GlobalSignal<Option<Day>> = Signal::global(|| None);

/// Where the month of this day is, with the day chosen.
pub fn route(day: Day) -> Route {
    *CHOSEN.write() = Some(day);
    Route::RotaMonth { month: day.month() }
}

/// A month.
#[component]
pub fn RotaMonth(month: Month) -> Element {
    let app = use_app();
    let whose = tools::whose(&app);
    let reads = Reads::of(&app, whose);
    let mut open = use_signal(|| None::<ShiftId>);
    let mut heading = use_signal(|| None::<Rc<MountedData>>);
    let of_month = |day: &Day| day.month() == month;
    let chosen = CHOSEN().filter(of_month);
    let chosen = chosen.or(Some(today()).filter(of_month));
    let chosen = chosen.unwrap_or(month.first());
    let shows = self::month(&app.phone(), month, whose, now());
    let of_day = day(&app.phone(), chosen, whose, now());
    let choose = move |day| {
        *CHOSEN.write() = Some(day);
        if let Some(heading) = heading() {
            page::reveal(&heading);
        }
    };
    rsx! {
        Screen { title: t!("rota"), style: TopStyle::Wide,
            Tools {
                shown: Shown::Month(month, chosen),
                title: say::month(month),
                before: (Route::RotaMonth { month: month.previous() }, t!("month-before")),
                after: (Route::RotaMonth { month: month.next() }, t!("month-after")),
            }
            div { class: "month-panes",
                section { class: "group", aria_labelledby: "span",
                    Grid { shows: shows.clone(), chosen, onchoose: choose }
                }
                div { class: "stack",
                    section { class: "group", aria_labelledby: "chosen", aria_live: "polite",
                        h2 { id: "chosen", onmounted: move |mounted| heading.set(Some(mounted.data())),
                            {say::title(When::On(chosen), chosen)}
                        }
                        if of_day.shifts.is_empty() {
                            p { class: "soft", {t!("rota-none")} }
                        }
                        div { class: "day-shifts",
                            for shift in of_day.shifts {
                                ShiftButton { key: "{shift.card.shift}", shift, reads, onopen: move |shift| open.set(Some(shift)) }
                            }
                        }
                    }
                    Legend { shows, whose }
                }
            }
            Looking {}
        }
        if let Some(shift) = open() {
            ShiftSheet { shift, onclose: move |()| open.set(None) }
        }
    }
}

#[component]
fn Grid(shows: Shows, chosen: Day, onchoose: EventHandler<Day>) -> Element {
    let first = shows.month.first();
    let today = today();
    rsx! {
        div {
            div { class: "month-names", aria_hidden: "true",
                for n in 0..7 {
                    span { key: "{n}", {say::short_weekday(first.monday().plus(n))} }
                }
            }
            ol { class: "month-grid",
                for n in 0..first.weekday() {
                    li { class: "gap", key: "gap-{n}", aria_hidden: "true" }
                }
                for day in shows.days {
                    li { key: "{day.day}",
                        DayButton { chosen: day.day == chosen, since: day.day.since(today).signum(), day, onchoose }
                    }
                }
            }
        }
    }
}

#[component]
fn DayButton(
    day: MonthDay,
    chosen: bool,
    /// Whether it is before today, today, or after.
    since: i32,
    onchoose: EventHandler<Day>,
) -> Element {
    let date = day.day;
    let class = match since {
        0 => "month-day today",
        ..0 => "month-day past",
        _ => "month-day",
    };
    let name = say::title(When::On(date), date);
    let ears = if day.open > 0 {
        t!(
            "month-day-open",
            day = name,
            count = day.shifts,
            open = day.open
        )
    } else {
        t!("month-day", day = name, count = day.shifts)
    };
    rsx! {
        button {
            r#type: "button",
            class,
            aria_pressed: chosen,
            aria_current: (since == 0).then_some("date"),
            onclick: move |_| onchoose(date),
            span { class: "day-number", aria_hidden: "true", "{date.number()}" }
            span { class: "for-ears", "{ears}" }
            span { class: "month-chips", aria_hidden: "true",
                for chip in &day.chips {
                    {pa(chip)}
                }
                if day.more > 0 {
                    span { class: "month-more", "+{day.more}" }
                }
            }
        }
    }
}

/// Initials; a sign where nobody is.
fn pa(chip: &Chip) -> Element {
    let mine = if chip.mine { " mine" } else { "" };
    let standing = match chip.standing {
        Standing::Open => {
            return rsx! {
                span { class: "pa open", "!" }
            };
        }
        Standing::Wanted => " wanted",
        Standing::Asked | Standing::Draft => " draft",
        Standing::Held => "",
    };
    rsx! {
        span { class: "pa pa-{chip.pattern}{mine}{standing}", "{chip.letters}" }
    }
}

/// Whose initials they are, and what the signs mean: those that are on this month.
#[component]
fn Legend(shows: Shows, whose: Whose) -> Element {
    if shows.legend.is_empty() && !shows.has(Standing::Open) {
        return VNode::empty();
    }
    let like = shows.legend.first().cloned();
    let signs = [
        (Standing::Open, t!("nobody-yet")),
        (Standing::Wanted, t!("rota-wanted")),
        (Standing::Asked, t!("rota-asked")),
        (Standing::Draft, t!("rota-draft")),
    ];
    let signs = signs.into_iter().filter(|(s, _)| shows.has(*s));
    rsx! {
        section { class: "group", aria_labelledby: "signs",
            h2 { id: "signs", {t!("month-legend")} }
            ul { class: "legend-row",
                for who in &shows.legend {
                    li { key: "{who.letters}-{who.pattern}-{who.name}",
                        {pa(&chip(who, Standing::Held))}
                        span {
                            if who.me && whose == Whose::All {
                                {t!("you")}
                            } else {
                                "{who.name}"
                            }
                        }
                    }
                }
                for (standing , words) in signs {
                    li { key: "{standing:?}",
                        if let Some(like) = &like {
                            {pa(&Chip { mine: false, ..chip(like, standing) })}
                        } else {
                            span { class: "pa open", "!" }
                        }
                        span { "{words}" }
                    }
                }
            }
        }
    }
}

fn chip(who: &Initials, standing: Standing) -> Chip {
    Chip {
        letters: who.letters.clone(),
        pattern: who.pattern,
        mine: who.me,
        standing,
    }
}
