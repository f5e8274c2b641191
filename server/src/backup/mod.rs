//! Backups: taken while the relay runs, encrypted, incremental; and stores that are made from them.
//!
//! What is copied is what the store has: [sealed](crate::vault) entries, wrapped keys, and
//! `relay.key`. Nothing is opened on the way, so a backup is worth what the master key is. It travels
//! as [frames](frame): from the store ([`Plan`]) to whoever asked, over a relay's own interface or
//! within a process, and into a [`Folder`], whose files hold the same frames. [`restore`] makes a
//! store of them again.

mod folder;
mod frame;
mod manifest;
mod restore;
mod take;

pub use folder::{Folder, NotTaken, Report, Writing};
pub use frame::{BadFrame, Frame, Frames, Header, Part};
pub use manifest::{BadBackup, Manifest};
pub use restore::{NotRestored, Restoring, begun, restore};
pub use take::{CannotBackUp, Known, KnownTeam, Plan};
