//! Which part of a document an act goes into.

use super::{
    hands::{accept, clock_in, clock_out},
    world::{RHYS, SIAN, World},
};
use crate::engine::Phone;
use kith_shared::documents::{Part, Size, Sizes};

fn last_part(phone: &Phone) -> Part {
    phone.outbox().last().expect("something waits").part
}

/// What refers to what is told of before it, also when news have filled the part meanwhile.
#[test]
fn all_that_waits_for_a_document_waits_for_one_part_of_it() {
    let mut w = World::new();
    w.visit(RHYS, None, "2026-11-23 08:00", Some("2026-11-23 09:00"));
    let mut phone = w.phone(SIAN, "2026-11-24 07:00");
    let visit = clock_in(&mut phone, "2026-11-24 08:00", None);
    assert_eq!(last_part(&phone), Part::FIRST);
    // From now on what is there already is as long as a part gets.
    let rolls = Size {
        changes: 2,
        ..Sizes::default().rolls
    };
    let mut phone = phone.with_sizes(Sizes {
        rolls,
        ..Sizes::default()
    });
    clock_out(&mut phone, "2026-11-24 09:00", visit);
    assert_eq!(last_part(&phone), Part::FIRST);
    // When nothing waits the next act begins the next part, and what belongs to it follows.
    accept(&mut phone, "2026-11-24 09:01");
    let visit = clock_in(&mut phone, "2026-11-24 10:00", None);
    assert_eq!(Some(last_part(&phone)), Part::FIRST.next());
    clock_out(&mut phone, "2026-11-24 11:00", visit);
    assert_eq!(Some(last_part(&phone)), Part::FIRST.next());
}
