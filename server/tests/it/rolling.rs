//! A document that gets long goes on in its next part, by the real limits and over HTTP.

use crate::harness::{Phone, Relay, note, words};
use kith_relay::relay::now;
use kith_shared::{
    documents::DocumentId,
    domain::note::Audience,
    ids::{PersonId, VisitId},
    intent::Intent,
    limits,
};

/// Of so many as are written, no more than a push takes go at once.
async fn write_all(phone: &mut Phone, intents: usize, mut write: impl FnMut(&mut Phone)) {
    let mut left = intents;
    while left > 0 {
        let now = left.min(limits::CHANGES_PER_PUSH);
        (0..now).for_each(|_| write(phone));
        let level = phone.sync().await;
        assert_eq!(words(&level), vec!["accepted"; now]);
        left -= now;
    }
}

fn clock_in(person: PersonId) -> Intent {
    Intent::ClockIn {
        person,
        month: now().month(),
        shift: None,
        place: None,
    }
}

fn team_note(person: PersonId) -> Intent {
    note(person, Audience::Team, &"m".repeat(limits::TEXT_CHARS))
}

/// The relay of a team, a person, and the phone of a PA.
async fn team() -> (Relay, PersonId, Phone) {
    let relay = Relay::start().await;
    let (_, gwen, nia) = relay.team().await;
    (relay, gwen, nia)
}

#[tokio::test]
async fn the_next_part_begins_when_one_is_long_and_the_first_is_full_some_time_later() {
    let (_relay, gwen, mut nia) = team().await;
    nia.sync().await;
    let visit = VisitId::from(nia.write(&clock_in(gwen)));
    nia.sync().await;
    write_all(&mut nia, limits::ROLL_CHANGES - 2, |nia| {
        nia.write(&clock_in(gwen));
    })
    .await;
    let first = clock_in(gwen).document();
    let second = first.next().unwrap();
    let (person, month) = (gwen, now().month());
    let out = Intent::ClockOut {
        person,
        month,
        visit,
    };
    // One short of it.
    nia.write_into(second, &out);
    assert_eq!(words(&nia.sync().await), ["NotBegun"]);
    // The push that makes it long may begin the next; the visit began in the first.
    nia.write(&clock_in(gwen));
    assert_eq!(words(&nia.sync().await), ["accepted", "accepted"]);
    assert_eq!(nia.texts(first), limits::ROLL_CHANGES);
    // Who does not know of it writes on in the first for a while.
    let room = limits::PART_CHANGES - limits::ROLL_CHANGES;
    write_all(&mut nia, room, |nia| {
        nia.write(&clock_in(gwen));
    })
    .await;
    nia.write(&clock_in(gwen));
    // What follows it is not refused: it is written again with it.
    nia.write(&clock_in(gwen));
    assert_eq!(words(&nia.sync().await), ["Full", "need 1"]);
}

#[tokio::test]
async fn a_part_of_many_words_is_long() {
    let (_relay, gwen, mut nia) = team().await;
    nia.sync().await;
    let first = team_note(gwen).document();
    let second = first.next().unwrap();
    nia.write_into(second, &team_note(gwen));
    let mut bytes = 0;
    while bytes < limits::ROLL_BYTES {
        nia.write(&team_note(gwen));
        bytes += nia.held[&first].waiting[0].raw_bytes().len();
        let begun = bytes >= limits::ROLL_BYTES;
        let second = if begun { "accepted" } else { "NotBegun" };
        assert_eq!(words(&nia.sync().await), ["accepted", second], "{bytes}");
    }
    let change = bytes / nia.texts(first);
    while bytes + change <= limits::PART_BYTES {
        nia.write(&team_note(gwen));
        bytes += nia.held[&first].waiting[0].raw_bytes().len();
        assert_eq!(words(&nia.sync().await), ["accepted"], "{bytes}");
    }
    nia.write(&team_note(gwen));
    assert_eq!(words(&nia.sync().await), ["Full"]);
}

#[tokio::test]
async fn a_part_of_many_authors_is_long() {
    let (_relay, gwen, mut nia) = team().await;
    nia.sync().await;
    let first = clock_in(gwen).document();
    let second = first.next().unwrap();
    for life in 0..limits::PART_ACTORS {
        if life == limits::ROLL_ACTORS - 1 {
            nia.write_into(second, &clock_in(gwen));
            assert_eq!(words(&nia.sync().await), ["NotBegun"]);
        }
        nia.life = u16::try_from(life).unwrap();
        nia.write(&clock_in(gwen));
        let accepted = if life == limits::ROLL_ACTORS - 1 {
            2
        } else {
            1
        };
        assert_eq!(words(&nia.sync().await), vec!["accepted"; accepted]);
    }
    // Who wrote in it before still may.
    nia.write(&clock_in(gwen));
    assert_eq!(words(&nia.sync().await), ["accepted"]);
    nia.life += 1;
    nia.write(&clock_in(gwen));
    assert_eq!(words(&nia.sync().await), ["Full"]);
}

#[tokio::test]
async fn nobody_opens_parts_that_are_far() {
    let (relay, gwen, mut nia) = team().await;
    nia.sync().await;
    let first = clock_in(gwen).document();
    let far = std::iter::successors(first.next(), |part| part.next());
    for part in far.take(100) {
        nia.write_into(part, &clock_in(gwen));
    }
    let last = first.parts();
    nia.write_into(*last.end(), &clock_in(gwen));
    let level = nia.sync().await;
    assert_eq!(words(&level), vec!["NotBegun"; 101]);
    // Nothing of it is kept, and the next one's is taken in as ever.
    let team = nia.me().team;
    let mut ann = relay.joined(team, "pa", "Ann", None).await;
    ann.clock_in(gwen);
    assert_eq!(words(&ann.sync().await), ["accepted"]);
    let parts: Vec<DocumentId> = ann
        .held
        .keys()
        .copied()
        .filter(|id| id.month().is_some())
        .collect();
    assert_eq!(parts, [first]);
}
