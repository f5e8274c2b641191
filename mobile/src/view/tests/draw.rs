//! Views as text.

use crate::view::{
    face::Face,
    notes::{Line, NoteCard},
    shift::ShiftCard,
    timeline::{Entry, MissedCard, VisitCard},
    trace::Trace,
    when::{Stretch, When},
};
use kith_shared::time::{Moment, Span};

/// An expectation without its indentation.
pub(crate) fn plain(expected: &str) -> String {
    let lines = expected.lines().map(str::trim).filter(|l| !l.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

pub(crate) fn clock(at: Moment) -> String {
    let (hour, minute) = at.clock();
    format!("{hour:02}:{minute:02}")
}

pub(crate) fn when(when: When) -> String {
    match when {
        When::On(day) => day.to_string(),
        other => format!("{other:?}").to_lowercase(),
    }
}

pub(crate) fn until(start: Moment, end: Option<Moment>) -> String {
    let end = end.map_or(String::new(), clock);
    format!("{}-{end}", clock(start))
}

pub(crate) fn stretch(s: Stretch) -> String {
    let nights = match s.nights() {
        0 => String::new(),
        n => format!("+{n}"),
    };
    format!("{}{nights}", until(s.start, Some(s.end)))
}

/// The short name; `me` for who looks.
pub(crate) fn name<Id>(face: &Face<Id>) -> String {
    if face.me {
        "me".into()
    } else {
        face.short().to_owned()
    }
}

pub(crate) fn names<'a, Id: 'a>(faces: impl IntoIterator<Item = &'a Face<Id>>) -> String {
    faces.into_iter().map(name).collect::<Vec<_>>().join(" & ")
}

/// `today 07:30-13:00 Morgan: me & Rhys`
pub(crate) fn shift(card: &ShiftCard) -> String {
    let who = if card.is_open() {
        "open".into()
    } else {
        names(&card.pas)
    };
    let (day, person) = (when(card.when), card.person.short());
    format!("{day} {} {person}: {who}", stretch(card.planned))
}

pub(crate) fn line(line: &Line) -> String {
    format!(
        "new {} {}: {}",
        name(&line.author),
        clock(line.at),
        line.text
    )
}

fn trace(what: &str, trace: &Trace) -> Vec<String> {
    let own = trace.device_clock.map(clock);
    let received = trace.received.map(|received| received - trace.at);
    own.map(|own| format!(" | {what} at {own} by the phone's clock"))
        .into_iter()
        .chain(received.map(|late| {
            let days = late.millis() / Span::days(1).millis();
            format!(" | {what} arrived {days} days later")
        }))
        .collect()
}

pub(crate) fn visit(v: &VisitCard) -> String {
    let mut drawn = vec![
        name(&v.who),
        format!(" {} {} min", until(v.start, v.end), v.minutes),
    ];
    drawn.extend((v.nights > 0).then(|| format!(" +{}", v.nights)));
    drawn.extend(v.marks.iter().map(|mark| format!(" {mark:?}")));
    drawn.extend(v.standing.map(|standing| format!(" {standing:?}")));
    drawn.extend(v.amendments.iter().map(|a| {
        let was = until(a.start_before, a.end_before);
        format!(" | was {was}: {}", a.reason)
    }));
    drawn.extend(trace("in", &v.clock_in));
    drawn.extend(v.clock_out.iter().flat_map(|out| trace("out", out)));
    drawn.extend(v.notes.iter().map(|n| format!(" | {}", note(n))));
    drawn.concat()
}

pub(crate) fn note(n: &NoteCard) -> String {
    let mut drawn = vec![
        name(&n.author),
        format!(" to {:?}: {}", n.audience, n.says.text),
    ];
    drawn.extend(n.earlier.iter().map(|e| {
        let until = clock(e.until);
        format!(" (until {until} {:?}, {})", e.says.text, e.reason)
    }));
    drawn.extend(n.standing.map(|standing| format!(" {standing:?}")));
    drawn.extend(trace("note", &n.written));
    drawn.concat()
}

pub(crate) fn missed(m: &MissedCard) -> String {
    let who = m.who.as_ref().map_or("nobody".into(), name);
    format!("nothing from {who} for {}", stretch(m.planned))
}

pub(crate) fn entry(entry: &Entry) -> String {
    match entry {
        Entry::Visit(v) => visit(v),
        Entry::Note(n) => format!("note {} {}", clock(n.written.at), note(n)),
        Entry::Missed(m) => missed(m),
    }
}
