//! What happened: visits with their marks and notes, as the timeline, the records and a visit's
//! own page show them.

use super::{face, icon};
use crate::{
    engine::Standing,
    i18n::dates,
    route::Route,
    screens::note::{activity_sign, mood_sign},
    state::say,
    view::{
        notes::NoteCard,
        timeline::{Amendment, Entry, MissedCard, TimelineDay, VisitCard},
        trace::Trace,
        when::When,
    },
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{
    domain::{
        note::{Audience, NoteText},
        shift::ShiftKind,
        visit::Mark,
    },
    time::{Day, Moment},
};

/// The heading of a day of a story.
pub fn day_heading(day: Day, when: When) -> Element {
    let plain = matches!(when, When::On(_));
    rsx! {
        h2 { id: "d{day}",
            {say::title(when, day)}
            if !plain {
                " "
                span { class: "soft", {say::short_day(day)} }
            }
        }
    }
}

/// A day of the timeline.
#[component]
pub fn StoryDay(day: TimelineDay) -> Element {
    rsx! {
        section { class: "story-day", aria_labelledby: "d{day.day}",
            {day_heading(day.day, day.when)}
            ol { class: "story",
                for entry in day.entries {
                    {story_entry(entry)}
                }
            }
        }
    }
}

fn story_entry(entry: Entry) -> Element {
    match entry {
        Entry::Visit(visit) => rsx! {
            VisitEntry { key: "{visit.visit}", visit }
        },
        Entry::Note(note) => rsx! {
            li { class: "entry", key: "{note.note}",
                {face(&note.author, "")}
                article { class: "entry-body",
                    div { class: "entry-head",
                        h3 { "{note.author.name}" }
                        p { {say::clock(note.written.at)} }
                    }
                    {note_card(&note)}
                }
            }
        },
        Entry::Missed(missed) => rsx! {
            MissedEntry { key: "{missed.shift}-{missed.who.is_some()}", missed }
        },
    }
}

/// A visit.
#[component]
pub fn VisitEntry(visit: VisitCard) -> Element {
    rsx! {
        li { class: "entry",
            {face(&visit.who, "")}
            article { class: "entry-body",
                div { class: "entry-head",
                    h3 { "{visit.who.name}" }
                    p {
                        {times(visit.start, visit.end)}
                        {visit_more(&visit)}
                    }
                }
                {marks(&visit)}
                for amendment in &visit.amendments {
                    {before(amendment)}
                }
                for note in &visit.notes {
                    {note_card(note)}
                }
                Link { class: "button plain", to: Route::Visit { visit: visit.visit }, {t!("visit-see")} }
            }
        }
    }
}

/// `07:31 – 13:02`, for machines as well.
pub fn times(start: Moment, end: Option<Moment>) -> Element {
    rsx! {
        if let Some(end) = end {
            time { datetime: dates::machine(start), {say::clock(start)} }
            " – "
            time { datetime: dates::machine(end), {say::clock(end)} }
        } else {
            {say::worked(start, None)}
        }
    }
}

fn visit_more(visit: &VisitCard) -> String {
    let mut parts = vec![say::length(visit.minutes)];
    if visit.nights > 0 && visit.end.is_some() {
        parts.push(t!("to-next-day"));
    }
    match visit.planned {
        Some(planned) if !visit.marks.is_empty() => {
            parts.push(t!("planned-inline", time = say::stretch(planned)));
        }
        Some(_) => {}
        None => parts.push(t!("not-planned")),
    }
    format!(" · {}", parts.join(" · "))
}

/// How a visit stands against what was planned, and what kind of work it was.
pub fn marks(visit: &VisitCard) -> Element {
    let kind = kind_mark(visit.kind);
    if visit.marks.is_empty() && kind.is_none() {
        return VNode::empty();
    }
    rsx! {
        p { class: "marks",
            if let Some(kind) = kind {
                {kind}
            }
            for mark in visit.marks.iter().copied() {
                {mark_sign(mark, &say::mark(mark, Some(visit)))}
            }
        }
    }
}

/// The mark of a kind of work that is not the ordinary one.
pub fn kind_mark(kind: ShiftKind) -> Option<Element> {
    let words = say::kind(kind)?;
    let sign = match kind {
        ShiftKind::SleepIn => Icon::SleepIn,
        ShiftKind::Day | ShiftKind::WakingNight => Icon::Night,
    };
    Some(rsx! {
        span { class: "mark", {icon(sign)} "{words}" }
    })
}

/// A mark with its words.
pub fn mark_sign(mark: Mark, words: &str) -> Element {
    let (class, sign) = match mark {
        Mark::Late => ("mark need", Icon::Late),
        Mark::Missed => ("mark stop", Icon::Missed),
        Mark::CutShort => ("mark need", Icon::CutShort),
        Mark::Amended => ("mark info", Icon::Amended),
    };
    rsx! {
        span { class, {icon(sign)} "{words}" }
    }
}

/// What the times were before, and why they were changed.
pub fn before(amendment: &Amendment) -> Element {
    let was = say::worked(amendment.start_before, amendment.end_before);
    rsx! {
        p { class: "before",
            {t!("before-times")}
            " "
            s { "{was}" }
            ". "
            {t!("before-why", reason = amendment.reason.as_str())}
        }
    }
}

/// How a record came to be known, where there is more to say than when.
pub fn trace(act: &str, trace: &Trace) -> Element {
    rsx! {
        if let Some(device) = trace.device_clock {
            p { class: "before", {t!("trace-clock", act = act, time = say::moment(device))} }
        }
        if let Some(received) = trace.received {
            p { class: "before", {t!("trace-received", act = act, time = say::moment(received))} }
        }
    }
}

/// A shift that is over, and of which no clock in has arrived.
#[component]
pub fn MissedEntry(missed: MissedCard) -> Element {
    let planned = t!("planned", time = say::stretch(missed.planned));
    rsx! {
        li { class: "entry",
            span { class: "entry-sign", {icon(Icon::Missed)} }
            article { class: "entry-body",
                div { class: "entry-head",
                    h3 { {t!("missed-title")} }
                    p {
                        "{planned}"
                        if let Some(who) = &missed.who {
                            ", {who.name}"
                        }
                    }
                }
                p { class: "marks",
                    {mark_sign(Mark::Missed, &say::mark(Mark::Missed, None))}
                }
            }
        }
    }
}

/// How far a record of mine has come.
pub fn standing(standing: Option<Standing>) -> Element {
    let (class, sign, words) = match standing {
        None => return VNode::empty(),
        Some(Standing::Saved) => ("status saved", Icon::Saved, t!("status-saved")),
        Some(Standing::Sent) => ("status sent", Icon::Sent, t!("status-sent")),
        Some(Standing::Seen) => ("status seen", Icon::Seen, t!("status-seen")),
    };
    rsx! {
        span { class, {icon(sign)} "{words}" }
    }
}

/// A note: what it says, who may read it, how far it has come.
pub fn note_card(note: &NoteCard) -> Element {
    let class = match note.audience {
        Audience::Family => "note",
        Audience::Team => "note team",
    };
    rsx! {
        div { class, key: "{note.note}",
            {says(&note.says)}
            for earlier in &note.earlier {
                p { class: "before",
                    {t!("note-amended", when = say::moment(earlier.until), reason = earlier.reason.as_str())}
                    if !earlier.says.text.trim().is_empty() {
                        " "
                        s { "{earlier.says.text}" }
                    }
                }
            }
            p { class: "note-foot",
                {audience(note.audience)}
                {standing(note.standing)}
            }
        }
    }
}

/// Who may read it.
pub fn audience(audience: Audience) -> Element {
    match audience {
        Audience::Family => rsx! {
            span { class: "audience family", {icon(Icon::Family)} {t!("shared-family")} }
        },
        Audience::Team => rsx! {
            span { class: "audience", {icon(Icon::Lock)} {t!("share-team")} }
        },
    }
}

/// What a note says.
pub fn says(says: &NoteText) -> Element {
    let facts = says.mood.is_some() || !says.meals.is_empty() || !says.activities.is_empty();
    let meals = says.meals.iter();
    let meals: Vec<_> = meals
        .map(|(meal, eaten)| {
            format!(
                "{}: {}",
                say::meal(*meal),
                say::eaten(*eaten).to_lowercase()
            )
        })
        .collect();
    rsx! {
        if facts {
            ul { class: "note-facts",
                if let Some(mood) = says.mood {
                    li { {icon(mood_sign(mood))} {say::mood(mood)} }
                }
                if !meals.is_empty() {
                    li { {icon(Icon::Meal)} {meals.join(", ")} }
                }
                for activity in says.activities.iter().copied() {
                    li { key: "{activity:?}", {icon(activity_sign(activity))} {say::activity(activity)} }
                }
            }
        }
        if !says.text.trim().is_empty() {
            p { class: "note-text", "{says.text}" }
        }
        if !says.goals.is_empty() {
            ul { class: "note-goals",
                for (goal , progress) in &says.goals {
                    li { key: "{goal}",
                        {icon(Icon::Goal)}
                        span {
                            "{goal}: "
                            strong { {say::progress(*progress)} }
                        }
                    }
                }
            }
        }
    }
}
