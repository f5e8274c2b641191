//! Asking for cover, asking to swap, offering to one colleague.

use super::{
    Step,
    form::{ReasonField, Until, UntilField, check, choice_words, send, sign_words, wrong_line},
    stands::{in_form, message, of_shift},
    tell, words,
};
use crate::{
    components::{Sheet, TroubleNow},
    state::{now, use_app},
    view::{
        colleagues::{Colleague, Colleagues, Exchange, colleagues, exchanges},
        cover::Sheet as View,
        face::Face,
    },
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{
    documents::rota::RotaRecord,
    domain::{
        availability::Can,
        cover::{Block, Cover},
        working_time::Warning,
    },
    ids::{MemberId, PersonId},
    limits,
};

/// What is known of a colleague, in a line.
fn hint(of: &Colleague, person: &Face<PersonId>) -> String {
    let mut said = Vec::new();
    if of.standby {
        said.push(t!("colleague-standby"));
    }
    match of.can {
        Can::Yes => {}
        Can::RatherNot => said.push(t!("colleague-rather-not")),
        Can::No => said.push(t!("colleague-cannot")),
    }
    if of.warnings.iter().any(Warning::needs_reason) {
        said.push(t!("colleague-rules"));
    }
    if of.ask_person {
        said.push(t!("ask-person-first", name = person.short()));
    }
    if said.is_empty() {
        said.push(t!("colleague-free"));
    }
    said.join(" ")
}

/// Those who cannot, and why.
fn others(found: &Colleagues, person: &Face<PersonId>) -> Element {
    let line = |(face, block): &(Face<MemberId>, Block)| {
        t!(
            "block-theirs",
            why = words::why(*block),
            who = face.short(),
            name = person.short()
        )
    };
    let lines: Vec<_> = found.others.iter().map(line).collect();
    rsx! {
        if found.free.is_empty() {
            p { class: "soft", {t!("colleagues-none")} }
        }
        if !lines.is_empty() {
            p { class: "soft", {lines.join(" ")} }
        }
    }
}

#[component]
pub fn AskForm(found: View, onback: EventHandler<()>, onstep: EventHandler<Step>) -> Element {
    let app = use_app();
    let (shift, start) = (found.at.shift, found.card.planned.start);
    let of = colleagues(&app.phone(), shift, now());
    let mut some = use_signal(|| false);
    let chosen = use_signal(Vec::<MemberId>::new);
    let until = use_signal(|| Until::Start);
    let given = use_signal(String::new);
    let mut wrong = use_signal(|| None::<String>);
    let at = found.at;
    let ask = move |event: FormEvent| {
        event.prevent_default();
        let pas = chosen.peek().clone();
        let reason = match check(&given.peek(), None) {
            Ok(reason) => reason,
            Err(words) => return wrong.set(Some(words)),
        };
        if some() && pas.is_empty() {
            return wrong.set(Some(t!("ask-choose")));
        }
        if *until.peek() == Until::Wrong {
            return wrong.set(Some(t!("until-wrong")));
        }
        let record = RotaRecord::Ask {
            shift,
            cover: if some() {
                Cover::These { pas }
            } else {
                Cover::Anyone
            },
            until: until.peek().moment(start).filter(|at| *at != start),
            reason,
        };
        tell(&app, at, record, t!("said-ask"), Some(onback));
    };
    let words = match (some(), chosen.read().len()) {
        (false, _) => t!("ask-do"),
        (true, 0) => t!("act-ask"),
        (true, count) => t!("ask-do-some", count = count),
    };
    rsx! {
        Sheet { title: t!("act-ask"), onclose: onback,
            TroubleNow {}
            {of_shift(&found)}
            {in_form(&found, t!("until-confirmed"))}
            form { class: "form", id: "over-shift", novalidate: true, onsubmit: ask,
                fieldset {
                    legend { class: "legend", {t!("form-whom")} }
                    div { class: "choices",
                        label { class: "choice",
                            input { r#type: "radio", name: "whom", checked: !some(), onchange: move |_| some.set(false) }
                            {sign_words(Icon::People, &t!("whom-anyone"), &t!("whom-anyone-hint"))}
                        }
                        label { class: "choice",
                            input { r#type: "radio", name: "whom", checked: some(), onchange: move |_| some.set(true) }
                            {sign_words(Icon::Person, &t!("whom-some"), &t!("whom-some-hint"))}
                        }
                        label { class: "choice",
                            input { r#type: "radio", name: "whom", onchange: move |_| onstep(Step::Swap) }
                            {sign_words(Icon::Swap, &t!("act-swap"), &t!("whom-swap-hint"))}
                        }
                    }
                }
                if some() {
                    fieldset {
                        legend { class: "for-ears", {t!("whom-some-hint")} }
                        div { class: "choices",
                            for one in &of.free {
                                {colleague_box(one, &found.card.person, chosen)}
                            }
                        }
                    }
                    {others(&of, &found.card.person)}
                }
                UntilField { start, chosen: until, wrong: wrong.read().is_some() }
                ReasonField {
                    label: t!("form-why"),
                    hint: t!("form-why-hint", name = found.card.person.short()),
                    given,
                }
                {wrong_line(wrong.read().as_ref().filter(|_| until() != Until::Wrong))}
            }
            {send("button primary", Icon::Cover, &words)}
        }
    }
}

fn colleague_box(
    one: &Colleague,
    person: &Face<PersonId>,
    mut chosen: Signal<Vec<MemberId>>,
) -> Element {
    let pa = one.face.id;
    let ticked = chosen.read().contains(&pa);
    rsx! {
        label { class: "choice", key: "{pa}",
            input {
                r#type: "checkbox",
                checked: ticked,
                onchange: move |event| {
                    let mut chosen = chosen.write();
                    chosen.retain(|other| *other != pa);
                    if event.checked() && chosen.len() < limits::ITEMS {
                        chosen.push(pa);
                    }
                },
            }
            {choice_words(&one.face, &one.face.name, &hint(one, person))}
        }
    }
}

#[component]
pub fn OfferForm(found: View, onback: EventHandler<()>) -> Element {
    let app = use_app();
    let (shift, start) = (found.at.shift, found.card.planned.start);
    let of = colleagues(&app.phone(), shift, now());
    let mut chosen = use_signal(|| None::<MemberId>);
    let until = use_signal(|| Until::first(start));
    let mut wrong = use_signal(|| None::<String>);
    let at = found.at;
    let offer = move |event: FormEvent| {
        event.prevent_default();
        let Some(to) = chosen() else {
            return wrong.set(Some(t!("offer-choose")));
        };
        let Some(until) = until.peek().moment(start) else {
            return wrong.set(Some(t!("until-wrong")));
        };
        let record = RotaRecord::Offer { shift, to, until };
        tell(&app, at, record, t!("said-offer"), Some(onback));
    };
    let to = of.free.iter().find(|c| Some(c.face.id) == chosen());
    let words = match to {
        Some(to) => t!("offer-do", name = to.face.short()),
        None => t!("act-offer"),
    };
    rsx! {
        Sheet { title: t!("act-offer"), onclose: onback,
            TroubleNow {}
            {of_shift(&found)}
            {in_form(&found, t!("until-confirmed"))}
            form { class: "form", id: "over-shift", novalidate: true, onsubmit: offer,
                fieldset {
                    legend { class: "legend", {t!("offer-whom")} }
                    p { class: "hint", {t!("offer-hint")} }
                    div { class: "choices",
                        for one in &of.free {
                            label { class: "choice", key: "{one.face.id}",
                                input {
                                    r#type: "radio",
                                    name: "to",
                                    checked: chosen() == Some(one.face.id),
                                    onchange: {
                                        let pa = one.face.id;
                                        move |_| chosen.set(Some(pa))
                                    },
                                }
                                {choice_words(&one.face, &one.face.name, &hint(one, &found.card.person))}
                            }
                        }
                    }
                }
                {others(&of, &found.card.person)}
                UntilField { start, chosen: until, wrong: wrong.read().is_some() }
                {wrong_line(wrong.read().as_ref().filter(|_| until() != Until::Wrong))}
            }
            if !of.free.is_empty() {
                {send("button primary", Icon::Offer, &words)}
            }
        }
    }
}

#[component]
pub fn SwapForm(found: View, onback: EventHandler<()>) -> Element {
    let app = use_app();
    let (shift, start) = (found.at.shift, found.card.planned.start);
    let all = exchanges(&app.phone(), shift, now());
    let mut chosen = use_signal(|| None::<usize>);
    let until = use_signal(|| Until::Start);
    let given = use_signal(String::new);
    let mut wrong = use_signal(|| None::<String>);
    let at = found.at;
    let picked = chosen().and_then(|n| all.get(n)).cloned();
    let words = match &picked {
        Some(picked) => t!("swap-do", name = picked.pa.short()),
        None => t!("act-swap"),
    };
    let ask = move |event: FormEvent| {
        event.prevent_default();
        let Some(picked) = picked.clone() else {
            return wrong.set(Some(t!("swap-choose")));
        };
        // What speaks against it for me is mine to give a reason for, and now is the time.
        let must = picked.mine.iter().any(Warning::needs_reason);
        let reason = match check(&given.peek(), must.then(|| t!("claim-why-missing"))) {
            Ok(reason) => reason,
            Err(words) => return wrong.set(Some(words)),
        };
        if *until.peek() == Until::Wrong {
            return wrong.set(Some(t!("until-wrong")));
        }
        let record = RotaRecord::Ask {
            shift,
            cover: picked.cover,
            until: until.peek().moment(start).filter(|at| *at != start),
            reason,
        };
        tell(&app, at, record, t!("said-ask"), Some(onback));
    };
    rsx! {
        Sheet { title: t!("act-swap"), onclose: onback,
            TroubleNow {}
            {of_shift(&found)}
            {in_form(&found, t!("until-confirmed"))}
            if all.is_empty() {
                {message("message quiet", Icon::Swap, &t!("swap-none"), &t!("swap-none-words"))}
            } else {
                form { class: "form", id: "over-shift", novalidate: true, onsubmit: ask,
                    fieldset {
                        legend { class: "legend", {t!("swap-which")} }
                        p { class: "hint", {t!("whom-swap-hint")} }
                        div { class: "choices",
                            for (n , one) in all.iter().enumerate() {
                                label { class: "choice", key: "{one.card.shift}{one.pa.id}",
                                    input {
                                        r#type: "radio",
                                        name: "for",
                                        checked: chosen() == Some(n),
                                        onchange: move |_| chosen.set(Some(n)),
                                    }
                                    {choice_words(&one.pa, &words::when(&one.card), &exchange_hint(one))}
                                }
                            }
                        }
                    }
                    UntilField { start, chosen: until, wrong: wrong.read().is_some() }
                    ReasonField {
                        label: t!("form-why"),
                        hint: t!("form-why-hint", name = found.card.person.short()),
                        given,
                    }
                    {wrong_line(wrong.read().as_ref().filter(|_| until() != Until::Wrong))}
                }
                {send("button primary", Icon::Swap, &words)}
            }
        }
    }
}

fn exchange_hint(one: &Exchange) -> String {
    let who = one.pa.short();
    let mut said = t!("swap-row", who = who, name = one.card.person.short());
    if one.mine.iter().any(Warning::needs_reason) {
        said = format!("{said}. {}", t!("swap-rules-mine"));
    }
    if one.theirs.iter().any(Warning::needs_reason) {
        said = format!("{said}. {}", t!("swap-rules-theirs", name = who));
    }
    said
}
