//! Whole requests that no phone of ours would send.

use super::{
    change::BOMB,
    ground::{Attacker, Hand, raw},
};
use flate2::{
    Compression,
    read::GzDecoder,
    write::{GzEncoder, ZlibEncoder},
};
use kith_shared::{
    bytes::{Array, Bytes},
    documents::DocumentId,
    ids::{Epoch, MemberId, TeamId},
    sync::{
        BINARY, Cursor, Entry, Form, Given, Heal, Knew, Known, PACKED, Push, Receipt, Stand,
        SyncRequest, TeamRequest, WIRE_VERSION, pack,
    },
    time::Moment,
};
use std::{
    io::{Read as _, Write as _},
    sync::OnceLock,
};

/// What goes over the wire.
#[derive(Debug, Clone)]
pub struct Request {
    /// The body.
    pub body: Vec<u8>,
    /// Its content type.
    pub content_type: &'static str,
    /// How it is packed.
    pub encoding: Option<&'static str>,
    /// What the relay knows of whose it is.
    pub caller: Known,
}

/// A kind of mutant, as in [`super::change::KINDS`].
type Kind = (&'static str, u32, fn(&mut Hand<'_>) -> Request);

/// All kinds that are requests.
pub(super) const KINDS: &[Kind] = &[
    ("request, bytes bent", 6, bent),
    ("request, cut", 2, cut),
    ("request, wild lengths", 4, lengths),
    ("request, nested deep", 2, deep),
    ("request, a great many of nothing", 2, many),
    ("request, inflating", 2, inflating),
    ("request, noise", 2, noise),
    ("request, wild places", 4, places),
    ("request, forged healing", 4, healing),
];

impl Request {
    pub(super) fn plain(form: Form, body: Vec<u8>, me: &Attacker) -> Self {
        Self {
            body,
            content_type: form.content_type(),
            encoding: None,
            caller: me.known(),
        }
    }

    /// These sections.
    pub(super) fn of(form: Form, teams: Vec<TeamRequest>, me: &Attacker) -> Self {
        let (body, _) = form.say(&SyncRequest::new(teams), &me.known());
        Self::plain(form, body, me)
    }

    fn packed(self, hand: &mut Hand<'_>) -> Self {
        match hand.dice.u8(..4) {
            0 => Self {
                body: gzip(&self.body),
                encoding: Some("gzip"),
                ..self
            },
            // Well compressed, whatever it is.
            1 | 2 if self.content_type == BINARY => {
                let packed = pack::pack(&self.body, &self.caller);
                Self::plain(Form::Packed, packed, hand.me)
            }
            _ => self,
        }
    }

    /// What whoever reads it knows then, if it can be read.
    pub(super) fn known(&self, form: Form) -> Known {
        let mut body = Vec::new();
        match self.encoding {
            Some("gzip") => drop(GzDecoder::new(self.body.as_slice()).read_to_end(&mut body)),
            _ => body.clone_from(&self.body),
        }
        let heard = form.hear::<SyncRequest>(&body, &self.caller);
        heard.map(|(_, known)| known).unwrap_or_default()
    }
}

fn form(hand: &mut Hand<'_>) -> Form {
    hand.one_of(&[Form::Packed, Form::Binary, Form::Json])
}

/// An honest change in an honest section.
fn section(hand: &mut Hand<'_>) -> TeamRequest {
    let (document, change) = hand.honest();
    let changes = vec![raw(&change)];
    TeamRequest {
        push: vec![Push { document, changes }],
        ..hand.me.section.clone()
    }
}

fn encoded(hand: &mut Hand<'_>, section: TeamRequest) -> Request {
    let form = form(hand);
    Request::of(form, vec![section], hand.me)
}

