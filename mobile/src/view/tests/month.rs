//! *Rota*: a month in initials.

use super::{
    draw::plain,
    world::{ELUNED, HYWEL, MORGAN, OWAIN, RHYS, SIAN, World, shift_id, t},
};
use crate::view::{
    month::{Chip, RotaMonth, Standing, month},
    rota::Whose,
};
use kith_shared::{
    documents::{DocumentId, rota::RotaRecord},
    domain::{
        cover::Cover,
        shift::{Shift, ShiftKind},
    },
    ids::MemberId,
};

const NOW: &str = "2026-11-23 10:00";

fn chip(chip: &Chip) -> String {
    let letters = if chip.letters.is_empty() {
        "-"
    } else {
        &chip.letters
    };
    let mine = if chip.mine { "*" } else { "" };
    let standing = match chip.standing {
        Standing::Held => "",
        Standing::Open => "!",
        Standing::Wanted => "?",
        Standing::Asked => "...",
        Standing::Draft => "~",
    };
    format!("{letters}{mine}{standing}")
}

/// The days that have something, and whose initials are on them.
fn draw(shown: &RotaMonth) -> String {
    let days = shown.days.iter().filter(|d| d.shifts > 0);
    let mut lines: Vec<_> = days
        .map(|d| {
            let chips: Vec<_> = d.chips.iter().map(chip).collect();
            let open = match d.open {
                0 => String::new(),
                n => format!(" ({n} open)"),
            };
            let more = match d.more {
                0 => String::new(),
                n => format!(" +{n}"),
            };
            let (day, shifts) = (d.day.number(), d.shifts);
            format!("{day}: {shifts}{open} {}{more}", chips.join(" "))
        })
        .collect();
    let legend = shown.legend.iter().map(|i| i.name.as_str());
    lines.push(legend.collect::<Vec<_>>().join(", "));
    lines.join("\n")
}

fn check(w: &World, who: MemberId, whose: Whose, expected: &str) {
    let november = t(NOW).month();
    let shown = month(&w.phone(who, NOW), november, whose, t(NOW));
    assert_eq!(shown.days.len(), 30);
    assert_eq!(draw(&shown), plain(expected), "{whose:?}");
}

fn november() -> World {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-01 00:00", "2026-11-01 06:00", &[SIAN]);
    w.shift(2, MORGAN, "2026-11-30 23:59", "2026-12-01 07:00", &[RHYS]);
    w.shift(3, MORGAN, "2026-10-31 23:59", "2026-11-01 05:00", &[RHYS]);
    w.shift(4, MORGAN, "2026-12-01 00:00", "2026-12-01 05:00", &[RHYS]);
    // Siân twice, Rhys twice, Owain, and nobody last.
    w.shift(5, MORGAN, "2026-11-25 07:00", "2026-11-25 08:00", &[SIAN]);
    w.shift(6, ELUNED, "2026-11-25 08:00", "2026-11-25 09:00", &[SIAN]);
    w.shift(7, MORGAN, "2026-11-25 09:00", "2026-11-25 10:00", &[RHYS]);
    w.shift(8, MORGAN, "2026-11-25 11:00", "2026-11-25 12:00", &[OWAIN]);
    w.shift(9, MORGAN, "2026-11-25 20:00", "2026-11-25 21:00", &[]);
    w.say(
        OWAIN,
        "2026-11-23 09:00",
        8,
        RotaRecord::Ask {
            shift: shift_id(8),
            cover: Cover::Anyone,
            until: None,
            reason: String::new(),
        },
    );
    w
}

#[test]
fn a_month_has_the_shifts_that_begin_in_it_and_what_waits_finds_room_first() {
    let w = november();
    check(
        &w,
        SIAN,
        Whose::All,
        "
        1: 1 SB*
        25: 5 (1 open) SB* OG? -! +1
        30: 1 RT
        Siân, Owain, Rhys",
    );
}

#[test]
fn my_own_month_says_whom_i_am_with() {
    let mut w = november();
    w.say(
        SIAN,
        "2026-11-23 09:00",
        9,
        RotaRecord::Claim {
            shift: shift_id(9),
            answers: None,
            reason: String::new(),
        },
    );
    check(
        &w,
        SIAN,
        Whose::Mine,
        "
        1: 1 MP
        25: 3 (1 open) MP EW MP...
        Eluned, Morgan",
    );
}

#[test]
fn drafts_are_for_those_who_plan() {
    let mut w = World::new();
    for (n, pas) in [(1, vec![RHYS]), (2, vec![])] {
        let times = (t("2026-11-28 09:00"), t("2026-11-28 17:00"));
        let shift = Shift::plain(shift_id(n), ELUNED, times, pas, ShiftKind::Day);
        let drafted = RotaRecord::Drafted { shift };
        let rota = DocumentId::rota(ELUNED, times.0.month());
        w.write(rota, SIAN, t(NOW), drafted);
    }
    for planner in [SIAN, HYWEL] {
        check(&w, planner, Whose::All, "28: 2 RT~ -!\nRhys");
    }
    check(&w, OWAIN, Whose::All, "");
}

#[test]
fn a_february_has_its_days() {
    let february = t("2028-02-10 09:00").month();
    let shown = month(&World::new().phone(SIAN, NOW), february, Whose::All, t(NOW));
    assert_eq!(shown.days.len(), 29);
    assert_eq!(shown.days[0].day.to_string(), "2028-02-01");
}
