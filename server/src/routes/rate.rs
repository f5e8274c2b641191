//! How often one may ask.

use crate::problem::Problem;
use kith_shared::{api::ProblemCode, limits, time::Moment};
use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
};

/// Requests of each in the current window.
#[derive(Debug)]
pub(super) struct Rate<K> {
    most: u32,
    windows: Mutex<HashMap<K, (Moment, u32)>>,
}

impl<K: Eq + Hash> Rate<K> {
    /// Lets each ask so often in [`limits::RATE_WINDOW`].
    pub(super) fn of(most: u32) -> Self {
        Self {
            most,
            windows: Mutex::default(),
        }
    }

    /// One more request of `who`.
    pub(super) fn count(&self, who: K, now: Moment) -> Result<(), Problem> {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        // A clock that was set back begins a new window too.
        let over =
            |began: Moment| !(0..limits::RATE_WINDOW.millis()).contains(&(now - began).millis());
        if windows.len() >= limits::RATES_KEPT && !windows.contains_key(&who) {
            windows.retain(|_, (began, _)| !over(*began));
            // Who asks from so many places is not held up by a count of each. All are forgotten,
            // so that whoever is honest gets in and tidying up stays rare.
            if windows.len() > limits::RATES_KEPT / 2 {
                windows.clear();
            }
        }
        let (began, count) = windows.entry(who).or_insert((now, 0));
        if over(*began) {
            (*began, *count) = (now, 0);
        }
        *count = count.saturating_add(1);
        if *count <= self.most {
            return Ok(());
        }
        let left = (*began + limits::RATE_WINDOW - now).millis().max(0) / 1000 + 1;
        let help = format!("Wait {left} seconds. Nothing is lost by waiting.");
        Err(Problem {
            retry_after: u32::try_from(left).ok(),
            ..Problem::new(ProblemCode::TooManyRequests, help)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kith_shared::{ids::DeviceId, time::Span};

    const NOW: Moment = Moment::from_millis(1_790_000_000_000);

    #[test]
    fn a_device_that_asks_too_often_waits_for_the_next_window() {
        let most = limits::REQUESTS_PER_DEVICE;
        let (rate, device) = (Rate::of(most), DeviceId::from_bytes([1; 16]));
        for _ in 0..most {
            rate.count(device, NOW).unwrap();
        }
        let later = NOW + Span::from_millis(20_000);
        let problem = rate.count(device, later).unwrap_err();
        assert_eq!(problem.code, ProblemCode::TooManyRequests);
        assert_eq!(problem.retry_after, Some(41));
        assert!(rate.count(DeviceId::from_bytes([2; 16]), NOW).is_ok());
        assert!(rate.count(device, NOW + limits::RATE_WINDOW).is_ok());
    }

    #[test]
    fn whoever_comes_from_everywhere_fills_no_memory_and_locks_nobody_out() {
        let rate = Rate::of(1);
        let kept = || rate.windows.lock().unwrap().len();
        for who in 0..3 * limits::RATES_KEPT {
            rate.count(who, NOW).unwrap();
            assert!(kept() <= limits::RATES_KEPT);
        }
        // What is over goes first, and what is not stays counted.
        let rate = Rate::of(1);
        for who in 1..limits::RATES_KEPT {
            rate.count(who, NOW).unwrap();
        }
        let later = NOW + limits::RATE_WINDOW;
        rate.count(0, later).unwrap();
        rate.count(limits::RATES_KEPT, later).unwrap();
        assert!(rate.count(0, later).is_err());
    }
}
