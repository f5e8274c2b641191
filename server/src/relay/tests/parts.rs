//! How many parts a document has, and what the relay itself writes in them.

use super::*;
use kith_shared::{
    documents::{Size, Sizes},
    policy::Refusal,
};

#[test]
fn a_document_has_so_many_parts_and_no_more() {
    let one = Size {
        changes: 1,
        bytes: usize::MAX,
        actors: usize::MAX,
    };
    let sizes = Sizes {
        rolls: one,
        most: one,
        ..Sizes::default()
    };
    let mut world = World::new();
    world.team = world.team.clone().with_sizes(sizes);
    let gwen = world.invite("person", "Gwen", None).unwrap().person;
    let (nia, _) = world.joined("pa", "Nia", None);
    let clock_in = Intent::ClockIn {
        person: gwen.unwrap(),
        month: NOW.month(),
        shift: None,
        place: None,
    };
    let mut push_to = |part: DocumentId, n: u16| {
        let member = world.team.member_of(nia).unwrap().clone();
        let author = Author {
            device: nia,
            life: n,
        };
        let id = RecordId::new(NOW, n.into());
        let mut document = Document::new(part);
        let stamp = Stamp::plain(NOW);
        let change = clock_in.write(&mut document, author, &member, id, stamp);
        let changes = vec![Bytes(change.unwrap().raw_bytes().to_vec())];
        let document = part;
        let mut level = world.sync(nia, vec![Push { document, changes }]);
        level.outcomes.remove(0)
    };
    let mut part = clock_in.document();
    for n in 1..=limits::PARTS {
        let outcome = push_to(part, n);
        assert!(
            matches!(outcome, Outcome::Accepted(_)),
            "{part}: {outcome:?}"
        );
        let full = push_to(part, 1000 + n);
        let Outcome::Refused { code, quarantine } = full else {
            panic!("{full:?}");
        };
        // Where there is another part the phone writes it there, and nothing is put aside.
        assert_eq!(code, Refusal::Full);
        assert_eq!(quarantine.is_some(), n == limits::PARTS);
        part = part.next().unwrap();
    }
    let outcome = push_to(part, 5000);
    let code = Refusal::NotBegun;
    assert!(matches!(outcome, Outcome::Refused { code: c, quarantine: None } if c == code));
}

#[test]
fn what_the_relay_writes_goes_on_in_the_next_part() {
    let rolls = Size {
        changes: 3,
        bytes: usize::MAX,
        actors: usize::MAX,
    };
    let sizes = Sizes {
        rolls,
        most: rolls,
        ..Sizes::default()
    };
    let mut world = World::new();
    world.team = world.team.clone().with_sizes(sizes);
    let gwen = world.invite("person", "Gwen", None).unwrap().person;
    let circle_of = DocumentId::circle(gwen.unwrap());
    for name in ["Ann", "Ben", "Cai", "Dai", "Elin", "Ffion", "Gwil", "Huw"] {
        world.joined("pa", name, None);
    }
    let parts: Vec<_> = world
        .team
        .documents()
        .filter(|id| id.whole() == circle_of)
        .collect();
    assert_eq!(
        parts,
        [1, 2, 3].map(|n| {
            let mut part = circle_of;
            (1..n).for_each(|_| part = part.next().unwrap());
            part
        })
    );
    // Her name and eight faces, as three documents have them, in memory and from the journal.
    for team in [&world.team, &world.replayed()] {
        let circle = &team.circles[&gwen.unwrap()];
        assert_eq!((circle.person.as_str(), circle.faces.len()), ("Gwen", 8));
        let last: Vec<_> = parts
            .iter()
            .map(|p| team.document(*p).last_record())
            .collect();
        assert!(last.is_sorted());
    }
    // The team's own document stays one.
    let team = world.team.size(DocumentId::Team);
    assert!(team.changes > 9, "{team:?}");
}
