//! Which push is sent next, and what follows from its answer. Pure: the time is passed in.

use crate::relay::Subscription;
use kith_shared::{
    ids::{DeviceId, TeamId},
    limits,
    time::Span,
};
use std::{collections::BTreeMap, time::Duration};
use tokio::time::Instant;

/// A push to one device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Push {
    /// The device's team.
    pub team: TeamId,
    /// The device and where it is woken.
    pub to: Subscription,
}

/// What a push service answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It has the push.
    Taken,
    /// There is no such device any more.
    Gone,
    /// Not now: overloaded, out of reach, silent. Perhaps it says how long to wait.
    Later(Option<Duration>),
    /// Never: it does not want this push from this relay.
    Refused,
}

/// What became of a push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // As in `metrics::Push`.
pub enum Outcome {
    Sent,
    Retried,
    Failed,
    Forgotten,
}

/// All pushes that are under way or wait. A device is in it once: pushes say nothing but "ask", so
/// one that has not gone yet is as good as two.
#[derive(Debug, Default)]
pub struct Queue {
    pushes: BTreeMap<(TeamId, DeviceId), Waiting>,
    under_way: usize,
}

#[derive(Debug)]
struct Waiting {
    endpoint: String,
    /// How often it was tried.
    tries: u32,
    state: State,
}

#[derive(Debug)]
enum State {
    /// Until then.
    Due(Instant),
    /// Being sent; `again` when there was something new after it was.
    UnderWay { again: bool },
}

impl Queue {
    /// A device is to be woken. `false` when too many wait.
    pub fn add(&mut self, push: Push, now: Instant) -> bool {
        let full = self.pushes.len() >= limits::PUSHES_WAITING;
        let Subscription { device, endpoint } = push.to;
        match self.pushes.get_mut(&(push.team, device)) {
            Some(waiting) => {
                waiting.endpoint = endpoint;
                if let State::UnderWay { again } = &mut waiting.state {
                    *again = true;
                }
            }
            None if full => return false,
            None => {
                let waiting = Waiting {
                    endpoint,
                    tries: 0,
                    state: State::Due(now),
                };
                self.pushes.insert((push.team, device), waiting);
            }
        }
        true
    }

    /// The next push to send: from now on it is under way, until [`Self::answered`].
    pub fn next(&mut self, now: Instant) -> Option<Push> {
        let (due, key) = self.first_due()?;
        if due > now {
            return None;
        }
        let waiting = self.pushes.get_mut(&key)?;
        waiting.state = State::UnderWay { again: false };
        waiting.tries += 1;
        self.under_way += 1;
        let (team, device) = key;
        let endpoint = waiting.endpoint.clone();
        let to = Subscription { device, endpoint };
        Some(Push { team, to })
    }

    /// When there will be one, unless an answer or a new push comes before.
    pub fn due(&self) -> Option<Instant> {
        self.first_due().map(|(due, _)| due)
    }

    /// As long as too many are under way, none.
    fn first_due(&self) -> Option<(Instant, (TeamId, DeviceId))> {
        if self.under_way >= limits::PUSHES_AT_ONCE {
            return None;
        }
        let due = self.pushes.iter().filter_map(|(key, w)| match w.state {
            State::Due(at) => Some((at, *key)),
            State::UnderWay { .. } => None,
        });
        due.min()
    }

    /// A push that was under way was answered.
    pub fn answered(&mut self, push: &Push, answer: Answer, now: Instant) -> Outcome {
        let key = (push.team, push.to.device);
        let Some(mut waiting) = self.pushes.remove(&key) else {
            return Outcome::Failed;
        };
        self.under_way = self.under_way.saturating_sub(1);
        let moved = waiting.endpoint != push.to.endpoint;
        let again = matches!(waiting.state, State::UnderWay { again: true });
        let outcome = match answer {
            Answer::Taken => Outcome::Sent,
            Answer::Gone => Outcome::Forgotten,
            Answer::Refused => Outcome::Failed,
            Answer::Later(asked) => match wait(waiting.tries, asked) {
                Some(wait) => {
                    waiting.state = State::Due(now + wait);
                    self.pushes.insert(key, waiting);
                    return Outcome::Retried;
                }
                None => Outcome::Failed,
            },
        };
        // What was new while it was under way has its own push; where the device has gone, only if
        // it has come back at another endpoint.
        if again && (moved || outcome == Outcome::Sent) {
            waiting.tries = 0;
            waiting.state = State::Due(now);
            self.pushes.insert(key, waiting);
        }
        outcome
    }
}

