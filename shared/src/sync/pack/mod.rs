//! Messages as small as they can be: what the other side knows already is left out, and the rest is
//! compressed with a dictionary of what messages are made of.
//!
//! A packed message is the CRC-32 of its plain bytes and a raw deflate stream. Both sides begin the
//! stream with the same [`DICTIONARY`] and what else they [know](Known), so that even a short
//! message finds its words in what came before. The dictionary is a promise like the wire version:
//! another one is another content type.

mod record;
mod steps;
mod trim;

pub use steps::{count_on, step};
pub use trim::{restore, trim};

use crate::ids::{DeviceId, TeamId};
use flate2::{Compression, Crc, bufread::DeflateDecoder, write::DeflateEncoder};
use std::io::{Read as _, Write as _};

/// A change of each common kind, trimmed and without its ids, between the words of the other kinds
/// and those that stand between changes. What is common stands last: there it costs least.
const DICTIONARY: &[u8] = include_bytes!("dictionary.bin");
/// The most that deflate can do: a message is short, and the line is slower.
const LEVEL: u32 = 9;
/// Messages of which less time is spent on each byte: the best takes long where there is much.
const LARGE: usize = 64 * 1024;
/// The same for them.
const LARGE_LEVEL: u32 = 4;

/// How much of a message is known to whoever answers it: where its sender stands and, if it is not
/// long, all of it.
const KNOWN: usize = 4096;

/// What both sides know besides, when one of them packs a message and the other unpacks it: of a
/// request who makes it, since its token says so; of a reply the beginning of its request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known(Vec<u8>);

impl Known {
    /// What is known of a request before it is read.
    pub fn caller(team: TeamId, device: DeviceId) -> Self {
        Self([team.to_bytes(), device.to_bytes()].concat())
    }

    /// What is known once this message was sent, by its plain bytes.
    pub(super) fn from(plain: &[u8]) -> Self {
        Self(plain[..plain.len().min(KNOWN)].to_vec())
    }
}

/// Bytes that are not packed as they should be, or hold more than is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotPacked {
    /// They cannot be unpacked, or became others on the way.
    Broken,
    /// There is more in them than allowed.
    TooLarge,
}

/// Packs bytes.
pub fn pack(plain: &[u8], known: &Known) -> Vec<u8> {
    let level = if plain.len() < LARGE {
        LEVEL
    } else {
        LARGE_LEVEL
    };
    let mut crc = Crc::new();
    crc.update(plain);
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(level));
    // Into memory nothing fails. After the flush all that is to come stands on whole bytes, and what
    // came so far, the dictionary and what is known, need not be said.
    let _ = encoder
        .write_all(DICTIONARY)
        .and_then(|()| encoder.write_all(&known.0))
        .and_then(|()| encoder.flush());
    let said = encoder.get_ref().len();
    let _ = encoder.write_all(plain);
    let stream = encoder.finish().unwrap_or_default();
    let mut packed = crc.sum().to_be_bytes().to_vec();
    packed.extend_from_slice(stream.get(said..).unwrap_or_default());
    packed
}

/// Unpacks bytes that hold no more than `limit`. Not a byte beyond it is inflated.
pub fn unpack(packed: &[u8], known: &Known, limit: usize) -> Result<Vec<u8>, NotPacked> {
    let (sum, stream) = packed.split_first_chunk::<4>().ok_or(NotPacked::Broken)?;
    let first = stored(&[DICTIONARY, &known.0].concat());
    let mut inflated = DeflateDecoder::new(first.as_slice().chain(stream));
    let mut dictionary = vec![0; DICTIONARY.len() + known.0.len()];
    let began = inflated.read_exact(&mut dictionary);
    began.map_err(|_| NotPacked::Broken)?;
    let mut plain = Vec::new();
    // One byte more than is allowed tells that there is more.
    let read = inflated
        .by_ref()
        .take(limit as u64 + 1)
        .read_to_end(&mut plain);
    if plain.len() > limit {
        return Err(NotPacked::TooLarge);
    }
    read.map_err(|_| NotPacked::Broken)?;
    let (_, rest) = inflated.into_inner().into_inner();
    let mut crc = Crc::new();
    crc.update(&plain);
    if rest.is_empty() && crc.sum().to_be_bytes() == *sum {
        Ok(plain)
    } else {
        Err(NotPacked::Broken)
    }
}

