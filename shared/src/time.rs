//! Time as the rota means it: moments that elapse, and the wall clock of Europe/London.
//!
//! Hours are paid by what elapsed, so a 22:00–06:00 night is 7 h when the clocks go forward and
//! 9 h when they go back; the rota shows what the wall clock shows.

use jiff::{SignedDuration, Timestamp, Zoned, civil, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// The one zone of the rota. Its rules are compiled in: a phone's own may be wrong or missing.
static LONDON: TimeZone = jiff::tz::get!("Europe/London");

/// A moment: milliseconds since 1970-01-01T00:00Z.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Moment(i64);

/// A length of time in milliseconds; negative when it points back.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Span(i64);

/// A day of the wall clock.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Day(civil::Date);

/// A month of the wall clock: the unit by which documents are divided.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i16,
    month: i8,
}

impl Span {
    /// This many minutes.
    pub const fn minutes(n: i64) -> Self {
        Self(n * 60_000)
    }
    /// This many hours.
    pub const fn hours(n: i64) -> Self {
        Self::minutes(n * 60)
    }
    /// This many times 24 hours (not calendar days).
    pub const fn days(n: i64) -> Self {
        Self::hours(n * 24)
    }
    /// This many milliseconds.
    pub const fn from_millis(n: i64) -> Self {
        Self(n)
    }
    /// Its length in milliseconds.
    pub const fn millis(self) -> i64 {
        self.0
    }
    /// Its length in whole minutes, rounded towards zero.
    pub const fn whole_minutes(self) -> i64 {
        self.0 / 60_000
    }
}

