//! How long one waits after wrong PINs.

use kith_shared::{
    limits,
    time::{Moment, Span},
};
use serde::{Deserialize, Serialize};

/// The tries since the last right PIN. It stands in the store, so a reload forgets none, and each is
/// counted before it is looked at, so that ending the app in the middle of one gains nothing.
///
/// A clock that is set back begins the wait anew, from the time that it shows then. One that is set
/// forward cuts it short: a device has no other clock that outlives a reload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BackOff {
    tries: u32,
    since: Moment,
}

impl BackOff {
    /// Counts a try that begins now; or says how long to wait for it.
    pub fn begin(&mut self, now: Moment) -> Result<(), Span> {
        let left = self.look(now);
        if left > Span::default() {
            return Err(left);
        }
        self.tries = self.tries.saturating_add(1);
        self.since = now;
        Ok(())
    }

    /// How long until the next try; where the clock was set back, counted from what it shows now.
    pub fn look(&mut self, now: Moment) -> Span {
        let left = self.left(now);
        if left > Span::default() {
            self.since = self.since.min(now);
        }
        left
    }

    /// How long until the next try.
    pub fn left(&self, now: Moment) -> Span {
        let past = (now - self.since).millis().max(0);
        Span::from_millis((self.wait().millis() - past).max(0))
    }

    /// How many tries there have been since the last right one.
    pub fn tries(&self) -> u32 {
        self.tries
    }

    /// How many tries are left before there is a wait.
    pub fn free(&self) -> u32 {
        limits::PIN_FREE_TRIES.saturating_sub(self.tries)
    }

    fn wait(&self) -> Span {
        let Some(over) = self.tries.checked_sub(limits::PIN_FREE_TRIES) else {
            return Span::default();
        };
        let waits = limits::PIN_WAITS;
        let step = usize::try_from(over).unwrap_or(usize::MAX);
        waits[step.min(waits.len() - 1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(millis: i64) -> Moment {
        Moment::from_millis(1_764_000_000_000 + millis)
    }

    #[test]
    fn a_few_tries_are_free_and_then_the_wait_grows_to_its_last_step() {
        let mut off = BackOff::default();
        let mut now = at(0);
        for n in 1..=limits::PIN_FREE_TRIES {
            assert_eq!(off.begin(now), Ok(()), "try {n}");
        }
        let last = limits::PIN_WAITS[limits::PIN_WAITS.len() - 1];
        for wait in limits::PIN_WAITS.into_iter().chain([last, last]) {
            assert_eq!(off.begin(now), Err(wait));
            let tries = off.tries();
            now = now + Span::from_millis(wait.millis() - 1);
            assert_eq!(off.begin(now), Err(Span::from_millis(1)));
            assert_eq!(off.tries(), tries, "a try that is not made does not count");
            now = now + Span::from_millis(1);
            assert_eq!(off.begin(now), Ok(()));
        }
    }

    #[test]
    fn a_clock_set_back_begins_the_wait_anew_and_no_more() {
        let mut off = BackOff::default();
        for _ in 0..limits::PIN_FREE_TRIES {
            off.begin(at(0)).unwrap();
        }
        let wait = limits::PIN_WAITS[0];
        let year_before = at(-365 * 86_400_000);
        assert_eq!(off.look(year_before), wait);
        let later = year_before + Span::from_millis(wait.millis() - 1);
        assert_eq!(off.begin(later), Err(Span::from_millis(1)));
        assert_eq!(off.begin(year_before + wait), Ok(()));
    }

    proptest! {
        /// Whatever the clock does, no more tries are made than time that passed in steps forward pays for.
        #[test]
        fn no_clock_that_goes_back_gains_a_try(steps in prop::collection::vec(-4_000_000_i64..60_000, 1..200)) {
            let mut off = BackOff::default();
            let (mut now, mut forward, mut made) = (0, 0, 0_u32);
            for step in steps {
                now += step;
                forward += step.max(0);
                if off.begin(at(now)).is_ok() {
                    made += 1;
                }
            }
            let mut paid = 0;
            let due = limits::PIN_WAITS.iter().take_while(|wait| {
                paid += wait.millis();
                paid <= forward
            });
            let most = limits::PIN_FREE_TRIES + u32::try_from(due.count()).unwrap();
            let last = limits::PIN_WAITS[limits::PIN_WAITS.len() - 1].millis();
            let more = u32::try_from((forward - paid).max(0) / last).unwrap();
            prop_assert!(made <= most + more, "{made} tries in {forward} ms");
        }
    }
}
