//! What the registered manager can say of the records.

use super::world::{CERI, OWAIN, RHYS, SIAN, World, text};
use crate::{engine::Phone, view::whole::whole};
use kith_shared::{domain::note::Audience::Team, time::Span};

fn draw(phone: &Phone) -> String {
    let whole = whole(phone);
    let days = whole.days.map(|(from, to)| format!("{from} to {to}"));
    let mut lines = vec![format!(
        "checked: {}, {} entries, {}",
        whole.checked,
        whole.entries,
        days.unwrap_or_default()
    )];
    lines.push(format!("{} late", whole.late_records));
    for late in whole.late {
        let person = late.person.map_or(String::new(), |p| p.name);
        let days = (late.received - late.made.0).whole_minutes() / (24 * 60);
        let (who, records) = (late.who.name, late.records);
        lines.push(format!("{who}, {records} about {person}: {days} days"));
    }
    for clock in whole.clocks {
        lines.push(format!(
            "{} {:+} min, {} records, {}",
            clock.who.name,
            clock.ahead,
            clock.records,
            clock.last.day()
        ));
    }
    lines.join("\n")
}

#[test]
fn what_came_late_and_whose_clock_was_off_is_counted() {
    let mut w = World::new();
    w.delay = Span::hours(24);
    w.visit(SIAN, None, "2026-11-20 08:00", Some("2026-11-20 09:00"));
    w.delay = Span::hours(49);
    w.visit(RHYS, None, "2026-11-20 10:00", None);
    w.note(RHYS, "2026-11-20 11:01", None, Team, text("keys"));
    w.delay = Span::default();
    w.skew = Span::minutes(-90);
    w.visit(OWAIN, None, "2026-11-20 12:00", Some("2026-11-20 13:00"));
    w.skew = Span::minutes(5);
    w.visit(OWAIN, None, "2026-11-20 14:00", None);
    w.skew = Span::minutes(120);
    w.visit(SIAN, None, "2026-11-21 14:00", None);
    let phone = w.phone(CERI, "2026-11-24 00:00");
    // Nobody signed this journal.
    let expected = "\
checked: false, 35 entries, 2026-01-01 to 2026-11-22
2 late
Rhys Thomas, 2 about Morgan Pritchard: 2 days
Siân Bevan -120 min, 1 records, 2026-11-21
Owain ap Gwilym +90 min, 3 records, 2026-11-20";
    assert_eq!(draw(&phone), expected);
}
