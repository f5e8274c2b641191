//! Times as people say them.

use super::{Lang, text};
use kith_shared::time::{Day, Moment, Month};

/// `07:30`, as London's wall clock shows it.
pub fn clock(at: Moment) -> String {
    let (hour, minute) = at.clock();
    format!("{hour:02}:{minute:02}")
}

/// `07:30 – 13:00`.
pub fn hours(start: Moment, end: Moment) -> String {
    format!("{} – {}", clock(start), clock(end))
}

/// `2026-11-24T07:30`, for `<time datetime>`.
pub fn machine(at: Moment) -> String {
    format!("{}T{}", at.day(), clock(at))
}

/// Reads `2026-11-24`.
pub fn read_day(text: &str) -> Option<Day> {
    let mut parts = text.splitn(3, '-');
    let (year, month) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Day::new(year, month, parts.next()?.parse().ok()?)
}

/// Reads `2026-11-24T07:31`, as London's wall clock shows it; seconds are left out.
pub fn read_moment(text: &str) -> Option<Moment> {
    let (day, time) = text.split_once('T')?;
    let mut time = time.split(':');
    let (hour, minute) = (time.next()?.parse().ok()?, time.next()?.parse().ok()?);
    let real = (0..24).contains(&hour) && (0..60).contains(&minute);
    real.then_some(Moment::at(read_day(day)?, hour, minute))
}

/// `Tuesday 24 November`.
pub fn long_day(lang: Lang, day: Day) -> String {
    let parts = [
        ("weekday", weekday(lang, day, "weekday-long").into()),
        ("day", day.number().into()),
        ("month", month_name(lang, day.month(), "month-long").into()),
    ];
    text(lang, "day-long", &parts)
}

/// `Tue 24 Nov`.
pub fn short_day(lang: Lang, day: Day) -> String {
    let parts = [
        ("weekday", weekday(lang, day, "weekday-short").into()),
        ("day", day.number().into()),
        ("month", month_name(lang, day.month(), "month-short").into()),
    ];
    text(lang, "day-short", &parts)
}

/// `Tue`.
pub fn short_weekday(lang: Lang, day: Day) -> String {
    weekday(lang, day, "weekday-short")
}

/// `today`, `yesterday`, `tomorrow`, or the short day, to stand inside a line.
pub fn day_in_line(lang: Lang, day: Day, today: Day) -> String {
    match day.since(today) {
        0 => text(lang, "in-line-today", &[]),
        -1 => text(lang, "in-line-yesterday", &[]),
        1 => text(lang, "in-line-tomorrow", &[]),
        _ => short_day(lang, day),
    }
}

/// `today`, `yesterday`, `tomorrow`, or `on Tuesday 24 November`, to stand inside a sentence.
pub fn on_day(lang: Lang, day: Day, today: Day) -> String {
    if (-1..=1).contains(&day.since(today)) {
        return day_in_line(lang, day, today);
    }
    let parts = [
        ("weekday", weekday(lang, day, "weekday-on").into()),
        ("day", day.number().into()),
        ("month", month_name(lang, day.month(), "month-long").into()),
    ];
    text(lang, "day-on", &parts)
}

/// `November`.
pub fn month_alone(lang: Lang, month: Month) -> String {
    month_name(lang, month, "month-long")
}

/// `November 2026`.
pub fn month(lang: Lang, month: Month) -> String {
    let parts = [
        ("month", month_name(lang, month, "month-long").into()),
        ("year", month.year().to_string().into()),
    ];
    text(lang, "month-year", &parts)
}

/// `23 – 29 November`, or `30 November – 6 December`.
pub fn week(lang: Lang, monday: Day) -> String {
    let sunday = monday.plus(6);
    let end = (
        sunday.number(),
        month_name(lang, sunday.month(), "month-long"),
    );
    if monday.month() == sunday.month() {
        return format!("{} – {} {}", monday.number(), end.0, end.1);
    }
    let month = month_name(lang, monday.month(), "month-long");
    format!("{} {month} – {} {}", monday.number(), end.0, end.1)
}

/// `5 h 31 min`, `9 h`, `40 min`, from minutes.
pub fn length(lang: Lang, minutes: i64) -> String {
    let minutes = minutes.max(0);
    let parts = [
        ("hours", (minutes / 60).into()),
        ("minutes", (minutes % 60).into()),
    ];
    let key = match (minutes / 60, minutes % 60) {
        (0, _) => "length-minutes",
        (_, 0) => "length-hours",
        _ => "length-both",
    };
    text(lang, key, &parts)
}

fn weekday(lang: Lang, day: Day, key: &str) -> String {
    text(lang, key, &[("n", day.weekday().into())])
}

fn month_name(lang: Lang, month: Month, key: &str) -> String {
    text(lang, key, &[("n", month.number().into())])
}
