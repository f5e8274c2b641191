//! Everything about a person as one page: complete in itself, without scripts, for screens, screen
//! readers and paper. What is put into it is escaped by construction.

use super::about::{About, Around, Known, Line, Noted, Planned, Visited, When};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = "
:root { color-scheme: light dark; }
body { font: 1.05rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.2; }
h2 { margin-top: 2.5rem; border-bottom: 2px solid; }
article { margin: 1.25rem 0; padding-left: 1rem; border-left: 3px solid; break-inside: avoid; }
article h3 { margin: 0; font-size: 1.1rem; }
dl { margin: .25rem 0; } dt { font-weight: bold; } dd { margin: 0 0 .25rem 1rem; white-space: pre-wrap; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; padding: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .5rem .35rem 0; border-bottom: 1px solid; }
.wide { overflow-x: auto; }
.how { font-size: .9rem; }
@media print { body { max-width: none; margin: 0; font-size: 11pt; } nav { display: none; } h2 { break-after: avoid; } a { color: inherit; } }
";

/// The page.
pub fn page(about: &About) -> String {
    let name = &about.person.name;
    let sections = [
        ("who", "Who you are", who(about)),
        (
            "around",
            "Who is around you, and who may read this",
            around(&about.around),
        ),
        (
            "visits",
            "Visits",
            each(&about.visits, "No visit was recorded.", visit),
        ),
        (
            "notes",
            "Notes",
            each(&about.notes, "No note was written.", note),
        ),
        (
            "rota",
            "The rota and how it came about",
            each(&about.rota, "Nothing was planned.", shift),
        ),
    ];
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { "Records about " (name) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { "Records about " (name) }
                    p {
                        "This is everything that " (about.team) " keeps about " (name) " in Kith, as it was on "
                        (time(&about.made)) ". All times are those of clocks in the United Kingdom."
                    }
                    p {
                        "What is private to other people is left out: when colleagues can work, why they could not "
                        "come, and everyone else whom the team supports."
                    }
                    nav aria-label="On this page" {
                        ul {
                            @for (id, title, _) in &sections {
                                li { a href={ "#" (id) } { (title) } }
                            }
                        }
                    }
                }
                main {
                    @for (id, title, content) in &sections {
                        section aria-labelledby=(id) {
                            h2 id=(id) { (title) }
                            (content)
                        }
                    }
                }
            }
        }
    }
    .into_string()
}

fn time(when: &When) -> Markup {
    html! { time datetime=(when.utc) { (when.words) } }
}

fn each<T>(all: &[T], none: &str, show: impl Fn(&T) -> Markup) -> Markup {
    html! {
        @if all.is_empty() { p { (none) } }
        @for one in all { (show(one)) }
    }
}

fn who(about: &About) -> Markup {
    let person = &about.person;
    html! {
        dl {
            dt { "Name" } dd { (person.name) }
            @if !person.address.is_empty() { dt { "Address" } dd { (person.address) } }
            @for goal in &person.goals { dt { "Goal" } dd { (goal) } }
        }
        @if !about.care.is_empty() {
            h3 { "The care" }
            (lines(&about.care))
        }
        h3 { "What was said about you and your choices" }
        (lines(&about.profile))
    }
}

fn lines(lines: &[Line]) -> Markup {
    html! {
        @if lines.is_empty() { p { "Nothing." } }
        ul {
            @for line in lines {
                li { (time(&line.at)) ", " (line.by) ": " (line.says) }
            }
        }
    }
}

fn around(all: &[Around]) -> Markup {
    html! {
        div class="wide" role="region" aria-labelledby="around" tabindex="0" {
        table {
            caption { "Everyone who may read records about you, or could while they belonged to the team" }
            thead {
                tr {
                    th scope="col" { "Name" }
                    th scope="col" { "Role" }
                    th scope="col" { "Visits" }
                    th scope="col" { "May read" }
                    th scope="col" { "From, to" }
                }
            }
            tbody {
                @for one in all {
                    tr {
                        th scope="row" { (one.name) }
                        td { (one.role) }
                        td { (one.visits) }
                        td {
                            (one.reads.join(", "))
                            @if !one.changes.is_empty() { (lines(&one.changes)) }
                        }
                        td {
                            @if let Some(since) = &one.since { (time(since)) }
                            " to "
                            @if let Some(until) = &one.until { (time(until)) } @else { "now" }
                        }
                    }
                }
            }
        }
        }
    }
}

fn visit(visit: &Visited) -> Markup {
    html! {
        article {
            h3 { (visit.who) ", " (visit.times) }
            @if let Some(place) = &visit.place { p { "Place: " (place) } }
            @if !visit.amended.is_empty() {
                p { "Changed:" }
                (lines(&visit.amended))
            }
            (how(&visit.known))
        }
    }
}

fn says(says: &[(String, String)]) -> Markup {
    html! { dl { @for (of, what) in says { dt { (of) } dd { (what) } } } }
}

fn note(note: &Noted) -> Markup {
    html! {
        article {
            h3 { (note.who) ", " (time(&note.at)) }
            p { "For " (note.shared_with) "." }
            (says(&note.says))
            @for earlier in &note.earlier {
                p {
                    "Before"
                    @if let Some(changed) = &earlier.changed { " " (time(changed)) }
                    " it said what follows. It was changed because: " (earlier.reason)
                }
                blockquote { (says(&earlier.says)) }
            }
            (how(&note.known))
        }
    }
}

fn shift(shift: &Planned) -> Markup {
    html! {
        article {
            h3 { (shift.times) }
            p { (shift.stands) ", " (shift.work) ". Who comes: " (shift.who) "." }
            (lines(&shift.story))
        }
    }
}

fn how(known: &[Known]) -> Markup {
    html! {
        ul class="how" {
            @for one in known {
                li {
                    (one.what) " " (time(&one.at))
                    @if let Some(clock) = &one.device_clock { "; the phone's own clock showed " (time(clock)) }
                    @if let Some(received) = &one.received { "; kept by the team's computer since " (time(received)) }
                }
            }
        }
    }
}
