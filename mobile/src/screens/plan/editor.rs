//! The form of a shift: new, drafted, or on the rota.

use super::{
    change::{CancelShift, ThisOrFollowing},
    fields::{Fields, Repeats},
    not_allowed, when,
    who::Who,
};
use crate::{
    components::{Screen, TopStyle, icon, who as face_and_name},
    platform,
    route::Route,
    screens::not_found::unknown,
    state::{App, TOAST, now, say, use_app},
    view::{
        face,
        plan::{Form, Given, MayPlan, Wrong, form, may_plan, mistake},
    },
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{
    domain::{
        cover::ShiftRef,
        plan::{As, PlanError, Scope},
    },
    ids::ShiftId,
    intent::Intent,
    limits,
};

/// A new shift.
#[component]
pub fn PlanNew() -> Element {
    rsx! {
        Editor { shift: None }
    }
}

/// A shift that is drafted or on the rota.
#[component]
pub fn PlanShift(shift: ShiftId) -> Element {
    rsx! {
        Editor { key: "{shift}", shift: Some(shift) }
    }
}

#[component]
fn Editor(shift: Option<ShiftId>) -> Element {
    let app = use_app();
    // As it was when the form was opened: what is typed is not moved by what arrives.
    let opened = use_hook(|| form(&app.phone(), shift, now()));
    if let Some(form) = opened {
        return rsx! {
            EditForm { form }
        };
    }
    match may_plan(&app.phone(), now()) {
        MayPlan::No { holders } => rsx! {
            div { class: "app bare",
                Screen { title: t!("plan"), back: (Route::Rota {}, t!("back-to-rota")), style: TopStyle::Centred, status: false,
                    {not_allowed(&holders)}
                }
            }
        },
        MayPlan::Yes { .. } => unknown(),
    }
}

/// What is wrong, and what to do.
pub(super) fn wrong_words(wrong: Wrong) -> String {
    match wrong {
        Wrong::Person | Wrong::Series(PlanError::NoPerson) => t!("plan-wrong-person"),
        Wrong::Day => t!("plan-wrong-day"),
        Wrong::Times => t!("plan-wrong-times"),
        Wrong::Over => t!("plan-wrong-over"),
        Wrong::Until => t!("plan-wrong-until"),
        Wrong::Taken => t!("plan-wrong-taken"),
        Wrong::Series(PlanError::EndsFirst) => t!("plan-wrong-ends-first"),
        Wrong::Series(PlanError::TooLong) => t!("plan-wrong-long", weeks = limits::SERIES_DAYS / 7),
        Wrong::Series(PlanError::TooMany) => {
            t!("plan-wrong-many", count = limits::SHIFTS_PER_SERIES)
        }
        Wrong::Series(PlanError::NoDay) => t!("plan-wrong-no-day"),
    }
}

/// What the sheets over the form are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    Scope(As),
    Cancel,
}

/// What is done with the form.
async fn save(
    app: &App,
    form: &Form,
    given: &Given,
    how: As,
    scope: Scope,
) -> Result<(), Option<Wrong>> {
    let now = app.shell().now();
    let ready = given.read(now).map_err(Some)?;
    if form.published && *given == form.given {
        // Nothing is changed, so nobody is told.
        navigator().replace(Route::Plan {});
        return Ok(());
    }
    let mut dice = platform::dice;
    let (intents, said) = match form.at {
        None => {
            let planned = ready.plan(how, now, &mut dice);
            let planned = planned.map_err(|e| Some(Wrong::Series(e)))?;
            let count = planned.len();
            let said = match how {
                As::Draft => t!("plan-drafted", count = count),
                As::Published => t!("plan-published", count = count),
            };
            (planned, said)
        }
        Some(at) => {
            let reason = t!("plan-moved", day = say::short_day(ready.day));
            let phone = app.phone();
            let intents = ready.change(&phone, at, scope, how, &reason, now, &mut dice);
            let said = match how {
                As::Draft if !form.published => t!("plan-draft-changed"),
                _ => t!("plan-changed"),
            };
            (intents, said)
        }
    };
    act(app, intents, said).await.ok_or(None)
}

