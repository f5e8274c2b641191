//! A shift in a sheet: who is responsible, what happened, and what can be done about it.

mod ask;
pub mod form;
mod stands;
mod story;
mod take;
pub mod words;

use super::not_found::unknown;
use crate::{
    components::{Screen, Sheet, TopStyle, TroubleNow, empty, icon, icon_with, who},
    page,
    route::Route,
    state::{App, TOAST, now, say, use_app},
    view::cover::{Act, Said, Sheet as View, Taking, sheet},
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{
    documents::rota::RotaRecord,
    domain::cover::{Fit, ShiftRef},
    ids::{MemberId, RecordId, ShiftId},
    intent::Intent,
};

/// What the sheet shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Step {
    /// The shift and its story.
    #[default]
    Story,
    /// Asking for cover.
    Ask,
    /// Asking to swap.
    Swap,
    /// Offering it to one.
    Offer,
    /// Saying that I cannot come.
    CannotCome(RecordId),
    /// Handing over.
    HandOver,
    /// Taking it in spite of something.
    Claim,
    /// Saying no to a PA; whether they hold it.
    No(MemberId, bool),
}

/// A shift with an address of its own.
#[component]
pub fn ShiftPage(shift: ShiftId) -> Element {
    let app = use_app();
    let Some(found) = sheet(&app.phone(), shift, now()) else {
        return unknown();
    };
    let day = found.card.planned.start.day().to_string();
    let week = Route::RotaWeek { day };
    let back = week.clone();
    rsx! {
        Screen {
            title: t!("cover-shift"),
            back: (week.clone(), t!("cover-back")),
            style: TopStyle::Centred,
            {
                empty(
                    Icon::Rota,
                    &words::when(&found.card),
                    &t!("visit-with", name = found.card.person.name.as_str()),
                    Some(rsx! {
                        Link { class: "button", to: week, {t!("cover-see-rota")} }
                    }),
                )
            }
        }
        ShiftSheet {
            shift,
            onclose: move |()| {
                navigator().replace(back.clone());
            },
        }
    }
}

/// A shift in a sheet; it opens at its story, or at a form.
#[component]
pub fn ShiftSheet(
    shift: ShiftId,
    onclose: EventHandler<()>,
    #[props(default)] first: Step,
) -> Element {
    let app = use_app();
    let mut step = use_signal(|| first);
    let Some(found) = sheet(&app.phone(), shift, now()) else {
        return VNode::empty();
    };
    let back = move |()| {
        if first == Step::Story {
            step.set(Step::Story);
        } else {
            onclose(());
        }
    };
    match step() {
        Step::Story => rsx! {
            StorySheet { found, onclose, onstep: move |to| step.set(to) }
        },
        Step::Ask => rsx! {
            ask::AskForm { found, onback: back, onstep: move |to| step.set(to) }
        },
        Step::Swap => rsx! {
            ask::SwapForm { found, onback: back }
        },
        Step::Offer => rsx! {
            ask::OfferForm { found, onback: back }
        },
        Step::CannotCome(holding) => rsx! {
            take::CannotForm { found, holding, onback: back }
        },
        Step::HandOver => rsx! {
            take::HandOverForm { found, onback: back }
        },
        Step::Claim => rsx! {
            take::ClaimForm { found, onback: back }
        },
        Step::No(pa, holds) => rsx! {
            take::NoForm { found, pa, holds, onback: back }
        },
    }
}

#[component]
fn StorySheet(found: View, onclose: EventHandler<()>, onstep: EventHandler<Step>) -> Element {
    let card = &found.card;
    let foot = Foot::of(&found);
    let rest: Vec<_> = found.acts.iter().filter(|act| !foot.has(act)).collect();
    rsx! {
        Sheet { title: words::when(card), onclose,
            TroubleNow {}
            div { class: "group",
                {who(&card.person, "large", say::kind(card.kind))}
                if !card.address.is_empty() {
                    a { class: "next-place", href: page::map(&card.address), target: "_blank", rel: "noreferrer",
                        {icon(Icon::Place)}
                        span { "{card.address}" }
                    }
                }
            }
            {stands::responsible(&found)}
            {stands::waits(&found)}
            {stands::facts(&found)}
            if !rest.is_empty() {
                section { class: "group",
                    h3 { class: "group-title", {t!("also")} }
                    ul { class: "rows",
                        for act in rest {
                            AlsoRow { act: act.clone(), found: found.clone(), onstep }
                        }
                    }
                }
            }
            {story::story(&found.story, &card.person)}
            ul { class: "rows",
                li {
                    Link { class: "row", to: Route::Timeline { person: card.person.id },
                        {icon(Icon::Timeline)}
                        span { class: "row-words",
                            span { class: "row-title", {t!("act-story", name = card.person.short())} }
                        }
                        {icon_with(Icon::ChevronRight, "icon go")}
                    }
                }
            }
            FootButtons { foot, found: found.clone(), onstep }
        }
    }
}

