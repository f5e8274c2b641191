//! The person's say.

use super::stage::check;

#[test]
fn a_veto_opens_the_shift_and_the_line_is_asked() {
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
        mia vetoes ben s
        → s: nobody as ben is not wanted; told ann ben mia changed
        → s: offered to cat until mon 08:00
        → s: told cat offered
        = s: open
        cat claims s
        → s: cat granted; cat granted; told ben cat dee mia filled
        → s: cat lapsed
        = s: cat
        ",
    );
}

#[test]
fn a_veto_of_the_last_one_asks_everyone_the_former_holder_too() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        ben claims s
        → s: ben granted for ann; ben granted; told ann ben cat dee mia filled
        = s: ben
        mia vetoes ben s
        → s: nobody as ben is not wanted; told ann ben mia changed
        → s: told ann cat dee mia open
        = s: open
        ben claims s
        → s: ben not possible: Vetoed
        ann claims s
        → s: ann granted; ann granted; told ann ben cat dee mia filled
        = s: ann
        ",
    );
}

#[test]
fn a_veto_that_is_taken_back_makes_nobody_responsible_again() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        mia vetoes ann s
        → s: nobody as ann is not wanted; told ann mia changed
        → s: told ben cat dee mia open
        = s: open
        mia withdraws veto s
        ann claims s
        → s: ann granted; ann granted; told ann ben cat dee mia filled
        = s: ann
        ",
    );
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        +mia vetoes ann s
        mia withdraws veto s
        ",
    );
}

#[test]
fn a_veto_before_the_claim() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        mia vetoes ben s
        ann asks anyone s
        → s: told cat dee asked
        ben claims s
        → s: ben not possible: Vetoed
        cat claims s
        → s: cat granted for ann; cat granted; told ann cat dee mia filled
        = s: cat
        ",
    );
}

#[test]
fn the_person_is_asked_and_says_yes() {
    check(
        "
        publish s noa wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        ben claims s
        → s: ben waits; ben if yes by mon 19:00; told noa yeswanted
        cat claims s
        → s: cat standby
        noa yes s
        → s: ben granted for ann; ben granted; told ann ben cat dee noa filled
        = s: ben
        ",
    );
}

#[test]
fn the_person_is_asked_and_says_no() {
    check(
        "
        publish s noa wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        ben claims s
        → s: ben waits; ben if yes by mon 19:00; told noa yeswanted
        cat claims s
        → s: cat standby
        noa vetoes ben s
        → s: ben not possible: Vetoed
        → s: offered to cat until mon 08:00
        → s: told cat offered
        cat claims s
        → s: cat waits; cat if yes by mon 19:00; told noa yeswanted
        noa yes s
        → s: cat granted for ann; cat granted; told ann ben cat dee noa filled
        → s: cat lapsed
        = s: cat
        ",
    );
}

#[test]
fn no_answer_in_time_and_who_asked_stays_responsible() {
    check(
        "
        publish s noa wed 08:00-14:00 ann
        = s: ann
        noa chooses auto cat
        ann asks anyone s
        → s: told ben cat dee asked
        ben claims s
        → s: ben waits; ben if yes by mon 19:00; told noa yeswanted
        cat claims s
        → s: cat standby
        now mon 18:59
        now mon 19:00
        → s: told ann ben cat dee noa noanswer
        → s: offered to cat until mon 20:00
        → s: told cat offered
        now mon 20:00
        noa yes s
        → s: ben granted for ann; ben granted; told ann ben cat dee noa filled
        = s: ben
        now wed 08:00
        ",
    );
}

#[test]
fn no_answer_does_not_keep_others_out() {
    check(
        "
        publish s noa wed 08:00-14:00 ann
        = s: ann
        noa chooses auto cat
        ann asks anyone s
        → s: told ben cat dee asked
        ben claims s
        → s: ben waits; ben if yes by mon 19:00; told noa yeswanted
        now mon 19:00
        → s: told ann ben cat dee noa noanswer
        cat claims s
        → s: cat granted for ann; cat granted; told ann ben cat dee noa filled
        → s: ben standby
        = s: cat
        noa yes s
        ",
    );
}

