//! The views of the documents that the relay writes, and of the rota.

use crate::support::{ANN, BEN, OTHER, PERSON, author, member, november, record, record_id, t};
use kith_shared::{
    documents::{
        Document, DocumentId, DocumentKind,
        circle::{CircleRecord, circle},
        profile::ProfileRecord,
        rota::RotaRecord,
        team::{TeamRecord, roster},
    },
    domain::{
        cover::{Board, resolve},
        shift::{Shift, ShiftKind},
        team::{Person, Role},
    },
    ids::{DeviceId, ShiftId},
    time::Span,
};
use serde::Serialize;

/// A document with these records, written and stored.
fn document<B: Serialize + Clone>(id: DocumentId, bodies: &[B]) -> Document {
    let mut document = Document::new(id);
    for (n, body) in (1..).zip(bodies) {
        let record = record(n, ANN, "2026-11-24 08:00", body.clone());
        document.write(author(1), &record).unwrap();
    }
    Document::load(id, &document.save()).unwrap()
}

#[test]
fn the_later_record_of_a_member_or_person_counts() {
    let named = |name: &str| TeamRecord::Named { name: name.into() };
    let roles = [
        Role::Pa,
        Role::Person(PERSON),
        Role::AuthorisedPerson(PERSON),
        Role::FamilyContact(OTHER),
        Role::Manager,
    ];
    let supported = TeamRecord::Person { person: PERSON };
    let mut records = vec![named("Old"), supported, named("New")];
    let who = |address: &str| ProfileRecord::Person {
        person: Person {
            id: PERSON,
            name: "Mari".into(),
            address: address.into(),
            goals: vec!["Walk to the shop".into(), "Choir".into()],
        },
    };
    let who = document(DocumentId::profile(PERSON), &[who(""), who("1 Stryd Fawr")]);
    for role in roles {
        let member = member(BEN, role);
        records.push(TeamRecord::Member { member });
        let team = document(DocumentId::Team, &records);
        // Whichever is read first.
        let boards = [[&team, &who], [&who, &team]].map(|documents| {
            let mut board = Board::default();
            for document in documents {
                board.read(document);
            }
            board
        });
        let [roster, other] = boards.map(|board| board.roster);
        assert_eq!(roster, other);
        assert_eq!(roster.name, "New");
        assert_eq!(roster.people[&PERSON].address, "1 Stryd Fawr");
        assert_eq!(roster.people[&PERSON].goals.len(), 2);
        assert_eq!(roster.members.len(), 1);
        assert_eq!(roster.members[&BEN].role, role);
        let named = roster.members[&BEN].name == "Mari";
        assert_eq!(
            named,
            role == Role::Person(PERSON),
            "the name of a person is theirs"
        );
    }
}

/// Who left stays gone whatever is said after it: a relay that was restored from a backup lets
/// people in again before it hears that they had left.
#[test]
fn leaving_is_for_ever_and_consent_is_not() {
    let joined = || TeamRecord::Member {
        member: member(BEN, Role::FamilyContact(PERSON)),
    };
    let left = TeamRecord::Left {
        member: BEN,
        said_by: Some(ANN),
    };
    let withheld = |kinds: &[DocumentKind]| TeamRecord::Withheld {
        member: BEN,
        kinds: kinds.iter().copied().collect(),
        said_by: ANN,
    };
    let device = DeviceId::from_bytes([9; 16]);
    let lost = TeamRecord::DeviceLost {
        device,
        member: BEN,
        said_by: None,
    };
    let (notes, circle) = (
        DocumentId::notes(PERSON, november()),
        DocumentId::circle(PERSON),
    );
    let ben = |records: &[TeamRecord]| {
        let roster = roster(&document(DocumentId::Team, records));
        let ben = &roster.members[&BEN];
        let here = roster.present().count() == 1;
        assert_eq!(here, ben.left.is_none());
        (here, ben.may_read(circle), ben.may_read(notes))
    };
    let notes_only = [DocumentKind::Notes];
    assert_eq!(ben(&[joined()]), (true, true, true));
    let some = [joined(), withheld(&notes_only), joined(), lost.clone()];
    assert_eq!(ben(&some), (true, true, false));
    let again = [joined(), withheld(&notes_only), withheld(&[])];
    assert_eq!(ben(&again), (true, true, true));
    assert_eq!(ben(&[joined(), left, joined()]), (false, false, false));
    let roster = roster(&document(DocumentId::Team, &[lost]));
    assert_eq!(roster.lost[&device], BEN);
}

