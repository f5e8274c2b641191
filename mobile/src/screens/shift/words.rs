//! Cover in words.

use crate::{
    state::say,
    view::{face::Face, shift::ShiftCard, when::When},
};
use kith_shared::{
    domain::{
        cover::{Block, News},
        working_time::Warning,
    },
    ids::MemberId,
    time::{Moment, Span},
};

/// How many names stand in a line before the rest is counted.
const NAMES: usize = 3;

/// Whether it is about who looks at the screen, for messages to choose by.
pub fn me(face: &Face<MemberId>) -> &'static str {
    yes(face.me)
}

/// A flag, for messages to choose by.
pub fn yes(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// `you`, `Rhys`.
pub fn name(face: &Face<MemberId>) -> String {
    if face.me {
        t!("cover-you")
    } else {
        face.short().to_owned()
    }
}

/// `you, Aisha, Carys and 2 more`.
pub fn names(faces: &[Face<MemberId>]) -> String {
    join(faces.iter().map(name).collect())
}

/// As [`names`], in full.
pub fn full_names(faces: &[Face<MemberId>]) -> String {
    let full = |face: &Face<MemberId>| {
        if face.me {
            t!("cover-you")
        } else {
            face.name.clone()
        }
    };
    join(faces.iter().map(full).collect())
}

fn join(mut names: Vec<String>) -> String {
    if names.len() > NAMES {
        let count = names.len() - NAMES;
        names.truncate(NAMES);
        return t!("names-more", names = names.join(", "), count = count);
    }
    match names.pop() {
        None => String::new(),
        Some(only) if names.is_empty() => only,
        Some(last) => t!(
            "names-two",
            vowel = yes(begins_with_a_vowel(&last)),
            first = names.join(", "),
            last = last
        ),
    }
}

/// In Welsh, *and* has another form before a vowel.
fn begins_with_a_vowel(name: &str) -> bool {
    let first = name.chars().next().map(|c| c.to_ascii_lowercase());
    first.is_some_and(|c| "aeiouâêîôûáéíóú".contains(c))
}

/// `Wed 25 Nov, 07:30 – 13:00`; `Today, 07:30 – 13:00`.
pub fn when(card: &ShiftCard) -> String {
    let day = match card.when {
        When::Today | When::Tomorrow => say::title_short(card.when, card.planned.start.day()),
        _ => say::short_day(card.planned.start.day()),
    };
    t!("cover-when", day = day, time = say::stretch(card.planned))
}

/// As [`when`], inside a sentence: `today, 07:30 – 13:00`.
pub fn when_in_line(card: &ShiftCard) -> String {
    t!(
        "cover-when",
        day = say::day(card.planned.start.day()),
        time = say::stretch(card.planned)
    )
}

/// As [`when`], with the person, and what kind of work it is.
pub fn when_with(card: &ShiftCard) -> String {
    let line = t!("cover-with", when = when(card), name = card.person.short());
    match say::kind(card.kind) {
        Some(kind) => format!("{line} · {kind}"),
        None => line,
    }
}

/// `Today 08:14`, `Sun 8 Nov 20:10`, at the head of a line.
pub fn moment(at: Moment) -> String {
    format!("{} {}", say::day_first(at.day()), say::clock(at))
}

/// That nothing is heard of a holder, and what is asked of a colleague.
pub fn silence(news: News, who: &str) -> String {
    let (heard, phone) = match news {
        News::NotHeard { last: Some(last) } => ("no", t!("not-heard", when = say::moment(last))),
        News::NotHeard { last: None } => ("no", t!("not-heard-ever")),
        _ => ("yes", String::new()),
    };
    let words = t!("need-silent-words", heard = heard, who = who);
    let words = format!("{words} {phone}");
    format!("{} {}", words.trim(), t!("need-silent-can"))
}

fn length(span: Span) -> String {
    say::length(span.whole_minutes())
}

/// A rule that work would break: what it is, and what it means.
pub fn warning(warning: &Warning) -> (String, String) {
    match warning {
        Warning::DailyRest { rest, owed, .. } => (
            t!("rest-short", length = length(*rest)),
            t!("rest-short-words", owed = length(*owed)),
        ),
        Warning::WeeklyRest { owed, .. } => {
            (t!("rest-week"), t!("rest-week-words", owed = length(*owed)))
        }
        Warning::Break { worked, due, .. } => (
            t!("rest-break", length = length(*worked)),
            t!("rest-break-words", due = length(*due)),
        ),
        Warning::Week { average, most, .. } => (
            t!("hours-week", length = length(*average)),
            t!("hours-week-words", most = length(*most)),
        ),
        Warning::Night { average, most, .. } => (
            t!("hours-night", length = length(*average)),
            t!("hours-night-words", most = length(*most)),
        ),
        Warning::OwnMost { worked, most, .. } => (
            t!("hours-own", length = length(*worked)),
            t!("hours-own-words", most = length(*most)),
        ),
    }
}

/// Why something cannot be, for messages to choose by.
pub fn why(block: Block) -> &'static str {
    match block {
        Block::NotAPa => "not-a-pa",
        Block::Holder => "holder",
        Block::Overlap { .. } => "overlap",
        Block::OnLeave => "leave",
        Block::Vetoed => "vetoed",
        Block::NotWanted => "not-wanted",
        Block::NotAsked => "not-asked",
        Block::SwapChanged => "swap-changed",
        Block::Started => "started",
        Block::Over => "over",
    }
}
