//! The relay's core: a team as a fold over its journal, and what may be added to it.
//!
//! [`Team`] is pure: no runtime, no clock, no dice of its own. Each of its commands decides on the
//! state as it is, goes on to what was decided and returns the entries that say so; whoever calls
//! appends them to the journal before anyone is told. When that fails, the team is thrown away and
//! [replayed](Team::replay).
//!
//! ```
//! use kith_relay::{journal::{Journal, MemoryJournal}, relay::{ProofKey, Team}};
//! use kith_shared::{api::Invite, bytes::Array, ids::{DeviceId, TeamId}, time::Moment};
//!
//! let (journal, key) = (MemoryJournal::default(), ProofKey::new([7; 32]));
//! let (mut roll, now) = (0, Moment::from_millis(1_790_000_000_000));
//! let mut dice = || { roll += 1; roll };
//!
//! let id = TeamId::new(now, dice());
//! let (mut team, entries) = Team::found(id, "River team", key.clone(), now, &mut dice)?;
//! journal.append(id, 0, &entries)?;
//!
//! let nia = Invite {
//!     team: id, role: "pa".into(), name: "Nia".into(), person: None, member: None,
//!     address: String::new(), goals: vec![], hours: None,
//! };
//! let last = team.end().seq;
//! let invited = team.invite(&nia, now, &mut dice)?;
//! journal.append(id, last, &invited.entries)?;
//!
//! let (phone, last) = (DeviceId::new(now, dice()), team.end().seq);
//! let joined = team.join(&invited.reply.code, phone, Array([1; 32]), now, &mut dice)?;
//! journal.append(id, last, &joined.entries)?;
//!
//! let again = Team::replay(id, key, journal.entries(id))?;
//! assert_eq!(again.end(), team.end());
//! assert_eq!(again.member_of(phone).unwrap().name, "Nia");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod ahead;
mod archive;
mod calendar;
mod circle;
mod cover;
mod decide;
mod erase;
mod fold;
mod heal;
mod hub;
mod lane;
mod presence;
mod proof;
mod push;
mod quarantine;
mod queue;
mod ration;
mod review;
mod revoke;
mod rights;
mod roster;
mod scribe;
mod seal;
mod subscriptions;
mod sync;
mod team_actor;
mod team_writer;
mod teams;

pub use decide::{Credential, Invited};
pub use fold::{Device, Invitation, NotATeam, Team};
pub use hub::{Hub, TooMany};
pub use proof::{Claim, ProofKey};
pub use queue::Of;
pub use ration::{Ration, Room};
pub use subscriptions::{Subscription, Wake};
pub use sync::{Synced, within_limits};
pub use team_actor::{TeamHandle, now, roll};
pub use teams::{CannotStart, Teams};

use crate::journal::Entry;

/// Where randomness comes from.
pub type Dice<'a> = &'a mut dyn FnMut() -> u128;

/// A command that was carried out.
#[derive(Debug)]
#[must_use = "the entries are to be appended to the journal before anyone is told"]
pub struct Done<T> {
    /// What the journal is to have before the reply goes out; none when nothing happened.
    pub entries: Vec<Entry>,
    /// What is said to who asked.
    pub reply: T,
}

#[cfg(test)]
mod tests;
