//! What it costs the relay to say no. Vetting hostile bytes takes a thousand times as long as sending
//! them, so whoever is refused again and again waits before anything of theirs is looked at.

use crate::{problem::Problem, relay::Of};
use kith_shared::{
    api::ProblemCode,
    ids::DeviceId,
    limits,
    time::{Moment, Span},
};
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The relay's time that went into what devices handed in and was not taken in. It drains: as much
/// as one may have spent in [`limits::RATE_WINDOW`].
#[derive(Debug, Default)]
pub(super) struct Effort {
    spent: Mutex<HashMap<DeviceId, (Moment, Span)>>,
    /// Devices of which something was refused lately and that are asking now.
    asking: Mutex<HashSet<DeviceId>>,
}

/// A request that may be looked at.
#[derive(Debug)]
pub(super) struct Asking {
    who: DeviceId,
    /// Where it is counted, if something of its device's was refused lately.
    refused: Option<Arc<Effort>>,
}

impl Asking {
    /// As whom the team serves it.
    pub(super) fn of(&self) -> Of {
        match self.refused {
            Some(_) => Of::Refused,
            None => Of::Device(self.who),
        }
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        if let Some(effort) = &self.refused {
            held(&effort.asking).remove(&self.who);
        }
    }
}

impl Effort {
    /// Lets a request of a device in; of one that was refused something lately only one at a time,
    /// so that those who wait for their part of the team's time are no more than its devices.
    pub(super) fn enter(self: &Arc<Self>, who: DeviceId, now: Moment) -> Result<Asking, Problem> {
        self.allows(who, now)?;
        let window = limits::RATE_WINDOW.millis();
        let last = held(&self.spent).get(&who).map(|(at, _)| *at);
        let lately = last.is_some_and(|at| (now - at).millis().abs() < window);
        if lately && !held(&self.asking).insert(who) {
            return Err(wait(1));
        }
        let refused = lately.then(|| self.clone());
        Ok(Asking { who, refused })
    }

    /// Whether something of this device's may be looked at.
    pub(super) fn allows(&self, who: DeviceId, now: Moment) -> Result<(), Problem> {
        let spent = held(&self.spent);
        let over = spent.get(&who).map_or(0, |spent| left(*spent, now))
            - limits::EFFORT_PER_DEVICE.millis();
        if over < 0 {
            return Ok(());
        }
        // Not every second, for one request each time.
        let over = over + limits::EFFORT_PER_DEVICE.millis() / 2;
        let wait = over * limits::RATE_WINDOW.millis() / limits::EFFORT_PER_DEVICE.millis();
        Err(self::wait(wait / 1000 + 1))
    }

    /// So much went into something of theirs that was not taken in.
    pub(super) fn spent(&self, who: DeviceId, took: Span, now: Moment) {
        let mut spent = held(&self.spent);
        if spent.len() >= limits::RATES_KEPT && !spent.contains_key(&who) {
            spent.retain(|_, spent| left(*spent, now) > 0);
            // As in `Rate`: so many are none that this could hold up.
            if spent.len() > limits::RATES_KEPT / 2 {
                spent.clear();
            }
        }
        let theirs = spent.entry(who).or_insert((now, Span::default()));
        // However much it was, they wait no longer than a window.
        let most = limits::EFFORT_PER_DEVICE.millis() * 3 / 2;
        let sum = (left(*theirs, now) + took.millis()).min(most);
        *theirs = (now, Span::from_millis(sum));
    }
}

fn wait(seconds: i64) -> Problem {
    let help = format!(
        "Much of what came from you lately was not taken in. Wait {seconds} seconds. Nothing is lost by waiting."
    );
    Problem {
        retry_after: u32::try_from(seconds).ok(),
        ..Problem::new(ProblemCode::TooManyRequests, help)
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Milliseconds that have not drained. A clock that was set back drains too.
fn left((at, spent): (Moment, Span), now: Moment) -> i64 {
    let passed = (now - at)
        .millis()
        .abs()
        .min(limits::RATE_WINDOW.millis() * 2);
    let drained = passed * limits::EFFORT_PER_DEVICE.millis() / limits::RATE_WINDOW.millis();
    (spent.millis() - drained).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment::from_millis(1_790_000_000_000);

    fn device(n: u16) -> DeviceId {
        let mut bytes = [0; 16];
        bytes[..2].copy_from_slice(&n.to_be_bytes());
        DeviceId::from_bytes(bytes)
    }

    #[test]
    fn who_is_refused_again_and_again_waits() {
        let (effort, most) = (Effort::default(), limits::EFFORT_PER_DEVICE);
        effort.spent(device(1), Span::from_millis(most.millis() - 1), NOW);
        assert!(effort.allows(device(1), NOW).is_ok());
        effort.spent(device(1), Span::from_millis(1), NOW);
        let problem = effort.allows(device(1), NOW).unwrap_err();
        assert_eq!(problem.code, ProblemCode::TooManyRequests);
        // Until half of it has drained.
        assert_eq!(problem.retry_after, Some(31));
        // Nobody else does, nor they for long, however much it was.
        assert!(effort.allows(device(2), NOW).is_ok());
        effort.spent(device(1), Span::days(1), NOW);
        let problem = effort.allows(device(1), NOW).unwrap_err();
        let wait = Span::from_millis(i64::from(problem.retry_after.unwrap()) * 1000);
        assert!(wait.millis() <= limits::RATE_WINDOW.millis() + 1000);
        assert!(effort.allows(device(1), NOW + wait).is_ok());
        // With a clock that was set back by a day as well.
        assert!(effort.allows(device(1), NOW + Span::days(-1)).is_ok());
    }

    #[test]
    fn who_was_refused_lately_asks_one_thing_at_a_time() {
        let (effort, window) = (Arc::new(Effort::default()), limits::RATE_WINDOW);
        let enter = |n, now| effort.enter(device(n), now);
        let both = [enter(1, NOW).unwrap(), enter(1, NOW).unwrap()];
        assert!(both.iter().all(|it| it.of() == Of::Device(device(1))));
        effort.spent(device(1), Span::from_millis(1), NOW);
        let one = enter(1, NOW).unwrap();
        assert_eq!(one.of(), Of::Refused);
        let problem = enter(1, NOW).unwrap_err();
        assert_eq!(problem.code, ProblemCode::TooManyRequests);
        // Others are not held up, nor they by what ended.
        assert_eq!(enter(2, NOW).unwrap().of(), Of::Device(device(2)));
        drop((both, one));
        assert_eq!(enter(1, NOW).unwrap().of(), Of::Refused);
        let last = NOW + Span::from_millis(window.millis() - 1);
        assert_eq!(enter(1, last).unwrap().of(), Of::Refused);
        assert_eq!(enter(1, NOW + window).unwrap().of(), Of::Device(device(1)));
    }

    #[test]
    fn who_is_refused_now_and_then_never_waits() {
        let (effort, window) = (Effort::default(), limits::RATE_WINDOW.millis());
        // As much as drains.
        let (pause, took) = (window / 10, limits::EFFORT_PER_DEVICE.millis() / 10);
        for n in 0..1000 {
            let now = NOW + Span::from_millis(n * pause);
            effort.allows(device(1), now).unwrap();
            effort.spent(device(1), Span::from_millis(took), now);
        }
    }

    #[test]
    fn it_is_kept_of_so_many() {
        let effort = Effort::default();
        for n in 0..u16::try_from(limits::RATES_KEPT * 2).unwrap() {
            effort.spent(device(n), Span::days(1), NOW);
        }
        assert!(effort.spent.lock().unwrap().len() <= limits::RATES_KEPT);
    }
}
