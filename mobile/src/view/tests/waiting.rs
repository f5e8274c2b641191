//! The status line and its sheet.

use super::{
    draw::{clock as at, plain},
    hands::{accept, act, clock_in, clock_out, compare_clocks, end, refuse, seen, write_note},
    world::{CERI, MORGAN, RHYS, SIAN, World, level, shift_id, t},
};
use crate::{
    engine::{Doubt, Found, Phone, Standing},
    view::waiting::{Act, Clock, Ending, Link, Status, clock, doubts, standing, status, waiting},
};
use kith_shared::{
    bytes::Array,
    domain::{
        note::Audience::{Family, Team},
        shift::{Shift, ShiftKind},
    },
    ids::RecordId,
    intent::Intent,
    policy::Refusal,
    sync::TeamReply,
    time::Span,
};

fn siân() -> Phone {
    World::new().phone(SIAN, "2026-11-24 07:00")
}

fn check(phone: &Phone, expected: [Status; 3]) {
    let links = [Link::Trying, Link::Reached, Link::Unreachable];
    for (link, expected) in links.into_iter().zip(expected) {
        assert_eq!(status(phone, link), expected, "{link:?}");
        assert_eq!(waiting(phone, link).status, expected, "{link:?}");
    }
}

#[test]
fn the_status_is_true_at_each_step() {
    let offline = |waiting| Status::Offline { waiting };
    let mut phone = siân();
    check(&phone, [Status::Seen, Status::Seen, offline(0)]);
    let visit = clock_in(&mut phone, "2026-11-24 08:00", None);
    clock_out(&mut phone, "2026-11-24 09:00", visit);
    let sending = Status::Sending { waiting: 2 };
    check(&phone, [sending, sending, offline(2)]);
    accept(&mut phone, "2026-11-24 09:01");
    let sent = Status::Sent { unseen: 2 };
    check(&phone, [sent, sent, offline(0)]);
    seen(&mut phone, "2026-11-24 09:02");
    check(&phone, [Status::Seen, Status::Seen, offline(0)]);
    write_note(&mut phone, "2026-11-24 09:03", Some(visit), Family, "ok");
    refuse(&mut phone, "2026-11-24 09:04", Refusal::NotYourRole);
    check(&phone, [Status::NeedsDecision { count: 1 }; 3]);
    let aside = phone.aside().next().expect("put aside").record;
    phone.let_go(aside);
    check(&phone, [Status::Seen, Status::Seen, offline(0)]);
}

#[test]
fn a_record_says_how_far_it_has_come() {
    let mut phone = siân();
    let record = RecordId::from(clock_in(&mut phone, "2026-11-24 08:00", None));
    assert_eq!(standing(&phone, record), Some(Standing::Saved));
    accept(&mut phone, "2026-11-24 09:01");
    assert_eq!(standing(&phone, record), Some(Standing::Sent));
    seen(&mut phone, "2026-11-24 09:02");
    assert_eq!(standing(&phone, record), Some(Standing::Seen));
    let refused = write_note(&mut phone, "2026-11-24 09:03", None, Family, "ok");
    refuse(&mut phone, "2026-11-24 09:04", Refusal::NotYourRole);
    assert_eq!(standing(&phone, refused), None);
}

fn draw(act: &Act) -> String {
    match act {
        Act::ClockIn { shift } => format!("clock in, planned {}", shift.is_some()),
        Act::ClockOut { .. } => "clock out".into(),
        Act::AmendClock { start, end, .. } => {
            format!("amend to {}-{}", at(*start), end.map_or(String::new(), at))
        }
        Act::WriteNote { audience, line } => format!("note to {audience:?}: {line}"),
        Act::AmendNote { audience, line } => format!("amended note to {audience:?}: {line}"),
        Act::Rota { what, planned } => {
            let planned = planned.map(|p| format!(" {}-{}", at(p.start), at(p.end)));
            format!("{what}{}", planned.unwrap_or_default())
        }
        Act::Profile => "choices".into(),
        Act::Availability => "availability".into(),
    }
}

