//! Where requests of devices wait that were refused something lately. Saying no takes time, and a
//! liar can send without end: so all of them together get a small part of a team's time, and
//! everyone else goes first.

use kith_shared::limits;
use std::{collections::VecDeque, time::Duration};

/// What waits, the first to come first. Times are since any one moment.
#[derive(Debug)]
pub(super) struct Lane<J> {
    waiting: VecDeque<J>,
    /// Until then others have the team's time.
    rests_until: Duration,
}

impl<J> Default for Lane<J> {
    fn default() -> Self {
        Self {
            waiting: VecDeque::new(),
            rests_until: Duration::ZERO,
        }
    }
}

impl<J> Lane<J> {
    /// One more waits.
    pub(super) fn wait(&mut self, job: J) {
        self.waiting.push_back(job);
    }

    /// When the next one may have its turn; nothing when none waits.
    pub(super) fn next_at(&self, now: Duration) -> Option<Duration> {
        (!self.waiting.is_empty()).then_some(self.rests_until.max(now))
    }

    /// The next one, if it is time for it.
    pub(super) fn due(&mut self, now: Duration) -> Option<J> {
        self.next_at(now).filter(|at| *at <= now)?;
        self.waiting.pop_front()
    }

    /// One of them took so long, up to now.
    pub(super) fn took(&mut self, long: Duration, now: Duration) {
        self.rests_until = now + long * (limits::REFUSED_SHARE - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_together_get_their_share_and_each_its_turn() {
        let mut lane = Lane::default();
        let began = Duration::from_secs(5);
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
        assert_eq!(now + rested, began + busy * limits::REFUSED_SHARE);
        // Who comes after a rest waits for nothing.
        lane.wait(100);
        assert_eq!(lane.due(now + rested), Some(100));
    }
}