/// Does all of it, or none, and goes back to the plan.
pub(super) async fn act(app: &App, intents: Vec<Intent>, said: String) -> Option<()> {
    app.act_all(intents).await?;
    *TOAST.write() = Some(said);
    navigator().replace(Route::Plan {});
    Some(())
}

#[component]
fn EditForm(form: Form) -> Element {
    let app = use_app();
    let given = use_signal(|| form.given.clone());
    // Once a mistake was named, the form says at each change whether it is put right.
    let mut looked = use_signal(|| false);
    let mut over = use_signal(|| None::<Over>);
    let mut busy = use_signal(|| false);
    let at = form.at;
    let published = form.published;
    let person = at.map(|at: ShiftRef| face::person(&app.phone(), at.person));
    let saved = form.clone();
    let checking = app.clone();
    let wrong = looked()
        .then(|| mistake(&app.phone(), &given.read(), at, now()))
        .flatten();
    let submit = use_callback(move |(how, scope): (As, Scope)| {
        let (app, form) = (app.clone(), saved.clone());
        spawn(async move {
            if busy() {
                return;
            }
            busy.set(true);
            let what = given.peek().clone();
            if let Err(Some(_)) = save(&app, &form, &what, how, scope).await {
                looked.set(true);
                over.set(None);
            }
            busy.set(false);
        });
    });
    let repeats = form.repeats;
    // A change of what repeats asks first how much of it is meant; a mistake is said before.
    let press = use_callback(move |how: As| {
        if mistake(&checking.phone(), &given.peek(), at, now()).is_some() {
            looked.set(true);
            return;
        }
        if repeats && at.is_some() {
            over.set(Some(Over::Scope(how)));
        } else {
            submit((how, Scope::This));
        }
    });
    let title = match (at, published) {
        (None, _) => t!("plan-new"),
        (Some(_), false) => t!("plan-draft"),
        (Some(_), true) => t!("plan-change"),
    };
    let planned = form.planned.map(when).unwrap_or_default();
    rsx! {
        div { class: "app bare",
            Screen {
                title,
                more: planned.clone(),
                back: (Route::Plan {}, t!("back-to-plan")),
                style: TopStyle::Centred,
                status: false,
                form { class: "form", id: "shift", novalidate: true, onsubmit: move |event| event.prevent_default(),
                    if let Some(person) = &person {
                        {face_and_name(person, "", None)}
                    }
                    Fields { given, new: at.is_none(), wrong }
                    Who { given, instead: at }
                    if at.is_none() {
                        Repeats { given, wrong }
                    }
                }
                if at.is_some() {
                    ul { class: "rows",
                        li {
                            button { r#type: "button", class: "row", onclick: move |_| over.set(Some(Over::Cancel)),
                                {icon(Icon::Cancelled)}
                                span { class: "row-words",
                                    span { class: "row-title",
                                        if published {
                                            {t!("plan-cancel")}
                                        } else {
                                            {t!("plan-drop")}
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
                if let Some(wrong) = wrong {
                    p { class: "error", {icon(Icon::Alert)} span { {wrong_words(wrong)} } }
                }
                div { class: "dock",
                    if published {
                        button { r#type: "button", class: "button primary", onclick: move |_| press(As::Published), {t!("plan-change-do")} }
                    } else {
                        button { r#type: "button", class: "button second", onclick: move |_| press(As::Published),
                            {icon(Icon::Publish)}
                            {t!("plan-publish-now")}
                        }
                        button { r#type: "button", class: "button primary", onclick: move |_| press(As::Draft), {t!("plan-keep")} }
                    }
                }
                if let (Some(Over::Scope(how)), Some(at)) = (over(), at) {
                    ThisOrFollowing {
                        at,
                        planned: planned.clone(),
                        onsave: move |scope| submit((how, scope)),
                        onclose: move |()| over.set(None),
                    }
                }
                if let (Some(Over::Cancel), Some(at)) = (over(), at) {
                    CancelShift {
                        at,
                        published,
                        repeats,
                        planned: planned.clone(),
                        onclose: move |()| over.set(None),
                    }
                }
            }
        }
    }
}