/// How long to wait after so many tries; `None` when it is not worth it any more. A service that
/// says how long is never asked earlier.
fn wait(tries: u32, asked: Option<Duration>) -> Option<Duration> {
    if tries >= limits::PUSH_TRIES {
        return None;
    }
    let own = duration(limits::PUSH_BACK_OFF) * 2u32.pow(tries.saturating_sub(1));
    let wait = asked.unwrap_or_default().max(own);
    (wait <= duration(limits::PUSH_LONGEST_WAIT)).then_some(wait)
}

pub(super) fn duration(span: Span) -> Duration {
    Duration::from_millis(span.millis().unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push(device: u16, endpoint: &str) -> Push {
        let mut bytes = [0; 16];
        bytes[..2].copy_from_slice(&device.to_be_bytes());
        Push {
            team: TeamId::from_bytes([1; 16]),
            to: Subscription {
                device: DeviceId::from_bytes(bytes),
                endpoint: endpoint.into(),
            },
        }
    }

    fn seconds(n: u64) -> Duration {
        Duration::from_secs(n)
    }

    #[test]
    fn it_waits_longer_each_time_and_gives_up_at_last() {
        let (mut queue, start) = (Queue::default(), Instant::now());
        queue.add(push(1, "a"), start);
        let mut waits = vec![];
        let mut now = start;
        loop {
            let push = queue.next(now).unwrap();
            assert_eq!(queue.next(now), None);
            assert_eq!(queue.due(), None);
            match queue.answered(&push, Answer::Later(None), now) {
                Outcome::Retried => {}
                outcome => break assert_eq!(outcome, Outcome::Failed),
            }
            let due = queue.due().unwrap();
            assert_eq!(queue.next(due - seconds(1)), None);
            waits.push((due - now).as_secs());
            now = due;
        }
        assert_eq!(waits, [5, 10, 20, 40]);
        assert_eq!(waits.len() + 1, limits::PUSH_TRIES as usize);
        assert_eq!(duration(limits::PUSH_BACK_OFF), seconds(5));
        assert_eq!(queue.due(), None);
    }

    #[test]
    fn who_says_how_long_is_heard_up_to_an_hour() {
        let hour = duration(limits::PUSH_LONGEST_WAIT);
        for (asked, waits) in [
            (seconds(2), Some(seconds(5))),
            (seconds(90), Some(seconds(90))),
            (hour, Some(hour)),
            (hour + seconds(1), None),
        ] {
            assert_eq!(wait(1, Some(asked)), waits);
        }
    }

    #[test]
    fn a_device_is_woken_once_for_what_came_before() {
        let (mut queue, now) = (Queue::default(), Instant::now());
        queue.add(push(1, "a"), now);
        queue.add(push(1, "b"), now);
        let first = queue.next(now).unwrap();
        assert_eq!(first.to.endpoint, "b");
        assert_eq!(queue.next(now), None);
        // Something new while it is under way: the phone may have asked before that.
        queue.add(push(1, "b"), now);
        assert_eq!(queue.next(now), None);
        assert_eq!(queue.answered(&first, Answer::Taken, now), Outcome::Sent);
        let second = queue.next(now).unwrap();
        assert_eq!(queue.answered(&second, Answer::Taken, now), Outcome::Sent);
        assert_eq!(queue.next(now), None);
    }

    #[test]
    fn an_endpoint_that_is_gone_is_tried_no_more_but_a_newer_one_is() {
        let (mut queue, now) = (Queue::default(), Instant::now());
        for (newer, tried) in [("a", false), ("b", true)] {
            queue.add(push(1, "a"), now);
            let old = queue.next(now).unwrap();
            queue.add(push(1, newer), now);
            assert_eq!(queue.answered(&old, Answer::Gone, now), Outcome::Forgotten);
            let next = queue.next(now);
            assert_eq!(next.is_some(), tried);
            if let Some(next) = next {
                assert_eq!(next.to.endpoint, "b");
                queue.answered(&next, Answer::Refused, now);
            }
        }
        assert_eq!(queue.due(), None);
    }

    #[test]
    fn not_too_many_wait_and_not_too_many_are_under_way() {
        let (mut queue, now) = (Queue::default(), Instant::now());
        let most = u16::try_from(limits::PUSHES_WAITING).unwrap();
        for device in 0..most {
            assert!(queue.add(push(device, "a"), now));
        }
        assert!(!queue.add(push(most, "a"), now));
        assert!(queue.add(push(0, "a"), now), "it is in already");
        let under_way: Vec<_> = std::iter::from_fn(|| queue.next(now)).collect();
        assert_eq!(under_way.len(), limits::PUSHES_AT_ONCE);
        assert_eq!(queue.due(), None, "nothing to wait for but an answer");
        queue.answered(&under_way[3], Answer::Taken, now);
        assert_eq!(queue.due(), Some(now));
        assert!(queue.add(push(most, "a"), now));
    }
}