/// What stays in sight at the foot: the likeliest act, or two answers.
#[derive(Debug, Clone, PartialEq)]
enum Foot {
    Nothing,
    /// One act.
    One(Act),
    /// No and yes.
    Two(Act, Act),
}

impl Foot {
    fn of(found: &View) -> Self {
        let find = |is: fn(&Act) -> bool| found.acts.iter().find(|act| is(act)).cloned();
        if let Some(yes) = find(|act| matches!(act, Act::Yes { .. })) {
            return match find(|act| matches!(act, Act::No { holds: false, .. })) {
                Some(no) => Self::Two(no, yes),
                None => Self::One(yes),
            };
        }
        let claim = find(|act| *act == Act::Claim);
        let decline = find(|act| matches!(act, Act::Decline { .. }));
        match (claim, decline) {
            (Some(claim), Some(decline)) => return Self::Two(decline, claim),
            (Some(one), None) | (None, Some(one)) => return Self::One(one),
            (None, None) => {}
        }
        let one = find(|act| {
            matches!(
                act,
                Act::Withdraw {
                    said: Said::Ask | Said::Handover | Said::Claim,
                    ..
                }
            )
        });
        let one = one.or_else(|| find(|act| *act == Act::HandOver));
        let one = one.or_else(|| find(|act| *act == Act::Ask));
        one.map_or(Self::Nothing, Self::One)
    }

    fn has(&self, act: &Act) -> bool {
        match self {
            Self::Nothing => false,
            Self::One(one) => one == act,
            Self::Two(one, other) => one == act || other == act,
        }
    }
}

#[component]
fn FootButtons(foot: Foot, found: View, onstep: EventHandler<Step>) -> Element {
    let app = use_app();
    let button = |act: &Act, class: &'static str| {
        let (app, found, act) = (app.clone(), found.clone(), act.clone());
        let (sign, label) = (sign(&act), label(&act, &found));
        rsx! {
            button { r#type: "button", class, onclick: move |_| perform(&app, &found, &act, onstep),
                if let Some(sign) = sign {
                    {icon(sign)}
                }
                "{label}"
            }
        }
    };
    let quiet = |act: &Act| {
        matches!(
            act,
            Act::Withdraw { .. } | Act::HandOver | Act::Decline { .. }
        )
    };
    match &foot {
        Foot::Nothing => VNode::empty(),
        Foot::One(act) => rsx! {
            div { class: "sheet-foot",
                {button(act, if quiet(act) { "button second" } else { "button primary" })}
            }
        },
        Foot::Two(no, yes) => rsx! {
            div { class: "sheet-foot",
                div { class: "buttons",
                    {button(no, "button")}
                    {button(yes, "button primary")}
                }
            }
        },
    }
}

#[component]
fn AlsoRow(act: Act, found: View, onstep: EventHandler<Step>) -> Element {
    let app = use_app();
    let hint = matches!(act, Act::CannotCome { .. }).then(|| t!("act-cannot-hint"));
    let (sign, label) = (sign(&act).unwrap_or(Icon::No), label(&act, &found));
    rsx! {
        li {
            button { r#type: "button", class: "row", onclick: move |_| perform(&app, &found, &act, onstep),
                {icon(sign)}
                span { class: "row-words",
                    span { class: "row-title", "{label}" }
                    if let Some(hint) = hint {
                        span { class: "row-more", "{hint}" }
                    }
                }
                {icon_with(Icon::ChevronRight, "icon go")}
            }
        }
    }
}

fn sign(act: &Act) -> Option<Icon> {
    Some(match act {
        Act::Yes { .. } | Act::Claim => Icon::Yes,
        Act::No { .. } => Icon::No,
        Act::Decline { .. } => return None,
        Act::Withdraw { .. } => Icon::Undo,
        Act::Ask => Icon::Cover,
        Act::Swap => Icon::Swap,
        Act::Offer => Icon::Offer,
        Act::CannotCome { .. } => Icon::Ill,
        Act::HandOver => Icon::Handover,
        Act::Plan => Icon::Amended,
    })
}

