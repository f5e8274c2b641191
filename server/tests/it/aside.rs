//! What was refused is kept with all that follows it; a manager reads it as words, lets it in or
//! leaves it out, and its author is told.

mod bounds;
mod told;

use crate::harness::{Phone, Relay, problem, read, send, words};
use kith_relay::{
    journal::{Entry, Journal, MemoryJournal, Payload},
    relay::{now, roll},
};
use kith_shared::{
    api::{ChangeRoster, ProblemCode, Revoke, RosterChange, path},
    aside::{End, Kept, Page, Review, Says},
    documents::{Document, DocumentId, Record, notes::NoteRecord, team::TeamRecord},
    domain::note::{Audience, NoteText},
    ids::{MemberId, PersonId, QuarantineId, RecordId, TeamId, VisitId},
    intent::{Deed, Intent},
    limits,
    policy::Refusal,
    sync::{Outcome, TeamReply},
    time::Span,
};
use reqwest::Response;
use std::sync::Arc;

pub(crate) async fn ask(by: &Phone, query: &str) -> Response {
    let get = by.client.get(format!("{}{}{query}", by.url, path::ASIDE));
    get.bearer_auth(&by.me().pass.token).send().await.unwrap()
}

async fn page(by: &Phone) -> Page {
    read(ask(by, "").await).await
}

async fn say(by: &Phone, quarantine: QuarantineId, says: Says) -> Response {
    let post = by.client.post(format!("{}{}", by.url, path::ASIDE));
    let post = post.bearer_auth(&by.me().pass.token);
    send(post, &Review { quarantine, says }).await
}

async fn said(by: &Phone, kept: &Kept, says: Says) -> End {
    read(say(by, kept.quarantine, says).await).await
}

fn left_out(reason: &str) -> Says {
    Says::LeaveOut {
        reason: reason.into(),
    }
}

struct Scene {
    journal: Arc<MemoryJournal>,
    relay: Relay,
    team: TeamId,
    gwen: PersonId,
    nia: Phone,
    elin: Phone,
}

async fn scene() -> Scene {
    let journal = Arc::new(MemoryJournal::default());
    let relay = Relay::on(journal.clone()).await;
    scene_on(journal, relay).await
}

async fn scene_on(journal: Arc<MemoryJournal>, relay: Relay) -> Scene {
    let (team, gwen, nia) = relay.team().await;
    let elin = relay.joined(team, "manager", "Elin", None).await;
    Scene {
        journal,
        relay,
        team,
        gwen,
        nia,
        elin,
    }
}

impl Scene {
    fn notes(&self) -> DocumentId {
        DocumentId::team_notes(self.gwen, now().month())
    }

    fn entries(&self) -> Vec<Entry> {
        let entries = self.journal.entries(self.team);
        entries.map(Result::unwrap).collect()
    }

    /// Why each change is kept, in their order.
    fn kept(&self) -> Vec<Refusal> {
        let kept = self.entries().into_iter().filter_map(|e| match e.payload {
            Payload::Refused { code, .. } => Some(code),
            _ => None,
        });
        kept.collect()
    }

    /// Nia's phone is lost, and hands in what waits on it.
    async fn lose_hers(&self) -> Vec<Outcome> {
        let device = self.nia.device;
        self.revoke(Revoke::Device { device }).await
    }

    async fn revoke(&self, what: Revoke) -> Vec<Outcome> {
        let post = self.elin.client.post(self.relay.url(path::REVOKE));
        let post = post.bearer_auth(&self.elin.me().pass.token);
        read::<TeamRecord>(send(post, &what).await).await;
        match self.nia.reply_to(&self.nia.request()).await {
            TeamReply::Forget { outcomes } => outcomes,
            other => panic!("{other:?}"),
        }
    }
}

/// A note in somebody's name, whatever the rules say.
fn note_as(phone: &mut Phone, by: MemberId, document: DocumentId, text: &str) -> RecordId {
    let record = Record {
        id: RecordId::new(now(), roll()),
        by,
        at: now(),
        skew: Span::default(),
        body: NoteRecord::Note {
            visit: None,
            says: NoteText {
                text: text.into(),
                ..NoteText::default()
            },
        },
    };
    let author = phone.author();
    let held = phone.held(document);
    let change = held.document.write(author, &record).unwrap();
    held.waiting.push(change);
    record.id
}

/// Acts that a change tells of, in words.
fn told(kept: &Kept) -> Vec<String> {
    let deed = |(id, told): &(RecordId, _)| match Deed::told(kept.document, *id, told) {
        Some(deed) => match deed.intent {
            Intent::ClockIn { .. } => "clock in".to_owned(),
            Intent::ClockOut { .. } => "clock out".to_owned(),
            Intent::WriteNote { audience, says, .. } => format!("{audience:?}: {}", says.text),
            other => format!("{other:?}"),
        },
        None => "?".to_owned(),
    };
    kept.records.iter().map(deed).collect()
}