fn bent(hand: &mut Hand<'_>) -> Request {
    let section = section(hand);
    let mut request = encoded(hand, section);
    let body = &mut request.body;
    for _ in 0..hand.dice.usize(1..5) {
        // What stands first says what the rest is.
        let within = hand.one_of(&[20, 120, body.len()]).min(body.len());
        let at = hand.dice.usize(..within);
        match hand.dice.u8(..4) {
            0 => body[at] = hand.dice.u8(..),
            1 if body.len() > 2 => drop(body.remove(at)),
            2 => body.insert(at, hand.dice.u8(..)),
            _ => body[at] ^= 1 << hand.dice.u8(..8),
        }
    }
    request.packed(hand)
}

fn cut(hand: &mut Hand<'_>) -> Request {
    let section = section(hand);
    let mut request = encoded(hand, section);
    let at = hand.dice.usize(..request.body.len());
    request.body.truncate(at);
    request.packed(hand)
}

/// Lengths of which nothing follows: strings, bytes, lists, maps.
fn lengths(hand: &mut Hand<'_>) -> Request {
    let section = section(hand);
    let mut request = Request::of(Form::Binary, vec![section], hand.me);
    let kind = hand.one_of(&[0xdb, 0xc6, 0xdd, 0xdf, 0xc9, 0xda, 0xc5, 0xdc, 0xde]);
    let at = hand.dice.usize(..request.body.len().min(200));
    let length = hand.one_of(&[u32::MAX, 0x7fff_ffff, 0x0100_0000, 0x0010_0000]);
    request.body[at] = kind;
    for (place, byte) in request.body[at..]
        .iter_mut()
        .skip(1)
        .zip(length.to_be_bytes())
    {
        *place = byte;
    }
    request.packed(hand)
}

fn deep(hand: &mut Hand<'_>) -> Request {
    let depth = hand.one_of(&[100, 128, 1_000, 1_024, 100_000, 900_000]);
    let (form, open) = hand.one_of(&[
        (Form::Binary, &b"\x91"[..]),
        (Form::Binary, b"\x92\x01"),
        (Form::Binary, b"\x81\xa1v"),
        (Form::Json, b"["),
        (Form::Json, b"{\"v\":"),
        (Form::Json, b"{\"teams\":["),
    ]);
    let mut body = match (form, hand.dice.bool()) {
        (Form::Binary | Form::Packed, true) => vec![0x92, WIRE_VERSION],
        (Form::Json, true) => format!("{{\"v\":{WIRE_VERSION},\"teams\":").into_bytes(),
        (_, false) => Vec::new(),
    };
    body.extend(open.repeat(depth.min(900_000 / open.len())));
    Request::plain(form, body, hand.me).packed(hand)
}

/// Small on the wire, and as much as it may be in memory.
fn many(hand: &mut Hand<'_>) -> Request {
    let many = hand.one_of(&[513, 20_000, 200_000, 1_500_000]);
    let nothing = Push {
        document: DocumentId::Team,
        changes: Vec::new(),
    };
    let mut section = hand.me.section.clone();
    match hand.dice.u8(..4) {
        0 => {
            let changes = vec![Bytes::default(); many];
            section.push = vec![Push { changes, ..nothing }];
        }
        1 => section.push = vec![nothing; many / 4],
        2 => section.unseen = vec![1; many],
        _ => {
            let have = vec![Array::default(); many / 4];
            section.heal = Some(Heal {
                have,
                ..Heal::default()
            });
        }
    }
    let teams = match hand.dice.u8(..4) {
        0 => vec![hand.me.section.clone(); many.min(8_000)],
        _ => vec![section],
    };
    let form = form(hand);
    let request = Request::of(form, teams, hand.me);
    Request {
        body: gzip(&request.body),
        encoding: Some("gzip"),
        ..request
    }
}

