//! *My people*: whom a person wants to come.

use super::world::{GWEN, MORGAN, MORGAN_HIMSELF, OWAIN, RHYS, SIAN, World, t};
use crate::view::my_people::{choose, my_people, tell};
use kith_shared::domain::profile::Choice;

const NOW: &str = "2026-11-24 18:00";

#[test]
fn the_person_chooses_and_names_who_is_told() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-23 07:30", "2026-11-23 13:00", &[RHYS]);
    w.visit(RHYS, Some(1), "2026-11-23 07:30", Some("2026-11-23 13:00"));
    let mut phone = w.phone(MORGAN_HIMSELF, NOW);
    let draw = |phone: &crate::engine::Phone| {
        let page = my_people(phone, t(NOW)).expect("the person chooses");
        let pas = page.pas.iter().map(|h| {
            let said = if h.said { "said" } else { "unsaid" };
            format!("{} {:?} {said} {}", h.pa.short(), h.choice, h.visits)
        });
        let contact = page
            .contact
            .map(|id| page.contacts.iter().find(|c| c.id == id));
        let contact = contact.flatten().map_or("nobody", |c| c.short());
        let others = format!("{:?}, {contact}", page.others);
        pas.chain([others]).collect::<Vec<_>>()
    };
    assert_eq!(
        draw(&phone),
        [
            "Rhys Automatic unsaid 1",
            "Owain AskMe unsaid 0",
            "Siân AskMe unsaid 0",
            "AskMe, nobody",
        ]
    );
    let intents = vec![
        choose(MORGAN, Some(OWAIN), Choice::Never),
        choose(MORGAN, Some(SIAN), Choice::AskMe),
        choose(MORGAN, Some(SIAN), Choice::Automatic),
        tell(MORGAN, Some(GWEN)),
    ];
    phone.act_all(intents, t(NOW), 1).expect("allowed");
    assert_eq!(
        draw(&phone),
        [
            "Rhys Automatic unsaid 1",
            "Owain Never said 0",
            "Siân Automatic said 0",
            "AskMe, Gwen",
        ]
    );
    let contacts = my_people(&phone, t(NOW)).unwrap().contacts;
    let names: Vec<_> = contacts
        .iter()
        .map(crate::view::face::Face::short)
        .collect();
    assert_eq!(names, ["Gwen", "Ceri", "Owain", "Rhys", "Siân"]);
    assert_eq!(my_people(&w.phone(SIAN, NOW), t(NOW)), None);
    assert_eq!(my_people(&w.phone(GWEN, NOW), t(NOW)), None);
}
