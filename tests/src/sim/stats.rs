//! What happened in a simulation.

/// What one seed did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Stats {
    pub acts: usize,
    pub steps_in: usize,
    pub exchanges: usize,
    pub lost: usize,
    pub phone_crashes: usize,
    pub relay_crashes: usize,
    pub phone_restores: usize,
    pub relay_restores: usize,
    pub gone_with_backups: usize,
    /// Parts of documents after their first.
    pub parts: usize,
    /// Replies that left some of what was handed in for later.
    pub held_back: usize,
}

impl std::ops::AddAssign for Stats {
    fn add_assign(&mut self, other: Self) {
        self.acts += other.acts;
        self.steps_in += other.steps_in;
        self.exchanges += other.exchanges;
        self.lost += other.lost;
        self.phone_crashes += other.phone_crashes;
        self.relay_crashes += other.relay_crashes;
        self.phone_restores += other.phone_restores;
        self.relay_restores += other.relay_restores;
        self.gone_with_backups += other.gone_with_backups;
        self.parts += other.parts;
        self.held_back += other.held_back;
    }
}

impl std::fmt::Display for Stats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} acts, {} stepped in, {} exchanges, {} messages lost, {} phone and {} relay crashes, {} phone and \
             {} relay restores ({} acts had their only copy in a past that was restored away), \
             documents went on in another part {} times, {} times a phone had to wait",
            self.acts,
            self.steps_in,
            self.exchanges,
            self.lost,
            self.phone_crashes,
            self.relay_crashes,
            self.phone_restores,
            self.relay_restores,
            self.gone_with_backups,
            self.parts,
            self.held_back
        )
    }
}