fn inflating(hand: &mut Hand<'_>) -> Request {
    static GZIP: OnceLock<Vec<u8>> = OnceLock::new();
    static ZLIB: OnceLock<Vec<u8>> = OnceLock::new();
    let zeros = || vec![0_u8; BOMB];
    let (body, encoding) = match hand.dice.u8(..4) {
        0 => (GZIP.get_or_init(|| gzip(&zeros())).clone(), "gzip"),
        1 => (ZLIB.get_or_init(|| zlib(&zeros())).clone(), "deflate"),
        // Many small parts, each of which inflates to little.
        2 => (gzip(&[0; 4096]).repeat(10_000), "gzip"),
        _ => {
            let mut broken = gzip(&hand.bytes::<4096>());
            let at = hand.dice.usize(..broken.len());
            broken[at] ^= 1 << hand.dice.u8(..8);
            (broken, "gzip")
        }
    };
    Request {
        body,
        content_type: form(hand).content_type(),
        encoding: Some(encoding),
        caller: hand.me.known(),
    }
}

fn noise(hand: &mut Hand<'_>) -> Request {
    let length = hand.one_of(&[0, 1, 40, 4_000, 1_200_000]);
    let mut body = vec![0; length];
    hand.dice.fill(&mut body);
    Request {
        body,
        content_type: hand.one_of(&[PACKED, BINARY, "application/json", "text/plain"]),
        encoding: hand.one_of(&[None, None, Some("gzip"), Some("deflate"), Some("br")]),
        caller: hand.me.known(),
    }
}

/// Places in the journal that nobody has been at, teams that are another's.
fn places(hand: &mut Hand<'_>) -> Request {
    let mut section = section(hand);
    let seq = hand.dice.u64(..);
    let seq = hand.one_of(&[0, 1, seq, u64::MAX, u64::MAX - 1]);
    let mut copies = 1;
    match hand.dice.u8(..7) {
        0 => {
            section.cursor = Some(Stand {
                epoch: Epoch::from_bytes(hand.bytes()),
                seq,
                head: Array(hand.bytes()),
            });
        }
        1 => {
            if let Some(cursor) = &mut section.cursor {
                cursor.seq = seq;
            }
        }
        2 => section.unseen = vec![seq, 0, 1, 2, u64::MAX],
        3 => section.team = TeamId::from_bytes(hand.bytes()),
        4 => section.cursor = None,
        5 => section.limit = u32::MAX,
        _ => copies = hand.dice.usize(..40),
    }
    let request = SyncRequest {
        v: hand.one_of(&[WIRE_VERSION, WIRE_VERSION, WIRE_VERSION, 0, 2, 255]),
        teams: vec![section; copies],
    };
    let form = form(hand);
    let (body, _) = form.say(&request, &hand.me.known());
    Request::plain(form, body, hand.me).packed(hand)
}

/// Says that the relay accepted this once.
fn healing(hand: &mut Hand<'_>) -> Request {
    let (document, change) = hand.honest();
    let any = MemberId::from_bytes(hand.bytes());
    let receipt = Receipt {
        seq: hand.dice.u64(..),
        received_at: Moment::from_millis(hand.dice.i64(..)),
        member: hand.one_of(&[hand.me.member.id, any]),
        proof: Array(hand.bytes()),
    };
    let given = Given {
        document,
        entry: Entry {
            change: raw(&change),
            receipt,
        },
    };
    let have = (0..hand.dice.usize(..2_000))
        .map(|_| Array(hand.bytes()))
        .collect();
    let mut section = hand.me.section.clone();
    let knew = section.cursor.map(|cursor| Knew {
        cursor: Cursor {
            epoch: cursor.epoch,
            seq: cursor.seq,
            head: Array(hand.bytes()),
        },
        ends: Array(hand.bytes()),
        signature: Array(hand.bytes()),
    });
    section.cursor = hand.one_of(&[None, section.cursor]);
    section.heal = Some(Heal {
        have,
        give: vec![given; hand.dice.usize(..6)],
        knew,
    });
    encoded(hand, section).packed(hand)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    // Into memory it does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}
