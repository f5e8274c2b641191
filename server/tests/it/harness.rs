//! A relay on a free port, and phones: as small as they can be and speak the whole interface.

pub use crate::intents::{note, shift};
use ed25519_dalek::{Signer as _, SigningKey};
use kith_relay::{
    auth::Keys,
    journal::{Journal, MemoryJournal, SledJournal, conformance::some_keys},
    push::PushOptions,
    relay::{now, roll},
    routes::TrustedProxies,
    server::{Options, Server},
};
use kith_shared::{
    api::{Invite, Invited, Join, Joined, Problem, ProblemCode, path, to_sign},
    bytes::{Array, Bytes, to_base64},
    documents::{Author, Document, DocumentId},
    domain::{
        note::Audience,
        team::{Hat, Member},
    },
    ids::{DeviceId, PersonId, RecordId, TeamId},
    intent::{Intent, Stamp},
    sync::{
        Cursor, Digest, Entry, Form, Heal, Known, Level, Outcome, Push, Receipt, SyncReply,
        SyncRequest, TeamReply, TeamRequest,
    },
    time::Moment,
};
use reqwest::{RequestBuilder, Response, StatusCode};
use serde::{Serialize, de::DeserializeOwned};
use std::{collections::BTreeMap, path::Path, sync::Arc, time::Duration};

/// The secret of all relays here: a restored one has the one it had.
const SECRET: [u8; 32] = [42; 32];

pub fn keys() -> Keys {
    Keys::new(&SECRET)
}

pub fn options() -> Options {
    Options {
        listen: "127.0.0.1:0".parse().unwrap(),
        certificate: None,
        local: "127.0.0.1:0".parse().unwrap(),
        web: None,
        public_url: Some("https://kith.example".into()),
        proxies: TrustedProxies::default(),
        push: PushOptions::default(),
    }
}

pub struct Relay {
    pub server: Server,
    pub client: reqwest::Client,
}

impl Relay {
    pub async fn start() -> Self {
        Self::on(Arc::new(MemoryJournal::default())).await
    }

    pub async fn on_disk(folder: &Path) -> Self {
        Self::on(Arc::new(opened(folder).await)).await
    }

    pub async fn on(journal: Arc<dyn Journal>) -> Self {
        Self::with(journal, None).await
    }

    pub async fn with(journal: Arc<dyn Journal>, web: Option<&Path>) -> Self {
        let options = Options {
            web: web.map(Path::to_owned),
            ..options()
        };
        Self::started(journal, options).await
    }

    pub async fn started(journal: Arc<dyn Journal>, options: Options) -> Self {
        Self {
            server: Server::start(journal, keys(), options).await.unwrap(),
            client: reqwest::Client::new(),
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.server.address)
    }

    /// A team, a person in it, and one PA who has joined.
    pub async fn team(&self) -> (TeamId, PersonId, Phone) {
        let team = self.server.app.teams.found("River team").await.unwrap();
        let id = team.read(kith_relay::relay::Team::id).await.unwrap();
        let gwen = self.invite(id, "person", "Gwen", None).await;
        (
            id,
            gwen.person.unwrap(),
            self.joined(id, "pa", "Nia", None).await,
        )
    }

    pub async fn invite(
        &self,
        team: TeamId,
        role: &str,
        name: &str,
        person: Option<&str>,
    ) -> Invited {
        let invite = invitation(team, role, name, person);
        read(self.ask_to_invite(&invite).await).await
    }

    pub async fn ask_to_invite(&self, invite: &Invite) -> Response {
        let request = self.client.post(self.url(path::INVITE));
        send(request.bearer_auth(keys().admin(now())), invite).await
    }

    pub async fn joined(
        &self,
        team: TeamId,
        role: &str,
        name: &str,
        person: Option<&str>,
    ) -> Phone {
        let invited = self.invite(team, role, name, person).await;
        let mut phone = Phone::new(self);
        let joined = phone.join(&invited.code).await;
        phone.joined = Some(read(joined).await);
        phone
    }
}

pub fn invitation(team: TeamId, role: &str, name: &str, person: Option<&str>) -> Invite {
    Invite {
        team,
        role: role.into(),
        name: name.into(),
        person: person.map(Into::into),
        member: None,
        address: String::new(),
        goals: vec![],
        hours: None,
    }
}

