//! What every [`Journal`] holds to, as one check that each implementation passes.

use super::{AppendError, Chains, Change, Draft, End, Entry, Journal, Payload, Renewal};
use crate::{
    vault::{Key, KeyFile, Master, Owner},
    vet::Vetted,
};
use kith_shared::{
    bytes::{Array, Bytes},
    documents::{Author, Document, DocumentId, Record},
    domain::team::Role,
    ids::{DeviceId, Epoch, InvitationId, MemberId, PersonId, QuarantineId, RecordId, TeamId},
    policy::Refusal,
    time::{Moment, Month, Span},
};
use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

/// A team and `count` entries of its journal, each change with a text of `letters` letters.
#[allow(clippy::missing_panics_doc)] // It follows its own chains.
pub fn some_journal(count: usize, letters: usize) -> (TeamId, Vec<Entry>) {
    let team = TeamId::from_bytes([count.to_le_bytes()[0]; 16]);
    let mut chains = Chains::default();
    let mut documents = [1, 2].map(|n| Document::new(some_document(n)));
    let mut entries = Vec::new();
    for n in 0..count {
        let draft = Draft {
            received_at: Moment::from_millis(1_700_000_000_000 + i64::try_from(n).unwrap_or(0)),
            member: MemberId::from_bytes([1; 16]),
            device: DeviceId::from_bytes([2; 16]),
            payload: if n == 0 {
                Payload::TeamCreated {
                    name: "Tîm Afon".into(),
                    epoch: Epoch::from_bytes([3; 16]),
                }
            } else {
                let letter = char::from(b'a' + n.to_le_bytes()[0] % 26);
                let text = letter.to_string().repeat(letters);
                some_change(&mut documents[(n + 1) % 2], n, &text)
            },
        };
        let entry = chains.seal(draft);
        assert!(chains.follow(&entry).is_ok());
        entries.push(entry);
    }
    (team, entries)
}

/// A change that writes this text.
fn some_change(document: &mut Document, n: usize, text: &str) -> Payload {
    let (device, life) = (DeviceId::from_bytes([2; 16]), 0);
    let mut id = [0; 16];
    id[8..].copy_from_slice(&(n as u64).to_be_bytes());
    let record = Record {
        id: RecordId::from_bytes(id),
        by: MemberId::from_bytes([1; 16]),
        at: Moment::from_millis(1_700_000_000_000),
        skew: Span::default(),
        body: BTreeMap::from([("text", text)]),
    };
    let vetted = Vetted::own(document, Author { device, life }, &record);
    Payload::Change(Change::of(&vetted.expect("a document takes a text")))
}

fn some_document(n: usize) -> DocumentId {
    let person = PersonId::from_bytes([7; 16]);
    match Month::new(2026, 11) {
        Some(month) if n.is_multiple_of(2) => DocumentId::visits(person, month),
        _ => DocumentId::Team,
    }
}

/// The keys of a store in this folder: the same each time.
///
/// # Panics
///
/// Where the folder cannot be used.
pub fn some_keys(folder: &Path) -> KeyFile {
    std::fs::create_dir_all(folder).expect("a folder");
    let (path, master) = (folder.join("relay.key"), Master::new(Key::new([7; 32])));
    match KeyFile::open(&path, &master) {
        Ok(keys) => keys,
        Err(_) => KeyFile::make(&path, &master, Key::new([42; 32])).expect("a key file"),
    }
}