#[tokio::test]
async fn a_manager_lets_in_what_a_lost_phone_handed_in_or_leaves_it_out() {
    let mut scene = scene().await;
    let (gwen, notes) = (scene.gwen, scene.notes());
    let mut cai = scene.relay.joined(scene.team, "pa", "Cai", None).await;
    let visit = VisitId::from(scene.nia.clock_in(gwen));
    let month = now().month();
    scene.nia.write(&Intent::ClockOut {
        person: gwen,
        month,
        visit,
    });
    scene.nia.note(gwen, Audience::Team, "Slept badly");
    scene.nia.note(gwen, Audience::Team, "Wrong person");
    scene.lose_hers().await;
    cai.sync().await;

    let first = page(&scene.elin).await;
    assert_eq!((first.open, first.more), (4, false));
    let words: Vec<_> = first.kept.iter().flat_map(told).collect();
    let all = [
        "clock in",
        "clock out",
        "Team: Slept badly",
        "Team: Wrong person",
    ];
    assert!(
        all.iter().all(|one| words.contains(&(*one).to_owned())),
        "{words:?}"
    );
    for kept in &first.kept {
        let after_its_clock_in = told(kept) == ["clock out"];
        let bar = after_its_clock_in.then_some(Refusal::NothingToAmend);
        assert_eq!((kept.code, kept.bar), (Refusal::Revoked, bar));
        assert_eq!(kept.member, scene.nia.me().member);
    }
    let find = |what: &str| first.kept.iter().find(|k| told(k) == [what]).unwrap();

    // What it belongs to is not there yet; then it is.
    let out = find("clock out");
    let code = problem(say(&scene.elin, out.quarantine, Says::LetIn).await).await;
    assert_eq!(code, ProblemCode::NotAllowed);
    for what in ["clock in", "clock out"] {
        let end = said(&scene.elin, find(what), Says::LetIn).await;
        assert_eq!(
            (end.by, end.reason),
            (scene.elin.me().member, None),
            "{what}"
        );
    }
    let slept = find("Team: Slept badly");
    let end = said(&scene.elin, slept, Says::LetIn).await;
    // Said twice, or otherwise by somebody else, it is what it was.
    let before = scene.entries().len();
    assert_eq!(said(&scene.elin, slept, Says::LetIn).await, end);
    assert_eq!(said(&scene.elin, slept, left_out("No")).await, end);
    let wrong = find("Team: Wrong person");
    for reason in [" \n".to_owned(), "x".repeat(limits::TEXT_CHARS + 1)] {
        let response = say(&scene.elin, wrong.quarantine, left_out(&reason)).await;
        assert_eq!(problem(response).await, ProblemCode::Malformed);
    }
    assert_eq!(scene.entries().len(), before);
    let end = said(&scene.elin, wrong, left_out(" It is about Huw ")).await;
    assert_eq!(end.reason.as_deref(), Some("It is about Huw"));
    assert_eq!(said(&scene.elin, wrong, Says::LetIn).await, end);
    let nobody = QuarantineId::from_bytes([9; 16]);
    let code = problem(say(&scene.elin, nobody, Says::LetIn).await).await;
    assert_eq!(code, ProblemCode::NotFound);
    let last = page(&scene.elin).await;
    assert_eq!((last.open, last.kept.len()), (0, 0));

    // It is hers, with her time, and everyone reads it.
    cai.sync().await;
    let held = &cai.held[&notes];
    let (records, strange) = held.document.records::<NoteRecord>();
    assert!(strange.is_empty() && records.len() == 1, "{records:?}");
    assert_eq!(records[0].by, scene.nia.me().member);
    assert_eq!(records[0].id, slept.records[0].0);
    let receipt = &held.receipts[&held.document.change_of(records[0].id).unwrap()];
    assert_eq!(receipt.member, scene.nia.me().member);
    assert_eq!(cai.texts(DocumentId::visits(gwen, month)), 2);
    // Who let it in, and who left it out, is in the journal; and what a restart knows.
    let says = |e: &Entry| match &e.payload {
        Payload::Released { .. } => Some("in".to_owned()),
        Payload::Dismissed { reason, .. } => reason.clone(),
        _ => None,
    };
    let by: Vec<_> = scene
        .entries()
        .iter()
        .filter_map(|e| Some((e.member, says(e)?)))
        .collect();
    let elin = scene.elin.me().member;
    let expected = ["in", "in", "in", "It is about Huw"].map(|said| (elin, said.to_owned()));
    assert_eq!(by, expected);
    scene.relay.server.stop().await;
    let relay = Relay::on(scene.journal.clone()).await;
    scene.elin.url = relay.url("");
    assert_eq!(page(&scene.elin).await.open, 0);
    assert_eq!(said(&scene.elin, wrong, Says::LetIn).await, end);
}

