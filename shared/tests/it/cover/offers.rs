//! Offers: a shift that is kept for one.

use super::stage::check;

#[test]
fn an_offer_is_for_one_until_its_time() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        ann offers s ben until mon 18:00
        → s: told ben offered
        cat claims s
        → s: cat standby
        now mon 17:59
        ben claims s
        → s: ben granted for ann; ben granted; told ann ben cat dee mia filled
        = s: ben
        ",
    );
}

#[test]
fn an_offer_that_runs_out_leaves_the_shift_to_who_came_meanwhile() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        ann offers s ben until mon 18:00
        → s: told ben offered
        cat claims s
        → s: cat standby
        dee claims s
        → s: dee standby
        now mon 18:00
        → s: offered to cat until mon 19:00
        → s: told cat offered
        ben claims s
        → s: ben standby
        now mon 19:00
        → s: offered to dee until mon 20:00
        → s: told dee offered
        dee claims s
        → s: dee granted for ann; dee granted; told ann ben cat dee mia filled
        → s: dee lapsed
        = s: dee
        ",
    );
}

#[test]
fn an_offer_is_declined_or_taken_back() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann offers s ben until mon 18:00
        → s: told ben offered
        ben declines s
        cat claims s
        → s: cat not possible: NotAsked
        ann offers s dee until mon 18:00
        → s: told dee offered
        ann withdraws offer s
        dee claims s
        → s: dee not possible: NotAsked
        ",
    );
}

#[test]
fn an_offer_late_is_a_claim_like_any_other() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann offers s ben until mon 18:00
        → s: told ben offered
        ann asks anyone s
        → s: told ben cat dee asked
        now mon 18:30
        +cat claims s
        ben claims s
        → s: cat granted for ann; cat granted; told ann ben cat dee mia filled
        → s: ben standby
        = s: cat
        ",
    );
}

#[test]
fn an_offer_to_who_cannot_keeps_nobody_out() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann asks anyone s
        → s: told ben cat dee asked
        ann offers s ben until wed 08:00
        → s: told ben offered
        mia chooses never ben
        cat claims s
        → s: cat granted for ann; cat granted; told ann ben cat dee mia filled
        = s: cat
        ",
    );
}

#[test]
fn a_colleague_cannot_keep_an_open_shift_for_someone() {
    check(
        "
        publish s mia wed 08:00-14:00 nobody
        → s: told ann ben cat dee mia open
        = s: open
        cat offers s dee until wed 08:00
        ben claims s
        → s: ben granted; ben granted; told ann ben cat dee mia filled
        = s: ben
        ",
    );
}

#[test]
fn two_offers_and_the_first_one_has_it() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        ann offers s ben until mon 18:00
        → s: told ben offered
        ann offers s cat until mon 18:00
        → s: told cat offered
        cat claims s
        → s: cat granted for ann; cat granted; told ann ben cat mia filled
        = s: cat
        ben claims s
        → s: ben standby
        ",
    );
}