/// One act of each kind.
fn busy() -> Phone {
    let mut phone = siân();
    let month = t("2026-11-24 08:00").month();
    let visit = clock_in(&mut phone, "2026-11-24 08:00", Some(3));
    clock_out(&mut phone, "2026-11-24 09:00", visit);
    let (start, reason) = (t("2026-11-24 07:55"), "bus".to_owned());
    let end = Some(t("2026-11-24 09:05"));
    let person = MORGAN;
    act(
        &mut phone,
        "2026-11-24 09:10",
        Intent::AmendClock {
            person,
            month,
            visit,
            start,
            end,
            reason,
        },
    );
    let note = write_note(
        &mut phone,
        "2026-11-24 09:11",
        Some(visit),
        Team,
        "knee\nand more",
    );
    let amended = Intent::AmendNote {
        person,
        month,
        note: note.into(),
        audience: Team,
        says: super::world::text("left knee"),
        reason: "more exactly".into(),
    };
    act(&mut phone, "2026-11-24 09:12", amended);
    let shift = Shift {
        shift: shift_id(9),
        person,
        start: t("2026-11-25 22:00"),
        end: t("2026-11-26 07:00"),
        pas: vec![SIAN, RHYS],
        work: ShiftKind::SleepIn,
        replaces: None,
        needs: 1,
        shadows: vec![],
        series: None,
        pool: None,
    };
    act(&mut phone, "2026-11-24 09:13", Intent::publish(shift));
    phone
}

#[test]
fn the_sheet_lists_what_waits_in_order() {
    let sheet = waiting(&busy(), Link::Unreachable);
    let drawn: Vec<_> = sheet
        .waiting
        .iter()
        .map(|w| {
            format!(
                "{} {} {}",
                at(w.at),
                w.person.as_ref().map_or("", |p| p.short()),
                draw(&w.act)
            )
        })
        .collect();
    assert_eq!(
        drawn.join("\n"),
        plain(
            "
        08:00 Morgan clock in, planned true
        09:00 Morgan clock out
        09:10 Morgan amend to 07:55-09:05
        09:11 Morgan note to Team: knee
        09:12 Morgan amended note to Team: left knee
        09:13 Morgan published 22:00-07:00"
        )
    );
    assert_eq!((sheet.unseen, sheet.aside.len()), (0, 0));
    assert_eq!(sheet.heard, Some(t("2026-11-24 07:00")));
}

#[test]
fn the_sheet_tells_what_was_put_aside_and_keeps_its_words() {
    let mut phone = busy();
    refuse(&mut phone, "2026-11-24 10:00", Refusal::NotYourRole);
    let sheet = waiting(&phone, Link::Reached);
    let drawn: Vec<_> = sheet
        .aside
        .iter()
        .map(|a| {
            let words = a.words.as_ref().map_or("", |w| &w.text);
            let kept = if a.kept_by_relay { "kept" } else { "" };
            format!("{} {} {:?} {kept} [{words}]", at(a.at), draw(&a.act), a.why)
        })
        .collect();
    assert_eq!(
        drawn.join("\n"),
        "\
        09:13 published 22:00-07:00 NotYourRole kept []\n\
        09:12 amended note to Team: left knee NotYourRole kept [left knee]\n\
        09:11 note to Team: knee NotYourRole kept [knee\nand more]\n\
        09:10 amend to 07:55-09:05 NotYourRole kept []\n\
        09:00 clock out NotYourRole kept []\n\
        08:00 clock in, planned true NotYourRole kept []"
    );
    assert_eq!(sheet.status, Status::NeedsDecision { count: 6 });
    assert!(sheet.waiting.is_empty());
}

