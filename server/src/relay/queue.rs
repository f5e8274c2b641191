//! Whose turn it is at a team.

use super::lane::Lane;
use kith_shared::ids::DeviceId;
use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

/// A request that waits for its turn.
pub(super) struct Job<W> {
    /// Who asks.
    pub(super) of: Of,
    pub(super) what: W,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// No device.
    Nobody,
    /// A device: those that ask for much let others go first.
    Device(DeviceId),
    /// One of which something was refused lately: it waits in the lane.
    Refused,
}

/// Requests that wait for their turn. Times are since the team began its work.
pub(super) struct Queue<W> {
    others: VecDeque<Job<W>>,
    refused: Lane<Job<W>>,
    /// Whether the last turn was one of the lane's.
    was_refused: bool,
}

impl<W> Default for Queue<W> {
    fn default() -> Self {
        Self {
            others: VecDeque::new(),
            refused: Lane::default(),
            was_refused: false,
        }
    }
}

impl<W> Queue<W> {
    pub(super) fn join(&mut self, came: impl IntoIterator<Item = Job<W>>) {
        for job in came {
            match job.of {
                Of::Refused => self.refused.wait(job),
                Of::Device(_) | Of::Nobody => self.others.push_back(job),
            }
        }
    }

    /// How many wait who were not refused anything.
    pub(super) fn count(&self) -> usize {
        self.others.len()
    }

    /// When the lane has something to do.
    pub(super) fn next_at(&self, now: Duration) -> Option<Duration> {
        self.refused.next_at(now)
    }

    /// Whose turn it is: one of the lane when it is time for it, but never two in a row while others
    /// wait.
    pub(super) fn next(&mut self, now: Duration) -> Option<VecDeque<Job<W>>> {
        let others_go_first = self.was_refused && !self.others.is_empty();
        let refused = (!others_go_first).then(|| self.refused.due(now)).flatten();
        self.was_refused = refused.is_some();
        if let Some(job) = refused {
            return Some([job].into());
        }
        let others = std::mem::take(&mut self.others);
        (!others.is_empty()).then(|| in_turn(others))
    }

    /// The turn that began then is over, and these had none of it.
    pub(super) fn went_on(
        &mut self,
        mut undecided: VecDeque<Job<W>>,
        began: Duration,
        now: Duration,
    ) {
        if self.was_refused {
            self.refused.took(now.saturating_sub(began), now);
        }
        undecided.append(&mut self.others);
        self.others = undecided;
    }

    /// Those who wait are told that nothing comes of it by their going.
    pub(super) fn leave(&mut self) {
        self.others.clear();
    }
}

/// The first request of each device comes before the second of any.
fn in_turn<W>(waiting: VecDeque<Job<W>>) -> VecDeque<Job<W>> {
    let mut before: HashMap<DeviceId, usize> = HashMap::new();
    let places = waiting.into_iter().map(|job| {
        let place = match job.of {
            Of::Device(device) => {
                let count = before.entry(device).or_default();
                std::mem::replace(count, *count + 1)
            }
            Of::Nobody | Of::Refused => 0,
        };
        (place, job)
    });
    let mut places: Vec<_> = places.collect();
    // Who came earlier stays so.
    places.sort_by_key(|(place, _)| *place);
    places.into_iter().map(|(_, job)| job).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_device_waits_behind_many_requests_of_another() {
        let device = |n| Of::Device(DeviceId::from_bytes([n; 16]));
        let asked = [
            device(1),
            device(1),
            device(1),
            device(2),
            Of::Nobody,
            device(2),
            Of::Nobody,
            device(3),
        ];
        let mut queue = Queue::default();
        queue.join(asked.map(|of| Job { of, what: () }));
        let order = queue.next(Duration::ZERO).unwrap();
        let order: Vec<_> = order.iter().map(|job| job.of).collect();
        let fair = [
            device(1),
            device(2),
            Of::Nobody,
            Of::Nobody,
            device(3),
            device(1),
            device(2),
            device(1),
        ];
        assert_eq!(order, fair);
    }
}
