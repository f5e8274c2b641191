//! Who reads and writes what, cell by cell, over HTTP: what was there before they came (`h`), what
//! is new (`r`), and what they write (`w`). And the same in the middle of an offline stretch: of
//! three phones of a role that were away alike, one goes on, one has left, one is lost.
//!
//! The source is the table of `ARCHITECTURE.md`, *Documents*, not the code.

use crate::harness::{Phone, Relay, problem, read, send};
use kith_relay::{
    journal::{Journal, MemoryJournal, Payload},
    relay::{Team, now, roll},
};
use kith_shared::{
    api::{ProblemCode, Revoke, path},
    aside::{Page, Review, Says},
    documents::{DocumentId, DocumentKind, Record, team::TeamRecord},
    ids::{PersonId, QuarantineId, RecordId, TeamId},
    policy::Refusal,
    sync::{Outcome, TeamReply},
    time::Span,
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};

/// Of each row the document, of each column the role. `other` is a person whom the role is not
/// bound to; `own` what is about the member.
const TABLE: &str = "
    document         | pa  | person | authorised-person | family-contact | manager
    team             | hr- | hr-    | hr-               | ---            | hr-
    circle           | hr- | hr-    | hr-               | hr-            | hr-
    rota             | hrw | hrw    | hrw               | ---            | hr-
    visits           | hrw | hr-    | hr-               | ---            | hr-
    notes            | hrw | hrw    | hr-               | hr-            | hr-
    team-notes       | hrw | hr-    | hr-               | ---            | hr-
    profile          | hr- | hrw    | hrw               | ---            | hr-
    availability     | hr- | ---    | ---               | ---            | hr-
    own availability | --w | ---    | ---               | ---            | ---
    other circle     | hr- | ---    | ---               | ---            | hr-
    other rota       | hrw | ---    | ---               | ---            | hr-
    other visits     | hrw | ---    | ---               | ---            | hr-
    other notes      | hrw | ---    | ---               | ---            | hr-
    other team-notes | hrw | ---    | ---               | ---            | hr-
    other profile    | hr- | ---    | ---               | ---            | hr-
";

const ROLES: [&str; 5] = [
    "pa",
    "person",
    "authorised-person",
    "family-contact",
    "manager",
];

struct World {
    relay: Relay,
    journal: Arc<MemoryJournal>,
    team: TeamId,
    people: [PersonId; 2],
    nia: Phone,
    /// Who speaks for each of the two.
    speak: [Phone; 2],
    elin: Phone,
}

impl World {
    /// A team in which something was written everywhere.
    async fn new() -> Self {
        let journal = Arc::new(MemoryJournal::default());
        let relay = Relay::on(journal.clone()).await;
        let (team, gwen, nia) = relay.team().await;
        let huw = relay.invite(team, "person", "Huw", None).await;
        let mut world = Self {
            people: [gwen, huw.person.unwrap()],
            speak: [
                relay.joined(team, "person", "Gwen", Some("Gwen")).await,
                relay.joined(team, "person", "Huw", Some("Huw")).await,
            ],
            elin: relay.joined(team, "manager", "Elin", None).await,
            relay,
            journal,
            team,
            nia,
        };
        world.something_everywhere().await;
        world
    }

    /// The rows of the table but a member's own.
    fn rows(&self) -> Vec<(&'static str, DocumentId)> {
        let [gwen, huw] = self.people;
        let month = now().month();
        vec![
            ("team", DocumentId::Team),
            ("circle", DocumentId::circle(gwen)),
            ("rota", DocumentId::rota(gwen, month)),
            ("visits", DocumentId::visits(gwen, month)),
            ("notes", DocumentId::notes(gwen, month)),
            ("team-notes", DocumentId::team_notes(gwen, month)),
            ("profile", DocumentId::profile(gwen)),
            (
                "availability",
                DocumentId::availability(self.nia.me().member),
            ),
            ("other circle", DocumentId::circle(huw)),
            ("other rota", DocumentId::rota(huw, month)),
            ("other visits", DocumentId::visits(huw, month)),
            ("other notes", DocumentId::notes(huw, month)),
            ("other team-notes", DocumentId::team_notes(huw, month)),
            ("other profile", DocumentId::profile(huw)),
        ]
    }

    fn rows_of(&self, phone: &Phone) -> Vec<(&'static str, DocumentId)> {
        let mut rows = self.rows();
        let own = DocumentId::availability(phone.me().member);
        rows.insert(8, ("own availability", own));
        rows
    }

    /// Something new in every document, by who writes there. What the relay writes, team and
    /// circles, follows from a PA who joins.
    async fn something_everywhere(&mut self) {
        self.relay.joined(self.team, "pa", "Dai", None).await;
        for (_, document) in self.rows() {
            let writer = match document.kind() {
                DocumentKind::Team | DocumentKind::Circle => continue,
                DocumentKind::Profile if document.person() == Some(self.people[0]) => {
                    &mut self.speak[0]
                }
                DocumentKind::Profile => &mut self.speak[1],
                _ => &mut self.nia,
            };
            write(writer, document);
        }
        for phone in self.speak.iter_mut().chain([&mut self.nia]) {
            let level = phone.sync().await;
            let accepted = |o: &Outcome| matches!(o, Outcome::Accepted(_));
            assert!(level.outcomes.iter().all(accepted), "{level:?}");
        }
    }

