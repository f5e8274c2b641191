//! The messages of `POST /v1/sync`.
//!
//! A phone says where it stands in the journal of each of its teams and hands in what it wrote;
//! the relay answers each change by name and sends what is new. One exchange levels both.

use super::{Digest, Proof, chain::Signature};
use crate::{
    aside::End,
    bytes::{Array, Bytes},
    documents::DocumentId,
    ids::{Epoch, MemberId, QuarantineId, RecordId, TeamId},
    policy::Refusal,
    time::Moment,
};
use serde::{Deserialize, Serialize};

/// A place in a team's journal: the first entry has 1; 0 is before all of them.
pub type Seq = u64;
/// The hash of an Automerge change.
pub type Hash = Array<32>;

/// A request: a section a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncRequest {
    /// [`super::WIRE_VERSION`].
    pub v: u8,
    /// The sections.
    #[serde(deserialize_with = "super::bounded::teams")]
    pub teams: Vec<TeamRequest>,
}

/// The reply: a section for each of the request, in its order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncReply {
    /// [`super::WIRE_VERSION`].
    pub v: u8,
    /// The relay's clock.
    pub now: Moment,
    /// The sections.
    pub teams: Vec<TeamReply>,
}

/// Up to where a phone has stored the journal of a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// Which life of the journal.
    pub epoch: Epoch,
    /// The last entry that was considered.
    pub seq: Seq,
    /// The hash over all entries up to it, as the relay said.
    pub head: Hash,
}

/// A [`Cursor`] in short, as requests say it: enough to tell whether the journal was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stand {
    /// As [`Cursor::epoch`].
    pub epoch: Epoch,
    /// As [`Cursor::seq`].
    pub seq: Seq,
    /// The first eight bytes of [`Cursor::head`]: a phone that lies about where it stands is told
    /// no more than one that says nothing, so there is nothing to forge.
    pub head: Array<8>,
}

impl From<Cursor> for Stand {
    fn from(Cursor { epoch, seq, head }: Cursor) -> Self {
        let mut eight = [0; 8];
        eight.copy_from_slice(&head.0[..8]);
        Self {
            epoch,
            seq,
            head: Array(eight),
        }
    }
}

/// What a phone says for one team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamRequest {
    /// Which team.
    pub team: TeamId,
    /// Where I stand; nothing before the first sync.
    pub cursor: Option<Stand>,
    /// Over all accepted changes that I hold of this team, genesis changes left out, whose
    /// place in the journal is at most the cursor's. What was accepted since is left out on both
    /// sides: a reply that was lost must not look like a loss.
    pub digest: Digest,
    /// What I wrote, in the order in which I wrote it within each document.
    #[serde(deserialize_with = "super::bounded::push")]
    pub push: Vec<Push>,
    /// Entries of mine of which I do not know yet that another member's device has them.
    #[serde(deserialize_with = "super::bounded::unseen")]
    pub unseen: Vec<Seq>,
    /// About how many bytes of changes the reply may carry.
    pub limit: u32,
    /// Only in the second round, after [`TeamReply::Diverged`].
    pub heal: Option<Heal>,
    /// Records of mine that were put aside and of which I know no end yet. Not written where there
    /// are none: the message is then as it was before there was this field.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "super::bounded::aside"
    )]
    pub aside: Vec<RecordId>,
}

/// Changes of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Push {
    /// Which document.
    pub document: DocumentId,
    /// Uncompressed Automerge changes.
    #[serde(deserialize_with = "super::bounded::changes")]
    pub changes: Vec<Bytes>,
}

/// The second round: what I hold that the relay accepted in a past that it may have lost.
///
/// It goes on, each time with all that is held by then, until a reply has neither
/// [`Level::more`] nor a [`Level::want`] that can be given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Heal {
    /// The first eight bytes of the hash of each accepted change that I hold.
    pub have: Vec<Array<8>>,
    /// Entries that the relay asked for with [`Level::want`].
    #[serde(deserialize_with = "super::bounded::give")]
    pub give: Vec<Given>,
    /// What the relay signed for me last: if its journal is not so any more, it says so to its
    /// keeper. Only in the first request of the round.
    pub knew: Option<Knew>,
}

