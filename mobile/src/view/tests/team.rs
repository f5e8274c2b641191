//! *Phones and people*: each sees what is theirs to say.

use super::world::{CERI, GWEN, MORGAN_HIMSELF, RELAY, RHYS, SIAN, World, t};
use crate::view::team::team;
use kith_shared::{
    api::KnownDevice,
    documents::{DocumentId, DocumentKind, team::TeamRecord},
    ids::{DeviceId, MemberId},
};

const NOW: &str = "2026-11-24 18:00";

fn device(n: u8, member: MemberId, joined: &str, this: bool) -> KnownDevice {
    KnownDevice {
        device: DeviceId::from_bytes([n; 16]),
        member,
        joined: t(joined),
        this,
        held_back: None,
    }
}

fn draw(w: &World, who: MemberId, devices: &[KnownDevice]) -> Vec<String> {
    let page = team(&w.phone(who, NOW), devices).expect("it has joined");
    let phones = |phones: &[crate::view::team::Handset]| {
        let since = |p: &crate::view::team::Handset| {
            let held_back = p.held_back.map(|day| format!(" held back {day}"));
            let this = if p.this { " this" } else { "" };
            format!("{}{this}{}", p.since, held_back.unwrap_or_default())
        };
        phones.iter().map(since).collect::<Vec<_>>().join(", ")
    };
    let others = page.others.iter().map(|one| {
        let notes = match one.notes {
            Some(true) => " notes",
            Some(false) => " no notes",
            None => "",
        };
        let role = one.role.name();
        format!(
            "{} {role}{notes} [{}]",
            one.face.short(),
            phones(&one.phones)
        )
    });
    [format!("mine: {}", phones(&page.mine))]
        .into_iter()
        .chain(others)
        .collect()
}

#[test]
fn each_sees_what_is_theirs_to_say() {
    let mut w = World::new();
    let held_back = KnownDevice {
        held_back: Some(t("2026-11-20 10:00")),
        ..device(3, SIAN, "2026-09-03 09:00", false)
    };
    let devices = [
        device(1, SIAN, "2026-01-03 09:00", false),
        device(2, SIAN, "2026-05-03 09:00", true),
        held_back,
    ];
    assert_eq!(
        draw(&w, SIAN, &devices),
        ["mine: 2026-05-03 this, 2026-09-03 held back 2026-11-20, 2026-01-03"]
    );
    assert_eq!(
        draw(&w, MORGAN_HIMSELF, &[]),
        ["mine: ", "Gwen family-contact notes []"]
    );
    let by = |said: TeamRecord, w: &mut World| w.write(DocumentId::Team, RELAY, t(NOW), said);
    by(
        TeamRecord::Withheld {
            member: GWEN,
            kinds: [DocumentKind::Notes].into(),
            said_by: MORGAN_HIMSELF,
        },
        &mut w,
    );
    assert_eq!(
        draw(&w, MORGAN_HIMSELF, &[]),
        ["mine: ", "Gwen family-contact no notes []"]
    );
    by(
        TeamRecord::Left {
            member: RHYS,
            said_by: Some(CERI),
        },
        &mut w,
    );
    let all = draw(&w, CERI, &devices);
    assert!(
        all.iter().any(|line| line.starts_with("Siân pa [")),
        "{all:?}"
    );
    assert!(!all.iter().any(|line| line.starts_with("Rhys")), "{all:?}");
    assert!(!all.iter().any(|line| line.starts_with("Ceri")), "{all:?}");
}
