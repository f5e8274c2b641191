//! Frames: the pieces in which a backup travels and lies.
//!
//! A byte that says what it is, its length (32 bits, big endian), itself.

use crate::vault::Row;
use kith_shared::{
    ids::TeamId,
    limits,
    sync::{Hash, Seq},
    time::Moment,
};
use serde::{Deserialize, Serialize};

/// The form of frames and manifests.
pub const VERSION: u32 = 1;

const HEADER: u8 = b'h';
const SECRETS: u8 = b's';
const KEY: u8 = b'k';
const ENTRY: u8 = b'e';
const END: u8 = b'.';
/// Bytes before each frame: what it is, and its length.
const BEFORE: usize = 5;

/// A piece of a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// What follows, before all else.
    Header(Header),
    /// What stands in `relay.key`.
    Secrets(Vec<u8>),
    /// A wrapped key.
    Key(Row),
    /// An entry of a team's journal, sealed.
    Entry(TeamId, Seq, Vec<u8>),
    /// That was all.
    End,
}

/// What a backup, or what is new to one, consists of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// [`VERSION`].
    pub version: u32,
    /// The moment that it is of, by the relay's clock.
    pub at: Moment,
    /// Each team.
    pub teams: Vec<Part>,
}

/// What follows of one team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which team.
    pub team: TeamId,
    /// The place of the first entry that follows, if one does.
    pub from: Seq,
    /// Where the journal ends.
    pub seq: Seq,
    /// The hash over all its entries.
    pub head: Hash,
}

/// Bytes that are no frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it holds something else than pieces of a backup of this version")]
pub struct BadFrame;

impl Frame {
    /// As it travels and lies.
    pub fn to_bytes(&self) -> Vec<u8> {
        let (kind, body) = match self {
            // Plain data into memory: there is nothing that could fail.
            Self::Header(header) => (HEADER, serde_json::to_vec(header).unwrap_or_default()),
            Self::Secrets(secrets) => (SECRETS, secrets.clone()),
            Self::Key(row) => {
                // An owner and a fingerprint: far below 256 bytes.
                let length = u8::try_from(row.key.len()).unwrap_or(u8::MAX);
                (KEY, [&[length], &*row.key, &*row.value].concat())
            }
            Self::Entry(team, seq, sealed) => {
                let place = [team.to_bytes().as_slice(), &seq.to_be_bytes()].concat();
                (ENTRY, [&place, sealed.as_slice()].concat())
            }
            Self::End => (END, Vec::new()),
        };
        let length = u32::try_from(body.len()).unwrap_or(u32::MAX);
        [&[kind], length.to_be_bytes().as_slice(), &body].concat()
    }

    fn parse(kind: u8, body: &[u8]) -> Option<Self> {
        Some(match kind {
            HEADER => {
                let header: Header = serde_json::from_slice(body).ok()?;
                Self::Header(Some(header).filter(|h| h.version == VERSION)?)
            }
            SECRETS => Self::Secrets(body.to_vec()),
            KEY => {
                let (length, rest) = body.split_first()?;
                let (key, value) = rest.split_at_checked((*length).into())?;
                Self::Key(Row {
                    key: key.to_vec(),
                    value: value.to_vec(),
                })
            }
            ENTRY => {
                let (team, rest) = body.split_first_chunk()?;
                let (seq, sealed) = rest.split_first_chunk()?;
                let team = TeamId::from_bytes(*team);
                Self::Entry(team, Seq::from_be_bytes(*seq), sealed.to_vec())
            }
            END if body.is_empty() => Self::End,
            _ => return None,
        })
    }
}

/// Puts frames together from bytes that come in pieces of any size.
#[derive(Debug, Default)]
pub struct Frames {
    waiting: Vec<u8>,
}

impl Frames {
    /// More bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        self.waiting.extend_from_slice(bytes);
    }

    /// The next frame, if all of it is here.
    #[allow(clippy::should_implement_trait)] // It is none: nothing yet is not the end.
    pub fn next(&mut self) -> Result<Option<Frame>, BadFrame> {
        let Some((kind, length)) = self.waiting.split_first_chunk::<BEFORE>().map(|(b, _)| {
            let length = u32::from_be_bytes([b[1], b[2], b[3], b[4]]);
            (b[0], length)
        }) else {
            return Ok(None);
        };
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        if length > limits::BACKUP_PIECE_BYTES {
            return Err(BadFrame);
        }
        let Some(body) = self.waiting.get(BEFORE..BEFORE + length) else {
            return Ok(None);
        };
        let frame = Frame::parse(kind, body).ok_or(BadFrame)?;
        self.waiting.drain(..BEFORE + length);
        Ok(Some(frame))
    }

    /// Whether nothing is left of a frame that was begun.
    pub fn is_done(&self) -> bool {
        self.waiting.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kith_shared::bytes::Array;
    use proptest::prelude::*;

    fn some_frames() -> Vec<Frame> {
        let team = TeamId::from_bytes([3; 16]);
        let part = Part {
            team,
            from: 7,
            seq: 9,
            head: Array([4; 32]),
        };
        let header = Header {
            version: VERSION,
            at: Moment::from_millis(1_790_000_000_000),
            teams: vec![part],
        };
        let row = Row {
            key: vec![1; 40],
            value: vec![2; 73],
        };
        vec![
            Frame::Header(header),
            Frame::Secrets(vec![5; 8192]),
            Frame::Key(row),
            Frame::Entry(team, 7, vec![6; 70_000]),
            Frame::Entry(team, 8, vec![]),
            Frame::End,
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn they_come_back_from_pieces_of_any_size(size in 1usize..9000) {
            let bytes: Vec<u8> = some_frames().iter().flat_map(Frame::to_bytes).collect();
            let (mut frames, mut read) = (Frames::default(), vec![]);
            for piece in bytes.chunks(size) {
                frames.push(piece);
                while let Some(frame) = frames.next().unwrap() {
                    read.push(frame);
                }
            }
            prop_assert!(frames.is_done());
            prop_assert_eq!(read, some_frames());
        }

        #[test]
        fn no_bytes_panic(bytes: Vec<u8>) {
            let mut frames = Frames::default();
            frames.push(&bytes);
            while let Ok(Some(_)) = frames.next() {}
        }
    }

    #[test]
    fn what_is_too_large_or_of_another_version_is_none() {
        let length = u32::try_from(limits::BACKUP_PIECE_BYTES).unwrap();
        let says = |length: u32| [&[ENTRY], length.to_be_bytes().as_slice()].concat();
        let mut frames = Frames::default();
        frames.push(&says(length));
        assert_eq!(frames.next(), Ok(None));
        let mut frames = Frames::default();
        frames.push(&says(length + 1));
        assert_eq!(frames.next(), Err(BadFrame), "it waits for any length");
        // The largest change is far below it.
        const { assert!(limits::CHANGE_BYTES * 2 < limits::BACKUP_PIECE_BYTES) };

        let Frame::Header(header) = &some_frames()[0] else {
            panic!("a header is first");
        };
        let newer = Header {
            version: VERSION + 1,
            ..header.clone()
        };
        let mut frames = Frames::default();
        frames.push(&Frame::Header(newer).to_bytes());
        assert_eq!(frames.next(), Err(BadFrame));
    }
}