    async fn join(&self, role: &str, name: &str) -> Phone {
        let bound = !["pa", "manager"].contains(&role);
        let person = bound.then_some("Gwen");
        self.relay.joined(self.team, role, name, person).await
    }

    /// How many changes each document has, by the relay's own books.
    async fn changes(&self) -> BTreeMap<DocumentId, usize> {
        let team = self.relay.server.app.teams.get(self.team).unwrap();
        let count = |team: &Team| {
            let documents = team.documents().map(|id| (id, team.document(id)));
            documents.map(|(id, d)| (id, d.changes().len())).collect()
        };
        team.read(count).await.unwrap()
    }

    /// Whether the phone has all of each row's document; a part of it would be wrong either way.
    async fn has(&self, phone: &Phone) -> BTreeMap<&'static str, bool> {
        let changes = self.changes().await;
        let all = |id: &DocumentId| {
            let held = phone.held.get(id).map_or(0, |h| h.receipts.len());
            let there = changes.get(id).copied().unwrap_or_default();
            assert!(held == 0 || held == there, "{held} of {there} of {id}");
            held > 0
        };
        let rows = self.rows().into_iter();
        rows.map(|(row, id)| (row, all(&id))).collect()
    }

    async fn revoke(&self, what: Revoke) {
        let post = self.elin.client.post(self.relay.url(path::REVOKE));
        let post = post.bearer_auth(&self.elin.me().pass.token);
        read::<TeamRecord>(send(post, &what).await).await;
    }

    /// What of this phone the relay put aside because it is revoked.
    fn put_aside(&self, phone: &Phone) -> Vec<DocumentId> {
        let entries = self.journal.entries(self.team).map(Result::unwrap);
        let theirs = entries.filter(|entry| entry.device == phone.device);
        let aside = theirs.filter_map(|entry| match entry.payload {
            Payload::Refused {
                document,
                code: Refusal::Revoked,
                ..
            } => Some(document),
            _ => None,
        });
        aside.collect()
    }
}

/// Writes what belongs into this document, whatever the role, and keeps it waiting.
fn write(phone: &mut Phone, document: DocumentId) {
    let by = phone.me().member;
    let (until, id) = (
        (now() + Span::days(1)).millis(),
        RecordId::new(now(), roll()),
    );
    let body: Value = match document.kind() {
        DocumentKind::Team => json!({"kind": "named", "name": "Ours"}),
        DocumentKind::Circle => json!({"kind": "person", "name": "Someone else"}),
        DocumentKind::Rota => {
            json!({"kind": "offer", "shift": id.to_string(), "to": by, "until": until})
        }
        DocumentKind::Visits => json!({"kind": "clock-in"}),
        DocumentKind::Notes | DocumentKind::TeamNotes => {
            json!({"kind": "note", "says": {"text": "A day like others"}})
        }
        DocumentKind::Profile => json!({"kind": "contact"}),
        DocumentKind::Availability => json!({"kind": "no-leave", "leave": id.to_string()}),
    };
    let record = Record {
        id,
        by,
        at: now(),
        skew: Span::default(),
        body,
    };
    let author = phone.author();
    let held = phone.held(document);
    let change = held.document.write(author, &record).unwrap();
    held.waiting.push(change);
}

fn table() -> BTreeMap<(String, String), String> {
    let mut lines = TABLE.trim().lines();
    let cells = |line: &str| -> Vec<String> { line.split('|').map(|c| c.trim().into()).collect() };
    let roles = cells(lines.next().unwrap());
    let mut table = BTreeMap::new();
    for line in lines {
        let row = cells(line);
        for (role, cell) in roles[1..].iter().zip(&row[1..]) {
            table.insert((role.clone(), row[0].clone()), cell.clone());
        }
    }
    table
}

/// What is wrong with a cell, if anything.
fn wrong(role: &str, row: &str, is: &str) -> Option<String> {
    let key = (role.to_owned(), row.to_owned());
    let expected = table().remove(&key).unwrap();
    (expected != is).then(|| format!("{role}, {row}: {is} instead of {expected}"))
}