#[test]
fn what_a_claim_waits_for_goes_away() {
    check(
        "
        publish s noa wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        ben claims s
        → s: ben waits; ben if yes by mon 19:00; told noa yeswanted
        ben leaves wed wed
        → s: ben not possible: OnLeave
        cat claims s
        → s: cat waits; cat if yes by mon 19:00; told noa yeswanted
        ann withdraws ask s
        → s: cat lapsed
        ",
    );
    check(
        "
        publish s noa wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        ben claims s
        → s: ben waits; ben if yes by mon 19:00; told noa yeswanted
        ben withdraws claim s
        cat claims s
        → s: cat waits; cat if yes by mon 19:00; told noa yeswanted
        ann cannot s
        → s: told ben cat dee noa open
        = s: open
        now wed 08:00
        → s: cat granted; cat granted; told ben cat dee noa filled
        = s: cat
        ",
    );
}

#[test]
fn a_choice_is_an_answer_too() {
    check(
        "
        publish s noa wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        ben claims s
        → s: ben waits; ben if yes by mon 19:00; told noa yeswanted
        noa chooses auto ben
        → s: ben granted for ann; ben granted; told ann ben cat dee noa filled
        = s: ben
        now mon 08:00
        ",
    );
    check(
        "
        publish s noa wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        ben claims s
        → s: ben waits; ben if yes by mon 19:00; told noa yeswanted
        noa chooses never ben
        → s: ben not possible: NotWanted
        now mon 08:00
        ",
    );
}

#[test]
fn a_claim_in_time_waits_longer_than_the_ask() {
    check(
        "
        publish s noa wed 08:00-14:00 ann
        = s: ann
        ann offers s ben until mon 12:00
        → s: told ben offered
        now mon 11:00
        ben claims s
        → s: ben waits; ben if yes by mon 23:00; told noa yeswanted
        now mon 12:00
        noa yes s
        → s: ben granted for ann; ben granted; told ann ben noa filled
        = s: ben
        ",
    );
}

#[test]
fn whom_the_person_knows_may_come() {
    check(
        "
        publish before noa mon-1 08:00-14:00 ben
        = before: ben
        publish s noa wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        ben claims s
        → s: ben granted for ann; ben granted; told ann ben cat dee noa filled
        = s: ben
        ",
    );
}

#[test]
fn nobody_can_answer_for_otto() {
    check(
        "
        otto chooses never cat
        otto chooses ask others
        publish s otto wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben dee asked
        ben claims s
        → s: ben granted for ann; ben granted; told ann ben dee filled
        = s: ben
        ",
    );
}

#[test]
fn never_is_never() {
    check(
        "
        publish s noa wed 08:00-14:00 ann
        = s: ann
        publish t noa thu 08:00-14:00 ben
        = t: ben
        noa chooses never ann
        → s: nobody as ann is not wanted; told ann noa changed
        → s: told ben cat dee noa open
        = s: open
        now mon 08:00
        ann claims s
        → s: ann not possible: NotWanted
        noa chooses auto ann
        ann claims s
        → s: ann granted; ann granted; told ann ben cat dee noa filled
        = s: ann
        ",
    );
}

#[test]
fn who_is_on_leave_is_not_asked() {
    check(
        "
        ben leaves wed thu
        publish s mia tue 22:00-06:00 ann
        = s: ann
        ann asks anyone s
        → s: told cat dee asked
        ben claims s
        → s: ben not possible: OnLeave
        ",
    );
}

#[test]
fn little_time_is_shared_with_the_others() {
    check(
        "
        publish s noa mon 11:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        ben claims s
        → s: ben waits; ben if yes by mon 09:00; told noa yeswanted
        now mon 09:00
        → s: told ann ben cat dee noa noanswer
        ",
    );
    check(
        "
        publish s mia mon 09:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        +ben claims s
        cat claims s
        → s: ben granted for ann; ben granted; told ann ben cat dee mia filled
        → s: cat standby
        = s: ben
        ben cannot s
        → s: offered to cat until mon 07:30
        → s: told cat offered
        = s: open
        now mon 07:30
        → s: told ann cat dee mia open
        ",
    );
}

/// A PA leaves the team: what they hold stands open, what they asked for is not given to them, and
/// nobody asks them any more. A shift that has begun is no exception.
#[test]
fn who_leaves_the_team_holds_nothing_more() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        publish now mia mon 06:00-14:00 ann
        = now: ann
        publish t mia thu 08:00-14:00 ben
        = t: ben
        ben asks anyone t
        → t: told ann cat dee asked
        ann leaves
        → s: nobody as ann has left; told ann mia changed
        → now: nobody as ann has left; told ann mia changed
        → s: told ben cat dee mia open
        → now: told ben cat dee mia open
        = s: open
        = now: open
        ann claims s
        → s: ann not possible: NotAPa
        ",
    );
}
