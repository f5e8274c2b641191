//! Targets for a fuzzer: what reads requests, and what vets changes.
//!
//! As tests they try a few thousand inputs made at random from the seeds given here. With
//! `cargo bolero test -p kith-tests --test fuzz vetting` (and `request_decoder`) a fuzzer that sees
//! which code is reached goes on for as long as one lets it.

use automerge::Change;
use kith_relay::vet::{Among, Past, Verdict, Writer, vet};
use kith_shared::{
    bytes::Bytes,
    documents::{Author, Document, DocumentId},
    domain::{
        note::{Audience, Mood, NoteText},
        team::{Member, Role},
    },
    ids::{DeviceId, MemberId, PersonId, RecordId, TeamId, VisitId},
    intent::{Intent, Stamp},
    sync::{Digest, Form, Known, Message as _, Push, SyncRequest, TeamRequest, WIRE_VERSION, pack},
    time::{Moment, Span},
};
use sha2::{Digest as _, Sha256};
use std::{
    borrow::Cow,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

const NOW: Moment = Moment::from_millis(1_795_000_000_000);
const PERSON: PersonId = PersonId::from_bytes([7; 16]);
const AUTHOR: Author = Author {
    device: DeviceId::from_bytes([2; 16]),
    life: 0,
};
/// Bytes of one input.
const INPUT: usize = 2_048;
/// Inputs in a run of the tests.
const INPUTS: usize = 10_000;

fn member() -> Member {
    Member::plain(MemberId::from_bytes([1; 16]), "Nia", Role::Pa)
}

/// A clock in and a note about it, as a phone writes them.
fn honest() -> [(DocumentId, Vec<u8>); 2] {
    let visit = VisitId::from_bytes([4; 16]);
    let note = Intent::WriteNote {
        person: PERSON,
        month: NOW.month(),
        audience: Audience::Team,
        visit: Some(visit),
        says: NoteText {
            mood: Some(Mood::Good),
            text: "Slept well, ate breakfast.".to_owned(),
            ..NoteText::default()
        },
    };
    let clock_in = Intent::ClockIn {
        person: PERSON,
        month: NOW.month(),
        shift: None,
        place: None,
    };
    [clock_in, note].map(|intent| {
        let mut document = Document::new(intent.document());
        let time = Stamp {
            at: NOW,
            skew: Span::default(),
        };
        let id = RecordId::new(NOW, 4);
        let change = intent.write(&mut document, AUTHOR, &member(), id, time);
        let change = change.expect("a PA may");
        (document.id(), change.raw_bytes().to_vec())
    })
}

fn request() -> SyncRequest {
    let push = honest().map(|(document, change)| Push {
        document,
        changes: vec![Bytes(change)],
    });
    SyncRequest {
        v: WIRE_VERSION,
        teams: vec![TeamRequest {
            team: TeamId::from_bytes([5; 16]),
            cursor: None,
            digest: Digest::default(),
            push: push.to_vec(),
            unseen: vec![],
            limit: 1024,
            heal: None,
            aside: vec![],
        }],
    }
}

/// `seed` with the edits that `input` says: at each place one byte is put, put in or taken out.
fn edited(seed: &[u8], input: &[u8]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for edit in input.chunks_exact(4) {
        let at = usize::from(u16::from_le_bytes([edit[0], edit[1]]));
        let at = at % bytes.len().max(1);
        match edit[2] % 3 {
            0 if at < bytes.len() => bytes[at] = edit[3],
            1 if at < bytes.len() => drop(bytes.remove(at)),
            _ => bytes.insert(at, edit[3]),
        }
    }
    bytes
}

/// A chunk with the checksum that belongs to it: otherwise nothing comes past the first look.
fn summed(mut chunk: Vec<u8>) -> Vec<u8> {
    if chunk.len() > 8 {
        let sum = Sha256::digest(&chunk[8..]);
        chunk[4..8].copy_from_slice(&sum[..4]);
    }
    chunk
}

/// Whatever comes in, in any form, is read or refused: no panic, and what was read can be written.
#[test]
fn request_decoder() {
    let request = request();
    let plain = Form::Binary.encode(&request);
    let trimmed = [true, false].map(|in_short| {
        let mut request = request.clone();
        pack::trim(request.changes(), in_short);
        Form::Binary.encode(&request)
    });
    let json = Form::Json.encode(&request);
    let packed = Form::Packed.encode(&request);
    bolero::check!()
        .with_iterations(INPUTS)
        .with_max_len(INPUT)
        .for_each(|input: &[u8]| {
            let Some((kind, input)) = input.split_first() else {
                return;
            };
            let (form, bytes) = match kind % 8 {
                0 => (Form::Packed, input.to_vec()),
                1 => (Form::Packed, edited(&packed, input)),
                // Well packed, and around no change.
                2 => {
                    let mut request = request.clone();
                    let change = &mut request.teams[0].push[0].changes[0].0;
                    *change = edited(change, input);
                    (Form::Packed, Form::Packed.encode(&request))
                }
                // Well compressed, whatever is in it.
                5 | 6 => {
                    let plain = &trimmed[usize::from(kind % 8 == 6)];
                    let packed = pack::pack(&edited(plain, input), &Known::default());
                    (Form::Packed, packed)
                }
                3 => (Form::Binary, edited(&plain, input)),
                4 => (Form::Binary, input.to_vec()),
                _ => (Form::Json, edited(&json, input)),
            };
            if let Ok(read) = form.decode::<SyncRequest>(&bytes) {
                let again = Form::Binary.decode(&Form::Binary.encode(&read));
                assert_eq!(again, Ok(read));
            }
        });
}

/// Whatever a device hands in is judged: no panic comes out, and a document in which something was
/// accepted can be saved, loaded and written on.
#[test]
fn vetting() {
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map_or("", |l| l.file());
        if !at.contains("automerge") && !at.contains("hexane") {
            eprintln!("{panic}");
        }
    }));
    let seeds = honest();
    let member = member();
    let accepted = AtomicUsize::new(0);
    bolero::check!()
        .with_iterations(INPUTS)
        .with_max_len(INPUT)
        .for_each(|input: &[u8]| {
            let Some((kind, input)) = input.split_first() else {
                return;
            };
            let (id, seed) = &seeds[usize::from(kind & 1)];
            let first = match kind >> 1 {
                0..8 => summed(input.to_vec()),
                8..16 => seed.clone(),
                // Few edits: many leave nothing that is a change.
                many => {
                    let edits = 4 * usize::from(1 + many % 3);
                    summed(edited(seed, &input[..input.len().min(edits)]))
                }
            };
            let past = Past {
                document: Cow::Owned(Document::new(*id)),
                sequences: Cow::default(),
            };
            let writer = Writer::Member {
                member: &member,
                device: AUTHOR.device,
                among: Among::default(),
            };
            let changes = [Bytes(first), Bytes(seed.clone())];
            let batch = vet(writer, &past, &changes);
            assert_eq!(batch.verdicts.len(), changes.len());
            let taken = |v: &&Verdict| matches!(v, Verdict::Accepted(_));
            if batch.verdicts.iter().any(|v| taken(&v)) {
                accepted.fetch_add(1, Relaxed);
                let saved = batch.document.save();
                let again = Document::load(*id, &saved).expect("what was accepted loads");
                assert_eq!(again.heads(), batch.document.heads());
                let all = again.changes().into_iter().map(|c| c.raw_bytes().to_vec());
                let mut anew = Document::new(*id);
                let all = all.map(|bytes| Change::from_bytes(bytes).expect("a change"));
                anew.apply(all.collect()).expect("it can be built anew");
                assert_eq!(anew.heads(), again.heads());
            }
        });
    let accepted = accepted.into_inner();
    assert!(accepted > INPUTS / 100, "{accepted}");
}
