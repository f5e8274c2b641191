//! However somebody writes, they take no more than their ration; and nobody waits for ever.

use super::*;
use kith_shared::{
    documents::{Size, Sizes},
    ids::PersonId,
    time::Month,
};
use proptest::prelude::*;

const NOW: Moment = Moment::from_millis(1_795_000_000_000);

fn member(n: u8) -> MemberId {
    MemberId::from_bytes([n; 16])
}

fn visits(n: u8) -> DocumentId {
    let month = Month::new(2026, 11).unwrap();
    DocumentId::visits(PersonId::from_bytes([n; 16]), month)
}

/// Bytes and whether its author is new to the part.
fn a_change() -> impl Strategy<Value = (usize, bool)> {
    let bytes = prop_oneof![1usize..600, 1usize..=limits::CHANGE_BYTES];
    (bytes, any::<bool>())
}

proptest! {
    /// So who may take so many parts' room fills no more parts.
    #[test]
    fn whoever_fills_a_part_has_taken_its_room(
        changes in prop::collection::vec(a_change(), 1..3_000),
    ) {
        let (mut size, mut taken) = (Size::default(), Room::default());
        for (bytes, new) in changes {
            if size.reaches(&Sizes::default().rolls) {
                break;
            }
            size = size.with(bytes, new);
            taken = taken.with(Room::of(bytes, new));
        }
        if size.reaches(&Sizes::default().rolls) {
            prop_assert!(taken >= Room::parts(1), "{taken:?} for {size:?}");
        }
    }

    /// In any stretch of time no more than the ration at its beginning, what drained meanwhile, and
    /// one change more; of one document and of all, whatever the others take.
    #[test]
    fn nobody_takes_more_than_their_ration(
        tries in prop::collection::vec((0u8..2, 0u8..9, a_change(), 0i64..4_000_000), 1..400),
    ) {
        let (mut rations, mut now) = (Rations::default(), NOW);
        let mut taken: Vec<(MemberId, DocumentId, Room, Moment)> = vec![];
        for (who, which, (bytes, new), pause) in tries {
            now = now + Span::from_millis(pause);
            let (who, which, room) = (member(who), visits(which), Room::of(bytes, new));
            // A hundred alike in one push.
            let admitted = rations.admits(who, now, std::iter::repeat_n((which, room), 100));
            for _ in 0..admitted {
                rations.took(who, which, room, now);
                taken.push((who, which, room, now));
            }
        }
        let most = |parts: u16, from: Moment, to: Moment| {
            let ration = Room::parts(parts).0;
            let window = limits::RATION_WINDOW.millis().unsigned_abs();
            let passed = (to - from).millis().unsigned_abs();
            ration + ration * passed / window + Room::of(limits::CHANGE_BYTES, true).0
        };
        // Rounding: each drains less than a millionth too little or too much.
        let slack = taken.len() as u64;
        for who in [member(0), member(1)] {
            let theirs: Vec<_> = taken.iter().filter(|(by, ..)| *by == who).collect();
            let Some((_, _, _, from)) = theirs.first() else { continue };
            let mut all = 0;
            for (_, _, room, to) in &theirs {
                all += room.0;
                prop_assert!(all <= most(limits::RATION_OF_TEAM, *from, *to) + slack);
            }
            for which in 0..9 {
                let mut of_it = 0;
                let there = theirs.iter().filter(|(_, id, ..)| *id == visits(which));
                for (_, _, room, to) in there {
                    of_it += room.0;
                    prop_assert!(of_it <= most(limits::RATION_OF_DOCUMENT, *from, *to) + slack);
                }
            }
        }
    }

    /// Who has to wait gets the next one in within minutes, and all within a day.
    #[test]
    fn nobody_waits_for_ever(bytes in 1usize..=limits::CHANGE_BYTES, new: bool) {
        let (who, which, room) = (member(1), visits(1), Room::of(bytes, new));
        let mut rations = Rations::default();
        while rations.admits(who, NOW, [(which, room)]) == 1 {
            rations.took(who, which, room, NOW);
        }
        let soon = NOW + Span::hours(2);
        prop_assert_eq!(rations.admits(who, soon, [(which, room)]), 1);
        let day = NOW + limits::RATION_WINDOW;
        let parts = usize::from(limits::RATION_OF_DOCUMENT);
        let many = limits::ROLL_CHANGES * parts - 1;
        let small = (which, Room::of(1, false));
        // But for what it took over its ration at last.
        let over = usize::try_from(room.0 / 1_000).unwrap() + 1;
        let admitted = rations.admits(who, day, std::iter::repeat_n(small, many));
        prop_assert!(admitted + over >= many, "{admitted} of {many}");
    }
}

