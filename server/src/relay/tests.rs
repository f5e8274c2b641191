//! The core without a runtime: what a replay of the journal gives is what the commands gave, and
//! each limit on who belongs to a team is reached.

use super::*;
use crate::journal::{Journal, MemoryJournal};
use kith_shared::{
    api::{Invite, ProblemCode},
    bytes::{Array, Bytes},
    documents::{Author, Document, DocumentId, circle::circle},
    domain::{
        note::{Audience, NoteText},
        shift::{Shift, ShiftKind},
    },
    ids::{DeviceId, MemberId, PersonId, RecordId, ShiftId, TeamId},
    intent::{Intent, Stamp},
    limits,
    sync::{Outcome, Push, TeamReply, TeamRequest},
    time::{Moment, Span},
};

mod ahead;
mod looks;
mod parts;

const NOW: Moment = Moment::from_millis(1_795_000_000_000);

struct World {
    journal: MemoryJournal,
    team: Team,
    roll: u128,
}

impl World {
    fn new() -> Self {
        let (id, key) = (TeamId::from_bytes([1; 16]), ProofKey::new([7; 32]));
        let mut roll = 0;
        let founded = Team::found(id, "River team", key, NOW, &mut counting(&mut roll));
        let (team, entries) = founded.unwrap();
        let journal = MemoryJournal::default();
        journal.append(id, 0, &entries).unwrap();
        Self {
            journal,
            team,
            roll,
        }
    }

    /// Carries out a command and appends what it says, at the end that the journal has.
    fn act<T>(
        &mut self,
        command: impl FnOnce(&mut Team, Dice<'_>) -> Result<Done<T>, crate::problem::Problem>,
    ) -> Result<T, ProblemCode> {
        let last = self.team.end().seq;
        let done = command(&mut self.team, &mut counting(&mut self.roll)).map_err(|p| p.code)?;
        let appended = self.journal.append(self.team.id(), last, &done.entries);
        appended.unwrap();
        Ok(done.reply)
    }

    fn invite(
        &mut self,
        role: &str,
        name: &str,
        person: Option<&str>,
    ) -> Result<Invited, ProblemCode> {
        let invite = Invite {
            team: self.team.id(),
            role: role.into(),
            name: name.into(),
            person: person.map(Into::into),
            member: None,
            address: String::new(),
            goals: vec![],
            hours: None,
        };
        self.act(|team, dice| team.invite(&invite, NOW, dice))
    }

    fn joined(&mut self, role: &str, name: &str, person: Option<&str>) -> (DeviceId, Credential) {
        let invited = self.invite(role, name, person).unwrap();
        self.roll += 1;
        let device = DeviceId::new(NOW, self.roll);
        let credential = self
            .act(|team, dice| team.join(&invited.code, device, Array([1; 32]), NOW, dice))
            .unwrap();
        (device, credential)
    }

    fn sync(&mut self, device: DeviceId, push: Vec<Push>) -> kith_shared::sync::Level {
        let request = TeamRequest {
            team: self.team.id(),
            cursor: None,
            digest: kith_shared::sync::Digest::default(),
            push,
            unseen: vec![],
            limit: u32::MAX,
            heal: None,
            aside: vec![],
        };
        let synced = self.act(|team, dice| Ok(team.sync(device, &request, NOW, dice)));
        match synced.unwrap().reply {
            TeamReply::Level(level) => level,
            other => panic!("{other:?}"),
        }
    }

    fn replayed(&self) -> Team {
        let entries = self.journal.entries(self.team.id());
        Team::replay(self.team.id(), ProofKey::new([7; 32]), entries).unwrap()
    }
}

fn counting(roll: &mut u128) -> impl FnMut() -> u128 + '_ {
    move || {
        *roll += 1;
        *roll
    }
}