/// Where the relay's journal once stood, by its own signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Knew {
    /// Where I stood.
    pub cursor: Cursor,
    /// The ends of all chains that I could read ([`super::chain::ends`]).
    pub ends: Hash,
    /// Under both.
    pub signature: Signature,
}

/// An entry handed back to a relay that lost it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Which document.
    pub document: DocumentId,
    /// The entry as it was.
    pub entry: Entry,
}

/// What the relay says for one team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(clippy::large_enum_variant)] // The large one is the rule.
pub enum TeamReply {
    /// The common case.
    Level(Level),
    /// We do not hold the same: send the second round. Nothing was taken in.
    Diverged {
        /// My journal has been where you stand: it is you who lack something. Otherwise it is not
        /// the one that you know.
        known: bool,
    },
    /// The relay does not know this device.
    NotYours,
    /// This device, or its member, does not belong to the team any more: wipe all of it. What it
    /// handed in was put aside and nothing else; what else waits is handed in before that goes.
    Forget {
        /// For each pushed change, in the order of the request.
        outcomes: Vec<Outcome>,
    },
}

/// The common case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// For each pushed change, in the order of the request. Where there are fewer, the relay did not
    /// look at the others: they are more than one member may write in a day
    /// ([`crate::limits::RATION_OF_DOCUMENT`]), and are handed in again some time later.
    pub outcomes: Vec<Outcome>,
    /// What is new to the phone.
    pub news: Vec<News>,
    /// Up to here, all that this member may read is in this reply or was before.
    pub cursor: Cursor,
    /// There is more: ask again.
    pub more: bool,
    /// The relay's signature under the [`super::chain::Statement`] of what this phone then has;
    /// with the last page.
    pub signature: Option<Signature>,
    /// Those of [`TeamRequest::unseen`] that another member's device has stored.
    pub seen: Vec<Seq>,
    /// Second round only: those of [`Heal::have`] that the relay lacks.
    pub want: Vec<Array<8>>,
    /// Documents that this member may not read any more: let go of them. What this member gained
    /// the right to read is in the news, from its beginning.
    pub forget: Vec<DocumentId>,
    /// Not written where there is none, as [`TeamRequest::aside`].
    #[serde(default, skip_serializing_if = "ToYou::is_nothing")]
    pub to_you: ToYou,
}

/// What is no record, and said to who asks alone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ToYou {
    /// What became of [`TeamRequest::aside`].
    pub settled: Vec<Settled>,
    /// What waits for a look: for managers.
    pub look: Look,
}

impl ToYou {
    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// What waits for a manager to look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Look {
    /// How many refused changes are kept and not settled.
    pub aside: u32,
    /// When another device showed that the journal is not as the relay had signed it, by the relay's
    /// clock: the first of those that came within [`crate::limits::SAME_DOUBT`] of each other.
    pub doubted: Option<Moment>,
}

/// A record that was put aside, and is settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// Which.
    pub record: RecordId,
    /// How it ended.
    pub end: End,
}

/// What became of one pushed change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It is in the journal, durably.
    Accepted(Receipt),
    /// It was there already; the receipt is the one it got then.
    Duplicate(Receipt),
    /// It was put aside and will not be taken.
    Refused {
        /// Why.
        code: Refusal,
        /// Where it is kept, when it is.
        quarantine: Option<QuarantineId>,
    },
    /// It follows changes that the relay does not have; nothing was decided.
    Need(Vec<Hash>),
}

/// What the relay adds to a change when it accepts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Its place in the journal.
    pub seq: Seq,
    /// When it arrived, by the relay's clock.
    pub received_at: Moment,
    /// Whose act it is.
    pub member: MemberId,
    /// The relay's mark.
    pub proof: Proof,
}

/// New entries of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// Which document.
    pub document: DocumentId,
    /// In the order of the journal.
    pub entries: Vec<Entry>,
}

/// An accepted change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The uncompressed Automerge change.
    pub change: Bytes,
    /// What the relay added.
    pub receipt: Receipt,
}

impl SyncRequest {
    /// A request with these sections.
    pub fn new(teams: Vec<TeamRequest>) -> Self {
        Self {
            v: super::WIRE_VERSION,
            teams,
        }
    }
}
