//! *Put aside*, for the manager: what came in and was not taken into the records, as words.

use super::{
    face::{self, Face},
    story,
    waiting::{self, Act},
};
use crate::engine::Phone;
use kith_shared::{
    aside::{Kept, Page},
    documents::Told,
    domain::note::NoteText,
    ids::{MemberId, PersonId, QuarantineId, RecordId},
    intent::{Deed, Intent},
    policy::Refusal,
    time::Moment,
};

/// The screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// In the order in which they came.
    pub items: Vec<Item>,
    /// How many more there are after these.
    pub more: usize,
}

/// Something that was put aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Which.
    pub id: QuarantineId,
    /// Who sent it.
    pub who: Face<MemberId>,
    /// About whom, if about anyone.
    pub person: Option<Face<PersonId>>,
    /// When it came.
    pub came: Moment,
    /// Why it was not taken.
    pub why: Refusal,
    /// What it says; nothing where it cannot be read.
    pub says: Vec<Said>,
    /// Why it cannot be let in now.
    pub bar: Option<Refusal>,
}

/// One record of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Which.
    pub record: RecordId,
    /// What it is; nothing where this app does not know it.
    pub act: Option<Act>,
    /// When it was done.
    pub at: Moment,
    /// In whose name, where that is somebody else than who sent it.
    pub named: Option<Face<MemberId>>,
    /// The words of a note.
    pub words: Option<NoteText>,
    /// Why, in the words of who did it; empty where they said nothing.
    pub reason: String,
}

/// The screen, with what the relay said.
pub fn aside(phone: &Phone, page: &Page) -> Aside {
    Aside {
        items: page.kept.iter().map(|kept| item(phone, kept)).collect(),
        more: page.open.saturating_sub(page.kept.len()),
    }
}

fn item(phone: &Phone, kept: &Kept) -> Item {
    let records = kept.records.iter();
    Item {
        id: kept.quarantine,
        who: face::member(phone, kept.member),
        person: kept.document.person().map(|p| face::person(phone, p)),
        came: kept.received_at,
        why: kept.code,
        says: records
            .map(|(id, told)| said(phone, kept, *id, told))
            .collect(),
        bar: kept.bar,
    }
}

fn said(phone: &Phone, kept: &Kept, record: RecordId, told: &Told) -> Said {
    let Some(deed) = Deed::told(kept.document, record, told) else {
        return Said {
            record,
            act: None,
            at: record.made_at(),
            named: None,
            words: None,
            reason: String::new(),
        };
    };
    let named = (deed.by != kept.member).then(|| face::member(phone, deed.by));
    Said {
        record,
        act: Some(waiting::act(phone, &deed.intent)),
        at: deed.time.at,
        named,
        words: waiting::words(&deed.intent).cloned(),
        reason: reason(&deed.intent),
    }
}

fn reason(intent: &Intent) -> String {
    match intent {
        Intent::AmendClock { reason, .. } | Intent::AmendNote { reason, .. } => {
            reason.trim().to_owned()
        }
        Intent::Rota { says, .. } => story::reason(says),
        _ => String::new(),
    }
}