/// The author is told, once, and lets go when they have read it; the store keeps it until then.
#[test]
fn what_was_put_aside_says_how_it_ended() {
    let mut phone = siân();
    let ends = |phone: &Phone| -> Vec<_> {
        let ends = waiting(phone, Link::Reached)
            .aside
            .into_iter()
            .map(|a| a.end);
        let words = ends.map(|end| match end {
            None => "open".to_owned(),
            Some(Ending::In(by)) => {
                format!("in by {}", by.map_or("me".to_owned(), |by| by.name))
            }
            Some(Ending::Out { by, reason }) => format!("out by {}: {reason}", by.name),
        });
        words.collect()
    };
    write_note(&mut phone, "2026-11-24 09:00", None, Team, "first");
    refuse(&mut phone, "2026-11-24 09:01", Refusal::NotYourRole);
    assert_eq!(ends(&phone), ["open"]);
    end(&mut phone, "2026-11-24 09:02", CERI, None);
    assert_eq!(phone.request().expect("joined").request.aside, []);
    write_note(&mut phone, "2026-11-24 09:03", None, Team, "second");
    refuse(&mut phone, "2026-11-24 09:04", Refusal::NotYourRole);
    assert_eq!(phone.request().expect("joined").request.aside.len(), 1);
    let mut own = phone.clone();
    end(&mut phone, "2026-11-24 09:05", CERI, Some("Twice"));
    assert_eq!(
        ends(&phone),
        ["out by Ceri Llwyd: Twice", "in by Ceri Llwyd"]
    );
    assert_eq!(
        status(&phone, Link::Reached),
        Status::NeedsDecision { count: 2 }
    );
    end(&mut own, "2026-11-24 09:05", SIAN, None);
    assert_eq!(ends(&own), ["in by me", "in by Ceri Llwyd"]);
}

#[test]
fn a_wrong_clock_is_told_with_its_direction() {
    let relay = t("2026-11-24 10:00");
    let five = Span::minutes(5);
    for (device, expected) in [
        (relay, Clock::Right),
        (relay + five, Clock::Right),
        (relay - five, Clock::Right),
        (relay + five + Span::from_millis(1), Clock::Fast(5)),
        (relay - five - Span::from_millis(1), Clock::Slow(5)),
        (relay + Span::days(3), Clock::Fast(4320)),
        (relay - Span::days(3), Clock::Slow(4320)),
    ] {
        let mut phone = siân();
        compare_clocks(&mut phone, relay, device);
        assert_eq!(clock(&phone), expected, "{device:?}");
        let sheet = waiting(&phone, Link::Reached);
        assert_eq!((sheet.clock, sheet.heard), (expected, Some(relay)));
    }
}

#[test]
fn of_each_kind_of_doubt_the_latest_is_told() {
    let mut phone = siân();
    assert!(!waiting(&phone, Link::Reached).checked);
    assert_eq!(doubts(&phone), []);
    // Replies with a signature that is under nothing.
    let now = t("2026-11-24 08:00");
    for _ in 0..6 {
        let sent = phone.request().expect("it has joined");
        let mut level = level(Vec::new(), Vec::new(), Vec::new());
        level.signature = Some(Array([1; 64]));
        let _ = phone.receive(&sent, &TeamReply::Level(level), now, now);
    }
    let found = Found::NotAsSigned;
    let read = false;
    assert_eq!(
        doubts(&phone),
        [Doubt {
            at: now,
            found,
            read
        }]
    );
    // It needs who has the phone until they have read it, and stays as what was.
    let line = |phone: &Phone| status(phone, Link::Reached);
    assert_eq!(line(&phone), Status::NeedsDecision { count: 1 });
    let _ = phone.read_doubts(Found::OtherPast);
    assert_eq!(line(&phone), Status::NeedsDecision { count: 1 });
    let _ = phone.read_doubts(found);
    assert_eq!(line(&phone), Status::Seen);
    assert!(doubts(&phone)[0].read);
}
