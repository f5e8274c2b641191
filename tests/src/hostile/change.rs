//! Changes that no phone of ours would write.

use super::ground::{Hand, Says, raw};
use super::operations::edited;
use automerge::{Change, ChangeHash};
use flate2::{Compression, write::DeflateEncoder};
use kith_shared::{
    bytes::Bytes,
    documents::{Author, Document, DocumentId},
    ids::{MemberId, PersonId, RecordId},
    limits,
    time::{Moment, Month},
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::{io::Write as _, sync::OnceLock};

/// What is pushed: the document that it is said to belong to, and the bytes.
pub(super) type Pushed = Vec<(DocumentId, Bytes)>;

/// A kind of mutant: its name, how many there are of it, how it is made.
pub(super) type Kind = (&'static str, u32, fn(&mut Hand<'_>) -> Pushed);

/// All kinds that are changes.
pub(super) const KINDS: &[Kind] = &[
    (HONEST, 6, honest),
    ("bits flipped", 14, flipped),
    ("bits flipped, checksum as it was", 3, flipped_only),
    ("cut, or longer", 6, cut),
    ("a place taken twice", 4, twice),
    ("forged actor", 5, forged_actor),
    ("orphan", 5, orphan),
    ("foreign document or person", 6, foreign),
    ("times that cannot be", 6, times),
    ("nested deep", 3, deep),
    ("compressed, or a bomb", 4, compressed),
    ("huge", 4, huge),
    ("ids at their ends", 5, ids),
    ("edited operations", 18, edited),
    ("edited record", 14, edited_record),
    ("whole documents, several changes", 3, several),
    ("leaps in the counting", 5, leaps),
];

/// Changes that must be taken in: if they are not, the others show nothing.
pub(super) const HONEST: &str = "honest";

/// Bytes that a bomb inflates to.
pub(super) const BOMB: usize = 64 * 1024 * 1024;
/// Where the type of a chunk stands; before it are four bytes of magic and four of checksum.
const TYPE_AT: usize = 8;

fn honest(hand: &mut Hand<'_>) -> Pushed {
    let (document, change) = hand.honest();
    vec![(document, raw(&change))]
}

/// Gives a chunk the checksum that belongs to it.
pub(super) fn checked(mut chunk: Vec<u8>) -> Bytes {
    if chunk.len() > TYPE_AT {
        let sum = Sha256::digest(&chunk[TYPE_AT..]);
        chunk[4..TYPE_AT].copy_from_slice(&sum[..4]);
    }
    Bytes(chunk)
}

fn flipped(hand: &mut Hand<'_>) -> Pushed {
    let (document, bytes) = bent(hand);
    vec![(document, checked(bytes))]
}

fn flipped_only(hand: &mut Hand<'_>) -> Pushed {
    let (document, bytes) = bent(hand);
    vec![(document, Bytes(bytes))]
}

fn bent(hand: &mut Hand<'_>) -> (DocumentId, Vec<u8>) {
    let (document, change) = hand.honest();
    let mut bytes = change.raw_bytes().to_vec();
    for _ in 0..hand.dice.usize(1..4) {
        let at = hand.dice.usize(TYPE_AT..bytes.len());
        match hand.dice.u8(..4) {
            0 => bytes[at] = hand.dice.u8(..),
            1 => drop(bytes.remove(at)),
            2 => bytes.insert(at, hand.dice.u8(..)),
            _ => bytes[at] ^= 1 << hand.dice.u8(..8),
        }
    }
    (document, bytes)
}

fn cut(hand: &mut Hand<'_>) -> Pushed {
    let (document, change) = hand.honest();
    let mut bytes = change.raw_bytes().to_vec();
    if hand.dice.bool() {
        bytes.truncate(hand.dice.usize(..bytes.len()));
    } else {
        let more = hand.dice.usize(1..200);
        bytes.extend((0..more).map(|_| hand.dice.u8(..)));
    }
    let whole = if hand.dice.bool() {
        checked(bytes)
    } else {
        Bytes(bytes)
    };
    vec![(document, whole)]
}

/// Two changes that both say that they are the first of their actor.
fn twice(hand: &mut Hand<'_>) -> Pushed {
    let (document, first) = hand.honest();
    let mut second = first.decode();
    second.time += 1;
    vec![
        (document, raw(&first)),
        (document, raw(&Change::from(second))),
    ]
}

fn forged_actor(hand: &mut Hand<'_>) -> Pushed {
    let says = hand.says();
    let device = match hand.dice.u8(..3) {
        0 => kith_shared::ids::DeviceId::from_bytes(hand.bytes()),
        _ => hand.one_of(&hand.ground.attackers).device,
    };
    let author = Author {
        device,
        life: hand.life,
    };
    let id = hand.record();
    let change = hand.written(author, &says, id);
    change.iter().map(|c| (says.document, raw(c))).collect()
}

