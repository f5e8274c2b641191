//! A member's device that lies cannot fill a document of the team's, by the real limits and over
//! HTTP; and a manager sees which it is.

use crate::harness::{Phone, Relay, invitation, problem, read, send, words};
use kith_relay::{
    journal::MemoryJournal,
    relay::{now, roll},
};
use kith_shared::{
    api::{Invited, KnownDevice, ProblemCode, Revoke, path},
    bytes::Bytes,
    documents::{Author, Document, DocumentId},
    ids::{DeviceId, PersonId, RecordId},
    intent::{Intent, Stamp},
    limits,
    sync::{Outcome, Push, TeamReply},
};
use reqwest::StatusCode;
use std::{collections::BTreeSet, sync::Arc};

/// Pushes that would fill all parts of a document there may be.
const FLOOD: usize = limits::PARTS as usize * limits::ROLL_ACTORS / limits::CHANGES_PER_PUSH + 1;

fn clock_in(person: PersonId) -> Intent {
    Intent::ClockIn {
        person,
        month: now().month(),
        shift: None,
        place: None,
    }
}

fn parts_of(person: PersonId) -> impl Iterator<Item = DocumentId> {
    let first = clock_in(person).document();
    std::iter::successors(Some(first), |part| part.next()).take(limits::PARTS.into())
}

/// A member's device that writes each change in a life of its own: so few fill a part.
struct Liar {
    phone: Phone,
    person: PersonId,
    /// How many were taken in.
    taken: usize,
    life: u16,
}

impl Liar {
    fn with(phone: Phone, person: PersonId) -> Self {
        Self {
            phone,
            person,
            taken: 0,
            life: 0,
        }
    }

    /// As many as go into one push, in the parts that follow what was taken in.
    async fn floods(&mut self) -> Vec<Outcome> {
        let parts: Vec<_> = parts_of(self.person).collect();
        let mut push: Vec<Push> = vec![];
        for n in self.taken..self.taken + limits::CHANGES_PER_PUSH {
            let Some(document) = parts.get(n / limits::ROLL_ACTORS).copied() else {
                break;
            };
            let change = self.change(document);
            match push.last_mut() {
                Some(last) if last.document == document => last.changes.push(change),
                _ => push.push(Push {
                    document,
                    changes: vec![change],
                }),
            }
        }
        let mut request = self.phone.request();
        (request.push, request.limit) = (push, 1);
        let TeamReply::Level(level) = self.phone.reply_to(&request).await else {
            panic!("it is not level");
        };
        let accepted = |outcome: &&Outcome| matches!(outcome, Outcome::Accepted(_));
        self.taken += level.outcomes.iter().filter(accepted).count();
        level.outcomes
    }

    fn change(&mut self, document: DocumentId) -> Bytes {
        self.life += 1;
        let author = Author {
            device: self.phone.device,
            life: self.life,
        };
        let (id, at) = (RecordId::new(now(), roll()), Stamp::plain(now()));
        let mut document = Document::new(document);
        let member = self.phone.member();
        let change = clock_in(self.person).write(&mut document, author, &member, id, at);
        Bytes(change.unwrap().raw_bytes().to_vec())
    }
}

async fn devices(manager: &Phone) -> Vec<KnownDevice> {
    let get = manager
        .client
        .get(format!("{}{}", manager.url, path::DEVICES));
    let response = get.bearer_auth(&manager.me().pass.token).send().await;
    read(response.unwrap()).await
}

async fn held_back(manager: &Phone) -> BTreeSet<DeviceId> {
    let devices = devices(manager).await.into_iter();
    let waiting = devices.filter(|known| known.held_back.is_some());
    waiting.map(|known| known.device).collect()
}

