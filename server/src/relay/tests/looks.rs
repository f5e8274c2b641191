//! What a manager is told of and woken for: something was put aside, or doubted.

use super::*;
use kith_shared::{
    documents::team::TeamRecord,
    ids::MemberId,
    sync::{
        Cursor, Heal, Knew, Look, Seq,
        chain::{Statement, ends},
    },
};

/// A manager with a phone that is woken, a PA with two, and another manager who is not here.
struct Scene {
    world: World,
    elin: (DeviceId, MemberId),
    nia: [DeviceId; 2],
}

impl Scene {
    fn new() -> Self {
        let mut world = World::new();
        world.invite("person", "Gwen", None).unwrap();
        let (elin, credential) = world.joined("manager", "Elin", None);
        let [(nia, _), (cai, _)] = ["Nia", "Cai"].map(|name| world.joined("pa", name, None));
        let endpoint = |device: DeviceId| format!("https://push.example/{device}");
        for device in [elin, nia, cai] {
            world
                .act(|team, _| team.push_on(device, endpoint(device), NOW))
                .unwrap();
        }
        Self {
            world,
            elin: (elin, credential.member),
            nia: [nia, cai],
        }
    }

    /// Hands in what nobody can read.
    fn junk(&mut self, device: DeviceId, n: u8) {
        let push = Push {
            document: DocumentId::Team,
            changes: vec![Bytes(vec![n; 9])],
        };
        self.world.sync(device, vec![push]);
    }

    /// Shows that the relay once signed that its journal stood at `seq` of another past.
    fn shows(&mut self, device: DeviceId, seq: Seq, now: Moment) {
        let team = &self.world.team;
        let statement = Statement {
            team: team.id(),
            epoch: team.epoch(),
            seq,
            head: Array([9; 32]),
            ends: ends([]),
        };
        let knew = Knew {
            cursor: Cursor {
                epoch: statement.epoch,
                seq,
                head: statement.head,
            },
            ends: statement.ends,
            signature: ProofKey::new([7; 32]).state(&statement),
        };
        let heal = Heal {
            knew: Some(knew),
            ..Heal::default()
        };
        let request = TeamRequest {
            heal: Some(heal),
            ..asking(team.id())
        };
        let act = |team: &mut Team, dice: Dice<'_>| Ok(team.sync(device, &request, now, dice));
        self.world.act(act).unwrap();
    }

    fn look(&mut self, device: DeviceId) -> Look {
        self.world.sync(device, vec![]).to_you.look
    }

    fn woken(&mut self) -> Vec<DeviceId> {
        let woken = self.world.team.take_wake().into_iter();
        woken.map(|subscription| subscription.device).collect()
    }
}

fn asking(team: TeamId) -> TeamRequest {
    TeamRequest {
        team,
        cursor: None,
        digest: kith_shared::sync::Digest::default(),
        push: vec![],
        unseen: vec![],
        limit: u32::MAX,
        heal: None,
        aside: vec![],
    }
}

#[test]
fn managers_are_told_how_much_waits_and_woken_once_a_device() {
    let mut scene = Scene::new();
    let ((elin, manager), [nia, cai]) = (scene.elin, scene.nia);
    assert_eq!(scene.woken(), []);
    assert_eq!(scene.look(elin), Look::default());
    scene.junk(nia, 1);
    assert_eq!(scene.woken(), [elin]);
    scene.junk(nia, 2);
    assert_eq!(scene.woken(), [], "it is on her list already");
    scene.junk(nia, 2);
    scene.junk(cai, 3);
    assert_eq!(scene.woken(), [elin]);
    let three = Look {
        aside: 3,
        doubted: None,
    };
    assert_eq!(scene.look(elin), three);
    assert_eq!(scene.look(nia), Look::default(), "that is for managers");
    let kept = scene.world.team.kept_aside(elin, None, 2).unwrap().kept;
    for (kept, left) in kept.iter().zip([2, 1]) {
        let review = kith_shared::aside::Review {
            quarantine: kept.quarantine,
            says: kith_shared::aside::Says::LeaveOut {
                reason: "It says nothing.".into(),
            },
        };
        let act = |team: &mut Team, dice: Dice<'_>| team.review(elin, &review, NOW, dice);
        scene.world.act(act).unwrap();
        assert_eq!(scene.look(elin).aside, left);
    }
    assert_eq!(scene.woken(), []);
    // All that hers had sent is settled.
    scene.junk(nia, 4);
    assert_eq!(scene.woken(), [elin]);
    // Who has left is neither told nor woken.
    let left = TeamRecord::Left {
        member: manager,
        said_by: None,
    };
    let leave = |team: &mut Team, dice: Dice<'_>| {
        let mut decided = scribe::Decided::default();
        decided.write(team, DocumentId::Team, left, NOW, dice);
        let entries = team.enact(decided);
        Ok(Done { entries, reply: () })
    };
    scene.world.act(leave).unwrap();
    scene.junk(cai, 5);
    assert_eq!(scene.woken(), []);
}

#[test]
fn managers_are_told_of_a_doubt_and_not_of_each_phone_that_has_it() {
    let mut scene = Scene::new();
    let ((elin, _), [nia, cai]) = (scene.elin, scene.nia);
    scene.shows(nia, 900, NOW);
    assert_eq!(scene.woken(), [elin]);
    let first = Look {
        aside: 0,
        doubted: Some(NOW),
    };
    assert_eq!(scene.look(elin), first);
    assert_eq!(scene.look(cai), Look::default());
    // Others come back with the same past, one after the other.
    let mut now = NOW;
    for seq in 901..904 {
        now = now + limits::SAME_DOUBT;
        scene.shows(cai, seq, now);
        assert_eq!((scene.look(elin), scene.woken()), (first, vec![]));
    }
    // And, much later, one tells of something else.
    now = now + limits::SAME_DOUBT + Span::from_millis(1);
    scene.shows(cai, 950, now);
    assert_eq!(scene.woken(), [elin]);
    assert_eq!(scene.look(elin).doubted, Some(now));
    assert_eq!(scene.world.replayed().doubted().unwrap().at, now);
    // What her own phone shows it has said to her.
    now = now + limits::SAME_DOUBT + Span::from_millis(1);
    scene.shows(elin, 960, now);
    assert_eq!((scene.look(elin), scene.woken()), (Look::default(), vec![]));
}