fn written(team: &Team, device: DeviceId, intents: &[Intent]) -> Vec<Push> {
    let member = team.member_of(device).unwrap().clone();
    let mut push = vec![];
    for (n, intent) in (1u8..).zip(intents) {
        let mut document = Document::new(intent.document());
        // Each in a life of its own, so that each can stand alone.
        let author = Author {
            device,
            life: n.into(),
        };
        let id = RecordId::from_bytes([1, n, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        let change = intent
            .write(&mut document, author, &member, id, Stamp::plain(NOW))
            .unwrap();
        push.push(Push {
            document: intent.document(),
            changes: vec![Bytes(change.raw_bytes().to_vec())],
        });
    }
    push
}

/// A day shift of one PA with a person.
fn tomorrow(person: PersonId, pa: MemberId) -> Shift {
    let start = NOW + Span::days(1);
    let (shift, times) = (
        ShiftId::from_bytes([5; 16]),
        (start, start + Span::hours(8)),
    );
    Shift::plain(shift, person, times, vec![pa], ShiftKind::Day)
}

#[test]
fn the_journal_tells_all_that_the_commands_did() {
    let mut world = World::new();
    let gwen = world
        .invite("person", "Gwen", None)
        .unwrap()
        .person
        .unwrap();
    let (nia, _) = world.joined("pa", "Nia", None);
    world.joined("family-contact", "Mair", Some("Gwen"));
    let intents = [
        Intent::ClockIn {
            person: gwen,
            month: NOW.month(),
            shift: None,
            place: None,
        },
        Intent::WriteNote {
            person: gwen,
            month: NOW.month(),
            visit: None,
            audience: Audience::Family,
            says: NoteText {
                text: "A walk by the river".into(),
                ..NoteText::default()
            },
        },
        Intent::publish(tomorrow(gwen, world.team.member_of(nia).unwrap().id)),
    ];
    let mut push = written(&world.team, nia, &intents);
    push[0].changes.push(Bytes(b"nonsense".to_vec()));
    let outcomes = world.sync(nia, push).outcomes;
    assert!(matches!(
        *outcomes,
        [
            Outcome::Accepted(_),
            Outcome::Refused { .. },
            Outcome::Accepted(_),
            Outcome::Accepted(_)
        ]
    ));

    let again = world.replayed();
    assert_eq!(again.end(), world.team.end());
    assert_eq!(
        (again.name(), again.epoch()),
        (world.team.name(), world.team.epoch())
    );
    assert_eq!(again.roster(), world.team.roster());
    assert_eq!(again.device(nia), world.team.device(nia));
    let documents: Vec<_> = world.team.documents().collect();
    assert_eq!(documents.len(), 6);
    assert_eq!(again.documents().collect::<Vec<_>>(), documents);
    for id in documents {
        assert_eq!(
            again.document(id).heads(),
            world.team.document(id).heads(),
            "{id}"
        );
    }
    // And it goes on alike: the same request changes nothing here and there.
    let circle = circle(&again.document(DocumentId::circle(gwen)));
    assert_eq!(circle.coming.len(), 1);
    let last = world.team.end();
    let again_pushed = written(&world.team, nia, &intents);
    assert!(matches!(
        *world.sync(nia, again_pushed).outcomes,
        [
            Outcome::Duplicate(_),
            Outcome::Duplicate(_),
            Outcome::Duplicate(_)
        ]
    ));
    assert_eq!(world.team.end(), last);
}

/// A relay whose journal was put back must not say something else in a place that it has used.
#[test]
fn each_run_of_the_relay_writes_as_a_device_of_its_own() {
    let mut world = World::new();
    let mut scribes = std::collections::BTreeSet::new();
    for run in 0..3 {
        world
            .invite("person", &format!("Person {run}"), None)
            .unwrap();
        world
            .invite("person", &format!("Other {run}"), None)
            .unwrap();
        for entry in world.journal.entries(world.team.id()) {
            let entry = entry.unwrap();
            if entry.document() == Some(DocumentId::Team) {
                scribes.insert(entry.device);
            }
        }
        assert_eq!(scribes.len(), run + 1);
        world.team = world.replayed();
    }
}

#[test]
fn a_member_has_so_many_devices_and_a_team_so_many_members() {
    let mut world = World::new();
    let (_, credential) = world.joined("pa", "Nia", None);
    let mut another = |n: u8| {
        let device = DeviceId::from_bytes([n; 16]);
        let credential = Credential {
            device,
            ..credential.clone()
        };
        world.act(|team, dice| team.rejoin(&credential, NOW, dice))
    };
    let most = u8::try_from(limits::DEVICES_PER_MEMBER).unwrap();
    for n in 1..most {
        assert_eq!(another(n), Ok(()));
    }
    assert_eq!(another(most), Err(ProblemCode::TooManyDevices));

    let mut last = None;
    for n in world.team.roster().members.len()..limits::MEMBERS_PER_TEAM {
        // One is invited before the team is full, and comes when it is.
        if n + 1 == limits::MEMBERS_PER_TEAM {
            last = Some(world.invite("manager", "Late", None).unwrap());
        }
        world.joined("manager", "Elin", None);
    }
    assert_eq!(
        world.invite("pa", "Cai", None),
        Err(ProblemCode::TooManyMembers)
    );
    let (code, device) = (last.unwrap().code, DeviceId::from_bytes([99; 16]));
    let late = world.act(|team, dice| team.join(&code, device, Array([1; 32]), NOW, dice));
    assert_eq!(late.map(|_| ()), Err(ProblemCode::TooManyMembers));
}

#[test]
fn so_many_documents_are_loaded_and_all_are_there() {
    let mut world = World::new();
    let (mut pa, _) = world.joined("pa", "Nia", None);
    let mut documents = vec![];
    for n in 1..=limits::LOADED_BYTES / limits::LOADED_EACH + 1 {
        if n % 50 == 0 {
            // One member has a ration.
            (pa, _) = world.joined("pa", &format!("PA {n}"), None);
        }
        let person = world
            .invite("person", &format!("Person {n}"), None)
            .unwrap();
        let note = Intent::WriteNote {
            person: person.person.unwrap(),
            month: NOW.month(),
            visit: None,
            audience: Audience::Team,
            says: NoteText {
                text: "Slept well".into(),
                ..NoteText::default()
            },
        };
        let push = written(&world.team, pa, std::slice::from_ref(&note));
        assert!(matches!(
            *world.sync(pa, push).outcomes,
            [Outcome::Accepted(_)]
        ));
        documents.push(note.document());
    }
    let loaded = world.team.archives.values().filter(|a| a.is_loaded());
    let taken: usize = loaded.map(|a| a.size().bytes + limits::LOADED_EACH).sum();
    assert!(taken <= limits::LOADED_BYTES && taken > limits::LOADED_BYTES / 2);
    let (first, last) = (documents[0], documents[documents.len() - 1]);
    let is_loaded = |id| world.team.archives[&id].is_loaded();
    assert!(
        !is_loaded(first) && is_loaded(last),
        "the least recently used went"
    );
    assert_eq!(world.team.document(first).changes().len(), 1);
}

#[test]
fn an_invitation_expires_to_the_millisecond() {
    for (late, result) in [(-1, Ok(())), (0, Err(ProblemCode::InvitationExpired))] {
        let mut world = World::new();
        let invited = world.invite("pa", "Nia", None).unwrap();
        assert_eq!(invited.expires, NOW + limits::INVITATION_LIFE);
        let then = invited.expires + Span::from_millis(late);
        let device = DeviceId::from_bytes([3; 16]);
        let joined =
            world.act(|team, dice| team.join(&invited.code, device, Array([1; 32]), then, dice));
        assert_eq!(joined.map(|_| ()), result);
    }
}

#[test]
fn the_first_pa_holds_the_rota_for_a_term() {
    let mut world = World::new();
    world.joined("manager", "Ceri", None);
    let (_, first) = world.joined("pa", "Siân", None);
    let (_, second) = world.joined("pa", "Rhys", None);
    let holds =
        |member: &Credential, at| world.team.roster().members[&member.member].holds_rota(at);
    let last = NOW + limits::HAT_TERM - Span::from_millis(1);
    assert!(holds(&first, NOW) && holds(&first, last));
    assert!(!holds(&first, NOW + limits::HAT_TERM));
    assert!(!holds(&second, NOW));
}

#[test]
fn a_journal_that_tells_of_no_team_is_not_taken_for_one() {
    let (id, key) = (TeamId::from_bytes([1; 16]), ProofKey::new([7; 32]));
    let replay = |entries: Vec<crate::journal::Entry>| {
        Team::replay(id, key.clone(), entries.into_iter().map(Ok)).map(|_| ())
    };
    assert!(matches!(replay(vec![]), Err(NotATeam::NoBeginning)));
    let world = World::new();
    let entries: Vec<_> = world.journal.entries(id).map(Result::unwrap).collect();
    assert!(replay(entries.clone()).is_ok());
    assert!(matches!(
        replay(entries[1..].to_vec()),
        Err(NotATeam::Broken(_))
    ));
    let mut gap = entries.clone();
    gap[1].seq = 3;
    assert!(matches!(replay(gap), Err(NotATeam::Broken(_))));
    let mut unchained = entries.clone();
    unchained[1].prev.0[0] ^= 1;
    assert!(matches!(
        replay(unchained),
        Err(NotATeam::Broken(crate::journal::Broken::Chain(2)))
    ));
    let mut changed = entries;
    changed[0].received_at = NOW + Span::hours(1);
    changed.push(changed[1].clone());
    assert!(replay(changed).is_err());
}

#[test]
fn a_mark_is_under_all_of_a_claim() {
    let key = ProofKey::new([7; 32]);
    let claim = Claim {
        team: TeamId::from_bytes([1; 16]),
        document: DocumentId::Team,
        change: Array([2; 32]),
        member: MemberId::from_bytes([3; 16]),
        received_at: NOW,
    };
    let mark = key.sign(&claim);
    assert!(key.verify(&claim, &mark));
    let person = kith_shared::ids::PersonId::from_bytes([4; 16]);
    for other in [
        Claim {
            team: TeamId::from_bytes([9; 16]),
            ..claim
        },
        Claim {
            document: DocumentId::circle(person),
            ..claim
        },
        Claim {
            change: Array([9; 32]),
            ..claim
        },
        Claim {
            member: MemberId::from_bytes([9; 16]),
            ..claim
        },
        Claim {
            received_at: NOW + Span::from_millis(1),
            ..claim
        },
    ] {
        assert!(!key.verify(&other, &mark), "{other:?}");
    }
    assert!(!ProofKey::new([8; 32]).verify(&claim, &mark));
}
