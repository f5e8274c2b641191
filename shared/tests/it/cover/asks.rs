//! Asks, claims and those who wait in line.

use super::stage::check;

#[test]
fn anyone_is_asked_and_the_first_one_has_it() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        +ben claims s
        cat claims s
        → s: ben granted for ann; ben granted; told ann ben cat dee mia filled
        → s: cat standby
        = s: ben
        dee claims s
        → s: dee standby
        now wed 08:00
        ",
    );
}

#[test]
fn some_are_asked() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann asks ben,cat s
        → s: told ben cat asked
        dee claims s
        → s: dee not possible: NotAsked
        cat claims s
        → s: cat granted for ann; cat granted; told ann ben cat mia filled
        = s: cat
        ben claims s
        → s: ben standby
        ",
    );
}

#[test]
fn who_asked_stays_responsible_until_a_claim_is_granted() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s until tue 12:00
        → s: told ben cat dee asked
        ben declines s
        now tue 12:00
        cat claims s
        → s: cat not possible: NotAsked
        now wed 08:00
        ",
    );
}

#[test]
fn nobody_could() {
    check(
        "
        mia chooses never ben
        cat leaves mon sun
        publish t noa wed 06:00-10:00 dee
        = t: dee
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told mia asked
        dee claims s
        → s: dee not possible: has t
        cat claims s
        → s: cat not possible: OnLeave
        ben claims s
        → s: ben not possible: NotWanted
        ",
    );
}

#[test]
fn what_was_asked_is_taken_back() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        ann withdraws ask s
        ben claims s
        → s: ben not possible: NotAsked
        ann asks anyone s
        → s: told ben cat dee asked
        +ben claims s
        ben withdraws claim s
        ",
    );
}

#[test]
fn who_cannot_come_opens_the_shift() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann cannot s
        → s: told ben cat dee mia open
        = s: open
        ben claims s
        → s: ben granted; ben granted; told ben cat dee mia filled
        = s: ben
        ",
    );
}

#[test]
fn the_line_is_asked_one_after_the_other_and_then_everyone() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        +ben claims s
        +cat claims s
        dee claims s
        → s: ben granted for ann; ben granted; told ann ben cat dee mia filled
        → s: cat standby
        → s: dee standby
        = s: ben
        ben cannot s
        → s: offered to cat until mon 08:00
        → s: told cat offered
        = s: open
        now mon 08:00
        → s: offered to dee until mon 09:00
        → s: told dee offered
        dee declines s
        → s: dee lapsed
        → s: told ann cat dee mia open
        dee claims s openly
        → s: dee granted; dee granted; told ann ben cat dee mia filled
        = s: dee
        ",
    );
}

#[test]
fn a_place_in_line_is_given_up() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        +ben claims s
        +cat claims s
        dee claims s
        → s: ben granted for ann; ben granted; told ann ben cat dee mia filled
        → s: cat standby
        → s: dee standby
        = s: ben
        cat withdraws claim s
        ben cannot s
        → s: offered to dee until mon 08:00
        → s: told dee offered
        = s: open
        dee claims s
        → s: dee granted; dee granted; told ben cat dee mia filled
        → s: dee lapsed
        = s: dee
        ",
    );
}

#[test]
fn what_was_said_of_an_earlier_holding_does_not_end_a_later_one() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        ben claims s
        → s: ben granted for ann; ben granted; told ann ben cat dee mia filled
        = s: ben
        ben cannot s
        → s: told ann cat dee mia open
        = s: open
        ann claims s
        → s: ann granted; ann granted; told ann ben cat dee mia filled
        = s: ann
        ann cannot s late
        ann cannot s
        → s: told cat dee mia open
        = s: open
        ",
    );
}

