//! A shift on the rota: when, who with whom, and what it waits for, in words and signs.

use crate::{
    components::{face, icon, kind_mark, nobody},
    state::{App, say},
    view::{
        face::Face,
        rota::{RotaShift, Sign, Travel, Whose},
    },
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{domain::team::Role, ids::ShiftId};

/// As whom a shift is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// A PA looks at their own.
    Mine,
    /// The team's.
    Teams,
    /// The person, or who acts for them: all shifts are with them, and the yes is theirs to say.
    Persons,
}

impl Reads {
    /// As whom this phone's member reads.
    pub fn of(app: &App, whose: Whose) -> Self {
        match app.phone().me().map(|me| me.joined.role) {
            Some(Role::Person(_) | Role::AuthorisedPerson(_)) => Self::Persons,
            _ if whose == Whose::All => Self::Teams,
            _ => Self::Mine,
        }
    }
}

fn way(travel: Travel) -> Element {
    let (class, words) = if travel.is_tight() {
        let words = t!(
            "rota-travel-tight",
            there = say::length(travel.there_are),
            takes = say::length(travel.takes)
        );
        ("travel tight", words)
    } else {
        let words = t!("rota-travel", takes = say::length(travel.takes));
        ("travel", words)
    };
    rsx! {
        p { class, {icon(Icon::Travel)} span { "{words}" } }
    }
}

/// A shift, after the way to it; it opens its sheet.
#[component]
pub fn ShiftButton(shift: RotaShift, reads: Reads, onopen: EventHandler<ShiftId>) -> Element {
    let card = &shift.card;
    let id = card.shift;
    let who = who(&shift, reads);
    let kind = kind_mark(card.kind);
    rsx! {
        if let Some(travel) = shift.travel {
            {way(travel)}
        }
        button { r#type: "button", class: class(&shift, reads), aria_haspopup: "dialog", onclick: move |_| onopen(id),
            span { class: "shift-words",
                span { class: "shift-time", {say::stretch(card.planned)} }
                if !who.is_empty() {
                    span { class: "shift-who", "{who}" }
                }
                if kind.is_some() || !shift.signs.is_empty() {
                    span { class: "marks",
                        {kind}
                        for sign in &shift.signs {
                            {mark(sign, &shift, reads)}
                        }
                    }
                }
            }
            {faces(&shift, reads)}
        }
    }
}

fn class(shift: &RotaShift, reads: Reads) -> &'static str {
    let nobody = shift.card.is_open();
    if shift.is_draft() {
        "shift draft"
    } else if nobody {
        "shift open"
    } else if shift.is_asked() {
        "shift asked"
    } else if shift.card.is_mine() && reads == Reads::Teams {
        "shift mine"
    } else if shift.is_wanted() {
        "shift wanted"
    } else {
        "shift"
    }
}

/// Who comes, and to whom: what the reader knows anyway is left out.
fn who(shift: &RotaShift, reads: Reads) -> String {
    let card = &shift.card;
    let holders = card.pas.iter().map(|pa| {
        if pa.me {
            t!("you")
        } else {
            pa.short().to_owned()
        }
    });
    let holders = holders.collect::<Vec<_>>().join(", ");
    let persons = shift.persons.iter().map(Face::short);
    let persons = persons.collect::<Vec<_>>().join(", ");
    match reads {
        Reads::Persons => holders,
        Reads::Mine if card.is_mine() && card.pas.len() == 1 => match shift.persons.as_slice() {
            [person] => person.name.clone(),
            _ => persons,
        },
        _ if card.is_open() => t!("shift-open", name = persons),
        _ => t!("shift-who", holders = holders, name = persons),
    }
}

fn faces(shift: &RotaShift, reads: Reads) -> Element {
    let card = &shift.card;
    let alone = card.pas.len() == 1 && shift.missing == 0;
    rsx! {
        if reads == Reads::Mine && card.is_mine() && shift.missing == 0 {
            {face(&card.person, "")}
        } else if card.is_open() {
            {nobody()}
        } else if alone {
            {face(&card.pas[0], "")}
        } else {
            span { class: "faces",
                for pa in &card.pas {
                    {face(pa, "")}
                }
                for _ in 0..shift.missing {
                    {nobody()}
                }
            }
        }
    }
}

/// A sign with its words.
fn mark(sign: &Sign, shift: &RotaShift, reads: Reads) -> Element {
    let name = shift.card.person.short();
    let yours = reads == Reads::Persons;
    let (class, sign, words) = match sign {
        Sign::Draft => ("mark", Icon::Draft, t!("rota-draft")),
        Sign::Redraft => ("mark", Icon::Draft, t!("rota-redraft")),
        Sign::Open { needs, .. } if shift.card.is_open() && *needs == 1 => {
            ("mark", Icon::OpenShift, t!("nobody-yet"))
        }
        Sign::Open { missing, needs } => (
            "mark need",
            Icon::OpenShift,
            t!("rota-missing", missing = *missing, needs = *needs),
        ),
        Sign::Offered(pa) if pa.me => ("mark need", Icon::Offer, t!("rota-offered-you")),
        Sign::Offered(pa) => ("mark", Icon::Offer, t!("rota-offered", name = pa.short())),
        Sign::Wanted(pa) if pa.me => ("mark need", Icon::Cover, t!("rota-wanted-you")),
        Sign::Wanted(pa) if shift.card.pas.len() > 1 || yours => (
            "mark need",
            Icon::Cover,
            t!("rota-wanted-by", name = pa.short()),
        ),
        Sign::Wanted(_) => ("mark need", Icon::Cover, t!("rota-wanted")),
        Sign::Asked => ("mark info", Icon::Waiting, t!("rota-asked")),
        Sign::WaitsForYes(pa) if yours => (
            "mark need",
            Icon::Decision,
            t!("rota-waits-yours", pa = pa.short()),
        ),
        Sign::WaitsForYes(pa) if pa.me => (
            "mark info",
            Icon::Decision,
            t!("rota-waits-you", name = name),
        ),
        Sign::WaitsForYes(pa) => (
            "mark info",
            Icon::Decision,
            t!("rota-waits", name = name, pa = pa.short()),
        ),
        Sign::Standby => ("mark", Icon::Standby, t!("rota-standby")),
        Sign::Covers { pa, from } => ("mark good", Icon::Cover, covers(pa, from.as_ref())),
        Sign::Swapped => ("mark good", Icon::Swap, t!("rota-swapped")),
        Sign::Problem => ("mark need", Icon::Alert, t!("rota-problem")),
        Sign::Double(count) => (
            "mark brand",
            Icon::People,
            t!("rota-together", count = *count),
        ),
        Sign::Shadow(pa) if pa.me => ("mark", Icon::Eye, t!("rota-shadow-you")),
        Sign::Shadow(pa) => ("mark", Icon::Eye, t!("rota-shadow", name = pa.short())),
        Sign::Pooled(count) => (
            "mark brand",
            Icon::Person,
            t!("rota-pooled", count = *count),
        ),
    };
    rsx! {
        span { class, {icon(sign)} "{words}" }
    }
}

fn covers<Id>(pa: &Face<Id>, from: Option<&Face<Id>>) -> String {
    match (pa.me, from) {
        (true, Some(from)) => t!("rota-covers-you", name = from.short()),
        (true, None) => t!("rota-took-you"),
        (false, Some(from)) if from.me => t!("rota-covers-for-you", name = pa.short()),
        (false, Some(from)) => t!("rota-covers", name = from.short()),
        (false, None) => t!("rota-took", name = pa.short()),
    }
}
