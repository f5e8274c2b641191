//! What stands in a journal.

use super::Change;
use kith_shared::{
    bytes::{Array, Bytes},
    documents::DocumentId,
    domain::team::Role,
    ids::{DeviceId, Epoch, InvitationId, MemberId, QuarantineId},
    policy::Refusal,
    sync::{Cursor, Hash, Seq, chain::Link},
    time::Moment,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// One entry of a team's journal. It is never changed and never taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place, from 1, without a gap.
    pub seq: Seq,
    /// The hash of the entry before it *of the same document* (of the team's membership, for
    /// entries that are of none), or zeros for the first: so a member who may read only some
    /// documents can still check all that they read.
    pub prev: Hash,
    /// When the relay took it in, by the relay's clock.
    pub received_at: Moment,
    /// Whose act it is; the relay's own acts are a member's of their own.
    pub member: MemberId,
    /// The device that acted.
    pub device: DeviceId,
    /// What happened.
    pub payload: Payload,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Payload {
    /// The team begins: the first entry of every journal.
    TeamCreated {
        /// As people call it.
        name: String,
        /// Which life of the journal this is.
        epoch: Epoch,
    },
    /// Someone may join.
    Invited {
        /// Which invitation.
        invitation: InvitationId,
        /// SHA-256 of its secret.
        secret: Hash,
        /// Who they will be.
        member: MemberId,
        /// As people will call them.
        name: String,
        /// What they will be to the team.
        role: Role,
        /// Until when it is open.
        expires: Moment,
    },
    /// A device belongs to a member from now on, and the invitation is used up.
    DeviceJoined {
        /// The device.
        device: DeviceId,
        /// Its Ed25519 public key.
        key: Array<32>,
        /// Whose it is.
        member: MemberId,
        /// How it came in.
        invitation: InvitationId,
    },
    /// A change of a document, vetted. What is told from bytes is none: see [`Change`].
    #[serde(skip)]
    Change(Change),
    /// A change that was not accepted, kept for its author and the manager.
    Refused {
        /// The document it was meant for.
        document: DocumentId,
        /// As it came.
        bytes: Bytes,
        /// Why.
        code: Refusal,
        /// Its name where it is kept.
        quarantine: QuarantineId,
    },
    /// A manager, whose act this is, looked at what was refused and let it in: what it says was
    /// written anew, in entries beside this one.
    Released {
        /// Its name where it is kept.
        quarantine: QuarantineId,
    },
    /// Whoever wrote what was refused wrote it again, and it was taken: nothing is to be decided.
    WrittenAgain {
        /// Its name where it is kept.
        quarantine: QuarantineId,
    },
    /// A manager, whose act this is, looked at what was refused and left it out.
    Dismissed {
        /// The document that it was meant for.
        document: DocumentId,
        /// Its name where it is kept.
        quarantine: QuarantineId,
        /// SHA-256 of the reason: what the chains name it by.
        name: Hash,
        /// Why; nothing once the person whom the document is about was erased.
        reason: Option<String>,
    },
    /// A device is woken from now on when its member is needed.
    PushOn {
        /// Which device.
        device: DeviceId,
        /// Where a push service takes pushes for it; in place of any that it had before.
        endpoint: String,
    },
    /// The member whose act it is has a new calendar address, and no other from now on.
    CalendarOn {
        /// SHA-256 of the secret in it.
        secret: Hash,
    },
    /// That member's calendar address is good no more.
    CalendarOff,
    /// This relay once signed that its journal stood there, and it does not: it was put back from
    /// a backup, or somebody changed it. The device whose act this is has the signature.
    SignedOtherwise {
        /// Where the journal stood.
        cursor: Cursor,
    },
    /// The store was made from a backup of this moment: what came after it, phones bring back.
    Restored {
        /// The moment of the backup, by the relay's clock.
        backup: Moment,
    },
    /// A device is woken no more: it said so, or its push service did.
    PushOff {
        /// Which device.
        device: DeviceId,
    },
    /// What is left of a change, or of one that was refused, about a person who was erased: nobody
    /// can read it any more, and the chains hold.
    Erased {
        /// The document that it was part of.
        document: DocumentId,
        /// What the chains name it by.
        name: Hash,
        /// Why it was refused, and its name where it was kept, if it was.
        refused: Option<(Refusal, QuarantineId)>,
    },
}

impl Entry {
    /// What the next entry of its document names: of a change its [`Link`], which phones can work
    /// out; of any other a SHA-256. Either has the *names* of bytes that can be sealed, never the
    /// bytes, so destroying a key breaks no chain.
    pub fn hash(&self) -> Hash {
        let name = name_of(&self.payload);
        if let Some(document) = self.document() {
            return Link {
                document,
                seq: self.seq,
                received_at: self.received_at,
                member: self.member,
                device: self.device,
                change: name,
            }
            .follow(&self.prev);
        }
        match self.payload {
            Payload::Refused {
                document,
                code,
                quarantine,
                ..
            }
            | Payload::Erased {
                document,
                refused: Some((code, quarantine)),
                ..
            } => {
                let named = Payload::Refused {
                    document,
                    bytes: Bytes(name.0.to_vec()),
                    code,
                    quarantine,
                };
                self.digest(&named)
            }
            Payload::Dismissed {
                document,
                quarantine,
                name,
                ..
            } => self.digest(&Payload::Dismissed {
                document,
                quarantine,
                name,
                reason: None,
            }),
            _ => self.digest(&self.payload),
        }
    }

    /// A SHA-256 over all but the payload as it is, and this payload.
    fn digest(&self, payload: &Payload) -> Hash {
        let Self {
            seq,
            prev,
            received_at,
            member,
            device,
            payload: _,
        } = self;
        // Plain data into memory: there is nothing that could fail.
        let bytes = rmp_serde::to_vec(&(seq, prev, received_at, member, device, payload));
        Array(Sha256::digest(bytes.unwrap_or_default()).into())
    }

    /// The document whose history it is part of, if any.
    pub fn document(&self) -> Option<DocumentId> {
        self.payload.document()
    }
}

impl Payload {
    /// What was refused stays out, for this reason.
    pub fn dismissed(document: DocumentId, quarantine: QuarantineId, reason: String) -> Self {
        Self::Dismissed {
            document,
            quarantine,
            name: Array(Sha256::digest(&reason).into()),
            reason: Some(reason),
        }
    }

    /// It is about what managers look at, and who wrote that.
    pub fn is_for_managers(&self) -> bool {
        matches!(
            self,
            Self::Refused { .. }
                | Self::Released { .. }
                | Self::WrittenAgain { .. }
                | Self::Dismissed { .. }
                | Self::SignedOtherwise { .. }
        )
    }

    /// The document whose history it is part of. Refused changes are part of none.
    pub fn document(&self) -> Option<DocumentId> {
        match self {
            Self::Change(change) => Some(change.document()),
            Self::Erased {
                document,
                refused: None,
                ..
            } => Some(*document),
            _ => None,
        }
    }
}

/// Where Automerge's hash of a chunk begins: at its type.
const TYPE_AT: usize = 8;

/// What the chains name the content of a document by: of a change Automerge's own hash of it, which
/// holds for uncompressed changes; of bytes that were refused a SHA-256. Zeros for all else.
pub(super) fn name_of(payload: &Payload) -> Hash {
    let hashed = match payload {
        Payload::Change(change) => change.bytes().0.get(TYPE_AT..).unwrap_or_default(),
        Payload::Refused { bytes, .. } => &bytes.0,
        Payload::Erased { name, .. } => return *name,
        _ => return Hash::default(),
    };
    Array(Sha256::digest(hashed).into())
}