#[test]
fn a_shift_that_is_open_twice_needs_two() {
    check(
        "
        publish s mia wed 08:00-14:00 ann,ben
        = s: ann ben
        ann cannot s
        → s: told cat dee mia open
        = s: ben open
        cat claims s
        → s: ben cat granted; cat granted; told cat dee mia filled
        = s: ben cat
        ben asks anyone s
        → s: told ann dee asked
        dee claims s
        → s: cat dee granted for ben; dee granted; told ann ben cat dee mia filled
        = s: cat dee
        ",
    );
    check(
        "
        publish s mia wed 08:00-14:00 nobody two
        → s: told ann ben cat dee mia open
        = s: open open
        ben claims s
        → s: ben granted; ben granted; told ben mia changed
        → s: told ann cat dee mia open
        = s: ben open
        cat claims s
        → s: ben cat granted; cat granted; told ann ben cat dee mia filled
        = s: ben cat
        dee claims s
        → s: dee standby
        ",
    );
    check(
        "
        publish s mia wed 08:00-14:00 ann,ben
        = s: ann ben
        ann asks anyone s
        → s: told cat dee asked
        ben asks anyone s
        → s: told cat dee asked
        cat claims s
        → s: ann cat granted for ben; cat granted; told ben cat mia changed
        = s: ann cat
        dee claims s
        → s: cat dee granted for ann; dee granted; told ann cat dee mia filled
        = s: cat dee
        cat claims s
        → s: cat not possible: Holder
        ",
    );
}

#[test]
fn once_it_began_it_is_handed_over() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        now wed 08:00
        ben claims s
        → s: ben not possible: Started
        ann asks anyone s
        → s: ann's ask not possible: Started
        now wed 09:00
        ann hands-over s
        → s: told ben cat dee handover
        +ben claims s
        cat claims s
        → s: ben granted for ann; ben granted; told ann ben cat dee mia filled
        → s: cat standby
        = s: ben
        now wed 14:00
        → s: cat lapsed
        dee claims s
        → s: dee not possible: Over
        ",
    );
}

#[test]
fn it_is_handed_over_to_one() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        now wed 12:00
        ann hands-over s to ben
        → s: told ben handover
        cat claims s openly
        → s: cat not possible: Started
        ben declines s
        ann hands-over s to cat
        → s: told cat handover
        now wed 14:00
        cat claims s
        → s: cat not possible: Over
        ",
    );
}

#[test]
fn all_have_an_answer_when_it_begins() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        +ben claims s
        +cat claims s
        dee claims s
        → s: ben granted for ann; ben granted; told ann ben cat dee mia filled
        → s: cat standby
        → s: dee standby
        = s: ben
        now wed 08:00
        +ann asks anyone s
        ann claims s openly
        → s: ann not possible: Started
        → s: ann's ask not possible: Started
        now wed 14:00
        → s: cat lapsed
        → s: dee lapsed
        ben claims s
        → s: ben not possible: Over
        ",
    );
}

#[test]
fn a_shift_that_stands_open_can_be_taken_after_it_began() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        now wed 09:00
        ann cannot s
        → s: told ben cat dee mia open
        = s: open
        ben claims s
        → s: ben granted; ben granted; told ben cat dee mia filled
        = s: ben
        ",
    );
}

#[test]
fn too_little_rest_needs_a_reason() {
    check(
        "
        publish late mia tue 14:00-22:00 ben
        = late: ben
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        ben claims s
        → s: ben needs a reason for daily rest (60 min owed)
        cat claims s openly
        → s: cat granted for ann; cat granted; told ann ben cat dee mia filled
        = s: cat
        ",
    );
    check(
        "
        publish late mia tue 14:00-22:00 ben
        = late: ben
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        ben claims s
        → s: ben needs a reason for daily rest (60 min owed)
        ben claims s because I-slept-in
        → s: ben granted for ann; ben granted in spite of daily rest (60 min owed); told ann ben cat dee mia filled
        = s: ben
        ",
    );
}

#[test]
fn nobody_is_in_two_places() {
    check(
        "
        travel mia noa 30
        noa chooses auto others
        publish s mia wed 08:00-12:00 ann
        = s: ann
        publish before noa wed 06:00-07:31 ben
        = before: ben
        publish after noa wed 12:30-14:00 cat
        = after: cat
        ann asks anyone s
        → s: told cat dee asked
        ben claims s
        → s: ben not possible: has before
        cat claims s
        → s: cat granted for ann; cat granted; told ann cat dee mia filled
        = s: cat
        ",
    );
}

#[test]
fn one_pa_for_a_pooled_visit() {
    check(
        "
        noa chooses auto others
        publish s mia wed 08:00-12:00 ann pooled
        = s: ann
        publish t noa wed 08:00-12:00 ann pooled
        = t: ann
        ann asks anyone s
        → s: told ben cat dee asked
        ann asks anyone t
        → t: told ben cat dee asked
        ben claims s
        → s: ben granted for ann; ben granted; told ann ben cat dee mia filled
        = s: ben
        ben claims t
        → t: ben granted for ann; ben granted; told ann ben cat dee noa filled
        = t: ben
        ",
    );
}