#[tokio::test]
async fn each_role_in_each_document() {
    let mut world = World::new().await;
    let mut phones = vec![];
    for role in ROLES {
        phones.push((role, world.join(role, "Ceri").await));
    }
    let mut before = vec![];
    for (_, phone) in &mut phones {
        phone.sync().await;
        before.push(world.has(phone).await);
    }
    world.something_everywhere().await;
    let mut differences = vec![];
    for ((role, phone), before) in phones.iter_mut().zip(before) {
        phone.sync().await;
        let after = world.has(phone).await;
        for (row, document) in world.rows_of(phone) {
            write(phone, document);
            let level = phone.sync().await;
            let written = match &level.outcomes[..] {
                [Outcome::Accepted(_)] => 'w',
                [
                    Outcome::Refused {
                        code: Refusal::NotYourRole,
                        quarantine: Some(_),
                    },
                ] => '-',
                other => panic!("{role}, {row}: {other:?}"),
            };
            if written == '-' {
                // As a phone does: it builds anew from what was accepted.
                phone.held.remove(&document);
                phone.cursor = None;
                phone.life += 1;
            }
            let may = |all: &BTreeMap<_, _>, letter| {
                if all.get(row) == Some(&true) {
                    letter
                } else {
                    '-'
                }
            };
            let cell: String = [may(&before, 'h'), may(&after, 'r'), written]
                .iter()
                .collect();
            differences.extend(wrong(role, row, &cell));
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
}

#[tokio::test]
async fn each_role_that_is_revoked_while_it_is_offline() {
    let mut world = World::new().await;
    for role in ROLES {
        let [mut stays, mut left, mut lost] = [
            world.join(role, "Ceri").await,
            world.join(role, "Mair").await,
            world.join(role, "Rhys").await,
        ];
        for phone in [&mut stays, &mut left, &mut lost] {
            phone.sync().await;
        }
        // Without signal from here on, all three write where the table lets them.
        let mut written = BTreeMap::<_, Vec<_>>::new();
        for phone in [&mut stays, &mut left, &mut lost] {
            for (row, document) in world.rows_of(phone) {
                if table()[&(role.to_owned(), row.to_owned())].ends_with('w') {
                    write(phone, document);
                    written.entry(phone.device).or_default().push(document);
                }
            }
        }
        let (member, device) = (left.me().member, lost.device);
        world.revoke(Revoke::Member { member }).await;
        world.revoke(Revoke::Device { device }).await;
        world.something_everywhere().await;

        // Who belongs to the team still: all is taken in, and all that is new is there.
        let level = stays.sync().await;
        let expected = written.remove(&stays.device).unwrap_or_default();
        assert_eq!(level.outcomes.len(), expected.len(), "{role}");
        let taken = |outcome: &Outcome| matches!(outcome, Outcome::Accepted(_));
        assert!(level.outcomes.iter().all(taken), "{role}");
        let has = world.has(&stays).await;
        for (row, _) in world.rows() {
            let reads = table()[&(role.to_owned(), row.to_owned())].contains('r');
            assert_eq!(has[row], reads, "{role}, {row}");
        }

        // Who does not: nothing is taken in, nothing comes back, and nothing is gone.
        for phone in [&left, &lost] {
            let before = world.changes().await;
            let reply = phone.reply_to(&phone.request()).await;
            let TeamReply::Forget { outcomes } = reply else {
                panic!("{role}: {reply:?}");
            };
            let mut expected = written.remove(&phone.device).unwrap_or_default();
            assert_eq!(outcomes.len(), expected.len(), "{role}");
            assert!(outcomes.iter().all(|outcome| matches!(
                outcome,
                Outcome::Refused {
                    code: Refusal::Revoked,
                    quarantine: Some(_)
                }
            )));
            assert_eq!(world.changes().await, before, "{role}");
            let mut aside = world.put_aside(phone);
            aside.sort();
            expected.sort();
            assert_eq!(aside, expected, "{role}");
        }
    }
}

/// What was put aside is for managers to look at, and for nobody whose phone is lost.
#[tokio::test]
async fn each_role_at_what_was_put_aside() {
    const ASIDE: &str = "pa - | person - | authorised-person - | family-contact - | manager rw";
    let world = World::new().await;
    let kept = QuarantineId::from_bytes([9; 16]);
    for cell in ASIDE.split('|') {
        let (role, may) = cell.trim().split_once(' ').unwrap();
        let phone = world.join(role, "Ceri").await;
        let review = Review {
            quarantine: kept,
            says: Says::LetIn,
        };
        let post = phone.client.post(world.relay.url(path::ASIDE));
        let post = post.bearer_auth(&phone.me().pass.token);
        let reads = crate::aside::ask(&phone, "").await;
        let writes = send(post, &review).await;
        if may == "rw" {
            assert_eq!(read::<Page>(reads).await.open, 0);
            // It is heard, and there is no such thing.
            assert_eq!(problem(writes).await, ProblemCode::NotFound);
        } else {
            for response in [reads, writes] {
                let code = problem(response).await;
                assert_eq!(code, ProblemCode::NotAllowed, "{role}");
            }
        }
        let device = phone.device;
        world.revoke(Revoke::Device { device }).await;
        let code = problem(crate::aside::ask(&phone, "").await).await;
        assert_eq!(code, ProblemCode::Revoked, "{role}");
    }
}