fn label(act: &Act, found: &View) -> String {
    let taking = found.asked.as_ref().map(|asked| &asked.taking);
    match act {
        Act::Yes { pa, .. } => t!("act-yes", name = pa.short()),
        Act::No { pa, holds: false } => t!("act-no", name = pa.short()),
        Act::No { pa, holds: true } => t!("act-no-holder", name = pa.short()),
        Act::Claim if found.asked.as_ref().is_some_and(|a| a.kept.is_some()) => {
            t!("act-claim-standby")
        }
        Act::Claim => claim_label(taking),
        Act::Decline { .. } => decline_label(taking),
        Act::Withdraw { said, .. } => t!("act-take-back", what = story::said_key(*said)),
        Act::Ask => t!("act-ask"),
        Act::Swap => t!("act-swap"),
        Act::Offer => t!("act-offer"),
        Act::CannotCome { .. } => t!("act-cannot"),
        Act::HandOver => t!("act-hand-over"),
        Act::Plan => t!("act-plan"),
    }
}

/// The word on the button that takes a shift.
pub fn claim_label(taking: Option<&Taking>) -> String {
    match taking {
        Some(Taking::Offer) => t!("act-claim-offer"),
        Some(Taking::Swap(_)) => t!("act-claim-swap"),
        Some(Taking::Handover) => t!("act-claim-handover"),
        Some(Taking::Silent(_)) => t!("act-claim-silent"),
        Some(Taking::Open | Taking::Cover) | None => t!("act-claim"),
    }
}

/// The word on the button that does not.
pub fn decline_label(taking: Option<&Taking>) -> String {
    match taking {
        Some(Taking::Offer) => t!("act-decline-offer"),
        Some(Taking::Swap(_)) => t!("act-decline-swap"),
        _ => t!("act-decline"),
    }
}

/// Whether the claim needs a few words first.
pub fn needs_reason(fit: Option<&Fit>, begun: bool) -> bool {
    match fit {
        Some(Fit::Fits { warnings, .. }) => {
            !begun
                && warnings
                    .iter()
                    .any(kith_shared::domain::working_time::Warning::needs_reason)
        }
        Some(Fit::Blocked(_)) | None => true,
    }
}

/// Does it, or opens the form that it needs.
fn perform(app: &App, found: &View, act: &Act, onstep: EventHandler<Step>) {
    let shift = found.at.shift;
    let say = |record, words| tell(app, found.at, record, words, None);
    match act {
        Act::Yes { question, .. } => say(
            RotaRecord::Yes {
                shift,
                what: *question,
            },
            t!("said-yes"),
        ),
        Act::No { pa, holds } => onstep(Step::No(pa.id, *holds)),
        Act::Claim => {
            if needs_reason(found.fit.as_ref(), found.begun) {
                onstep(Step::Claim);
            } else {
                claim(app, found, String::new(), None);
            }
        }
        Act::Decline { what } => say(
            RotaRecord::Decline { shift, what: *what },
            t!("said-decline"),
        ),
        Act::Withdraw { what, .. } => say(
            RotaRecord::Withdraw { shift, what: *what },
            t!("said-taken-back"),
        ),
        Act::Ask => onstep(Step::Ask),
        Act::Swap => onstep(Step::Swap),
        Act::Offer => onstep(Step::Offer),
        Act::CannotCome { holding } => onstep(Step::CannotCome(*holding)),
        Act::HandOver => onstep(Step::HandOver),
        Act::Plan => {
            navigator().push(Route::PlanShift { shift });
        }
    }
}

/// Takes the shift, or asks to.
fn claim(app: &App, found: &View, reason: String, then: Option<EventHandler<()>>) {
    let open = |taking: &Taking| *taking == Taking::Open;
    let asked = found.asked.as_ref().filter(|asked| !open(&asked.taking));
    let record = RotaRecord::Claim {
        shift: found.at.shift,
        answers: asked.and_then(|asked| asked.what),
        reason,
    };
    tell(app, found.at, record, t!("said-claim"), then);
}

/// Says it, and that it is saved. A form goes on to `then`; a button may be gone by then, and what
/// it does must not go with it.
pub fn tell(
    app: &App,
    at: ShiftRef,
    record: RotaRecord,
    words: String,
    then: Option<EventHandler<()>>,
) {
    let app = app.clone();
    let said = async move {
        if app.act(Intent::say(at, record)).await.is_some() {
            *TOAST.write() = Some(words);
            if let Some(then) = then {
                then(());
            }
        }
    };
    if then.is_some() {
        spawn(said);
    } else {
        dioxus::core::spawn_forever(said);
    }
}
