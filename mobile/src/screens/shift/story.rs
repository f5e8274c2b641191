//! The story of a shift, entry by entry.

use super::words::{self, me, moment, name, names, why};
use crate::{
    components::{face, icon},
    state::say,
    view::{
        cover::Said,
        face::Face,
        story::{Cause, Entry, What},
    },
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{
    domain::cover::News,
    ids::{MemberId, PersonId},
};

/// What happened, the latest first.
pub fn story(entries: &[Entry], person: &Face<PersonId>) -> Element {
    rsx! {
        section { class: "group", aria_labelledby: "story",
            h3 { class: "group-title", id: "story", {t!("story")} }
            ol { class: "story brief",
                for one in entries {
                    {entry(one, person)}
                }
            }
        }
    }
}

/// What stands in an entry.
#[derive(Default)]
struct Told {
    /// What happened.
    head: String,
    /// Whose name in it is to be seen first.
    bold: String,
    /// More about it, each a sentence.
    why: Vec<String>,
    /// Its sign where there is no face.
    sign: Option<Icon>,
    /// From then on someone else is responsible.
    word: bool,
    /// From then on nobody is.
    open: bool,
}

fn entry(entry: &Entry, person: &Face<PersonId>) -> Element {
    let told = tell(entry, person);
    let open = told.open || entry.opens;
    let class = match (told.word || open, open) {
        (_, true) => "entry word open",
        (true, _) => "entry word",
        _ => "entry",
    };
    let teller = entry.by.as_ref().filter(|_| told.sign.is_none());
    let mut more = told.why;
    if !entry.reason.is_empty() {
        more.push(t!("reason-quoted", reason = entry.reason.as_str()));
    }
    rsx! {
        li { class, key: "{entry.id}",
            if let Some(by) = teller {
                {face(by, "")}
            } else {
                span { class: "entry-sign", {icon(told.sign.unwrap_or(Icon::Info))} }
            }
            div { class: "entry-body",
                div { class: "entry-head",
                    h3 { {bold(&told.head, &told.bold)} }
                    p { {moment(entry.at)} }
                }
                if !more.is_empty() {
                    p { class: "entry-why", {more.join(" ")} }
                }
                if entry.waits {
                    p { class: "status waiting",
                        {icon(Icon::Waiting)}
                        {t!("story-waits")}
                    }
                }
            }
        }
    }
}

/// A line with a name in it that is to be seen first.
fn bold(line: &str, name: &str) -> Element {
    match line.split_once(name).filter(|_| !name.is_empty()) {
        Some((before, after)) => rsx! {
            "{before}"
            b { "{name}" }
            "{after}"
        },
        None => rsx! { "{line}" },
    }
}

#[allow(clippy::too_many_lines)] // A table of what can happen and its words.
fn tell(entry: &Entry, person: &Face<PersonId>) -> Told {
    let by = entry.by.as_ref();
    let who = by.map(|by| by.short().to_owned()).unwrap_or_default();
    let mine = by.map_or("no", me);
    let seen_first = match by {
        Some(by) if by.me => t!("story-you"),
        _ => who.clone(),
    };
    let said = |head: String| Told {
        head,
        bold: seen_first.clone(),
        ..Told::default()
    };
    let who = who.as_str();
    match &entry.what {
        What::Drafted => said(t!("story-drafted", me = mine, who = who)),
        What::Published => Told {
            sign: Some(Icon::Publish),
            ..said(t!("story-published", me = mine, who = who))
        },
        What::Changed { before, pas } => {
            let was = before.map(|before| t!("story-was", time = say::stretch(before)));
            let pas = pas.as_ref().map(|pas| {
                if pas.is_empty() {
                    t!("story-now-open")
                } else {
                    t!("story-now-for", names = names(pas))
                }
            });
            Told {
                sign: Some(Icon::Amended),
                why: was.into_iter().chain(pas).collect(),
                ..said(t!("story-changed", me = mine, who = who))
            }
        }
        What::Cancelled => Told {
            sign: Some(Icon::Cancelled),
            word: true,
            ..said(t!("story-cancelled", me = mine, who = who))
        },
        What::Asked { whom } if whom.is_empty() => said(t!("story-asked", me = mine, who = who)),
        What::Asked { whom } => said(t!(
            "story-asked-whom",
            me = mine,
            who = who,
            names = names(whom)
        )),
        What::AskedSwap { pa, with } => Told {
            why: (with.iter())
                .map(|card| t!("story-swap-for", when = words::when_with(card)))
                .collect(),
            ..said(t!(
                "story-asked-swap",
                me = mine,
                who = who,
                names = name(pa)
            ))
        },
        What::CannotCome => said(t!("story-cannot", me = mine, who = who)),
        What::Offered { to, until } => Told {
            why: vec![t!("story-until", when = say::moment(*until))],
            ..match by {
                Some(_) => said(t!("story-offered", me = mine, who = who, names = name(to))),
                None => Told {
                    sign: Some(Icon::Offer),
                    ..said(t!("story-kept", names = name(to)))
                },
            }
        },
        What::HandOver { to: None } => said(t!("story-handover", me = mine, who = who)),
        What::HandOver { to: Some(to) } => said(t!(
            "story-handover-to",
            me = mine,
            who = who,
            names = name(to)
        )),
        What::Claimed => said(t!("story-claimed", me = mine, who = who)),
        What::Declined => said(t!("story-declined", me = mine, who = who)),
        What::TookBack(what) => said(t!(
            "story-took-back",
            me = mine,
            who = who,
            what = what.map_or("other", said_key)
        )),
        What::SaidYes { pa } => {
            let pa = pa.as_ref().map(name).unwrap_or_default();
            said(t!("story-yes", me = mine, who = who, names = pa))
        }
        What::SaidNo { pa } => said(t!("story-no", me = mine, who = who, names = name(pa))),
        What::AskLate => Told {
            sign: Some(Icon::Late),
            why: vec![t!("story-ask-late-why")],
            ..said(t!("story-ask-late"))
        },
        What::YesWanted { pa, person } => Told {
            sign: Some(Icon::Decision),
            ..said(t!(
                "story-yes-wanted",
                me = words::yes(person.me),
                who = person.short(),
                names = name(pa)
            ))
        },
        What::Responsible { who, cause } => responsible(who, cause),
        What::Standby { pa } => about(pa, Icon::Standby, |me, who| {
            let head = t!("story-standby", me = me, who = who);
            (head, t!("story-standby-why"))
        }),
        What::NotPossible { pa, block } => about(pa, Icon::Cannot, |me, who| {
            let head = t!("story-not-possible", me = me, who = who);
            let why = match me {
                "yes" => t!("block-mine", why = why(*block), name = person.short()) + ".",
                _ => t!(
                    "block-theirs",
                    why = why(*block),
                    who = who,
                    name = person.short()
                ),
            };
            (head, why)
        }),
        What::NeedsReason { pa } => about(pa, Icon::Decision, |me, who| {
            let head = t!("story-needs-reason", me = me, who = who);
            (head, t!("story-needs-reason-why"))
        }),
        What::Lapsed { pa } => about(pa, Icon::Info, |me, who| {
            (t!("story-lapsed", me = me, who = who), String::new())
        }),
        What::Told { news, to } => notice(*news, to),
    }
}

fn about(
    pa: &Face<MemberId>,
    sign: Icon,
    say: impl FnOnce(&'static str, &str) -> (String, String),
) -> Told {
    let (head, why) = say(me(pa), pa.short());
    Told {
        head,
        bold: pa.short().to_owned(),
        why: Some(why)
            .filter(|why| !why.is_empty())
            .into_iter()
            .collect(),
        sign: Some(sign),
        ..Told::default()
    }
}

fn responsible(who: &[Face<MemberId>], cause: &Cause) -> Told {
    let how = match who {
        [only] if only.me => "me",
        [_] => "one",
        _ => "many",
    };
    let when = |card: &Option<Box<crate::view::shift::ShiftCard>>| {
        card.as_ref().map(|card| words::when_with(card))
    };
    let why = match cause {
        Cause::Plan => vec![t!("cause-plan")],
        Cause::Granted { from, silent, owed } => {
            let place = match from {
                Some(from) if *silent => {
                    t!("cause-silent", me = me(from), name = from.short())
                }
                Some(from) => t!("cause-covers", me = me(from), name = from.short()),
                None => t!("cause-open"),
            };
            let owed = (*owed > 0).then(|| t!("cause-owed", length = say::length(*owed)));
            [place].into_iter().chain(owed).collect()
        }
        Cause::Swapped { with } => when(with)
            .map(|when| t!("cause-swapped", when = when))
            .into_iter()
            .collect(),
        Cause::DoubleBooked { pa, with } => vec![t!(
            "cause-double",
            me = me(pa),
            name = pa.short(),
            when = when(with).unwrap_or_default()
        )],
        Cause::NotWanted { pa } => {
            vec![t!("cause-not-wanted", me = me(pa), name = pa.short())]
        }
        Cause::Left { pa } => vec![t!("cause-left", name = pa.short())],
    };
    let open = who.is_empty();
    Told {
        head: if open {
            t!("story-open")
        } else {
            t!("story-responsible", how = how, names = names(who))
        },
        bold: if how == "one" {
            names(who)
        } else {
            String::new()
        },
        why,
        sign: Some(match (open, cause) {
            (true, _) => Icon::OpenShift,
            (_, Cause::Swapped { .. }) => Icon::Swap,
            _ => Icon::Cover,
        }),
        word: true,
        open,
    }
}

fn notice(news: News, to: &[Face<MemberId>]) -> Told {
    let key = match news {
        News::Asked | News::Offered => "asked",
        News::Open => "open",
        News::Unfilled => "unfilled",
        News::HandOver => "handover",
        News::Filled => "filled",
        News::Cancelled => "cancelled",
        News::NoAnswer => "no-answer",
        News::NotStarted | News::NotHeard { .. } => "not-started",
        News::Late => "late",
        News::Started => "started",
        News::Changed | News::YesWanted => "changed",
    };
    let why = match news {
        News::NotHeard { last: Some(last) } => vec![t!("not-heard", when = say::moment(last))],
        News::NotHeard { last: None } => vec![t!("not-heard-ever")],
        _ => Vec::new(),
    };
    Told {
        head: if to.is_empty() {
            t!("story-asked-nobody")
        } else {
            t!("story-told", news = key, names = names(to))
        },
        why,
        sign: Some(Icon::Bell),
        ..Told::default()
    }
}

/// What was said, for messages to choose by.
pub fn said_key(said: Said) -> &'static str {
    match said {
        Said::Ask => "ask",
        Said::Offer => "offer",
        Said::Handover => "handover",
        Said::Claim => "claim",
        Said::Veto => "veto",
    }
}
