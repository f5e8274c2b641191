//! What is planned, and planned anew.

use super::stage::check;

#[test]
fn a_draft_is_nobodys() {
    check(
        "
        draft s mia wed 08:00-14:00 ann
        ben claims s openly
        → s: ben not possible: Over
        cancel s
        ",
    );
}

#[test]
fn times_change_and_who_covers_stays() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        ben claims s
        → s: ben granted for ann; ben granted; told ann ben cat dee mia filled
        = s: ben
        times s wed 09:00-15:00
        → s: told ben mia changed
        ",
    );
}

#[test]
fn times_change_of_an_open_shift() {
    check(
        "
        publish t mia wed 16:00-20:00 ben
        = t: ben
        publish s mia wed 12:00-16:30 nobody
        → s: told ann cat dee mia open
        = s: open
        times s wed 12:00-16:00
        → s: told mia changed
        → s: told ann ben cat dee mia open
        ",
    );
}

#[test]
fn people_change() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        ben claims s
        → s: ben granted for ann; ben granted; told ann ben cat dee mia filled
        = s: ben
        again s wed 08:00-14:00 cat
        → s: cat by plan; told ben cat mia changed
        = s: cat
        ben cannot s
        cat cannot s
        → s: told ann dee mia open
        = s: open
        ",
    );
}

#[test]
fn who_cannot_come_is_not_planned_in_again() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann cannot s
        → s: told ben cat dee mia open
        = s: open
        again s wed 09:00-14:00 ann
        → s: nobody by plan; told ann mia changed
        → s: told ben cat dee mia open
        ann claims s openly
        → s: ann granted; ann granted; told ann ben cat dee mia filled
        = s: ann
        again s wed 10:00-14:00 ann
        → s: ann by plan; told ann mia changed
        ",
    );
}

#[test]
fn who_was_vetoed_is_not_planned_in_again() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        mia vetoes ann s
        → s: nobody as ann is not wanted; told ann mia changed
        → s: told ben cat dee mia open
        = s: open
        ben claims s openly
        → s: ben granted; ben granted; told ben cat dee mia filled
        = s: ben
        again s wed 09:00-14:00 ann
        → s: nobody as ann is not wanted; told ann ben mia changed
        → s: told ben cat dee mia open
        = s: open
        ",
    );
}

#[test]
fn it_is_published_anew_by_two_apart() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        again s wed 08:00-14:00 ben
        → s: ben by plan; told ann ben mia changed
        = s: ben
        apart s wed 08:00-14:00 cat
        → s: cat by plan; told ben cat mia changed
        = s: cat
        ",
    );
}

#[test]
fn a_change_of_times_made_apart_changes_nobody() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        +again s wed 08:00-14:00 ben
        times-apart s wed 09:00-15:00
        → s: ben by plan; told ann ben mia changed
        = s: ben
        ",
    );
}

#[test]
fn two_plans_have_the_same_pa_twice() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        publish t noa wed 12:00-18:00 ann
        → t: nobody as ann has s; told ann noa changed
        → t: told ben cat dee noa open
        = t: open
        times s wed 06:00-11:00
        → s: told ann mia changed
        ",
    );
    check(
        "
        publish s mia wed 08:00-12:00 ann
        = s: ann
        publish t noa wed 12:00-18:00 ann
        = t: ann
        times s wed 08:00-13:00
        → s: told ann mia changed
        → t: nobody as ann has s; told ann noa changed
        → t: told ben cat dee noa open
        = t: open
        ",
    );
}

#[test]
fn two_shifts_are_planned_the_other_way_round() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        publish t noa wed 08:00-14:00 ben
        = t: ben
        +again s wed 08:00-14:00 ben
        again t wed 08:00-14:00 ann
        → s: ben by plan; told ann ben mia changed
        → t: ann by plan; told ann ben noa changed
        = s: ben
        = t: ann
        ",
    );
}

#[test]
fn a_pooled_visit_is_no_double_booking() {
    check(
        "
        publish s mia wed 08:00-12:00 ann pooled
        = s: ann
        publish t noa wed 08:00-12:00 ann pooled
        = t: ann
        publish u noa wed 11:00-13:00 ann
        → u: nobody as ann has s; told ann noa changed
        → u: told ben cat dee noa open
        = u: open
        ",
    );
}

#[test]
fn it_is_cancelled() {
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
        cancel s
        → s: told ann ben cat dee mia cancelled
        → s: cat lapsed
        = s: off the rota
        dee claims s
        → s: dee not possible: Over
        ",
    );
}

#[test]
fn one_of_two_leaves() {
    check(
        "
        publish s mia wed 08:00-14:00 ann,ben
        = s: ann ben
        ann cannot s
        → s: told cat dee mia open
        = s: ben open
        ben cannot s
        → s: told cat dee mia open
        = s: open open
        cat claims s
        → s: cat granted; cat granted; told cat mia changed
        → s: told dee mia open
        = s: cat open
        ",
    );
}