#[tokio::test]
async fn a_device_that_lies_fills_no_document_and_is_seen() {
    let journal = Arc::new(MemoryJournal::default());
    let relay = Relay::on(journal.clone()).await;
    let (team, gwen, mut nia) = relay.team().await;
    let manager = relay.joined(team, "manager", "Ceri", None).await;
    let mut liar = Liar::with(relay.joined(team, "pa", "Mal", None).await, gwen);

    // Some parts at once, and then nothing more, however often it tries.
    let mut looked_at = vec![];
    for _ in 0..FLOOD {
        looked_at.push(liar.floods().await.len());
    }
    let parts = liar.taken / limits::ROLL_ACTORS;
    assert!(parts <= limits::RATION_OF_DOCUMENT.into(), "{looked_at:?}");
    assert!(looked_at[1..].iter().sum::<usize>() <= 1, "{looked_at:?}");
    // Nor does another device of the same member, nor an end of the relay's process.
    let mut invite = invitation(team, "pa", "", None);
    invite.member = Some(liar.phone.me().member);
    let invited: Invited = read(relay.ask_to_invite(&invite).await).await;
    let mut second = Phone::new(&relay);
    second.joined = Some(read(second.join(&invited.code).await).await);
    let (taken, life) = (liar.taken, liar.life);
    let mut second = Liar {
        taken,
        life,
        ..Liar::with(second, gwen)
    };
    assert!(second.floods().await.len() <= 1);
    drop(relay);
    let relay = Relay::on(journal).await;
    for phone in [&mut liar.phone, &mut second.phone] {
        phone.url = relay.url("");
    }
    assert!(second.floods().await.len() <= 1);
    assert!(liar.floods().await.len() <= 1);

    // Everyone else writes on, and the manager sees whose device it is.
    let taken = liar.taken + second.taken - taken;
    let open = parts_of(gwen).nth(taken / limits::ROLL_ACTORS).unwrap();
    nia.url = relay.url("");
    nia.sync().await;
    nia.write_into(open, &clock_in(gwen));
    assert_eq!(words(&nia.sync().await), ["accepted"]);
    let manager = Phone {
        url: relay.url(""),
        ..manager
    };
    let lying = BTreeSet::from([liar.phone.device, second.phone.device]);
    assert_eq!(held_back(&manager).await, lying);
    let text = relay.server.app.metrics.text();
    assert!(text.contains("outcome=\"held-back\""), "{text}");
    let member = liar.phone.me().member;
    let post = manager.client.post(manager.url.clone() + path::REVOKE);
    let post = post.bearer_auth(&manager.me().pass.token);
    let left = send(post, &Revoke::Member { member }).await;
    assert!(left.status().is_success());
    assert_eq!(held_back(&manager).await, BTreeSet::new());
}

/// Sends this until it has to wait; says after how many.
async fn until_it_waits(phone: &Phone, post: impl Fn(&Phone) -> reqwest::RequestBuilder) -> usize {
    for n in 0..usize::try_from(limits::REQUESTS_PER_DEVICE).unwrap() - 1 {
        let response = post(phone).send().await.unwrap();
        if response.status() == StatusCode::TOO_MANY_REQUESTS {
            let wait = &response.headers()["retry-after"];
            let wait: i64 = wait.to_str().unwrap().parse().unwrap();
            assert!(wait * 1000 <= limits::RATE_WINDOW.millis() + 1000);
            assert_eq!(problem(response).await, ProblemCode::TooManyRequests);
            return n;
        }
    }
    panic!("it never waits");
}

#[tokio::test]
async fn who_is_refused_again_and_again_waits_before_anything_is_looked_at() {
    let relay = Relay::start().await;
    let (team, gwen, mut nia) = relay.team().await;
    nia.sync().await;
    let liar = relay.joined(team, "pa", "Mal", None).await;
    let bent = relay.joined(team, "pa", "Bent", None).await;
    // What is vetted and refused: each says that it is somebody else's act.
    let mut lies = Liar::with(liar.clone(), gwen);
    lies.phone.joined.as_mut().unwrap().member = nia.me().member;
    let document = clock_in(gwen).document();
    let changes: Vec<_> = (0..200).map(|_| lies.change(document)).collect();
    let mut request = liar.request();
    request.push = vec![Push { document, changes }];
    until_it_waits(&liar, |liar| liar.post(&request)).await;
    // What cannot be read, each for so much.
    let sent = until_it_waits(&bent, |bent| bent.post(&bent.request()).body("nonsense")).await;
    let all = limits::EFFORT_PER_DEVICE.millis() / limits::EFFORT_UNREADABLE.millis();
    assert!(
        (all..all + 20).contains(&i64::try_from(sent).unwrap()),
        "{sent}"
    );
    // Nor may another of their requests, though there is nothing wrong with it; everyone else may.
    let honest = bent.post(&bent.request()).send().await.unwrap();
    assert_eq!(honest.status(), StatusCode::TOO_MANY_REQUESTS);
    nia.clock_in(gwen);
    assert_eq!(words(&nia.sync().await), ["accepted"]);
}
