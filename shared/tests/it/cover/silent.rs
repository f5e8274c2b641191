//! Nobody has clocked in, and colleagues were told: who says "I can go" takes the place.

use super::stage::check;

#[test]
fn who_was_told_takes_the_place() {
    check(
        "
        watched
        publish s mia wed 08:00-14:00 ann
        = s: ann
        now wed 08:15
        → s: told ann notstarted
        now wed 08:25
        → s: told ben cat dee mia notstarted
        ben steps-in s
        → s: ben stepped in for ann; ben granted; told ann ben cat dee mia filled
        = s: ben
        ",
    );
}

#[test]
fn before_colleagues_were_told_nothing_is_taken() {
    check(
        "
        watched
        publish s mia wed 08:00-14:00 ann
        = s: ann
        now wed 08:15
        → s: told ann notstarted
        ben steps-in s
        → s: ben not possible: Started
        ben claims s openly
        → s: ben not possible: Started
        ",
    );
}

#[test]
fn a_claim_from_before_makes_nobody_responsible_who_does_not_know() {
    check(
        "
        watched
        publish s mia wed 08:00-14:00 ann
        = s: ann
        now wed 08:25
        → s: told ann ben cat dee mia notstarted
        ben claims s openly
        → s: ben not possible: Started
        ",
    );
}

#[test]
fn who_has_come_keeps_it() {
    check(
        "
        watched
        publish s mia wed 08:00-14:00 ann
        = s: ann
        now wed 08:25
        → s: told ann ben cat dee mia notstarted
        +ann comes s wed 08:02
        ben steps-in s
        → s: ben not possible: Started
        → s: told ann ben cat dee mia started
        ",
    );
}

#[test]
fn of_two_who_hold_it_one_is_silent() {
    check(
        "
        watched
        publish s mia wed 08:00-14:00 ann,ben two
        = s: ann ben
        ben comes s wed 08:00
        now wed 08:25
        → s: told ann cat dee mia notstarted
        ben steps-in s
        → s: ben not possible: Holder
        cat steps-in s
        → s: ben cat stepped in for ann; cat granted; told ann cat dee mia filled
        = s: ben cat
        dee steps-in s
        → s: dee standby
        ",
    );
}

#[test]
fn both_are_silent_and_two_step_in() {
    check(
        "
        watched
        publish s mia wed 08:00-14:00 ann,ben two
        = s: ann ben
        now wed 08:25
        → s: told ann cat dee mia notstarted
        → s: told ben cat dee mia notstarted
        cat steps-in s
        → s: ann cat stepped in for ben; cat granted; told ben cat mia changed
        = s: ann cat
        dee steps-in s
        → s: cat dee stepped in for ann; dee granted; told ann ben cat dee mia filled
        = s: cat dee
        ",
    );
}

#[test]
fn an_open_place_is_taken_before_a_silent_one() {
    check(
        "
        watched
        publish s mia wed 08:00-14:00 ann two
        → s: told ben cat dee mia open
        = s: ann open
        now wed 08:25
        → s: told mia unfilled
        → s: told ann ben cat dee mia notstarted
        cat steps-in s
        → s: ann cat granted; cat granted; told cat mia changed
        = s: ann cat
        dee steps-in s
        → s: cat dee stepped in for ann; dee granted; told ann ben cat dee mia filled
        = s: cat dee
        ",
    );
}

#[test]
fn of_two_who_step_in_the_first_has_it_and_the_other_is_told_first() {
    check(
        "
        watched
        publish s mia wed 08:00-14:00 ann
        = s: ann
        now wed 08:25
        → s: told ann ben cat dee mia notstarted
        +cat steps-in s
        dee steps-in s
        → s: cat stepped in for ann; cat granted; told ann ben cat dee mia filled
        → s: dee standby
        = s: cat
        cat steps-in s
        → s: cat not possible: Holder
        now wed 08:45
        → s: told cat dee notstarted
        dee steps-in s
        → s: dee stepped in for cat; dee granted; told ann ben cat dee mia filled
        → s: dee lapsed
        = s: dee
        dee comes s wed 08:55
        ",
    );
}

