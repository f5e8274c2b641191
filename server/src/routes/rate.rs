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
    windows: Mutex<HashMap<K, (Moment, u32)>>,
}

impl<K> Default for Rate<K> {
    fn default() -> Self {
        Self {
            windows: Mutex::default(),
        }
    }
}

impl<K: Eq + Hash> Rate<K> {
    /// One more request of `who`.
    pub(super) fn count(&self, who: K, now: Moment) -> Result<(), Problem> {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        // A clock that was set back begins a new window too.
        let over =
            |began: Moment| !(0..limits::RATE_WINDOW.millis()).contains(&(now - began).millis());
        if windows.len() > 10_000 {
            windows.retain(|_, (began, _)| !over(*began));
        }
        let (began, count) = windows.entry(who).or_insert((now, 0));
        if over(*began) {
            (*began, *count) = (now, 0);
        }
        *count += 1;
        if *count <= limits::REQUESTS_PER_DEVICE {
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

    #[test]
    fn a_device_that_asks_too_often_waits_for_the_next_window() {
        let (rate, device) = (Rate::default(), DeviceId::from_bytes([1; 16]));
        let now = Moment::from_millis(1_790_000_000_000);
        for _ in 0..limits::REQUESTS_PER_DEVICE {
            rate.count(device, now).unwrap();
        }
        let problem = rate
            .count(device, now + Span::from_millis(20_000))
            .unwrap_err();
        assert_eq!(problem.code, ProblemCode::TooManyRequests);
        assert_eq!(problem.retry_after, Some(41));
        assert!(rate.count(DeviceId::from_bytes([2; 16]), now).is_ok());
        assert!(rate.count(device, now + limits::RATE_WINDOW).is_ok());
    }
}
