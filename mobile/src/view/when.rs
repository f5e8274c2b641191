//! Days as seen from now, and stretches of time as people read them off a clock.

use kith_shared::time::{Day, Moment};

/// A day as people say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The day before now.
    Yesterday,
    /// The day of now.
    Today,
    /// The day after now.
    Tomorrow,
    /// Any other.
    On(Day),
}

impl When {
    /// This day as seen from `now`.
    pub fn of(day: Day, now: Moment) -> Self {
        match day.since(now.day()) {
            -1 => Self::Yesterday,
            0 => Self::Today,
            1 => Self::Tomorrow,
            _ => Self::On(day),
        }
    }
}

/// From one moment to a later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// When it begins.
    pub start: Moment,
    /// When it ends.
    pub end: Moment,
}

impl Stretch {
    /// How many minutes elapse: a 22:00–06:00 night has 420 when the clocks go forward.
    pub fn minutes(self) -> i64 {
        minutes(self.start, self.end)
    }

    /// How many midnights it passes: above 0 it goes on "until the next day". One that ends at
    /// midnight passes none.
    pub fn nights(self) -> u8 {
        nights(self.start, self.end)
    }
}

/// The minutes from `start` to `end`, each read to the minute that the clock shows; none when
/// `end` is before. So lines and totals add up to what is seen: 07:31:50 to 13:02:10 is 5 h 31.
pub fn minutes(start: Moment, end: Moment) -> i64 {
    let minute = |moment: Moment| moment.millis().div_euclid(60_000);
    minute(end).saturating_sub(minute(start)).max(0)
}

/// The midnights between `start` and `end`.
pub fn nights(start: Moment, end: Moment) -> u8 {
    let days = end.day().since(start.day());
    let at_midnight = i32::from(end == end.day().start());
    u8::try_from((days - at_midnight).max(0)).unwrap_or(u8::MAX)
}
