//! What each step was right to do, and together is wrong: shown, with a way out.

use super::stage::check;

#[test]
fn two_swaps_that_are_right_break_the_rest_together() {
    check(
        "
        publish a mia mon+1 08:00-14:00 ann
        = a: ann
        publish b mia thu+1 08:00-14:00 ann
        = b: ann
        publish late mia tue+1 14:00-20:00 ben
        = late: ben
        publish early mia wed+1 06:30-12:00 cat
        = early: cat
        ann swaps a for late with ben
        → a: told ben asked
        ann swaps b for early with cat
        → b: told cat asked
        ben claims a
        → a: ben swapped for late; ben granted; told ann ben mia filled; late: ann swapped for a; told ann ben mia changed
        = a: ben
        = late: ann
        cat claims b
        → b: cat swapped for early; cat granted in spite of daily rest (30 min owed); told ann cat mia filled; early: ann swapped for b; told ann cat mia changed
        = b: cat
        = early: ann
        ! ann: daily rest (30 min owed) with early late; cover for early would help
        ann asks anyone early
        → early: told ben cat dee asked
        dee claims early
        → early: dee granted for ann; dee granted; told ann ben cat dee mia filled
        = early: dee
        ! nothing is wrong
        ",
    );
}

#[test]
fn who_knew_and_said_why_is_not_told_again() {
    check(
        "
        publish b mia thu+1 08:00-14:00 ann
        = b: ann
        publish late mia tue+1 14:00-20:00 ann
        = late: ann
        publish early mia wed+1 06:30-12:00 cat
        = early: cat
        ann swaps b for early with cat because I-live-next-door
        → b: told cat asked
        cat claims b
        → b: cat swapped for early; cat granted in spite of daily rest (30 min owed); told ann cat mia filled; early: ann swapped for b; told ann cat mia changed
        = b: cat
        = early: ann
        ",
    );
    check(
        "
        publish late mia tue+1 14:00-20:00 ben
        = late: ben
        publish early mia wed+1 06:30-12:00 ann
        = early: ann
        ann asks anyone early
        → early: told ben cat dee asked
        ben claims early because I-live-next-door
        → early: ben granted for ann; ben granted in spite of daily rest (30 min owed); told ann ben cat dee mia filled
        = early: ben
        ",
    );
}

#[test]
fn a_plan_that_leaves_no_rest() {
    check(
        "
        publish late mia tue 14:00-22:00 ben
        = late: ben
        publish early mia wed 06:30-12:00 ben
        = early: ben
        ! ben: daily rest (150 min owed) with early late; cover for early would help
        times early wed 09:00-13:00
        → early: told ben mia changed
        ! nothing is wrong
        ",
    );
}