/// Appends one entry of each kind that has something to hide, and returns what that is.
///
/// # Panics
///
/// Where the journal fails.
pub fn told(journal: &dyn Journal) -> Vec<Vec<u8>> {
    let (team, mut entries) = some_journal(1, 0);
    let mut chains = Chains::default();
    chains.follow(&entries[0]).expect("the first entry");
    let (slept, hidden) = ("She slept until seven", "What was not for everyone");
    let member = MemberId::from_bytes(*b"a PA of the team");
    let reason = "Written about somebody else";
    let endpoint = "https://push.example/only-this-phone";
    let payloads = [
        some_change(&mut Document::new(some_document(2)), 1, slept),
        Payload::Refused {
            document: some_document(2),
            bytes: Bytes(hidden.into()),
            code: Refusal::NotYourRole,
            quarantine: QuarantineId::from_bytes([4; 16]),
        },
        Payload::dismissed(
            some_document(2),
            QuarantineId::from_bytes([4; 16]),
            reason.into(),
        ),
        Payload::Invited {
            invitation: InvitationId::from_bytes([5; 16]),
            secret: Array([6; 32]),
            member,
            name: "Branwen Prydderch".into(),
            role: Role::Pa,
            expires: Moment::from_millis(1_800_000_000_000),
        },
        Payload::PushOn {
            device: DeviceId::from_bytes([2; 16]),
            endpoint: endpoint.into(),
        },
    ];
    for payload in payloads {
        let entry = chains.seal(Draft {
            received_at: Moment::from_millis(1_700_000_000_000),
            member,
            device: DeviceId::from_bytes([2; 16]),
            payload,
        });
        chains.follow(&entry).expect("the next");
        entries.push(entry);
    }
    journal.append(team, 0, &entries).expect("they are stored");
    assert!(read(journal, team) == entries, "not what was appended");
    let texts = [
        slept,
        hidden,
        reason,
        endpoint,
        "Branwen Prydderch",
        "Tîm Afon",
    ];
    let mut told: Vec<Vec<u8>> = texts.map(|text| text.as_bytes().to_vec()).into();
    // Who acted, and when: not for who reads the disk either.
    told.push(member.to_bytes().to_vec());
    told.push(some_document(2).to_string().into_bytes());
    told
}

fn read(journal: &dyn Journal, team: TeamId) -> Vec<Entry> {
    let entries = journal.entries(team).collect::<Result<_, _>>();
    entries.unwrap_or_else(|e| panic!("entries cannot be read: {e}"))
}

fn end(entries: &[Entry]) -> End {
    entries.iter().fold(End::default(), End::after)
}

/// Puts an empty journal through everything that the relay relies on.
///
/// # Panics
///
/// Where the journal fails.
pub fn check(journal: &dyn Journal) {
    let (team, entries) = some_journal(300, 100);
    assert!(
        matches!(journal.teams(), Ok(teams) if teams.is_empty()),
        "it is not empty"
    );
    assert!(
        read(journal, team).is_empty(),
        "an unknown team has entries"
    );

    journal
        .append(team, 0, &entries[..1])
        .expect("the first entry");
    journal
        .append(team, 1, &entries[1..200])
        .expect("many at once");
    journal.append(team, 200, &[]).expect("none at all");
    journal
        .append(team, 200, &entries[200..])
        .expect("the rest");
    // 300 entries: their order is that of numbers, not of the numbers' last bytes.
    assert!(
        read(journal, team) == entries,
        "not what was appended, in its order"
    );

    let before = read(journal, team);
    let next = Entry {
        seq: 301,
        ..entries[299].clone()
    };
    for last in [0, 299, 301] {
        for entry in [&entries[0], &next] {
            let result = journal.append(team, last, std::slice::from_ref(entry));
            assert!(
                matches!(result, Err(AppendError::Conflict(300))),
                "a stale writer got in: {last}"
            );
        }
    }
    let gap = Entry {
        seq: 302,
        ..entries[299].clone()
    };
    let result = journal.append(team, 300, &[next, gap.clone(), gap]);
    assert!(result.is_err(), "a gap was written");
    assert!(
        read(journal, team) == before,
        "a refused append left something behind"
    );

    // Sizes around every boundary that a store might have.
    for (n, letters) in [0, 1, 4000, 4094, 4095, 4096, 8190, 65_536]
        .into_iter()
        .enumerate()
    {
        let (other, entries) = some_journal(2 + n, letters);
        journal.append(other, 0, &entries).expect("another team");
        assert!(
            read(journal, other) == entries,
            "{letters} letters did not come back"
        );
    }
    assert!(
        read(journal, team) == before,
        "one team's entries are another's"
    );

    let ends = journal.teams().expect("the teams");
    assert_eq!(ends.len(), 9);
    assert!(
        ends.contains(&(team, end(&entries))),
        "the end is not that of the entries"
    );

    many_at_once(journal);
    keys_change(journal);
    it_is_copied(journal);
}

