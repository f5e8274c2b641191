//! Faces: initials as people write their own, colours that stay, days as people say them.

use super::world::{GWEN, MORGAN, RHYS, SIAN, World, day, joined, t};
use crate::view::{
    face::{COLOURS, colour, initials, member, person},
    when::{Stretch, When},
};
use kith_shared::{
    documents::{DocumentId, team::TeamRecord},
    domain::team::{Member, Role},
    ids::{MemberId, PersonId},
};
use std::collections::BTreeSet;

#[test]
fn initials_are_of_the_first_and_the_last_word() {
    for (name, expected) in [
        ("Morgan Pritchard", "MP"),
        ("Owain ap Gwilym", "OG"),
        ("Eluned Wyn-Roberts", "EW"),
        ("Katarzyna Wiśniewska-Llewelyn", "KW"),
        ("Llŷr Rhydderch", "LR"),
        ("ŵyn ŷd", "ŴŶ"),
        ("  siân   bevan ", "SB"),
        ("Cher", "C"),
        ("(Bob) O’Neil", "BO"),
        ("Bob 🎉", "B"),
        ("3 Flats", "3F"),
        ("ßen Äck", "SÄ"),
        ("", ""),
        (" \t\n", ""),
        ("🎉 —", ""),
    ] {
        assert_eq!(initials(name), expected, "{name:?}");
    }
}

#[test]
fn a_colour_stays() {
    // Changing these changes the colour that people know each other by.
    for (id, expected) in [([0; 16], 4), ([1; 16], 3), ([2; 16], 5), ([3; 16], 2)] {
        assert_eq!(colour(&id), expected, "{id:?}");
    }
}

#[test]
fn ids_that_differ_in_one_byte_share_the_colours_out() {
    for byte in 0..16 {
        let colours: BTreeSet<u8> = (0..=255)
            .map(|n| {
                let mut id = [7; 16];
                id[byte] = n;
                colour(&id)
            })
            .collect();
        assert_eq!(colours, (0..COLOURS).collect(), "byte {byte}");
    }
}

#[test]
fn a_face_knows_whether_it_is_mine() {
    let phone = World::new().phone(SIAN, "2026-11-24 07:00");
    assert!(member(&phone, SIAN).me && !member(&phone, RHYS).me);
    assert_eq!(member(&phone, RHYS).name, "Rhys Thomas");
    assert_eq!(person(&phone, MORGAN).initials, "MP");
}

#[test]
fn namesakes_are_told_apart_by_as_little_as_it_takes() {
    let mut w = World::new();
    let join = |w: &mut World, n, name: &str| {
        let member = Member::plain(MemberId::from_bytes([n; 16]), name, Role::Pa);
        let joined = TeamRecord::Member { member };
        w.write(DocumentId::Team, RHYS, t("2026-01-02 09:00"), joined);
    };
    let short = |w: &World, n| {
        let phone = w.phone(SIAN, "2026-11-24 07:00");
        let id = MemberId::from_bytes([n; 16]);
        member(&phone, id).short().to_owned()
    };
    assert_eq!(short(&w, 2), "Rhys");
    join(&mut w, 40, "Rhys Morris");
    assert_eq!(
        (short(&w, 2), short(&w, 40)),
        ("Rhys T.".into(), "Rhys M.".into())
    );
    join(&mut w, 41, "Rhys Tudor");
    assert_eq!(short(&w, 2), "Rhys Thomas");
    assert_eq!(short(&w, 41), "Rhys Tudor");
    assert_eq!(short(&w, 40), "Rhys M.");
    join(&mut w, 42, "Rhys");
    assert_eq!(short(&w, 42), "Rhys");
    assert_eq!(short(&w, 1), "Siân", "nobody else is called so");
    // Who reads no more than the circle knows them from there.
    assert_eq!(
        member(&w.phone(GWEN, "2026-11-24 07:00"), RHYS).short(),
        "Rhys"
    );
}

#[test]
fn whom_the_phone_does_not_know_has_no_name() {
    let stranger = member(
        &World::new().phone(SIAN, "2026-11-24 07:00"),
        MemberId::from_bytes([77; 16]),
    );
    assert_eq!(
        (
            stranger.name.as_str(),
            stranger.initials.as_str(),
            stranger.short()
        ),
        ("", "", "")
    );
    // Before the first documents came, I know my own name.
    let new = joined(SIAN, t("2026-11-24 07:00"));
    assert_eq!(member(&new, SIAN).name, "Siân Bevan");
    assert_eq!(person(&new, PersonId::from_bytes([9; 16])).name, "");
}

#[test]
fn a_day_is_said_as_people_say_it() {
    for (on, expected) in [
        ("2026-11-22", When::On(day("2026-11-22"))),
        ("2026-11-23", When::Yesterday),
        ("2026-11-24", When::Today),
        ("2026-11-25", When::Tomorrow),
        ("2026-11-26", When::On(day("2026-11-26"))),
    ] {
        for now in ["2026-11-24 00:00", "2026-11-24 23:59"] {
            assert_eq!(When::of(day(on), t(now)), expected, "{on} at {now}");
        }
    }
}

#[test]
fn minutes_elapse_and_nights_pass_midnight() {
    for (start, end, minutes, nights) in [
        ("2026-11-24 07:30", "2026-11-24 13:00", 330, 0),
        ("2026-11-24 22:00", "2026-11-25 06:00", 480, 1),
        ("2026-11-24 18:00", "2026-11-25 00:00", 360, 0),
        ("2026-11-24 18:00", "2026-11-25 00:01", 361, 1),
        ("2026-11-30 22:00", "2026-12-01 06:00", 480, 1),
        ("2026-12-31 22:00", "2027-01-02 06:00", 1920, 2),
        // The clocks go forward, and back.
        ("2026-03-28 22:00", "2026-03-29 06:00", 420, 1),
        ("2026-10-24 22:00", "2026-10-25 06:00", 540, 1),
        ("2026-11-24 13:00", "2026-11-24 12:00", 0, 0),
        ("2026-11-24 13:00", "2026-11-23 12:00", 0, 0),
    ] {
        let s = Stretch {
            start: t(start),
            end: t(end),
        };
        assert_eq!(
            (s.minutes(), s.nights()),
            (minutes, nights),
            "{start} to {end}"
        );
    }
}

#[test]
fn minutes_are_those_that_the_clock_shows() {
    use kith_shared::time::Span;
    let start = t("2026-11-24 07:31") + Span::from_millis(50_999);
    let end = t("2026-11-24 13:02") + Span::from_millis(10_000);
    assert_eq!(Stretch { start, end }.minutes(), 331);
}