/// Erasing is for ever too: whatever a restored relay hears before and after.
#[test]
fn who_is_erased_is_nobodys_to_read() {
    let person = || TeamRecord::Person { person: PERSON };
    let joined = |id, role| TeamRecord::Member {
        member: member(id, role),
    };
    let travel = TeamRecord::Travel {
        from: PERSON,
        to: OTHER,
        minutes: 20,
    };
    let erased = TeamRecord::Erased { person: PERSON };
    let records = [
        person(),
        joined(ANN, Role::Pa),
        joined(BEN, Role::FamilyContact(PERSON)),
        travel,
        erased,
        person(),
        joined(BEN, Role::FamilyContact(PERSON)),
    ];
    let roster = roster(&document(DocumentId::Team, &records));
    assert!(roster.people.is_empty() && roster.travel.is_empty());
    assert!(roster.erased.contains_key(&PERSON));
    let (ann, ben) = (&roster.members[&ANN], &roster.members[&BEN]);
    assert!(ann.left.is_none() && ben.left.is_some());
    assert!(ann.may_read(DocumentId::Team));
    assert!(ann.may_read(DocumentId::notes(OTHER, november())));
    assert!(!ann.may_read(DocumentId::notes(PERSON, november())));
    assert!(!ann.may_read(DocumentId::circle(PERSON)));
}

fn shift(pas: &[kith_shared::ids::MemberId]) -> Shift {
    Shift {
        shift: ShiftId::from_bytes([5; 16]),
        person: PERSON,
        start: t("2026-11-24 22:00"),
        end: t("2026-11-25 06:00"),
        pas: pas.to_vec(),
        work: ShiftKind::WakingNight,
        replaces: None,
        needs: 1,
        shadows: vec![],
        series: None,
        pool: None,
    }
}

#[test]
fn the_later_record_of_a_shift_counts() {
    let first = shift(&[ANN]);
    let open = Shift {
        replaces: Some(record_id(1)),
        ..shift(&[])
    };
    let records = [&first, &open].map(|shift| RotaRecord::Published {
        shift: shift.clone(),
        times_only: false,
    });
    let rota = DocumentId::rota(PERSON, november());
    let read = |records: &[RotaRecord]| {
        let (records, _) = document(rota, records).records();
        resolve(&records).remove(&first.shift).unwrap()
    };
    // Who holds it stays so until the relay has said otherwise: the change is asked for.
    let planned = read(&records);
    assert_eq!(planned.shift.pas, first.pas);
    assert_eq!(planned.planned, (record_id(2), vec![]));
    let planned = read(&records[..1]).shift;
    assert_eq!(planned, first);
    assert!(!planned.is_open() && planned.length() == Span::hours(8));
    assert!(shift(&[]).is_open());
}

#[test]
fn the_circle_knows_who_is_coming() {
    let coming = |pas: &[kith_shared::ids::MemberId]| {
        let Shift {
            shift,
            start,
            end,
            pas,
            work,
            ..
        } = shift(pas);
        CircleRecord::Coming {
            shift,
            start,
            end,
            pas,
            work,
        }
    };
    let face = |name: &str| CircleRecord::Face {
        member: ANN,
        name: name.into(),
    };
    let records = [
        CircleRecord::Person {
            name: "Mari".into(),
        },
        face("Ann"),
        coming(&[BEN]),
        coming(&[ANN]),
        face("Anni"),
    ];
    let circle = circle(&document(DocumentId::circle(PERSON), &records));
    assert_eq!(circle.person, "Mari");
    assert_eq!(
        circle.faces.into_iter().collect::<Vec<_>>(),
        [(ANN, "Anni".to_owned())]
    );
    let coming: Vec<_> = circle
        .coming
        .into_values()
        .map(|c| (c.start, c.end, c.pas))
        .collect();
    assert_eq!(
        coming,
        [(t("2026-11-24 22:00"), t("2026-11-25 06:00"), vec![ANN])]
    );
}