/// A moment has all teams with their ends, and all entries up to there, none of them readable.
fn it_is_copied(journal: &dyn Journal) {
    let snapshot = journal.snapshot().expect("a moment");
    let sorted = |mut teams: Vec<(TeamId, End)>| {
        teams.sort_unstable_by_key(|(team, _)| *team);
        teams
    };
    let ends = journal.teams().expect("the teams");
    assert_eq!(sorted(snapshot.teams.clone()), sorted(ends));
    assert!(snapshot.keys.len() > snapshot.teams.len(), "persons' keys");
    for (team, end) in snapshot.teams {
        for from in [1, end.seq / 2 + 1, end.seq, end.seq + 1] {
            let rows = journal.sealed(team, from).collect::<Result<Vec<_>, _>>();
            let rows = rows.expect("sealed entries");
            let places: Vec<_> = rows.iter().map(|(seq, _)| *seq).collect();
            assert_eq!(places, (from..=end.seq).collect::<Vec<_>>());
            let clear = "Tîm Afon".as_bytes();
            let shows = |bytes: &[u8]| bytes.windows(clear.len()).any(|part| part == clear);
            assert!(!rows.iter().any(|(_, bytes)| shows(bytes)));
        }
    }
}

/// What is under other keys afterwards reads the same, but what is about who was erased.
fn keys_change(journal: &dyn Journal) {
    let (team, entries) = some_journal(12, 80);
    let (other, others) = some_journal(13, 80);
    journal.append(team, 0, &entries[..10]).expect("a team");
    journal.append(other, 0, &others).expect("another");
    journal.renew(Renewal::default()).expect("other keys");
    assert!(
        read(journal, team) == entries[..10],
        "what was under the old root"
    );
    journal
        .append(team, 10, &entries[10..11])
        .expect("the next");
    let before = journal.teams().expect("the teams");

    let owner = Owner::of(team, some_document(2));
    assert!(owner.person.is_some());
    for _ in 0..2 {
        let erase = Some(owner);
        let renewal = Renewal {
            erase,
            ..Renewal::default()
        };
        journal.renew(renewal).expect("they are erased");
        let mut chains = Chains::default();
        for (left, entry) in read(journal, team).iter().zip(&entries) {
            let gone = entry.document() == Some(some_document(2));
            let (hash, document) = (entry.hash(), entry.document());
            assert!(gone || left == entry, "what is about nobody, or the team");
            assert_eq!(matches!(left.payload, Payload::Erased { .. }), gone);
            assert_eq!((left.hash(), left.document()), (hash, document));
            chains.follow(left).expect("the chains hold");
        }
        assert_eq!(chains.end(), end(&entries[..11]));
    }
    assert_eq!(journal.teams().expect("the teams"), before);
    assert_eq!(journal.erased().into_iter().collect::<Vec<_>>(), [owner]);
    // Another team's records of someone with the same id are another's.
    assert!(read(journal, other) == others);
    let about_them = Entry {
        seq: 12,
        ..entries[2].clone()
    };
    let refused = journal.append(team, 11, &[about_them]);
    assert!(matches!(refused, Err(AppendError::Erased)), "{refused:?}");
    journal
        .append(team, 11, &entries[11..])
        .expect("what is the team's");
}

/// Writers of several teams at a time: each entry that was answered for is there.
fn many_at_once(journal: &dyn Journal) {
    std::thread::scope(|scope| {
        for n in 20..24 {
            scope.spawn(move || {
                let (team, entries) = some_journal(n, 50);
                for (last, entry) in (0..).zip(&entries) {
                    let one = std::slice::from_ref(entry);
                    journal.append(team, last, one).expect("one of many");
                }
                assert!(read(journal, team) == entries);
            });
        }
    });
    // Two writers who both believe that they are next: one is told that it is not.
    let (team, entries) = some_journal(30, 10);
    let won = std::thread::scope(|scope| {
        let try_it = || scope.spawn(|| journal.append(team, 0, &entries).is_ok());
        let both = [try_it(), try_it()];
        both.map(|one| {
            catch_unwind(AssertUnwindSafe(|| one.join())).is_ok_and(|r| r.is_ok_and(|ok| ok))
        })
    });
    assert_eq!(
        won.iter().filter(|w| **w).count(),
        1,
        "two writers won or none"
    );
}
