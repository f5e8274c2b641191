//! Forms of the same messages: packed for phones, MessagePack for programs, JSON for people with
//! curl.

use super::{
    Outcome, Receipt, SyncReply, SyncRequest, TeamReply,
    pack::{self, Known, NotPacked},
};
use crate::limits;
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{self, DeserializeOwned, IgnoredAny},
};
use std::fmt;

/// The version that stands first in each message. Another one is refused in so many words.
///
/// It is about the shape of messages, and names of documents are part of it. A phone of another
/// version keeps what it has and what waits until it is updated.
pub const WIRE_VERSION: u8 = 3;

/// The form of a body, told by its content type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `application/vnd.kith`: the binary form without what the other side can work out, compressed.
    Packed,
    /// `application/vnd.kith.sync`: compact, self-describing, MessagePack.
    Binary,
    /// `application/json`.
    Json,
}

/// The content type of the packed form.
pub const PACKED: &str = "application/vnd.kith";
/// The content type of the binary form.
pub const BINARY: &str = "application/vnd.kith.sync";

/// Bytes that are no message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAMessage {
    /// It cannot be read.
    #[error("the message cannot be read: {0}")]
    Unreadable(String),
    /// There is more in it than a message may hold.
    #[error("the message holds too much")]
    TooLarge,
    /// It is of another version.
    #[error("the message is of version {0}; this side speaks version {WIRE_VERSION}")]
    Version(u8),
}

impl Form {
    /// The form that a content type names.
    pub fn of(content_type: &str) -> Option<Self> {
        match content_type.split(';').next()?.trim() {
            PACKED => Some(Self::Packed),
            BINARY => Some(Self::Binary),
            "application/json" => Some(Self::Json),
            _ => None,
        }
    }
    /// Its content type.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Packed => PACKED,
            Self::Binary => BINARY,
            Self::Json => "application/json",
        }
    }
    /// Whether this names a form of ours that this side does not speak: it is of another version.
    pub fn is_another(content_type: &str) -> bool {
        Self::of(content_type).is_none() && content_type.trim_start().starts_with(PACKED)
    }
    /// Writes a message that answers none.
    pub fn encode<M: Message>(self, message: &M) -> Vec<u8> {
        self.say(message, &Known::default()).0
    }
    /// Reads a message that answers none.
    pub fn decode<M: Message>(self, bytes: &[u8]) -> Result<M, NotAMessage> {
        self.hear(bytes, &Known::default()).map(|heard| heard.0)
    }
    /// Writes a message; with it what both sides know once it was sent.
    pub fn say<M: Message>(self, message: &M, known: &Known) -> (Vec<u8>, Known) {
        // Messages are plain data: no form can fail to write them into memory.
        match self {
            Self::Packed => {
                let plain = rmp_serde::to_vec(&trimmed(message)).unwrap_or_default();
                (pack::pack(&plain, known), Known::from(&plain))
            }
            Self::Binary => (
                rmp_serde::to_vec(message).unwrap_or_default(),
                Known::default(),
            ),
            Self::Json => (
                serde_json::to_vec(message).unwrap_or_default(),
                Known::default(),
            ),
        }
    }
    /// Reads a message; with it what both sides know from now on.
    pub fn hear<M: Message>(self, bytes: &[u8], known: &Known) -> Result<(M, Known), NotAMessage> {
        if self == Self::Packed {
            return unpack(bytes, known);
        }
        Ok((self.versioned(bytes)?, Known::default()))
    }
    fn versioned<M: Message>(self, bytes: &[u8]) -> Result<M, NotAMessage> {
        // First the version alone: the rest of another version may be of any shape.
        let Version(v) = self.read(bytes)?;
        if v == WIRE_VERSION {
            self.read(bytes)
        } else {
            Err(NotAMessage::Version(v))
        }
    }
    fn read<T: DeserializeOwned>(self, bytes: &[u8]) -> Result<T, NotAMessage> {
        match self {
            Self::Packed | Self::Binary => {
                let mut from = rmp_serde::Deserializer::from_read_ref(bytes);
                // Each level takes some stack, and the end of a thread's stack ends the process.
                from.set_max_depth(limits::MESSAGE_DEPTH);
                T::deserialize(&mut from).map_err(|e| NotAMessage::Unreadable(e.to_string()))
            }
            Self::Json => {
                serde_json::from_slice(bytes).map_err(|e| NotAMessage::Unreadable(e.to_string()))
            }
        }
    }
}

/// Bytes of changes up to which they go as what they say. That halves a short message; a long one
/// it makes little shorter, and both sides would work longer on it than on all else.
const IN_SHORT: usize = 8 * 1024;

