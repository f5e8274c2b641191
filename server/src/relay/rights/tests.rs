//! Whatever a member becomes and however long their phone is away: after one exchange it holds
//! what they may read, all of it and nothing else.

use super::super::{Dice, ProofKey, Team, scribe::Decided};
use automerge::ChangeHash;
use kith_shared::{
    api::Invite,
    bytes::{Array, Bytes},
    documents::{Author, DocumentId, DocumentKind, team::TeamRecord},
    domain::{
        note::{Audience, NoteText},
        team::{Member, Role},
    },
    ids::{DeviceId, PersonId, RecordId, TeamId},
    intent::{Intent, Stamp},
    sync::{Cursor, Digest, Level, Push, Seq, TeamReply, TeamRequest},
    time::Moment,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const NOW: Moment = Moment::from_millis(1_795_000_000_000);

/// What happens next.
#[derive(Debug, Clone)]
enum Step {
    /// The member becomes this.
    Becomes(usize),
    /// A note of one of the persons withheld, or shared again.
    Withheld(bool),
    /// A PA writes about one of the persons, for the family or the team.
    Note(usize, bool),
    /// The phone asks, and what comes back is as long as this at most; or the reply is lost.
    Asks { limit: u32, lost: bool },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => (0..ROLES).prop_map(Step::Becomes),
        1 => any::<bool>().prop_map(Step::Withheld),
        6 => (0..2_usize, any::<bool>()).prop_map(|(person, family)| Step::Note(person, family)),
        3 => (prop_oneof![Just(u32::MAX), 300..1500_u32], any::<bool>())
            .prop_map(|(limit, lost)| Step::Asks { limit, lost }),
    ]
}

const ROLES: usize = 7;

fn role(which: usize, people: [PersonId; 2]) -> Role {
    let [gwen, huw] = people;
    [
        Role::Pa,
        Role::Manager,
        Role::Person(gwen),
        Role::AuthorisedPerson(huw),
        Role::FamilyContact(gwen),
        Role::FamilyContact(huw),
        Role::AuthorisedPerson(gwen),
    ][which]
}

#[derive(Default)]
struct Phone {
    cursor: Option<Cursor>,
    held: BTreeMap<DocumentId, BTreeMap<ChangeHash, Seq>>,
}

impl Phone {
    fn take(&mut self, level: Level) {
        for news in level.news {
            let held = self.held.entry(news.document).or_default();
            for entry in news.entries {
                let change = automerge::Change::from_bytes(entry.change.0).unwrap();
                held.insert(change.hash(), entry.receipt.seq);
            }
        }
        for document in level.forget {
            self.held.remove(&document);
        }
        self.cursor = Some(level.cursor);
    }
}

struct World {
    team: Team,
    roll: u128,
    people: [PersonId; 2],
    writer: (DeviceId, Member),
    reader: (DeviceId, Member),
    phone: Phone,
}