impl std::ops::Add for Span {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl std::iter::Sum for Span {
    fn sum<I: Iterator<Item = Self>>(spans: I) -> Self {
        spans.fold(Self(0), |a, b| a + b)
    }
}

impl std::ops::Add<Span> for Moment {
    type Output = Self;
    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl std::ops::Sub<Span> for Moment {
    type Output = Self;
    fn sub(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}

impl std::ops::Sub for Moment {
    type Output = Span;
    fn sub(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Moment {
    /// The moment this many milliseconds after 1970-01-01T00:00Z.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }
    /// Milliseconds since 1970-01-01T00:00Z.
    pub const fn millis(self) -> i64 {
        self.0
    }
    /// The moment at which London's wall clock shows this time of this day. A time that the
    /// clocks skip is taken an hour later; of one that they show twice, the first.
    pub fn at(day: Day, hour: i8, minute: i8) -> Self {
        let time = civil::Time::new(hour.clamp(0, 23), minute.clamp(0, 59), 0, 0)
            .unwrap_or(civil::Time::midnight());
        let zoned = day.0.to_datetime(time).to_zoned(LONDON.clone());
        Self(zoned.map_or(0, |z| z.timestamp().as_millisecond()))
    }
    /// The day that London's wall clock shows.
    pub fn day(self) -> Day {
        Day(self.zoned().date())
    }
    /// The month that London's wall clock shows.
    pub fn month(self) -> Month {
        self.day().month()
    }
    /// Hour and minute that London's wall clock shows.
    pub fn clock(self) -> (i8, i8) {
        let zoned = self.zoned();
        (zoned.hour(), zoned.minute())
    }
    /// `2026-11-24T07:30:00Z`, for logs and exports.
    pub fn to_utc(self) -> String {
        self.timestamp().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }
    fn timestamp(self) -> Timestamp {
        let end = if self.0 < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        };
        Timestamp::from_millisecond(self.0).unwrap_or(end)
    }
    fn zoned(self) -> Zoned {
        // The first and last days of the range have no room for an offset; nobody lives there.
        self.timestamp().to_zoned(LONDON.clone())
    }
}

impl Day {
    /// The day of this year, month (1–12) and day of the month (1–31), if there is one.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day).ok().map(Self)
    }
    /// Its month.
    pub fn month(self) -> Month {
        Month {
            year: self.0.year(),
            month: self.0.month(),
        }
    }
    /// The day `n` days later (earlier when negative).
    pub fn plus(self, n: i32) -> Self {
        // Not jiff's `Span`: its checks bring the texts of all of jiff's errors, a fortieth of the web app.
        let days = SignedDuration::from_hours(24 * i64::from(n));
        Self(self.0.saturating_add(days))
    }
    /// The Monday of its week.
    pub fn monday(self) -> Self {
        self.plus(-i32::from(self.weekday()))
    }
    /// 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> u8 {
        self.0.weekday().to_monday_zero_offset().unsigned_abs()
    }
    /// The day of the month, 1–31.
    pub fn number(self) -> i8 {
        self.0.day()
    }
    /// Year, as the calendar counts.
    pub fn year(self) -> i16 {
        self.0.year()
    }
    /// Days from `earlier` to this one.
    pub fn since(self, earlier: Self) -> i32 {
        let days = self.0.duration_since(earlier.0).as_hours() / 24;
        // The calendar has fewer days than an `i32`.
        i32::try_from(days).unwrap_or_default()
    }
    /// The moment at which it begins.
    pub fn start(self) -> Moment {
        Moment::at(self, 0, 0)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Text that is not a day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a day: write it as 2026-11-24")]
pub struct NotADay(pub String);

impl FromStr for Day {
    type Err = NotADay;
    fn from_str(text: &str) -> Result<Self, NotADay> {
        let parse = || {
            let (month, day) = text.rsplit_once('-')?;
            let month: Month = month.parse().ok()?;
            let digits = day.len() == 2 && day.bytes().all(|b| b.is_ascii_digit());
            Self::new(
                month.year,
                month.month,
                day.parse().ok().filter(|_| digits)?,
            )
        };
        parse().ok_or_else(|| NotADay(text.to_owned()))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

impl Month {
    /// The month of this year, if `month` is 1–12 and the year has four digits.
    pub fn new(year: i16, month: i8) -> Option<Self> {
        ((1000..=9999).contains(&year) && (1..=12).contains(&month)).then_some(Self { year, month })
    }
    /// Its year.
    pub const fn year(self) -> i16 {
        self.year
    }
    /// Its number, 1–12.
    pub const fn number(self) -> i8 {
        self.month
    }
    /// Its first day.
    pub fn first(self) -> Day {
        Day(civil::Date::new(self.year, self.month, 1).unwrap_or(civil::Date::ZERO))
    }
    /// The month after it.
    pub fn next(self) -> Self {
        if self.month == 12 {
            Self {
                year: self.year + 1,
                month: 1,
            }
        } else {
            Self {
                month: self.month + 1,
                ..self
            }
        }
    }
    /// The month before it.
    pub fn previous(self) -> Self {
        if self.month == 1 {
            Self {
                year: self.year - 1,
                month: 12,
            }
        } else {
            Self {
                month: self.month - 1,
                ..self
            }
        }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Text that is not a month.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a month: write it as 2026-11")]
pub struct NotAMonth(pub String);

impl FromStr for Month {
    type Err = NotAMonth;
    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let parse = || {
            let (year, month) = text.split_once('-')?;
            let digits = |t: &str, n| t.len() == n && t.bytes().all(|b| b.is_ascii_digit());
            if !digits(year, 4) || !digits(month, 2) {
                return None;
            }
            Self::new(year.parse().ok()?, month.parse().ok()?)
        };
        parse().ok_or_else(|| NotAMonth(text.to_owned()))
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(y: i16, m: i8, d: i8) -> Day {
        Day::new(y, m, d).unwrap()
    }

    /// Domain rule *Clock change*: pay what elapsed, keep the wall clock on the rota.
    /// What has no date is of the calendar's first or last days, and not of 1970.
    #[test]
    fn a_moment_beyond_the_calendar_is_at_its_end() {
        for (millis, year) in [
            (i64::MAX, 9999),
            (281_474_976_710_655, 9999),
            (i64::MIN, -9999),
            (-1, 1970),
        ] {
            assert_eq!(Moment::from_millis(millis).day().year(), year, "{millis}");
        }
    }

    #[test]
    fn a_night_is_seven_hours_in_spring_and_nine_in_autumn() {
        for (evening, hours) in [
            (day(2026, 3, 28), 7),
            (day(2026, 10, 24), 9),
            (day(2026, 11, 24), 8),
        ] {
            let (start, end) = (
                Moment::at(evening, 22, 0),
                Moment::at(evening.plus(1), 6, 0),
            );
            assert_eq!(end - start, Span::hours(hours), "{evening}");
            assert_eq!((start.clock(), end.clock()), ((22, 0), (6, 0)));
        }
    }

    #[test]
    fn a_month_starts_at_local_midnight() {
        // 23:30Z on 31 July is 00:30 on 1 August in London.
        let just_august = Moment::at(day(2026, 8, 1), 0, 30);
        assert_eq!(just_august.to_utc(), "2026-07-31T23:30:00Z");
        assert_eq!(just_august.month().to_string(), "2026-08");
    }

    #[test]
    fn a_skipped_time_is_an_hour_later_and_a_doubled_one_the_first() {
        assert_eq!(Moment::at(day(2026, 3, 29), 1, 30).clock(), (2, 30));
        assert_eq!(
            Moment::at(day(2026, 10, 25), 1, 30).to_utc(),
            "2026-10-25T00:30:00Z"
        );
    }

    proptest! {
        #[test]
        fn any_moment_has_a_day_and_a_month(millis: i64) {
            let moment = Moment::from_millis(millis);
            let _ = (moment.day().monday(), moment.clock(), moment.to_utc(), moment + Span::days(1));
        }

        #[test]
        fn no_step_leaves_the_calendar(millis: i64, days: i32) {
            let day = Moment::from_millis(millis).day();
            let there = day.plus(days);
            prop_assert!(days < 0 || there >= day);
            prop_assert!(days > 0 || there <= day);
        }

        #[test]
        fn months_follow_each_other(year in 1001i16..9998, month in 1i8..=12) {
            let month = Month::new(year, month).unwrap();
            prop_assert_eq!(month.next().previous(), month);
            prop_assert_eq!(month.to_string().parse(), Ok(month));
            prop_assert!(month.first().plus(31).month() >= month.next());
        }

        #[test]
        fn no_text_panics(text: String) {
            let _ = (text.parse::<Month>(), text.parse::<Day>());
        }

        #[test]
        fn a_day_is_written_one_way(year in 1000i16..=9999, month in 1i8..=12, day in 1i8..=28) {
            let day = Day::new(year, month, day).unwrap();
            prop_assert_eq!(day.to_string().parse(), Ok(day));
            let long = day.to_string() + "0";
            prop_assert!(long.parse::<Day>().is_err());
        }
    }
}
