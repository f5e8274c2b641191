//! A member's shifts as an iCalendar file (RFC 5545), for the calendar on their phone.
//!
//! It leaves the relay for programs and clouds that Kith knows nothing of, so it says as little as
//! does the job: first names and an initial, times, what kind of shift; no address, no notes. The
//! lines are written here: the library for that brings a second way to tell the time, and lets
//! folded lines grow beyond their length.

mod text;

use kith_shared::{
    domain::shift::ShiftKind,
    ids::ShiftId,
    time::{Moment, Span},
};
use std::fmt::Write as _;

/// How often calendar programs should look.
const REFRESH: Span = Span::hours(1);

/// A shift as a calendar shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarShift {
    /// Which: the event keeps its identity over all changes.
    pub shift: ShiftId,
    /// When it begins.
    pub start: Moment,
    /// When it ends.
    pub end: Moment,
    /// What kind of work.
    pub work: ShiftKind,
    /// Whom the reader meets: the person, for a PA; those who come, for the person's side; nobody
    /// when it is open. Full names: they are shortened here.
    pub with: Vec<String>,
    /// How often it was changed.
    pub changes: usize,
    /// When it was changed last.
    pub changed: Moment,
}

/// In which words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum Language {
    #[default]
    English,
    Welsh,
}

/// The file: the same for the same shifts, byte for byte.
pub fn calendar(shifts: &[CalendarShift], language: Language) -> String {
    let mut file = text::File::default();
    file.line("BEGIN", "VCALENDAR");
    file.line("VERSION", "2.0");
    file.line("PRODID", "-//Kith//Kith//EN");
    file.line("NAME", "Kith");
    file.line("X-WR-CALNAME", "Kith");
    let refresh = format!("PT{}M", REFRESH.whole_minutes());
    file.line("REFRESH-INTERVAL;VALUE=DURATION", &refresh);
    file.line("X-PUBLISHED-TTL", &refresh);
    for shift in shifts {
        file.line("BEGIN", "VEVENT");
        file.line("UID", &format!("{}@kith", shift.shift));
        // Without a METHOD, DTSTAMP is when the event was revised last (3.8.7.2).
        file.line("DTSTAMP", &text::utc(shift.changed));
        file.line("LAST-MODIFIED", &text::utc(shift.changed));
        file.line("SEQUENCE", &shift.changes.to_string());
        file.line("DTSTART", &text::utc(shift.start));
        file.line("DTEND", &text::utc(shift.end));
        file.text("SUMMARY", &summary(shift, language));
        // Whoever shares their calendar shows that they are busy, not with whom.
        file.line("CLASS", "PRIVATE");
        file.line("END", "VEVENT");
    }
    file.line("END", "VCALENDAR");
    file.finish()
}

/// `Morgan P., 07:30–13:00 day`: with whom, and the times of Europe/London whatever the reader's
/// clock is set to.
fn summary(shift: &CalendarShift, language: Language) -> String {
    let words = |english, welsh| match language {
        Language::English => english,
        Language::Welsh => welsh,
    };
    let with: Vec<_> = shift.with.iter().map(|name| short(name)).collect();
    let mut summary = match &*with {
        [] => words("Nobody yet", "Neb eto").to_owned(),
        with => with.join(", "),
    };
    let ((h, m), (until_h, until_m)) = (shift.start.clock(), shift.end.clock());
    let kind = match shift.work {
        ShiftKind::Day => words("day", "dydd"),
        ShiftKind::SleepIn => words("sleep-in", "cysgu i mewn"),
        ShiftKind::WakingNight => words("waking night", "noson effro"),
    };
    // Into memory it does not fail.
    let _ = write!(summary, ", {h:02}:{m:02}–{until_h:02}:{until_m:02} {kind}");
    summary
}

/// First name and initial.
fn short(name: &str) -> String {
    let mut parts = name.split_whitespace();
    let first = parts.next().unwrap_or_default();
    match parts.next_back().and_then(|last| last.chars().next()) {
        Some(initial) => format!("{first} {initial}."),
        None => first.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kith_shared::time::Day;

    fn shift(with: &[&str]) -> CalendarShift {
        let start = Moment::at(Day::new(2026, 7, 24).unwrap(), 7, 30);
        CalendarShift {
            shift: ShiftId::from_bytes([3; 16]),
            start,
            end: start + Span::minutes(330),
            work: ShiftKind::Day,
            with: with.iter().map(|&name| name.to_owned()).collect(),
            changes: 2,
            changed: start - Span::days(9),
        }
    }

    #[test]
    fn a_shift_is_an_event() {
        let id = ShiftId::from_bytes([3; 16]);
        let file = calendar(&[shift(&["Morgan Parry"])], Language::English);
        let event = [
            "BEGIN:VEVENT",
            &format!("UID:{id}@kith"),
            "DTSTAMP:20260715T063000Z",
            "LAST-MODIFIED:20260715T063000Z",
            "SEQUENCE:2",
            "DTSTART:20260724T063000Z",
            "DTEND:20260724T120000Z",
            "SUMMARY:Morgan P.\\, 07:30–13:00 day",
            "CLASS:PRIVATE",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ];
        assert!(file.ends_with(&event.join("\r\n")), "{file}");
        assert!(file.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
    }

    #[test]
    fn names_are_short_and_words_are_the_readers() {
        let said = |with: &[&str], work, language| {
            let shift = CalendarShift {
                work,
                ..shift(with)
            };
            summary(&shift, language)
        };
        let (english, welsh) = (Language::English, Language::Welsh);
        for (with, work, language, words) in [
            (
                &["Gwen"][..],
                ShiftKind::Day,
                english,
                "Gwen, 07:30–13:00 day",
            ),
            (
                &["Siân  van der Ïorwg"],
                ShiftKind::Day,
                welsh,
                "Siân Ï., 07:30–13:00 dydd",
            ),
            (
                &["Nia Bowen", "Tom Jones"],
                ShiftKind::SleepIn,
                english,
                "Nia B., Tom J., 07:30–13:00 sleep-in",
            ),
            (
                &[],
                ShiftKind::WakingNight,
                english,
                "Nobody yet, 07:30–13:00 waking night",
            ),
            (
                &[],
                ShiftKind::WakingNight,
                welsh,
                "Neb eto, 07:30–13:00 noson effro",
            ),
        ] {
            assert_eq!(said(with, work, language), words);
        }
    }
}
