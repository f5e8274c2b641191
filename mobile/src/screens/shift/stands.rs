//! How it stands with a shift: who is responsible, what of mine waits, what else there is to know.

use super::words::{self, full_names, name, names};
use crate::{
    components::{face, icon, kind_mark, nobody},
    state::say,
    view::{
        cover::{Mine, Sheet, Stands, Taking, Until},
        face::Face,
        shift::ShiftCard,
    },
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{domain::cover::Fit, ids::MemberId};

/// The one line that is always true.
pub fn responsible(found: &Sheet) -> Element {
    let pas = &found.card.pas;
    match found.stands {
        Stands::Cancelled => off(
            rsx! {
                span { class: "entry-sign", {icon(Icon::Cancelled)} }
            },
            &t!("responsible-cancelled"),
            t!("responsible-cancelled-words"),
        ),
        Stands::Draft => off(
            match pas.first() {
                Some(pa) => face(pa, ""),
                None => nobody(),
            },
            &t!("responsible-draft"),
            if pas.is_empty() {
                t!("responsible-draft-open")
            } else {
                t!("responsible-draft-meant", names = full_names(pas))
            },
        ),
        Stands::On => on(found),
    }
}

fn off(sign: Element, title: &str, more: String) -> Element {
    line("who responsible off", sign, title, Some(more))
}

fn line(class: &'static str, sign: Element, title: &str, more: Option<String>) -> Element {
    rsx! {
        div { class,
            {sign}
            span { class: "who-words",
                span { class: "who-name", "{title}" }
                if let Some(more) = more {
                    span { class: "who-more", "{more}" }
                }
            }
        }
    }
}

fn on(found: &Sheet) -> Element {
    let pas = &found.card.pas;
    if pas.is_empty() {
        let since = found.story.iter().find(|entry| entry.opens);
        let since = since.map(|entry| t!("open-since", when = say::moment(entry.at)));
        return line(
            "who responsible open",
            nobody(),
            &t!("responsible-open"),
            since,
        );
    }
    let alone = pas.len() == 1 && found.card.is_mine();
    let title = if found.missing > 0 {
        t!(
            "responsible-and-open",
            names = full_names(pas),
            count = found.missing
        )
    } else {
        let me = words::yes(alone);
        t!("responsible-is", me = me, names = full_names(pas))
    };
    let class = match (found.missing > 0, found.card.is_mine()) {
        (true, _) => "who responsible open",
        (_, true) => "who responsible mine",
        _ => "who responsible",
    };
    let more = match (&found.here, &found.until) {
        (Some(since), _) => Some(t!("here-clocked-in", time = say::clock(*since))),
        (None, Some(Until::Confirmed)) => Some(t!("until-confirmed")),
        (None, Some(Until::Yes(pa))) if found.card.person.me => {
            Some(t!("until-your-yes", name = pa.short()))
        }
        (None, Some(Until::Yes(pa))) => Some(t!(
            "until-yes",
            person = found.card.person.short(),
            name = name(pa)
        )),
        (None, Some(Until::TakenOver)) => Some(t!("until-taken-over")),
        (None, None) => None,
    };
    line(class, faces(pas, found.missing), &title, more)
}

/// Those who do it together, and the places that nobody has.
fn faces(pas: &[Face<MemberId>], missing: usize) -> Element {
    if let ([pa], 0) = (pas, missing) {
        return face(pa, "");
    }
    rsx! {
        span { class: "faces",
            for pa in pas {
                {face(pa, "")}
            }
            for _ in 0..missing {
                {nobody()}
            }
        }
    }
}

/// Who holds it now, at the head of a form.
pub fn in_form(found: &Sheet, more: String) -> Element {
    let pas = &found.card.pas;
    if pas.is_empty() {
        return line(
            "who responsible open",
            nobody(),
            &t!("responsible-open"),
            None,
        );
    }
    let mine = found.card.is_mine();
    let title = if mine {
        t!("responsible-stay")
    } else {
        t!("responsible-is", me = "no", names = full_names(pas))
    };
    let class = if mine {
        "who responsible mine"
    } else {
        "who responsible"
    };
    line(class, faces(pas, 0), &title, Some(more))
}

/// A message inside the sheet.
pub fn message(class: &'static str, sign: Icon, title: &str, words: &str) -> Element {
    rsx! {
        div { class,
            {icon(sign)}
            div { class: "message-words",
                h3 { "{title}" }
                p { "{words}" }
            }
        }
    }
}

/// What of mine waits, and what is kept for whom.
pub fn waits(found: &Sheet) -> Element {
    let person = found.card.person.short();
    let mine = found.mine.as_ref().map(|mine| match mine {
        Mine::Asked { sent } => message(
            "message",
            Icon::Waiting,
            &t!("mine-asked"),
            &if *sent {
                t!("mine-asked-sent")
            } else {
                t!("mine-asked-saved")
            },
        ),
        Mine::Waits => message(
            "message",
            Icon::Decision,
            &t!("mine-waits", name = person),
            &t!("mine-waits-words", name = person),
        ),
        Mine::Standby(place) => message(
            "message",
            Icon::Standby,
            &t!("mine-standby"),
            &t!("mine-standby-words", place = *place),
        ),
        Mine::NeedsReason(_) => message(
            "message need",
            Icon::Decision,
            &t!("mine-reason"),
            &t!("mine-reason-words"),
        ),
        Mine::NotPossible(block) => message(
            "message quiet",
            Icon::Cannot,
            &t!("mine-not-possible"),
            &format!(
                "{}. {}",
                t!("block-mine", why = words::why(*block), name = person),
                t!("block-mine-words", why = words::why(*block))
            ),
        ),
    });
    let after_all = found.after_all.iter().map(|(pa, since)| {
        let who = pa.short();
        let words = t!("after-all-words", me = words::me(pa), who = who);
        let time = say::clock(*since);
        let title = t!("after-all", me = words::me(pa), who = who, time = time);
        message("message", Icon::ClockIn, &title, &words)
    });
    rsx! {
        {after_all}
        {mine}
        {asked(found)}
        if found.begun && found.card.is_mine() && found.stands == Stands::On && !found.card.over {
            p { class: "soft", {t!("begun-words")} }
        }
    }
}

fn asked(found: &Sheet) -> Element {
    let Some(asked) = &found.asked else {
        return VNode::empty();
    };
    let until = say::moment(asked.until);
    let person = found.card.person.short();
    let possible = matches!(found.fit, Some(Fit::Fits { .. }));
    let kept = asked.kept.as_ref().filter(|_| possible);
    let kept = kept.map(|(pa, until)| {
        message(
            "message quiet",
            Icon::Offer,
            &t!("kept-for", name = pa.short(), when = say::moment(*until)),
            &t!("kept-for-words"),
        )
    });
    let offer = (possible && asked.taking == Taking::Offer).then(|| match &asked.by {
        Some(by) => message(
            "message need",
            Icon::Hours,
            &t!("offered-alone", name = by.short(), when = until.clone()),
            &t!("offered-alone-words"),
        ),
        None => message(
            "message need",
            Icon::Hours,
            &t!("offered-standby", when = until.clone()),
            &t!("offered-standby-words"),
        ),
    });
    let silent = match &asked.taking {
        Taking::Silent(news) => {
            let who = asked.by.as_ref().map(name).unwrap_or_default();
            let title = t!("alert-silent", me = "no", name = person);
            let words = words::silence(*news, &who);
            Some(message("message need", Icon::Alert, &title, &words))
        }
        _ => None,
    };
    let blocked = match &found.fit {
        Some(Fit::Blocked(block)) => Some(message(
            "message quiet",
            Icon::Cannot,
            &t!("block-mine", why = words::why(*block), name = person),
            &t!("block-mine-words", why = words::why(*block)),
        )),
        _ => None,
    };
    let ask_person = matches!(
        found.fit,
        Some(Fit::Fits {
            ask_person: true,
            ..
        })
    );
    rsx! {
        {kept}
        {offer}
        {silent}
        if let Taking::Swap(mine) = &asked.taking {
            {swap(found, mine, asked.by.as_ref())}
        }
        {blocked}
        if ask_person && !found.begun {
            p { class: "soft", {t!("ask-person-first", name = person)} }
        }
    }
}

fn swap(found: &Sheet, mine: &ShiftCard, by: Option<&Face<MemberId>>) -> Element {
    let who = by.map(name).unwrap_or_default();
    rsx! {
        section { class: "group",
            h3 { class: "group-title", {t!("swap-both")} }
            ul { class: "rows",
                {swap_row(&found.card, &t!("swap-you-take", when = words::when_in_line(&found.card)))}
                {swap_row(mine, &t!("swap-they-take", name = who, when = words::when_in_line(mine)))}
            }
        }
    }
}

fn swap_row(card: &ShiftCard, title: &str) -> Element {
    let mut more = card.person.name.clone();
    if let Some(kind) = say::kind(card.kind) {
        more = format!("{more} · {kind}");
    }
    rsx! {
        li {
            div { class: "row",
                {face(&card.person, "")}
                span { class: "row-words",
                    span { class: "row-title", "{title}" }
                    span { class: "row-more", "{more}" }
                }
            }
        }
    }
}

/// What else there is to know.
pub fn facts(found: &Sheet) -> Element {
    let neighbours = |card: &ShiftCard| {
        if card.pas.is_empty() {
            t!("nobody-yet")
        } else {
            names(&card.pas)
        }
    };
    let before = found.before.as_ref().map(|before| {
        let time = say::clock(before.planned.end);
        t!("shift-until", names = neighbours(before), time = time)
    });
    let after = found.after.as_ref().map(|after| {
        let time = say::clock(after.planned.start);
        t!("shift-from", names = neighbours(after), time = time)
    });
    let standby = (!found.standbys.is_empty()).then(|| names(&found.standbys));
    let rows = [
        (
            t!("visit-length"),
            Some(say::length(found.card.planned.minutes())),
        ),
        (t!("shift-standby"), standby),
        (t!("shift-before"), before),
        (t!("shift-after"), after),
    ];
    let kind = kind_mark(found.card.kind);
    let double = found.card.pas.len() + found.missing > 1;
    let marks = kind.is_some() || double || !found.shadows.is_empty() || !found.pooled.is_empty();
    rsx! {
        if marks {
            p { class: "marks",
                {kind}
                if double {
                    span { class: "mark brand", {icon(Icon::People)} {t!("double-up")} }
                }
                if !found.shadows.is_empty() {
                    span { class: "mark", {icon(Icon::Eye)} {t!("shadows", names = names(&found.shadows))} }
                }
                for other in &found.pooled {
                    span { class: "mark brand", key: "{other.shift}", {icon(Icon::Person)}
                        {t!("pooled-with", name = other.person.short(), time = say::stretch(other.planned))}
                    }
                }
            }
        }
        if let Some(travel) = &found.travel {
            p { class: "travel",
                {icon(Icon::Travel)}
                span { {t!("travel-from", length = say::length(travel.minutes), name = travel.from.short())} }
            }
        }
        dl { class: "facts card padded-sides",
            for (term , words) in rows {
                if let Some(words) = words {
                    div {
                        dt { "{term}" }
                        dd { "{words}" }
                    }
                }
            }
        }
    }
}

/// The line under the title of a form.
pub fn of_shift(found: &Sheet) -> Element {
    rsx! {
        p { class: "soft", {words::when_with(&found.card)} }
    }
}
