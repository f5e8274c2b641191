//! Messages as small as they can be: what the other side knows already is left out, and the rest is
//! compressed with a dictionary of what messages are made of.
//!
//! A packed message is the CRC-32 of its plain bytes and a raw deflate stream. Both sides begin the
//! stream with the same [`DICTIONARY`], so that even a short message finds its words in what came
//! before. The dictionary is a promise like the wire version: another one is another content type.

mod trim;

pub use trim::{restore, trim};

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

/// Bytes that are not packed as they should be, or hold more than is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotPacked {
    /// They cannot be unpacked, or became others on the way.
    Broken,
    /// There is more in them than allowed.
    TooLarge,
}

/// Packs bytes.
pub fn pack(plain: &[u8]) -> Vec<u8> {
    let level = if plain.len() < LARGE {
        LEVEL
    } else {
        LARGE_LEVEL
    };
    let mut crc = Crc::new();
    crc.update(plain);
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(level));
    // Into memory nothing fails. After the flush all that is to come stands on whole bytes, and what
    // came so far, the dictionary, need not be said.
    let _ = encoder.write_all(DICTIONARY).and_then(|()| encoder.flush());
    let said = encoder.get_ref().len();
    let _ = encoder.write_all(plain);
    let stream = encoder.finish().unwrap_or_default();
    let mut packed = crc.sum().to_be_bytes().to_vec();
    packed.extend_from_slice(stream.get(said..).unwrap_or_default());
    packed
}

/// Unpacks bytes that hold no more than `limit`. Not a byte beyond it is inflated.
pub fn unpack(packed: &[u8], limit: usize) -> Result<Vec<u8>, NotPacked> {
    let (sum, stream) = packed.split_first_chunk::<4>().ok_or(NotPacked::Broken)?;
    let first = stored(DICTIONARY);
    let mut inflated = DeflateDecoder::new(first.as_slice().chain(stream));
    let mut dictionary = vec![0; DICTIONARY.len()];
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
    // The dictionary is far shorter than a block may be, as a test holds.
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
        fn what_is_packed_is_unpacked(plain in vec(any::<u8>(), 0..300)) {
            let packed = pack(&plain);
            prop_assert_eq!(unpack(&packed, plain.len()), Ok(plain.clone()));
            if let Some(less) = plain.len().checked_sub(1) {
                prop_assert_eq!(unpack(&packed, less), Err(NotPacked::TooLarge));
            }
        }

        #[test]
        fn no_bytes_panic(bytes in vec(any::<u8>(), 0..200)) {
            let _ = unpack(&bytes, 1000);
        }

        #[test]
        fn what_was_bent_or_cut_is_found(
            plain in vec(any::<u8>(), 0..100),
            at: prop::sample::Index,
            bit in 0..8_u8,
        ) {
            let packed = pack(&plain);
            let mut bent = packed.clone();
            *at.get_mut(&mut bent) ^= 1_u8 << bit;
            // Some bits mean nothing to deflate: then what comes out is right all the same.
            let unpacked = unpack(&bent, 1 << 20);
            prop_assert!(unpacked.is_err() || unpacked == Ok(plain));
            let cut = &packed[..at.index(packed.len())];
            prop_assert_eq!(unpack(cut, 1 << 20), Err(NotPacked::Broken));
            let more = [packed.as_slice(), &[0]].concat();
            prop_assert_eq!(unpack(&more, 1 << 20), Err(NotPacked::Broken));
        }
    }

    #[test]
    fn a_bomb_goes_off_outside() {
        let bomb = pack(&vec![0; 64 << 20]);
        assert!(bomb.len() < 1 << 20, "{}", bomb.len());
        assert_eq!(unpack(&bomb, 4 << 20), Err(NotPacked::TooLarge));
    }

    /// Phones in the field have it too: with another one they would understand nothing.
    #[test]
    fn the_dictionary_never_changes() {
        use sha2::{Digest as _, Sha256};
        assert!(u16::try_from(DICTIONARY.len()).is_ok());
        let hash: [u8; 32] = Sha256::digest(DICTIONARY).into();
        assert_eq!(
            crate::bytes::to_base64(&hash),
            "zgAURTkjXnmHkEwHRfkLZr1TjSxDZcmU4N8oBit5U_U"
        );
    }

    #[test]
    fn the_dictionary_is_of_use() {
        let message = b"clock-in, clock-out, activities, personal-care, team-notes/";
        assert!(pack(message).len() < message.len() / 2);
    }
}