fn orphan(hand: &mut Hand<'_>) -> Pushed {
    let (document, change) = hand.honest();
    let mut change = change.decode();
    let many = hand.one_of(&[1, 1, 2, 600]);
    let mut unknown: Vec<_> = (0..many).map(|_| ChangeHash(hand.bytes())).collect();
    if hand.dice.bool() {
        change.deps.append(&mut unknown);
    } else {
        change.deps = unknown;
    }
    change.deps.sort_unstable();
    vec![(document, raw(&Change::from(change)))]
}

/// Written for one document and pushed as another's, or for a document that nobody has, or for a
/// part that is not begun.
fn foreign(hand: &mut Hand<'_>) -> Pushed {
    let mut says = hand.says();
    let nobody = PersonId::from_bytes(hand.bytes());
    let (person, month) = (hand.person(), hand.month());
    let year = hand.one_of(&[1000, 1970, 5138, 9999]);
    let other = match hand.dice.u8(..9) {
        0 => DocumentId::Team,
        1 => DocumentId::circle(person),
        2 => DocumentId::availability(MemberId::from_bytes(hand.bytes())),
        3 => DocumentId::availability(hand.one_of(&hand.ground.attackers).member.id),
        4 => DocumentId::notes(nobody, month),
        5 => DocumentId::visits(person, Month::new(year, 12).unwrap_or(month)),
        6 => DocumentId::profile(person),
        7 => {
            let far = hand.one_of(&[2, 3, 99, u16::MAX]);
            let parts = format!("{}/{far}", says.document.whole()).parse();
            parts.unwrap_or(says.document)
        }
        _ => DocumentId::rota(nobody, month),
    };
    if hand.dice.bool() {
        says.document = other;
    }
    let change = hand.change(&says);
    change.iter().map(|c| (other, raw(c))).collect()
}

/// Milliseconds that no rota has.
pub(super) fn wild_time(hand: &mut Hand<'_>) -> i64 {
    let any = hand.dice.i64(..);
    hand.one_of(&[
        // 16 November 5138.
        99_999_999_999_000,
        -1,
        -62_135_596_800_000,
        0,
        i64::MAX,
        i64::MIN,
        253_402_300_800_000,
        any,
    ])
}

fn times(hand: &mut Hand<'_>) -> Pushed {
    let mut says = hand.says();
    let wild = wild_time(hand);
    let field = hand.one_of(&["at", "skew", "start", "end", "until"]);
    if let Some(fields) = says.body.as_object_mut() {
        fields.insert(field.to_owned(), Value::from(wild));
    }
    pushed(hand, &says)
}

fn deep(hand: &mut Hand<'_>) -> Pushed {
    let mut says = hand.says();
    let (depth, map) = (hand.dice.usize(3..300), hand.dice.bool());
    let nest = |inside, _| {
        if map {
            json!({ "n": inside })
        } else {
            json!([inside])
        }
    };
    let nested = (0..depth).fold(Value::Null, nest);
    if let Some(fields) = says.body.as_object_mut() {
        fields.insert("says".to_owned(), nested);
    }
    pushed(hand, &says)
}

fn pushed(hand: &mut Hand<'_>, says: &Says) -> Pushed {
    let change = hand.change(says);
    change.iter().map(|c| (says.document, raw(c))).collect()
}

fn compressed(hand: &mut Hand<'_>) -> Pushed {
    let (document, mut change) = hand.honest();
    let bytes = match hand.dice.u8(..4) {
        0 => change.bytes().into_owned(),
        1 => chunk(2, bomb()),
        2 => chunk(0, bomb()),
        _ => chunk(hand.dice.u8(..), change.raw_bytes()),
    };
    let whole = if hand.dice.bool() {
        checked(bytes)
    } else {
        Bytes(bytes)
    };
    vec![(document, whole)]
}

/// A chunk of this type.
fn chunk(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, kind];
    let mut length = body.len();
    while length > 0x7f {
        bytes.push(u8::try_from(length & 0x7f).unwrap_or(0) | 0x80);
        length >>= 7;
    }
    bytes.push(u8::try_from(length).unwrap_or(0));
    bytes.extend_from_slice(body);
    bytes
}

/// [`BOMB`] zeros, deflated.
fn bomb() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        let part = vec![0; 1024 * 1024];
        for _ in 0..BOMB / part.len() {
            // Into memory it does not fail.
            let _ = encoder.write_all(&part);
        }
        encoder.finish().unwrap_or_default()
    })
}

