//! What was vetted ahead of its turn is decided as if it had not been.

use super::{super::ahead::Ahead, *};
use kith_shared::{api::RosterChange, domain::team::Hat, policy::Refusal};

/// Two PAs of whom Nia holds the rota, a person, and the shift with them that Nia plans.
struct Scene {
    world: World,
    nia: DeviceId,
    cai: DeviceId,
    plans: Intent,
}

impl Scene {
    fn new() -> Self {
        let mut world = World::new();
        let gwen = world.invite("person", "Gwen", None).unwrap().person;
        let [(nia, _), (cai, _)] = ["Nia", "Cai"].map(|name| world.joined("pa", name, None));
        let of_nia = world.team.member_of(nia).unwrap().id;
        let plans = Intent::publish(tomorrow(gwen.unwrap(), of_nia));
        let mut scene = Self {
            world,
            nia,
            cai,
            plans,
        };
        scene.change(&RosterChange::Hat {
            member: "Cai".into(),
            hat: Hat::RotaHolder,
            days: None,
            off: false,
        });
        scene
    }

    fn gwen(&self) -> PersonId {
        self.plans.document().person().unwrap()
    }

    fn change(&mut self, what: &RosterChange) {
        let change = |team: &mut Team, dice: Dice<'_>| team.change_roster(what, NOW, dice);
        self.world.act(change).unwrap();
    }

    /// What Nia's phone is told when it hands in the plan, where `meanwhile` happens between the
    /// looking ahead and the turn; and whether what was vetted ahead was of use.
    fn after(mut self, meanwhile: impl FnOnce(&mut Self)) -> (TeamReply, bool) {
        let push = written(
            &self.world.team,
            self.nia,
            std::slice::from_ref(&self.plans),
        );
        let request = TeamRequest {
            team: self.world.team.id(),
            cursor: None,
            digest: kith_shared::sync::Digest::default(),
            push,
            unseen: vec![],
            limit: u32::MAX,
            heal: None,
            aside: vec![],
        };
        let ahead = self.world.team.look_ahead(self.nia, &request, NOW);
        meanwhile(&mut self);
        let of_use = ahead.stands(&self.world.team, self.nia);
        let turn = |ahead| {
            let (mut team, mut roll) = (self.world.team.clone(), self.world.roll);
            team.sync_after(ahead, self.nia, &request, NOW, &mut counting(&mut roll))
        };
        let (ahead, unaware) = (turn(ahead), turn(Ahead::default()));
        assert_eq!(ahead.entries, unaware.entries);
        assert_eq!(ahead.reply.reply, unaware.reply.reply);
        (ahead.reply.reply, of_use)
    }
}

fn outcome(reply: &TeamReply) -> &Outcome {
    match reply {
        TeamReply::Level(level) => &level.outcomes[0],
        TeamReply::Forget { outcomes } => &outcomes[0],
        other => panic!("{other:?}"),
    }
}

fn refused(reply: &TeamReply) -> Refusal {
    match outcome(reply) {
        Outcome::Refused { code, .. } => *code,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_nothing_has_changed_since_is_of_use() {
    let (reply, of_use) = Scene::new().after(|_| ());
    assert!(matches!(outcome(&reply), Outcome::Accepted(_)));
    assert!(of_use);
    // Nor does it change anything what others write elsewhere.
    let (reply, of_use) = Scene::new().after(|scene| {
        let elsewhere = Intent::WriteNote {
            person: scene.gwen(),
            month: NOW.month(),
            visit: None,
            audience: Audience::Team,
            says: NoteText {
                text: "A walk".into(),
                ..NoteText::default()
            },
        };
        let push = written(&scene.world.team, scene.cai, &[elsewhere]);
        scene.world.sync(scene.cai, push);
    });
    assert!(matches!(outcome(&reply), Outcome::Accepted(_)));
    assert!(of_use);
}

#[test]
fn a_record_that_came_in_between_has_its_id() {
    let (reply, of_use) = Scene::new().after(|scene| {
        let push = written(
            &scene.world.team,
            scene.cai,
            std::slice::from_ref(&scene.plans),
        );
        let taken = scene.world.sync(scene.cai, push);
        assert!(matches!(taken.outcomes[0], Outcome::Accepted(_)));
    });
    assert_eq!(refused(&reply), Refusal::NotARecord);
    assert!(!of_use);
}

#[test]
fn a_right_that_was_lost_in_between_is_lost() {
    let (reply, of_use) = Scene::new().after(|scene| {
        scene.change(&RosterChange::Hat {
            member: "Nia".into(),
            hat: Hat::RotaHolder,
            days: None,
            off: true,
        });
    });
    assert_eq!(refused(&reply), Refusal::NotYourHat);
    assert!(!of_use);
    let (reply, of_use) = Scene::new().after(|scene| {
        scene.change(&RosterChange::Left {
            member: "Nia".into(),
        });
    });
    assert_eq!(refused(&reply), Refusal::Revoked);
    assert!(!of_use);
}
