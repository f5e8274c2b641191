//! Swaps: two shifts, one grant.

use super::stage::check;

#[test]
fn two_shifts_of_one_person() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        publish t mia thu 08:00-14:00 ben
        = t: ben
        ann swaps s for t with ben
        → s: told ben asked
        cat claims s
        → s: cat not possible: NotAsked
        ben claims s
        → s: ben swapped for t; ben granted; told ann ben mia filled; t: ann swapped for s; told ann ben mia changed
        = s: ben
        = t: ann
        ",
    );
}

#[test]
fn over_two_persons_and_a_months_end_both_say_yes() {
    check(
        "
        publish s noa wed 08:00-14:00 ann
        = s: ann
        publish t mia tue+1 08:00-14:00 ben
        = t: ben
        mia chooses ask others
        ann swaps s for t with ben
        → s: told ben asked
        ben claims s
        → s: ben waits; ben if yes by mon 19:00; told noa yeswanted; t: ann if yes by mon 19:00; told mia yeswanted
        noa yes s
        mia yes t
        → s: ben swapped for t; ben granted; told ann ben noa filled; t: ann swapped for s; told ann ben mia changed
        = t: ann
        = s: ben
        ",
    );
}

#[test]
fn one_of_the_persons_says_no() {
    check(
        "
        publish s noa wed 08:00-14:00 ann
        = s: ann
        publish t mia thu 08:00-14:00 ben
        = t: ben
        mia chooses ask others
        ann swaps s for t with ben
        → s: told ben asked
        ben claims s
        → s: ben waits; ben if yes by mon 19:00; told noa yeswanted; t: ann if yes by mon 19:00; told mia yeswanted
        noa yes s
        mia vetoes ann t
        → s: ben not possible: Vetoed
        ",
    );
}

#[test]
fn the_shifts_may_overlap() {
    check(
        "
        noa chooses auto others
        publish s noa wed 08:00-14:00 ann
        = s: ann
        publish t mia wed 10:00-18:00 ben
        = t: ben
        ann swaps s for t with ben
        → s: told ben asked
        ben claims s
        → s: ben swapped for t; ben granted in spite of break; told ann ben noa filled; t: ann swapped for s; told ann ben mia changed
        = t: ann
        = s: ben
        ",
    );
}

#[test]
fn the_other_shift_has_another_holder_by_now() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        publish t mia thu 08:00-14:00 ben
        = t: ben
        ann swaps s for t with ben
        → s: told ben asked
        ben asks anyone t
        → t: told ann cat dee asked
        cat claims t
        → t: cat granted for ben; cat granted; told ann ben cat dee mia filled
        = t: cat
        ben claims s
        → s: ben not possible: SwapChanged
        ",
    );
}

#[test]
fn the_other_one_cannot_take_it() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        publish t mia thu 08:00-14:00 ben
        = t: ben
        publish u noa thu 13:30-18:00 ann
        = u: ann
        ann swaps s for t with ben
        → s: told ben asked
        ben claims s
        → s: ben not possible: SwapChanged
        ",
    );
}

#[test]
fn who_said_yes_to_a_swap_does_not_get_the_shift_on_top() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        publish t mia thu 08:00-14:00 ben
        = t: ben
        ann swaps s for t with ben
        → s: told ben asked
        ann cannot s
        → s: told ben cat dee mia open
        = s: open
        ben claims s
        → s: ben not possible: SwapChanged
        ",
    );
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        publish t mia thu 08:00-14:00 ben
        = t: ben
        ann swaps s for t with ben
        → s: told ben asked
        ann withdraws ask s
        ann asks anyone s
        → s: told ben cat dee asked
        ben claims s
        → s: ben granted for ann; ben granted; told ann ben cat dee mia filled
        = s: ben
        ",
    );
}

#[test]
fn a_swap_waits_its_turn() {
    check(
        "
        publish s noa wed 08:00-14:00 ann
        = s: ann
        publish t noa thu 08:00-14:00 ben
        = t: ben
        noa chooses auto ben
        noa chooses auto ann
        ann asks anyone s
        → s: told ben cat dee asked
        ann swaps s for t with ben
        → s: told ben asked
        cat claims s
        → s: cat waits; cat if yes by mon 19:00; told noa yeswanted
        ben claims s
        → s: ben standby
        noa vetoes cat s
        → s: cat not possible: Vetoed
        → s: ben swapped for t; ben granted; told ann ben cat dee noa filled; t: ann swapped for s; told ann ben noa changed
        = s: ben
        = t: ann
        ",
    );
}

#[test]
fn a_swap_is_declined() {
    check(
        "
        publish s mia wed 08:00-14:00 ann
        = s: ann
        publish t mia thu 08:00-14:00 ben
        = t: ben
        ann swaps s for t with ben
        → s: told ben asked
        ben declines s
        now wed 08:00
        ",
    );
}
