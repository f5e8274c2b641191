//! What an end at the worst moment leaves behind: of the relay, of its machine, of a phone.

mod disk;
mod full_disk;
mod kill;
mod power_cut;
mod steps;
mod store;
mod team;

pub use disk::{Disk, check_possible};
pub use full_disk::fill_disk;
pub use kill::kill;
pub use power_cut::{cut_phone, cut_relay};
pub use steps::{STEPS, at_step};
pub use store::write_store;

/// What a round looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Looked {
    /// Ends at a random moment.
    pub ends: usize,
    /// Changes that were acknowledged before an end, each looked for after it.
    pub acknowledged: usize,
}

impl std::ops::AddAssign for Looked {
    fn add_assign(&mut self, other: Self) {
        self.ends += other.ends;
        self.acknowledged += other.acknowledged;
    }
}