#[test]
fn they_were_there_all_along() {
    check(
        "
        watched
        publish s mia wed 08:00-14:00 ann
        = s: ann
        now wed 08:25
        → s: told ann ben cat dee mia notstarted
        ben steps-in s
        → s: ben stepped in for ann; ben granted; told ann ben cat dee mia filled
        = s: ben
        now wed 08:30
        ann comes s wed 08:01
        → s: told ann ben cat dee mia started
        cat steps-in s
        → s: cat not possible: Started
        now wed 08:50
        now wed 09:30
        ",
    );
}

#[test]
fn both_came_and_nothing_is_undone() {
    check(
        "
        watched
        publish s mia wed 08:00-14:00 ann
        = s: ann
        now wed 08:25
        → s: told ann ben cat dee mia notstarted
        ben steps-in s
        → s: ben stepped in for ann; ben granted; told ann ben cat dee mia filled
        = s: ben
        now wed 08:50
        → s: told ann ben cat dee mia notstarted
        ben comes s wed 08:40
        → s: told ann ben cat dee mia started
        ann comes s wed 08:01
        now wed 09:30
        ",
    );
}

#[test]
fn asking_the_person_first_waits_for_nobody() {
    check(
        "
        watched
        mia chooses ask others
        mia chooses never cat
        publish s mia wed 08:00-14:00 ann
        = s: ann
        now wed 08:25
        → s: told ann ben dee mia notstarted
        cat steps-in s
        → s: cat not possible: NotWanted
        mia vetoes dee s
        dee steps-in s
        → s: dee not possible: Vetoed
        ben steps-in s
        → s: ben stepped in for ann; ben granted; told ann ben dee mia filled
        = s: ben
        ",
    );
}

#[test]
fn what_makes_it_impossible_stands_and_what_warns_does_not() {
    check(
        "
        watched
        publish s mia wed 08:00-14:00 ann
        = s: ann
        publish t mia wed 10:00-12:00 cat
        = t: cat
        dee leaves wed wed
        publish before mia tue 14:00-22:00 ben
        = before: ben
        now wed 08:25
        → s: told ann ben mia notstarted
        cat steps-in s
        → s: cat not possible: has t
        dee steps-in s
        → s: dee not possible: OnLeave
        ben steps-in s
        → s: ben stepped in for ann; ben granted in spite of daily rest (60 min owed); told ann ben mia filled
        = s: ben
        ",
    );
}

#[test]
fn the_line_lives_on_until_all_came() {
    check(
        "
        watched
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        +ben claims s
        cat claims s
        → s: ben granted for ann; ben granted; told ann ben cat dee mia filled
        → s: cat standby
        = s: ben
        now wed 08:00
        now wed 08:20
        → s: told ben cat notstarted
        cat steps-in s
        → s: cat stepped in for ben; cat granted; told ben cat dee mia filled
        → s: cat lapsed
        = s: cat
        ",
    );
}

#[test]
fn the_line_ends_when_all_came() {
    check(
        "
        watched
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        +ben claims s
        cat claims s
        → s: ben granted for ann; ben granted; told ann ben cat dee mia filled
        → s: cat standby
        = s: ben
        now wed 08:10
        ben comes s wed 08:00
        → s: cat lapsed
        ",
    );
}

#[test]
fn a_shift_that_was_moved_begins_anew() {
    check(
        "
        watched
        publish s mia wed 08:00-14:00 ann
        = s: ann
        now wed 08:25
        → s: told ann ben cat dee mia notstarted
        times s wed 09:00-15:00
        → s: told ann mia changed
        now wed 09:05
        ben steps-in s
        → s: ben not possible: Started
        now wed 09:25
        → s: told ann ben cat dee mia notstarted
        ben steps-in s
        → s: ben stepped in for ann; ben granted; told ann ben cat dee mia filled
        = s: ben
        ",
    );
}
