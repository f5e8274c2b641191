//! Taking a shift in spite of something, giving it up, handing it over, saying no to a PA.

use super::{
    claim,
    form::{ReasonField, check, choice_words, send, sign_words},
    stands::{in_form, message, of_shift},
    tell, words,
};
use crate::{
    components::{Sheet, TroubleNow},
    state::{now, use_app},
    view::{
        colleagues::colleagues,
        cover::{Mine, Sheet as View},
    },
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{
    documents::rota::RotaRecord,
    domain::{cover::Fit, working_time::Warning},
    ids::{MemberId, RecordId},
};

#[component]
pub fn ClaimForm(found: View, onback: EventHandler<()>) -> Element {
    let app = use_app();
    let given = use_signal(String::new);
    let mut wrong = use_signal(|| None::<String>);
    let person = found.card.person.short().to_owned();
    let (warnings, block) = match &found.fit {
        Some(Fit::Fits { warnings, .. }) => (warnings.clone(), None),
        Some(Fit::Blocked(block)) => (Vec::new(), Some(*block)),
        None => (Vec::new(), None),
    };
    // What the relay found weighs as much as what this phone foresees.
    let warnings = match (&found.mine, warnings.is_empty()) {
        (Some(Mine::NeedsReason(asked)), true) => asked.clone(),
        _ => warnings,
    };
    let must = warnings.iter().any(Warning::needs_reason);
    let open = found.asked.is_some() && block.is_none();
    let take = {
        let found = found.clone();
        move |event: FormEvent| {
            event.prevent_default();
            match check(&given.peek(), must.then(|| t!("claim-why-missing"))) {
                Ok(reason) => claim(&app, &found, reason, Some(onback)),
                Err(words) => wrong.set(Some(words)),
            }
        }
    };
    rsx! {
        Sheet { title: t!("act-claim"), onclose: onback,
            TroubleNow {}
            {of_shift(&found)}
            {in_form(&found, t!("until-you-confirmed"))}
            if let Some(block) = block {
                {
                    message(
                        "message quiet",
                        Icon::Cannot,
                        &t!("block-mine", why = words::why(block), name = person.as_str()),
                        &t!("block-mine-words", why = words::why(block)),
                    )
                }
            }
            for one in &warnings {
                {
                    let (title, more) = words::warning(one);
                    message("message need", Icon::Late, &title, &more)
                }
            }
            if open {
                form { class: "form", id: "over-shift", novalidate: true, onsubmit: take,
                    ReasonField {
                        label: t!("claim-why"),
                        hint: t!("claim-why-hint"),
                        given,
                        wrong: wrong(),
                    }
                }
                {send("button primary", Icon::Yes, &t!("claim-do"))}
            }
        }
    }
}

#[component]
pub fn CannotForm(found: View, holding: RecordId, onback: EventHandler<()>) -> Element {
    let app = use_app();
    let mut what = use_signal(|| 0_usize);
    let given = use_signal(String::new);
    let mut wrong = use_signal(|| None::<String>);
    let (at, shift) = (found.at, found.at.shift);
    let person = found.card.person.short();
    let reasons = [
        t!("cannot-ill"),
        t!("cannot-accident"),
        t!("cannot-home"),
        t!("cannot-other"),
    ];
    let say = {
        let reasons = reasons.clone();
        move |event: FormEvent| {
            event.prevent_default();
            let more = match check(&given.peek(), None) {
                Ok(more) => more,
                Err(words) => return wrong.set(Some(words)),
            };
            // *Something else* says nothing that the words do not.
            let last = reasons.len() - 1;
            let kind = reasons.get(what()).filter(|_| what() != last).cloned();
            let said: Vec<_> = kind.into_iter().chain(Some(more)).collect();
            let said: Vec<_> = said.into_iter().filter(|s| !s.is_empty()).collect();
            let record = RotaRecord::CannotCome {
                shift,
                holding,
                reason: said.join(". "),
            };
            tell(&app, at, record, t!("said-cannot"), Some(onback));
        }
    };
    let title = match found.card.pas.len() {
        0 | 1 => t!("cannot-open", name = person),
        _ => t!("cannot-open-two", name = person),
    };
    rsx! {
        Sheet { title: t!("act-cannot"), onclose: onback,
            TroubleNow {}
            {of_shift(&found)}
            {message("message stop", Icon::Alert, &title, &t!("cannot-open-words", name = person))}
            form { class: "form", id: "over-shift", novalidate: true, onsubmit: say,
                fieldset {
                    legend { class: "legend", {t!("cannot-what")} }
                    div { class: "chips",
                        for (n , words) in reasons.iter().enumerate() {
                            label { class: "chip", key: "{n}",
                                input { r#type: "radio", name: "what", checked: what() == n, onchange: move |_| what.set(n) }
                                span { "{words}" }
                            }
                        }
                    }
                }
                ReasonField {
                    label: t!("cannot-more"),
                    hint: t!("cannot-more-hint"),
                    given,
                    wrong: wrong(),
                }
            }
            {send("button second stop", Icon::Ill, &t!("act-cannot"))}
        }
    }
}

#[component]
pub fn HandOverForm(found: View, onback: EventHandler<()>) -> Element {
    let app = use_app();
    let (at, shift) = (found.at, found.at.shift);
    let of = colleagues(&app.phone(), shift, now());
    let mut chosen = use_signal(|| None::<MemberId>);
    let given = use_signal(String::new);
    let mut wrong = use_signal(|| None::<String>);
    let hand = move |event: FormEvent| {
        event.prevent_default();
        let reason = match check(&given.peek(), None) {
            Ok(reason) => reason,
            Err(words) => return wrong.set(Some(words)),
        };
        let record = RotaRecord::Handover {
            shift,
            to: chosen(),
            reason,
        };
        tell(&app, at, record, t!("said-offer"), Some(onback));
    };
    rsx! {
        Sheet { title: t!("act-hand-over"), onclose: onback,
            TroubleNow {}
            {of_shift(&found)}
            {in_form(&found, t!("until-taken"))}
            form { class: "form", id: "over-shift", novalidate: true, onsubmit: hand,
                fieldset {
                    legend { class: "legend", {t!("offer-whom")} }
                    div { class: "choices",
                        label { class: "choice",
                            input { r#type: "radio", name: "hand", checked: chosen().is_none(), onchange: move |_| chosen.set(None) }
                            {sign_words(Icon::People, &t!("hand-anyone"), "")}
                        }
                        for one in of.free {
                            label { class: "choice", key: "{one.face.id}",
                                input {
                                    r#type: "radio",
                                    name: "hand",
                                    checked: chosen() == Some(one.face.id),
                                    onchange: {
                                        let pa = one.face.id;
                                        move |_| chosen.set(Some(pa))
                                    },
                                }
                                {choice_words(&one.face, &one.face.name, &if one.standby { t!("colleague-standby") } else { String::new() })}
                            }
                        }
                    }
                }
                ReasonField {
                    label: t!("hand-why"),
                    hint: t!("hand-why-hint"),
                    given,
                    wrong: wrong(),
                }
            }
            {send("button primary", Icon::Handover, &t!("hand-do"))}
        }
    }
}

#[component]
pub fn NoForm(found: View, pa: MemberId, holds: bool, onback: EventHandler<()>) -> Element {
    let app = use_app();
    let given = use_signal(String::new);
    let mut wrong = use_signal(|| None::<String>);
    let (at, shift) = (found.at, found.at.shift);
    let face = crate::view::face::member(&app.phone(), pa);
    let name = face.short().to_owned();
    let say = move |event: FormEvent| {
        event.prevent_default();
        match check(&given.peek(), None) {
            Ok(reason) => {
                let record = RotaRecord::Veto { shift, pa, reason };
                tell(&app, at, record, t!("said-no"), Some(onback));
            }
            Err(words) => wrong.set(Some(words)),
        }
    };
    rsx! {
        Sheet { title: t!("act-no", name = name.as_str()), onclose: onback,
            TroubleNow {}
            {of_shift(&found)}
            form { class: "form", id: "over-shift", novalidate: true, onsubmit: say,
                ReasonField {
                    label: t!("no-why"),
                    hint: t!("no-why-hint", name = name.as_str()),
                    given,
                    wrong: wrong(),
                }
            }
            p { class: "soft",
                if holds {
                    {t!("no-holder-words", name = name.as_str())}
                } else {
                    {t!("no-asked-words", name = name.as_str())}
                }
            }
            {send("button second stop", Icon::No, &t!("no-do"))}
        }
    }
}