/// What they wrote while they belonged to the team is looked at, not that they have left.
#[tokio::test]
async fn what_somebody_wrote_who_has_left_is_let_in_as_theirs() {
    let mut scene = scene().await;
    scene.nia.note(scene.gwen, Audience::Team, "My last day");
    let member = scene.nia.me().member;
    scene.revoke(Revoke::Member { member }).await;
    let kept = page(&scene.elin).await.kept.remove(0);
    assert_eq!((kept.code, kept.bar), (Refusal::Revoked, None));
    said(&scene.elin, &kept, Says::LetIn).await;
    scene.elin.sync().await;
    let document = &scene.elin.held[&scene.notes()].document;
    let written: Record<NoteRecord> = document.record(kept.records[0].0).unwrap();
    assert_eq!(written.by, member);
}

#[tokio::test]
async fn what_follows_a_refused_change_is_kept_with_it_until_it_is_written_again() {
    let mut scene = scene().await;
    let (gwen, notes, elin) = (scene.gwen, scene.notes(), scene.elin.me().member);
    scene.nia.sync().await;
    // In the name of another; then two of her own on top of it.
    note_as(&mut scene.nia, elin, notes, "Not hers");
    let next = scene.nia.note(gwen, Audience::Team, "On top");
    scene.nia.note(gwen, Audience::Team, "On top of that");
    let request = scene.nia.request();
    let level = scene.nia.level(&request).await;
    assert_eq!(words(&level), ["NotYou, kept", "need 1", "need 1"]);
    let follows = Refusal::FollowsRefused;
    assert_eq!(scene.kept(), [Refusal::NotYou, follows, follows]);
    // The reply got lost: the same again, alone as well, and kept once.
    let mut alone = request.clone();
    alone.push[0].changes.remove(0);
    for request in [&request, &alone] {
        scene.nia.level(request).await;
    }
    assert_eq!(scene.kept().len(), 3);
    // What nobody has seen is needed, and not kept.
    let mut other = scene.nia.clone();
    other.held.remove(&notes);
    other.life = 7;
    other.note(gwen, Audience::Team, "Not sent");
    other.note(gwen, Audience::Team, "Sent");
    other.held(notes).waiting.remove(0);
    assert_eq!(words(&other.level(&other.request()).await), ["need 1"]);
    assert_eq!(scene.kept().len(), 3);

    // Her phone writes its own again, as phones do: there is nothing to look at but the forged one.
    let read_again: Record<NoteRecord> = scene.nia.held[&notes].document.record(next).unwrap();
    scene.nia.held.remove(&notes);
    scene.nia.life = 1;
    scene.nia.cursor = None;
    let author = scene.nia.author();
    let held = scene.nia.held(notes);
    let change = held.document.write(author, &read_again).unwrap();
    held.waiting.push(change);
    assert_eq!(words(&scene.nia.sync().await), ["accepted"]);
    let open = page(&scene.elin).await;
    let told: Vec<_> = open.kept.iter().flat_map(told).collect();
    assert_eq!(told, ["Team: Not hers", "Team: On top of that"]);
    // Policy asks who wrote it, whoever lets it in.
    assert_eq!(open.kept[0].bar, Some(Refusal::NotYou));
    let response = say(&scene.elin, open.kept[0].quarantine, Says::LetIn).await;
    assert_eq!(problem(response).await, ProblemCode::NotAllowed);
    assert_eq!(page(&scene.elin).await.open, 2);
    said(&scene.elin, &open.kept[1], Says::LetIn).await;
    assert_eq!(page(&scene.elin).await.open, 1);
}

#[tokio::test]
async fn the_author_is_told_and_nobody_else() {
    let mut scene = scene().await;
    let (notes, elin) = (scene.notes(), scene.elin.me().member);
    let mut cai = scene.relay.joined(scene.team, "pa", "Cai", None).await;
    scene.nia.sync().await;
    cai.sync().await;
    let record = note_as(&mut scene.nia, elin, notes, "In another's name");
    let level = scene.nia.level(&scene.nia.request()).await;
    assert_eq!(words(&level), ["NotYou, kept"]);
    scene.nia.held.remove(&notes);
    let asks = |phone: &Phone| {
        let mut request = phone.request();
        request.aside = vec![RecordId::from_bytes([1; 16]), record];
        request
    };
    assert_eq!(scene.nia.level(&asks(&scene.nia)).await.to_you.settled, []);
    let kept = page(&scene.elin).await.kept.remove(0);
    let end = said(&scene.elin, &kept, left_out("Say it in your own name")).await;
    for form in [
        kith_shared::sync::Form::Packed,
        kith_shared::sync::Form::Json,
    ] {
        scene.nia.form = form;
        let settled = scene.nia.level(&asks(&scene.nia)).await.to_you.settled;
        let [one] = &settled[..] else {
            panic!("{settled:?}");
        };
        assert_eq!((one.record, &one.end), (record, &end));
    }
    assert_eq!(cai.level(&asks(&cai)).await.to_you.settled, []);
    // No phone has more put aside than the relay keeps of it.
    let mut request = scene.nia.request();
    request.aside = vec![record; limits::QUARANTINE_PER_MEMBER];
    scene.nia.level(&request).await;
    request.aside.push(record);
    let response = scene.nia.post(&request).send().await.unwrap();
    assert_eq!(problem(response).await, ProblemCode::TooLarge);
}

