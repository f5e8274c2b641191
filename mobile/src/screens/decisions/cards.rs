//! What needs a decision, as cards.

use super::{
    super::shift::{
        Step, claim_label, decline_label, tell,
        words::{self, name, names},
    },
    Opened,
};
use crate::{
    components::{face, icon, kind_mark, nobody},
    state::{App, say, use_app},
    view::{
        cover::{Asked, Taking},
        decisions::{Need, Wanted},
        face::Face,
    },
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{documents::rota::RotaRecord, domain::working_time::Warning, ids::MemberId};

/// Something that needs me, with its answers.
#[component]
pub fn Card(need: Need, open: Opened) -> Element {
    let app = use_app();
    match &need.what {
        Wanted::Yes {
            pa,
            instead,
            reason,
            ..
        } => yes(&app, &need, pa, instead, reason, open),
        Wanted::Take {
            asked,
            warnings,
            ask_person,
        } => take(&app, &need, asked, warnings, *ask_person, open),
        Wanted::Reason(warnings) => {
            let marks = rules(warnings);
            let words = t!("need-reason-words");
            let head = head(sign(Icon::Decision), &t!("need-reason"), &need, marks);
            let main = rsx! {
                {step(&need, Step::Claim, "button main", Icon::Yes, &t!("need-reason-do"), open)}
            };
            card("decision", &need, head, &words, open, main)
        }
        Wanted::Problem(warning) => {
            let (title, _) = words::warning(warning);
            let words = t!(
                "need-problem-words",
                when = words::when_in_line(&need.card),
                name = need.card.person.short()
            );
            let marks = rsx! {
                span { class: "mark need", {icon(Icon::Alert)} {t!("need-way-out")} }
            };
            let head = head(sign(Icon::Alert), &title, &need, Some(marks));
            let main = rsx! {
                {step(&need, Step::Ask, "button main", Icon::Cover, &t!("act-ask"), open)}
            };
            card("decision", &need, head, &words, open, main)
        }
        Wanted::Nobody { double } => {
            let marks = rsx! {
                span { class: "mark need", {icon(Icon::OpenShift)} {t!("need-open-mark")} }
                if double.is_some() {
                    span { class: "mark need", {icon(Icon::Alert)} {t!("need-double-mark")} }
                }
            };
            let words = double.as_ref();
            let words = words.map(|pa| t!("need-double", name = pa.short()));
            let title = words::when(&need.card);
            let more = t!("need-open-with", name = need.card.person.short());
            let head = head_of(nobody(), &title, &more, Some(marks));
            let main = rsx! {
                {step(&need, Step::Offer, "button main", Icon::Offer, &t!("need-offer-one"), open)}
            };
            let words = words.unwrap_or_default();
            card("decision open", &need, head, &words, open, main)
        }
        Wanted::NoAnswer(pa) => {
            let title = t!("need-no-answer", name = pa.short());
            let words = t!("need-no-answer-words", person = need.card.person.short());
            let head = head(face(pa, ""), &title, &need, None);
            card("decision", &need, head, &words, open, VNode::empty())
        }
    }
}

fn sign(of: Icon) -> Element {
    rsx! {
        span { class: "entry-sign", {icon(of)} }
    }
}

/// Whose matter it is, and which shift.
fn head(sign: Element, title: &str, need: &Need, marks: Option<Element>) -> Element {
    head_of(sign, title, &words::when_with(&need.card), marks)
}

fn head_of(sign: Element, title: &str, more: &str, marks: Option<Element>) -> Element {
    rsx! {
        div { class: "who",
            {sign}
            span { class: "who-words",
                span { class: "who-name", "{title}" }
                span { class: "who-more", "{more}" }
                if let Some(marks) = marks {
                    span { class: "marks", {marks} }
                }
            }
        }
    }
}

fn rules(warnings: &[Warning]) -> Option<Element> {
    if warnings.is_empty() {
        return None;
    }
    let short: Vec<_> = warnings.iter().map(|w| words::warning(w).0).collect();
    Some(rsx! {
        for words in short {
            span { class: "mark need", key: "{words}", {icon(Icon::Late)} "{words}" }
        }
    })
}

fn card(
    class: &'static str,
    need: &Need,
    head: Element,
    words: &str,
    mut open: Opened,
    buttons: Element,
) -> Element {
    let shift = need.card.shift;
    rsx! {
        li { class,
            {head}
            if !words.is_empty() {
                p { class: "decision-words", "{words}" }
            }
            button {
                r#type: "button",
                class: "button plain more",
                aria_haspopup: "dialog",
                onclick: move |_| open.set(Some((shift, Step::Story))),
                {t!("need-see")}
                span { class: "for-ears", ", {words::when_with(&need.card)}" }
            }
            div { class: "buttons", {buttons} }
        }
    }
}

/// A button that opens the shift at a form.
fn step(
    need: &Need,
    step: Step,
    class: &'static str,
    sign: Icon,
    words: &str,
    mut open: Opened,
) -> Element {
    let shift = need.card.shift;
    rsx! {
        button { r#type: "button", class, aria_haspopup: "dialog", onclick: move |_| open.set(Some((shift, step))),
            {icon(sign)}
            "{words}"
        }
    }
}

fn take(
    app: &App,
    need: &Need,
    asked: &Asked,
    warnings: &[Warning],
    ask_person: bool,
    mut open: Opened,
) -> Element {
    let who = asked.by.as_ref().map(name).unwrap_or_default();
    let by = || asked.by.as_ref().map_or_else(nobody, |by| face(by, ""));
    let mut class = "decision";
    let mut said = String::new();
    let (sign, title) = match (&asked.taking, &asked.by) {
        (Taking::Open, _) => {
            class = "decision open";
            (nobody(), words::when(&need.card))
        }
        (Taking::Offer, None) => (sign(Icon::Standby), t!("need-turn")),
        (Taking::Offer, Some(_)) => (by(), t!("need-offer", who = who.as_str())),
        (Taking::Swap(mine), _) => {
            said = t!(
                "need-swap-words",
                mine = words::when_in_line(&need.card),
                who = who.as_str(),
                theirs = words::when_in_line(mine)
            );
            (by(), t!("need-swap", who = who.as_str()))
        }
        (Taking::Handover, _) => (by(), t!("need-handover", who = who.as_str())),
        (Taking::Silent(news), _) => {
            class = "decision open";
            said = words::silence(*news, &who);
            let person = need.card.person.short();
            (by(), t!("alert-silent", me = "no", name = person))
        }
        (Taking::Cover, _) => (by(), t!("need-ask", who = who.as_str())),
    };
    if !asked.reason.is_empty() {
        let quoted = t!("reason-quoted", reason = asked.reason.as_str());
        format!("{said} {quoted}").trim().clone_into(&mut said);
    }
    let until = (asked.taking == Taking::Offer
        || (asked.taking == Taking::Cover && asked.until < need.card.planned.start))
        .then(|| t!("need-until", when = say::moment(asked.until)));
    let is_open = asked.taking == Taking::Open;
    let swap = matches!(asked.taking, Taking::Swap(_));
    let handover = matches!(asked.taking, Taking::Handover | Taking::Silent(_));
    let marks = rsx! {
        if is_open {
            span { class: "mark need", {icon(Icon::OpenShift)} {t!("need-open-mark")} }
        }
        if handover {
            span { class: "mark need", {icon(Icon::Handover)} {t!("need-handover-mark")} }
        }
        if swap {
            span { class: "mark", {icon(Icon::Swap)} {t!("need-swap-mark")} }
        }
        {kind_mark(need.card.kind)}
        if let Some(until) = until {
            span { class: "mark need", {icon(Icon::Hours)} "{until}" }
        }
        {rules(warnings)}
        if ask_person {
            span { class: "mark", {icon(Icon::Decision)} {t!("need-person", name = need.card.person.short())} }
        }
    };
    let more = match asked.taking {
        Taking::Open => t!("need-open-with", name = need.card.person.short()),
        _ => words::when_with(&need.card),
    };
    let head = head_of(sign, &title, &more, Some(marks));
    let (shift, at) = (need.card.shift, need.at);
    let reason = warnings.iter().any(Warning::needs_reason) && !handover;
    let what = asked.what;
    let answers = what.filter(|_| !is_open);
    let decline = {
        let app = app.clone();
        move |_| {
            if let Some(what) = what {
                let record = RotaRecord::Decline { shift, what };
                tell(&app, at, record, t!("said-decline"), None);
            }
        }
    };
    let app = app.clone();
    let claim = move |_| {
        if reason {
            open.set(Some((shift, Step::Claim)));
            return;
        }
        let record = RotaRecord::Claim {
            shift,
            answers,
            reason: String::new(),
        };
        tell(&app, at, record, t!("said-claim"), None);
    };
    let buttons = rsx! {
        button { r#type: "button", class: "button", onclick: decline, {decline_label(Some(&asked.taking))} }
        button { r#type: "button", class: "button main", onclick: claim,
            {icon(Icon::Yes)}
            {claim_label(Some(&asked.taking))}
        }
    };
    card(class, need, head, &said, open, buttons)
}

fn yes(
    app: &App,
    need: &Need,
    pa: &Face<MemberId>,
    instead: &[Face<MemberId>],
    reason: &str,
    mut open: Opened,
) -> Element {
    let app = app.clone();
    let title = if instead.is_empty() {
        t!("need-yes", name = pa.short())
    } else {
        t!(
            "need-yes-instead",
            name = pa.short(),
            names = names(instead)
        )
    };
    let stays = if instead.is_empty() {
        t!("need-yes-open")
    } else {
        t!("need-yes-until", names = names(instead))
    };
    let quoted = if reason.is_empty() {
        String::new()
    } else {
        t!("reason-quoted", reason = reason)
    };
    let (shift, at, id) = (need.card.shift, need.at, pa.id);
    let question = match &need.what {
        Wanted::Yes { question, .. } => Some(*question),
        _ => None,
    };
    let say_yes = move |_| {
        if let Some(what) = question {
            let record = RotaRecord::Yes { shift, what };
            tell(&app, at, record, t!("said-yes"), None);
        }
    };
    rsx! {
        li { class: "decision large",
            div { class: "who",
                {face(pa, "huge")}
                span { class: "who-words",
                    span { class: "who-name", "{title}" }
                    span { class: "who-more", {words::when(&need.card)} }
                }
            }
            p { class: "decision-words", "{quoted} {stays}" }
            div { class: "buttons",
                button { r#type: "button", class: "button", aria_haspopup: "dialog",
                    onclick: move |_| open.set(Some((shift, Step::No(id, false)))),
                    {icon(Icon::No)}
                    {t!("act-no", name = pa.short())}
                }
                button { r#type: "button", class: "button main", onclick: say_yes,
                    {icon(Icon::Yes)}
                    {t!("act-yes", name = pa.short())}
                }
            }
            button { r#type: "button", class: "button plain more", aria_haspopup: "dialog",
                onclick: move |_| open.set(Some((shift, Step::Story))),
                {t!("need-story")}
            }
        }
    }
}