fn huge(hand: &mut Hand<'_>) -> Pushed {
    let mut says = hand.says();
    let huge = match hand.dice.u8(..6) {
        0 => Value::from("\u{1f600}".repeat(limits::TEXT_CHARS)),
        1 => Value::from(hand.text(1).repeat(limits::TEXT_CHARS + 1)),
        2 => Value::from("x".repeat(hand.dice.usize(..2 * limits::CHANGE_BYTES))),
        3 => Value::from(vec![0; hand.dice.usize(..2 * limits::ITEMS)]),
        4 => Value::from(vec![
            vec![0; limits::ITEMS];
            hand.dice.usize(..limits::ITEMS)
        ]),
        _ => {
            let key = "k".repeat(hand.dice.usize(..2 * limits::NAME_CHARS));
            json!({ key: null })
        }
    };
    let field = hand.one_of(&["says", "reason", "place", "more"]);
    if let Some(fields) = says.body.as_object_mut() {
        fields.insert(field.to_owned(), huge);
    }
    pushed(hand, &says)
}

/// Record ids are the order of records, and the relay writes after the last.
fn ids(hand: &mut Hand<'_>) -> Pushed {
    let says = hand.says();
    let late = Moment::from_millis(99_999_999_999_000);
    let id = match hand.dice.u8(..5) {
        0 => RecordId::from_bytes([0xff; 16]),
        1 => RecordId::from_bytes([0; 16]),
        2 => RecordId::new(late, u128::MAX),
        3 => RecordId::new(Moment::from_millis(i64::MAX >> 16), 0),
        _ => RecordId::from_bytes(hand.bytes()),
    };
    let change = hand.change_of(&says, id);
    change.iter().map(|c| (says.document, raw(c))).collect()
}

fn edited_record(hand: &mut Hand<'_>) -> Pushed {
    let mut says = hand.says();
    for _ in 0..hand.dice.usize(1..4) {
        let wild = wild_value(hand);
        let Some(fields) = says.body.as_object_mut() else {
            break;
        };
        let keys: Vec<_> = fields.keys().cloned().collect();
        let key = hand.one_of(&keys);
        match hand.dice.u8(..6) {
            0 => drop(fields.remove(&key)),
            1 => drop(fields.insert(hand.text(30), wild)),
            2 => drop(fields.insert("by".to_owned(), wild)),
            _ => drop(fields.insert(key, wild)),
        }
        if fields.is_empty() {
            break;
        }
    }
    pushed(hand, &says)
}

fn wild_value(hand: &mut Hand<'_>) -> Value {
    let member = hand.one_of(&hand.ground.attackers).member.id;
    let kinds = [
        "word",
        "answer",
        "told",
        "yes-wanted",
        "published",
        "claim",
        "note",
        "choice",
    ];
    match hand.dice.u8(..10) {
        0 => Value::Null,
        1 => Value::from(hand.dice.bool()),
        2 => Value::from(wild_time(hand)),
        3 => Value::from(""),
        4 => Value::from(hand.text(60)),
        5 => Value::from(member.to_string()),
        6 => Value::from(vec![member.to_string(); hand.dice.usize(..70)]),
        7 => json!({ "kind": "these", "pas": [] }),
        8 => Value::from("\u{0}\u{feff}\u{202e}"),
        _ => Value::from(hand.one_of(&kinds)),
    }
}

fn several(hand: &mut Hand<'_>) -> Pushed {
    let (id, change) = hand.honest();
    let mut document = Document::new(id);
    let genesis = document.heads()[0];
    let bytes = match hand.dice.u8(..4) {
        0 => {
            // On its own genesis it fits, or it was never honest.
            let _ = document.apply(vec![change]);
            document.save()
        }
        1 => [change.raw_bytes(), change.raw_bytes()].concat(),
        2 => [change.raw_bytes(), &document.save()].concat(),
        _ => document
            .change(&genesis)
            .map_or(Vec::new(), |g| g.raw_bytes().to_vec()),
    };
    vec![(id, Bytes(bytes))]
}

/// Where it begins to count its operations, its place in its actor's sequence, and what is beside.
fn leaps(hand: &mut Hand<'_>) -> Pushed {
    let (document, change) = hand.honest();
    let mut change = change.decode();
    let any = hand.dice.u64(1..);
    let number = hand.one_of(&[1, 2, 1000, u64::from(u32::MAX), u64::MAX >> 1, any >> 1]);
    match hand.dice.u8(..5) {
        0 => change.seq = number,
        1 => change.message = Some(hand.text(500)),
        2 => change.extra_bytes = hand.bytes::<64>().to_vec(),
        3 => change.time = wild_time(hand),
        _ => change.start_op = number.try_into().unwrap_or(change.start_op),
    }
    vec![(document, raw(&Change::from(change)))]
}