/// A release is the author's own act: hostile bytes that tell of many things at once, of records
/// that are there, or of what a role may not say, come in nowhere.
#[tokio::test]
async fn only_what_its_author_may_say_is_let_in() {
    let mut scene = scene().await;
    let (gwen, nia) = (scene.gwen, scene.nia.me().member);
    let month = now().month();
    scene.nia.sync().await;
    let family = scene
        .relay
        .joined(scene.team, "family-contact", "Mair", Some("Gwen"));
    let mut family = family.await;
    let mair = family.me().member;
    note_as(
        &mut family,
        mair,
        DocumentId::notes(gwen, month),
        "From a daughter",
    );
    let team_note = DocumentId::team_notes(gwen, month);
    note_as(&mut family, nia, team_note, "In a PA's name");
    let nobody = PersonId::from_bytes([9; 16]);
    note_as(
        &mut scene.nia,
        nia,
        DocumentId::team_notes(nobody, month),
        "About nobody",
    );
    note_as(
        &mut scene.nia,
        nia,
        DocumentId::circle(gwen),
        "Where only the relay writes",
    );
    for phone in [&family, &scene.nia] {
        phone.level(&phone.request()).await;
    }
    let open = page(&scene.elin).await;
    let bars: Vec<_> = open
        .kept
        .iter()
        .map(|k| (told(k).remove(0), k.bar.unwrap()))
        .collect();
    for (words, bar) in [
        ("Family: From a daughter", Refusal::NotYourRole),
        ("Team: In a PA's name", Refusal::NotYourRole),
        ("Team: About nobody", Refusal::OtherDocument),
        ("?", Refusal::NotYourRole),
    ] {
        assert!(bars.contains(&(words.to_owned(), bar)), "{words}: {bars:?}");
    }
    let before = scene.entries().len();
    for kept in &open.kept {
        let code = problem(say(&scene.elin, kept.quarantine, Says::LetIn).await).await;
        assert_eq!(code, ProblemCode::NotAllowed);
    }
    assert_eq!(scene.entries().len(), before);
}

#[tokio::test]
async fn who_is_erased_is_erased_in_what_was_put_aside_too() {
    let mut scene = scene().await;
    let (gwen, notes) = (scene.gwen, scene.notes());
    scene.nia.note(gwen, Audience::Team, "Slept badly");
    scene.nia.note(gwen, Audience::Team, "Woke early");
    scene.lose_hers().await;
    let open = page(&scene.elin).await.kept;
    said(&scene.elin, &open[0], left_out("Gwen did not want it")).await;
    let erase = RosterChange::Erase {
        person: "Gwen".into(),
    };
    let change = ChangeRoster {
        team: scene.team,
        change: erase,
    };
    let post = scene.relay.client.post(scene.relay.url(path::ROSTER));
    let post = post.bearer_auth(crate::harness::keys().admin(now()));
    read::<TeamRecord>(send(post, &change).await).await;

    assert_eq!(page(&scene.elin).await.open, 0);
    for kept in &open {
        let code = problem(say(&scene.elin, kept.quarantine, Says::LetIn).await).await;
        assert_eq!(code, ProblemCode::NotFound);
    }
    let left = scene.entries();
    let about = |e: &&Entry| match &e.payload {
        Payload::Refused { .. }
        | Payload::Dismissed {
            reason: Some(_), ..
        } => true,
        Payload::Erased {
            document, refused, ..
        } => {
            assert!(refused.is_none() || *document == notes);
            false
        }
        _ => false,
    };
    assert_eq!(left.iter().filter(about).count(), 0);
    let refused = |e: &&Entry| {
        matches!(
            e.payload,
            Payload::Erased {
                refused: Some(_),
                ..
            }
        )
    };
    assert_eq!(left.iter().filter(refused).count(), 2);
    // A note that was begun without signal is not kept any more.
    assert!(Document::new(notes).record_ids().next().is_none());
    scene.relay.server.stop().await;
    let relay = Relay::on(scene.journal.clone()).await;
    scene.elin.url = relay.url("");
    assert_eq!(page(&scene.elin).await.open, 0);
}