impl World {
    fn new() -> Self {
        let mut roll = 0;
        let id = TeamId::from_bytes([1; 16]);
        let mut dice = || {
            roll += 1;
            roll
        };
        let (mut team, _) =
            Team::found(id, "River team", ProofKey::new([7; 32]), NOW, &mut dice).unwrap();
        let invited = |team: &mut Team, role: &str, name: &str, dice: Dice<'_>| {
            let invite = Invite {
                team: id,
                role: role.into(),
                name: name.into(),
                person: None,
                member: None,
                address: String::new(),
                goals: vec![],
                hours: None,
            };
            team.invite(&invite, NOW, dice).unwrap().reply
        };
        let people = ["Gwen", "Huw"].map(|name| {
            let invited = invited(&mut team, "person", name, &mut dice);
            invited.person.unwrap()
        });
        let [writer, reader] = ["Nia", "Mair"].map(|name| {
            let code = invited(&mut team, "pa", name, &mut dice).code;
            let device = DeviceId::new(NOW, dice());
            let _ = team
                .join(&code, device, Array([1; 32]), NOW, &mut dice)
                .unwrap();
            (device, team.member_of(device).unwrap().clone())
        });
        Self {
            team,
            roll,
            people,
            writer,
            reader,
            phone: Phone::default(),
        }
    }

    fn says(&mut self, says: TeamRecord) {
        let mut decided = Decided::default();
        let roll = &mut self.roll;
        let mut dice = || {
            *roll += 1;
            *roll
        };
        decided.write(&self.team, DocumentId::Team, says, NOW, &mut dice);
        self.team.enact(decided);
    }

    fn asks(&mut self, device: DeviceId, request: &TeamRequest) -> Level {
        let roll = &mut self.roll;
        let mut dice = || {
            *roll += 1;
            *roll
        };
        match self.team.sync(device, request, NOW, &mut dice).reply.reply {
            TeamReply::Level(level) => level,
            other => panic!("it needs no second round: {other:?}"),
        }
    }

    fn request(&self, limit: u32) -> TeamRequest {
        let up_to = self.phone.cursor.map_or(0, |cursor| cursor.seq);
        let held = self.phone.held.values().flatten();
        let digest = held.filter(|(_, seq)| **seq <= up_to).map(|(hash, _)| hash);
        TeamRequest {
            team: self.team.id(),
            cursor: self.phone.cursor.map(Into::into),
            digest: digest.collect::<Digest>(),
            push: vec![],
            unseen: vec![],
            limit,
            heal: None,
            aside: vec![],
        }
    }

    fn note(&mut self, person: PersonId, family: bool) {
        let intent = Intent::WriteNote {
            person,
            month: NOW.month(),
            visit: None,
            audience: if family {
                Audience::Family
            } else {
                Audience::Team
            },
            says: NoteText {
                text: "A day like others".into(),
                ..NoteText::default()
            },
        };
        self.roll += 1;
        let (device, member) = self.writer.clone();
        let mut document = self.team.document(intent.document());
        let author = Author { device, life: 0 };
        let id = RecordId::new(NOW, self.roll);
        let change = intent.write(&mut document, author, &member, id, Stamp::plain(NOW));
        let push = Push {
            document: intent.document(),
            changes: vec![Bytes(change.unwrap().raw_bytes().to_vec())],
        };
        let request = TeamRequest {
            team: self.team.id(),
            cursor: None,
            digest: Digest::default(),
            push: vec![push],
            unseen: vec![],
            limit: 1,
            heal: None,
            aside: vec![],
        };
        self.asks(device, &request);
    }

    fn carry_out(&mut self, step: &Step) {
        match *step {
            Step::Becomes(which) => {
                let member = Member {
                    role: role(which, self.people),
                    ..self.reader.1.clone()
                };
                self.says(TeamRecord::Member { member });
            }
            Step::Withheld(withhold) => self.says(TeamRecord::Withheld {
                member: self.reader.1.id,
                kinds: BTreeSet::from_iter(withhold.then_some(DocumentKind::Notes)),
                said_by: self.writer.1.id,
            }),
            Step::Note(person, family) => self.note(self.people[person], family),
            Step::Asks { limit, lost } => {
                let level = self.asks(self.reader.0, &self.request(limit));
                if !lost {
                    self.phone.take(level);
                }
            }
        }
    }

    /// One exchange, in as many replies as it takes; one, where they may be long.
    fn levels(&mut self, limit: u32) -> usize {
        for replies in 1..200 {
            let level = self.asks(self.reader.0, &self.request(limit));
            let more = level.more;
            self.phone.take(level);
            if !more {
                return replies;
            }
        }
        panic!("it never ends");
    }

    fn readable(&self) -> BTreeMap<DocumentId, BTreeSet<ChangeHash>> {
        let me = self.team.member_of(self.reader.0).unwrap();
        let readable = self.team.documents().filter(|id| me.may_read(*id));
        let held = readable.map(|id| {
            let held = self.team.archives[&id].held();
            (id, held.iter().map(|held| held.hash).collect())
        });
        held.collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn a_phone_holds_what_its_member_may_read(
        steps in prop::collection::vec(step(), 1..24),
        long in any::<bool>(),
    ) {
        let mut world = World::new();
        for step in steps {
            world.carry_out(&step);
        }
        let replies = world.levels(if long { u32::MAX } else { 900 });
        prop_assert!(!long || replies == 1, "{replies} replies");
        let held = world.phone.held.iter();
        let held: BTreeMap<_, BTreeSet<_>> = held
            .map(|(id, changes)| (*id, changes.keys().copied().collect()))
            .collect();
        prop_assert_eq!(held, world.readable());
        // And it is level: the next exchange has nothing for it.
        let level = world.asks(world.reader.0, &world.request(u32::MAX));
        prop_assert!(level.news.is_empty() && !level.more);
    }
}