fn trimmed<M: Message>(message: &M) -> M {
    let mut message = message.clone();
    let changes = message.changes();
    let bytes: usize = changes.iter().map(|change| change.len()).sum();
    pack::trim(changes, bytes <= IN_SHORT);
    pack::step(message.receipts().into_iter().map(|r| &mut r.seq));
    message
}

fn unpack<M: Message>(bytes: &[u8], known: &Known) -> Result<(M, Known), NotAMessage> {
    let broken = || NotAMessage::Unreadable("it is not packed as it should be".to_owned());
    let plain = pack::unpack(bytes, known, M::BYTES).map_err(|error| match error {
        NotPacked::Broken => broken(),
        NotPacked::TooLarge => NotAMessage::TooLarge,
    })?;
    let mut message: M = Form::Binary.versioned(&plain)?;
    pack::count_on(message.receipts().into_iter().map(|r| &mut r.seq));
    let changes = message.changes();
    if changes.len() > M::CHANGES {
        return Err(NotAMessage::TooLarge);
    }
    pack::restore(changes).ok_or_else(broken)?;
    Ok((message, Known::from(&plain)))
}

/// The version of a message: its first item, or what it calls `v`.
struct Version(u8);

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Version;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a message with its version")
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Version, A::Error> {
                let v = seq.next_element()?;
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                v.map(Version).ok_or_else(|| de::Error::missing_field("v"))
            }
            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Version, A::Error> {
                let mut v = None;
                while let Some(key) = map.next_key::<String>()? {
                    if key == "v" {
                        v = Some(map.next_value()?);
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                v.map(Version).ok_or_else(|| de::Error::missing_field("v"))
            }
        }
        from.deserialize_any(Visitor)
    }
}

/// What goes over the wire.
pub trait Message: Clone + Serialize + DeserializeOwned {
    /// Bytes that it may have once it is unpacked.
    const BYTES: usize;
    /// Changes that it may have.
    const CHANGES: usize;
    /// Its changes, in their order.
    fn changes(&mut self) -> Vec<&mut Vec<u8>>;
    /// Its receipts, in their order.
    fn receipts(&mut self) -> Vec<&mut Receipt>;
}

impl Message for SyncRequest {
    const BYTES: usize = limits::INFLATED_BYTES;
    const CHANGES: usize = limits::CHANGES_PER_PUSH;

    fn changes(&mut self) -> Vec<&mut Vec<u8>> {
        let mut changes = Vec::new();
        for team in &mut self.teams {
            let pushed = team.push.iter_mut().flat_map(|push| &mut push.changes);
            changes.extend(pushed.map(|change| &mut change.0));
            let given = team.heal.iter_mut().flat_map(|heal| &mut heal.give);
            changes.extend(given.map(|given| &mut given.entry.change.0));
        }
        changes
    }
    fn receipts(&mut self) -> Vec<&mut Receipt> {
        let heals = self.teams.iter_mut().flat_map(|team| &mut team.heal);
        let given = heals.flat_map(|heal| &mut heal.give);
        given.map(|given| &mut given.entry.receipt).collect()
    }
}

impl Message for SyncReply {
    const BYTES: usize = limits::INFLATED_REPLY_BYTES;
    const CHANGES: usize = usize::MAX;

    fn changes(&mut self) -> Vec<&mut Vec<u8>> {
        let mut changes = Vec::new();
        for team in &mut self.teams {
            if let TeamReply::Level(level) = team {
                let news = level.news.iter_mut().flat_map(|news| &mut news.entries);
                changes.extend(news.map(|entry| &mut entry.change.0));
            }
        }
        changes
    }

    fn receipts(&mut self) -> Vec<&mut Receipt> {
        let mut receipts = Vec::new();
        for team in &mut self.teams {
            let (outcomes, news) = match team {
                TeamReply::Level(level) => (&mut level.outcomes, level.news.as_mut_slice()),
                TeamReply::Forget { outcomes } => (outcomes, [].as_mut_slice()),
                TeamReply::Diverged { .. } | TeamReply::NotYours => continue,
            };
            receipts.extend(outcomes.iter_mut().filter_map(|outcome| match outcome {
                Outcome::Accepted(receipt) | Outcome::Duplicate(receipt) => Some(receipt),
                Outcome::Refused { .. } | Outcome::Need(_) => None,
            }));
            let entries = news.iter_mut().flat_map(|news| &mut news.entries);
            receipts.extend(entries.map(|entry| &mut entry.receipt));
        }
        receipts
    }
}
