//! Where requests of devices wait that were refused something lately. Saying no takes time, and a
//! liar can send without end: so all of them together get a small part of a team's time, and
//! everyone else goes first.

use kith_shared::limits;
use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

/// What waits, the first to come first.
#[derive(Debug)]
pub(super) struct Lane<J> {
    waiting: VecDeque<J>,
    /// Until then others have the team's time.
    rests_until: Option<Instant>,
}

impl<J> Default for Lane<J> {
    fn default() -> Self {
        Self {
            waiting: VecDeque::new(),
            rests_until: None,
        }
    }
}

impl<J> Lane<J> {
    /// One more waits.
    pub(super) fn wait(&mut self, job: J) {
        self.waiting.push_back(job);
    }

    /// When the next one may have its turn; nothing when none waits.
    pub(super) fn next_at(&self, now: Instant) -> Option<Instant> {
        let next = self.rests_until.unwrap_or(now);
        (!self.waiting.is_empty()).then_some(next)
    }

    /// The next one, if it is time for it.
    pub(super) fn due(&mut self, now: Instant) -> Option<J> {
        self.next_at(now).filter(|at| *at <= now)?;
        self.waiting.pop_front()
    }

    /// One of them took so long, up to now.
    pub(super) fn took(&mut self, long: Duration, now: Instant) {
        self.rests_until = Some(now + long * (limits::REFUSED_SHARE - 1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_together_get_their_share_and_each_its_turn() {
        let mut lane = Lane::default();
        let began = Instant::now();
        let (mut now, mut busy) = (began, Duration::ZERO);
        assert_eq!(lane.next_at(now), None);
        (0..100).for_each(|n| lane.wait(n));
        for n in 0..100 {
            now = lane.next_at(now).unwrap();
            assert_eq!(lane.due(now), Some(n));
            let took = Duration::from_millis(n % 7);
            (now, busy) = (now + took, busy + took);
            lane.took(took, now);
            let early = now + took * (limits::REFUSED_SHARE - 1);
            let early = early.checked_sub(Duration::from_nanos(1)).unwrap();
            assert!(took.is_zero() || lane.due(early).is_none());
        }
        assert_eq!(lane.next_at(now), None);
        let rested = Duration::from_millis(99 % 7) * (limits::REFUSED_SHARE - 1);
        let all = now + rested - began;
        assert_eq!(all, busy * limits::REFUSED_SHARE);
        // Who comes after a rest waits for nothing.
        lane.wait(100);
        assert_eq!(lane.due(now + rested), Some(100));
    }
}