/// Opens a store as soon as the relay that had it open before has let go of it.
pub async fn opened(folder: &Path) -> SledJournal {
    let keys = some_keys(folder);
    for _ in 0..100 {
        match SledJournal::open(folder, &keys) {
            Ok(journal) => return journal,
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
    SledJournal::open(folder, &keys).unwrap()
}

pub async fn send(request: RequestBuilder, body: &impl Serialize) -> Response {
    let json = serde_json::to_vec(body).unwrap();
    request
        .header("content-type", "application/json")
        .body(json)
        .send()
        .await
        .unwrap()
}

pub async fn read<T: DeserializeOwned>(response: Response) -> T {
    let status = response.status();
    let body = response.bytes().await.unwrap();
    assert!(
        status.is_success(),
        "{status}: {}",
        String::from_utf8_lossy(&body)
    );
    serde_json::from_slice(&body).unwrap()
}

/// The code of a problem, which is one in every respect.
pub async fn problem(response: Response) -> ProblemCode {
    let status = response.status();
    assert_eq!(
        response.headers()["content-type"],
        "application/problem+json"
    );
    let problem: Problem = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
    assert_eq!(StatusCode::from_u16(problem.status).unwrap(), status);
    assert!(!problem.title.is_empty() && !problem.detail.is_empty());
    problem.code
}

/// What a phone has of one document: the changes that the relay accepted, and what waits.
#[derive(Clone)]
pub struct Held {
    pub document: Document,
    pub receipts: BTreeMap<automerge::ChangeHash, Receipt>,
    pub waiting: Vec<automerge::Change>,
}

#[derive(Clone)]
pub struct Phone {
    pub device: DeviceId,
    pub signing: SigningKey,
    pub joined: Option<Joined>,
    pub cursor: Option<Cursor>,
    pub held: BTreeMap<DocumentId, Held>,
    pub life: u16,
    pub form: Form,
    pub url: String,
    pub client: reqwest::Client,
}

impl Phone {
    pub fn new(relay: &Relay) -> Self {
        Self::at(&relay.url(""))
    }

    pub fn at(url: &str) -> Self {
        let mut seed = [0; 32];
        seed[..16].copy_from_slice(&roll().to_le_bytes());
        Self {
            device: DeviceId::new(now(), roll()),
            signing: SigningKey::from_bytes(&seed),
            joined: None,
            cursor: None,
            held: BTreeMap::new(),
            life: 0,
            form: Form::Binary,
            url: url.to_owned(),
            client: reqwest::Client::new(),
        }
    }

    pub fn key(&self) -> Array<32> {
        Array(self.signing.verifying_key().to_bytes())
    }

    pub async fn join(&self, code: &str) -> Response {
        let join = Join {
            code: code.into(),
            device: self.device,
            key: self.key(),
        };
        send(
            self.client.post(format!("{}{}", self.url, path::JOIN)),
            &join,
        )
        .await
    }

    pub fn me(&self) -> &Joined {
        self.joined.as_ref().unwrap()
    }

    pub fn member(&self) -> Member {
        let me = self.me();
        // As a phone would that knows of all hats: whether they are worn is for the relay to say.
        Member {
            hats: [(Hat::RotaHolder, Moment::from_millis(i64::MAX))].into(),
            ..Member::plain(me.member, me.name.clone(), me.role)
        }
    }

    pub fn author(&self) -> Author {
        Author {
            device: self.device,
            life: self.life,
        }
    }

    /// The renewal header: the challenge that came last, signed.
    pub fn renewal(&self) -> String {
        let challenge = &self.me().pass.challenge;
        let signature = self.signing.sign(&to_sign(challenge)).to_bytes();
        format!("{challenge}.{}", to_base64(&signature))
    }

    pub fn held(&mut self, id: DocumentId) -> &mut Held {
        self.held.entry(id).or_insert_with(|| Held {
            document: Document::new(id),
            receipts: BTreeMap::new(),
            waiting: vec![],
        })
    }

    /// Writes and keeps it waiting.
    pub fn write(&mut self, intent: &Intent) -> RecordId {
        self.write_into(intent.document(), intent)
    }

    /// The same into any part of its document.
    pub fn write_into(&mut self, part: DocumentId, intent: &Intent) -> RecordId {
        let (author, member) = (self.author(), self.member());
        let (id, at) = (RecordId::new(now(), roll()), Stamp::plain(now()));
        let mut document = self.held(part).document.clone();
        let others = self.held.range(part.parts());
        let others = others.filter(|(other, _)| **other != part);
        let others: Vec<_> = others.map(|(_, held)| &held.document).collect();
        let written = intent.write_among(&mut document, &others, author, &member, id, at);
        let change = written.unwrap();
        let held = self.held(part);
        held.document = document;
        held.waiting.push(change);
        id
    }

    pub fn clock_in(&mut self, person: PersonId) -> RecordId {
        self.write(&Intent::ClockIn {
            person,
            month: now().month(),
            shift: None,
            place: None,
        })
    }

    pub fn note(&mut self, person: PersonId, audience: Audience, text: &str) -> RecordId {
        self.write(&note(person, audience, text))
    }

    pub fn request(&self) -> TeamRequest {
        let up_to = self.cursor.map_or(0, |c| c.seq);
        let receipts = self.held.values().flat_map(|h| &h.receipts);
        let digest = receipts
            .filter(|(_, r)| r.seq <= up_to)
            .map(|(hash, _)| hash);
        TeamRequest {
            team: self.me().team,
            cursor: self.cursor.map(Into::into),
            digest: digest.collect::<Digest>(),
            push: self.push(),
            unseen: vec![],
            limit: u32::MAX,
            heal: None,
            aside: vec![],
        }
    }

    pub fn push(&self) -> Vec<Push> {
        let waiting = self.held.iter().filter(|(_, h)| !h.waiting.is_empty());
        let push = waiting.map(|(document, held)| Push {
            document: *document,
            changes: held
                .waiting
                .iter()
                .map(|c| Bytes(c.raw_bytes().to_vec()))
                .collect(),
        });
        push.collect()
    }

    pub fn post(&self, request: &TeamRequest) -> RequestBuilder {
        let (body, _) = self.said(request);
        self.client
            .post(format!("{}{}", self.url, path::SYNC))
            .bearer_auth(&self.me().pass.token)
            .header("content-type", self.form.content_type())
            .body(body)
    }

    pub async fn reply_to(&self, request: &TeamRequest) -> TeamReply {
        let response = self.post(request).send().await.unwrap();
        assert_eq!(
            response.status(),
            StatusCode::OK,
            "{:?}",
            response.text().await
        );
        let bytes = response.bytes().await.unwrap();
        let (_, known) = self.said(request);
        let (mut reply, _): (SyncReply, _) = self.form.hear(&bytes, &known).unwrap();
        assert_eq!(reply.teams.len(), 1);
        reply.teams.remove(0)
    }

    fn said(&self, request: &TeamRequest) -> (Vec<u8>, Known) {
        let request = SyncRequest::new(vec![request.clone()]);
        let caller = Known::caller(self.me().team, self.device);
        self.form.say(&request, &caller)
    }

    pub async fn level(&self, request: &TeamRequest) -> Level {
        match self.reply_to(request).await {
            TeamReply::Level(level) => level,
            other => panic!("{other:?}"),
        }
    }

    /// One round trip, and what it says taken in.
    pub async fn sync(&mut self) -> Level {
        let level = self.level(&self.request()).await;
        self.take(&level);
        level
    }

    /// As [`Self::sync`], in the second round, until all is level again.
    pub async fn heal(&mut self) {
        self.cursor = None;
        let hashes = |phone: &Self| -> Vec<_> {
            phone
                .held
                .values()
                .flat_map(|h| h.receipts.clone())
                .collect()
        };
        let before = hashes(self);
        let prefix = |hash: &automerge::ChangeHash| Array(hash.0[..8].try_into().unwrap());
        let mut request = self.request();
        request.push = vec![];
        request.heal = Some(Heal {
            have: before.iter().map(|(hash, _)| prefix(hash)).collect(),
            give: vec![],
            knew: None,
        });
        let level = self.level(&request).await;
        let mut give = vec![];
        for (id, held) in &self.held {
            for change in held.document.changes() {
                if let Some((hash, receipt)) = held.receipts.get_key_value(&change.hash())
                    && level.want.contains(&prefix(hash))
                {
                    let change = Bytes(change.raw_bytes().to_vec());
                    let receipt = receipt.clone();
                    give.push(kith_shared::sync::Given {
                        document: *id,
                        entry: Entry { change, receipt },
                    });
                }
            }
        }
        for held in self.held.values_mut() {
            held.receipts.clear();
        }
        self.take(&level);
        let mut request = self.request();
        request.push = vec![];
        request.heal = Some(Heal {
            have: vec![],
            give,
            knew: None,
        });
        let level = self.level(&request).await;
        self.take(&level);
    }

    pub fn take(&mut self, level: &Level) {
        for document in &level.forget {
            self.held.remove(document);
        }
        for news in &level.news {
            let held = self.held(news.document);
            for entry in &news.entries {
                let change = automerge::Change::from_bytes(entry.change.0.clone()).unwrap();
                held.receipts.insert(change.hash(), entry.receipt.clone());
                held.document.apply(vec![change]).unwrap();
            }
        }
        let waiting = self.held.values().flat_map(|h| h.waiting.clone());
        let outcomes: Vec<_> = waiting.zip(&level.outcomes).collect();
        for (change, outcome) in outcomes {
            if let Outcome::Accepted(receipt) | Outcome::Duplicate(receipt) = outcome {
                for held in self.held.values_mut() {
                    if held.waiting.iter().any(|w| w.hash() == change.hash()) {
                        held.waiting.retain(|w| w.hash() != change.hash());
                        held.receipts.insert(change.hash(), receipt.clone());
                    }
                }
            }
        }
        self.cursor = Some(level.cursor);
    }

    pub fn texts(&self, id: DocumentId) -> usize {
        self.held.get(&id).map_or(0, |h| h.document.changes().len())
    }
}

pub fn words(level: &Level) -> Vec<String> {
    let word = |outcome: &Outcome| match outcome {
        Outcome::Accepted(_) => "accepted".to_owned(),
        Outcome::Duplicate(_) => "duplicate".to_owned(),
        Outcome::Refused { code, quarantine } => {
            format!(
                "{code:?}{}",
                if quarantine.is_some() { ", kept" } else { "" }
            )
        }
        Outcome::Need(hashes) => format!("need {}", hashes.len()),
    };
    level.outcomes.iter().map(word).collect()
}