#[test]
fn a_ration_is_of_one_document_and_of_all() {
    let (who, one) = (member(1), Room::of(1, false));
    let mut rations = Rations::default();
    let each = limits::ROLL_CHANGES * usize::from(limits::RATION_OF_DOCUMENT);
    let all = limits::ROLL_CHANGES * usize::from(limits::RATION_OF_TEAM);
    let mut admitted = 0;
    for document in 1..=10 {
        let pushed = std::iter::repeat_n((visits(document), one), 10 * each);
        let now = rations.admits(who, NOW, pushed);
        (0..now).for_each(|_| rations.took(who, visits(document), one, NOW));
        admitted += now;
        assert_eq!(admitted, (each * usize::from(document)).min(all));
    }
    // Nobody else waits for them, and what is here already is answered.
    assert_eq!(rations.admits(member(2), NOW, [(visits(1), one)]), 1);
    let known = (visits(1), Room::default());
    assert_eq!(
        rations.admits(who, NOW, [known, known, (visits(1), one), known]),
        2
    );
}

#[test]
fn all_parts_are_one_document_and_the_relays_answer_counts_with_the_act() {
    let (who, room) = (member(1), Room::parts(1));
    let mut rations = Rations::default();
    rations.took(who, visits(1), room, NOW);
    rations.took(who, visits(1).next().unwrap(), room, NOW);
    assert_eq!(rations.admits(who, NOW, [(visits(1), room)]), 1);
    // What the relay writes some time later is nobody's.
    rations.answered(visits(1), room, NOW + Span::from_millis(1));
    assert_eq!(rations.admits(who, NOW, [(visits(1), room)]), 1);
    rations.answered(visits(1), room, NOW);
    assert_eq!(rations.admits(who, NOW, [(visits(1), room)]), 0);
}

#[test]
fn a_clock_that_is_set_makes_nobody_wait_for_long() {
    let (who, room) = (member(1), Room::parts(limits::RATION_OF_DOCUMENT));
    for off in [-400, 400] {
        let mut rations = Rations::default();
        rations.took(who, visits(1), room, NOW + Span::days(off));
        let one = [(visits(1), Room::of(1, false))];
        assert_eq!(rations.admits(who, NOW, one), 1);
        rations.took(who, visits(1), room, NOW);
        assert_eq!(rations.admits(who, NOW, one), 0);
        assert_eq!(rations.admits(who, NOW + Span::hours(1), one), 1);
    }
}

/// What the relay answers, and what it takes back, may be far more than a ration.
#[test]
fn whoever_took_far_more_waits_as_many_days() {
    let (who, one) = (member(1), [(visits(1), Room::of(1, false))]);
    let mut rations = Rations::default();
    for _ in 0..5 {
        let room = Room::parts(limits::RATION_OF_DOCUMENT);
        rations.took(who, visits(1), room, NOW);
    }
    for (days, admitted) in [(1, 0), (3, 0), (5, 1)] {
        assert_eq!(rations.admits(who, NOW + Span::days(days), one), admitted);
    }
}

#[test]
fn it_is_told_of_once_in_a_while() {
    let (mut rations, device) = (Rations::default(), DeviceId::from_bytes([1; 16]));
    assert_eq!(rations.held_back(device), None);
    assert!(rations.hold_back(device, NOW));
    let soon = NOW + Span::minutes(1);
    assert!(!rations.hold_back(device, soon));
    assert_eq!(rations.held_back(device), Some(soon));
    assert!(rations.hold_back(device, soon + Span::hours(2)));
}