/// A block of deflate that is just these bytes, and not the last (RFC 1951, 3.2.4).
fn stored(bytes: &[u8]) -> Vec<u8> {
    // Dictionary and what is known are far shorter than a block may be, as a test holds.
    let len = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    let mut block = vec![0];
    block.extend_from_slice(&len.to_le_bytes());
    block.extend_from_slice(&(!len).to_le_bytes());
    block.extend_from_slice(bytes);
    block
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::vec, prelude::*};

    proptest! {
        #[test]
        fn what_is_packed_is_unpacked(
            plain in vec(any::<u8>(), 0..300),
            before in vec(any::<u8>(), 0..6000),
        ) {
            let known = Known::from(&before);
            let packed = pack(&plain, &known);
            prop_assert_eq!(unpack(&packed, &known, plain.len()), Ok(plain.clone()));
            if let Some(less) = plain.len().checked_sub(1) {
                prop_assert_eq!(unpack(&packed, &known, less), Err(NotPacked::TooLarge));
            }
        }

        #[test]
        fn no_bytes_panic(bytes in vec(any::<u8>(), 0..200)) {
            let _ = unpack(&bytes, &Known::default(), 1000);
        }

        #[test]
        fn what_was_bent_or_cut_is_found(
            plain in vec(any::<u8>(), 0..100),
            at: prop::sample::Index,
            bit in 0..8_u8,
        ) {
            let known = Known::default();
            let packed = pack(&plain, &known);
            let mut bent = packed.clone();
            *at.get_mut(&mut bent) ^= 1_u8 << bit;
            // Some bits mean nothing to deflate: then what comes out is right all the same.
            let unpacked = unpack(&bent, &known, 1 << 20);
            prop_assert!(unpacked.is_err() || unpacked == Ok(plain));
            let cut = &packed[..at.index(packed.len())];
            prop_assert_eq!(unpack(cut, &known, 1 << 20), Err(NotPacked::Broken));
            let more = [packed.as_slice(), &[0]].concat();
            prop_assert_eq!(unpack(&more, &known, 1 << 20), Err(NotPacked::Broken));
        }
    }

    #[test]
    fn a_bomb_goes_off_outside() {
        let known = Known::default();
        let bomb = pack(&vec![0; 64 << 20], &known);
        assert!(bomb.len() < 1 << 20, "{}", bomb.len());
        assert_eq!(unpack(&bomb, &known, 4 << 20), Err(NotPacked::TooLarge));
    }

    /// Phones in the field have it too: with another one they would understand nothing.
    #[test]
    fn the_dictionary_never_changes() {
        use sha2::{Digest as _, Sha256};
        assert!(u16::try_from(DICTIONARY.len() + KNOWN).is_ok());
        let hash: [u8; 32] = Sha256::digest(DICTIONARY).into();
        assert_eq!(
            crate::bytes::to_base64(&hash),
            "WqM18dXN_66SEaDCqY6f6U3I7ZfYvUF1Joj_NF5GhFY"
        );
    }

    #[test]
    fn the_dictionary_is_of_use() {
        let message = b"clock-in, clock-out, activities, personal-care, team-notes/";
        let nothing = Known::default();
        assert!(pack(message, &nothing).len() < message.len() / 2);
    }

    #[test]
    fn what_is_known_is_not_said_again() {
        let message: Vec<u8> = (0..=u8::MAX).collect();
        let known = Known::from(&message);
        let packed = pack(&message, &known);
        assert!(packed.len() < 12, "{}", packed.len());
        assert_eq!(unpack(&packed, &known, 256), Ok(message));
        let other = unpack(&packed, &Known::default(), 256);
        assert_eq!(other, Err(NotPacked::Broken));
    }
}
